"""Keep a question that names nothing to the articles that the conversation is about."""

import re
from collections.abc import Sequence

from vectorstore import ArticleIndex

from .answer import Turn
from .prose import plain

__all__ = ["quoted_sources"]

_CHUNKS = 4
_SHORTEST = 20  # letters; what is shorter may stand anywhere
_BETWEEN_QUOTES = re.compile(r"\s*(?:\[\d+\]|…|\*\*[^*]*\*\*(?: \([^)]*\))?:)\s*")


def quoted_sources(history: Sequence[Turn], index: ArticleIndex) -> frozenset[str]:
    """Name the articles that the last answer quotes; none where it declined."""
    last = next((turn.text for turn in reversed(history) if turn.role == "assistant"), "")
    quotes = [quote for quote in _BETWEEN_QUOTES.split(last) if len(quote) >= _SHORTEST]
    if not quotes:
        return frozenset()
    chunks = index.retrieve(last, top_k=_CHUNKS)
    return frozenset(
        chunk.node.metadata["source"] for chunk in chunks if any(quote in plain(chunk.text) for quote in quotes)
    )
