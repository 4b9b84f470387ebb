"""Find the time that a question names."""

from calendar import monthrange
from datetime import date, timedelta

from .dates import WrittenDate, read_dates

__all__ = ["named_period"]

# What happened is told on the day or in the days after it.
_TOLD_WITHIN = timedelta(days=7)


def named_period(question: str) -> tuple[date, date] | None:
    """Find the only day, month or year that a question names; returns when articles that tell of it were published.

    None where it names none, or several.
    """
    periods = {_period(written) for written in read_dates(question)}
    return periods.pop() if len(periods) == 1 else None


def _period(written: WrittenDate) -> tuple[date, date]:
    first_month, last_month = (written.month, written.month) if written.month else (1, 12)
    first_day, last_day = (written.day, written.day) if written.day else (1, monthrange(written.year, last_month)[1])
    return date(written.year, first_month, first_day), date(written.year, last_month, last_day) + _TOLD_WITHIN
