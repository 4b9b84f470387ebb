"""Widen words found in a sentence to the whole amount, name or phrase that they are a part of."""

import re
from itertools import zip_longest

from .dates import is_date_alone
from .figures import Figure, read_figures
from .names import PERSON_NOUNS
from .speech import persons
from .verbs import PASTS

__all__ = [
    "Span",
    "breaks_off",
    "is_cut_off",
    "is_only_counted",
    "whole_amount",
    "whole_list",
    "whole_name",
    "whole_phrase",
    "whole_time",
]

Span = tuple[int, int]

_LONGEST_HEDGE = 60  # letters
_LONGEST_LIST = 200  # letters
_NAME = r"[^\W\d_a-z][\w’'-]*"

# What limits an amount: "nearly nine months", "between 39 and 41 feet".
_HEDGE = re.compile(
    r"(?:\b(?:nearly|almost|about|around|roughly|approximately|exactly|only|just|some|well|over|under|above|below|between"
    r"|(?:no|not)\s+(?:more|less|fewer|later)\s+than|(?:more|less|fewer|greater)\s+than|up\s+to|close\s+to"
    r"|at\s+(?:least|most)|as\s+(?:many|much|few|little)\s+as|(?:an\s+)?estimated)\s+)+$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\s+(?:to|or|out\s+of)\s+|\s*[-–]\s*")  # between the halves of "three out of four"
_EACH = re.compile(
    r"(?:\s+\([^()]*\))?\s+(?:per\s+\w+|(?:a|an|each|every)\s+(?:second|minute|hour|day|week|month|year)\b)"
)
_BEFORE_TIME = re.compile(r"\b(?:before|after|since|until|by|early|late|mid-?)\s*$", re.IGNORECASE)
_RANK = re.compile(r"(?:\b(?:acting|assistant|deputy|former|interim|principal|vice)[\s-]+)+$", re.IGNORECASE)
# Behind one of these a phrase goes on, unless the sentence pauses there.
_HANGING = frozenset(
    "a about against among an and as at because between but by during for from her his if in into its my nor not of on "
    "or our over than that the their to toward towards under until upon via when where which while who whose with "
    "within without your am is are was were be been being do does did has have had will would can could shall should "
    "may might must".split()
)
_FUNCTION = frozenset(
    "across after again ago along also amid around before earlier even ever here he i it last later like near next now "
    "off once onto out per rather she since so soon still then there they these this those through throughout together "
    "too up we what worldwide worth yet you".split()
)
_NO_PART = _HANGING | _FUNCTION | PASTS
# The words that a phrase goes on with, and no verb: a "prisoner" swap, but a "scene" attracts a crowd.
_REST = re.compile(
    rf"(?:[”\"*_]*\s+[*_]*(?!(?:{'|'.join(sorted(_NO_PART))}|\w+(?:ed|ing|ly))(?![\w-]))[a-z][a-z’'-]*(?![\w’'-])"
    r"(?!\s+(?:an?|the|his|her|its|their)\s))+"
)
# An item of a list that shows where it begins: "Ana Roe", "the Hiiumaa", "the old ferry".
_ITEM = rf"(?<![\w.’'-])(?:(?:(?:an?|the)\s+)?{_NAME}(?:\s+{_NAME}){{0,3}}|(?:an?|the)(?:\s+[a-z][a-z’'-]*){{1,3}})"
_LISTED = re.compile(
    rf"(?P<items>(?:{_ITEM},\s+)*)(?P<last>{_ITEM})(?P<joint>,|,?\s+and)\s+(?:(?:an?|the)\s+(?:[a-z][a-z’'-]*\s+){{0,2}})?$"
)
_JOINED = re.compile(r",|\b(?:and|or)\b")
_SETS_SCENE = re.compile(r"^\W*(?:after|at|before|by|during|for|from|in|near|on|since|to|with)\s+$", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:(?:all|an?|the)\s+)*(?:\d[\d,]*(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|first|second|third|fourth|fifth|several|some|many)(?:\s+[a-z-]+){0,2}(?:\s+(?:[a-z-]+|[A-Z]+s?))",
    re.IGNORECASE,
)
_OF_MANNER = re.compile(r"[a-z]+ly(?:\s\w+ed)?")  # "unjustly detained" sailors


