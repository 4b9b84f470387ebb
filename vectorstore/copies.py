"""Recognise the same words in several articles, as when newspapers print one agency's report."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from llama_index.core.schema import TextNode

from .chunks import sentence_spans
from .datelines import dateline_end

__all__ = ["Copies", "find_copies", "says_same"]

_WORD = re.compile(r"\w+")
# Each paper has headlines and bylines of its own: a few words without a number or a full stop.
_HEADING = re.compile(r"\W*(?:[^\W\d]+[^\w.!?]+){0,11}[^\W\d]+[^\w.!?]*")
# The same words said again much later are news again: a forecast, a closing price.
_LONGEST_WAY = timedelta(days=7)
# What more articles than these share is no report but a phrase of theirs.
_MOST_TWINS = 100


@dataclass(frozen=True)
class Copies:
    """Tell what is said more than once.

    `chunks` gives, by the chunk's id, the articles before that say all of what a chunk says; `twins`, by source, the
    articles that share a sentence with an article.
    """

    chunks: Mapping[str, tuple[str, ...]]
    twins: Mapping[str, tuple[str, ...]]


def find_copies(chunked: Mapping[str, Sequence[TextNode]], published: Mapping[str, date | None]) -> Copies:
    """Find the chunks of which every sentence stands in an article that comes before theirs.

    Sentences are compared by their words alone, whatever the case, spaces and punctuation; headlines, bylines and
    datelines don't count. `published` are the articles' dates. Without such a chunk nothing is lost.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    copies: dict[str, tuple[str, ...]] = {}
    for source, chunks in chunked.items():
        said = {chunk.node_id: [_words(sentence) for sentence in _sentences(chunk)] for chunk in chunks}
        for chunk_id, sentences in said.items():
            before = set.intersection(*(holders.get(sentence, set()) for sentence in sentences)) if sentences else set()
            near = sorted(other for other in before if _near(published[source], published[other]))
            if near:
                copies[chunk_id] = tuple(near)
        for sentences in said.values():
            for sentence in sentences:
                holders[sentence].add(source)
    twins: dict[str, set[str]] = defaultdict(set)
    for sources in {frozenset(sources) for sources in holders.values() if 1 < len(sources) <= _MOST_TWINS}:
        for source in sources:
            twins[source] |= sources - {source}
    return Copies(copies, {source: tuple(sorted(others)) for source, others in twins.items()})


def says_same(text: str, quote: str) -> bool:
    """Tell whether a text holds the words of a quote, one after the other."""
    return f" {_words(quote)} " in f" {_words(text)} "


def _sentences(chunk: TextNode) -> Iterator[str]:
    """Yield the sentences that say something, without the dateline that a paper sets before one."""
    spans = sentence_spans(chunk)
    offset = spans[0][0]
    for start, end in spans:
        sentence = chunk.text[start - offset : end - offset]
        if not _HEADING.fullmatch(sentence):
            yield sentence[dateline_end(sentence) :]


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one - other) <= _LONGEST_WAY
