"""Fit what weighs the reader's word against the index's: the ranking of sentences, and the decision to decline.

    .venv/bin/python training/fit_decisions.py --data ../shared/reader-data

Both are fitted on SelQA (Jurczyk, Zhai and Choi, 2016): questions on sections of Wikipedia articles by people who were
asked to put them in other words than the text has, in folders of many sizes. The ranking is a conditional logit over
the sentences of a question: which of them answers. The decision is a logistic regression: answerable are the questions
on sections in the folder, unanswerable those on sections left out of it. The figures are gathered by the product's own
code. Each half of the questions is held out once, to report on and to choose the threshold; the models are then fitted
on all.
"""

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.declining import Evidence
from qa.extractive import ExtractiveAnswerer, Reading
from qa.ranking import RankedSentence
from qa.reader import READER, Reader
from vectorstore import ArticleIndex

SELQA = ("train/selqa/selqa-ass-dev.json.gz", "train/selqa/selqa-ass-test.json.gz")
FOLDERS = (*[6] * 60, *[40] * 6, 240, 1000)  # sections; a third of them is left out
# An answer kept back wrongly costs its reader as much as one given wrongly, and most questions have an answer.
ANSWERABLE_KEPT = 0.965
# News tells first what matters most, sections of an encyclopedia less so: this weight is not fitted on them.
GIVEN = {"depth": -1.0}
MODELS = Path("qa/models")


@dataclass(frozen=True)
class Section:
    """Hold the text of a section, and the questions on it, each with the sentences that answer it."""

    text: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Case:
    """Hold what the answerer found for a question; `answers` are empty where the folder doesn't answer it."""

    reading: Reading
    answers: tuple[str, ...]


def read_sections(data: Path) -> list[Section]:
    """Read SelQA."""
    sections: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for path in SELQA:
        with gzip.open(data / path, "rt", encoding="utf-8") as handle:
            items = json.load(handle)
        for item in items:
            text = f"{item['article']}: {item['section']}\n\n{' '.join(item['candidates'])}"
            answers = tuple(item["candidates"][number] for number in item["answers"])
            sections.setdefault(text, []).append((item["question"].strip(), answers))
    return [Section(text, tuple(questions)) for text, questions in sections.items()]


