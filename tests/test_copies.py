"""One report in several newspapers is told once, with all who printed it."""

from pathlib import Path

from conftest import MakeFolder
from laws import CountingEmbedding

from qa import Assistant
from vectorstore import ArticleIndex

REPORT = "Two giant pandas arrived at the zoo in San Diego on Friday. Visitors queued for hours to see them. "
MORE = "The animals came from Sichuan, the zoo said. "


def test_copies_of_a_report_are_retrieved_once_and_cited_with_all_who_printed_it(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(
        {
            "courier.txt": f"Pandas land\n\n{REPORT}{MORE}",
            "herald.txt": f"Hello pandas\n\n{REPORT.upper()}",
            "post.txt": f"New in town\n\n{REPORT}{MORE}They will stay for ten years.",
            "ships.txt": "A cargo ship ran aground near Suez. Nobody was hurt.",
        }
    )
    with Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        assistant.sync()
        answer = assistant.ask("Where did the two giant pandas arrive?")
        citation = answer.citations[0]
        assert citation.source in ("courier.txt", "post.txt")
        assert {citation.source, *citation.also_in} >= {"courier.txt", "herald.txt", "post.txt"}
        assert f"(also in {', '.join(citation.also_in)})" in str(answer)
        alone = assistant.ask("Where did the two giant pandas arrive?", among=["herald.txt"])
        assert [citation.source for citation in alone.citations] == ["herald.txt"], "a copy answers where it is asked"
        (folder / "courier.txt").unlink()
        assistant.sync()
        answer = assistant.ask("Where did the two giant pandas arrive?")
        assert "courier.txt" not in {name for cited in answer.citations for name in (cited.source, *cited.also_in)}


def test_articles_that_differ_in_a_number_are_no_copies(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": REPORT, "b.txt": REPORT.replace("Two", "Three")})
    with ArticleIndex.open(folder, tmp_path / "index", CountingEmbedding()) as index:
        index.sync()
        sources = {chunk.node.metadata["source"] for chunk in index.retrieve("How many pandas arrived?")}
        assert sources == {"a.txt", "b.txt"}


def test_many_copies_leave_room_for_other_articles(make_folder: MakeFolder, tmp_path: Path) -> None:
    other = {f"other{n}.txt": f"A panda cub number {n} was seen in forest {n} by rangers." for n in range(10)}
    folder = make_folder({f"copy{n:02d}.txt": REPORT for n in range(30)} | other)
    with ArticleIndex.open(folder, tmp_path / "index", CountingEmbedding()) as index:
        index.sync()
        found = index.retrieve("Which giant pandas arrived at the zoo in San Diego?", top_k=8)
        assert len(found) == 8
        assert sum(chunk.node.metadata["source"].startswith("copy") for chunk in found) == 1
