"""How a question is read: its mark, its parts, and what it asks for."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import pytest
from conftest import MakeFolder
from laws import OVERVIEW_WORDS, assert_lawful

from qa import Answer, Assistant

Open = Callable[..., AbstractContextManager[Assistant]]


@pytest.fixture
def opened(make_folder: MakeFolder) -> Open:
    """Open an assistant over articles given by their texts."""

    @contextmanager
    def open_articles(*texts: str) -> Iterator[Assistant]:
        folder = make_folder({f"{number}.txt": text for number, text in enumerate(texts)})
        with Assistant.open(folder, folder.parent / "index") as assistant:
            yield assistant

    return open_articles


@pytest.mark.parametrize(
    "question", ["who visited Taiwan", "Which day did Blinken meet with Wang Yi", "Who went to the U.S.", "Taiwan"]
)
def test_a_mark_that_is_missing_or_doubled_changes_nothing(seeds: Assistant, question: str) -> None:
    def bare(answer: Answer) -> Answer:
        return replace(answer, question="", standalone_question="")

    asked = bare(seeds.ask(f"{question}?"))
    for mark in ("", "?!", "??", " ?", "  \n"):
        assert bare(seeds.ask(question + mark)) == asked


@pytest.mark.parametrize(
    "question",
    ["Who is Liu Zhenli?", "What did Biden say about Taiwan?", "What did Blinken say to China about human rights?"],
)
def test_capitals_that_are_missing_change_nothing(seeds: Assistant, question: str) -> None:
    answer, typed = seeds.ask(question), seeds.ask(question.lower())
    assert (typed.text, typed.citations, typed.nearest) == (answer.text, answer.citations, answer.nearest)


PLACES = {
    "Bali": "The envoys of Samoa met the minister in Bali to speak about rice.",
    "Lima": "The envoys of Samoa met the minister in Lima to speak about herring.",
    "Rome": "The envoys of Samoa met the minister in Rome to speak about steel.",
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("places")
    for place, text in PLACES.items():
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    with Assistant.open(folder, tmp_path_factory.mktemp("places") / "index") as assistant:
        yield assistant


ABOUT = "What did the envoys of Samoa and the minister speak about"


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ("in Bali and in Lima and in Rome", ["In Bali", "In Lima", "In Rome"]),
        ("in Bali, in Lima and in Rome", ["In Bali", "In Lima", "In Rome"]),
        ("in Bali and in Bali and in Rome", ["In Bali", "In Rome"]),
        ("in the Bali and in the Lima talks", ["In the Bali talks", "In the Lima talks"]),
        ("in the Bali talks and in Lima last year", ["In the Bali talks", "In Lima"]),
        ("in [7] and in Rome", ["In (7)", "In Rome"]),
        ("in Bali and in the hotel of Lima", ["In Bali", "In the hotel of Lima"]),
    ],
)
def test_each_thing_listed_is_a_part(places: Assistant, asked: str, labels: list[str]) -> None:
    answer = places.ask(f"{ABOUT} {asked}?")
    assert_lawful(answer, places, most_words=OVERVIEW_WORDS)
    starts = [answer.text.find(label) for label in labels]
    assert starts == sorted(starts)
    assert starts[0] == 0
    assert all(answer.text[start + len(label)] in ",:" for start, label in zip(starts, labels, strict=True))


@pytest.mark.parametrize(
    "asked", ["in Bali and in particular in Lima", "in Bali and in what hotel", "in Bali and in the"]
)
def test_what_is_no_list_is_one_question(places: Assistant, asked: str) -> None:
    assert not places.ask(f"{ABOUT} {asked}?").text.startswith("In ")


TWICE = [
    ("When and where did the ferry of Samoa sink?", {"When": "Monday", "Where": "Apia"}),
    ("Where did the ferry of Samoa sink, and when?", {"Where": "Apia", "When": "Monday"}),
    ("Which concerts were postponed, and why?", {"Which concerts": "choir", "Why": "fire"}),
    (
        "How many sailors were saved from the ferry of Samoa, and when did it happen?",
        {"How many": "Nine", "When": "Mon"},
    ),
]
ONCE = [
    "Who said when the ferry sank and where the choir sang?",
    "Who is the sailor who steered the ferry and who was saved?",
    "Who said why the ferry sank and when?",
]


def test_two_questions_in_one_are_both_answered_under_what_they_ask(opened: Open) -> None:
    with opened(
        "The ferry of Samoa sank near Apia on Monday.\n\nNine sailors were saved from the ferry on Monday.",
        "The concerts of the choir were postponed because of a fire in the town hall.\n\nNobody sang in the square.",
    ) as assistant:
        for question, parts in TWICE:
            answer = assistant.ask(question)
            assert_lawful(answer, assistant)
            assert answer.standalone_question == question
            starts = [answer.text.index(label) for label in parts]
            assert starts[0] == 0
            told = [answer.text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
            assert all(words in part for words, part in zip(parts.values(), told, strict=True))
        for question in ONCE:
            assert not assistant.ask(question).text.startswith(("Who:", "When:", "Why:", "Where:"))


def test_no_person_is_a_place(seeds: Assistant) -> None:
    assert "Where: **Beijing**." in seeds.ask("When and where did Blinken meet Wang Yi?").text


@pytest.mark.parametrize("listed", [["in Bali"] * 60, [f"in {place}{n}" for n in range(20) for place in PLACES]])
def test_a_long_list_takes_neither_long_nor_many_words(places: Assistant, listed: list[str]) -> None:
    places.ask(f"{ABOUT} in Bali?")
    began = time.process_time()
    answer = places.ask(f"{ABOUT} {', '.join(listed)} and in Rome?")
    assert time.process_time() - began < 3
    assert_lawful(answer, places, most_words=OVERVIEW_WORDS)


def test_six_parts_share_the_room(opened: Open) -> None:
    places = "Bali Lima Rome Oslo Suva Apia".split()
    tail = "to speak about fishing quotas, tariffs on steel and timber, and the price of rice" + " and of maize" * 9
    with opened(*(f"The seven envoys of Samoa met the minister in {place} {tail}." for place in places)) as assistant:
        asked = f"Whom did the envoys of Samoa meet {' and '.join(f'in {place}' for place in places)}?"
        answer = assistant.ask(asked)
        assert_lawful(answer, assistant, most_words=OVERVIEW_WORDS)
        assert len(answer.citations) == len(places)


@pytest.mark.parametrize("name", ["Özil", "Šefčovič", "Ångström"])
def test_a_name_may_begin_with_any_capital(opened: Open, name: str) -> None:
    with opened(f"{name} opened the quay.", "The quay of Suva was opened for the Festival of Ships.") as assistant:
        assert assistant.ask("Who opened the quay?").text.startswith(f"**{name}**")


def test_a_speaker_may_have_any_capital(opened: Open) -> None:
    told = "Press call\n\nQ    Is the harbour closed?\n\nMR. ŞAHİN: The harbour will be closed in September.\n"
    with opened(told) as assistant:
        assert "September" in assistant.ask("When will the harbour be closed?").text


@pytest.mark.parametrize("name", ["General Brown", "Joe Biden", "Liu Zhenli"])
def test_who_somebody_is_is_not_led_by_a_name(seeds: Assistant, name: str) -> None:
    answer = seeds.ask(f"Who is {name}?")
    assert name.split()[-1] in answer.citations[0].quote
    assert not answer.text.startswith("**")


def test_who_somebody_is_is_told_by_a_sentence_on_them(opened: Open) -> None:
    with opened(
        "Maria Ortega spoke.\n\nThe president of the museum, a sailor, is a woman whom many know."
    ) as assistant:
        assert "Ortega" in assistant.ask("Who is Maria Ortega?").citations[0].quote
    with opened("Ida Holm of the harbour town of Geneva is a member of\n\nThe Council of the Seas") as assistant:
        assistant.sync()
        assert not assistant.ask("Who is Ida Holm?").text.startswith("**Geneva**")


COST = "The strike of the fishermen cost {} jobs, {} said."


@pytest.mark.parametrize("other", ["1200", "twelve hundred", "1.2 thousand"])
def test_one_number_in_two_spellings_is_no_difference(opened: Open, other: str) -> None:
    question = "How many jobs did the strike of the fishermen cost?"
    with opened(COST.format("1,200", "the mayor of the city"), COST.format(other, "one of the unions")) as assistant:
        assert "differ" not in assistant.ask(question).text
    with opened(COST.format("1,200", "the mayor of the city"), COST.format("1300", "one of the unions")) as assistant:
        assistant.sync()
        assert "differ" in assistant.ask(question).text


def test_each_other_compares_nothing(opened: Open) -> None:
    with opened("The two mayors spoke with each other in March 2021 about herring.") as assistant:
        assert assistant.ask("When did the two mayors speak with each other?").text.startswith("**March 2021**")


def test_what_happened_that_day_asks_for_no_day(opened: Open) -> None:
    with opened("Lima voted in May.\n\nThat day in Suva the harbour burned down.") as assistant:
        assert assistant.ask("What happened that day in Suva?").text.startswith("**Burned down**")
    with opened("Lima voted in May.\n\nThe harbour of Suva burned down on a Monday.") as assistant:
        assistant.sync()
        assert "Monday" in assistant.ask("What was the day of the fire at the harbour of Suva?").text


@pytest.mark.parametrize(("came", "amounts"), [("A spokesman", False), ("A dozen envoys", True), ("A couple", True)])
def test_only_some_of_what_begins_with_an_article_is_an_amount(opened: Open, came: str, amounts: bool) -> None:
    with opened(f"{came} came to the harbour of Suva for the envoys.") as assistant:
        assert assistant.ask("How many envoys came to the harbour of Suva?").answered is amounts


@pytest.mark.parametrize("line", ["Suva, 3 June 2024.", "Monday, June 3, 2024", "Updated 2024-06-03"])
def test_a_line_that_is_but_a_date_answers_nothing(opened: Open, line: str) -> None:
    with opened(f"{line}\n\nThe mayor of Suva opened the harbour in 2023, a spokesman said.") as assistant:
        answer = assistant.ask("On which day in June 2024 did the mayor of Suva open the harbour?")
        assert line not in [cited.quote for cited in (*answer.citations, *answer.nearest)]


def test_a_lead_has_no_half_of_a_pair_of_quotes(opened: Open) -> None:
    with opened("The mayor called the harbour “a disgrace for the whole” country, and a ruin.") as assistant:
        answer = assistant.ask("What did the mayor call the harbour?")
        assert answer.text.startswith("**A disgrace for the whole country**: The mayor called the harbour “a disgrace")


def test_the_kind_of_thing_asked_for_need_not_be_named(opened: Open) -> None:
    told = "Lena Ortiz of the Brookfield Institute said on Monday that rents had risen in three of the five boroughs."
    with opened(
        f"Rents rise\n\n{told}", "Ferries stop\n\nThe ferries to Samoa stopped on Friday because of the storm."
    ) as articles:
        assert "Brookfield Institute" in articles.ask("Which think tank is Lena Ortiz with?").text
        assert not articles.ask("Which aircraft carrier did Lena Ortiz launch?").answered


def test_of_what_one_said_more_is_read(opened: Open) -> None:
    others = [
        f"The envoy of group {n} told Petra Sand: What should be avoided are quarrels of Samoa and Fiji."
        for n in range(12)
    ]
    told = "Petra Sand said that Samoa and Fiji should respect each other, and avoid any haste."
    with opened(*(f"Quarrels\n\n{each}" for each in others), f"Talks\n\n{'They met. ' * 90}\n\n{told}") as articles:
        assert "any haste" in articles.ask("What did Petra Sand say Samoa and Fiji should avoid?").text
