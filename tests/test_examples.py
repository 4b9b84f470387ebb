"""Example questions are made from the folder, and answered by it."""

from pathlib import Path

from conftest import MakeFolder
from laws import CountingEmbedding

from qa import Assistant

FILES = {
    "talks.txt": "Talks in Geneva\n\nMaria Santos met Prime Minister John Baker in the old\ntown of Geneva on Monday. "
    "Maria Santos said that Geneva was a good place for talks.\n",
    "pandas.txt": "Pandas arrive\n\nTwo giant pandas arrived at the zoo. Visitors of San Diego queued. San Diego has a "
    "zoo that many in San Diego like.\n",
}


def test_example_questions_are_answered_by_the_articles(seeds: Assistant) -> None:
    assert len(seeds.example_questions) >= 3
    for question in seeds.example_questions:
        assert seeds.ask(question).answered


def test_any_folder_gets_example_questions_of_its_own(make_folder: MakeFolder, tmp_path: Path) -> None:
    with Assistant.open(make_folder(FILES), tmp_path / "index") as assistant:
        assistant.sync()
        questions = assistant.example_questions
        assert "Who met Prime Minister John Baker in the old town of Geneva on Monday?" in questions
        assert len(questions) <= 4
        for question in questions:
            assert assistant.ask(question).answered
        (assistant.config.articles / "talks.txt").unlink()
        assistant.sync()
        assert not any("Geneva" in question for question in assistant.example_questions)


def test_a_folder_without_names_gets_no_examples(
    make_folder: MakeFolder, tmp_path: Path, embedding: CountingEmbedding
) -> None:
    folder = make_folder({"a.txt": "It rained all day long in the small town by the sea."})
    with Assistant.open(folder, tmp_path / "index", embedding=embedding) as assistant:
        assert assistant.example_questions == ()
        assistant.sync()
        assert assistant.example_questions == ()
