"""Decide whether the articles answer a question at all."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from .linear import LinearModel
from .ranking import RankedSentence
from .terms import Term

__all__ = ["Evidence", "answerable"]


@dataclass(frozen=True)
class Evidence:
    """Hold what speaks for and against an answer.

    `reading` is the best sentence's score by the reader, and `answerable` the reader's best judgement of a chunk;
    `fits` is 1 where the words that the reader points at can be what is asked for, else 0. Between 0 and 1 lie
    `coverage`, the best sentence's share of the question's terms, `chunk_coverage`, the best chunk's, `cosine`, the
    nearest chunk's to the question, `missing`, the share of the terms that no article mentions, and `missing_names`,
    the share of the names and numbers that none mentions.
    """

    reading: float
    answerable: float
    fits: float
    coverage: float
    chunk_coverage: float
    cosine: float
    missing: float
    missing_names: float

    @classmethod
    def gather(cls, terms: Sequence[Term], ranked: Sequence[RankedSentence]) -> Self | None:
        """Weigh the ranked sentences of a question, best first; None where there are none."""
        if not ranked:
            return None
        return cls(
            reading=ranked[0].finding.score,
            answerable=max(sentence.finding.answerable for sentence in ranked),
            fits=float(ranked[0].fits),
            coverage=ranked[0].coverage,
            chunk_coverage=max(sentence.chunk_coverage for sentence in ranked),
            cosine=max(sentence.chunk.node.metadata.get("cosine", 0.0) for sentence in ranked),
            missing=_missing_share(terms),
            missing_names=_missing_share([term for term in terms if term.is_name]),
        )


def _missing_share(terms: Sequence[Term]) -> float:
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if not term.is_known) / total if total else 0.0


def answerable(evidence: Evidence | None) -> bool:
    """Tell whether the evidence is enough for an answer."""
    return evidence is not None and LinearModel.load("declining").decides(asdict(evidence))
