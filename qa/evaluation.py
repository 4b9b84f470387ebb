"""Ask gold questions and sum up how well they are answered."""

import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from .assistant import Assistant
from .gold import GoldQuestion
from .judging import Verdict

__all__ = ["FIGURES", "Evaluation", "Scores", "Share", "evaluate"]

FIGURES = ("right", "declined", "exact", "precision", "recall")

_Z = statistics.NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Share:
    """Count how many of something there are among how many; `value` and `interval` are None where it is none at all."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """Give the share, from 0 to 1."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give the 95 % score interval of Wilson (1927), which holds for few questions and shares near 0 and 1 too.

        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
        Statistical Association 22, 209-212.
        """
        if self.value is None:
            return None
        shrink = 1 + _Z**2 / self.of
        middle = (self.value + _Z**2 / (2 * self.of)) / shrink
        half = _Z * math.sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2)) / shrink
        # rounding errors of the last digit would leave out a share of 0 or 1
        return max(0.0, min(self.value, middle - half)), min(1.0, max(self.value, middle + half))

    def to_dict(self) -> dict[str, Any]:
        """Turn the share into JSON types."""
        return {"share": self.value, "hits": self.hits, "of": self.of, "interval": self.interval and [*self.interval]}


@dataclass(frozen=True)
class Scores:
    """Sum up the verdicts on so many questions.

    `right` is the share of the answerable questions that are answered rightly, `declined` of the others that are
    declined, `exact` of all whose quotes and markers are exact. Of the answerable questions with gold sources,
    `precision` is the share of the cited sources that are among them, `recall` of the questions whose are cited.
    """

    questions: int
    right: Share
    declined: Share
    exact: Share
    precision: Share
    recall: Share

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> Self:
        """Count the verdicts."""
        answerable = [verdict for verdict in verdicts if verdict.gold.answerable]
        sourced = [verdict for verdict in answerable if verdict.gold.sources]
        return cls(
            questions=len(verdicts),
            right=_share(not verdict.why for verdict in answerable),
            declined=_share(not verdict.why for verdict in verdicts if not verdict.gold.answerable),
            exact=_share(verdict.exact for verdict in verdicts),
            precision=_share(source in verdict.gold.sources for verdict in sourced for source in verdict.sources),
            recall=_share(verdict.cites_gold for verdict in sourced),
        )

    @property
    def shares(self) -> dict[str, Share]:
        """Give each figure by its name, in the order of FIGURES."""
        return {name: getattr(self, name) for name in FIGURES}

    def to_dict(self) -> dict[str, Any]:
        """Turn the scores into JSON types."""
        return {"questions": self.questions} | {name: share.to_dict() for name, share in self.shares.items()}


@dataclass(frozen=True)
class Evaluation:
    """Hold the verdicts on the answers to some questions, in their order, and what they sum up to."""

    verdicts: tuple[Verdict, ...]

    @property
    def overall(self) -> Scores:
        """Sum up all questions."""
        return Scores.of(self.verdicts)

    @property
    def kinds(self) -> dict[str, Scores]:
        """Sum up each kind of question, in the order of the alphabet."""
        kinds = sorted({verdict.gold.kind for verdict in self.verdicts})
        return {kind: Scores.of([verdict for verdict in self.verdicts if verdict.gold.kind == kind]) for kind in kinds}

    @property
    def wrong(self) -> tuple[Verdict, ...]:
        """List the verdicts that find something wrong."""
        return tuple(verdict for verdict in self.verdicts if verdict.why)

    @property
    def median_seconds(self) -> float:
        """Give the median seconds of an answer; those to the earlier questions of a conversation don't count."""
        return statistics.median(verdict.seconds for verdict in self.verdicts)

    @property
    def p95_seconds(self) -> float:
        """Give the seconds within which 95 % of the answers came."""
        seconds = sorted(verdict.seconds for verdict in self.verdicts)
        return seconds[math.ceil(0.95 * len(seconds)) - 1]

    def to_dict(self) -> dict[str, Any]:
        """Turn the evaluation into JSON types: the scores of all and of each kind, the seconds, and what is wrong."""
        return self.overall.to_dict() | {
            "kinds": {kind: scores.to_dict() for kind, scores in self.kinds.items()},
            "median_seconds": self.median_seconds,
            "p95_seconds": self.p95_seconds,
            "wrong": [
                {"question": verdict.gold.question, "kind": verdict.gold.kind, "why": verdict.why}
                | {"text": verdict.answer.text, "sources": sorted(verdict.sources)}
                for verdict in self.wrong
            ],
        }


def evaluate(
    assistant: Assistant, gold: Sequence[GoldQuestion], progress: Callable[[int, int], None] | None = None
) -> Evaluation:
    """Ask every question, after those of its history, and judge the answers.

    `progress` gets the questions answered so far and their number. Raises ValueError where there is no question.
    """
    if not gold:
        raise ValueError("there are no questions; name at least one")
    verdicts = []
    for done, item in enumerate(gold, start=1):
        history = assistant.replay(item.history)
        began = time.perf_counter()
        answer = assistant.ask(item.question, history)
        seconds = time.perf_counter() - began
        verdicts.append(Verdict.of(item, answer, assistant, seconds))
        if progress:
            progress(done, len(gold))
    return Evaluation(tuple(verdicts))


def _share(holds: Iterable[bool]) -> Share:
    counted = list(holds)
    return Share(sum(counted), len(counted))
