"""Tell persons of one name apart: whom "Moreno" means in an article, where a question asks about Paul Moreno."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from vectorstore import Article

from .names import Name, find_names

__all__ = ["Bearer"]

# Short forms of first names, each with the names that it stands for.
_SHORT = {
    short: frozenset(full)
    for short, *full in (
        entry.split()
        for entry in (
            "abe abraham|al alan albert alfred|alex alexander alexandra|andy andrew|barb barbara|ben benjamin|"
            "beth elizabeth|betty elizabeth|bill william|billy william|bob robert|bobby robert|cathy catherine|"
            "charlie charles|chris christina christine christopher|chuck charles|cindy cynthia|dan daniel|danny daniel|"
            "dave david|deb deborah|debbie deborah|dick richard|don donald|doug douglas|ed edgar edward edwin|"
            "eddie edward|frank francis franklin|fred alfred frederick|gabe gabriel|gene eugene|greg gregory|"
            "hank henry|harry harold henry|jack jackson john|jake jacob|jeff geoffrey jeffrey|jen jennifer|"
            "jenny jennifer|jerry gerald jerome|jim james|jimmy james|joe joseph|joey joseph|johnny john|"
            "jon jonathan|josh joshua|judy judith|kate katherine kathleen|kathy katherine kathleen|katie katherine|"
            "ken kenneth|kim kimberly|larry lawrence|len leonard|liz elizabeth|maggie margaret|marty martin|"
            "matt matthew|max maximilian maxwell|meg margaret|mel melvin|mike michael|mick michael|mickey michael|"
            "mitch mitchell|nancy ann|nate nathan nathaniel|ned edward|nick nicholas|nicky nicholas|"
            "pam pamela|pat patricia patrick|patty patricia|peggy margaret|pete peter|phil philip phillip|"
            "randy randall|ray raymond|rich richard|rick eric frederick richard|rob robert|robbie robert|ron ronald|"
            "ronnie ronald|russ russell|sam samantha samuel|sandy alexander sandra|stan stanley|steve stephen steven|"
            "sue susan|susie susan|ted edward theodore|terry terence teresa|tim timothy|toby tobias|tom thomas|"
            "tommy thomas|tony anthony antony|val valerie|vicky victoria|vince vincent|walt walter|will william|"
            "zach zachary"
        ).split("|")
    )
}
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_WORD = r"(?<![\w.])[^\W\d_a-z][\w.’'-]*"
_MOST_BESIDE, _LONGEST_BEFORE = 4, 80  # words and letters that one name has beside another part of it
_BEFORE = re.compile(rf"(?:{_WORD}\s+){{1,{_MOST_BESIDE}}}$")
_MISSPELT = 0.9  # of the letters are alike, as of "Condoleeza" and "Condoleezza"
_CONTEXT = 4  # letters before a name, by which one tells whether it opens a sentence


class Bearer:
    """Hold the one who bears a name, as an article speaks of that one.

    A part of the name is that one's where the article has the full name, or has the part in nobody else's.
    """

    def __init__(self, name: Name, article: Article) -> None:
        text = f"{article.title}\n\n{article.text}"
        self._words = _words(name)
        self._parts = {word for word in self._words if self._goes_by(word, text)}

    def bears(self, name: Name) -> bool:
        """Tell whether a name in the article is this one's."""
        words = _words(name)
        return _are_one(self._words, words) and (not set(words) < set(self._words) or self._parts.issuperset(words))

    def is_named_in(self, sentence: str) -> bool:
        """Tell whether a sentence of the article has at least the last part of the name, and not as another's."""
        last = self._words[-1]
        if last not in self._parts or not re.search(rf"\b{re.escape(last)}\b", sentence.casefold()):
            return False
        return self._goes_by(last, sentence)

    def _goes_by(self, part: str, text: str) -> bool:
        others = list(_longer_names(part, text))
        return not others or any(_are_one(self._words, other) for other in others)


def _longer_names(part: str, text: str) -> Iterator[tuple[str, ...]]:
    """Find the names of a text that have a word besides others."""
    bearing = re.compile(rf"(?i:\b{re.escape(part)}\b)(?:\s+{_WORD}){{0,{_MOST_BESIDE}}}")
    around = set()
    for match in bearing.finditer(text):  # what stands before is looked for from here: a text may be all in capitals
        before = _BEFORE.search(text, max(0, match.start() - _LONGEST_BEFORE), match.start())
        start = before.start() if before else match.start()
        around.add(text[max(0, start - _CONTEXT) : match.end()])
    for words_around in around:
        for name in find_names(words_around):
            words = _words(name)
            if name.kind == "person" and len(words) > 1 and part in words:
                yield words


def _words(name: Name) -> tuple[str, ...]:
    words = [word.replace(".", "") for word in name.text.casefold().split()]
    return tuple(word for word in words if word not in _SUFFIXES) or tuple(words)


def _are_one(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether two names may be of one person: the same but for what is left out or shortened."""
    if set(words) <= set(others) or set(others) <= set(words):
        return True
    return words[-1] == others[-1] and any(_are_alike(words[0], other) for other in others[:-1])


def _are_alike(first: str, other: str) -> bool:
    """Tell whether two first names may be one: "J." and "John", "Bill" and "William", or one of them misspelt."""
    if min(len(first), len(other)) == 1:
        return first[0] == other[0]
    if SequenceMatcher(None, first, other).ratio() >= _MISSPELT:
        return True
    return not _full(first).isdisjoint(_full(other))


def _full(first: str) -> frozenset[str]:
    return _SHORT.get(first, frozenset()) | {first}
