"""Make the examples that train the support score: statements with passages that say them, or don't."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reader_data import HELD_OUT, Example
from support_data import MUTATIONS, Pair, mutate, read_pairs, share_of

__all__ = ["read_statements"]

TRAINED_ON = ("FEVER", "FoolMeTwice dev", "SNLI", "MNLI", "copied")
CHANGED = ("FEVER", "copied", "shortened", "moved")
COPIED, MUTATED = 7000, 3000
NO_CONTEXT, ANY_CONTEXT = 0.4, 0.6
_FRONTED = re.compile(
    r"((?:In|On|After|During|By|At|Since|Before|From|Under|With|For) [^,]{3,60}), ([A-Za-z][^,]{20,})\."
)


def read_statements(data: Path, seed: int) -> list[Example]:
    """Read the share of the sets that trains, and change supported statements to be false."""
    chance = random.Random(seed)
    pairs: list[Pair] = []
    for name, read in read_pairs(data).items():
        if name not in TRAINED_ON:
            continue
        kept = [
            pair for pair in read if share_of(pair) == "training" and pair.context.replace(" ", "_") not in HELD_OUT
        ]
        pairs += _sampled(kept, chance) if name == "copied" else kept
    true = [pair for pair in pairs if pair.supported and pair.kind in CHANGED]
    for kind in sorted(MUTATIONS.keys() - {"quote stitched"}):  # which the gate finds out by comparing bytes
        pairs += list(mutate(chance.sample(true, len(true)), kind, chance))[:MUTATED]
    pairs += list(_without(true))[:MUTATED]
    return [_example(pair, chance, pairs) for pair in pairs]


def _sampled(pairs: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """Sample copied sentences, shortened ones, and ones whose beginning is moved to their end."""
    copied = [pair for pair in pairs if pair.kind == "copied" and len(pair.claim.split()) >= 6]
    shortened = [pair for pair in pairs if pair.kind == "shortened"]
    moved = [
        replace(pair, kind="moved", claim=f"{match[2][0].upper()}{match[2][1:]} {match[1][0].lower()}{match[1][1:]}.")
        for pair in copied
        if (match := _FRONTED.fullmatch(pair.claim))
    ]
    return [
        *chance.sample(copied, min(len(copied), COPIED)),
        *chance.sample(shortened, min(len(shortened), COPIED)),
        *moved,
    ]


def _without(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Take a copied sentence out of its passage, which then speaks of the same and doesn't say it."""
    for pair in pairs:
        rest = " ".join(pair.passage.replace(pair.claim, " ").split())
        if pair.kind == "copied" and len(rest) > 80 and len(rest) < len(pair.passage) - 20:
            yield replace(pair, kind="taken out", passage=rest, supported=False)


def _example(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> Example:
    """Put a context before the passage: often none, and sometimes one that has nothing to do with it."""
    draw = chance.random()
    context = "" if draw < NO_CONTEXT else chance.choice(others).context if draw < ANY_CONTEXT else pair.context
    passage = f"{context}. {pair.passage}" if context else pair.passage
    return Example(pair.kind, pair.claim, passage, pair.supported, focus=(0, len(passage)), is_statement=True)
