import gzip
import importlib.util
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT, SHARED, MakeFolder
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from laws import CountingEmbedding

from qa import (
    FIGURES,
    Answer,
    Assistant,
    Citation,
    Evaluation,
    GoldQuestion,
    QuestionsUnreadable,
    Share,
    Turn,
    Verdict,
    evaluate,
    read_gold,
    read_questions,
)
from ui.cli import main

GENEVA = "The ministers met in Geneva on Monday to sign the “grain\ndeal”."
NAIROBI = "The envoy flew to Nairobi on Friday."
FILES = {"geneva.txt": GENEVA, "nairobi.txt": NAIROBI}


class Scripted(Assistant):
    """Answer with given answers in turn, and remember the histories."""

    answers: Iterator[Answer]
    histories: list[tuple[Turn, ...]]

    def say(self, *answers: Answer) -> None:
        self.answers, self.histories = iter(answers), []

    def ask(self, question: str, history: Sequence[Turn] = (), *, among: Collection[str] | None = None) -> Answer:
        del question, among
        self.histories.append(tuple(history))
        return next(self.answers)


@pytest.fixture
def scripted(make_folder: MakeFolder, tmp_path: Path) -> Iterator[Scripted]:
    with Scripted.open(make_folder(FILES), tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        assistant.sync()
        yield assistant


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write JSON lines into a file of questions."""

    def write(*items: object) -> Path:
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n", encoding="utf-8")
        return path

    return write


def cited(*sources: str, start: int = 0) -> tuple[Citation, ...]:
    """Cite all of each article, in a quote that stands at offset 0."""
    return tuple(
        Citation(number, source, "", None, start, start + len(FILES.get(source, "")), FILES.get(source, "?"), 1.0)
        for number, source in enumerate(sources, start=1)
    )


def said(text: str, *sources: str, start: int = 0) -> Answer:
    return Answer("?", text, cited(*sources, start=start), answered=True, standalone_question="?")


DECLINED = Answer("?", "The articles don't say.", (), answered=False, standalone_question="?")
IN_GENEVA = said("In Geneva, on Monday. [1]", "geneva.txt")


def gold(**fields: Any) -> GoldQuestion:
    return GoldQuestion(**{"question": "?", "answerable": True, "kind": "fact", **fields})


WORDS = "Geneva " * 60
VERDICTS = [
    (gold(answer_any=("Bern", "GENEVA"), files_any=("nairobi.txt", "geneva.txt")), IN_GENEVA, ""),
    (gold(answer_any=("Geneva",)), DECLINED, "declined"),
    (gold(answer_any=("Bern",)), IN_GENEVA, "missing the answer"),
    (gold(answer_all=("Geneva", "Friday")), IN_GENEVA, "missing the answer"),
    (gold(answer_any=("Geneva",), forbid=("monday",)), IN_GENEVA, "says what it must not"),
    (gold(answer_any=("Geneva",), files_any=("nairobi.txt",)), IN_GENEVA, "not cited"),
    (gold(answer_any=("Geneva",), files_all=("geneva.txt", "nairobi.txt")), IN_GENEVA, "not cited"),
    (gold(answer_any=("Geneva",)), said(f"{WORDS}[1]", "geneva.txt"), ""),
    (gold(answer_any=("Geneva",)), said(f"{WORDS}again [1]", "geneva.txt"), "too long"),
    (gold(answer_any=("Geneva",), kind="overview"), said(f"{'Geneva ' * 150}[1]", "geneva.txt"), ""),
    (gold(answer_any=("Geneva",), kind="overview"), said(f"{'Geneva ' * 151}[1]", "geneva.txt"), "too long"),
    (gold(answer_any=("Geneva",)), said("Geneva [1]", "geneva.txt", start=1), "not quoted exactly"),
    (gold(answer_any=("Geneva",)), said("Geneva [1]", "lost.txt"), "not quoted exactly"),
    (gold(answer_any=("Geneva",)), said("Geneva [2]", "geneva.txt"), "not quoted exactly"),
    (gold(answerable=False), DECLINED, ""),
    (gold(answerable=False), IN_GENEVA, "answered though not in the articles"),
    (gold(answer_any=("'grain deal'", '"Grain  deal"')), said("A “grain\ndeal” [1]", "geneva.txt"), ""),
    (gold(answer_any=("grain-deal",)), said("A grain deal [1]", "geneva.txt"), "missing the answer"),
    (gold(answer_any=("grain-deal,",), loose=True), said("A grain deal [1]", "geneva.txt"), ""),
    (gold(answer_any=("@",)), IN_GENEVA, "missing the answer"),
    (gold(answer_any=("Bern", "@"), loose=True), IN_GENEVA, ""),
]


@pytest.mark.parametrize(("item", "answer", "why"), VERDICTS)
def test_a_verdict_says_what_is_wrong(scripted: Scripted, item: GoldQuestion, answer: Answer, why: str) -> None:
    scripted.say(answer)
    evaluation = evaluate(scripted, [item])
    (verdict,) = evaluation.verdicts
    assert verdict.why == why
    assert evaluation.wrong == ((verdict,) if why else ())


def test_the_figures_count_what_they_say(scripted: Scripted) -> None:
    items = [
        gold(answer_any=("Geneva",), files_any=("geneva.txt",)),
        gold(answer_any=("Geneva",), files_any=("geneva.txt",), kind="dated"),
        gold(answer_any=("Geneva",)),  # names no file, so says nothing of citations
        gold(answer_any=("Geneva",), files_all=("geneva.txt", "nairobi.txt")),
        gold(answerable=False, kind="unanswerable"),
        gold(answerable=False, kind="unanswerable"),
    ]
    both = said("Geneva [1], Nairobi [2]", "geneva.txt", "nairobi.txt")
    scripted.say(both, DECLINED, said("Geneva [3]", "nairobi.txt"), both, DECLINED, IN_GENEVA)
    steps: list[tuple[int, int]] = []
    evaluation = evaluate(scripted, items, lambda done, total: steps.append((done, total)))
    assert steps == [(number, 6) for number in range(1, 7)]
    assert evaluation.overall.shares == {
        "right": Share(2, 4),
        "declined": Share(1, 2),
        "exact": Share(5, 6),
        "precision": Share(3, 4),
        "recall": Share(2, 3),
    }
    assert list(evaluation.kinds) == ["dated", "fact", "unanswerable"]
    assert sum(scores.questions for scores in evaluation.kinds.values()) == evaluation.overall.questions == 6
    assert evaluation.kinds["dated"].declined == Share(0, 0)
    assert 0 <= evaluation.median_seconds <= evaluation.p95_seconds
    assert sum(verdict.seconds <= evaluation.p95_seconds for verdict in evaluation.verdicts) >= 0.95 * len(items)


def test_an_evaluation_becomes_json(scripted: Scripted) -> None:
    scripted.say(IN_GENEVA)
    told = evaluate(scripted, [gold(question="Where?", answer_any=("Bern",))]).to_dict()
    assert told == json.loads(json.dumps(told))
    assert (told["questions"], told["kinds"]["fact"]["right"]["of"]) == (1, 1)
    assert told["declined"] == {"share": None, "hits": 0, "of": 0, "interval": None}
    assert told["wrong"] == [
        {
            "question": "Where?",
            "kind": "fact",
            "why": "missing the answer",
            "text": IN_GENEVA.text,
            "sources": ["geneva.txt"],
        }
    ]


def test_the_earlier_questions_are_asked_first_and_make_the_history(scripted: Scripted) -> None:
    scripted.say(IN_GENEVA, DECLINED, IN_GENEVA)
    evaluation = evaluate(scripted, [gold(answer_any=("Geneva",), history=("Where?", "Why?"))])
    first = (Turn("user", "Where?"), Turn("assistant", IN_GENEVA.text))
    assert scripted.histories == [(), first, (*first, Turn("user", "Why?"), Turn("assistant", DECLINED.text))]
    assert [verdict.why for verdict in evaluation.verdicts] == [""]


def test_there_is_no_evaluation_of_no_questions(scripted: Scripted) -> None:
    with pytest.raises(ValueError, match="name at least one"):
        evaluate(scripted, [])


# R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_in_the_literature(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval == pytest.approx((low, high), abs=5e-5)


@given(of=st.integers(1, 2000), data=st.data())
def test_an_interval_holds_its_share_and_narrows_with_more_questions(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    share, more = Share(hits, of), Share(4 * hits, 4 * of)
    assert share.interval
    assert more.interval
    assert share.value is not None
    assert 0 <= share.interval[0] <= share.value <= share.interval[1] <= 1
    assert more.interval[1] - more.interval[0] < share.interval[1] - share.interval[0]


def test_questions_are_read_as_the_contract_writes_them(write: Callable[..., Path]) -> None:
    path = write(
        {"id": "a", "question": "Where\u2028exactly?", "answerable": True, "kind": "dated", "answer_any": ["Geneva"]},
        {"question": "Why?", "answerable": False, "history": ["Who?", "Who?"]},
        {"question": "Who?", "answerable": True, "answers": ["the envoy", "envoy"], "file": "nairobi.txt"},
    )
    assert read_gold(path) == [
        gold(question="Where\u2028exactly?", kind="dated", answer_any=("Geneva",)),
        gold(question="Why?", answerable=False, kind="unanswerable", history=("Who?", "Who?")),
        gold(
            question="Who?",
            kind="answerable",
            answer_any=("the envoy", "envoy"),
            files_any=("nairobi.txt",),
            loose=True,
        ),
    ]
    assert read_questions(path)[1] == ("Why?", ("Who?", "Who?"))


SQUAD_ASKED = [
    {"question": "Where?", "answers": [{"text": "Geneva", "answer_start": 21}, {"text": "in Geneva"}]},
    {"question": "Why?", "answers": [], "is_impossible": True, "plausible_answers": [{"text": "grain"}]},
]
SQUAD = {"version": "v2.0", "data": [{"title": "Talks", "paragraphs": [{"context": GENEVA, "qas": SQUAD_ASKED}]}]}
ASKED_IN_SQUAD = [
    gold(question="Where?", kind="answerable", answer_any=("Geneva", "in Geneva"), loose=True),
    gold(question="Why?", answerable=False, kind="unanswerable", loose=True),
]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda content: b"\xef\xbb\xbf" + content])
def test_squad_is_read_plain_or_compressed(indent: int | None, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "squad.json"
    path.write_bytes(pack(json.dumps(SQUAD, indent=indent).encode()))
    assert read_gold(path) == ASKED_IN_SQUAD


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared folder of questions")
@pytest.mark.parametrize(
    ("path", "answerable", "others"),
    [
        ("questions/us-china-dev.jsonl", 50, 10),
        ("news/questions.jsonl", 400, 200),
        ("reader-data/eval/squad2-eval.json.gz", 515, 624),
    ],
)
def test_the_shared_files_are_read(path: str, answerable: int, others: int) -> None:
    read = [item.answerable for item in read_gold(SHARED / path)]
    assert (read.count(True), read.count(False)) == (answerable, others)


def test_mrqa_is_read(write: Callable[..., Path]) -> None:
    asked = {"question": "Where?", "qid": "1", "answers": ["Geneva", "in Geneva"], "detected_answers": []}
    path = write({"header": {"dataset": "NewsQA"}}, {"context": GENEVA, "qas": [asked]})
    assert read_gold(path) == ASKED_IN_SQUAD[:1]


BAD_LINES = [
    ('{"question": "Who?"', ['\'{"question": "Who?"\'', "write one object a line"]),
    ("[" * 100_000, ["is not JSON", "write one object a line"]),
    ('["Who?"]', ["write an object"]),
    ('{"question": "?!", "answerable": true}', ["'?!'", "ask something"]),
    ('{"question": "Who?"}', ['"answerable" is None', "write true or false"]),
    ('{"question": "Who?", "answerable": "no"}', ["'no'", "write true or false"]),
    ('{"qas": [{"question": "Who?", "is_impossible": "no"}]}', ["'no'", "write true or false"]),
    ('{"question": "Who?", "answerable": true, "kind": 3}', ['"kind" is 3', "leave it out"]),
    ('{"question": "Who?", "answerable": true, "answer_any": [7]}', ['"answer_any" is [7]', "list of texts"]),
    ('{"question": "Who?", "answerable": true, "answers": ["x"], "file": 3}', ['"file" is 3']),
    ('{"question": "Who?", "answerable": true, "answer": "x"}', ["nothing tells a right answer", '"answer_any"']),
    ('{"context": "", "qas": "Who?"}', ["\"qas\" is 'Who?'", "list of objects"]),
]


@pytest.mark.parametrize(("line", "told"), BAD_LINES)
def test_a_bad_line_is_named_with_its_value_and_the_remedy(line: str, told: list[str], tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?", "answerable": false}\n\n' + line)
    with pytest.raises(QuestionsUnreadable) as raised:
        read_gold(path)
    for words in (f"line 3 of {str(path)!r}", *told):
        assert words in str(raised.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\n", "holds no question; write one"),
        (b'{"data": []}', "holds no question; write one"),
        (b'{"data": [{"paragraphs": 3}]}', '"paragraphs" is 3'),
        (b"\xff", "not UTF-8 at byte 0; save it as UTF-8"),
        (gzip.compress(b"{}")[:-4], "can't read"),
        (b"\x1f\x8b?", "can't read"),
        (None, "No such file or directory; name a file of questions"),
    ],
)
def test_a_bad_file_is_wrong_usage_told_in_one_line(
    content: bytes | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.jsonl"
    if content is not None:
        path.write_bytes(content)
    assert main(["eval", str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("parley: ")
    assert error.count("\n") == 1
    assert repr(str(path)) in error
    assert told in error


@pytest.fixture
def command(make_folder: MakeFolder, tmp_path: Path, write: Callable[..., Path]) -> list[str]:
    """Evaluate, on the made-up articles, a question answered rightly, one wrongly, and two that should be declined."""
    questions = write(
        {"question": "Where did the ministers meet on Monday?", "answerable": True, "answer_any": ["Geneva"]},
        {"question": "Where did the envoy fly on Friday?", "answerable": True, "answer_any": ["Lagos"]},
        {"question": "Who wrote the novel Moby-Dick?", "answerable": False},
        {"question": "How tall is Mount Everest?", "answerable": False},
    )
    index = ["--index", str(tmp_path / "index")]
    return ["eval", str(questions), "--articles", str(make_folder(FILES)), *index]


def test_eval_prints_a_table_and_what_is_wrong(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--show"]) == 0
    table, *wrong = capsys.readouterr().out.split("\n\n")
    heading, *rows, seconds = table.splitlines()
    assert heading.split() == ["kind", "questions", *FIGURES]
    assert [row.split()[0] for row in rows] == ["answerable", "unanswerable", "all"]
    assert rows[-1].split() == "all 4 50 (9–91) 100 (34–100) 100 (51–100) - -".split()
    assert "95 % confidence interval" in seconds
    (told,) = wrong
    assert told.startswith(
        "missing the answer: Where did the envoy fly on Friday? (answerable)\n  answer: **Nairobi**: "
    )
    assert told.endswith("\n  cites: nairobi.txt\n")


def test_what_a_file_of_questions_holds_can_not_break_the_table(
    command: list[str], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"question": "Where did\nthe envoy\x1b[2J fly?", "answerable": True, "answer_any": ["Lagos"]}
    write(asked | {"kind": "travel\n\x1b[31mabroad"})
    assert main([*command, "--show"]) == 0
    table, wrong = capsys.readouterr().out.split("\n\n")
    assert [row.split("  ")[0] for row in table.splitlines()[:-1]] == ["kind", "travel \ufffd[31mabroad", "all"]
    assert wrong.startswith(
        "missing the answer: Where did the envoy\ufffd[2J fly? (travel \ufffd[31mabroad)\n  answer: "
    )


def test_eval_json_is_one_object_and_limit_spreads_over_the_file(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--json", "--limit", "2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {kind: scores["questions"] for kind, scores in told["kinds"].items()} == {
        "answerable": 1,
        "unanswerable": 1,
    }


def test_each_missed_floor_is_a_line_and_fails(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--floor", "right=0.5", "declined=1", "exact=1"]) == 0
    assert not capsys.readouterr().err
    assert main([*command, "--floor", "right=0.8", "declined=0.7", "--floor", "recall=0"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("kind ")
    assert captured.err.splitlines() == [
        "parley: right is 0.5000 (1 of 2), below its floor of 0.8",
        "parley: recall has a floor of 0, but no question measures it; add some, or drop the floor",
    ]


@pytest.mark.parametrize(
    "words",
    [["--floor", bad] for bad in ("right", "right=", "left=0.5", "right=80", "right=nan", "right=-1")]
    + [["--limit", bad] for bad in ("0", "-1", "ten")],
)
def test_a_bad_floor_or_limit_is_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["eval", "questions.jsonl", *words])
    assert stopped.value.code == 2
    assert repr(words[1]) in capsys.readouterr().err


def test_the_page_shows_the_table_of_the_example(capsys: pytest.CaptureFixture[str], seeds: Assistant) -> None:
    index = ["--index", str(seeds.config.index)]
    assert main(["eval", str(ROOT / "docs" / "example-questions.jsonl"), *index]) == 0
    *table, _ = capsys.readouterr().out.splitlines()
    assert "\n".join(table) in (ROOT / "docs" / "evaluating.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def judge() -> ModuleType:
    """Load the acceptance checks' own scorer."""
    path = SHARED / "judge" / "judge.py"
    spec = importlib.util.spec_from_file_location("judge", path)
    if not path.exists() or spec is None or spec.loader is None:
        pytest.skip("needs the shared folder")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow  # half a minute
def test_the_verdicts_are_those_of_the_acceptance_checks(judge: ModuleType, seeds: Assistant) -> None:
    path = SHARED / "questions" / "seeds-dev.jsonl"
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    evaluation: Evaluation = evaluate(seeds, read_gold(path))
    for item, verdict in zip(items, evaluation.verdicts, strict=True):
        assert (not verdict.why) == judge.right(item, verdict.answer)
        assert verdict.exact == (
            judge.quotes_exact(verdict.answer, seeds.config.articles) and judge.markers_match(verdict.answer)
        )


WORDINGS = [
    "Geneva",
    "geneva ",
    "“grain\ndeal”",
    "'grain deal'",
    "GRAIN-DEAL",
    "Straße",
    "STRASSE",
    "Bern",
    "\u00a0Bern. ",
    "“@”",
]
SOURCES = st.lists(st.sampled_from(sorted(FILES)), min_size=1, max_size=2, unique=True)
TEXT_FIELDS, FILE_FIELDS = ("answer_any", "answer_all", "forbid"), ("files_any", "files_all")
HELD_TO = st.dictionaries(
    st.sampled_from(TEXT_FIELDS), st.lists(st.sampled_from(WORDINGS), min_size=1, max_size=2), min_size=1, max_size=2
)
CITES = st.dictionaries(st.sampled_from(FILE_FIELDS), SOURCES, max_size=1)
NEWS = st.fixed_dictionaries(
    {"answers": st.lists(st.sampled_from(WORDINGS), min_size=1, max_size=2), "file": st.sampled_from(sorted(FILES))}
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(st.sampled_from([*WORDINGS, " "]), max_size=5).map("".join),
    words=st.sampled_from([0, *range(56, 62), *range(146, 152)]),
    sources=SOURCES,
    surplus=st.integers(0, 9).map(lambda drawn: drawn == 1),
    kind=st.sampled_from(["fact", "overview"]),
    answerable=st.integers(0, 9).map(bool),
    answered=st.integers(0, 9).map(bool),
    held_to=st.tuples(HELD_TO, CITES).map(lambda pair: pair[0] | pair[1]) | NEWS,
)
def test_any_answer_is_judged_as_by_the_acceptance_checks(
    text: str,
    words: int,
    sources: list[str],
    surplus: bool,
    kind: str,
    answerable: bool,
    answered: bool,
    held_to: dict[str, Any],
    judge: ModuleType,
    write: Callable[..., Path],
) -> None:
    item: dict[str, Any] = {"question": "Who?", "answerable": answerable, "kind": kind} | held_to
    if "file" not in item:
        item = {name: [] for name in (*TEXT_FIELDS, *FILE_FIELDS)} | item
    assume(not answerable or set(held_to) != {"forbid"})  # the reader refuses it
    markers = "".join(f"[{number}]" for number in range(1, len(sources) + surplus + 1))
    answer = Answer("?", f"{text} {'so ' * words}{markers}", cited(*sources), answered, "?")
    (read,) = read_gold(write(item))
    verdict = Verdict(read, answer, exact=judge.markers_match(answer), seconds=0.0)
    assert (not verdict.why) == judge.right(item, answer)
