"""An overview of a subject: the articles about it first, each from its lead on."""

from collections.abc import Iterator

import pytest
from laws import OVERVIEW_WORDS, assert_lawful

from qa import Assistant

ARTICLES = {
    "ferry.txt": """\
    A ferry with sixty people on board ran aground near Suva on Friday, drowning three of them, the police said.

    The Taveuni ferry had left the harbour of Apia before dawn, a spokesman for the company told reporters.

    He said that nothing more was known.

    We think that the Taveuni ferry was too old, and you may think so too.

    Divers searched the wreck of the ferry until late at night for a boy of seven and his grandmother.

    <img src="https://example.org/ferry.jpg" alt="The Taveuni ferry before it ran aground near Suva in a storm.">
    """,
    "owner.txt": """\
    The owner of a shipyard in Lima has given his collection of paintings to the museum of the town.

    Friends call him generous, and the museum is glad to have nine more paintings for its new hall.

    The oldest of them shows the bay of Lima at dawn, with the boats of the fishermen on their way home.

    It was painted by a teacher of drawing who never sold a picture, and who died in a village in the hills.

    The museum will show all nine from the first of May, beside those that it has had since the war.

    Schools may come on Mondays, when the museum is closed to all others, and pay nothing for their visit.

    The mayor thanked the owner of the shipyard with a dinner, to which all painters of the town were invited.

    As Peter mentioned, he once owned the Taveuni ferry, which he had bought for the price of a house.

    In his youth he repaired the Taveuni ferry with his own hands, as he likes to tell.
    """,
    "fair.txt": """\
    The bakers of Lima held their fair on Sunday, and two thousand guests came to taste their bread.

    Some of the guests had crossed the bay by ferry to be there before the first loaves were sold out.
    """,
    "steel.txt": """\
    Remarks by Mayor Ortega in Oslo on New Jobs

    MAYOR ORTEGA:  Thank you all for being here, and thank you for the music.

    I want to begin with a word on the weather, which is better than I had hoped.

    The steel mills of this country will hire four thousand people before the end of the year.

    MAYOR ORTEGA:  Steel has been made in this valley for more than a century, and so it will be.
    """,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("overviews")
    for name, text in ARTICLES.items():
        text = "\n".join(line.strip() for line in text.splitlines())
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(folder, tmp_path_factory.mktemp("overviews") / "index") as assistant:
        assistant.sync()
        yield assistant


@pytest.mark.parametrize(
    "asked",
    [
        "What do the articles say about the Taveuni ferry?",
        "Give me an overview of the Taveuni ferry",
        "Give me the story of the Taveuni ferry.",
        "What is the news about the Taveuni ferry?",
    ],
)
def test_an_article_about_the_subject_is_told_from_its_lead_on(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert_lawful(answer, assistant, most_words=OVERVIEW_WORDS)
    quotes = [citation.quote for citation in answer.citations]
    assert quotes[0].startswith("A ferry with sixty people"), "the lead, though it does not name the ferry"
    assert quotes[1].startswith("The Taveuni ferry had left")
    assert any(quote.startswith("Divers searched") for quote in quotes), "what goes on with the story"


def test_what_only_mentions_the_subject_comes_after_and_nothing_else(assistant: Assistant) -> None:
    answer = assistant.ask("What do the articles say about the Taveuni ferry?")
    sources = [citation.source for citation in answer.citations]
    assert sources == sorted(sources, key=["ferry.txt", "owner.txt"].index)
    assert set(sources) == {"ferry.txt", "owner.txt"}
    mentions = [citation.quote for citation in answer.citations if citation.source == "owner.txt"]
    assert all("Taveuni" in quote for quote in mentions)


def test_an_overview_quotes_neither_tags_nor_what_leans_on_who_speaks_before_better(assistant: Assistant) -> None:
    answer = assistant.ask("What do the articles say about the Taveuni ferry?", among={"ferry.txt"})
    quotes = [citation.quote for citation in answer.citations]
    assert not any("<img" in quote for quote in quotes)
    assert not quotes[1].startswith(("He said", "We think"))
    mentions = assistant.ask("What do the articles say about the Taveuni ferry?", among={"owner.txt"})
    assert mentions.citations[0].quote.startswith("In his youth")


def test_a_subject_may_be_named_by_title_and_passage_together(assistant: Assistant) -> None:
    answer = assistant.ask("Summarise Mayor Ortega's remarks in Oslo on steel")
    assert_lawful(answer, assistant, most_words=OVERVIEW_WORDS)
    quotes = [citation.quote for citation in answer.citations]
    assert {citation.source for citation in answer.citations} == {"steel.txt"}
    assert all("teel" in quote for quote in quotes)


@pytest.mark.parametrize("asked", ["Give me an overview of Moby-Dick", "What is the news about Napoleon?"])
def test_a_subject_that_no_article_names_is_declined(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert_lawful(answer, assistant)
    assert not answer.answered
    assert "news" not in answer.missing


@pytest.mark.parametrize("articles", ["articles", "documents", "papers"])
def test_what_the_articles_are_called_is_no_part_of_the_subject(assistant: Assistant, articles: str) -> None:
    answer = assistant.ask(f"What do these {articles} say about steel mills?")
    assert {citation.source for citation in answer.citations} == {"steel.txt"}
