"""Words that a question misspells are read as the articles write them, and no others."""

import pytest
from conftest import MakeFolder

from qa import Assistant
from vectorstore import stems

SPELT = "Who greeted Blinken at the airport in Beijing?"


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("Who greeted Blinken at the airport in Bejing?", SPELT),
        ("Who greeted Blinkin at the airport in Beijng?", SPELT),
        ("who greeted blinken at the airport in bejing?", SPELT.lower()),
        ("WHO GREETED BLINKEN AT THE AIRPORT IN BEJING?", SPELT.upper()),
    ],
)
def test_a_misspelt_name_is_read_as_the_one_that_was_meant(seeds: Assistant, asked: str, read: str) -> None:
    answer = seeds.ask(asked)
    assert (answer.question, answer.standalone_question) == (asked, read)
    assert (answer.text, answer.citations) == ((spelt := seeds.ask(read)).text, spelt.citations)
    assert answer.answered
    assert str(answer).endswith(f"Read as: {read}")


def test_a_name_that_was_misspelt_before_is_read_as_meant_in_a_follow_up(seeds: Assistant) -> None:
    history = seeds.replay(["Who greeted Blinkin at the airport in Bejing?"])
    answer = seeds.ask("When was that?", history)
    assert answer.answered
    assert "Blinken at the airport in Beijing" in answer.standalone_question
    assert "airport in Washington" in seeds.ask("And in Washingtn?", history).standalone_question


@pytest.mark.parametrize(
    "asked",
    [
        "When did Austria sign?",  # a word of its own, however much it is like Australia
        "When did Karlssen sign?",  # Karlsson or Karlsen
        "When did Caceres sign?",  # a name is meant for no other word than a name
        "When did Montescu sign?",  # nothing is like it
        "Wann haben Franzosen, Belgier, Portugiesen, Koreanr, Italienr und Brasilianr das Abkommen unterzeichnet?",
    ],
)
def test_what_may_be_meant_as_it_stands_stays(make_folder: MakeFolder, asked: str) -> None:
    text = "Australia signed the treaty on Monday. Karlsson and Karlsen signed it too. It helps against cancers."
    folder = make_folder({"treaty.txt": text, "korea.txt": "Koreans, Italians and Brazilians signed in Oslo."})
    with Assistant.open(folder, folder.parent / "index") as assistant:
        answer = assistant.ask(asked)
    assert answer.standalone_question == asked
    assert not answer.answered


def test_a_word_is_not_read_as_one_that_no_article_has(make_folder: MakeFolder) -> None:
    folder = make_folder({"treaty.txt": "The ministers proved in Oslo on Monday that they can sign a treaty."})
    with Assistant.open(folder, folder.parent / "index") as assistant:
        assert assistant.ask("What did the ministers provde?").standalone_question == "What did the ministers provde?"
        assert assistant.ask("Where did the minsters sign?").standalone_question == "Where did the ministers sign?"


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defences organised", "defense organize"),
        ("neighbouring labourers realising", "neighbors laborer realization"),
        ("advisers analysed centres", "advisor analyzing center"),
        ("programmes favourable licence", "program favorable licensed"),
    ],
)
def test_what_is_spelt_in_two_ways_is_one_word(british: str, american: str) -> None:
    assert stems(british) == stems(american)


def test_words_that_only_look_alike_stay_apart() -> None:
    words = "hour tour court source paradise parade precise advertise revise metric centaur".split()
    assert len(stems(" ".join(words))) == len(words)
