"""Decide whether the articles answer a question at all."""

import json
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Self

from .ranking import RankedSentence
from .terms import Term

__all__ = ["Evidence", "answerable"]

_MODEL = Path(__file__).parent / "models" / "declining.json"


@dataclass(frozen=True)
class Evidence:
    """Hold what speaks for and against an answer; each figure lies between 0 and 1.

    `coverage` is the best sentence's share of the question's terms and `chunk_coverage` the best chunk's, `cosine`
    the nearest chunk's to the question, `missing` the share of the terms that no article mentions, and
    `missing_names` the share of the names and numbers that none mentions.
    """

    coverage: float
    chunk_coverage: float
    cosine: float
    missing: float
    missing_names: float

    @classmethod
    def gather(cls, terms: Sequence[Term], ranked: Sequence[RankedSentence]) -> Self:
        """Weigh the ranked sentences of a question; with none, nothing speaks for an answer."""
        return cls(
            coverage=ranked[0].coverage if ranked else 0.0,
            chunk_coverage=max((sentence.chunk_coverage for sentence in ranked), default=0.0),
            cosine=max((sentence.chunk.node.metadata.get("cosine", 0.0) for sentence in ranked), default=0.0),
            missing=_missing_share(terms),
            missing_names=_missing_share([term for term in terms if term.is_name]),
        )


def _missing_share(terms: Sequence[Term]) -> float:
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if not term.is_known) / total if total else 0.0


@dataclass(frozen=True)
class _LogisticModel:
    """Hold a logistic regression over the evidence, fitted by training/fit_declining.py."""

    weights: dict[str, float]
    bias: float
    threshold: float

    def probability(self, evidence: Evidence) -> float:
        names = [field.name for field in fields(evidence)]
        score = self.bias + sum(
            self.weights[name] * value for name, value in zip(names, astuple(evidence), strict=True)
        )
        return 1 / (1 + math.exp(-score))


@cache
def _model() -> _LogisticModel:
    description = json.loads(_MODEL.read_text(encoding="utf-8"))
    return _LogisticModel(description["weights"], description["bias"], description["threshold"])


def answerable(evidence: Evidence) -> bool:
    """Tell whether the evidence is enough for an answer."""
    model = _model()
    return model.probability(evidence) >= model.threshold
