"""Tell whether words can be what a question asks for."""

import re

from vectorstore import stems

from .answer_types import (
    asks_age,
    asks_amount,
    asks_clock,
    asks_duration,
    asks_person,
    asks_place,
    asks_share,
    asks_time,
    asks_whether,
    counted,
    offers_answers,
)
from .dates import WEEKDAYS, is_month_or_year
from .figures import MEASURES, Figure, read_figures
from .names import PERSON_NOUNS
from .persons import is_titled_name, person_asked_about
from .transcripts import speaker, words_spoken

__all__ = ["fits", "repeats"]

_SPEAKING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|spoke|speak\w*|t(?:ell|ells|old)|ask\w*|answer\w*|call\w*|claim\w*|announc\w*)\b"
)
_SAYS_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|spring|summer|autumn|fall|winter"
    r"|today|yesterday|tomorrow|tonight|morning|afternoon|evening|night|noon|midnight|days?|weeks?|weekend|months?|years?"
    r"|decades?|century|hours?|minutes?|after|before|during|when|while|once|until|early|late|soon|now|recently|ago"
    r"|christmas|easter|ramadan|century)\b",
    re.IGNORECASE,
)
_DATE_IN_DIGITS = re.compile(r"\b\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b|\b\d{1,2}/\d{1,2}\b|['’]\d\d\b")
_SAYS_AMOUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    r"|trillions?|dozens?|half|third|quarter|double|twice|once|triple|few|couple|pair|handful|lots?|majority|several|many|most|all|no|none|nearly|over"
    r"|an?\s+(?:mile|kilomet(?:er|re)|met(?:er|re)|foot|inch|acre|hectare|ton(?:ne)?|lit(?:er|re)|dollar|euro|pound|cent)"
    r"|long|seconds|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|daily|weekly|monthly|annually|yearly)\b",
    re.IGNORECASE,
)
_SAYS_AGE = re.compile(
    r"\d|\b(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty|\w+teen(?:th)?|(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|several|many|few)\b.*\b(?:years?|months?|weeks?|days?|old)|centur(?:y|ies)|decades?|infant|newborn"
    r"|teenagers?|teens)\b",
    re.IGNORECASE,
)
_BEFORE_AGE = re.compile(r"\bage[ds]?\s+(?:\w+\s+){0,4}$", re.IGNORECASE)
_YEARS_OLD = re.compile(r"[\s-]*(?:years?|months?)[\s-]+olds?\b", re.IGNORECASE)
_OF_TIME = frozenset(WEEKDAYS) | frozenset(
    "today yesterday tomorrow morning afternoon evening night on in at since by until early late last next this the "
    "of".split()
)
_TIME_UNITS = "seconds?|minutes?|hours?|days?|weeks?|weekends?|months?|years?|decades?|century|centuries"
_SAYS_DURATION = re.compile(
    r"\b(?:(?:an?|one|half|whole|entire|full|all|\d+)[\s-]+(?:\w+[\s-]+)?"
    r"(?:second|minute|hour|day|night|week|weekend|month|year|decade|century|inch|foot|yard|mile|block|page|km|m|ft)"
    r"|seconds|minutes|hours|days|nights|weeks|weekends|months|years|decades|centuries"
    r"|inches|feet|yards|miles|blocks|pages|words|(?:centi|kilo)?met(?:er|re)s"
    r"|hourlong|overnight|forever|indefinite(?:ly)?|permanent(?:ly)?|lifetime|briefly|as\s+long\s+as|not\s+long"
    r"|a\s+(?:long|short)\s+(?:time|while))\b",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:until|till|through|throughout|since|from|for\s+life)\b", re.IGNORECASE)
