"""Weigh figures by what a script in training/ fitted."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["LinearModel"]

_FOLDER = Path(__file__).parent / "models"


@dataclass(frozen=True)
class LinearModel:
    """Hold weights for named figures, and the threshold of a decision made on their sum."""

    weights: Mapping[str, float]
    bias: float = 0.0
    threshold: float = 0.5

    @classmethod
    @cache
    def load(cls, name: str) -> "LinearModel":
        """Read the model of this name that comes with the project."""
        fields = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        return cls(fields["weights"], fields.get("bias", 0.0), fields.get("threshold", 0.5))

    def score(self, figures: Mapping[str, float]) -> float:
        """Sum up the weighed figures."""
        return self.bias + sum(weight * figures[name] for name, weight in self.weights.items())

    def probability(self, figures: Mapping[str, float]) -> float:
        """Give the logistic function of the score."""
        return 1 / (1 + math.exp(-self.score(figures)))

    def decides(self, figures: Mapping[str, float]) -> bool:
        """Tell whether the probability reaches the threshold."""
        return self.probability(figures) >= self.threshold
