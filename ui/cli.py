"""Ask, index, evaluate and chat on the command line: `parley --help`."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from qa import (
    FIGURES,
    ArticlesVanished,
    Assistant,
    Config,
    IndexUnavailable,
    ParleyError,
    QuestionsUnreadable,
    Turn,
    evaluate,
    examine,
    open_llm,
    read_gold,
    read_questions,
    refuse_second_writer,
)

from .memory import bound_arenas
from .scores import missed_floors, render_table, render_wrong

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

__all__ = ["main"]

_PROBLEMS_SHOWN = 10


class UsageError(Exception):
    """Tell what is wrong with the words of a command, and the remedy."""


class IndexUnwell(Exception):
    """Tell that the index is not as it should be, and the remedy."""


class FloorsMissed(Exception):
    """Tell which figures are below their floors, one argument each."""


class _Parser(argparse.ArgumentParser):
    """Report wrong usage in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"parley: {message}; see {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status: 0, 2 for wrong usage, 1 for anything else that went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # articles hold letters that a legacy code page lacks, file names ones that nothing can show
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
        sys.stdout.flush()  # so that what goes wrong with it is met here
    except (UsageError, QuestionsUnreadable) as error:
        return _fail(error, 2)
    except FloorsMissed as missed:
        for told in missed.args:
            _fail(told, 1)
        return 1
    except BrokenPipeError:  # whoever read on, such as head, has what they wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ParleyError, IndexUnwell, OSError) as error:
        return _fail(error, 1)
    except KeyboardInterrupt:
        return 130
    return 0


def _fail(error: object, status: int) -> int:
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
    model = _Parser(add_help=False)
    model.add_argument(
        "--llm", metavar="URL", help="let a language model write, at an OpenAI-compatible address (PARLEY_LLM_URL)"
    )
    model.add_argument("--model", metavar="NAME", help="the language model's name there (PARLEY_LLM_MODEL)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    chat = commands.add_parser("chat", parents=[folders, model], help="ask in a chat window, in the browser")
    chat.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="the address to listen on (default: this machine only)"
    )
    chat.add_argument(
        "--port", type=_port, metavar="P", help="the port to listen on (default: the first free one from 7860)"
    )
    chat.add_argument("--mcp", action="store_true", help="offer ask, search and articles as MCP tools too")
    chat.set_defaults(command=_chat)

    ask = commands.add_parser("ask", parents=[folders, model], help="answer one question, or a file of them")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--jsonl", type=Path, metavar="FILE", help='answer a file of {"question", "history"}, one a line')
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.set_defaults(command=_ask)

    index = commands.add_parser("index", parents=[folders], help="make the index equal to the folder")
    index.add_argument("--yes", action="store_true", help="drop articles that are gone, even if they are many")
    index.set_defaults(command=_index)

    doctor = commands.add_parser("doctor", parents=[folders], help="examine the index from end to end")
    doctor.add_argument("--repair", action="store_true", help="build what is damaged anew; embeds nothing that is kept")
    doctor.set_defaults(command=_doctor)

    judge = commands.add_parser(
        "eval", parents=[folders, model], help="measure the answers to a file of gold questions"
    )
    judge.add_argument("questions", type=Path, metavar="QUESTIONS", help="JSON lines, or SQuAD's or MRQA's JSON")
    judge.add_argument("--json", action="store_true", help="print the figures, and what is wrong, as JSON")
    judge.add_argument("--show", action="store_true", help="list what is wrong below the table")
    judge.add_argument("--limit", type=_count, metavar="N", help="ask N questions, spread evenly over the file")
    judge.add_argument(
        "--floor",
        type=_floor,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUE",
        help=f"fail where a figure is below its floor, such as right=0.8; a NAME is one of {', '.join(FIGURES)}",
    )
    judge.set_defaults(command=_eval)
    return parser


