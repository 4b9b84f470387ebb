import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MakeFolder
from laws import CountingEmbedding

from qa import ArticlesNotFound, Assistant, IndexMismatch, IndexUnavailable
from vectorstore import ArticleIndex, OnnxEmbedding, sentence_spans

TALKS = "The ministers met in Geneva on Monday. They agreed to talk again in spring."
TARIFFS = "Tariffs on steel rose to twenty percent. Exporters in Ohio complained loudly."
PANDAS = "Two giant pandas arrived at the zoo in San Diego. Visitors queued for hours."


def test_sync_adds_updates_removes_and_leaves_alone(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS, "tariffs.txt": TARIFFS, "pandas.txt": PANDAS})
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assert assistant.sync().added == ("pandas.txt", "talks.txt", "tariffs.txt")
        embedded = embedding.count
        report = assistant.sync()
        assert report.unchanged == ("pandas.txt", "talks.txt", "tariffs.txt")
        assert not report.changed
        assert embedding.count == embedded, "a second sync embedded something"

        (folder / "talks.txt").write_text(TALKS.replace("Geneva", "Vienna"))
        (folder / "pandas.txt").unlink()
        (folder / "ships.txt").write_text("A cargo ship ran aground near Suez. Nobody was hurt.")
        report = assistant.sync()
        assert (report.added, report.updated, report.removed, report.unchanged) == (
            ("ships.txt",),
            ("talks.txt",),
            ("pandas.txt",),
            ("tariffs.txt",),
        )
        assert "Vienna" in assistant.ask("Where did the ministers meet?").text
        assert not assistant.ask("Where did the giant pandas arrive?").answered
        assert "Suez" in assistant.ask("Where did the cargo ship run aground?").text


def test_pending_tells_what_a_sync_would_change_and_changes_nothing(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS, "tariffs.txt": TARIFFS, "pandas.txt": PANDAS})
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assert assistant.pending().added == ("pandas.txt", "talks.txt", "tariffs.txt")
        assert not (tmp_path / "index").exists()
        assistant.sync()
        assert not assistant.pending().changed
        (folder / "talks.txt").write_text(TALKS.replace("Geneva", "Vienna"))
        (folder / "pandas.txt").rename(folder / "zoo.txt")
        embedded = embedding.count
        report = assistant.pending()
        assert (report.added, report.updated, report.removed) == (("zoo.txt",), ("talks.txt",), ("pandas.txt",))
        assert report.unchanged == ("tariffs.txt",)
        assert embedding.count == embedded
        assert "Geneva" in assistant.ask("Where did the ministers meet?").text
        assert assistant.sync() == report
        assert not assistant.pending().changed


def test_an_index_is_found_again_and_embeds_nothing(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS})
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assistant.sync()
        first = assistant.ask("Where did the ministers meet?")
    embedded = embedding.count
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assert assistant.sync().unchanged == ("talks.txt",)
        assert assistant.ask("Where did the ministers meet?") == first
    assert embedding.count == embedded


def test_a_closed_index_says_so_and_is_neither_opened_nor_built_again(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS})
    never_synced = Assistant.open(folder, tmp_path / "other", embedding=embedding)
    assistant = Assistant.open(folder, tmp_path / "index", embedding=embedding)
    assistant.sync()
    (folder / "tariffs.txt").write_text(TARIFFS)
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as other:
        other.sync()
    uses: list[Callable[[Assistant], object]] = [
        lambda closed: closed.is_empty,
        lambda closed: closed.ask("Where did the ministers meet?"),
        lambda closed: closed.search("ministers"),
        lambda closed: closed.article("talks.txt"),
        lambda closed: closed.articles,
        lambda closed: closed.failed,
        Assistant.pending,
        Assistant.repair,
        Assistant.sync,
    ]
    for closed in (assistant, never_synced):
        closed.close()
        closed.close()
        for use in uses:
            with pytest.raises(IndexUnavailable, match=rf"'{re.escape(str(closed.config.index))}' was closed; open it"):
                use(closed)
    assert not (tmp_path / "other").exists()


def test_a_file_that_stops_being_readable_is_no_longer_answered_from(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS, "tariffs.txt": TARIFFS})
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assistant.sync()
        (folder / "talks.txt").write_bytes(b"\xff\xfe\0")
        report = assistant.sync()
        assert report.removed == ("talks.txt",)
        assert list(report.failed) == ["talks.txt"]
        assert not assistant.ask("Where did the ministers meet?").answered


def test_a_folder_that_vanished_is_an_error_and_the_index_still_answers(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS})
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assistant.sync()
        folder.rename(tmp_path / "elsewhere")
        with pytest.raises(ArticlesNotFound):
            assistant.sync()
        assert "Geneva" in assistant.ask("Where did the ministers meet?").text


def test_an_index_of_another_model_is_refused_with_the_remedy(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS})
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assistant.sync()
    with pytest.raises(IndexMismatch, match=r"hashed words.*other.*--index DIR"):
        Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding(model_name="other"))


