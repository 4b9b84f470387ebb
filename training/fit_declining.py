"""Fit the decision whether the articles answer a question: a logistic regression over qa.declining.Evidence.

    .venv/bin/python training/fit_declining.py --data ../shared/reader-data --out qa/models/declining.json

Folders of several sizes are made from SQuAD 2.0's and SQuADShifts' paragraphs, four a file. Answerable are the
questions on paragraphs in the folder; unanswerable are those on paragraphs left out, and those that SQuAD 2.0 marks as
impossible. The evidence is gathered by the product's own code. One fold in five is held out to report on.
"""

import argparse
import gzip
import json
import random
import tempfile
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.declining import Evidence
from qa.extractive import ExtractiveAnswerer
from vectorstore import ArticleIndex

SETS = ("train/squad2-dev/squad2-train.json.gz", "train/squadshifts/new_wiki_v1.0.json.gz")
PARAGRAPHS_A_FILE = 4
# (files in the folder, files left out, folders of this size)
FOLDERS = ((5, 3, 8), (40, 20, 3), (250, 120, 1))
QUESTIONS_A_FILE = 4
# An answer kept back wrongly costs its reader as much as one given wrongly, and most questions have an answer: the
# threshold keeps this share of the answerable ones.
ANSWERABLE_KEPT = 0.85


@dataclass(frozen=True)
class Source:
    """Hold what would be one file: its text, and its (question, is answerable) pairs."""

    text: str
    questions: list[tuple[str, bool]]


def read_sources(data: Path) -> list[Source]:
    """Read paragraphs and questions, a few paragraphs a file."""
    sources = []
    for name in SETS:
        with gzip.open(data / name, "rt", encoding="utf-8") as handle:
            articles = json.load(handle)["data"]
        for article in articles:
            paragraphs = article["paragraphs"]
            for start in range(0, len(paragraphs), PARAGRAPHS_A_FILE):
                group = paragraphs[start : start + PARAGRAPHS_A_FILE]
                text = "\n\n".join([article["title"].replace("_", " "), *(paragraph["context"] for paragraph in group)])
                questions = [
                    (question["question"].strip(), not question.get("is_impossible", False))
                    for paragraph in group
                    for question in paragraph["qas"]
                ]
                sources.append(Source(text, questions))
    return sources


def gather(inside: list[Source], outside: list[Source], chance: random.Random) -> list[tuple[Evidence, bool]]:
    """Index a folder of the sources inside, and weigh questions on them and on those outside."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        for number, source in enumerate(inside):
            (folder / f"{number:04}.txt").write_text(source.text, encoding="utf-8")
        questions = [
            pair
            for source in inside
            for pair in chance.sample(source.questions, min(QUESTIONS_A_FILE, len(source.questions)))
        ]
        questions += [
            (question, False)
            for source in outside
            for question, _ in chance.sample(source.questions, min(QUESTIONS_A_FILE, len(source.questions)))
        ]
        with ArticleIndex.open(folder, Path(place) / "index") as index:
            index.sync()
            answerer = ExtractiveAnswerer(index)
            return [(answerer.read(question).evidence, truth) for question, truth in questions]


def fit(features: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit weights and bias by Newton's method with a little ridge, both classes weighing the same."""
    rows = np.hstack([features, np.ones((len(features), 1))])
    balance = np.where(truth == 1, 0.5 / truth.mean(), 0.5 / (1 - truth.mean()))
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (balance * (chance - truth)) + 1e-2 * weights
        curvature = (rows * (balance * chance * (1 - chance))[:, None]).T @ rows + 1e-2 * np.eye(rows.shape[1])
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def area_under_curve(scores: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Compute the chance that an answerable question scores above an unanswerable one."""
    order = np.argsort(scores)
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    positives = truth.sum()
    return float((ranks[truth == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(truth) - positives)))


def main() -> None:
    """Gather, fit, report, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/reader-data"))
    parser.add_argument("--out", type=Path, default=Path("qa/models/declining.json"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    sources = read_sources(options.data)
    gathered = []
    for inside, outside, times in FOLDERS:
        for _ in range(times):
            drawn = chance.sample(sources, inside + outside)
            gathered += gather(drawn[:inside], drawn[inside:], chance)
    chance.shuffle(gathered)
    features = np.array([astuple(evidence) for evidence, _ in gathered])
    truth = np.array([float(answerable) for _, answerable in gathered])
    held_out = np.arange(len(truth)) % 5 == 0
    trial = fit(features[~held_out], truth[~held_out])
    scores = features[held_out] @ trial[:-1] + trial[-1]
    threshold = float(np.quantile(1 / (1 + np.exp(-scores[truth[held_out] == 1])), 1 - ANSWERABLE_KEPT))
    chances = 1 / (1 + np.exp(-scores))
    right = [float(np.mean((chances >= threshold)[truth[held_out] == kind] == bool(kind))) for kind in (1, 0)]
    area = area_under_curve(scores, truth[held_out])
    print(f"{len(truth)} questions, {truth.mean():.2f} answerable; held out: AUC {area:.3f}")
    print(f"answerable kept {right[0]:.3f}, unanswerable declined {right[1]:.3f}")
    weights = fit(features, truth)
    model = {
        "made_by": "training/fit_declining.py",
        "weights": {
            field.name: round(float(weight), 4) for field, weight in zip(fields(Evidence), weights, strict=False)
        },
        "bias": round(float(weights[-1]), 4),
        "threshold": round(threshold, 4),
    }
    options.out.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")
    print(options.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
