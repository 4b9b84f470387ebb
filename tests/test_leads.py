from pathlib import Path

import pytest
from conftest import MakeFolder
from laws import OVERVIEW_WORDS, assert_lawful

from qa import Assistant

DATED = (
    "---\ntitle: Notes\ndate: {date}\n---\n\nSUVA\n\n{lead}\n\nIt was cold, and nobody in the harbour of {place} sang."
)


@pytest.mark.parametrize(
    "question",
    ["What are the articles about?", "summarize these articles", "What is this about?", "Please give me an overview."],
)
def test_without_a_subject_each_article_is_told_by_its_lead(seeds: Assistant, question: str) -> None:
    answer = seeds.ask(question)
    assert_lawful(answer, seeds, most_words=OVERVIEW_WORDS)
    sources = [citation.source for citation in answer.citations]
    assert sources == [article.source for article in seeds.articles]
    (only,) = seeds.ask(question, among={sources[2]}).citations
    assert only.source == sources[2]
    assert not seeds.ask(question, among=()).answered


def test_the_newest_articles_are_told_first_and_each_report_once(make_folder: MakeFolder, tmp_path: Path) -> None:
    leads = {
        "2021-03-05": ("Apia", "Fishermen of Apia went on strike over the price of herring and of fuel."),
        "2023-03-05": ("Lima", "The museum of Lima has bought nine paintings that were thought to be lost."),
        "2023-03-04": ("Cusco", "The museum of Lima has bought nine paintings that were believed to be lost."),
        "2022-03-05": ("Oslo", "A storm tore the roofs off forty houses in the north of Oslo on Friday."),
    }
    files = {
        f"{place}.md": DATED.format(date=date, place=place, lead=lead) for date, (place, lead) in leads.items()
    } | {"undated.txt": "The mayor of Suva wants to build a bridge over the river by next summer."}
    with Assistant.open(make_folder(files), tmp_path / "index") as assistant:
        answer = assistant.ask("What are these articles about?")
        assert_lawful(answer, assistant, most_words=OVERVIEW_WORDS)
        assert [citation.source for citation in answer.citations] == ["Lima.md", "Oslo.md", "Apia.md", "undated.txt"]
        assert answer.citations[0].quote == leads["2023-03-05"][1]


def test_an_overview_of_a_subject_is_no_overview_of_all(seeds: Assistant) -> None:
    assert "Taiwan" in seeds.ask("Summarize the articles about Taiwan").citations[0].quote
    assert not seeds.ask("Give me a summary of Moby-Dick").answered
