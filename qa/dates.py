"""Name the parts of a date, as English writes them."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import Self

from .figures import MONTHS, WEEKDAYS, calendar_name

__all__ = ["MONTHS", "WEEKDAYS", "AskedYears", "day_meant", "is_date_alone", "is_month_or_year"]

_IN_FIGURES = re.compile(r"\b\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b")
_BESIDE_DATES = frozenset(
    "am pm gmt utc est edt bst cet st nd rd th of the at date dated posted published updated".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_NAMED = re.compile(rf"\b{_YEAR.pattern}\b")
# What happened "in 2021", not "since 2021", and not "the 2021 election", which may be called just that.
_YEAR_ASKED = re.compile(
    rf"\b(?:(?:in|during|for)\s+(?:(?:early|mid|late|the|year|fiscal)\W)*|(?:{'|'.join(MONTHS)})\s+(?:\d{{1,2}}\w*,?\s+)?)"
    rf"({_YEAR.pattern})(?=\W*$|[,;]|\s+(?:and|at|between|by|did|how|on|or|that|to|was|were|what|when|where|who|with)\b)",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"\b(?:last|ago|earlier|previous)\b", re.IGNORECASE)
# What only the day of its article tells the day of.
_RELATIVE = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|today|yesterday|tomorrow|tonight|now|ago|(?:this|last|next|past|later|earlier)\s+\w+)\b",
    re.IGNORECASE,
)
_DAYS_FROM = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def is_month_or_year(word: str) -> bool:
    """Tell whether a word of running text is a month's name or a year of these two centuries."""
    return bool(_YEAR.fullmatch(word)) or (word[0].isupper() and word.casefold() in MONTHS)


class AskedYears:
    """Hold the years in which a question says that something happened; what happened in others doesn't answer it."""

    def __init__(self, years: Collection[str]) -> None:
        self._years = frozenset(years)

    @classmethod
    def of(cls, question: str) -> Self:
        """Read the years of "in 2021" and "in June 2022"."""
        return cls(_YEAR_ASKED.findall(question))

    def __bool__(self) -> bool:
        return bool(self._years)

    def may_be(self, sentence: str, before: str, published: str) -> bool:
        """Tell whether a sentence may speak of these years.

        It speaks of those that it names, or of the one last named in the text before it, or of the year in which its
        article was `published`, a date or nothing.
        """
        if not self._years:
            return True
        told = set(_YEAR_NAMED.findall(published))
        if _YEAR_BEFORE.search(sentence):
            told.update(str(int(year) - 1) for year in list(told))
        told.update(_YEAR_NAMED.findall(sentence) or _YEAR_NAMED.findall(before)[-1:])
        return not told or not self._years.isdisjoint(told)


def is_date_alone(sentence: str) -> bool:
    """Tell whether a sentence is but a date, or a place and a date: "Suva, 3 June 2024."."""
    place, _, rest = sentence.partition(",")
    names = place.split()
    return _is_date(sentence) or (len(names) <= 3 and all(name[0].isupper() for name in names) and _is_date(rest))


def _is_date(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    named = any(map(calendar_name, words)) or _IN_FIGURES.search(text)
    return bool(named) and all(calendar_name(word) or word.casefold() in _BESIDE_DATES for word in words)


def day_meant(words: str, published: date) -> str:
    """Tell which day "yesterday" is or, of words such as "Friday", of which day their article is; else nothing."""
    named = [calendar_name(word) in MONTHS for word in re.findall(r"[^\W\d_]+", words)]
    if any(named) or _YEAR_NAMED.search(words) or not _RELATIVE.search(words):
        return ""
    away = _DAYS_FROM.get(words.casefold())
    day = published + timedelta(days=away or 0)
    written = f"{MONTHS[day.month - 1].title()} {day.day}, {day.year}"
    return f"article of {written}" if away is None else written
