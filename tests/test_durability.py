"""What a crash, damage, a second process or a full disk may do to an index: nothing that lasts."""

import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from apart import apart, be_overtaken, hold, lose_vectors, sync, sync_where_nothing_can_be_written
from conftest import SEEDS, MakeFolder
from laws import CountingEmbedding
from llama_index.core.schema import BaseNode, TextNode

from qa import ArticlesVanished, Assistant, IndexUnavailable, ask, examine
from ui.cli import main
from vectorstore import ArticleIndex
from vectorstore.chroma import ChunkStore
from vectorstore.manifest import FORMAT, Manifest

TOWNS = "Geneva Vienna Oslo Lima Quito Accra Tunis Hanoi Seoul Delhi Cairo Paris".split()
WORDS = "grain steel pandas visas ports rivers tariffs chips fishing mines trains schools islands forests".split()
TALKS = "Ministers of group {n} met in {town} on Monday. Delegation {n} agreed on treaty number {n} there."


def articles_of(numbers: range, *, edition: str = "") -> dict[str, str]:
    """Write articles of one chunk or, every seventh, of several; no two of their paragraphs are equal."""
    written = {}
    for n in numbers:
        chosen = random.Random(n)
        paragraphs = [edition + TALKS.format(n=n, town=TOWNS[n % len(TOWNS)])]
        for _ in range(12 if n % 7 == 0 else 1):
            words = " and ".join(chosen.choices(WORDS, k=9))
            paragraphs.append(f"The report of day {chosen.randrange(1000)} tells at length of {words}.")
        written[f"{n:04d}.txt"] = "\n\n".join(paragraphs)
    return written


def assert_whole(folder: Path, index: Path) -> None:
    """Hold an index to the folder: every article once, with its text, found by its own words and vectors."""
    with ArticleIndex.open(folder, index, CountingEmbedding()) as opened:
        assert opened.sources == tuple(sorted(path.name for path in folder.iterdir()))
        assert opened.audit() == []
        for source in opened.sources:
            assert opened.article(source).text == (folder / source).read_text()
        assert not opened.pending().changed


@pytest.fixture
def talks(make_folder: MakeFolder) -> Path:
    return make_folder(articles_of(range(40)))


@pytest.fixture
def few_talks(make_folder: MakeFolder) -> Path:
    return make_folder(articles_of(range(12)))


def test_a_kill_at_any_instant_leaves_the_old_index_or_the_new(talks: Path, tmp_path: Path) -> None:
    kill_at_points(talks, tmp_path, points=1)


@pytest.mark.slow
def test_kills_at_fifty_two_instants_lose_nothing(make_folder: MakeFolder, tmp_path: Path) -> None:
    kill_at_points(make_folder(articles_of(range(600))), tmp_path, points=13)


