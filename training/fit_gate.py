"""Fit the decision whether an article's words support a model's sentence, and measure the whole gate.

    .venv/bin/python training/fit_gate.py --data ../shared/reader-data

What breaks a rule of qa/facts.py never passes, so the decision is fitted on the pairs that break none: a logistic
regression over the figures of qa/support.py, gathered by the product's own code. Pairs are held out by their passage.
Supported pairs are those of the sets in support_data.py; unsupported are the sets' own, and supported ones with one
thing changed. The threshold lets through MOST_PASSED of the changed ones that were held out... see `main`.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fit_decisions import fit_logistic, rounded
from numpy.typing import NDArray
from support_data import MUTATIONS, Pair, is_held_out, mutate, read_pairs

from qa.gate import Passage, examine
from qa.support import Support, Supporter
from vectorstore import split_sentences

OUT = Path("qa/models/support.json")
TRAINED_ON = ("FEVER", "FoolMeTwice dev", "SNLI", "MNLI", "copied")
HELD_OUT_ONLY = ("FEVER-Symmetric", "FoolMeTwice test", "WiCE")
MUTATED = ("FEVER", "copied")
MOST_PASSED = 0.02


@dataclass(frozen=True)
class Case:
    """Hold a pair with the rule that it breaks, or the support that it has."""

    pair: Pair
    support: Support | None
    fault: str


def examined(pairs: Sequence[Pair], supporter: Supporter) -> list[Case]:
    """Examine pairs as the gate does."""
    cases = []
    for pair in pairs:
        sentences = tuple(split_sentences(pair.passage)) or ((0, len(pair.passage)),)
        seen = examine(pair.claim, Passage("", 0, pair.passage, sentences, pair.context), supporter)
        cases.append(Case(pair, seen.support, seen.fault))
    return cases


def features(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Give the figures of cases that break no rule, a row each."""
    return np.array([list(asdict(case.support).values()) for case in cases if case.support])


def main() -> None:
    """Gather, fit, choose the threshold, report by kind, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/reader-data"))
    parser.add_argument("--each", type=int, default=600, help="pairs of each kind, at most")
    parser.add_argument("--show", type=int, default=0, help="errors to show of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    import pickle

    if options.cache and options.cache.exists():
        cases = pickle.loads(options.cache.read_bytes())
    else:
        cases = gather(options)
        if options.cache:
            options.cache.write_bytes(pickle.dumps(cases))
    training = [case for case in cases if case.support and not is_held_out(case.pair)]
    training = [case for case in training if case.pair.kind in {*TRAINED_ON, "FoolMeTwice", "shortened", *MUTATIONS}]
    truth = np.array([float(case.pair.supported) for case in training])
    weights = fit_logistic(features(training), truth)
    held = [case for case in cases if is_held_out(case.pair)]
    changed = [case for case in held if case.pair.kind in MUTATIONS]
    scores = {id(case): score(case, weights) for case in cases}
    threshold = float(np.quantile([scores[id(case)] for case in changed], 1 - MOST_PASSED))
    names = list(asdict(next(case.support for case in cases if case.support)))
    print("weights", dict(zip([*names, "bias"], weights.round(2), strict=True)), "threshold", round(threshold, 3))
    for supported in (True, False):
        print("supported, kept back:" if supported else "unsupported, let through:")
        for kind in dict.fromkeys(case.pair.kind for case in cases):
            these = [case for case in held if case.pair.kind == kind and case.pair.supported == supported]
            if these:
                passed = np.array([scores[id(case)] > threshold for case in these])
                ruled = np.mean([bool(case.fault) for case in these])
                wrong = 1 - passed.mean() if supported else passed.mean()
                print(f"  {kind:16} {wrong:6.1%} of {len(these)}; rules alone stop {ruled:.1%}")
                for case in [c for c, p in zip(these, passed, strict=True) if p != supported][: options.show]:
                    print(
                        "      ", case.fault, "|", case.pair.claim, "|", case.pair.context, "|", case.pair.passage[:400]
                    )
    write(names, weights, threshold)


def gather(options: argparse.Namespace) -> list[Case]:
    """Read, change and examine the pairs."""
    chance = random.Random(options.seed)
    supporter = Supporter()
    cases: list[Case] = []
    sets = read_pairs(options.data)
    for name, pairs in sets.items():
        pairs = chance.sample(pairs, min(len(pairs), options.each * (2 if name == "copied" else 3)))
        cases += examined([p for p in pairs if name not in HELD_OUT_ONLY or is_held_out(p)], supporter)
        print(name, len(cases), flush=True)
    right = [
        case.pair
        for case in cases
        if case.pair.supported and not case.fault and case.pair.kind in {*MUTATED, "shortened"}
    ]
    for kind in MUTATIONS:
        changed = list(mutate(chance.sample(right, len(right)), kind, chance))[: options.each]
        cases += examined(changed, supporter)
        print(kind, len(cases), flush=True)
    return cases


def score(case: Case, weights: NDArray[np.float64]) -> float:
    """Weigh a case; minus infinity where it breaks a rule."""
    if case.support is None:
        return -np.inf
    return float(np.array(list(asdict(case.support).values())) @ weights[:-1] + weights[-1])


def write(names: Sequence[str], weights: NDArray[np.float64], threshold: float) -> None:
    """Write the model."""
    model: dict[str, Any] = {
        "made_by": "training/fit_gate.py",
        "weights": rounded(dict(zip(names, map(float, weights[:-1]), strict=True))),
        "bias": round(float(weights[-1]), 4),
        "threshold": round(float(1 / (1 + np.exp(-threshold))), 4),
    }
    OUT.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
