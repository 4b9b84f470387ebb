"""Judge an answer by its gold question."""

import re
from dataclasses import dataclass
from typing import Self

from .answer import Answer
from .assistant import Assistant
from .gold import GoldQuestion

__all__ = ["Verdict"]

_MARKER = re.compile(r"\[(\d+)\]")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


@dataclass(frozen=True)
class Verdict:
    """Judge one answer; `why` says what is wrong with it and is empty where nothing is."""

    gold: GoldQuestion
    answer: Answer
    exact: bool
    seconds: float

    @classmethod
    def of(cls, gold: GoldQuestion, answer: Answer, assistant: Assistant, seconds: float) -> Self:
        """Judge an answer that took so many seconds; `exact` tells whether its quotes and markers are."""
        return cls(gold, answer, _is_exact(answer, assistant), seconds)

    @property
    def sources(self) -> frozenset[str]:
        """Name the sources that the answer cites."""
        return frozenset(citation.source for citation in self.answer.citations)

    @property
    def cites_gold(self) -> bool:
        """Tell whether all the sources that must be cited are, and one of those of which any will do."""
        gold = self.gold
        return self.sources >= set(gold.files_all) and bool(not gold.files_any or self.sources & set(gold.files_any))

    @property
    def why(self) -> str:
        """Say what is wrong with the answer, the first of what may be several things."""
        if not self.gold.answerable:
            return "answered though not in the articles" if self.answer.answered else ""
        faults = (
            (not self.answer.answered, "declined"),
            (_count_words(self.answer.text) > self.gold.most_words, "too long"),
            (not _holds(self.answer.text, self.gold), "missing the answer"),
            (_says_forbidden(self.answer.text, self.gold), "says what it must not"),
            (not self.cites_gold, "not cited"),
            (not self.exact, "not quoted exactly"),
        )
        return next((fault for is_so, fault in faults if is_so), "")


def _is_exact(answer: Answer, assistant: Assistant) -> bool:
    """Tell whether each marker has its citation, and each quote is what stands in its article."""
    markers = {int(number) for number in _MARKER.findall(answer.text)}
    if sorted(markers) != [citation.number for citation in answer.citations]:
        return False
    try:
        return all(
            assistant.article(citation.source).text[citation.start : citation.end] == citation.quote
            for citation in answer.citations
        )
    except KeyError:  # no such article
        return False


def _holds(text: str, gold: GoldQuestion) -> bool:
    """Tell whether a text holds what it must."""
    fold = _letters if gold.loose else _fold
    folded = fold(text)
    # compared loosely, a gold answer of signs alone, such as "@", has no letters, and any text holds it
    return (not gold.answer_any or any(fold(words) in folded for words in gold.answer_any)) and all(
        fold(words) in folded for words in gold.answer_all
    )


def _says_forbidden(text: str, gold: GoldQuestion) -> bool:
    return any(_fold(words) in _fold(text) for words in gold.forbid)


def _fold(text: str) -> str:
    """Take away the differences of case, white space, and curly or straight quotes."""
    return re.sub(r"\s+", " ", text.translate(_STRAIGHT)).casefold().strip()


def _letters(text: str) -> str:
    """Take away all but letters and digits too."""
    return re.sub(r"[\W_]+", " ", _fold(text)).strip()


def _count_words(text: str) -> int:
    return len(_MARKER.sub(" ", text).split())
