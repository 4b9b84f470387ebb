"""Name the parts of a date, as English writes them."""

import re

from .figures import calendar_name

__all__ = ["MONTHS", "WEEKDAYS", "is_date_alone", "is_month_or_year"]

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = tuple("january february march april may june july august september october november december".split())

_IN_FIGURES = re.compile(r"\b\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b")
_BESIDE_DATES = frozenset(
    "am pm gmt utc est edt bst cet st nd rd th of the at date dated posted published updated".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_month_or_year(word: str) -> bool:
    """Tell whether a word of running text is a month's name or a year of these two centuries."""
    return bool(_YEAR.fullmatch(word)) or (word[0].isupper() and word.casefold() in MONTHS)


def is_date_alone(sentence: str) -> bool:
    """Tell whether a sentence is but a date, or a place and a date: "Suva, 3 June 2024."."""
    place, _, rest = sentence.partition(",")
    names = place.split()
    return _is_date(sentence) or (len(names) <= 3 and all(name[0].isupper() for name in names) and _is_date(rest))


def _is_date(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    named = any(map(calendar_name, words)) or _IN_FIGURES.search(text)
    return bool(named) and all(calendar_name(word) or word.casefold() in _BESIDE_DATES for word in words)
