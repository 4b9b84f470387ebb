"""Tell what a folder is about, where a question names no subject: the sentence that leads each article."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from itertools import islice

from vectorstore import Article, ArticleIndex, dateline_end

from .answer import Answer, Citation
from .citing import cite
from .composing import OVERVIEW_WORDS
from .prose import has_markup, leans, plain, repeat, speaks_of_self

__all__ = ["compose_leads", "find_lead", "is_whole", "quote_all"]

_MOST_READ = 24  # articles
_READ = 4000  # characters; what stands further down leads nothing
_SHORTEST, _LONGEST = 8, 60  # words
_ENDS = re.compile(r"[.!…][\"'”’»)\]]*$")


def compose_leads(
    question: str, standalone_question: str, index: ArticleIndex, among: Collection[str] | None = None
) -> Answer | None:
    """Give the leads of the newest articles, the undated last, each cited, in at most 150 words; None without any.

    The newest come first since that is what news is read for; an article that opens as another does is left out.
    """
    articles = [index.article(source) for source in index.sources if among is None or source in among]
    articles.sort(key=lambda article: article.published or date.min, reverse=True)
    leads: list[tuple[str, int, int]] = []
    told: list[str] = []
    left = OVERVIEW_WORDS
    for article in articles[:_MOST_READ]:
        start, end = find_lead(article) or find_lead(article, of_self=True) or (0, 0)
        lead = plain(article.text[start:end])
        if not lead or len(lead.split()) > left or any(repeat(lead, other) for other in told):
            continue
        left -= len(lead.split())
        leads.append((article.source, start, end))
        told.append(lead)
        if left < _SHORTEST:
            break
    return quote_all(question, standalone_question, leads, index) if leads else None


def find_lead(article: Article, within: int = _READ, *, of_self: bool = False) -> tuple[int, int] | None:
    """Find the first whole sentence of an article that stands for itself, within so many letters.

    One in which who writes speaks of himself, as in a letter or a speech, is taken only where `of_self`.
    """
    for start, end in article.sentences:
        sentence = article.text[start:end]
        if start >= article.body_start + within:
            break
        if is_whole(sentence) and not leans(sentence) and (of_self or not speaks_of_self(sentence)):
            return start, end
    return None


def is_whole(sentence: str) -> bool:
    """Tell whether a sentence is a statement in plain words, of a length that can be read at once."""
    is_readable = _SHORTEST <= len(sentence.split()) <= _LONGEST
    return is_readable and bool(_ENDS.search(sentence)) and not has_markup(sentence)


def quote_all(
    question: str, standalone_question: str, told: Sequence[tuple[str, int, int]], index: ArticleIndex
) -> Answer:
    """Answer with sentences, each given by its article's source and its offsets; the first is cut if it is too long."""
    pieces: list[str] = []
    citations: list[Citation] = []
    for source, first, end in told:
        text = index.article(source).text
        start = first + dateline_end(text[first:end])
        words = [match.end() for match in islice(re.finditer(r"\S+", text[start:end]), OVERVIEW_WORDS + 1)]
        is_cut = len(words) > OVERVIEW_WORDS
        last = start + words[OVERVIEW_WORDS - 2] if is_cut else end
        citations.append(cite(index, len(citations) + 1, source, start, last, 0.0))
        pieces.append(f"{plain(text[start:last])}{' …' * is_cut} [{len(citations)}]")
    passages = tuple(source for source, _, _ in told)
    return Answer(question, " ".join(pieces), tuple(citations), True, standalone_question, passages=passages)
