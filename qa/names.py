"""Find the names in a sentence without any model, and tell persons from places and other things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .gazetteer import (
    COUNTRY_LETTERS,
    COUNTRY_WORDS,
    FEMALE_NAMES,
    FEMALE_WORDS,
    GROUP_WORDS,
    IRREGULAR_PLURALS,
    MALE_NAMES,
    MALE_WORDS,
    NO_NAMES,
    OPENERS,
    PERSON_NOUNS,
    PLACE_WORDS,
    PLACES,
)

__all__ = ["PERSON_NOUNS", "Gender", "Kind", "Name", "find_dates", "find_names"]

Kind = Literal["person", "place", "group"]
Gender = Literal["he", "she", ""]

# Offices with a field in their name, so that "Secretary of State Antony Blinken" falls apart rightly.
_OFFICE = re.compile(
    r"\b(?:Secretary|Minister|(?:Joint\s+)?Chiefs?|Director|Department|Ministry|Assistant\s+Secretary)\s+(?:of|for)\s+(?:the\s+)?"
    r"(?:State|Defen[cs]e|Commerce|Treasury|Labou?r|Staff|Energy|Education|Homeland\s+Security|Transportation|Finance|"
    r"Foreign\s+Affairs|Health|(?:the\s+)?Interior|Agriculture|Justice|National\s+Intelligence|Trade|War)\b"
)
_PERSON_DEED = re.compile(
    r"\s*,?\s+(?:also\s+|then\s+|has\s+|had\s+)?(?:said|says|say|told|tell|added|met|meet|asked|announced|urged|voiced|"
    r"warned|argued|insisted|spoke|speak|wrote|claimed|acknowledged|believes?|thinks?|testified|replied|resigned|"
    r"married|died|was\s+born)\b",
)
_WORD = r"(?<![\w.])(?:(?:[A-Z]\.){2,}|[^\W\d_a-z][\w’'-]*\.?)"
_CAPITALISED = re.compile(rf"{_WORD}(?:\s+(?:(?:de|da|del|van|von|der|bin|ibn|al|el|la|le|du)\s+)?{_WORD})*")
_JOINT = re.compile(r"\s+(?:of|on|for|and)(?:\s+the)?\s+$")
_DATE = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|"
    r"Sept\.|Oct\.|Nov\.|Dec\.)\s+(?:\d{1,2}(?:,\s*\d{4})?|\d{4})|\d{1,2}\s+(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)(?:\s+\d{4})?|(?:19|20)\d\d|"
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|April|June|July|August|September|"
    r"October|November|December))\b"
)


@dataclass(frozen=True)
class Name:
    """Hold a name, without titles, between two offsets into its text."""

    text: str
    kind: Kind
    start: int
    end: int
    gender: Gender = ""

    @property
    def last(self) -> str:
        """Give the word that the name shares with its short form."""
        return self.text.split()[-1].casefold()

    @property
    def is_country(self) -> bool:
        """Tell whether it is that of a country or a territory, and of no town or sea."""
        head = re.split(r"\s(?:of|on|for)\s", self.text)[0].split()[-1]
        return self.kind == "place" and (head.casefold() in COUNTRY_WORDS or head.replace(".", "") in COUNTRY_LETTERS)

    def matches(self, other: "Name") -> bool:
        """Tell whether one of two names is the other or a short form of it."""
        words, others = self.text.casefold().split(), other.text.casefold().split()
        return set(words) <= set(others) or set(others) <= set(words)


def find_dates(text: str) -> list[tuple[int, int]]:
    """Find dates, years, months and days of the week; returns their offsets."""
    return [match.span() for match in _DATE.finditer(text)]


def find_names(text: str) -> list[Name]:
    """Find the names in a text, in order."""
    return list(_names(text))


def _names(text: str) -> Iterator[Name]:
    # offices are blanked out, letter by letter, so that offsets stay true; their last letters stay as the title
    blanked = _OFFICE.sub(lambda match: "secretary".rjust(len(match.group())), text)
    pending: tuple[int, int] | None = None
    for run in _CAPITALISED.finditer(blanked):
        for start, end in _split(blanked, *run.span()):
            joint = _JOINT.fullmatch(blanked[pending[1] : start]) if pending else None
            if pending and joint and _is_joined(blanked, pending, joint.group().split()[0]):
                pending = (pending[0], end)
                continue
            if pending:
                yield from _classified(blanked, *pending)
            pending = (start, end)
    if pending:
        yield from _classified(blanked, *pending)


def _is_joined(text: str, span: tuple[int, int], preposition: str) -> bool:
    """Tell whether a name goes on after a preposition: "Council on Foreign Relations", "Republic of China"."""
    head = text[slice(*span)].split()[-1].casefold()
    if head in GROUP_WORDS or head == "chair":
        return preposition != "and"
    return head in PLACE_WORDS and preposition == "of"


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of capitalised words where a title, a possessive or a full stop ends a name."""
    words = [(start + match.start(), start + match.end()) for match in re.finditer(r"\S+", text[start:end])]
    group: list[tuple[int, int]] = []
    for position, (first, last) in enumerate(words):
        word = text[first:last]
        folded = re.sub(r"['’]s?$", "", word).rstrip(".").casefold()
        plural = folded in IRREGULAR_PLURALS and word[-2:] in {"'s", "’s"}
        opens = (
            not text[:first].strip()
            or re.search(r"(?:[.!?:…][\"'”’)]*\s+|\()[\"'“‘(]?$", text[:first])
            or "\n" in text[max(0, first - 1) : first]
        )
        skipped = (
            (folded in NO_NAMES and not (folded == "foreign" and _JOINT.search(text[:first])))
            or folded in PERSON_NOUNS
            or (bool(opens) and folded in OPENERS and not plural)
        )
        country = word.replace(".", "") in COUNTRY_LETTERS
        if skipped or country:
            if group:
                yield group[0][0], group[-1][1]
            group = []
            if country:  # "U.S." keeps its last full stop, "PRC." doesn't
                yield first, last if "." in word[:-1] else last - word.endswith(".")
            continue
        bare = re.sub(r"['’](?:s|S)?$", "", word)
        if bare != word and not plural:  # a possessive ends a name
            group.append((first, first + len(bare)))
            yield group[0][0], group[-1][1]
            group = []
            continue
        stops = word.endswith(".") and not re.fullmatch(r"(?:[^\W\d_]\.)+|Jr\.|Sr\.|St\.", word)
        group.append((first, last - 1 if stops else last))
        if stops and position + 1 < len(words):
            yield group[0][0], group[-1][1]
            group = []
    if group:
        yield group[0][0], group[-1][1]