_AGO = re.compile(r"\W*(?:\w+\W+){0,3}?ago\b", re.IGNORECASE)
_SAYS_SHARE = re.compile(
    r"%|\d/\d|\b(?:per\s?cent|percentage|half|halves|thirds?|quarters?|fifths?|tenths?|majority|minority|all|most|none"
    r"|nearly|over|out\s+of|in\s+(?:\w+|\d+))\b",
    re.IGNORECASE,
)
_SAYS_CLOCK = re.compile(
    r"\d[:.]\d\d|\d\s*(?:[ap]\.?\s?m\b|o['’]?clock|h(?:ours|rs)?\b)|\b\d{3,4}\s+(?:GMT|UTC|local|hours)"
    r"|\b(?:noon|midday|midnight|dawn|dusk|sunrise|sunset|daybreak|morning|afternoon|evening|night"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:o['’]?clock|in\s+the))\b",
    re.IGNORECASE,
)
_ENDS_IN_TIME = re.compile(rf"[\s-](?:{_TIME_UNITS})\W*$", re.IGNORECASE)
_A_TIME_UNIT = re.compile(rf"\b(?:{_TIME_UNITS})\b", re.IGNORECASE)
_UNIT_BEHIND = 4  # words: "three and a half hours"
_SPAN = re.compile(r"\b(?:since|until|from|by)\b", re.IGNORECASE)  # "until June" says how long
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_OF_PLACE = tuple(
    "Airport Avenue Bridge Building Center Centre County Hall Hospital Hotel House Island Park Road Square".split()
)
_TITLE = re.compile(rf"\b(?i:{'|'.join(sorted(PERSON_NOUNS))})\b\.?\s+(?=[A-Z])")
_SAYS_PERSON = re.compile(
    r"\b(?:he|she|they|his|her|people|man|men|woman|women|child|children|\w+(?:ers?|ors?|ists?|ians?|men|ees?|nts?))\b"
)


def fits(question: str, sentence: str, start: int, end: int, *, is_said: bool = False) -> bool:
    """Tell whether the words between two offsets into a sentence can be what a question asks for.

    Neither a sentence that itself asks, nor words that only repeat the question, answer it, nor does the name of who
    speaks where it is not asked who said something. Any others fit a question whose kind is unknown; whether a sentence
    names the one whom a question is about, only its article tells. What the one asked about said (`is_said`) answers
    what that one said, whatever words are pointed at.
    """
    found = sentence[start:end]
    if sentence.rstrip("\"'”’)*_ ").endswith("?"):
        return False
    if is_said:
        return True
    if found and found in speaker(sentence) and not _SPEAKING.search(question):
        return False
    if asks_age(question):
        return bool(_SAYS_AGE.search(found))
    if asks_duration(question):
        return _is_duration(sentence, start, end)
    if asks_amount(question):
        return bool(_SAYS_AMOUNT.search(found)) and _is_amount(question, sentence, start, end)
    if asks_clock(question):
        return bool(_SAYS_CLOCK.search(found))
    if asks_time(question):
        return _says_time(sentence, start, end)
    if asks_place(question) and (_is_time(found) or _is_titled_person(found)):
        return False
    if person_asked_about(question):
        return True
    if repeats(question, found) and not offers_answers(question):
        return False
    return not asks_person(question) or _says_person(found)


def _is_duration(sentence: str, start: int, end: int) -> bool:
    """Tell whether words say how long, with those next to them: "since" March, "three" and a half hours."""
    before, found, after = sentence[:start].split(), sentence[start:end], sentence[end:]
    if found.endswith("ago") or _AGO.match(after):
        return False
    units = _SAYS_DURATION.search(" ".join([found, *after.split()[:_UNIT_BEHIND]]))
    return bool(units or _BOUND.search(" ".join([*before[-1:], found])))


def _says_time(sentence: str, start: int, end: int) -> bool:
    """Tell whether words say when, in words or in figures that count nothing: no age, no dollars."""
    found = sentence[start:end]
    if any(pattern.search(found) for pattern in (_SAYS_TIME, _SAYS_CLOCK, _DATE_IN_DIGITS)):
        return True
    return any(figure.kind in ("day", "year", "decade", "ordinal") for figure in _figures(sentence, start, end))


def _is_amount(question: str, sentence: str, start: int, end: int) -> bool:
    """Tell whether what may be an amount is no day or age, and of the kind asked for: no hours for people."""
    found, after = sentence[start:end], sentence[end:]
    if _is_day(found) or _is_day_of_month(sentence, start, end) or _is_age(sentence[:start], found, after):
        return False
    if asks_share(question):
        return bool(_SAYS_SHARE.search(" ".join([found, *after.split()[:_UNIT_BEHIND]])))
    things = counted(question)
    if not things or _A_TIME_UNIT.search(things):
        return True
    return not _ENDS_IN_TIME.search(found) and not _measures(sentence, start, end, things)


def _measures(sentence: str, start: int, end: int, things: str) -> bool:
    """Tell whether all the figures between two offsets measure, and none of them the things asked for: "1,900-acre"."""
    units = {figure.unit for figure in _figures(sentence, start, end)}
    asked = {figure.unit for figure in read_figures(f"2 {things}")[0]}
    return bool(units) and units <= MEASURES and units.isdisjoint(asked)


def _figures(sentence: str, start: int, end: int) -> list[Figure]:
    """Read the figures that stand, in part at least, between two offsets into a sentence."""
    return [figure for figure in read_figures(sentence)[0] if figure.start < end and figure.end > start]


def _says_person(words: str) -> bool:
    """Tell whether words may be of a person: a name in any alphabet that has capitals, or "the spokesman"."""
    return any(map(str.isupper, words)) or bool(_SAYS_PERSON.search(words))


def _is_titled_person(words: str) -> bool:
    """Tell whether words are a person's title and name: "Foreign Minister Wang Yi"."""
    titles = PERSON_NOUNS.intersection(words.casefold().split()[:-1])
    return bool(titles) and is_titled_name(words) and not words.endswith(_OF_PLACE)


def _is_day(words: str) -> bool:
    """Tell whether words say nothing but a day or a month that they name: "April 2nd"; an amount is none."""
    named = (word.casefold() in WEEKDAYS or is_month_or_year(word) for word in re.findall(r"[^\W\d_]+", words))
    return not _SPAN.search(words) and any(named) and _is_time(words)


def _is_day_of_month(sentence: str, start: int, end: int) -> bool:
    """Tell whether the only number between two offsets into a sentence is a day of a month that it names nearby."""
    figures = _figures(sentence, start, end)
    return len(figures) == 1 and figures[0].kind == "day" and sentence[start:end].strip().isdigit()


def _is_age(before: str, found: str, after: str) -> bool:
    """Tell whether a number is somebody's age: "between the ages of 18 and 49"."""
    return bool(_BEFORE_AGE.search(before) or _YEARS_OLD.search(found) or _YEARS_OLD.match(after))


def _is_time(words: str) -> bool:
    """Tell whether words say nothing but a day, a month, a year: "on June 3, 2021"."""
    return all(
        word.casefold() in _OF_TIME or is_month_or_year(word) or _DAY.fullmatch(word)
        for word in re.findall(r"\w+", words)
    )


def repeats(question: str, words: str) -> bool:
    """Tell whether words only repeat a question, but for who speaks: "MR. LANE: In Bali."; a yes or no may do so.

    Those that say nothing at all, such as "MR. LANE: (Laughs.)", always do.
    """
    said = stems(_TITLE.sub("", words_spoken(words)))  # "President Lane" says no more than "Lane"
    return not said or (said <= stems(question) and not asks_whether(question))
