"""Find by rule what a sentence claims and the words that should prove it don't: figures, dates, names, denials."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vectorstore import stems

from .figures import Figure
from .wording import Words

__all__ = ["Grounds", "denials", "find_fault"]

# A name or number is known by so many telling words on either side of it, a denial by so many behind it.
_REACH = 4
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot can't won't isn't aren't wasn't weren't don't doesn't "
    "didn't hasn't haven't hadn't couldn't wouldn't shouldn't mustn't hardly barely unable nowhere".split()
)
# Words that deny without saying "not": a claim's "not" may stand for one of them, and the reverse.
_DENIAL_STEMS = stems(
    "refuse decline reject deny fail lack absent avoid cancel stop halt end cut sever suspend unlikely impossible "
    "oppose forbid ban prohibit block prevent dismiss rule rebuff snub spurn ignore miss unable few little break "
    "broken withhold abandon abstain except less fewer lower weak weaker unchanged unclear unknown unresolved"
)
_RANGE_END = re.compile(r"\b(from|to)\s+$", re.IGNORECASE)
_PRONOUNS = frozenset(
    "he she they it his her their its them him himself herself itself themselves who which we i our my us".split()
)


@dataclass(frozen=True)
class Grounds:
    """Hold what a claim is checked against.

    `proof` are the sentences that should prove it, `passage` is what they stand in, and `context` its article's title
    and date.
    """

    proof: Words
    passage: Words
    context: Words

    @property
    def common(self) -> set[str]:
        """Give the stems of words that are no names here."""
        return self.proof.lower | self.passage.lower


def find_fault(claim: Words, grounds: Grounds) -> str:
    """Say what in a claim its proof lacks or contradicts, or an empty string."""
    checks = (_figure_fault, _date_fault, _name_fault, _negation_fault)
    return next((fault for check in checks if (fault := check(claim, grounds))), "")


def _figure_fault(claim: Words, grounds: Grounds) -> str:
    proof = grounds.proof
    dates = [figure for figure in grounds.context.figures if figure.kind in {"year", "day"}]
    for figure in claim.figures:
        alike = [other for other in (*proof.figures, *dates) if figure.is_of(other)]
        if not alike:
            return f"the number {figure.value:f} is not there"
        units = {other.unit for other in alike}
        counted = any(other.unit == figure.unit for other in proof.figures)
        if figure.unit not in {"", "decade", *units} and (counted or "" not in units):
            return f"{figure.value:f} is not in {figure.unit}"
        # a number belongs to the words around it
        near = claim.near(figure.start, _REACH)
        ends = _other_ends(figure, claim, proof)
        rivals = [
            other
            for other in proof.figures
            if other.kind == figure.kind and other not in ends and not figure.is_of(other)
        ]
        theirs = max((len(near & proof.near(other.start, _REACH)) for other in rivals), default=0)
        if theirs and not any(
            other not in proof.figures or len(near & proof.near(other.start, _REACH)) >= theirs for other in alike
        ):
            return f"{figure.value:f} belongs to something else"
    return ""


def _other_ends(figure: Figure, claim: Words, proof: Words) -> list[Figure]:
    """Find the proof's figures that make a range with a claim's figure, at whose other end it stands in both."""
    end = _end(claim, figure)
    return [
        other
        for pair in pairwise(proof.figures)
        for own, other in (pair, pair[::-1])
        if end and figure.is_of(own) and _end(proof, own) == end and _end(proof, other) not in {"", end}
    ]


def _end(words: Words, figure: Figure) -> str:
    """Give the preposition before a figure that tells which end of a range it is; empty without one."""
    found = _RANGE_END.search(words.text, 0, figure.start)
    return found.group(1).casefold() if found else ""


def _date_fault(claim: Words, grounds: Grounds) -> str:
    for date in sorted(claim.dates - grounds.proof.dates - grounds.context.dates):
        return f"{date.capitalize()} is not there"
    return ""


def _name_fault(claim: Words, grounds: Grounds) -> str:
    proof, passage, context, common = grounds.proof, grounds.passage, grounds.context, grounds.common
    known = [name for words in (proof, passage, context) for name in words.full_names(common)]
    for name in claim.full_names(common):
        if name & passage.folded and not any(name <= other for other in known):
            return f"{' '.join(sorted(name))!r} is no name there"
    followed = {word.folded: after for word, after in zip(claim.words, claim.words[1:], strict=False)}
    pronouns = not _PRONOUNS.isdisjoint(proof.folded)
    for word in claim.names(common):
        if word.keys & proof.named or word.folded in proof.folded | proof.initials:
            continue
        if not word.keys & (passage.named | context.named) and word.folded not in passage.initials:
            return f"{word.folded!r} is not there"
        family = followed.get(word.folded)
        is_given = family is not None and family.text[0].isupper() and family.folded in proof.folded
        if not pronouns and not word.keys & context.named and not is_given:
            return f"{word.folded!r} is not in that sentence"
    return ""


def _negation_fault(claim: Words, grounds: Grounds) -> str:
    proof = grounds.proof
    claimed, proved = list(denials(claim)), list(denials(proof))
    for at, by_meaning in claimed:
        scope = claim.next_telling(at, _REACH)
        answered = any(
            not (soft and proof.words[other].stem in claim.stems)
            and (not scope or scope & proof.next_telling(other, _REACH))
            for other, soft in proved
        )
        if not by_meaning and not answered:
            return "it is denied"
    denied = any(not by_meaning or claim.words[at].stem not in proof.stems for at, by_meaning in claimed)
    for at, by_meaning in proved:
        scope = proof.next_telling(at, _REACH)
        if not by_meaning and not denied and scope and len(scope & claim.stems) >= min(2, len(scope)):
            return "a denial is left out"
    return ""


def denials(words: Words) -> Iterator[tuple[int, bool]]:
    """Yield the places of the words that deny, and whether they do so by their meaning alone."""
    for at, word in enumerate(words.words):
        ahead = words.words[at + 1].folded if at + 1 < len(words.words) else ""
        if word.folded in _NEGATIONS or word.folded.endswith("n't") or (word.folded, ahead) == ("yet", "to"):
            if not (word.folded in {"not", "no"} and ahead in {"only", "later", "doubt"}):
                yield at, False
        elif word.stem in _DENIAL_STEMS and word.folded != "several":  # which has the stem of "sever"
            yield at, True