def _port(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; name a number from 1 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of questions; name one from 1")
    return int(text)


def _floor(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = -1
    if name not in FIGURES or not 0 <= floor <= 1:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no floor; write NAME=VALUE, NAME one of {', '.join(FIGURES)}, VALUE from 0 to 1"
        )
    return name, floor


def _chat(options: argparse.Namespace) -> None:
    bound_arenas()
    from .chat import MCP_PATH, launch  # loads Gradio, which the other commands do without

    def tell_address(address: str) -> None:
        print(f"Parley is at {address} (Ctrl+C ends it)", flush=True)
        if options.mcp:
            print(f"Its MCP tools are at {address.rstrip('/')}{MCP_PATH}", flush=True)

    with _opened(options) as assistant:
        launch(assistant, options.host, options.port, mcp=options.mcp, on_ready=tell_address)


def _ask(options: argparse.Namespace) -> None:
    if (options.question is None) == (options.jsonl is None):
        raise UsageError("ask takes a QUESTION or --jsonl FILE, one of the two")
    if options.jsonl is None:
        if not any(character.isalnum() for character in options.question):
            raise UsageError(f"the question {options.question!r} has no words; ask something")
        with _opened(options) as assistant:
            answer = assistant.ask(options.question)
            print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else answer)
        return
    items = read_questions(options.jsonl)
    with _opened(options) as assistant:
        for question, earlier in items:
            history: list[Turn] = []
            for asked in earlier:
                history += [Turn("user", asked), Turn("assistant", assistant.ask(asked, history).text)]
            print(json.dumps(assistant.ask(question, history).to_dict(), ensure_ascii=False), flush=True)


def _index(options: argparse.Namespace) -> None:
    refuse_second_writer(Config.settle(options.articles, options.index).index)
    with Assistant.open(options.articles, options.index) as assistant, _bar("Indexing", "chunk") as show:
        report = assistant.sync(show, confirmed=options.yes)
    indexed = len(report.added) + len(report.updated) + len(report.unchanged)
    print(
        f"{indexed} articles indexed: {len(report.added)} added, {len(report.updated)} updated, "
        f"{len(report.removed)} removed, {len(report.unchanged)} unchanged; {len(report.failed)} files left out"
    )
    for source, reason in report.failed.items():
        print(f"  left out {source!r}: {reason}")


def _doctor(options: argparse.Namespace) -> None:
    config = Config.settle(options.articles, options.index)
    if _examined(config):
        return
    if not options.repair:
        raise IndexUnwell("the index is not as it should be; run parley doctor --repair")
    with Assistant.open(options.articles, options.index) as assistant, _bar("Repairing", "chunk") as show:
        assistant.repair(show)
    print("\nRepaired; examined again:")
    if not _examined(config):
        raise IndexUnwell(f"the index could not be repaired; delete {str(config.index)!r} and run parley index")


def _examined(config: Config) -> bool:
    """Print what is found in the index; tells whether all is well."""
    problems = 0
    for finding in examine(config.articles, config.index):
        print(f"{'BAD' if finding.problems else 'ok ':4}{finding.examined}")
        for problem in finding.problems[:_PROBLEMS_SHOWN]:
            print(f"      {problem}")
        if len(finding.problems) > _PROBLEMS_SHOWN:
            print(f"      and {len(finding.problems) - _PROBLEMS_SHOWN} more")
        problems += len(finding.problems)
    return not problems


def _eval(options: argparse.Namespace) -> None:
    gold = read_gold(options.questions)
    if options.limit:
        gold = gold[:: max(1, len(gold) // options.limit)][: options.limit]
    with _opened(options) as assistant, _bar("Asking", "question") as show:
        evaluation = evaluate(assistant, gold, show)
    if options.json:
        print(json.dumps(evaluation.to_dict(), ensure_ascii=False))
    else:
        print(render_table(evaluation))
        for verdict in evaluation.wrong if options.show else ():
            print(f"\n{render_wrong(verdict)}")
    missed = list(missed_floors(evaluation.overall, dict(options.floor)))
    if missed:
        raise FloorsMissed(*missed)


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[Assistant]:
    """Open the assistant with its index brought up to date, or as it was where it can't be."""
    with Assistant.open(options.articles, options.index, llm=_language_model(options)) as assistant:
        try:
            with _bar("Indexing", "chunk") as show:
                assistant.sync(show)
        except (ArticlesVanished, IndexUnavailable) as error:
            if assistant.is_empty:
                raise
            _fail(f"{error} (answers come from the index as it was)", 1)
        yield assistant


def _language_model(options: argparse.Namespace) -> "LLM | None":
    """Open the language model that the command line or the environment names, if any."""
    url = options.llm or os.environ.get("PARLEY_LLM_URL")
    model = options.model or os.environ.get("PARLEY_LLM_MODEL")
    if not url:
        if options.model:
            raise UsageError(f"--model {options.model!r} needs the address of a language model; name it with --llm URL")
        return None
    if not model:
        raise UsageError(f"the language model at {url!r} needs a name; give it with --model NAME")
    return open_llm(url, model, os.environ.get("PARLEY_LLM_KEY"))


@contextmanager
def _bar(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on a terminal; gives what to call with the units done and their number."""
    with tqdm(desc=what, unit=unit, disable=None, leave=False, delay=0.5) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
