"""Find the dates written in a text, for what a question names and for what an article states."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["WrittenDate", "read_dates"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:\.,?\s*|,?\s+)"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"\b(?P<iso>[12]\d{3}([-/])\d{1,2}\2\d{1,2})(?!\d)|"
    rf"\b(?:(?P<day_before>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?)?{_MONTH}"
    rf"(?:(?:the\s+)?(?P<day_after>\d{{1,2}}){_ORDINAL},?\s+)?(?:of\s+)?(?P<year>[12]\d{{3}})\b|"
    r"(?<![$€£¥])\b(?P<year_alone>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# "2000 people", but neither "2020 was" nor "the 2008 crisis"
_COUNTED = re.compile(
    r"\s+(?:people|men|women|children|million|billion|percent|[a-z]*(?:[b-hj-rtv-z]|[a-z]{2}a)s)\b|\s*%"
)
# "in 2023 exports fell", "the 2022 elections", "China's 2023 exports"
_NAMES_YEAR = re.compile(
    r"(?:\b(?:in|since|during|until|till|before|after|by|and|the|its|their|this)|['’]s)\s+$", re.IGNORECASE
)


@dataclass(frozen=True)
class WrittenDate:
    """Hold a date and where it is written; `month` and `day` are None where they are not told, or are none."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None


def read_dates(text: str) -> Iterator[WrittenDate]:
    """Read the days, months and years written in a text, in English or as ISO 8601 has them, in their order."""
    for match in _DATE.finditer(text):
        if match["iso"]:
            year, month, day = map(int, re.split("[-/]", match["iso"]))
        elif match["month"]:
            year, month = int(match["year"]), _MONTHS.index(match["month"][:3].casefold()) + 1
            day = int(match["day_after"] or match["day_before"] or 0)
        elif _counts(text, match):
            continue
        else:
            year, month, day = int(match["year_alone"]), 0, 0
        in_year = 1 <= month <= 12
        in_month = in_year and 1 <= day <= monthrange(year, month)[1]
        yield WrittenDate(*match.span(), year, month if in_year else None, day if in_month else None)


def _counts(text: str, match: "re.Match[str]") -> bool:
    """Tell whether a number that could be a year counts something instead."""
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(_COUNTED.match(text, match.end())) and not _NAMES_YEAR.search(before)
