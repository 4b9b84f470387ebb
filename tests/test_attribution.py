"""Whose words an answer gives, where a question asks for somebody's."""

import time
from collections.abc import Iterator

import pytest
from laws import assert_lawful

from qa import Assistant
from qa.speech import doers

BRIDGE = """Norway minister visits the harbour

Norway's transport minister Tessa Lane met the mayor of Brill, Paul Moreno, in the harbour of Brill on Tuesday.

Moreno said that the old bridge is safe and will stay open to lorries until the winter.

"The harbour has waited too long for a second crane," Lane said. "We will pay for it out of this year's budget. The work
begins in May."

She also promised that the ferries will keep running at night.

Lane said that the timetable is too thin, while Moreno urged patience with the railway company.

A spokesman for the harbour said that the fishermen were not asked about the new quay.

Dana Wells, a former judge now with the fishermen's union, said the quay would drive the herring away.

The ferrymen, who said the landing is watched by Dana Wells, call the toll an insult.

The pier is called a disgrace by the Brill Rowing Club.

The Brill Lighthouse Office denied that the lamp had failed in the storm.

Lane: A crane for Brill

The toll office is shut on Sundays.

Sailors say that the beacon is dim.

The council of Brill, whose seats are all taken by Moreno's friends, meets on Friday. The swimming
bath in Brill is closed.
"""
TRANSCRIPT = """Remarks by Commissioner Ilse Hartog on the Dikes of Vellum

MR. PRATT:  Commissioner, thank you for coming. The dikes of Vellum are on everybody's mind.

THE COMMISSIONER:  Thank you. The dikes will be raised by two metres before the spring tide comes.

Q  What about the pumps?

THE COMMISSIONER:  The pumps are older than I am. They will be replaced one by one.

MR. PRATT:  The windmills were lovely, and I always said that they should be kept.
"""
NAMESAKES = """Fires in the hills

Paul Moreno is a beekeeper in the hills of Orrin.

Fire chief Rosa Keller said the hills burned for a week.

Keller said that the beehives were saved by goats.
"""
VINEYARD = """Frost in the vineyard

Robert Keller has grown grapes in Orrin since his youth.

Keller said the frost took a third of the grapes.

Read also: Norway's minister Paul Vale resigns

Paul Vale said that the wolves are gone.

Also read: Lane says the wine is too sweet

"The cellars are dry."
"""
# hard-wrapped but for one line, beside which a part of it does not look so
CANAL = (
    "The canal of Quill\n\n"
    + "The keepers of the canal in the town of Quill have painted all of the gates\nGreen.\n" * 24
    + f"{'The canal was dug by hand, and ' * 4}nobody knows when.\n\n"
    + "The locks of the canal are older than the town itself, and when he was asked\nVictor Ames said that they are to"
    " be made wider for the barges.\n"
)
STATEMENTS = """What they are saying about the tunnel

President Ines Calder, Tunnel Workers Union: “The tunnel brings work to the valley for ten years.”

President and CEO Hugo Brandt, Alliance for the Valley (AV): “Nobody in the valley has asked for a tunnel.”

Senator Mara Quist (D-OH): “The tunnel must be paid for by those who drive through it.”

Background, history: The tunnel was first drawn in 1911 and forgotten.
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "dikes.txt").write_text(TRANSCRIPT, encoding="utf-8")
    (folder / "tunnel.txt").write_text(STATEMENTS, encoding="utf-8")
    (folder / "hills.txt").write_text(NAMESAKES, encoding="utf-8")
    (folder / "vineyard.txt").write_text(VINEYARD, encoding="utf-8")
    (folder / "canal.txt").write_text(CANAL, encoding="utf-8")
    with Assistant.open(folder, tmp_path_factory.mktemp("harbour") / "index") as assistant:
        yield assistant


@pytest.mark.parametrize("words", ["the " * 24 + "x", "The " * 24 + "x"])
def test_who_does_something_is_found_in_any_line_at_once(words: str) -> None:
    began = time.process_time()
    assert list(doers(words)) == []
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Moreno say about the bridge?", "the old bridge is safe"),
        ("What did Tessa Lane say about the harbour?", "waited too long for a second crane"),
        ("What did Lane say about the work?", "The work begins in May."),  # within what she is quoted with
        ("What did Lane promise about the ferries?", "keep running at night"),  # "She also promised"
        ("What did Lane say about the timetable?", "the timetable is too thin"),
        ("What did Moreno say about the railway company?", "Moreno urged patience"),
        ("What did Wells say about the quay?", "drive the herring away"),  # behind what she is
        ("What did Norway say about the timetable?", "the timetable is too thin"),  # its minister
        ("What did the Lighthouse Office say about the lamp?", "denied that the lamp had failed"),
        ("What did the Rowing Club call the pier?", "a disgrace"),
        ("What did the BLO say about the lamp?", "denied that the lamp had failed"),
        ("What did Ilse Hartog say about the dikes?", "raised by two metres"),  # by the title alone
        ("What did Hartog say about the pumps?", "The pumps are older than I am."),
        ("What did Pratt say about the windmills?", "they should be kept"),
        ("what did moreno say about the bridge", "the old bridge is safe"),
        ("Did Moreno mention the bridge?", "the old bridge is safe"),
        ("Has Lane said anything about the ferries?", "keep running at night"),
        ("What is Moreno's view of the bridge?", "the old bridge is safe"),
        ("What did Wells say?", "drive the herring away"),
        ("What did Paul Moreno say?", "the old bridge is safe"),  # by his surname, in the article with his full name
        ("What did Rosa Keller say?", "the hills burned"),
        ("What did Bob Keller say about the frost?", "a third of the grapes"),
        ("Who is Rosa Keller?", "Fire chief"),
        ("What did Robert Keller say about the frost in Orrin?", "a third of the grapes"),  # where, not what
        ("What did Ines Calder say about the tunnel?", "work to the valley"),
        ("What did Hugo Brandt say about the tunnel?", "Nobody in the valley"),
        ("What did Mara Quist say about the tunnel?", "paid for by those who drive"),
        ("What did Victor Ames say about the locks?", "made wider for the barges"),
    ],
)
def test_words_are_given_of_the_one_asked_about(harbour: Assistant, question: str, words: str) -> None:
    answer = harbour.ask(question)
    assert_lawful(answer, harbour)
    assert words in " ".join(" ".join(citation.quote.split()) for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "What did Lane say about the bridge?",
        "What did Moreno say about the ferries?",
        "What did Lane say about the quay?",
        "What did Moreno say about the herring?",
        "What did Lane say about the railway company?",  # Moreno does, in the same sentence
        "What did Moreno say about the timetable?",
        "What did Wells say about the bridge?",
        "Did Lane mention the bridge?",
        "Has Moreno said anything about the ferries?",
        "What was Lane's position on the bridge?",
        "What did Moreno say about the swimming bath?",  # no one does
        "What did Lane say about the toll office?",
        "What did Lane say about the beacon?",
        "What did Wells say about the landing?",
        "What did Brill say about the lamp?",
        "What did Norway say about the bridge?",
        "What did the Lighthouse Office say about the ferries?",
        "What did Pratt say about the pumps?",
        "What did Hartog say about the windmills?",
        "what did lane say about the bridge",
        "What did Rosa Keller say about the frost?",  # another Keller does
        "What did Dora Keller say?",
        "What did Keller say about the Orrin Hills Railway?",  # but of the hills
        "What did the Background say about the tunnel?",
        "What did Lane say about the cellars?",  # a link to another story names her
        "What did Norway say about the wolves?",
        "Who is Dora Keller?",
    ],
)
def test_anothers_words_are_no_answer(harbour: Assistant, question: str) -> None:
    answer = harbour.ask(question)
    assert_lawful(answer, harbour)
    assert not answer.answered, answer.text


def test_nothing_that_others_say_is_added(harbour: Assistant) -> None:
    quotes = [citation.quote for citation in harbour.ask("What did Lane say?").citations]
    assert quotes
    assert not [quote for quote in quotes if "Moreno said" in quote or "Wells" in quote or "spokesman" in quote]
