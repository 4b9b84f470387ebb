"""Whatever is done to a folder and its index, in whatever order, the index is equal to the folder after a sync."""

import contextlib
import os
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeFolder
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from laws import CountingEmbedding

from vectorstore import ArticleIndex

NAMES = st.sampled_from(["a.txt", "b.txt", "c.md", "d.html", "deep/e.txt"])
TOWNS = st.sampled_from("Geneva Oslo Lima Quito Accra Tunis Hanoi Seoul".split())


class FolderAndIndex(RuleBasedStateMachine):
    """Change files, sync, look and restart, at random."""

    @initialize()
    def start(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.folder, self.index = self.place / "articles", self.place / "index"
        self.folder.mkdir()
        self.files: dict[str, str] = {}
        self.embedding = CountingEmbedding()
        self.opened = ArticleIndex.open(self.folder, self.index, self.embedding)
        self.write("always.txt", "Bern", 0)

    @rule(name=NAMES, town=TOWNS, number=st.integers(0, 9))
    def write(self, name: str, town: str, number: int) -> None:
        self.files[name] = f"Talks {number} in {town}\n\nThe ministers of group {number} met in {town} on Monday."
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(self.files[name])

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        if self.files.pop(name, None):
            (self.folder / name).unlink()

    @rule(name=NAMES, other=NAMES)
    def rename(self, name: str, other: str) -> None:
        if name in self.files and name.split(".")[1] == other.split(".")[1]:
            (self.folder / other).parent.mkdir(exist_ok=True)
            (self.folder / name).replace(self.folder / other)
            self.files[other] = self.files.pop(name)

    @rule(name=NAMES)
    def touch(self, name: str) -> None:
        if name in self.files:
            os.utime(self.folder / name)

    @rule()
    def restart(self) -> None:
        self.opened.close()
        self.opened = ArticleIndex.open(self.folder, self.index, self.embedding)

    @rule(part=st.sampled_from(["chroma.sqlite3", "data_level0.bin", "data.csc.index.npy", "corpus.jsonl", "current"]))
    def damage(self, part: str) -> None:
        self.opened.close()
        for path in self.index.rglob(part):
            os.truncate(path, path.stat().st_size // 2)
        self.restart()

    @rule()
    def lose_vectors(self) -> None:
        """Lose what can be computed again, together with what was made of it."""
        shutil.rmtree(self.index / "vectors", ignore_errors=True)
        self.damage("chroma.sqlite3")

    @rule()
    def sync_elsewhere(self) -> None:
        with ArticleIndex.open(self.folder, self.index, self.embedding) as other:
            other.sync(confirmed=True)

    @rule()
    def sync(self) -> None:
        pending = self.opened.pending()
        report = self.opened.sync(confirmed=True)
        assert report == pending
        assert self.opened.sources == tuple(sorted(self.files))
        assert self.opened.audit() == []
        embedded = self.embedding.count
        assert not self.opened.sync().changed
        assert self.embedding.count == embedded
        for source, text in self.files.items():
            if not source.endswith(".html"):
                assert self.opened.article(source).text == text
            found = self.opened.retrieve(text.split("\n")[0], top_k=8, among=[source])
            assert [chunk.node.metadata["source"] for chunk in found] == [source]

    @invariant()
    def nothing_is_found_that_is_not_indexed(self) -> None:
        for chunk in self.opened.retrieve("Where did the ministers meet?"):
            assert chunk.text in self.opened.article(chunk.node.metadata["source"]).text

    def teardown(self) -> None:
        self.opened.close()
        shutil.rmtree(self.place)


def walk(**bounds: Any) -> None:
    quiet = list(HealthCheck)
    run_state_machine_as_test(FolderAndIndex, settings=settings(suppress_health_check=quiet, **bounds))


def test_the_index_follows_its_folder_through_any_events() -> None:
    walk(max_examples=4, stateful_step_count=12)


@pytest.mark.slow
def test_the_index_follows_its_folder_through_two_hundred_histories() -> None:
    walk(max_examples=200, stateful_step_count=30)


def test_readers_are_answered_while_articles_are_indexed(make_folder: MakeFolder, tmp_path: Path) -> None:
    read_while_writing(make_folder, tmp_path, readers=2, syncs=2)


@pytest.mark.slow
def test_sixteen_readers_and_fifty_syncs_leave_no_file_open(make_folder: MakeFolder, tmp_path: Path) -> None:
    read_while_writing(make_folder, tmp_path, readers=16, syncs=50)


def read_while_writing(make_folder: MakeFolder, tmp_path: Path, readers: int, syncs: int) -> None:
    folder = make_folder({f"{n}.txt": f"The ministers of group {n} met in Geneva on day {n}." for n in range(60)})
    done, errors = threading.Event(), []

    def read(index: ArticleIndex) -> None:
        try:
            while not done.is_set():
                steady = index.steady()
                found = steady.retrieve("Where did the ministers of group 7 meet?")
                assert found
                for chunk in found:
                    assert chunk.text in steady.article(chunk.node.metadata["source"]).text
        except Exception as error:  # noqa: BLE001 - handed to the test's own thread
            errors.append(error)

    def open_files() -> set[Path]:
        """Find the index's files that this process has open; how many times each, depends on when it was read."""
        found = set()
        for descriptor in Path("/proc/self/fd").glob("*"):
            with contextlib.suppress(OSError):  # the listing's own is closed
                found.add(descriptor.readlink())
        return {path for path in found if path.is_relative_to(tmp_path / "index")}

    with ArticleIndex.open(folder, tmp_path / "index", CountingEmbedding()) as index:
        index.sync()
        threads = [threading.Thread(target=read, args=(index,)) for _ in range(readers)]
        for thread in threads:
            thread.start()
        for n in range(syncs):
            (folder / f"{n % 5}.txt").write_text(f"The ministers of group {n} left Geneva on day {n}.")
            (folder / f"new{n}.txt").write_text(f"A ship number {n} ran aground.")
            assert index.sync().changed
        done.set()
        for thread in threads:
            thread.join()
        assert not errors
        assert index.audit() == []
        index.sync()
        (live,) = (tmp_path / "index" / "generations").iterdir()
        assert [path for path in open_files() if not path.is_relative_to(live)] == []


def test_an_index_may_be_opened_and_closed_by_many_threads_at_once(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"talks.txt": "The ministers met in Geneva on Monday."})
    with ArticleIndex.open(folder, tmp_path / "index", CountingEmbedding()) as index:
        index.sync()
    together = threading.Barrier(8)

    def open_often(_: int) -> int:
        together.wait()
        found = 0
        for _ in range(8):
            with ArticleIndex.open(folder, tmp_path / "index", CountingEmbedding()) as index:
                found += len(index.retrieve("Where did the ministers meet?"))
        return found

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(open_often, range(8))) == [8] * 8


@pytest.mark.slow
def test_twenty_thousand_chunks_and_a_long_article_are_all_stored(make_folder: MakeFolder, tmp_path: Path) -> None:
    long = "\n\n".join(f"Line {n} of the long report says that {n * 7} ships passed the canal." for n in range(85_000))
    folder = make_folder({"long.txt": long})
    assert len(long) > 5_000_000
    for n in range(1_800):
        sentences = (f"Report {n} says in part {k} that {n * k} tonnes of grain left port {k}." for k in range(50))
        (folder / f"{n}.txt").write_text(" ".join(sentences))
    with ArticleIndex.open(folder, tmp_path / "index", CountingEmbedding()) as index:
        index.sync()
        assert len(index.sources) == 1_801
        assert index.audit() == []
