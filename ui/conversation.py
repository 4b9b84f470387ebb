"""Hold what has been asked in one window, and carry it on by a question."""

import contextlib
import logging
import time
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from qa import Answer, Assistant, ParleyError, Turn

from .cards import actions, happening, notes, reading_line, sources, suggestions
from .render import answer_markdown, literal, partial_markdown
from .strings import Strings

__all__ = ["QUESTION_LIMIT", "Conversation", "Exchange", "Opinion", "answering", "history", "messages", "outlets"]

QUESTION_LIMIT = 2000

Opinion = Literal["", "liked", "disliked"]
Message = dict[str, str]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Exchange:
    """Pair a question with its answer, or with why there is none.

    `seconds` is how long the answer took, `among` how many articles were asked where it was not all of them,
    `suggested` are questions that the articles do answer, and `outlets` name the cited sources' outlets. `said` is what
    had been shown of an answer when it was stopped. `unproved` is an answer that is kept, but not shown, until its
    quotes stand in the articles again.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""
    seconds: float = 0.0
    among: int | None = None
    opinion: Opinion = ""
    suggested: tuple[str, ...] = ()
    outlets: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    unproved: Answer | None = None


Conversation = tuple[Exchange, ...]


def answering(
    assistant: Assistant,
    question: str,
    conversation: Conversation,
    say: Strings,
    among: Collection[str] | None = None,
) -> Generator[tuple[list[Message], Conversation, bool]]:
    """Ask a question; give the chat's messages, and the conversation, each time that there is more of the answer.

    Until the last of them, which is marked True, the conversation ends in a question that was stopped.
    """
    exchange = Exchange(question, failure=say.stopped, among=None if among is None else len(among))
    asked, stopped = [*messages(conversation, say), _asked(question)], (*conversation, exchange)
    yield [*asked, _message("assistant", reading_line(say))], stopped, False
    began = time.perf_counter()
    try:
        if len(question) > QUESTION_LIMIT:
            raise ValueError(say.too_long.format(length=len(question), limit=QUESTION_LIMIT))
        if among is not None and not among:
            raise ValueError(say.none_to_ask)
        text = ""
        events = assistant.stream(question, history=history(conversation), among=among)
        with contextlib.closing(cast("Generator[str | Answer]", events)):  # a stop ends a language model's work
            for event in events:
                if isinstance(event, Answer):
                    seconds = time.perf_counter() - began
                    named = outlets(assistant, event)
                    exchange = replace(exchange, answer=event, failure="", seconds=seconds, outlets=named)
                else:
                    text += event
                    so_far = f"{reading_line(say)}\n\n{partial_markdown(text)}"
                    stopped = (*conversation, replace(exchange, said=text))
                    yield [*asked, _message("assistant", so_far)], stopped, False
    except (ParleyError, ValueError) as error:
        exchange = replace(exchange, failure=str(error))
    except Exception:  # a fault of ours must not leave the question hanging
        logger.exception("Answering failed")
        exchange = replace(exchange, failure=say.broken)
    conversation = (*conversation, exchange)
    yield messages(conversation, say), conversation, True


def outlets(assistant: Assistant, answer: Answer) -> dict[str, str]:
    """Name the outlets of the articles that an answer cites."""
    named: dict[str, str] = {}
    for source in {citation.source for citation in (*answer.citations, *answer.nearest)}:
        with contextlib.suppress(LookupError):  # removed while the answer came
            named[source] = assistant.article(source).outlet
    return named


def history(conversation: Sequence[Exchange]) -> list[Turn]:
    """Write the answered part of a conversation as the turns that a follow-up question builds on."""
    turns = []
    for exchange in conversation:
        if exchange.answer is not None:
            turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.text)]
    return turns


def messages(conversation: Sequence[Exchange], say: Strings) -> list[Message]:
    """Write a conversation as the chat's messages, in Markdown that nothing in it can break out of."""
    written = []
    for index, exchange in enumerate(conversation):
        written += [_asked(exchange.question), _message("assistant", _reply(exchange, index, say))]
    return written


def _reply(exchange: Exchange, index: int, say: Strings) -> str:
    answer = exchange.answer
    if answer is None:
        failure = literal(exchange.failure)
        told = f'{partial_markdown(exchange.said)}\n\n<p class="notes">{failure}</p>' if exchange.said else failure
        return f"{told}\n\n{actions(index, None, '', say)}"
    parts = [
        happening(answer, exchange.seconds, exchange.among, say),
        answer_markdown(answer, index, say),
        notes(answer, say),
        sources(answer, index, exchange.outlets, say),
        suggestions(exchange.suggested, index, say),
        actions(index, answer, exchange.opinion, say),
    ]
    return "\n\n".join(part for part in parts if part)


def _asked(question: str) -> Message:
    return _message("user", literal(question))


def _message(role: str, markdown: str) -> Message:
    return {"role": role, "content": markdown}