def _classified(text: str, start: int, end: int) -> Iterator[Name]:
    name = text[start:end].strip(" '’-")
    words = name.casefold().replace(".", "").split()
    if not words or len(name) < 2:
        return
    before = text[:start].rstrip(" ,")
    previous = re.search(r"([\w’'-]+)\.?$", before)
    lead = previous.group(1).casefold() if previous and "\n" not in text[len(before) : start] else ""
    following = re.match(r"['’]?s?\s+([\w-]+)", text[end:])
    deed = bool(_PERSON_DEED.match(text, end))
    if name.replace(".", "") in COUNTRY_LETTERS:
        name = text[start:end]  # with its last full stop
    kind = _kind(name, words, lead, following.group(1).casefold() if following else "", deed)
    opens = not before or before[-1] in ".!?:…\n"
    doubtful = opens and len(words) == 1 and not deed and not re.match(r"['’]s\b", text[end:])
    if kind == "person" and doubtful and lead.split("-")[-1] not in PERSON_NOUNS:
        return  # any word may open a sentence
    gender: Gender = ""
    if kind == "person":
        if words[0] in MALE_NAMES or lead in MALE_WORDS:
            gender = "he"
        elif words[0] in FEMALE_NAMES or lead in FEMALE_WORDS:
            gender = "she"
    yield Name(name, kind, start, start + len(name), gender)


def _kind(name: str, words: list[str], lead: str, following: str, deed: bool) -> Kind:
    """Tell what a name stands for by its words, the words around it, and whether something is said or done by it."""
    if lead.split("-")[-1] in PERSON_NOUNS and words[-1] not in {"assembly", "department", "office"}:
        return "person"
    if name.replace(".", "") in COUNTRY_LETTERS:
        return "place"
    if any(character.isdigit() for character in name) or name.isupper() or words[0] in NO_NAMES:
        return "group"
    if len(words) == 1 and not deed and following in PERSON_NOUNS:
        return "group"  # "Huawei executive Meng Wanzhou"
    if words[-1] in PLACE_WORDS | PLACES or words[0] in PLACES or words[0] in {"mount", "south", "north"}:
        return "place"
    if (
        words[0][:-2] in IRREGULAR_PLURALS
        or not GROUP_WORDS.isdisjoint(words)
        or not {"of", "on", "for"}.isdisjoint(words)
    ):
        return "group"
    if lead in {"in", "at", "near", "into", "across", "outside"}:
        return "place"
    if lead == "the" or (len(words) == 1 and "-" in name and not deed) or len(words) > 4:
        return "group"
    return "person"
