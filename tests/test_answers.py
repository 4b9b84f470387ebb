import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import SEEDS, SHARED, MakeFolder
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import OVERVIEW_WORDS, CountingEmbedding, assert_lawful

from qa import NOT_SAID, Answer, Assistant, Citation, Turn, ask

ANSWERED = [
    ("At whose request was the videoconference set up?", "request of the US", "001_e3e00ce369491b92.txt"),
    ("How long did the meeting in the Chinese capital last?", "five hours", "002_6d56555268c1eceb.txt"),
    ("What did Wang accuse the U.S. of?", "contain China’s development", "003_3fba87fb8b3f424e.txt"),
    ("What did Janet Yellen say in July?", "no intention of reviving", "004_1c40dc7da41a06bc.txt"),
    ("Who visited Taiwan in August 2022?", "Pelosi", "000_5b903ab789c964ba.txt"),
]
NOT_ANSWERED = [
    "Who wrote the novel Moby-Dick?",
    "How tall is Mount Everest?",
    "How old was Xi Jinping when he met Antony Blinken?",
    "What did Angela Merkel say about Greek debt?",
    "Which vaccine did Brazil buy from Pfizer?",
]


@pytest.mark.parametrize(("question", "words", "source"), ANSWERED)
def test_the_bundled_articles_answer_with_proof(seeds: Assistant, question: str, words: str, source: str) -> None:
    answer = seeds.ask(question)
    assert_lawful(answer, seeds)
    assert answer.answered
    assert words in answer.text
    assert source in {citation.source for citation in answer.citations}


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_what_the_articles_do_not_say_is_declined(seeds: Assistant, question: str) -> None:
    answer = seeds.ask(question)
    assert_lawful(answer, seeds)
    assert not answer.answered
    assert answer.nearest


def test_the_missing_terms_are_named_as_the_question_writes_them(seeds: Assistant) -> None:
    answer = seeds.ask("What did Angela Merkel say about the Greek debt?")
    assert answer.missing == ("Angela Merkel", "Greek debt")
    assert answer.text == f"{NOT_SAID} No article mentions “Angela Merkel” or “Greek debt”."


def test_an_overview_draws_on_several_articles(seeds: Assistant) -> None:
    answer = seeds.ask("What do the articles say about Taiwan?")
    assert_lawful(answer, seeds, most_words=OVERVIEW_WORDS)
    assert len({citation.source for citation in answer.citations}) >= 3


@pytest.mark.parametrize(("question", "words", "source"), ANSWERED)
def test_only_the_articles_asked_answer(seeds: Assistant, question: str, words: str, source: str) -> None:
    among = {source}
    answer = seeds.ask(question, among=among)
    assert_lawful(answer, seeds)
    assert words in answer.text
    others = {article.source for article in seeds.articles} - among
    for restricted, allowed in ((answer, among), (seeds.ask(question, among=others), others)):
        assert {citation.source for citation in (*restricted.citations, *restricted.nearest)} <= allowed
    assert list(seeds.stream(question, among=among))[-1] == answer


def test_an_answer_tells_which_articles_its_passages_are_from(seeds: Assistant) -> None:
    for question in (ANSWERED[0][0], NOT_ANSWERED[0]):
        answer = seeds.ask(question)
        cited = {citation.source for citation in (*answer.citations, *answer.nearest)}
        assert cited <= set(answer.passages) <= {article.source for article in seeds.articles}
        assert tuple(answer.to_dict()["passages"]) == answer.passages
        assert json.loads(json.dumps(answer.to_dict())) == answer.to_dict()


def test_no_article_answers_nothing(seeds: Assistant) -> None:
    answer = seeds.ask(ANSWERED[0][0], among=())
    assert_lawful(answer, seeds)
    assert not answer.answered
    assert not answer.nearest
    assert not answer.passages


@pytest.mark.parametrize(
    ("question", "told"),
    [
        *((question, "has no words; ask something") for question in ("", "  \n", "?!", "…")),
        *((question, r"\\ud\w+.* is not Unicode text; write") for question in ("what \udcff is this", "Who \ud800?")),
    ],
)
def test_a_question_that_cant_be_asked_is_an_error_before_any_work(question: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=told):
        ask(question, tmp_path / "missing")
    with Assistant.open(SEEDS, tmp_path / "index") as assistant:
        for refused in (assistant.ask, assistant.search):
            with pytest.raises(ValueError, match=told):
                refused(question)
    assert not (tmp_path / "index").exists()


