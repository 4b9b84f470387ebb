"""Decide whether the articles answer a question at all."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from vectorstore import stems

from .linear import LinearModel
from .ranking import RankedSentence
from .terms import Term

__all__ = ["Evidence", "answerable"]


@dataclass(frozen=True)
class Evidence:
    """Hold what speaks for and against an answer.

    `score` is the best sentence's in the ranking. Between 0 and 1 lie `coverage`, the share of the question's terms
    that the chunks read of its article mention, and `cosine`, the nearest chunk's to the question. `size` is the
    decimal logarithm of the number of chunks searched: the more there are, the better the best looks by chance.
    """

    score: float
    coverage: float
    cosine: float
    size: float

    @classmethod
    def gather(cls, terms: Sequence[Term], ranked: Sequence[RankedSentence], chunks: int) -> Self | None:
        """Weigh the ranked sentences of a question, best first, out of so many chunks; None where there are none."""
        if not ranked:
            return None
        best = ranked[0]
        # what a reporter asks is no answer, but tells what the reply speaks of
        texts = {sentence.chunk.text for sentence in ranked if sentence.source == best.source}
        mentioned = best.mentioned.union(*map(stems, texts))
        total = sum(term.weight for term in terms)
        return cls(
            score=best.score,
            coverage=sum(term.weight for term in terms if term.stem in mentioned) / total if total else 0.0,
            cosine=max(sentence.chunk.node.metadata.get("cosine", 0.0) for sentence in ranked),
            size=math.log10(max(chunks, 1)),
        )


def answerable(terms: Sequence[Term], evidence: Evidence | None) -> bool:
    """Tell whether the evidence is enough for an answer.

    A question that has a name or number that no article has is not answered, whatever else speaks for it: what is said
    of Beijing is no answer about Johannesburg.
    """
    if evidence is None or any(term.is_strange for term in terms):
        return False
    return LinearModel.load("declining").decides(asdict(evidence))