def gather(sections: Sequence[Section], reader: Reader) -> list[Case]:
    """Index two thirds of the sections as a folder, and read what it has on the questions of all."""
    inside = sections[: len(sections) * 2 // 3]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        for number, section in enumerate(inside):
            (folder / f"{number:04}.txt").write_text(section.text, encoding="utf-8")
        with ArticleIndex.open(folder, Path(place) / "index") as index:
            index.sync()
            answerer = ExtractiveAnswerer(index, reader)
            cases = [
                Case(answerer.read(question), answers if number < len(inside) else ())
                for number, section in enumerate(sections)
                for question, answers in section.questions
            ]
    return [case for case in cases if case.reading.ranked]


def weigh(sentence: RankedSentence, weights: Mapping[str, float]) -> float:
    """Sum up a sentence's weighed figures."""
    return sum(weights[name] * value for name, value in sentence.figures.items())


def fit_ranking(cases: Sequence[Case]) -> dict[str, float]:
    """Fit a conditional logit by gradient ascent: the sentences that answer against the others."""
    names = list(cases[0].reading.ranked[0].figures)
    given = np.array([GIVEN.get(name, 0.0) for name in names])
    groups = []
    for case in cases:
        right = np.array([answers(sentence, case) for sentence in case.reading.ranked])
        if right.any() and not right.all():
            groups.append((np.array([list(sentence.figures.values()) for sentence in case.reading.ranked]), right))
    scale = np.concatenate([rows for rows, _ in groups]).std(axis=0)
    weights = given * scale
    for _ in range(600):
        gradient = -0.001 * weights
        for rows, right in groups:
            chances = np.exp((rows / scale) @ weights - ((rows / scale) @ weights).max())
            wanted = np.where(right, chances, 0)
            gradient += (wanted / wanted.sum() - chances / chances.sum()) @ (rows / scale) / len(groups)
        weights += np.where(given == 0, 0.5 * gradient, 0)
    return {name: float(weight) for name, weight in zip(names, weights / scale, strict=True)}


def answers(sentence: RankedSentence, case: Case) -> bool:
    """Tell whether a sentence is one of those that answer, or a part of it."""
    text = " ".join(sentence.text.split())
    return any(text in answer or answer in text for answer in (" ".join(words.split()) for words in case.answers))


def best_answers(cases: Sequence[Case], weights: Mapping[str, float]) -> float:
    """Compute the share of answerable questions whose best sentence answers."""
    return float(
        np.mean(
            [
                answers(max(case.reading.ranked, key=lambda sentence: weigh(sentence, weights)), case)
                for case in cases
                if case.answers
            ]
        )
    )


def evidence_of(case: Case, weights: Mapping[str, float]) -> Evidence:
    """Gather a case's evidence with its sentences weighed anew."""
    ranked = sorted(case.reading.ranked, key=lambda sentence: -weigh(sentence, weights))
    evidence, before = Evidence.gather(case.reading.terms, ranked, 1), case.reading.evidence
    assert evidence is not None
    assert before is not None
    return replace(evidence, score=weigh(ranked[0], weights), size=before.size)


def fit_logistic(features: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit weights and, last, a bias by Newton's method with a little ridge, both classes weighing the same."""
    scale = features.std(axis=0) + 1e-9
    rows = np.hstack([features / scale, np.ones((len(features), 1))])
    balance = np.where(truth == 1, 0.5 / truth.mean(), 0.5 / (1 - truth.mean()))
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (balance * (chance - truth)) + weights
        curvature = (rows * (balance * chance * (1 - chance))[:, None]).T @ rows + np.eye(rows.shape[1])
        weights -= np.linalg.solve(curvature, gradient)
    weights[:-1] /= scale
    return weights


def area_under_curve(scores: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Compute the chance that an answerable question scores above an unanswerable one."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores)] = np.arange(1, len(scores) + 1)
    positives = truth.sum()
    return float((ranks[truth == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(truth) - positives)))


def main() -> None:
    """Gather, fit, report, and write the two models."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/reader-data"))
    parser.add_argument("--reader", type=Path, default=READER)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    sections = read_sections(options.data)
    chance.shuffle(sections)
    reader = Reader(options.reader)
    cases: list[Case] = []
    for size in FOLDERS:
        cases += gather(sections[:size], reader)
        sections = sections[size:]
    chance.shuffle(cases)
    first, second = cases[::2], cases[1::2]

    trial, ranking = fit_ranking(first), fit_ranking(cases)
    reader_alone = {**dict.fromkeys(trial, 0.0), "reading": 1.0}
    print(f"the best sentence answers, held out: {best_answers(second, trial):.3f}, "
          f"by the reader alone: {best_answers(second, reader_alone):.3f}")  # fmt: skip

    features = np.array([list(asdict(evidence_of(case, ranking)).values()) for case in cases])
    truth = np.array([float(bool(case.answers)) for case in cases])
    # each half is scored by what was fitted on the other, so that the threshold rests on all
    scores = np.empty(len(cases))
    for half, other in ((0, 1), (1, 0)):
        tried = fit_logistic(features[other::2], truth[other::2])
        scores[half::2] = features[half::2] @ tried[:-1] + tried[-1]
    threshold = float(np.quantile(scores[truth == 1], 1 - ANSWERABLE_KEPT))
    auc = area_under_curve(scores, truth)
    print(f"{len(cases)} questions, {truth.mean():.2f} answerable; held out: AUC {auc:.3f}, of the "
          f"unanswerable {np.mean(scores[truth == 0] < threshold):.3f} declined while {ANSWERABLE_KEPT} of the "
          f"others are kept")  # fmt: skip
    fitted = fit_logistic(features, truth)
    names = list(asdict(evidence_of(cases[0], ranking)))
    write(options.out / "ranking.json", {"weights": rounded(ranking)})
    write(
        options.out / "declining.json",
        {
            "weights": rounded(dict(zip(names, map(float, fitted[:-1]), strict=True))),
            "bias": round(float(fitted[-1]), 4),
            "threshold": round(float(1 / (1 + np.exp(-threshold))), 4),
        },
    )


def rounded(weights: dict[str, float]) -> dict[str, float]:
    """Round weights for the file."""
    return {name: round(weight, 4) for name, weight in weights.items()}


def write(path: Path, model: dict[str, Any]) -> None:
    """Write a model, and show it."""
    path.write_text(json.dumps({"made_by": "training/fit_decisions.py", **model}, indent=2) + "\n", encoding="utf-8")
    print(path, path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
