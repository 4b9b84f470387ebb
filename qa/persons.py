"""Tell what answers "Who is Liu Zhenli?": words that describe the one who is named, and no other name.

And whether a name answers "Who met Liu?" all by itself.
"""

import re

from .clauses import parse_question
from .names import PERSON_NOUNS, Name, find_names

__all__ = ["is_one_of_several", "is_only_named", "is_titled_name", "person_asked_about"]

_TITLES = PERSON_NOUNS | {"of", "the"}
_NOUNS = "|".join(sorted(PERSON_NOUNS))
_CAPITALISED = r"[^\W\d_a-z][\w.’'-]*"
_OFFICE = rf"(?:(?:{_CAPITALISED}|{_NOUNS}|and|as|for|of|the|to)\s+)*"
_LISTED_BEFORE = re.compile(rf"(?<![\w.])(?!(?i:{_NOUNS})\b){_CAPITALISED},?\s+and\s+{_OFFICE}$")
_LISTED_BEHIND = re.compile(rf"(?:;|(?:,\s+{_OFFICE}{_CAPITALISED})*[,;]?\s+and)\s+{_OFFICE}{_CAPITALISED}")
_LONGEST_OFFICE = 300  # letters
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
