"""Tell what a folder is about, where a question names no subject: the sentence that leads each article."""

import re
from collections.abc import Collection
from datetime import date

from vectorstore import Article, ArticleIndex, split_sentences

from .answer import Answer, Citation
from .citing import cite
from .composing import OVERVIEW_WORDS
from .prose import leans, plain, repeat

__all__ = ["compose_leads"]

_MOST_READ = 24  # articles
_READ = 4000  # characters; what stands further down leads nothing
_SHORTEST, _LONGEST = 8, 60  # words
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")


def compose_leads(
    question: str, standalone_question: str, index: ArticleIndex, among: Collection[str] | None = None
) -> Answer | None:
    """Give the leads of the newest articles, the undated last, each cited, in at most 150 words; None without any.

    The newest come first since that is what news is read for; an article that opens as another does is left out.
    """
    articles = [index.article(source) for source in index.sources if among is None or source in among]
    articles.sort(key=lambda article: article.published or date.min, reverse=True)
    pieces: list[str] = []
    citations: list[Citation] = []
    left = OVERVIEW_WORDS
    for article in articles[:_MOST_READ]:
        start, end = _lead(article)
        lead = plain(article.text[start:end])
        if not lead or len(lead.split()) > left or any(repeat(lead, piece) for piece in pieces):
            continue
        left -= len(lead.split())
        citations.append(cite(index, len(citations) + 1, article.source, start, end, 0.0))
        pieces.append(f"{lead} [{len(citations)}]")
        if left < _SHORTEST:
            break
    if not pieces:
        return None
    passages = tuple(citation.source for citation in citations)
    return Answer(question, " ".join(pieces), tuple(citations), True, standalone_question, passages=passages)


def _lead(article: Article) -> tuple[int, int]:
    """Find the first whole sentence of an article that stands for itself and is no furniture; else an empty span."""
    furniture = article.furniture
    for start, end in split_sentences(
        article.text, article.body_start, min(article.body_start + _READ, len(article.text))
    ):
        sentence = article.text[start:end]
        if (
            _SHORTEST <= len(sentence.split()) <= _LONGEST
            and _ENDS.search(sentence)
            and not leans(sentence)
            and not any(first < end and start < last for first, last in furniture)
        ):
            return start, end
    return 0, 0