def test_the_function_answers_as_the_object_does(seeds: Assistant) -> None:
    question = "Who visited Taiwan in August 2022?"
    history = [Turn("user", "Who is Liu Zhenli?"), Turn("assistant", "The Chief of Staff.")]
    assert ask(question, history=history) == seeds.ask(question, history)


def test_an_assistant_that_was_never_synced_makes_its_index_first(tmp_path: Path) -> None:
    with Assistant.open(SEEDS, tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        assert assistant.ask("Who visited Taiwan in August 2022?").answered


def test_a_stream_joins_to_the_answer_that_ends_it(seeds: Assistant) -> None:
    for question in ("What do the articles say about Taiwan?", NOT_ANSWERED[0]):
        *pieces, answer = seeds.stream(question)
        assert isinstance(answer, Answer)
        assert "".join(piece for piece in pieces if isinstance(piece, str)) == answer.text
        assert answer == seeds.ask(question)


def test_an_answer_becomes_json_and_text_with_footnotes() -> None:
    citation = Citation(1, "a.md", "Talks begin", date(2024, 5, 13), 3, 10, "They\nmet", 0.5)
    answer = Answer("Who met?", "They met [1]", (citation,), True, "Who met?")
    assert json.loads(json.dumps(answer.to_dict())) == answer.to_dict()
    assert answer.to_dict()["citations"] == [
        {
            "number": 1,
            "source": "a.md",
            "title": "Talks begin",
            "published": "2024-05-13",
            "start": 3,
            "end": 10,
            "quote": "They\nmet",
            "score": 0.5,
            "page": None,
            "also_in": [],
        }
    ]
    assert str(answer) == "They met [1]\n\n[1] Talks begin, 2024-05-13, a.md: “They met”"


def test_the_same_question_gets_the_same_answer_whatever_the_order_of_files(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())}
    first = ask("What did Xi say?", make_folder(files), index=tmp_path / "one")
    folder = tmp_path / "reversed"
    folder.mkdir()
    for name in reversed(files):
        (folder / name).write_text(files[name], encoding="utf-8", newline="")
    assert ask("What did Xi say?", folder, index=tmp_path / "two") == first


HOSTILE = st.lists(
    st.sampled_from([*"abc XY.,!?\n\r*_#>|\\-[]“”’é…", "[1]", "[2]", "talks ", "Geneva ", "e\u0301", "\u202e"]),
    min_size=1,
    max_size=300,
).map("".join)


@pytest.mark.parametrize("examples", [pytest.param(20, id="some"), pytest.param(80, id="more", marks=pytest.mark.slow)])
def test_answers_obey_the_laws_whatever_the_articles_hold(
    examples: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=examples)
    @given(texts=st.lists(HOSTILE, min_size=1, max_size=3), question=HOSTILE)
    def obey(texts: list[str], question: str) -> None:
        ask_of(texts, question, tmp_path_factory)

    obey()


def ask_of(texts: list[str], question: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Ask a folder of hostile articles, and hold each answer to the laws."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "articles").mkdir()
    for number, text in enumerate([*texts, "Talks were held in Geneva [1] on Monday."]):
        (place / "articles" / f"{number}.txt").write_text(text, encoding="utf-8", newline="")
    with Assistant.open(place / "articles", place / "index", embedding=CountingEmbedding()) as assistant:
        assistant.sync()
        for asked in ("What was held in Geneva on Monday?", "Summarize the articles", question):
            if any(character.isalnum() for character in asked):
                assert_lawful(assistant.ask(asked), assistant, most_words=OVERVIEW_WORDS)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared folder of questions")
@pytest.mark.parametrize(
    ("articles", "questions", "right", "declined"),
    [
        (SEEDS, "questions/seeds-dev.jsonl", 0.75, 0.70),
        (SHARED / "news" / "articles", "news/questions.jsonl", 0.45, 0.0),
    ],
)
def test_answers_reach_their_floors(
    run_judge: Callable[[Path, Path], dict[str, float]],
    articles: Path,
    questions: str,
    right: float,
    declined: float,
) -> None:
    scores = run_judge(articles, SHARED / questions)
    assert scores["exact"] == 1.0
    assert scores["right"] >= right
    assert scores["declined"] >= declined


def test_markers_in_an_article_are_not_taken_for_citations(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "The treaty was signed in Geneva [12] on Monday \\[3\\] by **both** sides."})
    with Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        answer = assistant.ask("Where was the treaty signed on Monday?")
        assert answer.text == "**Geneva**: The treaty was signed in Geneva (12) on Monday (3) by both sides. [1]"
        assert answer.citations[0].quote == "The treaty was signed in Geneva [12] on Monday \\[3\\] by **both** sides."


