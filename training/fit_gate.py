"""Fit the decision whether an article's words support a model's sentence, and measure the whole gate on public data.

    .venv/bin/python training/fit_gate.py --data ../shared/reader-data

What breaks a rule of qa/facts.py never passes, nor as written what breaks one of qa/faithfulness.py; what copies the
article and breaks none always does. So the decision is fitted on the pairs that are no copies: a logistic regression
over the figures of qa/support.py, gathered by the product's own code; a figure that would count the wrong way is left
out. The reader was trained on two thirds of the pairs, by what they are about; half of the others serve for fitting and
half for measuring, and three sets for measuring alone. The threshold lets
MOST_PASSED of the pairs through that are not supported, the sets' own and those changed to be false. The table says
what became of the pairs for measuring: shown as written, in the article's words instead, or left out.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fit_decisions import fit_logistic, rounded
from numpy.typing import NDArray
from support_data import MUTATIONS, Pair, mutate, read_pairs, share_of

from qa.gate import Passage, examine
from qa.linear import LinearModel
from qa.reader import Reader
from qa.support import Support
from vectorstore import split_sentences

OUT = Path("qa/models/support.json")
FITTED_ON = ("FEVER", "FoolMeTwice dev", "SNLI", "MNLI", "copied")
CHANGED = ("FEVER", "copied", "shortened")
MOST_PASSED = 0.015


@dataclass(frozen=True)
class Case:
    """Hold a pair with the support that it has; None where it breaks a rule."""

    pair: Pair
    support: Support | None

    @property
    def outcome(self) -> str:
        """Say what the gate makes of the pair."""
        if self.support is None:
            return "left out"
        if self.support.is_enough:
            return "as written"
        return "in its words" if self.support.is_related else "left out"


def gather(data: Path, each: int, seed: int) -> list[Case]:
    """Read, change and examine pairs, at most `each` of a kind."""
    chance, reader = random.Random(seed), Reader()
    cases: list[Case] = []
    for name, pairs in read_pairs(data).items():
        shares = {"fitting", "measuring"} if name in FITTED_ON else {"training", "measuring"}
        unseen = [pair for pair in pairs if share_of(pair) in shares]
        cases += examined(chance.sample(unseen, min(len(unseen), 2 * each)), reader)
    right = [case.pair for case in cases if case.pair.supported and case.support and case.pair.kind in CHANGED]
    for kind in MUTATIONS:
        cases += examined(list(mutate(chance.sample(right, len(right)), kind, chance))[:each], reader)
    return cases


def examined(pairs: Sequence[Pair], reader: Reader) -> list[Case]:
    """Examine pairs as the gate does."""
    cases = []
    for pair in pairs:
        sentences = tuple(split_sentences(pair.passage)) or ((0, len(pair.passage)),)
        passage = Passage("", 0, pair.passage, sentences, pair.context)
        cases.append(Case(pair, examine(pair.claim, passage, reader).support))
    return cases


def fit(cases: Sequence[Case]) -> LinearModel:
    """Fit a model whose weights are all above zero; the threshold is left as it is by default."""
    supports = [case.support for case in cases if case.support]
    truth = np.array([float(case.pair.supported) for case in cases if case.support])
    names = list(supports[0].figures)
    while True:
        weights = fit_logistic(figures(supports, names), truth)
        wrong = [name for name, weight in zip(names, weights, strict=False) if weight < 0]
        if not wrong:
            return LinearModel(
                rounded(dict(zip(names, map(float, weights), strict=False))), round(float(weights[-1]), 4)
            )
        names = [name for name in names if name not in wrong]


def figures(supports: Sequence[Support], names: Sequence[str]) -> NDArray[np.float64]:
    """Give some figures of each support, a row each."""
    return np.array([[support.figures[name] for name in names] for support in supports])


def threshold(model: LinearModel, false: Sequence[Case]) -> float:
    """Choose the probability that no more than MOST_PASSED of the unsupported pairs reach."""
    chances = [model.probability(case.support.figures) if case.support else 0.0 for case in false]
    return round(float(np.quantile(chances, 1 - MOST_PASSED)), 4) + 0.0001


def main() -> None:
    """Gather, fit, write the model, and report by kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/reader-data"))
    parser.add_argument("--each", type=int, default=300, help="pairs of each kind, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="wrong decisions to show of each kind")
    options = parser.parse_args()
    cases = gather(options.data, options.each, options.seed)
    fitting = [case for case in cases if share_of(case.pair) == "fitting"]
    model = fit([case for case in fitting if case.support and not case.support.is_copy])
    false = [case for case in fitting if not case.pair.supported]
    changed = [case for case in false if case.pair.kind in MUTATIONS]
    least = max(threshold(model, changed), threshold(model, [case for case in false if case not in changed]))
    fields = {"made_by": "training/fit_gate.py", "weights": model.weights, "bias": model.bias, "threshold": least}
    OUT.write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))
    LinearModel.load.cache_clear()
    held = [case for case in cases if share_of(case.pair) != "fitting"]
    for supported in (True, False):
        print(f"{'supported' if supported else 'unsupported'}: pairs, as written, in the article's words, left out")
        for kind in dict.fromkeys(case.pair.kind for case in held if case.pair.supported == supported):
            these = [case for case in held if case.pair.kind == kind and case.pair.supported == supported]
            shares = [
                np.mean([case.outcome == name for case in these]) for name in ("as written", "in its words", "left out")
            ]
            print(f"  {kind:16} {len(these):5} " + " ".join(f"{share:7.1%}" for share in shares))
            wrong = [case for case in these if (case.outcome == "as written") != supported]
            for case in wrong[: options.show]:
                print(f"      {case.pair.claim} | {case.pair.context} | {case.pair.passage[:300]}")


if __name__ == "__main__":
    main()
