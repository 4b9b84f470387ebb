"""Find the time that a question names."""

import re
from calendar import monthrange
from datetime import date, timedelta

__all__ = ["named_period"]

# What happened is told on the day or in the days after it.
_TOLD_WITHIN = timedelta(days=7)

_MONTHS = "january february march april may june july august september october november december".split()
_PERIOD = re.compile(
    rf"\b(?:(?:(?P<day_before>\d{{1,2}})\s+)?(?P<month>{'|'.join(_MONTHS)}),?\s+(?:(?P<day_after>\d{{1,2}}),?\s+|of\s+)?)?"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def named_period(question: str) -> tuple[date, date] | None:
    """Find the only day, month or year that a question names; returns when articles that tell of it were published.

    None where it names none, or several.
    """
    periods = {_period(match) for match in _PERIOD.finditer(question)}
    return periods.pop() if len(periods) == 1 else None


def _period(match: "re.Match[str]") -> tuple[date, date]:
    year = int(match["year"])
    if not match["month"]:
        return date(year, 1, 1), date(year, 12, 31) + _TOLD_WITHIN
    month = _MONTHS.index(match["month"].casefold()) + 1
    last = monthrange(year, month)[1]
    day = int(match["day_after"] or match["day_before"] or 0)
    if not 1 <= day <= last:
        return date(year, month, 1), date(year, month, last) + _TOLD_WITHIN
    return date(year, month, day), date(year, month, day) + _TOLD_WITHIN
