"""Read the numbers and dates of a text, however they are written: "$3bn", "three billion dollars", "the 5th of May"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["MEASURES", "MONTHS", "WEEKDAYS", "Figure", "calendar_name", "read_figures"]

_TEENS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_COUNTS = {word: number for number, word in enumerate(_TEENS.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), start=2)
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_OFTEN = {"once": 1, "twice": 2, "dozen": 12, "dozens": 12}
_SCALES = {
    form: 10**power
    for power, forms in ((2, "hundred"), (3, "thousand k"), (6, "million m"), (9, "billion bn"), (12, "trillion tn"))
    for form in forms.split()
}
MONTHS = tuple("january february march april may june july august september october november december".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
_CALENDAR = {
    form: name
    for name, forms in (
        *zip(MONTHS, "jan|feb|mar|apr||jun|jul|aug|sep sept|oct|nov|dec".split("|"), strict=True),
        *zip(WEEKDAYS, "mon|tue tues|wed weds|thu thur thurs|fri|sat|sun".split("|"), strict=True),
    )
    for form in (name, *forms.split())
}
# What is counted, by any of its words: five hours are not five days.
_UNITS = {
    word: words.split()[0]
    for words in (
        "second seconds|minute minutes min|hour hours hr hrs hourlong|day days|week weeks|month months|year years|"
        "decade decades|century centuries|metre meter metres meters|kilometre kilometer kilometres kilometers km kms|"
        "mile miles mi mph|foot feet ft|inch inches|acre acres|hectare hectares|percent % pct|"
        "dollar dollars $ usd|euro euros €|pound pounds £|yuan renminbi ¥ rmb|yen|rupee rupees ₹|cent cents|"
        "gram grams|kilogram kilograms kg kgs|ton tons tonne tonnes|degree degrees celsius fahrenheit|"
        "litre liter litres liters|barrel barrels|megawatt megawatts mw|point points|time times"
    ).split("|")
    for word in words.split()
}
# What is measured isn't counted: 50 acres are not 50 people. A share may be of people.
MEASURES = frozenset(_UNITS.values()) - {"percent", "point", "time"}
_TOKEN = re.compile(
    r"(?P<decade>\d{3}0)['’]?s\b"
    r"|(?P<money>[$€£¥₹])?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?P<close>%|[mk]\b|bn\b|tn\b)?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)|(?P<sign>%)"
)
_COUNTING_FIRST = re.compile(r"(?:\b(?:the|his|her|its|their|a)|['’]s?)\s+(?:very\s+)?$", re.IGNORECASE)

Token = re.Match[str]


@dataclass(frozen=True)
class Figure:
    """Hold a number, the offsets between which it stands, its unit, and where a unit behind it ends.

    The unit is also the month that it is a day of, "ordinal", "decade", or "" where there is none.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    unit_end: int

    @property
    def kind(self) -> str:
        """Tell years and days of a month from what is counted in a unit."""
        if self.unit in MONTHS:
            return "day"
        return "year" if not self.unit and 1400 <= self.value <= 2100 else self.unit

    def is_of(self, other: "Figure") -> bool:
        """Tell whether this is the other's number, or the decade of the year that it is."""
        if self.unit == "decade" and other.value > 1000:
            return other.value // 10 == self.value // 10
        return other.value == self.value


def calendar_name(word: str) -> str:
    """Give the month or weekday that a capitalised word names, in full or short; else an empty string."""
    return _CALENDAR.get(word.rstrip(".").casefold(), "") if word[:1].isupper() else ""


def read_figures(text: str) -> tuple[list[Figure], set[str]]:
    """Read the figures of a text, in order, and the months and weekdays that it names."""
    tokens = list(_TOKEN.finditer(text))
    figures: list[Figure] = []
    at = 0
    while at < len(tokens):
        value, end = _number(tokens, at)
        if value is not None:
            unit, behind = _unit(tokens, at, end)
            figures.append(Figure(value, unit, tokens[at].start(), tokens[end - 1].end(), tokens[behind - 1].end()))
        elif alone := _alone(text, tokens[at]):
            figures.append(alone)
        at = end
    return figures, {name for token in tokens if (name := calendar_name(token["word"] or ""))}


def _number(tokens: Sequence[Token], at: int) -> tuple[Decimal | None, int]:
    """Read the number that begins at a token; returns None where none does, and the token behind it."""
    token, end = tokens[at], at + 1
    word = _word(tokens, at)
    if token["number"]:
        value = Decimal(token["number"].replace(",", "")) * _SCALES.get(token["close"] or "", 1)
    elif word in _COUNTS and word != "one":  # "one of them" counts nothing
        value = Decimal(_COUNTS[word])
        if value >= 20 and 0 < _COUNTS.get(_word(tokens, end), 0) < 10:
            value += _COUNTS[_word(tokens, end)]
            end += 1
    else:
        return None, end
    while _word(tokens, end) in _SCALES:
        value *= _SCALES[_word(tokens, end)]
        end += 1
    return value, end


def _alone(text: str, token: Token) -> Figure | None:
    """Read a number that takes no unit."""
    word = (token["word"] or "").casefold()
    if token["decade"]:
        return Figure(Decimal(token["decade"]), "decade", *token.span(), token.end())
    if word in _ORDINALS and (word != "first" or _COUNTING_FIRST.search(text[: token.start()])):
        return Figure(Decimal(_ORDINALS[word]), "ordinal", *token.span(), token.end())
    return Figure(Decimal(_OFTEN[word]), "", *token.span(), token.end()) if word in _OFTEN else None


def _unit(tokens: Sequence[Token], at: int, end: int) -> tuple[str, int]:
    """Find the unit of the number between two tokens, and the token behind both."""
    token = tokens[at]
    if month := _month(tokens, at, end):
        return month, end
    if token["ordinal"]:
        return "ordinal", end
    if token["money"]:
        return _UNITS[token["money"]], end
    if token["close"] == "%":
        return "percent", end
    if _word(tokens, end) == "per":  # five per day are neither five percent nor five days
        each = _word(tokens, end + 1)
        return "percent" if each == "cent" else f"per {each}".strip(), min(end + 2, len(tokens))
    for place in (end, end + 1):
        word = _word(tokens, place) or (tokens[place]["sign"] if place < len(tokens) else "")
        if word in _UNITS:
            return _UNITS[word], place + 1
    return "", end


def _month(tokens: Sequence[Token], at: int, end: int) -> str:
    """Name the month that a number is a day of."""
    number = tokens[at]["number"]
    if not number or not number.isdigit() or not 0 < int(number) <= 31:
        return ""
    after = end + 1 if _word(tokens, end) == "of" else end
    places = [place for place in (at - 1, after) if 0 <= place < len(tokens)]
    names = (calendar_name(tokens[place]["word"] or "") for place in places)
    return next((name for name in names if name in MONTHS), "")


def _word(tokens: Sequence[Token], at: int) -> str:
    return (tokens[at]["word"] or "").casefold() if at < len(tokens) else ""
