"""Ask, index, evaluate and chat on the command line: `parley --help`."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tqdm import tqdm

from qa import (
    Assistant,
    Config,
    ParleyError,
    QuestionsUnreadable,
    check_question,
    evaluate,
    examine,
    open_llm,
    read_gold,
    read_questions,
    refuse_second_writer,
)

from .memory import bound_arenas
from .options import command_line
from .scores import missed_floors, render_table, render_wrong
from .text import visible

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status: 0, 2 for wrong usage, 1 for anything else that went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # articles hold letters that a legacy code page lacks, file names ones that nothing can show
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = command_line().parse_args(arguments)
    try:
        COMMANDS[options.command](options)
        if sys.stdout:  # None where whoever called has closed it
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
    return 0


def _fail(error: object, status: int) -> int:
    if sys.stderr:  # None where it is closed, and print would take the output instead
        print(f"parley: {' '.join(str(error).splitlines())}", file=sys.stderr)
    return status


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
        try:
            check_question(options.question)
        except ValueError as error:
            raise UsageError(str(error)) from error
        with _opened(options) as assistant:
            answer = assistant.ask(options.question)
            print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else visible(str(answer)))
        return
    items = read_questions(options.jsonl)
    with _opened(options) as assistant:
        for question, earlier in items:
            answer = assistant.ask(question, assistant.replay(earlier))
            print(json.dumps(answer.to_dict(), ensure_ascii=False), flush=True)


def _index(options: argparse.Namespace) -> None:
    refuse_second_writer(Config.settle(options.articles, options.index).index)
    with Assistant.open(options.articles, options.index) as assistant, _bar("Indexing", "chunk") as show:
        report = assistant.sync(show, confirmed=options.yes)
    indexed = _counted(len(report.added) + len(report.updated) + len(report.unchanged), "article")
    left_out = _counted(len(report.failed), "file")
    print(
        f"{indexed} indexed: {len(report.added)} added, {len(report.updated)} updated, "
        f"{len(report.removed)} removed, {len(report.unchanged)} unchanged; {left_out} left out"
    )
    for source, reason in report.failed.items():
        print(f"  left out {source!r}: {reason}")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


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
        asked = min(options.limit, len(gold))
        gold = [gold[place * len(gold) // asked] for place in range(asked)]
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
        with _bar("Indexing", "chunk") as show:
            stale = assistant.refresh(show)
        if stale:
            _fail(f"{stale} (answers come from the index as it was)", 1)
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
    try:
        return open_llm(url, model, os.environ.get("PARLEY_LLM_KEY"))
    except ParleyError as error:
        raise UsageError(str(error)) from error


@contextmanager
def _bar(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on a terminal; gives what to call with the units done and their number."""
    with tqdm(desc=what, unit=unit, disable=None, leave=False, delay=0.5) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


COMMANDS = {"chat": _chat, "ask": _ask, "index": _index, "doctor": _doctor, "eval": _eval}
