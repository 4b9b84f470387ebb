"""Tell what answers "Who is Liu Zhenli?": words that describe the one who is named, and no other name."""

import re

from .clauses import parse_question
from .names import PERSON_NOUNS, Name, find_names

__all__ = ["is_only_named", "is_titled_name", "person_asked_about"]

_TITLES = PERSON_NOUNS | {"of", "the"}
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
