"""Tell what answers "Who is Liu Zhenli?": words that describe the one who is named, and no other name.

And whether a name answers "Who met Liu?" all by itself.
"""

import re
from difflib import SequenceMatcher

from .clauses import parse_question
from .names import PERSON_NOUNS, Name, find_names

__all__ = ["is_named_in", "is_one_of_several", "is_only_named", "is_titled_name", "person_asked_about"]

_TITLES = PERSON_NOUNS | {"of", "the"}
_NOUNS = "|".join(sorted(PERSON_NOUNS))
_CAPITALISED = r"[^\W\d_a-z][\w.’'-]*"
_OFFICE = rf"(?:(?:{_CAPITALISED}|{_NOUNS}|and|as|for|of|the|to)\s+)*"
_LISTED_BEFORE = re.compile(rf"(?<![\w.])(?!(?i:{_NOUNS})\b){_CAPITALISED},?\s+and\s+{_OFFICE}$")
_LISTED_BEHIND = re.compile(rf"(?:;|(?:,\s+{_OFFICE}{_CAPITALISED})*[,;]?\s+and)\s+{_OFFICE}{_CAPITALISED}")
_LONGEST_OFFICE = 300  # letters
_LONG_NAME, _ALIKE = 6, 0.85  # letters, and how many of them: "Kowalski" and "Kowalksi"
_POSSESSIVE = re.compile(r"['’]s\b")


def person_asked_about(question: str) -> Name | None:
    """Find the one whom "Who is Liu Zhenli?" asks about; None where a question asks for someone or something else."""
    parsed = parse_question(question)
    return parsed.person_named if parsed.asked.casefold() == "who" else None


def is_titled_name(words: str) -> bool:
    """Tell whether words are but names and titles: "the Chief of Staff General Liu Zhenli"."""
    return all(word[0].isupper() or word in _TITLES for word in re.findall(r"[^\W\d_]+(?:['’]s)?", words))


def is_only_named(words: str, person: Name) -> bool:
    """Tell whether words are but a name, or another person's name with its title."""
    around = f"so {words}"  # nothing here opens a sentence
    names = find_names(around)
    for name in reversed(names):
        around = around[: name.start] + around[name.end :]
    left = re.findall(r"[^\W\d_]+", around)[1:]
    others = [name for name in names if name.kind == "person" and not name.matches(person)]
    return bool(names and not left) or bool(
        others and not _POSSESSIVE.search(around) and is_titled_name(" ".join(left))
    )


def is_one_of_several(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands in a list of names: Ada Roe "and Mayor Lech Nowak" met him."""
    before = text[max(0, start - _LONGEST_OFFICE) : start]
    return bool(_LISTED_BEFORE.search(before) or _LISTED_BEHIND.match(text, end, end + _LONGEST_OFFICE))


def is_named_in(question: str, words: str, told: str) -> bool:
    """Tell whether words name one whom a question has already, by the surname alone or in another spelling.

    Not where the article, of which `told` is a part, names another of that surname: "Bush's brother" may be a Bush.
    """
    names = [name for name in find_names(f"so {words}") if name.kind == "person" and " " in name.text]
    if len(names) != 1 or not is_titled_name(words):
        return False
    name, asked = names[0], re.findall(r"[\w-]+(?:['’]s\b)?", question)
    if all(any(_is_alike(word, other) for other in asked) for word in name.text.split()):
        return True
    surname = rf"{re.escape(name.last)}(?:['’]s)?"
    if not any(
        re.fullmatch(surname, word.casefold()) for word in asked if word[0].isupper() or word[-2:] in {"'s", "’s"}
    ):
        return False
    first = name.text.split()[0].casefold()
    others = [other for other in find_names(told) if other.last == name.last and " " in other.text]
    return all(other.text.split()[0].casefold() == first for other in others)


def _is_alike(word: str, other: str) -> bool:
    word, other = word.casefold(), _POSSESSIVE.sub("", other).casefold()
    if word == other or min(len(word), len(other)) < _LONG_NAME:
        return word == other
    return word[0] == other[0] and SequenceMatcher(None, word, other).ratio() >= _ALIKE
