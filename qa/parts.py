"""Split a question that asks the same of several things into one question for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .clauses import without_mark
from .dates import MONTHS

__all__ = ["Part", "split_parts"]

_PREPOSITIONS = frozenset("about after at before by during for from in on to under with".split())
_DISTRIBUTES = re.compile(r"\b(?:each(?!\s+other)|both|respectively)\b,?\s*(?:of\s+)?", re.IGNORECASE)
_DETERMINERS = frozenset("the a an its their his her".split())
# An item with one of these asks for itself ("and on what grounds"), or goes on with the one before.
_NO_ITEM = frozenset("what which who whom whose when where why how particular".split())
_NO_NOUNS = _PREPOSITIONS | frozenset("and between if of or that than through until which who without".split())
_LONGEST_ITEM, _LONGEST_NOUNS = 5, 3  # words
_MOST_PARTS = 6  # a longer list leaves no room to answer each

Words = Sequence[str]


@dataclass(frozen=True)
class Part:
    """Hold the question for one of several things, and the words that it alone has: "in Bali".

    Where it `is_question`, the label is what it asks for: "when".
    """

    label: str
    question: str
    is_question: bool = False


def split_parts(question: str) -> tuple[Part, ...]:
    """Split "What was said in Bali and in Lima?" into a question for each place; nothing where there is no such list.

    The items of a list begin with the same preposition, or with "the" where the question says "each". What is listed
    twice is asked once.
    """
    words = without_mark(question).split()
    markers = _PREPOSITIONS | {"the"} if _DISTRIBUTES.search(question) else _PREPOSITIONS
    for joint in range(2, len(words) - 2):
        if words[joint] == "and" and words[joint + 1] in markers:
            begins = _begins(words, joint)
            if len(begins) > 1:
                parts = _parts(words, begins)
                return parts if 1 < len(parts) <= _MOST_PARTS else ()
    return ()


def _begins(words: Words, joint: int) -> list[int]:
    """Find where the items around an "and" begin; a comma or another "and" stands between any two."""
    marker, begins = words[joint + 1], [joint + 1]
    while len(begins) == 1 or _joins(words[begins[0] - 1]):
        end = _end(words, begins[0])
        before = [at for at in range(max(0, end - _LONGEST_ITEM - 1), end - 1) if words[at] == marker]
        if not before or any(word.endswith(",") for word in words[before[-1] : end - 1]):
            break
        begins.insert(0, before[-1])
    for at in range(joint + 2, len(words) - 1):
        if words[at] == marker and _joins(words[at - 1]) and 2 <= _end(words, at) - begins[-1] <= _LONGEST_ITEM:
            begins.append(at)
    return begins


def _end(words: Words, begin: int) -> int:
    """Tell where the item before the one that begins here ends."""
    return begin - (words[begin - 1] == "and")


def _joins(word: str) -> bool:
    return word == "and" or word.endswith(",")


def _parts(words: Words, begins: Sequence[int]) -> tuple[Part, ...]:
    items = _items(words, begins)
    last = begins[-1] + len(items[-1])
    before, after = words[: begins[0]], words[last:]
    if all(item[1] in _DETERMINERS and _names(item[-1]) for item in items) and (nouns := _nouns(after)):
        # "in the Geneva and in the Vienna talks"
        items, after = [[*item, *nouns] for item in items], after[len(nouns) :]
    if any(item[-1] in _DETERMINERS or not _NO_ITEM.isdisjoint(item) for item in items):
        return ()
    year = items[-1][-1]
    parts: dict[str, Part] = {}
    for item in items:
        item[-1] = item[-1].rstrip(",")
        if item[-1].casefold() in MONTHS and year.isdigit():
            item.append(year)
        asked = _DISTRIBUTES.sub("", " ".join([*before, *item, *after]))
        label = " ".join(item)
        parts.setdefault(label.casefold(), Part(label, f"{asked}?"))
    return tuple(parts.values())


def _items(words: Words, begins: Sequence[int]) -> list[list[str]]:
    """Give the words of each item, without the "and" behind it."""
    items = [list(words[begin : _end(words, after)]) for begin, after in pairwise(begins)]
    rest = words[begins[-1] :]
    return [*items, list(rest[: _length_of_last(items[-1], rest)])]


def _length_of_last(item: Words, rest: Words) -> int:
    """Tell how many words the last item has: a whole name or phrase, or as many as the item before if that is alike."""
    length = next((at for at in range(1, len(rest)) if rest[at] not in _DETERMINERS), len(rest) - 1) + 1
    is_name = all(word in _DETERMINERS or _names(word) for word in item[1:])
    is_alike = not is_name and (rest[1] in _DETERMINERS) == (item[1] in _DETERMINERS)
    goes_on = _names if is_alike or _names(rest[length - 1]) else _describes
    while length < len(rest) and length <= _LONGEST_ITEM and goes_on(rest[length]):
        length += 1
    length = max(length, len(item)) if is_alike else length
    return next((at for at in range(2, length) if rest[at - 1].endswith(",")), length)


def _describes(word: str) -> bool:
    return word == "of" or word not in _NO_NOUNS


def _nouns(words: Words) -> Words:
    """Give the nouns that these words begin with: all of the words, or else, since a verb may follow, the first."""
    if len(words) <= _LONGEST_NOUNS and all(map(_is_noun, words)):
        return words
    return words[:1] if words and _is_noun(words[0]) else ()


def _is_noun(word: str) -> bool:
    return word.isalpha() and word.islower() and word not in _NO_NOUNS


def _names(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit()
