import contextlib
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SEEDS, MakeFolder

from qa import Assistant
from ui import start
from ui.cli import main

QUESTION = "Who visited Taiwan in August 2022?"


def run(arguments: list[str]) -> int | str | None:
    try:
        return main(arguments)
    except SystemExit as stopped:  # argparse's way out
        return stopped.code


@pytest.fixture
def index(seeds: Assistant) -> str:
    return str(seeds.config.index)


def test_ask_prints_the_answer_with_its_footnotes(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--index", index]) == 0
    out = capsys.readouterr().out
    assert "Nancy Pelosi visited Taiwan. [1]" in out
    assert "[1] The White House has expressed" in out
    assert "000_5b903ab789c964ba.txt: “The US severed" in out


def test_a_question_that_the_articles_do_not_answer_is_no_error(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "How do I make sourdough bread?", "--index", index]) == 0
    assert capsys.readouterr().out.startswith("The articles don't say. No article mentions “sourdough bread”.")


def test_ask_json_prints_the_answer_as_one_object(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--json", "--articles", str(SEEDS), "--index", index]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["question"], answer["answered"]) == (QUESTION, True)
    (citation, *_) = answer["citations"]
    text = (SEEDS / citation["source"]).read_text(encoding="utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_jsonl_answers_a_line_for_each_line(index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines: list[dict[str, object]] = [{"question": QUESTION}, {"question": "Who is Liu Zhenli?", "history": [QUESTION]}]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n")
    assert main(["ask", "--jsonl", str(file), "--index", index]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["question"] for answer in answers] == [line["question"] for line in lines]


def test_index_reports_what_changed_and_what_was_left_out(
    make_folder: MakeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder({"a.txt": "The ministers met in Geneva on Monday.", "b.xyz": "?"})
    command = ["index", "--articles", str(folder), "--index", str(tmp_path / "index")]
    assert main(command) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 article indexed: 1 added, 0 updated, 0 removed, 0 unchanged; 1 file left out\n")
    assert "left out 'b.xyz': Parley reads" in out
    assert main(command) == 0
    assert "0 added, 0 updated, 0 removed, 1 unchanged" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["ask", "   "], 2, ["'   '", "ask something"]),
        (["ask", "what \udcff is this"], 2, ["'what \\udcff is this'", "write it anew in UTF-8"]),
        (["ask"], 2, ["QUESTION or --jsonl FILE"]),
        (["ask", QUESTION, "--articles", "/missing/folder"], 1, ["'/missing/folder'", "--articles DIR"]),
        (["ask", QUESTION, "--articles", "~nosuchuser/x"], 1, ["'~nosuchuser/x'", "--articles DIR"]),
        (["index", "--index", "~nosuchuser/x"], 1, ["'~nosuchuser/x'", "--index DIR"]),
        (["ask", QUESTION, "--articles", ""], 2, ["--articles: ''", "leave it out"]),
        (["index", "--index", ""], 2, ["--index: ''", "leave it out"]),
        (["chat", "--host", " "], 2, ["--host: ' '", "leave it out"]),
        (["ask", QUESTION, "--llm", ""], 2, ["--llm: ''", "leave it out"]),
        (["ask", "--jsonl", "/missing.jsonl"], 2, ["'/missing.jsonl'", "name a file"]),
        (["ask", QUESTION, "--speed", "9"], 2, ["--speed", "--help"]),
        (["dance"], 2, ["'dance'", "--help"]),
        (["chat", "--port", "99999"], 2, ["'99999'", "1 to 65535"]),
    ],
)
def test_errors_are_one_line_that_names_the_value_and_the_remedy(
    arguments: list[str], status: int, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == status
    error = capsys.readouterr().err
    assert error.startswith("parley: ")
    assert error.count("\n") == 1
    assert all(words in error for words in told)


@pytest.mark.parametrize(
    "line",
    ['{"question": "x"', '{"ask": "x"}', '["x"]', '{"question": "x", "history": ["  "]}', '{"question": "x \\ud800"}'],
)
def test_a_bad_line_in_a_file_of_questions_is_named(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"question": QUESTION}) + "\n" + line)
    assert main(["ask", "--jsonl", str(file)]) == 2
    assert "line 2 of" in capsys.readouterr().err


