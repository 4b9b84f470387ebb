"""Read files of questions: a line of JSON each, with or without gold answers, or as SQuAD and MRQA write them."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore import ParleyError

from .composing import FACT_WORDS, OVERVIEW_WORDS
from .question_check import check_question

__all__ = ["GoldQuestion", "QuestionsUnreadable", "read_gold", "read_questions"]

_HELD_TO = ("answer_any", "answer_all", "files_any", "files_all", "forbid")

_Item = tuple[str, dict[str, Any]]


class QuestionsUnreadable(ParleyError):
    """Tell which line of a file of questions can't be used, and the remedy."""


@dataclass(frozen=True)
class GoldQuestion:
    """Hold a question and what its answer is held to.

    The answer's text must hold one of `answer_any`, all of `answer_all` and none of `forbid`; it must cite one of the
    sources `files_any` and all of `files_all`. What is empty asks for nothing. `history` holds the questions asked
    before. `loose` compares letters and digits alone, for gold answers that annotators cut out of running text.
    """

    question: str
    answerable: bool
    kind: str
    answer_any: tuple[str, ...] = ()
    answer_all: tuple[str, ...] = ()
    files_any: tuple[str, ...] = ()
    files_all: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    loose: bool = False

    @property
    def sources(self) -> frozenset[str]:
        """Name the sources that the answer may cite as proof."""
        return frozenset((*self.files_any, *self.files_all))

    @property
    def most_words(self) -> int:
        """Tell how many words the answer may have."""
        return OVERVIEW_WORDS if self.kind == "overview" else FACT_WORDS


def read_gold(path: Path | str) -> list[GoldQuestion]:
    """Read questions with gold answers from JSON lines, SQuAD's JSON (1.1, 2.0) or MRQA's JSON lines, plain or gzip'd.

    A line holds `question`, `answerable`, and any of `kind`, `answer_any`, `answer_all`, `files_any`, `files_all`,
    `history` and `forbid`, or instead of these `answers` and `file`, which are compared loosely. SQuAD and MRQA name
    no files. Raises QuestionsUnreadable for the first line that can't be used, and for a file without questions.
    """
    gold = [_gold(where, item) for where, item in _read_items(Path(path))]
    if not gold:
        raise QuestionsUnreadable(f"{str(path)!r} holds no question; write one JSON object a line")
    return gold


def read_questions(path: Path | str) -> list[tuple[str, tuple[str, ...]]]:
    """Read each question and its `history` of earlier ones from the same files, whatever else they hold.

    Raises QuestionsUnreadable for the first line that can't be used.
    """
    return [_asked(where, item) for where, item in _read_items(Path(path))]


def _asked(where: str, item: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    earlier = _texts(where, item, "history")
    for question in (*earlier, item.get("question")):
        try:
            check_question(question)
        except ValueError as error:
            raise QuestionsUnreadable(f"{where}: {error}") from error
    return item["question"], earlier


def _gold(where: str, item: dict[str, Any]) -> GoldQuestion:
    question, history = _asked(where, item)
    answerable = item.get("answerable")
    if not isinstance(answerable, bool):
        raise QuestionsUnreadable(f'{where}: "answerable" is {answerable!r}; write true or false')
    kind = item.get("kind", "answerable" if answerable else "unanswerable")
    if not isinstance(kind, str) or not kind.strip():
        raise QuestionsUnreadable(f'{where}: "kind" is {kind!r}; name one, such as "fact", or leave it out')
    fields = {name: _texts(where, item, name) for name in _HELD_TO}
    if "answers" in item:
        fields["answer_any"] = _texts(where, item, "answers")
    if "file" in item:
        fields["files_any"] = _texts(where, item, "file")
    gold = GoldQuestion(question, answerable, kind, history=history, loose="answers" in item, **fields)
    if answerable and not (gold.answer_any or gold.answer_all or gold.sources):
        raise QuestionsUnreadable(
            f'{where}: nothing tells a right answer to {question!r}; state "answer_any", "answer_all" or "files_any"'
        )
    return gold


def _texts(where: str, item: dict[str, Any], name: str) -> tuple[str, ...]:
    """Read a list of texts; a text by itself is a list of one, null or nothing an empty one."""
    texts = item.get(name)
    if texts is None:
        return ()
    if isinstance(texts, str):
        texts = [texts]
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise QuestionsUnreadable(f'{where}: "{name}" is {texts!r:.80}; write a list of texts, none of them empty')
    return tuple(texts)


def _read_items(path: Path) -> list[_Item]:
    """List each question's place in the file, for messages, and its fields."""
    text, file = _read_text(path), repr(str(path))
    items = _squad_items(text, file)
    return list(_line_items(text, file)) if items is None else items


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionsUnreadable(f"{str(path)!r} is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise QuestionsUnreadable(f"can't read {str(path)!r}: {reason}; name a file of questions") from error


def _squad_items(text: str, file: str) -> list[_Item] | None:
    """Read SQuAD's JSON, in which questions stand under paragraphs of articles; gives None for anything else."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(whole, dict) or "data" not in whole:
        return None
    return [
        (where, _span_question(asked))
        for in_article, article in _rows(file, whole, "data")
        for in_paragraph, paragraph in _rows(in_article, article, "paragraphs")
        for where, asked in _rows(in_paragraph, paragraph, "qas")
    ]


def _line_items(text: str, file: str) -> Iterator[_Item]:
    # str.splitlines would also split at a U+2028 inside a question
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"line {number} of {file}"
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", error)
            raise QuestionsUnreadable(
                f"{where} is not JSON ({reason}): {line.strip()!r:.80}; write one object a line"
            ) from error
        if not isinstance(item, dict):
            raise QuestionsUnreadable(f'{where} is {line.strip()!r:.80}; write an object: {{"question": "...", ...}}')
        if "qas" in item:
            yield from ((place, _span_question(asked)) for place, asked in _rows(where, item, "qas"))
        elif "header" not in item:  # MRQA's first line
            yield where, item


def _rows(where: str, item: dict[str, Any], name: str) -> list[_Item]:
    """Give the objects listed in a field, each with its place."""
    rows = item.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise QuestionsUnreadable(f'{where}: "{name}" is {rows!r:.80}; write a list of objects, as SQuAD does')
    return [(f"{name}[{number}] of {where}", row) for number, row in enumerate(rows)]


def _span_question(asked: dict[str, Any]) -> dict[str, Any]:
    """Turn a question as SQuAD and MRQA write it into our fields."""
    answers = asked.get("answers", [])
    if isinstance(answers, list):
        answers = [answer.get("text") if isinstance(answer, dict) else answer for answer in answers]
    impossible = asked.get("is_impossible", False)
    answerable = not impossible if isinstance(impossible, bool) else impossible  # which is told then
    return {"question": asked.get("question"), "answerable": answerable, "answers": answers}
