"""Tell what kind of answer a question asks for, and whether words are of that kind."""

import re

__all__ = ["asks_amount", "asks_time", "fits"]

_TIME = re.compile(
    r"\b(?:when|(?:what|which)\s+(?:\w+\s+){0,2}?(?:days?|dates?|weekday|months?|years?|time)\b|until|since\s+when)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\bhow\s+(?:many|much|long|large|big|old|far|often|tall|high|fast|wide|deep|heavy)\b"
    r"|\bwhat\s+(?:\w+\s+)?(?:percentage|percent|share|number|amount|age|price|rate)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?:who|whom|whose)\b|\b(?:to|with|by|for|from)\s+(?:whom|whose)\b", re.IGNORECASE
)

_SAYS_TIME = re.compile(
    r"\d|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|spring|summer|autumn|fall|winter"
    r"|today|yesterday|tomorrow|tonight|morning|afternoon|evening|night|noon|midnight|days?|weeks?|weekend|months?|years?"
    r"|decades?|century|hours?|minutes?|after|before|during|when|while|once|until|early|late|soon|now|recently|ago"
    r"|christmas|easter|ramadan|century)\b",
    re.IGNORECASE,
)
_SAYS_AMOUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    r"|trillions?|dozens?|half|third|quarter|double|twice|once|triple|an?|few|several|many|most|all|no|none|nearly|over"
    r"|long|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|daily|weekly|monthly|annually|yearly)\b",
    re.IGNORECASE,
)
_SAYS_NAME = re.compile(
    r"[A-Z]|\b(?:he|she|they|his|her|people|man|men|woman|women|child|children|\w+(?:ers?|ors?|ists?|ians?|men|ees?|nts?))\b"
)


def asks_time(question: str) -> bool:
    """Tell whether a question asks when something is."""
    return bool(_TIME.search(question))


def asks_amount(question: str) -> bool:
    """Tell whether a question asks how much or how many there is of something."""
    return bool(_AMOUNT.search(question))


def fits(question: str, found: str) -> bool:
    """Tell whether words can be what a question asks for; any words fit a question whose kind is unknown."""
    if asks_amount(question):
        return bool(_SAYS_AMOUNT.search(found))
    if asks_time(question):
        return bool(_SAYS_TIME.search(found))
    return not _PERSON.search(question) or bool(_SAYS_NAME.search(found))
