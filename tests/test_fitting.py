"""What can be the answer to a question of a kind, and what can't."""

from collections.abc import Iterator

import pytest
from laws import assert_lawful

from qa import Assistant

ARTICLES = {
    "fiji.md": "---\ntitle: Envoys meet\ndate: 2021-11-16\n---\n\n"
    "The envoys of Fiji and Samoa had a meeting on the boat to Suva a year and a day ago. They talked for hours.",
    "quake.txt": "The quake shook Malolo on Sunday. It struck at 11 a.m. and woke nobody. "
    "Doctors have helped people who were hurt by quakes in Malolo for 20 years. Forty came to them on Monday.",
    "deficit.md": "---\ntitle: Trade\ndate: 2025-02-11\n---\n\n"
    "The trade deficit with Tonga was 12 million dollars in 2024, the largest ever. The minister wants to halve it.",
    "rome.md": "---\ntitle: A meeting\ndate: 2022-03-14\n---\n\n"
    "Minister Ana Tora met today with the Dutch envoy Piet Vos in Rome. It followed up on a call in November 2021.",
    "zurich.md": "---\ntitle: Another meeting\ndate: 2021-10-06\n---\n\n"
    "The Dutch envoy Piet Vos spoke for six hours with Ana Tora, the minister, near the airport of Zurich.",
    "times.txt": "Tora and the envoy Ilse Roth have met four times. The ministry counts every meeting with care.",
    "last.txt": "Tora and the envoy Ilse Roth met in October 2023.",
    "briefing.txt": "MODERATOR: Next, we go to Peter Holm for the briefing on the ferry.\n\n"
    "MR. LANE: Thanks so much, Peter, for the ferry briefing.",
    "captain.txt": "The captain of the ferry, Ole Dahl, gave a briefing on the ferry on Tuesday.",
    "links.md": "The [harbour office](https://harbour.example/office) says that <u>Mina Kos</u> paints the lighthouse.",
    "park.txt": "In the 900-acre park of Levuka, zebras live with the keepers. It is home to a dozen zebras, he says. "
    "Ravi Lal, 52, left the park of Levuka after a quarrel. He left it in the spring, a keeper says, with two zebras.",
    "agency.txt": "SUVA, Fiji (AP) -- The museum of canoes opened its doors to 300 children on Friday.",
}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("kinds")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(folder, tmp_path_factory.mktemp("index")) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("How long did the envoys of Fiji and Samoa meet on the boat to Suva?", "for hours", "**A year and"),
        ("Number of people hurt by quakes in Malolo?", "**Forty**", "20 years. [1]"),
        ("At what time did the quake shake Malolo?", "11 a.m.", "**Sunday"),
        ("How many people were hurt by quakes in Malolo?", "Forty", "**20"),
        ("Where did Ana Tora meet Piet Vos in 2021?", "Zurich", "**Rome"),
        ("Where did Ana Tora meet Piet Vos in 2022?", "Rome", "**Zurich"),
        ("How large was the trade deficit with Tonga in 2024?", "12 million", "don't say"),
        ("How many times did Tora and the envoy Ilse Roth meet?", "four", "differ"),
        ("Who gave the briefing on the ferry?", "Ole Dahl", "Thanks"),
        ("Who paints the lighthouse?", "The harbour office says that Mina Kos paints the lighthouse.", "http"),
        ("How many zebras live in the park of Levuka?", "a dozen zebras", "**900"),
        ("When did Ravi Lal leave the park of Levuka?", "spring", "**52"),
        ("How many children came when the museum of canoes opened?", "The museum of canoes", "(AP)"),
    ],
)
def test_an_answer_is_of_the_kind_that_is_asked_for(question: str, said: str, unsaid: str, kinds: Assistant) -> None:
    answer = kinds.ask(question)
    assert_lawful(answer, kinds)
    assert said in answer.text
    assert unsaid not in answer.text


@pytest.mark.parametrize(
    "question",
    ["How large was the trade deficit with Tonga in 2023?", "Where did Ana Tora meet Piet Vos in 2019?"],
)
def test_what_happened_in_another_year_is_no_answer(question: str, kinds: Assistant) -> None:
    assert not kinds.ask(question).answered


def test_yes_or_no_is_answered_of_those_asked_about(kinds: Assistant) -> None:
    assert kinds.ask("Did Ana Tora meet Piet Vos in Rome?").answered
    assert not kinds.ask("Did Ana Tora meet Ole Dahl in Rome?").answered


def test_keywords_that_end_in_a_kind_of_fact_ask_for_it(kinds: Assistant) -> None:
    assert kinds.ask("quake Malolo date").text.startswith("**Sunday**")