def test_an_index_kept_among_the_articles_does_not_index_itself(
    make_folder: MakeFolder, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"talks.txt": TALKS})
    with Assistant.open(folder, folder / "index", embedding=embedding) as assistant:
        assert assistant.sync().added == ("talks.txt",)
        report = assistant.sync()
        assert report.unchanged == ("talks.txt",)
        assert not report.failed


def test_chunks_are_whole_sentences_cut_from_the_article(seeds: Assistant) -> None:
    with ArticleIndex.open(seeds.config.articles, seeds.config.index) as index:
        found = index.retrieve("What did Blinken say to Xi about competition?", top_k=40)
        assert found
        scores = [chunk.score for chunk in found if chunk.score is not None]
        assert scores == sorted(scores, reverse=True)
        for chunk in found:
            text = index.article(chunk.node.metadata["source"]).text
            spans = sentence_spans(chunk.node)
            assert chunk.text == text[spans[0][0] : spans[-1][1]]


def test_retrieval_finds_by_words_and_by_meaning(seeds: Assistant) -> None:
    with ArticleIndex.open(seeds.config.articles, seeds.config.index) as index:
        for question, words in (
            ("Wu Jianghao", "Wu Jianghao"),
            ("global warming", "climate change"),
        ):
            assert any(words in chunk.text for chunk in index.retrieve(question, top_k=5))


def test_retrieval_keeps_to_the_sources_asked_for_and_finds_as_many_in_them(seeds: Assistant) -> None:
    with ArticleIndex.open(seeds.config.articles, seeds.config.index) as index:
        for among in ({index.sources[0]}, set(index.sources[1:3]), set(index.sources)):
            found = index.retrieve("What did Blinken say about Taiwan?", top_k=4, among=among)
            assert len(found) == 4
            assert {chunk.node.metadata["source"] for chunk in found} <= among
        assert found == index.retrieve("What did Blinken say about Taiwan?", top_k=4)
        assert not index.retrieve("What did Blinken say about Taiwan?", among=())


def test_a_question_that_names_a_time_finds_first_what_was_published_then(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    months = "January February March April May June".split()
    report = "---\ndate: 2024-{month:02}-02\n---\nEnvoys met in Beijing and spoke of tariffs and visas."
    folder = make_folder({f"{month}.md": report.format(month=month) for month in range(2, 8)})
    with ArticleIndex.open(folder, tmp_path / "index", embedding) as index:
        index.sync()

        def found(time: str) -> list[str]:
            chunks = index.retrieve(f"What did envoys who met in Beijing on {time} speak of?")
            assert len(chunks) == 6
            return [chunk.node.metadata["source"] for chunk in chunks]

        for number, month in enumerate(months[1:], start=2):
            assert found(f"{month} 28, 2024")[0] == found(f"28 {month} 2024")[0] == f"{number + 1}.md"
            assert found(f"{month.lower()} 28 2024")[0] == found(f"2024-{number:02}-28")[0] == f"{number + 1}.md"
            assert found(f"{month[:3]}. 28, 2024")[0] == found(f"{month} 28th, 2024")[0] == f"{number + 1}.md"
            assert found(f"the 28th of {month} 2024")[0] == found(f"{month[:3]} 28, 2024")[0] == f"{number + 1}.md"
            for time in (f"{month} 2024", f"{month[:3]}. 2024", f"{month[:3].lower()} 2024"):
                assert set(found(time)[:2]) == {f"{number}.md", f"{number + 1}.md"}
        several = index.retrieve("Did envoys meet in Beijing between January 2024 and March 2024?")
        assert (several[0].score or 0) <= 2 / 61, "one of two times was preferred"


@pytest.mark.parametrize(
    ("question", "names_a_year"),
    [
        ("Did envoys meet 2000 people in Beijing?", False),
        ("Were 2000 visas spoken of in Beijing?", False),
        ("Did the envoys meet people in Beijing in 2000?", True),
        ("In 2000 visas were spoken of?", True),
        ("What did the 2000 talks in Beijing speak of?", True),
        ("Was 2000 as good for tariffs?", True),
        ("Was the crisis of 2000 this bad for tariffs?", True),
    ],
)
def test_a_number_that_counts_something_is_no_year(
    question: str, names_a_year: bool, make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"a.md": "---\ndate: 2000-03-02\n---\nEnvoys met in Beijing and spoke of tariffs and visas."})
    with ArticleIndex.open(folder, tmp_path / "index", embedding) as index:
        index.sync()
        (found,) = index.retrieve(question)
        assert ((found.score or 0) > 2 / 61) == names_a_year, "what was published then was preferred, or not"


def test_the_bundled_embedder_gives_unit_vectors_that_know_meaning() -> None:
    vectors = OnnxEmbedding().embed(
        ["The envoys held talks.", "The diplomats met for negotiations.", "Bake the bread for an hour."]
    )
    assert vectors.shape == (3, 384)
    assert (vectors**2).sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_progress_counts_every_chunk(make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding) -> None:
    folder = make_folder({"long.txt": "\n\n".join(f"Sentence number {n} speaks of talks." for n in range(3000))})
    seen: list[tuple[int, int]] = []
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assistant.sync(lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (embedding.count, embedding.count)
