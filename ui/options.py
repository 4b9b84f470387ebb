"""Describe the words of the command line, and refuse in one line those that make no sense."""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from qa import FIGURES

__all__ = ["command_line"]


class _Parser(argparse.ArgumentParser):
    """Report wrong usage in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"parley: {message}; see {self.prog} --help\n")


def command_line() -> argparse.ArgumentParser:
    """Describe every command and its options; what is read has the command's name in `command`."""
    parser = _Parser(
        prog="parley", description="Ask a folder of news articles; every answer is proved by exact quotes."
    )
    parser.add_argument("--version", action="version", version=f"parley {version('parley')}")
    folders = _Parser(add_help=False)
    folders.add_argument(
        "--articles", type=_stated, metavar="DIR", help="the folder of articles (default: the bundled ones)"
    )
    folders.add_argument(
        "--index", type=_stated, metavar="DIR", help="where the index is kept (default: your data folder)"
    )
    model = _Parser(add_help=False)
    model.add_argument(
        "--llm",
        type=_stated,
        metavar="URL",
        help="let a language model write, at an OpenAI-compatible address (PARLEY_LLM_URL)",
    )
    model.add_argument(
        "--model", type=_stated, metavar="NAME", help="the language model's name there (PARLEY_LLM_MODEL)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    chat = commands.add_parser("chat", parents=[folders, model], help="ask in a chat window, in the browser")
    chat.add_argument(
        "--host",
        type=_stated,
        default="127.0.0.1",
        metavar="H",
        help="the address to listen on (default: this machine only)",
    )
    chat.add_argument(
        "--port", type=_port, metavar="P", help="the port to listen on (default: the first free one from 7860)"
    )
    chat.add_argument("--mcp", action="store_true", help="offer ask, search and articles as MCP tools too")

    ask = commands.add_parser("ask", parents=[folders, model], help="answer one question, or a file of them")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--jsonl", type=Path, metavar="FILE", help='answer a file of {"question", "history"}, one a line')
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")

    index = commands.add_parser("index", parents=[folders], help="make the index equal to the folder")
    index.add_argument("--yes", action="store_true", help="drop articles that are gone, even if they are many")

    doctor = commands.add_parser("doctor", parents=[folders], help="examine the index from end to end")
    doctor.add_argument("--repair", action="store_true", help="build what is damaged anew; embeds nothing that is kept")

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
    return parser


def _stated(text: str) -> str:
    """Refuse an empty value, such as an unset variable gives, and which would stand for something else."""
    if not text.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is empty; give it a value, or leave it out")
    return text


def _port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
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
