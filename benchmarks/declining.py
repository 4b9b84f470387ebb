"""Measure how well answerable questions are told from others, whatever the threshold.

.venv/bin/python benchmarks/declining.py --articles DIR --questions FILE.jsonl

Prints the area under the ROC curve: the chance that an answerable question gets a higher probability than one that the
articles don't answer; and what shares of both are answered and declined at several thresholds, the shipped one first.
Questions that lean on earlier ones, and those on a subject as a whole, are left out.
"""

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from qa import read_gold
from qa.answer_types import asks_overview
from qa.declining import ruled
from qa.extractive import ExtractiveAnswerer, Reading
from qa.linear import LinearModel
from vectorstore import ArticleIndex


def chance_of(reading: Reading, model: LinearModel) -> float:
    """Give the probability that a question is answered; 0 or 1 where a rule decides."""
    ruling = ruled(reading.question, reading.terms, reading.ranked)
    if ruling is None and reading.evidence:
        return model.probability(asdict(reading.evidence))
    return float(bool(ruling))


def main() -> None:
    """Read what the articles have on each question, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    options = parser.parse_args()
    asked = [
        question
        for question in read_gold(options.questions)
        if not question.history and not asks_overview(question.question)
    ]
    model = LinearModel.load("declining")
    with tempfile.TemporaryDirectory() as place, ArticleIndex.open(options.articles, Path(place) / "index") as index:
        index.sync()
        answerer = ExtractiveAnswerer(index)
        chances = np.array([chance_of(answerer.read(question.question), model) for question in asked])
    truth = np.array([question.answerable for question in asked])
    pairs = chances[truth][:, None] - chances[~truth][None, :]
    area = float(((pairs > 0) + 0.5 * (pairs == 0)).mean())
    sys.stdout.write(f"{len(asked)} questions, {truth.sum()} answerable; area under the curve {area:.3f}\n")
    for threshold in (model.threshold, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept, declined = (chances[truth] >= threshold).mean(), (chances[~truth] < threshold).mean()
        sys.stdout.write(f"threshold {threshold:.2f}: answered {kept:.3f}, declined {declined:.3f}\n")


if __name__ == "__main__":
    main()