def kill_at_points(folder: Path, tmp_path: Path, points: int) -> None:
    """Kill an indexing process, each time at another instant; look what it left, and run it again.

    Half of the kills strike a first sync and half one that changes an index, half of them at an event that Python
    tells its audit hooks and half after some time, within Chroma's own code as well.
    """
    files = tuple(sorted(path.name for path in folder.iterdir()))
    index, whole = tmp_path / "killed", tmp_path / "whole"

    def start(name: str, **kill: Any) -> AbstractContextManager[tuple[BaseProcess, Connection]]:
        shutil.rmtree(index, ignore_errors=True)
        if name == "changing":
            shutil.copytree(whole, index)
            for source, text in articles_of(range(10), edition=f"Edition {kill}. ").items():
                (folder / source).write_text(text)
        return apart(sync, folder, index, kill.get("event", 0), kill.get("seconds", 0.0))

    chosen, died = random.Random(1), 0
    for number, name in enumerate(("first", "changing")):
        with start(name) as (_, pipe):
            events, seconds = pipe.recv()
        if name == "first":
            shutil.copytree(index, whole)
        kills: list[dict[str, Any]] = [{"event": (2 * k + 1) * events // (2 * points)} for k in range(points)]
        kills += [{"seconds": chosen.uniform(0.05, 0.95) * seconds} for _ in range(points)]
        for kill in kills if points > 1 else kills[number::2]:
            with start(name, **kill) as (child, _):
                child.join()
            died += (child.exitcode or 0) < 0
            with ArticleIndex.open(folder, index, CountingEmbedding()) as opened:
                assert opened.sources in ((), files)
                assert opened.sources or name == "first"
                assert opened.audit() == []
                opened.sync()
            assert_whole(folder, index)
            assert len(list((index / "generations").iterdir())) == 1, "a crash left something behind"
            assert not list(index.rglob("*.new"))
    assert died >= points, "the kills came too late"


@pytest.mark.slow
def test_sixty_kills_while_chroma_writes_need_nothing_embedded_again(talks: Path, tmp_path: Path) -> None:
    kill_while_chroma_writes(talks, tmp_path / "index", kills=60)


def kill_while_chroma_writes(folder: Path, index: Path, kills: int) -> None:
    """Kill a first sync each time after another of the changes that can be seen at Chroma's files."""
    changes = watch_chroma(folder, index)
    chosen, struck = random.Random(2), 0
    for _ in range(kills):
        shutil.rmtree(index)
        watch_chroma(folder, index, kill_at=chosen.randint(2, changes))
        struck += not (index / "current").exists()
        embedding = CountingEmbedding()
        with ArticleIndex.open(folder, index, embedding) as opened:
            opened.sync()
        assert_whole(folder, index)
        assert embedding.count == 0
    assert struck > kills // 2, "most kills came too late"


def watch_chroma(folder: Path, index: Path, kill_at: int = 0) -> int:
    """Sync in another process and count the changes at Chroma's files; kill it at one of them, if told so."""
    seen: set[tuple[str, int, int]] = set()
    changes = 0
    with apart(sync, folder, index) as (child, _):
        while child.is_alive():
            looks = set()
            for path in index.glob("generations/*/chroma/**/*"):
                with contextlib.suppress(FileNotFoundError):
                    looks.add((path.name, path.stat().st_size, path.stat().st_mtime_ns))
            changes += looks != seen
            seen = looks
            if kill_at and changes >= kill_at:
                child.kill()
                break
    return changes


def files_of(index: Path) -> list[Path]:
    (live,) = (index / "generations").iterdir()
    files = [path for path in sorted(live.rglob("*")) if path.is_file() and path.name != "lease"]
    return [*files, index / "current"]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "deleted": lambda path: path.unlink(),
    "garbled": lambda path: path.write_bytes(random.Random(0).randbytes(max(64, path.stat().st_size))),
    "one byte flipped": lambda path: flip(path, path.stat().st_size // 2),
}


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[at] ^= 0x10
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage", [pytest.param(name, marks=[] if name == "garbled" else pytest.mark.slow) for name in DAMAGES]
)
def test_a_damaged_file_is_found_at_the_next_start_and_made_again_without_embedding(
    damage: str, few_talks: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    questions = [f"Where did ministers of group {n} meet?" for n in range(0, 12, 4)]

    def sync_and_ask(embedding: CountingEmbedding) -> list[list[str]]:
        with ArticleIndex.open(few_talks, index, embedding) as opened:
            assert opened.sync().changed in (False, True)
            assert opened.audit() == []
            return [[chunk.node.node_id for chunk in opened.retrieve(question, top_k=5)] for question in questions]

    before = sync_and_ask(CountingEmbedding())
    for number in range(len(files_of(index))):
        path = files_of(index)[number]
        content = path.read_bytes()
        DAMAGES[damage](path)
        if path.exists() and path.read_bytes() == content:
            continue  # an empty file can't be truncated
        if number % 16 == 0:  # a process of its own each time
            assert any(finding.problems for finding in examine(few_talks, index)), f"{path.name} {damage}"
        embedding = CountingEmbedding()
        assert sync_and_ask(embedding) == before, f"{path.name} {damage}"
        assert embedding.count == 0, f"{path.name} {damage}"
    assert not any(finding.problems for finding in examine(few_talks, index))


def test_damage_to_chroma_is_found_by_asking_though_the_count_is_right(few_talks: Path, tmp_path: Path) -> None:
    """Two processes that write one collection lose vectors without an error; the audit must see it."""
    index = tmp_path / "index"
    with ArticleIndex.open(few_talks, index, CountingEmbedding()) as opened:
        opened.sync()
    (chroma,) = (index / "generations").glob("*/chroma")
    with apart(lose_vectors, chroma, 0) as (one, to_one), apart(lose_vectors, chroma, 1) as (other, to_other):
        for pipe in (to_one, to_other):
            assert pipe.recv() == "open"
        for pipe in (to_one, to_other):
            pipe.send("go on")
        for process in (one, other):
            process.join()
            assert process.exitcode == 0
    losses = [problem for finding in examine(few_talks, index) for problem in finding.problems]
    assert any("not found by their own vector" in loss or "can't open" in loss for loss in losses), losses
    with ArticleIndex.open(few_talks, index, CountingEmbedding()) as opened:
        assert opened.audit() == []


@contextlib.contextmanager
def held(index: Path) -> Iterator[BaseProcess]:
    """Have another process hold an index's lock, until it is killed."""
    with apart(hold, index) as (holder, pipe):
        assert pipe.recv() == "held"
        yield holder
        holder.kill()
        holder.join()


def test_a_second_writer_is_told_who_writes_and_a_dead_one_is_not_waited_for(talks: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with ArticleIndex.open(talks, index, CountingEmbedding()) as opened:
        opened.sync()
        (talks / "0001.txt").write_text("Ministers met in Rome.")
        with held(index) as holder:
            with pytest.raises(
                IndexUnavailable, match=rf"is being written by process {holder.pid} on .* since .*again"
            ):
                opened.sync()
            assert opened.retrieve("Where did ministers of group 1 meet?"), "the index stopped answering"
        assert opened.sync().updated == ("0001.txt",)


def test_the_index_command_names_another_writer_before_it_looks_for_changes(
    make_folder: MakeFolder, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    folder = make_folder({"a.txt": "The ministers met in Geneva on Monday."})
    command = ["index", "--articles", str(folder), "--index", str(index)]
    assert main(command) == 0
    with held(index) as holder:
        assert main(command) == 1
        told = capfd.readouterr().err
        assert f"is being written by process {holder.pid} on" in told
        assert told.count("\n") == 1
    assert main(command) == 0


def test_while_another_process_writes_answers_come_from_the_index_as_it_was(
    make_folder: MakeFolder, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    index, question = tmp_path / "index", "Where did the ministers meet?"
    folder = make_folder({"a.txt": "The ministers met in Geneva on Monday."})
    assert "Geneva" in ask(question, folder, index=index).text
    (folder / "a.txt").write_text("The ministers met in Rome on Monday.")
    with held(index) as holder:
        told = f"is being written by process {holder.pid} on"
        assert "Geneva" in ask(question, folder, index=index).text
        assert [told in record.message for record in caplog.records if record.name == "qa.assistant"] == [True]
        assert main(["ask", question, "--articles", str(folder), "--index", str(index)]) == 0
        assert "Geneva" in (shown := capfd.readouterr()).out
        assert told in shown.err
    assert "Rome" in ask(question, folder, index=index).text


def test_many_threads_may_ask_a_folder_that_has_no_index_yet(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "The ministers met in Geneva on Monday.", **articles_of(range(40))})
    together = threading.Barrier(4)

    def ask_together(_: int) -> str:
        together.wait()
        return ask("Where did the ministers meet?", folder, index=tmp_path / "index").text

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(ask_together, range(4)))) == 1


def test_what_another_process_indexed_is_answered_from_at_once(talks: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    embedding = CountingEmbedding()
    with Assistant.open(talks, index, embedding=embedding) as assistant:
        assistant.sync()
        before = assistant.ask("Where did ministers of group 5 meet?")
        assert {citation.source for citation in before.citations} == {"0005.txt"}
        (talks / "0005.txt").unlink()
        (talks / "panda.txt").write_text("A giant panda arrived at the zoo in San Diego on Friday.")
        with apart(sync, talks, index):
            pass  # until it is done
        answer = assistant.ask("Where did the giant panda arrive?")
        assert [citation.source for citation in answer.citations] == ["panda.txt"]
        again = assistant.ask("Where did ministers of group 5 meet?")
        assert "0005.txt" not in [citation.source for citation in (*again.citations, *again.nearest)]
        assert "0005.txt" not in [article.source for article in assistant.articles]


@pytest.mark.parametrize(("name", "times"), [("manifest.json", 1), ("retriever.json", 2)])
def test_a_reader_that_is_overtaken_while_it_opens_the_index_reads_the_new_one(
    name: str, times: int, talks: Path, tmp_path: Path
) -> None:
    """Another writer goes live and sweeps just before the reader opens its manifest, its lease, or its last file."""
    with apart(be_overtaken, talks, tmp_path / "index", name, times) as (_, pipe):
        opened, sources, found = pipe.recv()
    assert opened >= times
    assert "panda.txt" in sources
    assert found == 8


def test_what_was_retrieved_is_what_is_cited_whatever_is_synced_meanwhile(talks: Path, tmp_path: Path) -> None:
    with ArticleIndex.open(talks, tmp_path / "index", CountingEmbedding()) as opened:
        opened.sync()
        steady = opened.steady()
        text = steady.article("0005.txt").text
        found = steady.retrieve("Where did ministers of group 5 meet?", top_k=1)
        (talks / "0005.txt").unlink()
        for n in range(3):
            (talks / "0006.txt").write_text(f"Ministers met in Rome {n} times.")
            opened.sync()
        assert steady.article("0005.txt").text == text
        assert steady.retrieve("Where did ministers of group 5 meet?", top_k=1) == found
        with pytest.raises(KeyError):
            opened.article("0005.txt")


def test_a_folder_that_lost_many_articles_is_mirrored_only_when_told_so(talks: Path, tmp_path: Path) -> None:
    with Assistant.open(talks, tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        assistant.sync()
        (talks / "0000.txt").rename(talks / "renamed.txt")
        for n in range(1, 9):
            (talks / f"{n:04d}.txt").unlink()
        assert len(assistant.sync().removed) == 9, "a fifth may go"
        for n in range(9, 16):
            (talks / f"{n:04d}.txt").unlink()
        with pytest.raises(ArticlesVanished, match=r"7 of 32 .*'0009\.txt'.*--yes"):
            assistant.sync()
        assert len(assistant.articles) == 32
        assert len(assistant.sync(confirmed=True).removed) == 7


def test_a_renamed_article_is_not_embedded_again(talks: Path, tmp_path: Path) -> None:
    embedding = CountingEmbedding()
    with ArticleIndex.open(talks, tmp_path / "index", embedding) as opened:
        opened.sync()
        embedded = embedding.count
        for n in range(10):
            (talks / f"{n:04d}.txt").rename(talks / f"renamed {n}.txt")
        assert len(opened.sync().added) == 10
        assert opened.audit() == []
    assert embedding.count == embedded


def test_an_index_of_another_version_is_made_anew_by_itself(talks: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with ArticleIndex.open(talks, index, CountingEmbedding()) as opened:
        opened.sync()
    (live,) = (index / "generations").iterdir()
    manifest = Manifest.load(live / "manifest.json")
    replace(manifest, made_by={"chromadb": "1.0.0"}).save(live / "manifest.json")
    embedding = CountingEmbedding()
    with ArticleIndex.open(talks, index, embedding) as opened:
        assert len(opened.sources) == 40
        assert opened.audit() == []
        assert embedding.count == 0, "vectors are kept from one version of Chroma to the next"
    (live,) = (index / "generations").iterdir()
    replace(manifest, format=FORMAT + 1).save(live / "manifest.json")
    with ArticleIndex.open(talks, index, embedding) as opened:
        assert opened.is_empty
        assert len(opened.sync().added) == 40
        assert embedding.count == 0


@pytest.mark.parametrize("chroma", ["1.0.20", "1.1.1", "1.3.7", "1.5.0"])
def test_an_index_that_an_older_chroma_wrote_is_made_anew_without_embedding(
    make_folder: MakeFolder, tmp_path: Path, chroma: str
) -> None:
    with tarfile.open(Path(__file__).parent / "data" / "older_chroma.tar.xz") as written:
        written.extractall(tmp_path, [each for each in written if each.name.startswith(chroma)], filter="data")
    folder, index, embedding = make_folder(articles_of(range(6))), tmp_path / chroma, CountingEmbedding()
    (live,) = (index / "generations").iterdir()
    written_by = Manifest.load(live / "manifest.json")
    assert written_by.made_by["chromadb"] == chroma
    with ArticleIndex.open(folder, index, embedding) as opened:
        if written_by.is_current:
            assert opened.sources == tuple(written_by.articles), "nothing is asked to be indexed again"
        opened.sync()
    assert_whole(folder, index)
    assert embedding.count == 0, "when chunks are cut in another way, make the file anew as older_chroma.py tells"


def test_an_index_of_the_first_format_is_replaced(talks: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    text = f"texts/{'ab12' * 16}.txt.txt"
    for name in ("chroma/chroma.sqlite3", "keywords/params.index.json", text):
        (index / name).parent.mkdir(parents=True, exist_ok=True)
        (index / name).write_text("old")
    (index / "manifest.json").write_text(json.dumps({"embedding": "x", "chunking": 5, "articles": {}, "format": 1}))
    with ArticleIndex.open(talks, index, CountingEmbedding()) as opened:
        assert len(opened.sync().added) == 40
    assert {path.name for path in index.iterdir()} <= {"current", "generations", "lock", "texts", "vectors"}
    assert not (index / text).exists()


THEIRS = (
    "novel.txt",
    "texts/story.txt",
    "vectors/drawing.zip",
    "generations/family.md",
    "chroma/wheel.txt",
    "manifest.json",
)


@pytest.mark.parametrize("name", THEIRS)
def test_a_folder_of_somebodys_own_files_is_no_place_for_an_index(
    name: str, talks: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "place"
    (place / name).parent.mkdir(parents=True)
    (place / name).write_text('{"name": "theirs"}')
    shown = name.partition("/")[0] if name.startswith("chroma") else name
    with pytest.raises(IndexUnavailable, match=rf"'{re.escape(str(place))}' .*'{re.escape(shown)}'.* --index DIR"):
        Assistant.open(talks, place, embedding=CountingEmbedding())
    for command in (["index"], ["ask", "Who met?"], ["doctor", "--repair"]):
        assert main([*command, "--articles", str(talks), "--index", str(place)]) == 1
        assert capfd.readouterr().err.count("\n") == 1
    assert [path for path in place.rglob("*") if path.is_file()] == [place / name]
    assert (place / name).read_text() == '{"name": "theirs"}'


def test_files_put_into_an_index_later_are_not_written_over_or_deleted(talks: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    hidden = [index / name / ".hidden" for name in ("", "texts", "vectors", "generations")]
    with ArticleIndex.open(talks, index, CountingEmbedding()) as opened:
        opened.sync()
        for path in hidden:
            path.write_text("a system's own")
        (talks / "0001.txt").write_text("Ministers met in Rome.")
        assert opened.sync().changed
        (index / "texts" / "story.txt").write_text("mine")
        (talks / "0001.txt").write_text("Ministers met in Bern.")
        with pytest.raises(IndexUnavailable, match=r"'texts/story\.txt'"):
            opened.sync()
    assert (index / "texts" / "story.txt").read_text() == "mine"
    assert all(path.read_text() == "a system's own" for path in hidden)


@pytest.mark.parametrize("inside", ["", "texts", "deep/articles"])
def test_an_index_is_not_kept_in_or_above_the_folder_of_articles(inside: str, tmp_path: Path) -> None:
    place = tmp_path / "place"
    (place / inside).mkdir(parents=True)
    with pytest.raises(IndexUnavailable, match=r"can't be kept in .*; name another folder with --index DIR"):
        Assistant.open(place / inside, place, embedding=CountingEmbedding())
    assert not [path for path in place.rglob("*") if path.is_file()]


READS = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from laws import CountingEmbedding
from vectorstore import ArticleIndex
articles, reads = Path(sys.argv[2]), []
sys.addaudithook(lambda event, arguments: reads.append(str(arguments[0])) if event == "open" else None)
with ArticleIndex.open(articles, Path(sys.argv[3]), CountingEmbedding()) as index:
    unchanged = index.sync().unchanged
print(len(unchanged), sum(Path(path).parent == articles for path in reads))
"""


@pytest.mark.slow
def test_an_article_indexed_as_soon_as_it_was_written_is_read_once_more_and_not_at_every_sync(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with ArticleIndex.open(SEEDS, index, CountingEmbedding()) as opened:
        number = len(opened.sync().added)
        assert opened.sync().unchanged == opened.sources
    (live,) = (index / "generations").iterdir()
    manifest = Manifest.load(live / "manifest.json")
    # as it is where every file was fresh
    fresh = {source: replace(record, stamp=None) for source, record in manifest.articles.items()}
    replace(manifest, articles=fresh).save(live / "manifest.json")
    command = [sys.executable, "-c", READS, str(Path(__file__).parent), str(SEEDS), str(index)]
    seen = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(2)]
    assert seen == [[str(number), str(number)], [str(number), "0"]]
    assert list((index / "generations").iterdir()) == [live]
    assert Manifest.load(live / "manifest.json") == manifest
    assert not any(finding.problems for finding in examine(SEEDS, index))


def test_a_lost_or_damaged_text_is_read_again(few_talks: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with ArticleIndex.open(few_talks, index, CountingEmbedding()) as opened:
        opened.sync()
    (live,) = (index / "generations").iterdir()
    for damage in ("deleted", "garbled"):
        DAMAGES[damage](sorted((index / "texts").iterdir())[0])
        DAMAGES["truncated"](live / "chroma" / "chroma.sqlite3")
        with ArticleIndex.open(few_talks, index, CountingEmbedding()) as opened:
            assert opened.sync().changed
        assert_whole(few_talks, index)
        (live,) = (index / "generations").iterdir()
        DAMAGES[damage](sorted((index / "texts").iterdir())[0])
        with ArticleIndex.open(few_talks, index, CountingEmbedding()) as opened:
            opened.repair()
        assert_whole(few_talks, index)
        (live,) = (index / "generations").iterdir()


class Broken(list[BaseNode]):
    """Fail as some libraries do, without a word."""

    def __getitem__(self, key: Any) -> Any:
        raise OSError


def test_an_error_without_words_is_told_by_its_name(tmp_path: Path) -> None:
    store = ChunkStore(tmp_path)
    with pytest.raises(IndexUnavailable, match=r"\(OSError\)"):
        store.add(Broken([TextNode()]))
    store.close()


@pytest.mark.parametrize("state", ["full", "read-only"])
def test_a_full_disk_or_a_read_only_folder_gets_one_line_and_the_old_index_answers(state: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        articles, index = Path(place) / "articles", Path(place) / "index"
        articles.mkdir()
        for source, text in articles_of(range(40)).items():
            (articles / source).write_text(text)
        with ArticleIndex.open(articles, index, CountingEmbedding()) as opened:
            opened.sync()
        for source, text in articles_of(range(100, 160), edition="Again. ").items():
            (articles / source).write_text(text)
        set_modes(Path(place), 0o555, 0o444)
        question = "Where did ministers of group 7 meet?"
        with apart(sync_where_nothing_can_be_written, articles, index, state, question) as (_, pipe):
            before, told, after = pipe.recv()
        set_modes(Path(place), 0o755, 0o644)
        assert str(index) in told
        assert before == after == (8, [])
        with ArticleIndex.open(articles, index, CountingEmbedding()) as opened:
            assert len(opened.sources) == 40
            assert len(opened.sync().added) == 60
            assert opened.audit() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no files")
def test_a_disk_too_full_for_a_first_index_gets_its_place_back(make_folder: MakeFolder, tmp_path: Path) -> None:
    import resource  # which Windows lacks

    articles, index = make_folder(articles_of(range(40))), tmp_path / "index"
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    with ArticleIndex.open(articles, index, CountingEmbedding()) as opened:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, most))  # for all but the collection
        try:
            with pytest.raises(IndexUnavailable, match="Chroma can't use"):
                opened.sync()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        assert {path.name for path in index.rglob("*") if path.is_file()} == {"lock"}
        assert len(opened.sync().added) == 40


def set_modes(place: Path, folder: int, file: int) -> None:
    for path in (place, *place.rglob("*")):
        path.chmod(folder if path.is_dir() else file)
