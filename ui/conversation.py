"""Hold what has been asked in one window, and carry it on by a question."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa import Answer, Assistant, ParleyError, Turn

from . import strings
from .render import answer_markdown, literal, partial_markdown

__all__ = ["QUESTION_LIMIT", "Conversation", "Exchange", "answering", "history", "messages"]

QUESTION_LIMIT = 2000

Message = dict[str, str]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Exchange:
    """Pair a question with its answer, or with why there is none."""

    question: str
    answer: Answer | None = None
    failure: str = ""


Conversation = tuple[Exchange, ...]


def answering(
    assistant: Assistant, question: str, conversation: Conversation
) -> Iterator[tuple[list[Message], Conversation | None]]:
    """Ask a question; give the chat's messages each time that there is more of the answer.

    With the last of them comes the conversation as it then stands, with None before.
    """
    asking = [*messages(conversation), _message("user", literal(question))]
    yield [*asking, _message("assistant", strings.READING)], None
    exchange = Exchange(question)
    try:
        if len(question) > QUESTION_LIMIT:
            raise ValueError(strings.too_long(len(question), QUESTION_LIMIT))
        text = ""
        for event in assistant.stream(question, history=history(conversation)):
            if isinstance(event, Answer):
                exchange = Exchange(question, event)
            else:
                text += event
                yield [*asking, _message("assistant", partial_markdown(text))], None
    except (ParleyError, ValueError) as error:
        exchange = Exchange(question, failure=str(error))
    except Exception:  # a fault of ours must not leave the question hanging
        logger.exception("Answering failed")
        exchange = Exchange(question, failure=strings.BROKEN)
    conversation = (*conversation, exchange)
    yield messages(conversation), conversation


def history(conversation: Sequence[Exchange]) -> list[Turn]:
    """Write the answered part of a conversation as the turns that a follow-up question builds on."""
    turns = []
    for exchange in conversation:
        if exchange.answer is not None:
            turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.text)]
    return turns


def messages(conversation: Sequence[Exchange]) -> list[Message]:
    """Write a conversation as the chat's messages, in Markdown that nothing in it can break out of."""
    written = []
    for index, exchange in enumerate(conversation):
        answer = exchange.answer
        reply = literal(exchange.failure) if answer is None else answer_markdown(answer, index)
        written += [_message("user", literal(exchange.question)), _message("assistant", reply)]
    return written


def _message(role: str, markdown: str) -> Message:
    return {"role": role, "content": markdown}
