"""Split a question that asks the same of several things into one question for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .dates import MONTHS

__all__ = ["Part", "split_parts"]

_PREPOSITIONS = frozenset("about after at before by during for from in on to under with".split())
_DISTRIBUTES = re.compile(r"\b(?:each|both|respectively)\b,?\s*", re.IGNORECASE)
_DETERMINERS = frozenset("the a an its their his her".split())
_LONGEST_ITEM = 5  # words

Words = Sequence[str]


@dataclass(frozen=True)
class Part:
    """Hold the question for one of several things, and the words that it alone has: "in Bali"."""

    label: str
    question: str


def split_parts(question: str) -> tuple[Part, ...]:
    """Split "What was said in Bali and in Lima?" into a question for each place; nothing where there is no such list.

    The items of a list begin with the same preposition, or with "the" where the question says "each".
    """
    words = question.rstrip("?. ").split()
    markers = _PREPOSITIONS | {"the"} if _DISTRIBUTES.search(question) else _PREPOSITIONS
    for joint in range(2, len(words) - 2):
        marker = words[joint + 1]
        if words[joint] == "and" and marker in markers:
            begins = _items_before(words, joint, marker)
            if begins:
                return _parts(words, begins, joint)
    return ()


def _items_before(words: Words, joint: int, marker: str) -> list[int]:
    """Find where the items before "and" begin; each but the last ends with a comma."""
    begins: list[int] = []
    end = joint
    while True:
        found = [at for at in range(max(0, end - _LONGEST_ITEM - 1), end - 1) if words[at] == marker]
        if not found or any(word.endswith(",") for word in words[found[-1] : end - 1]):
            return begins
        begins.insert(0, found[-1])
        end = found[-1]
        if not words[end - 1].endswith(","):
            return begins


def _parts(words: Words, begins: list[int], joint: int) -> tuple[Part, ...]:
    ends = [*begins[1:], joint]
    items = [list(words[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    last = joint + 1 + _length_of_last(items[-1], words[joint + 1 :])
    items.append(list(words[joint + 1 : last]))
    before, after = words[: begins[0]], words[last:]
    year = items[-1][-1]
    parts = []
    for item in items:
        item[-1] = item[-1].rstrip(",")
        if item[-1].casefold() in MONTHS and year.isdigit():
            item.append(year)
        asked = _DISTRIBUTES.sub("", " ".join([*before, *item, *after]))
        parts.append(Part(" ".join(item), f"{asked}?"))
    return tuple(parts)


def _length_of_last(item: Words, rest: Words) -> int:
    """Tell how many words the last item has: a whole name after a name, else as many as the item before."""
    if not all(_names(word) for word in item[1:]):
        return len(item)
    length = 1
    while length < len(rest) and _names(rest[length]):
        length += 1
    return max(length, 2)


def _names(word: str) -> bool:
    return word in _DETERMINERS or word[0].isupper() or word[0].isdigit()
