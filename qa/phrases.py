"""Find the phrases of a question that begin with a preposition: "about Taiwan", "in the earthquake in Nepal"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .clauses import EVENT_NOUNS
from .gazetteer import NO_NAMES, PERSON_NOUNS
from .names import Name, find_dates, find_names

__all__ = ["CLAUSE", "DETERMINERS", "PLACE", "PREPOSITION", "THEME", "Phrase", "find_phrases", "name_alone"]

THEME = frozenset("about concerning on over regarding".split())
PLACE = frozenset("at in near".split())
PREPOSITION = re.compile(
    r"\b(?:about|after|against|at|before|between|by|concerning|during|for|from|in|into|near|of|on|over|regarding|since|"
    r"to|under|with)\b(?=\s+\S)",
    re.IGNORECASE,
)
CLAUSE = re.compile(r",|\b(?:because|if|that|when|where|whether|which|while|who|whom|whose)\b", re.IGNORECASE)
DETERMINERS = frozenset("a an her his its the their".split())
_OF = frozenset("of between".split())  # such a phrase belongs to the noun before it


@dataclass(frozen=True)
class Phrase:
    """Hold a phrase of a question and its offsets: `at` is the preposition's, `start` that of what follows it."""

    preposition: str
    text: str
    at: int
    start: int

    @property
    def end(self) -> int:
        """Give the offset at which the phrase ends."""
        return self.start + len(self.text)

    @property
    def name(self) -> Name | None:
        """Give the name that the phrase consists of, if it is one."""
        return name_alone(self.text, self.preposition)


def find_phrases(text: str) -> Iterator[Phrase]:
    """Find the phrases with a preposition; dates end them, and other phrases where they don't belong to the noun."""
    dates = [start for start, _ in find_dates(text)]
    found = list(PREPOSITION.finditer(text))
    for position, one in enumerate(found):
        start = one.end() + 1
        clause = CLAUSE.search(text, start)
        end = min([clause.start() if clause else len(text), *(date for date in dates if date >= start)])
        for other in found[position + 1 :]:
            noun = text[start : other.start()].split()[-1:]
            on_event = noun and noun[0] in EVENT_NOUNS and other.end() + 1 not in dates  # "the war in Ukraine"
            if other.start() < end and other.group() not in _OF and not on_event:
                end = other.start()
        held = text[start:end].rstrip()
        # "to" may stand before a verb
        if held and (one.group() != "to" or held.split()[0] in DETERMINERS or find_names(f"so {held}")):
            yield Phrase(one.group().casefold(), held, one.start(), start)


def name_alone(text: str, preposition: str = "") -> Name | None:
    """Give the name that a phrase consists of, apart from "the" and titles; what stands before it tells its kind."""
    before = f"{preposition or 'so'} "  # nothing here opens a sentence
    names = find_names(before + text)
    if len(names) != 1:
        return None
    left = text[: names[0].start - len(before)] + text[names[0].end - len(before) :]
    known = {"the", "then", "'s", "’s", "'", "’"} | PERSON_NOUNS | NO_NAMES
    return names[0] if all(word.strip(".").casefold() in known for word in left.split()) else None