def test_a_very_long_sentence_is_cut_and_still_quoted_exactly(make_folder: MakeFolder, tmp_path: Path) -> None:
    clause = "and the envoy for Samoa agreed to fishing quotas, "
    folder = make_folder({"a.txt": "The ministers met in Geneva, " + clause * 30 + "at last."})
    with Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        answer = assistant.ask("Where did the ministers meet?")
        assert_lawful(answer, assistant)
        assert re.search(r"… \[1\]$", answer.text)


def test_the_bundled_articles_differ_on_the_day_of_a_meeting(seeds: Assistant) -> None:
    answer = seeds.ask("Which day did Blinken meet with Wang Yi?")
    assert_lawful(answer, seeds)
    assert answer.text.startswith("**Sunday or Monday morning**: the articles differ.")


def test_articles_that_differ_are_both_quoted_however_long_their_sentences(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    tail = (
        ", as the ministry said in a statement that dwelt at length on fishing quotas, tariffs on steel and timber" * 3
    )
    folder = make_folder(
        {
            "a.txt": f"The treaty was signed in Geneva on Monday{tail}.",
            "b.txt": f"The treaty was signed in Geneva on Sunday{tail}.",
        }
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        answer = assistant.ask("On which day was the treaty signed in Geneva?")
        assert_lawful(answer, assistant)
        assert "the articles differ" in answer.text
        assert {citation.source for citation in answer.citations} == {"a.txt", "b.txt"}
        assert all("Monday" in citation.quote or "Sunday" in citation.quote for citation in answer.citations)


def test_a_question_on_several_things_is_answered_for_each(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(
        {
            "a.txt": "Talks in Vienna\n\nThe envoys met the Dutch minister at the Hotel Imperial in Vienna.",
            "b.txt": "Talks in Madrid\n\nThe envoys met the Dutch minister at the Palace of Congresses in Madrid.",
        }
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        answer = assistant.ask(
            "At which hotel or palace did the envoys meet the Dutch minister in Vienna and in Madrid?"
        )
        assert_lawful(answer, assistant, most_words=OVERVIEW_WORDS)
        vienna, madrid = answer.text.split("In Madrid")
        assert vienna.startswith("In Vienna")
        assert "Imperial" in vienna
        assert "Palace" in madrid
        assert {citation.source for citation in answer.citations} == {"a.txt", "b.txt"}
        whole = assistant.ask("Whom did the envoys meet at the Vienna and at the Madrid peace talks?").text
        assert whole.startswith("At the Vienna peace talks")


def test_a_part_that_the_articles_lack_is_said_to_be_lacking(seeds: Assistant) -> None:
    answer = seeds.ask("Who greeted Blinken at the airport in Beijing and in Johannesburg?")
    assert_lawful(answer, seeds, most_words=OVERVIEW_WORDS)
    assert answer.text.startswith("In Beijing")
    assert "Wu Jianghao" in answer.text
    assert answer.text.endswith("In Johannesburg: the articles don't say.")


def test_what_an_article_tells_it_tells_of_its_day(make_folder: MakeFolder, tmp_path: Path) -> None:
    told = "The envoys met today with the Dutch minister for trade in {place} to speak about fishing."
    folder = make_folder(
        {
            f"{place}.md": f"---\ntitle: Readout\ndate: {date}\n---\n\n{told.format(place=place)}"
            for place, date in (("Madrid", "2021-03-05"), ("Vienna", "2021-10-06"), ("Lisbon", "2022-06-01"))
        }
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        for month, place in (("October 2021", "Vienna"), ("June 2022", "Lisbon"), ("March 2021", "Madrid")):
            answer = assistant.ask(f"Where did the envoys meet the Dutch minister in {month}?")
            assert answer.text.startswith(f"**{place}**"), month


def test_a_name_with_an_initial_leads_whole(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "The Dutch fleet was led by Admiral Peter Q. Janssen in the exercise of March."})
    with Assistant.open(folder, tmp_path / "index") as assistant:
        answer = assistant.ask("Who led the Dutch fleet in the exercise?")
        assert re.search(r"^\*\*[^*]*Peter Q\. Janssen[^*]*\*\*", answer.text)


def test_room_that_is_left_goes_to_a_part_of_a_long_sentence(make_folder: MakeFolder, tmp_path: Path) -> None:
    clauses = ", ".join(f"while minister number {n} stayed in the hotel" for n in range(10))
    folder = make_folder(
        {
            "short.txt": "After seven days Peru’s envoys signed their grain treaty at Geneva’s harbour.",
            "long.txt": f"Envoys of several countries, Peru among them, signed a treaty on grain in Geneva, {clauses}.",
        }
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        answer = assistant.ask("Where did the envoys of Peru sign the grain treaty?")
        assert_lawful(answer, assistant)
        whole, part = sorted(answer.citations, key=lambda citation: citation.source, reverse=True)
        assert whole.quote == "After seven days Peru’s envoys signed their grain treaty at Geneva’s harbour."
        assert part.source == "long.txt"
        assert re.search(r",$", part.quote), "not cut where the sentence pauses"


@pytest.mark.parametrize(
    "question", ["Is ²² known in Beijing?", "Who met ①① in Beijing and in ²²?", "Who, in , and in ?"]
)
def test_odd_digits_and_lists_are_only_words(seeds: Assistant, question: str) -> None:
    assert_lawful(seeds.ask(question), seeds, most_words=OVERVIEW_WORDS)


def test_who_speaks_in_a_transcript_is_no_answer_but_to_who_said_it(make_folder: MakeFolder, tmp_path: Path) -> None:
    transcript = "Press call\n\nMR. LANE: The visitors of the harbour were led by Maria Ortega and liked the ships.\n"
    with Assistant.open(make_folder({"call.txt": transcript}), tmp_path / "index") as assistant:
        led = assistant.ask("Who led the visitors of the harbour?")
        assert "**Maria Ortega**" in led.text
        assert assistant.article("call.txt").text[led.citations[0].start :].startswith("MR. LANE: ")
        assert assistant.ask("Who said that the visitors liked the ships?").answered


def test_a_sentence_that_only_repeats_the_question_is_not_shown(make_folder: MakeFolder, tmp_path: Path) -> None:
    transcript = (
        "Press call\n\nQ: Where was that, again?\n\nMR. LANE: In Bali.\n\nQ: And then?\n\n"
        "MS. ROE: The two delegations will meet at the Hotel Delfines in Lima on Friday.\n"
    )
    with Assistant.open(make_folder({"call.txt": transcript}), tmp_path / "index") as assistant:
        answer = assistant.ask("Where did the delegations meet in Bali?")
        assert answer.citations or answer.nearest
        assert not [cited for cited in (*answer.citations, *answer.nearest) if "LANE" in cited.quote]


@pytest.mark.parametrize("who", ["Q    ", "QUESTION: ", "AUDIENCE MEMBER:  ", "REPORTER 2: "])
def test_what_a_reporter_asks_is_not_what_was_said(who: str, make_folder: MakeFolder, tmp_path: Path) -> None:
    transcript = (
        f"Press call\n\n{who}Thank you. The harbour will be closed in May, we hear. Is the closing of the harbour "
        "still on?\n\nThe fishermen say that the closing of the harbour costs them 40 jobs.\n\n"
        "MR. LANE: The closing of the harbour is planned for September. It will last three weeks.\n"
    )
    with Assistant.open(make_folder({"call.txt": transcript}), tmp_path / "index") as assistant:
        for question in ("When will the harbour be closed?", "How many jobs does the closing of the harbour cost?"):
            answer = assistant.ask(question)
            quotes = [cited.quote for cited in (*answer.citations, *answer.nearest)]
            assert quotes
            assert not [quote for quote in quotes if "May" in quote or "jobs" in quote]


def test_what_a_reporter_asks_at_length_is_not_what_was_said(make_folder: MakeFolder, tmp_path: Path) -> None:
    asked = " ".join(
        f"The fishermen of the {n}th pier have written a long letter to the ministry." for n in range(20, 40)
    )
    transcript = (
        f"Press call\n\nQ    Thank you. {asked} The closing of the harbour will cost them 40 jobs, they say.\n\n"
        "MR. LANE: The closing of the harbour is planned for September. It will last three weeks.\n"
    )
    with Assistant.open(make_folder({"call.txt": transcript}), tmp_path / "index") as assistant:
        answer = assistant.ask("How many jobs will the closing of the harbour cost?")
        assert not [cited.quote for cited in (*answer.citations, *answer.nearest) if "jobs" in cited.quote]


def test_a_day_is_no_amount(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(
        {"call.txt": "The call between the two mayors took place on April 2nd.\n\nIt was their first call."}
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        assert assistant.ask("When was the call between the two mayors?").answered
        for question in ("How long was the call between the two mayors?", "How many calls did the two mayors have?"):
            assert "**April" not in assistant.ask(question).text


def test_a_remark_in_brackets_is_not_shown(make_folder: MakeFolder, tmp_path: Path) -> None:
    transcript = "Press call\n\nHARBOUR MASTER: (Laughs.)\n\nHARBOUR MASTER: The quay will be closed in September.\n"
    with Assistant.open(make_folder({"call.txt": transcript}), tmp_path / "index") as assistant:
        answer = assistant.ask("What did the harbour master say about the quay?")
        quotes = [cited.quote for cited in (*answer.citations, *answer.nearest)]
        assert quotes
        assert not [quote for quote in quotes if "Laughs" in quote]


def test_news_tells_first_what_matters_most(make_folder: MakeFolder, tmp_path: Path) -> None:
    told = "The harbour museum has a new director: {name} was appointed on Monday, the city council said.\n\n"
    between = "\n\n".join(f"Hall {number} shows boats, nets and paintings of the harbour." for number in range(60))
    folder = make_folder(
        {"a.txt": told.format(name="Olga Brandt") + between + "\n\n" + told.format(name="Nils Aaberg")}
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        assert assistant.ask("Who was appointed director of the harbour museum?").text.startswith("**Olga Brandt**")


def test_a_day_is_no_place_and_a_place_no_day(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "The trial of Ada Roe opened on Monday.\n\nThe trial is held in Bristol."})
    with Assistant.open(folder, tmp_path / "index") as assistant:
        assert assistant.ask("Where did the trial of Ada Roe open?").text.startswith("**Bristol**")
    for told, question in (
        ("opened on Monday", "Where did the trial of Ada Roe open?"),
        ("opened on Monday", "The trial of Ada Roe opened where?"),
        ("opened in Bristol", "The trial of Ada Roe opened when?"),
    ):
        (folder / "a.txt").write_text(f"The trial of Ada Roe {told}.")
        with Assistant.open(folder, tmp_path / "index") as assistant:
            assistant.sync()
            assert not assistant.ask(question).answered


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where did Erdogan meet the farmers?", "Konya"),
        ("Where did Erdoğan meet the farmers?", "Konya"),
        ("Who opened the port of Gdańsk?", "Lech Nowak"),
    ],
)
def test_a_name_is_the_same_with_its_accents_and_without(
    question: str, words: str, make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(
        {
            "farmers.txt": "Recep Tayyip Erdoğan met the farmers in Konya on Monday. They spoke of prices.",
            "port.txt": "Lech Nowak opened the port of Gdansk in June. It had been closed for years.",
        }
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        answer = assistant.ask(question)
        assert_lawful(answer, assistant)
    assert answer.answered, answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    "age",
    ["Of those who died of the flu, the oldest were aged 97 and 98.", "People died of the flu who were 90 years old."],
)
def test_an_age_is_no_amount(age: str, make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"flu.txt": f"{age} The mayor said that the town mourns with the families."})
    with Assistant.open(folder, tmp_path / "index") as assistant:
        assert "**9" not in assistant.ask("How many people died of the flu?").text
