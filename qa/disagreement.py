"""See where articles give different answers to one question."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from .answer_types import asks_amount, asks_time
from .dates import MONTHS, WEEKDAYS
from .figures import read_figures
from .ranking import RankedSentence

__all__ = ["find_disagreement"]

_WORD = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
_DAY = re.compile(r"\b(?:(?P<month>[a-z]+)\s+(?P<day>\d{1,2})|(?P<day2>\d{1,2})\s+(?P<month2>[a-z]+))\b")

# Both sentences must speak of nearly all that is asked about.
_COVERAGE = 0.75


def find_disagreement(question: str, telling: Sequence[RankedSentence]) -> tuple[RankedSentence, RankedSentence] | None:
    """Find the best two sentences of different articles that answer with a different time or amount, or None.

    Only times and amounts are compared: two names or descriptions may well be of one and the same.
    """
    if not telling or not (asks_time(question) or asks_amount(question)):
        return None
    first = telling[0]
    read: Callable[[str], Mapping[str, object]] = _amounts if asks_amount(question) else _times
    values = read(first.found)
    if first.coverage < _COVERAGE or not values:
        return None
    for other in telling[1:]:
        if (
            other.source != first.source
            and other.fits
            and other.coverage >= _COVERAGE
            and other.mentioned == first.mentioned
            and _differ(values, read(other.found))
        ):
            return first, other
    return None


def _times(text: str) -> dict[str, str]:
    """Read the weekday, month, day and year that words give; {part: value}."""
    folded = text.casefold()
    words = _WORD.findall(folded)
    times = {}
    for part, names in (("weekday", WEEKDAYS), ("month", MONTHS)):
        named = [word for word in words if word in names]
        if len(named) == 1:
            times[part] = named[0]
    years = [word for word in words if re.fullmatch(r"(?:19|20)\d\d", word)]
    if len(years) == 1:
        times["year"] = years[0]
    for match in _DAY.finditer(folded):
        if (match["month"] or match["month2"]) in MONTHS:
            times["day"] = match["day"] or match["day2"]
    return times


def _amounts(text: str) -> dict[str, Decimal]:
    """Read the number that words give, however it is written; {its unit, or the word behind it: number}."""
    figures, _ = read_figures(text)
    if len(figures) != 1:
        return {}
    counted = _WORD.search(text[figures[0].end :].casefold())
    return {figures[0].unit or (counted.group() if counted else ""): figures[0].value}


def _differ(values: Mapping[str, object], others: Mapping[str, object]) -> bool:
    return any(values[part] != others[part] for part in values.keys() & others.keys())
