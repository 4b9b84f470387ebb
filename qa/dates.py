"""Name the parts of a date, as English writes them."""

import re

__all__ = ["MONTHS", "WEEKDAYS", "is_month_or_year"]

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = tuple("january february march april may june july august september october november december".split())

_YEAR = re.compile(r"(?:19|20)\d\d")


def is_month_or_year(word: str) -> bool:
    """Tell whether a word of running text is a month's name or a year of these two centuries."""
    return bool(_YEAR.fullmatch(word)) or (word[0].isupper() and word.casefold() in MONTHS)