def test_a_port_in_use_is_named_with_the_remedy(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["chat", "--index", index, "--port", str(port)]) == 1
    error = capsys.readouterr().err
    assert str(port) in error
    assert "--port" in error
    assert error.count("\n") == 1


def test_what_an_article_holds_can_not_take_over_the_terminal(
    make_folder: MakeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder({"a.txt": "The ministers met in Geneva \x1b[2Jon Monday."})
    ask = ["ask", "Where did the ministers meet?", "--articles", str(folder), "--index", str(tmp_path / "index")]
    assert main(ask) == 0
    assert "met in Geneva \ufffd[2Jon Monday." in capsys.readouterr().out
    assert main([*ask, "--json"]) == 0
    assert (
        json.loads(capsys.readouterr().out)["citations"][0]["quote"] == "The ministers met in Geneva \x1b[2Jon Monday."
    )


def test_doctor_tells_what_is_wrong_and_repairs_it(
    make_folder: MakeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = make_folder({"a.txt": "The ministers met in Geneva on Monday."}), tmp_path / "index"
    where = ["--articles", str(folder), "--index", str(index)]
    assert main(["index", *where]) == 0
    (database,) = index.glob("generations/*/chroma/chroma.sqlite3")
    database.write_bytes(b"?")
    assert main(["doctor", *where]) == 1
    told = capsys.readouterr()
    assert "chroma/chroma.sqlite3 was damaged" in told.out
    assert "--repair" in told.err
    assert main(["doctor", "--repair", *where]) == 0  # examined again, all is well
    assert "BAD" not in capsys.readouterr().out.partition("examined again")[2]


def test_doctor_tells_a_folder_that_is_no_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "diary.txt").write_text("Dear diary")
    assert main(["doctor", "--articles", str(tmp_path), "--index", str(tmp_path)]) == 1
    assert "diary.txt" in capsys.readouterr().out


def test_a_folder_that_is_gone_is_told_and_its_index_answers(
    make_folder: MakeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = make_folder({"a.txt": "The ministers met in Geneva on Monday."}), tmp_path / "index"
    ask = ["ask", "Where did the ministers meet?", "--articles", str(folder), "--index", str(index)]
    assert main(ask) == 0
    for error in ("no article to read", "no folder of articles"):
        folder.rename(tmp_path / f"away from {error}")
        if error.startswith("no article"):
            folder.mkdir()
        capsys.readouterr()
        assert main(ask) == 0
        told = capsys.readouterr()
        assert "Geneva" in told.out
        assert error in told.err
        assert "as it was" in told.err


def test_errors_are_not_mixed_with_answers_where_nobody_hears_them(capfd: pytest.CaptureFixture[str]) -> None:
    with contextlib.redirect_stderr(None):
        assert main(["ask", ""]) == 2
    assert capfd.readouterr().out == ""


def test_a_limit_takes_questions_from_all_of_the_file(
    index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = ["begin"] * 2 + ["middle"] * 2 + ["end"] * 2
    lines = [{"question": QUESTION, "answerable": True, "answer_any": ["Pelosi"], "kind": kind} for kind in kinds]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    assert main(["eval", str(file), "--index", index, "--limit", "4", "--json"]) == 0
    asked = json.loads(capsys.readouterr().out)["kinds"]
    assert {kind: scores["questions"] for kind, scores in asked.items()} == {"begin": 2, "middle": 1, "end": 1}


def test_an_interrupt_while_loading_ends_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "ui.cli":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "ui.cli")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    assert start.main() == 130
    assert capsys.readouterr().err == "parley: interrupted\n"


def test_an_output_that_is_closed_is_no_error(index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["ask", QUESTION, "--index", index]) == 0


def test_a_reader_that_has_seen_enough_is_no_error(index: str) -> None:
    code = f"import sys; from ui.cli import main; sys.exit(main(['ask', {QUESTION!r}, '--index', {index!r}]))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == b""
