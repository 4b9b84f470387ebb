"""Decide what the evidence pane shows of an answer: what was clicked, or the first quote of a new one."""

from typing import Any

from qa import Answer, Assistant, Citation

from .conversation import Conversation
from .pane import article_view, citation_view
from .strings import Strings

__all__ = ["chosen", "first_quote"]


def first_quote(assistant: Assistant, conversation: Conversation, say: Strings) -> str | None:
    """Show the first quote of the last answer, or its closest passage; None if it has none, or its article is gone."""
    answer = conversation[-1].answer
    if answer is None or not _passages(answer):
        return None
    try:
        return _quote(assistant, answer, len(conversation) - 1, _passages(answer)[0].number, say)
    except LookupError:  # removed while the answer came
        return None


def chosen(assistant: Assistant, conversation: Conversation, choice: Any, say: Strings) -> str | None:
    """Show what was clicked; None, for the list of articles, if that is asked for or what was clicked is gone.

    `choice` comes from the browser: "show" is "list", "article" (with "source"), or "cite" and "near" (with "answer",
    the place in the conversation, and "number").
    """
    try:
        if choice["show"] == "article":
            return article_view(assistant.article(str(choice["source"])), say)
        if choice["show"] in ("cite", "near"):
            index = int(choice["answer"])
            answer = conversation[index].answer
            if answer is not None:
                return _quote(assistant, answer, index, int(choice["number"]), say)
    except (LookupError, TypeError, ValueError):  # an article that was removed, a page from an earlier run
        pass
    return None


def _passages(answer: Answer) -> tuple[Citation, ...]:
    return answer.citations or answer.nearest


def _quote(assistant: Assistant, answer: Answer, index: int, number: int, say: Strings) -> str:
    citation = {citation.number: citation for citation in _passages(answer)}[number]
    return citation_view(assistant.article(citation.source), answer, index, citation, say)
