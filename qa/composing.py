"""Write an answer out of sentences of the articles, each cited by its exact words."""

import re
from collections.abc import Iterable, Sequence

from vectorstore import ArticleIndex

from .answer import Answer, Citation
from .ranking import RankedSentence

__all__ = ["NOT_SAID", "compose_answer", "compose_decline", "plain"]

NOT_SAID = "The articles don't say."

_FACT_WORDS, _OVERVIEW_WORDS = 60, 150
_MOST_SENTENCES = 3
# A sentence further behind the best one adds more doubt than proof.
_TELLING = 0.5
_OVERVIEW = re.compile(
    r"\b(?:what\s+(?:do|does|did|have|has)\s+the\s+(?:article|report|stor)\w*\s+(?:say|report|tell)|summari[sz]e|summary"
    r"|overview|describe|explain|tell\s+me\s+(?:about|more)|what\s+is\s+known|how\s+(?:do|did|does)\s.*\bdiffer)",
    re.IGNORECASE,
)

_MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?])[*_](?!\w)")
_LINE_MARK = re.compile(r"^(?:#{1,6}|>|[-*+•])\s+")
_MARKER = re.compile(r"\[(\s*\d+\s*)\]")


def is_overview(question: str) -> bool:
    """Tell whether a question asks for more than a fact."""
    return bool(_OVERVIEW.search(question))


def plain(quote: str) -> str:
    """Write a quote as prose: in one line, without Markdown's marks, and with nothing that looks like a citation."""
    text = _MARKDOWN_ESCAPE.sub(r"\1", " ".join(quote.split()))
    text = _EMPHASIS.sub("", _LINE_MARK.sub("", text))
    return " ".join(_MARKER.sub(r"(\1)", text).split())


def compose_answer(
    question: str, standalone_question: str, ranked: Sequence[RankedSentence], index: ArticleIndex
) -> Answer:
    """Answer with the most telling sentences, in their order, each followed by its citation's number.

    Takes at most three sentences, of at most three articles, and of no more words than the kind of question allows.
    """
    limit = _OVERVIEW_WORDS if is_overview(standalone_question) else _FACT_WORDS
    pieces: list[str] = []
    citations: list[Citation] = []
    telling = [sentence for sentence in ranked if sentence.score >= _TELLING * ranked[0].score]
    for sentence in _chosen(telling, spread=limit == _OVERVIEW_WORDS):
        left = limit - sum(len(piece.split()) for piece in pieces)
        words = len(plain(sentence.text).split())
        if words > left and pieces:
            continue
        start, end = (0, len(sentence.text)) if words <= left else _cut(sentence.text, left)
        number = len(citations) + 1
        shown = plain(sentence.text[start:end])
        opened, closed = "… " * (start > 0), " …" * (end < len(sentence.text))
        pieces.append(f"{opened}{shown}{closed} [{number}]")
        citations.append(cite(number, sentence, index, start, end))
    return Answer(question, " ".join(pieces), tuple(citations), True, standalone_question)


def compose_decline(
    question: str,
    standalone_question: str,
    ranked: Sequence[RankedSentence],
    missing: tuple[str, ...],
    index: ArticleIndex,
) -> Answer:
    """Say that the articles don't say, which terms they lack, and what comes nearest."""
    text = NOT_SAID
    if missing:
        text += f" No article mentions {_listed([f'“{plain(term)}”' for term in missing[:5]])}."
    nearest = [cite(number, sentence, index) for number, sentence in enumerate(_chosen(ranked, spread=True), start=1)]
    return Answer(question, text, (), False, standalone_question, missing, tuple(nearest))


def cite(
    number: int, sentence: RankedSentence, index: ArticleIndex, start: int = 0, end: int | None = None
) -> Citation:
    """Cite a sentence, or its part between two offsets into it, by its article's exact words."""
    article = index.article(sentence.source)
    first, last = sentence.start + start, sentence.start + (len(sentence.text) if end is None else end)
    quote = article.text[first:last]
    return Citation(number, article.source, article.title, article.published, first, last, quote, sentence.score)


def _chosen(ranked: Iterable[RankedSentence], *, spread: bool) -> list[RankedSentence]:
    """Take the best sentences that don't repeat each other, where `spread` only one of each article."""
    chosen: list[RankedSentence] = []
    for sentence in ranked:
        if any(_alike(sentence.text, other.text) or (spread and sentence.source == other.source) for other in chosen):
            continue
        chosen.append(sentence)
        if len(chosen) == _MOST_SENTENCES:
            break
    return chosen


def _alike(text: str, other: str) -> bool:
    """Tell whether two sentences share most of their words."""
    words, others = set(text.casefold().split()), set(other.casefold().split())
    return len(words & others) > 0.7 * min(len(words), len(others))


def _cut(text: str, words: int) -> tuple[int, int]:
    """Cut a long sentence to its first so many words, at the last comma or the like among them where there is one."""
    ends = [match.end() for match in re.finditer(r"\S+", text)][: max(1, words - 1)]
    pauses = [end for end in ends if text[end - 1] in ",;:—–"]
    end = pauses[-1] if pauses and pauses[-1] > ends[-1] // 2 else ends[-1]
    return 0, end


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"
