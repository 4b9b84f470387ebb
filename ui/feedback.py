"""Note which answers were liked and disliked, in a file of questions that `parley eval` reads."""

import json
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .conversation import Exchange

__all__ = ["note_opinion"]

_writing = threading.Lock()


def note_opinion(file: Path, conversation: Sequence[Exchange], index: int) -> None:
    """Write the opinion of one exchange into the file, in place of an earlier one of the same question.

    A liked answer becomes the gold: its lead or its sources, or that the articles don't say. Of a disliked one it is
    only known that it was wrong: an answered question is held to the same sources without those words, a declined one
    to the nearest articles. These are guesses, which one can put right in the file.

    Raises OSError where the file can't be written.
    """
    exchange = conversation[index]
    earlier = [before.question for before in conversation[:index] if before.answer is not None]
    with _writing:
        # str.splitlines would also split at a U+2028 inside a question
        lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
        kept = [line for line in lines if line and not _is_of(line, exchange.question, earlier)]
        if exchange.opinion and exchange.answer is not None:
            kept.append(json.dumps(_gold(exchange, earlier), ensure_ascii=False))
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        draft.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
        draft.replace(file)


def _gold(exchange: Exchange, earlier: list[str]) -> dict[str, Any]:
    answer = exchange.answer
    assert answer is not None
    item: dict[str, Any] = {"question": exchange.question, "kind": exchange.opinion, "history": earlier}
    cited = list(dict.fromkeys(citation.source for citation in answer.citations or answer.nearest))
    if exchange.opinion == "liked":
        lead = re.match(r"\*\*(.+?)\*\*", answer.text)
        item["answerable"] = answer.answered
        if answer.answered:
            item |= {"files_any": cited, **({"answer_any": [lead.group(1)]} if lead else {})}
    else:
        # with nothing cited there is nothing that a right answer could be told by
        item["answerable"] = bool(cited)
        if cited:
            item["files_any"] = cited
        if answer.answered:
            item["forbid"] = [re.sub(r"\s*\[\d+\]", "", answer.text).replace("**", "")]
    return item


def _is_of(line: str, question: str, earlier: list[str]) -> bool:
    try:
        item = json.loads(line)
        return (item["question"], item.get("history", [])) == (question, earlier)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False  # someone's own line
