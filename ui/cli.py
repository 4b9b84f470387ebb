"""Ask, index and chat on the command line: `parley --help`."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from qa import Assistant, ParleyError, SyncReport, Turn

__all__ = ["main"]


class UsageError(Exception):
    """Tell what is wrong with the words of a command, and the remedy."""


class _Parser(argparse.ArgumentParser):
    """Report wrong usage in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"parley: {message}; see {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status: 0, 2 for wrong usage, 1 for anything else that went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # articles hold letters that a legacy code page lacks
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except UsageError as error:
        return _fail(error, 2)
    except (ParleyError, OSError) as error:
        return _fail(error, 1)
    except KeyboardInterrupt:
        return 130
    return 0


def _fail(error: Exception, status: int) -> int:
    print(f"parley: {' '.join(str(error).splitlines())}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="parley", description="Ask a folder of news articles; every answer is proved by exact quotes."
    )
    parser.add_argument("--version", action="version", version=f"parley {version('parley')}")
    folders = _Parser(add_help=False)
    folders.add_argument(
        "--articles", type=Path, metavar="DIR", help="the folder of articles (default: the bundled ones)"
    )
    folders.add_argument(
        "--index", type=Path, metavar="DIR", help="where the index is kept (default: your data folder)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    chat = commands.add_parser("chat", parents=[folders], help="ask in a chat window, in the browser")
    chat.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="the address to listen on (default: this machine only)"
    )
    chat.add_argument(
        "--port", type=_port, metavar="P", help="the port to listen on (default: the first free one from 7860)"
    )
    chat.set_defaults(command=_chat)

    ask = commands.add_parser("ask", parents=[folders], help="answer one question, or a file of them")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--jsonl", type=Path, metavar="FILE", help='answer a file of {"question", "history"}, one a line')
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.set_defaults(command=_ask)

    index = commands.add_parser("index", parents=[folders], help="make the index equal to the folder")
    index.set_defaults(command=_index)
    return parser


def _port(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; name a number from 1 to 65535")
    return int(text)


def _chat(options: argparse.Namespace) -> None:
    from .chat import launch  # loads Gradio, which the other commands do without

    with _opened(options) as (assistant, _):
        launch(assistant, options.host, options.port, on_ready=_tell_address)


def _tell_address(address: str) -> None:
    print(f"Parley is at {address} (Ctrl+C ends it)", flush=True)


def _ask(options: argparse.Namespace) -> None:
    if (options.question is None) == (options.jsonl is None):
        raise UsageError("ask takes a QUESTION or --jsonl FILE, one of the two")
    if options.jsonl is None:
        _check_question(options.question)
        with _opened(options) as (assistant, _):
            answer = assistant.ask(options.question)
            print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else answer)
        return
    items = list(_read_items(options.jsonl))
    with _opened(options) as (assistant, _):
        for question, earlier in items:
            history: list[Turn] = []
            for asked in earlier:
                history += [Turn("user", asked), Turn("assistant", assistant.ask(asked, history).text)]
            print(json.dumps(assistant.ask(question, history).to_dict(), ensure_ascii=False), flush=True)


def _read_items(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield (question, earlier questions) from a file of JSON lines; raises UsageError that names the bad line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"can't read {str(path)!r}: {error.strerror}; name a file of questions") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{str(path)!r} is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"line {number} of {str(path)!r}"
        try:
            item = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{where} is not JSON ({error}); write one object a line") from error
        question = item.get("question") if isinstance(item, dict) else None
        earlier = item.get("history", []) if isinstance(item, dict) else []
        if not isinstance(question, str) or not isinstance(earlier, list):
            raise UsageError(f'{where} is no {{"question": "...", "history": ["..."]}}; mend it')
        for text in (*earlier, question):
            _check_question(text, f"{where}: ")
        yield question, earlier


def _check_question(question: object, where: str = "") -> None:
    if not isinstance(question, str) or not any(character.isalnum() for character in question):
        raise UsageError(f"{where}the question {question!r} has no words; ask something")


def _index(options: argparse.Namespace) -> None:
    with _opened(options) as (assistant, report):
        print(
            f"{len(assistant.articles)} articles indexed: {len(report.added)} added, {len(report.updated)} updated, "
            f"{len(report.removed)} removed, {len(report.unchanged)} unchanged; {len(report.failed)} files left out"
        )
        for source, reason in report.failed.items():
            print(f"  left out {source!r}: {reason}")


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[tuple[Assistant, SyncReport]]:
    """Open the assistant with its index brought up to date; shows a progress bar on a terminal."""
    with (
        Assistant.open(options.articles, options.index) as assistant,
        tqdm(desc="Indexing", unit="chunk", disable=None, leave=False, delay=0.5) as bar,
    ):

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = assistant.sync(show)
        bar.close()
        yield assistant, report
