"""Write a conversation as JSON for the browser to keep, and read it back with every quote checked anew.

What a browser kept may be old or altered: an answer whose quotes are no longer in the articles is not shown as proved,
but kept on, for its articles may come back.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from qa import Answer, Assistant, Citation

from .conversation import Conversation, Exchange, Opinion, outlets
from .evidence import stands
from .strings import Strings

__all__ = ["read_conversation", "write_conversation"]

EXCHANGES_KEPT = 100


def write_conversation(conversation: Sequence[Exchange]) -> str:
    """Write a conversation as JSON."""
    return json.dumps([_fields(exchange) for exchange in conversation[-EXCHANGES_KEPT:]])


def read_conversation(kept: Any, assistant: Assistant, say: Strings) -> Conversation:
    """Read what `write_conversation` wrote; whatever makes no sense ends the conversation before it."""
    conversation: Conversation = ()
    with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        for fields in json.loads(kept)[:EXCHANGES_KEPT]:
            conversation = (*conversation, _exchange(fields, assistant, say))
    return conversation


def _fields(exchange: Exchange) -> dict[str, Any]:
    answer = exchange.answer or exchange.unproved
    # what was shown of a stopped answer has no quotes to check it by when it is read back, so it is left out
    return {
        "question": exchange.question,
        "answer": answer and answer.to_dict(),
        "failure": "" if answer else exchange.failure,
        "seconds": round(exchange.seconds, 3),
        "among": exchange.among,
        "opinion": exchange.opinion,
        "suggested": exchange.suggested,
    }


def _exchange(fields: Mapping[str, Any], assistant: Assistant, say: Strings) -> Exchange:
    question, opinion, among = str(fields["question"]), fields["opinion"], fields["among"]
    answer = fields["answer"] and _answer(fields["answer"])
    unlike = _unlike_quoted(answer, assistant, say) if answer else ""
    return Exchange(
        question,
        None if unlike else answer,
        unlike or str(fields["failure"]),
        float(fields["seconds"]),
        None if among is None else int(among),
        opinion if opinion in get_args(Opinion) else "",
        tuple(str(suggested) for suggested in fields["suggested"]),
        outlets(assistant, answer) if answer else {},
        unproved=answer if unlike else None,
    )


def _answer(fields: Mapping[str, Any]) -> Answer:
    return Answer(
        question=str(fields["question"]),
        text=str(fields["text"]),
        citations=tuple(map(_citation, fields["citations"])),
        answered=bool(fields["answered"]),
        standalone_question=str(fields["standalone_question"]),
        missing=tuple(map(str, fields["missing"])),
        nearest=tuple(map(_citation, fields["nearest"])),
        passages=tuple(map(str, fields["passages"])),
        written_by=str(fields["written_by"]),
        notes=tuple(map(str, fields["notes"])),
    )


def _citation(fields: Mapping[str, Any]) -> Citation:
    published = fields["published"]
    return Citation(
        number=int(fields["number"]),
        source=str(fields["source"]),
        title=str(fields["title"]),
        published=date.fromisoformat(published) if published else None,
        start=int(fields["start"]),
        end=int(fields["end"]),
        quote=str(fields["quote"]),
        score=float(fields["score"]),
        page=int(fields["page"]) if fields.get("page") else None,
        also_in=tuple(map(str, fields.get("also_in", ()))),
    )


def _unlike_quoted(answer: Answer, assistant: Assistant, say: Strings) -> str:
    """Tell what became of an article that no longer reads as quoted; nothing where every quote still stands."""
    try:
        texts = [(cited, assistant.article(cited.source).text) for cited in (*answer.citations, *answer.nearest)]
    except KeyError:
        return say.removed_since
    return "" if all(stands(cited, text) for cited, text in texts) else say.changed_since
