from collections.abc import Iterator

import pytest
from laws import assert_lawful

from qa import Assistant

PUBLISHED = "---\ntitle: Notice\ndate: 2022-05-20\n---\n\n"
ARTICLES = {
    "hours.txt": "The meeting in the Finnish capital lasted about five hours, according to an official of the port.",
    "account.txt": "Ada Roe posts regularly on her account, HarbourAda, which has more than 155,000 followers.",
    "poll.txt": "A new poll indicates that nearly three out of four fishermen are scared of the new quay in Turku.",
    "orbit.txt": "The satellites collided at 6.2 miles (10 kilometers) per second over Lapland, producing 500 pieces.",
    "talks.txt": "Minister of Ports Ilze Kalnina and Coast Guard Commander Juris Ozols will lead the Latvian "
    "delegation to Oslo on Friday for talks on icebreakers.",
    "whale.txt": "The Oslo museum never bought the painting of the whale, and the thieves of the night were never "
    "found, the guards said.",
    "embassy.txt": "The Danish embassy in Suva did not respond to a request for comment.",
    "race.txt": "Captain Olga Brandt said in July that she and her crew have no intention of reviving the regular "
    "ferry race cut off by the council.",
    "general.txt": "Unionist Karl Berg met on August 29 with General Anders Holm, vice chairman of the coast guard.",
    "sailors.txt": "We will keep working every day to try to secure the release of the unjustly detained Norwegian "
    "sailors held in Chad.",
    "call.md": PUBLISHED + "Trade adviser Nils Aaberg spoke today with the Estonian envoy Kadri Tamm about herring.",
    "lamp.md": PUBLISHED + "The lighthouse of Kihnu was lit again yesterday, after a repair that took all winter.",
    "turtle.md": PUBLISHED + "The aquarium of Riga lost its oldest turtle on Wednesday, and the keepers mourn it.",
    "windmill.txt": "The windmill of Saaremaa burned down on Thursday, after lightning had struck it in the night.",
}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place = tmp_path_factory.mktemp("harbour")
    (place / "articles").mkdir()
    for name, text in ARTICLES.items():
        (place / "articles" / name).write_text(text)
    with Assistant.open(place / "articles", place / "index") as assistant:
        assistant.sync()
        yield assistant


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        # an amount with its unit, what it is a part of, and what limits it
        ("How many hours did the meeting in the Finnish capital last?", "**About five hours**:"),
        ("How many followers does Ada Roe have?", "**More than 155,000**:"),
        ("What percentage of fishermen are scared of the new quay?", "**Nearly three out of four**:"),
        ("How fast were the satellites when they collided?", "**6.2 miles (10 kilometers) per second**:"),
        # which day "today" is, where the article tells its own
        ("When did Nils Aaberg speak with Kadri Tamm?", "**Today** (May 20, 2022):"),
        ("When was the lighthouse of Kihnu lit again?", "**Yesterday** (May 19, 2022):"),
        ("When did the aquarium of Riga lose its turtle?", "**Wednesday** (article of May 20, 2022):"),
        ("When did the windmill of Saaremaa burn down?", "**Thursday**:"),
        # one of several, what is denied, words that can't stand alone or are not of the kind asked for don't lead
        ("Who will lead the Latvian delegation to Oslo?", "Minister of Ports"),
        ("What did the Oslo museum buy?", "The Oslo museum never"),
        ("What did the Danish embassy in Suva say?", "The Danish embassy"),
        ("What did Olga Brandt say in July?", "Captain Olga Brandt"),
        ("What did Karl Berg raise with General Holm when he met him?", "Unionist Karl Berg"),
        ("Which Norwegian sailors were released from Chad?", "We will keep working"),
    ],
)
def test_what_leads_an_answer_stands_for_itself(harbour: Assistant, question: str, lead: str) -> None:
    answer = harbour.ask(question)
    assert_lawful(answer, harbour)
    assert answer.text.startswith(lead), answer.text


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Who is Wu Jianghao?", "**Assistant Foreign Minister**:"),
        ("What did Biden do about US troops in Germany?", "He dropped a plan"),
        ("What perception does China want the United States to have?", "**Right perception**:"),
        ("What did Danny Russel say about the relationship?", '"'),
        ("What did Xi say?", '"We should work together'),  # not "according to state media"
    ],
)
def test_what_leads_an_answer_from_the_bundled_articles_stands_for_itself(
    seeds: Assistant, question: str, lead: str
) -> None:
    answer = seeds.ask(question)
    assert_lawful(answer, seeds)
    assert answer.text.startswith(lead), answer.text
