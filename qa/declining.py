"""Decide whether the articles answer a question at all."""

import math
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Self

from .linear import LinearModel
from .ranking import RankedSentence
from .terms import Term

__all__ = ["Evidence", "answerable"]


@dataclass(frozen=True)
class Evidence:
    """Hold what speaks for and against an answer.

    `score` is the best sentence's in the ranking, and `strange_name` is 1 where the question has a name or number that
    no article has, else 0. Between 0 and 1 lie `name_coverage`, the share of the question's names and numbers that the
    sentences read of its article mention, and `cosine`, the nearest chunk's to the question. `size` is the decimal
    logarithm of the number of chunks searched: the more there are, the better the best of them looks by chance.
    """

    score: float
    strange_name: float
    name_coverage: float
    cosine: float
    size: float

    @classmethod
    def gather(cls, terms: Sequence[Term], ranked: Sequence[RankedSentence], chunks: int) -> Self | None:
        """Weigh the ranked sentences of a question, best first, out of so many chunks; None where there are none."""
        if not ranked:
            return None
        best = ranked[0]
        mentioned = {stem for sentence in ranked if sentence.source == best.source for stem in sentence.mentioned}
        return cls(
            score=best.score,
            strange_name=float(any(term.is_strange for term in terms)),
            name_coverage=_share([term for term in terms if term.is_name], mentioned),
            cosine=max(sentence.chunk.node.metadata.get("cosine", 0.0) for sentence in ranked),
            size=math.log10(max(chunks, 1)),
        )


def _share(terms: Sequence[Term], mentioned: Collection[str]) -> float:
    """Compute the share of terms, by weight, that are mentioned: 1 where there are no terms."""
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.stem in mentioned) / total if total else 1.0


def answerable(evidence: Evidence | None) -> bool:
    """Tell whether the evidence is enough for an answer."""
    return evidence is not None and LinearModel.load("declining").decides(asdict(evidence))
