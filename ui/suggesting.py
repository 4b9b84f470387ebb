"""Offer, where the articles don't say, questions that they do answer."""

from dataclasses import replace

from qa import Assistant

from .conversation import Conversation

__all__ = ["with_suggestions"]

MOST_SUGGESTED = 3


def with_suggestions(assistant: Assistant, conversation: Conversation) -> Conversation:
    """Add questions to the last exchange, if its answer was that the articles, all of them, don't say."""
    exchange = conversation[-1]
    if exchange.answer is None or exchange.answer.answered or exchange.among is not None:
        return conversation
    asked = {before.question.casefold() for before in conversation}
    offered = [question for question in assistant.example_questions if question.casefold() not in asked]
    return (*conversation[:-1], replace(exchange, suggested=tuple(offered[:MOST_SUGGESTED])))
