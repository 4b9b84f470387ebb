"""Find the time that a question names."""

import re
from calendar import month_name, monthrange
from datetime import date, timedelta

__all__ = ["named_period"]

# What happened is told on the day or in the days after it.
_TOLD_WITHIN = timedelta(days=7)

_MONTHS = {name: number for number, name in enumerate(month_name) if name}
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_PERIOD = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+|(?P<day_before>\d{{1,2}})\s+(?P<month_after>{'|'.join(_MONTHS)}),?\s+|"
    rf"(?P<month_alone>{'|'.join(_MONTHS)}),?\s+(?:of\s+)?)?(?P<year>(?:19|20)\d\d)\b"
)


def named_period(question: str) -> tuple[date, date] | None:
    """Find the only day, month or year that a question names; returns when articles that tell of it were published.

    None where it names none, or several.
    """
    periods = {_period(match) for match in _PERIOD.finditer(question)}
    return periods.pop() if len(periods) == 1 else None


def _period(match: "re.Match[str]") -> tuple[date, date]:
    year = int(match["year"])
    month = _MONTHS.get(match["month"] or match["month_after"] or match["month_alone"])
    if month is None:
        return date(year, 1, 1), date(year, 12, 31) + _TOLD_WITHIN
    last = monthrange(year, month)[1]
    day = int(match["day"] or match["day_before"] or 0)
    if not 1 <= day <= last:
        return date(year, month, 1), date(year, month, last) + _TOLD_WITHIN
    return date(year, month, day), date(year, month, day) + _TOLD_WITHIN
