"""Offer the same answers to programs, as plain functions that Gradio serves over HTTP."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api

from qa import Assistant, ParleyError

from .conversation import QUESTION_LIMIT
from .library import Library
from .strings import ENGLISH

__all__ = ["offer_to_programs", "offers"]

T = TypeVar("T", bound=Callable[..., Any])
MOST_PASSAGES = 50


def offer_to_programs(assistant: Assistant, library: Library) -> None:
    """Add the endpoints `ask`, `search` and `articles`; call it inside of `gr.Blocks`."""
    for offered in offers(assistant, library):
        api(_told(offered), api_name=offered.__name__, concurrency_limit="default")


def offers(assistant: Assistant, library: Library) -> tuple[Callable[..., Any], ...]:
    """Give the functions `ask`, `search` and `articles`, whose docstrings are for the programs that call them."""

    def ask(question: str, history: list[str] | None = None, among: list[str] | None = None) -> dict[str, Any]:
        """Answer a question from the articles, with citations of their exact words.

        Args:
            question: The question, in words.
            history: The questions asked before, oldest first, if this one follows on them.
            among: The sources of the articles to answer from; all if left out.

        Returns:
            The answer: its text with [n] markers, the citation of each, and whether the articles say it at all.

        """
        among = _sources(among)
        turns = assistant.replay([_short(asked) for asked in _listed("history", history)], among=among)
        return assistant.ask(_short(question), turns, among=among).to_dict()

    def search(words: str, most: int = 8, among: list[str] | None = None) -> list[dict[str, Any]]:
        """Find the passages of the articles nearest to some words or a question, best first.

        Args:
            words: What to look for.
            most: How many passages to give at most, up to 50.
            among: The sources of the articles to search; all if left out.

        Returns:
            Each passage's source, title, date, offsets and exact words.

        """
        if not isinstance(most, int):
            raise ValueError(f"most is {most!r}; give a number of passages, up to {MOST_PASSAGES}")
        found = assistant.search(_short(words), most=max(1, min(most, MOST_PASSAGES)), among=_sources(among))
        return [citation.to_dict() for citation in found]

    def articles() -> dict[str, Any]:
        """List the articles that answers come from, and the files that are left out with the reason.

        Returns:
            Each article's source, title, outlet, date and number of words; and the reason for each file left out.

        """
        return {
            "articles": [
                {
                    "source": article.source,
                    "title": article.title,
                    "outlet": article.outlet,
                    "published": article.published.isoformat() if article.published else None,
                    "words": article.words,
                }
                for article in library.shelf.articles
            ],
            "left_out": dict(library.shelf.left_out),
        }

    return ask, search, articles


def _listed(name: str, value: Any) -> list[str]:
    """Take a list of texts, of which there may be none, as programs send it."""
    if value is not None and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
        raise ValueError(f"{name} is {value!r:.80}; give a list of texts")
    return value or []


def _sources(among: Any) -> list[str] | None:
    return None if among is None else _listed("among", among)


def _short(question: str) -> str:
    if not isinstance(question, str):
        raise ValueError(f"the question is {question!r:.80}; give a text")
    if len(question) > QUESTION_LIMIT:
        raise ValueError(ENGLISH.too_long.format(length=len(question), limit=QUESTION_LIMIT))
    return question


def _told(offered: T) -> T:
    """Let the caller know what was wrong with a call, in the words of the error."""

    @wraps(offered)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return offered(*arguments, **named)
        except (ParleyError, ValueError, TypeError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    return call  # type: ignore[return-value]
