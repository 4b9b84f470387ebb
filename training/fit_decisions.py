"""Fit what weighs the reader's word against the index's: the ranking of sentences, and the decision to decline.

    .venv/bin/python training/fit_decisions.py --data ../shared/reader-data

Both are fitted on articles of SQuAD 2.0's development set that the reader was never trained on, among other articles
as distractors, in folders of several sizes. The ranking is a conditional logit over the sentences of a question:
which of them holds the answer. The decision is a logistic regression: answerable are the questions on paragraphs in
the folder; unanswerable those on paragraphs left out, those that SQuAD 2.0 marks as impossible, and some on other
subjects altogether. The figures are gathered by the product's own code. Half the questions are held out to report on;
the models are then fitted on all.
"""

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.declining import Evidence
from qa.extractive import ExtractiveAnswerer, Reading
from qa.reader import READER, Reader
from vectorstore import ArticleIndex

ARTICLES = "train/squad2-dev/squad2-train.json.gz"
HELD_OUT = ("Black_Death", "Sky_(United_Kingdom)")  # as in reader_data.py, which needs other packages
PARAGRAPHS_A_FILE = 4
DISTRACTORS = (4, 30, 90)
STRANGE = 100  # questions for each folder
# An answer kept back wrongly costs its reader as much as one given wrongly, and most questions have an answer.
ANSWERABLE_KEPT = 0.92
MODELS = Path("qa/models")


@dataclass(frozen=True)
class Question:
    """Hold a question with its answers; none where its paragraph doesn't answer it."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Hold what is one file of a folder, and the questions on it."""

    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Case:
    """Hold a question with what the answerer found for it; `answers` are empty where the folder doesn't answer."""

    reading: Reading
    answers: tuple[str, ...]


def read_sources(data: Path) -> tuple[list[Source], list[Source]]:
    """Read the files whose questions are asked, and those that are there to distract."""
    with gzip.open(data / ARTICLES, "rt", encoding="utf-8") as handle:
        articles = json.load(handle)["data"]
    asked, distracting = [], []
    for article in articles:
        files = list(_files(article))
        (asked if article["title"] in HELD_OUT else distracting).extend(files)
    return asked, distracting


def _files(article: dict[str, Any]) -> Iterator[Source]:
    paragraphs = article["paragraphs"]
    for start in range(0, len(paragraphs), PARAGRAPHS_A_FILE):
        group = paragraphs[start : start + PARAGRAPHS_A_FILE]
        text = "\n\n".join([article["title"].replace("_", " "), *(paragraph["context"] for paragraph in group)])
        questions = (
            Question(item["question"].strip(), tuple(dict.fromkeys(answer["text"] for answer in item["answers"])))
            for paragraph in group
            for item in paragraph["qas"]
        )
        yield Source(text, tuple(questions))


def gather(
    inside: list[Source], outside: list[Source], distracting: list[Source], strange: list[Question], reader: Reader
) -> list[Case]:
    """Index a folder, and read what it has on its files' questions, on those of files left out, and on strange ones."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        for number, source in enumerate([*inside, *distracting]):
            (folder / f"{number:04}.txt").write_text(source.text, encoding="utf-8")
        with ArticleIndex.open(folder, Path(place) / "index") as index:
            index.sync()
            answerer = ExtractiveAnswerer(index, reader)
            asked = [(question.text, question.answers) for source in inside for question in source.questions]
            asked += [(question.text, ()) for source in outside for question in source.questions]
            asked += [(question.text, ()) for question in strange]
            return [Case(answerer.read(text), answers) for text, answers in asked]


def fit_ranking(cases: list[Case]) -> dict[str, float]:
    """Fit a conditional logit by gradient ascent: the sentences that hold the answer against the others."""
    groups = []
    for case in cases:
        if not case.answers:
            continue
        rows = np.array([list(sentence.figures.values()) for sentence in case.reading.ranked])
        right = np.array([holds(sentence.text, case.answers) for sentence in case.reading.ranked])
        if right.any() and not right.all():
            groups.append((rows, right))
    scale = np.concatenate([rows for rows, _ in groups]).std(axis=0)
    weights = np.zeros(len(scale))
    for _ in range(2000):
        gradient = -0.001 * weights
        for rows, right in groups:
            chances = np.exp((rows / scale) @ weights - ((rows / scale) @ weights).max())
            wanted = np.where(right, chances, 0)
            gradient += (wanted / wanted.sum() - chances / chances.sum()) @ (rows / scale) / len(groups)
        weights += 0.5 * gradient
    names = list(cases[0].reading.ranked[0].figures)
    return {name: float(weight) for name, weight in zip(names, weights / scale, strict=True)}


def holds(text: str, answers: tuple[str, ...]) -> bool:
    """Tell whether a text holds one of the answers."""
    folded = " ".join(text.casefold().split())
    return any(" ".join(answer.casefold().split()) in folded for answer in answers)


def best_holds(cases: list[Case], weights: dict[str, float]) -> float:
    """Compute the share of answerable questions whose best sentence holds the answer."""
    right = []
    for case in cases:
        if case.answers:
            best = max(
                case.reading.ranked,
                key=lambda sentence: sum(weights[name] * value for name, value in sentence.figures.items()),
            )
            right.append(holds(best.text, case.answers))
    return float(np.mean(right))


def evidence_of(case: Case, weights: dict[str, float]) -> Evidence:
    """Weigh a case's evidence with the sentences in the order of these weights."""
    ranked = sorted(
        case.reading.ranked,
        key=lambda sentence: -sum(weights[name] * value for name, value in sentence.figures.items()),
    )
    evidence = Evidence.gather(case.reading.terms, ranked)
    assert evidence is not None
    return evidence


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
    asked, distracting = read_sources(options.data)
    reader = Reader(options.reader)
    cases: list[Case] = []
    for count in DISTRACTORS:
        chance.shuffle(asked)
        half = len(asked) // 2
        shuffled = chance.sample(distracting, len(distracting))
        strange = [chance.choice(source.questions) for source in shuffled[count : count + STRANGE]]
        cases += gather(asked[:half], asked[half:], shuffled[:count], strange, reader)
    chance.shuffle(cases)
    cases = [case for case in cases if case.reading.ranked]
    first, second = cases[::2], cases[1::2]

    trial = fit_ranking(first)
    ranking = fit_ranking(cases)
    print(f"the best sentence holds the answer, held out: {best_holds(second, trial):.3f}, "
          f"by the reader alone: {best_holds(second, {**dict.fromkeys(trial, 0.0), 'reading': 1.0}):.3f}")  # fmt: skip

    features = np.array([list(asdict(evidence_of(case, ranking)).values()) for case in cases])
    truth = np.array([float(bool(case.answers)) for case in cases])
    tried = fit_logistic(features[::2], truth[::2])
    scores = features[1::2] @ tried[:-1] + tried[-1]
    held = truth[1::2]
    threshold = float(np.quantile(scores[held == 1], 1 - ANSWERABLE_KEPT))
    print(f"{len(cases)} questions, {truth.mean():.2f} answerable; held out: AUC {area_under_curve(scores, held):.3f}, "
          f"of the unanswerable {np.mean(scores[held == 0] < threshold):.3f} declined while {ANSWERABLE_KEPT} of the "
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
