"""Decide what the evidence pane shows: the answer to a click, or the first quote of a new answer."""

from typing import Any

from qa import Answer, Assistant, Citation

from .conversation import Conversation
from .pane import article_list, article_view, citation_view

__all__ = ["chosen", "first_quote", "overview"]


def overview(assistant: Assistant) -> str:
    """Show the list of articles."""
    return article_list(assistant.articles)


def first_quote(assistant: Assistant, conversation: Conversation) -> str:
    """Show the first quote of the last answer, or its closest passage; the list of articles if it has none."""
    answer = conversation[-1].answer
    if answer is None or not _passages(answer):
        return overview(assistant)
    return _quote(assistant, answer, len(conversation) - 1, _passages(answer)[0].number)


def chosen(assistant: Assistant, conversation: Conversation, choice: Any) -> str:
    """Show what was clicked; the list of articles if that is asked for or what was clicked is gone.

    `choice` comes from the browser: "show" is "list", "article" (with "source"), or "cite" and "near" (with "answer",
    the place in the conversation, and "number").
    """
    try:
        if choice["show"] == "article":
            return article_view(assistant.article(str(choice["source"])))
        if choice["show"] in ("cite", "near"):
            index = int(choice["answer"])
            answer = conversation[index].answer
            if answer is not None:
                return _quote(assistant, answer, index, int(choice["number"]))
    except (LookupError, TypeError, ValueError):  # an article that was removed, a page from an earlier run
        pass
    return overview(assistant)


def _passages(answer: Answer) -> tuple[Citation, ...]:
    return answer.citations or answer.nearest


def _quote(assistant: Assistant, answer: Answer, index: int, number: int) -> str:
    citation = {citation.number: citation for citation in _passages(answer)}[number]
    return citation_view(assistant.article(citation.source), answer, index, citation)