def whole_amount(text: str, span: Span) -> Span:
    """Widen a number over its unit, the number that it is a part of, and what limits it: "nearly three out of four"."""
    start, end = span
    figures, _ = read_figures(text)
    for figure, other in reversed(list(zip_longest(figures, figures[1:]))):
        if figure.start < end <= figure.unit_end:
            start, end = min(start, figure.start), figure.unit_end
            if other and _is_alike(figure, other) and _OTHER.fullmatch(text, end, other.start):
                end = other.unit_end
            each = _EACH.match(text, end)
            end = each.end() if each else end
            break
    is_number = any(figure.start == start for figure in figures)
    hedge = _HEDGE.search(text, max(0, start - _LONGEST_HEDGE), start) if is_number else None
    return (hedge.start() if hedge else start), end


def whole_time(text: str, span: Span) -> Span:
    """Widen a time over what stands before it: "since 1980"."""
    before = _BEFORE_TIME.search(text, 0, span[0])
    return (before.start() if before else span[0]), span[1]


def whole_name(text: str, span: Span) -> Span:
    """Widen over a person's name that begins or ends outside, and over what belongs to a title: "Deputy" Minister."""
    start, end = span
    for name in persons(text):
        if name.start < start < name.end:
            start = name.start
        if name.start < end < name.end:
            end = name.end
    titled = not PERSON_NOUNS.isdisjoint(text[start:end].casefold().split()[:3])
    rank = _RANK.search(text, max(0, start - _LONGEST_HEDGE), start) if titled else None
    return (rank.start() if rank else start), end


def whole_phrase(text: str, span: Span) -> Span:
    """Widen a phrase to the noun that it ends in."""
    start, end = span
    last = _last_word(text[start:end])
    rest = _REST.match(text, end) if last.islower() and last not in _NO_PART else None
    return start, rest.end() if rest else end


def whole_list(text: str, span: Span) -> Span:
    """Widen over what is listed before: "Ana Roe, Karl Berg" and Kadri Tamm."""
    start, end = span
    found = _LISTED.search(text, max(0, start - _LONGEST_LIST), start)
    if not found or (found["joint"] == "," and not _JOINED.search(text[start:end])):
        return span
    if not found["items"] and "," in found["joint"] and found["joint"] != ",":
        return span  # behind ", and" a clause of its own goes on
    # "In Riga, Ana Roe and Karl Berg", "On Monday, Ana Roe and Karl Berg"
    sets_scene = not found["items"] and found["joint"] == "," and _SETS_SCENE.search(text[: found.start()])
    return span if sets_scene or is_date_alone(found["last"]) else (found.start(), end)


def is_only_counted(words: str) -> bool:
    """Tell whether words but count something: "two boats"."""
    return bool(_COUNTED.fullmatch(words)) and _NO_PART.isdisjoint(words.split())


def is_cut_off(text: str, span: Span) -> bool:
    """Tell whether words end in the midst of a phrase."""
    words, after = text[slice(*span)], text[span[1] :].lstrip("*_")
    last = _last_word(words)
    hangs = last.casefold() in _HANGING or _OF_MANNER.fullmatch(words)
    goes_on = hangs and re.match(r"\s*\w", after)
    return bool(goes_on) or words[-1] in "-–—" or words.count("(") != words.count(")")


def breaks_off(sentence: str) -> bool:
    """Tell whether an article leaves off in the midst of a sentence: "The guards of the port that"."""
    return sentence[-1:].isalpha() and _last_word(sentence) in _HANGING


def _is_alike(figure: Figure, other: Figure) -> bool:
    """Tell whether a number may be of another's unit: three "out of four", 25% "to 50%"."""
    is_counted = other.kind not in {"day", "year", "ordinal", "decade"}
    return is_counted and (not figure.unit or other.unit in {"", figure.unit})


def _last_word(words: str) -> str:
    return re.split(r"[\s“\"]", words)[-1].strip("”’'*_")
