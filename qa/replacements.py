"""Tell whether a sentence near to an article's has another name, amount or relation in the place of the article's."""

import re
from collections.abc import Iterator, Mapping, Sequence

from .wording import Word, Words

__all__ = ["replaces"]

_SCALES = frozenset(
    "dozen dozens tens hundred hundreds thousand thousands million millions billion billions trillion trillions".split()
)
_OPPOSITES = frozenset(
    frozenset(pair.split())
    for pair in (
        "before after|before since|after until|until since|until from|over under|above below|with without|for against|"
        "to from|more less|more fewer|most least|most few|all some"
    ).split("|")
)
_PRONOUNS = frozenset("he she they it".split())
# What is longer is rather rewritten than another name, which stands for one of so many words left out.
_LONGEST, _REACH = 6, 12  # words
_STOP = re.compile(r"[.!?]")


def replaces(claim: Words, proof: Words, places: Mapping[int, int]) -> bool:
    """Tell whether what a claim says between two words of its proof is another thing than the proof says there.

    `places` are where its words stand in the proof, by their places in the claim.
    """
    common = claim.lower | proof.lower
    return any(
        _opposes(said, left_out) or _scales(said, left_out) or _renames(said, left_out, between, common)
        for said, left_out, between in _gaps(claim, proof, places)
    )


def _gaps(
    claim: Words, proof: Words, places: Mapping[int, int]
) -> Iterator[tuple[Sequence[Word], Sequence[Word], Sequence[Word]]]:
    """Yield the runs of a claim's own words, each with those left out and all that stand in its place in the proof."""
    kept = set(places.values())
    first = 0
    while first < len(claim.words):
        if first in places:
            first += 1
            continue
        last = next((place for place in range(first, len(claim.words)) if place in places), len(claim.words))
        end = places.get(last, len(proof.words))
        start = places[first - 1] + 1 if first else _sentence_start(proof, end)
        between = range(start, end)
        yield (
            claim.words[first:last],
            [proof.words[place] for place in between if place not in kept],
            proof.words[start:end],
        )
        first = last


def _sentence_start(proof: Words, place: int) -> int:
    while place and (place == len(proof.words) or not _STOP.search(proof.gap_before(place))):
        place -= 1
    return place


def _opposes(said: Sequence[Word], left_out: Sequence[Word]) -> bool:
    return any(frozenset((one.folded, other.folded)) in _OPPOSITES for one in said for other in left_out)


def _scales(said: Sequence[Word], left_out: Sequence[Word]) -> bool:
    ours, theirs = ({word.folded for word in words} & _SCALES for words in (said, left_out))
    return bool(ours and theirs) and ours != theirs


def _renames(said: Sequence[Word], left_out: Sequence[Word], between: Sequence[Word], common: set[str]) -> bool:
    known, near = {word.identity for word in between}, left_out[:_REACH]
    return (
        len(said) <= _LONGEST
        and any(word.is_name(common) and word.identity not in known for word in said)
        and any(word.is_name(common) for word in near)
        and _PRONOUNS.isdisjoint(word.folded for word in near)
    )
