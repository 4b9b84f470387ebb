"""Tell what kind of answer a question asks for, and whether words are of that kind."""

import re

from vectorstore import stems

from .dates import WEEKDAYS, is_month_or_year
from .persons import mentions, person_asked_about
from .transcripts import speaker, words_spoken

__all__ = [
    "asks_about_all",
    "asks_amount",
    "asks_comparison",
    "asks_overview",
    "asks_place",
    "asks_time",
    "asks_whether",
    "fits",
    "repeats",
]

# "when" in a clause of its own asks nothing: "Who was at home when the bomb went off?"
_TIME = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:since\s+|until\s+|by\s+|from\s+)?when\b"
    r"|\b(?:what|which)\s+(?:(?:is|was|are|were)\s+the\s+(?:\w+\s+)?"
    r"|(?:(?!(?:this|that|these|those|the|each|every|last|next|same)\b)\w+\s+){0,2}?)"  # not "What happened that day?"
    r"(?:days?|dates?|weekday|months?|years?|time)\b|\bwhen\W*$",
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
_PLACE = re.compile(r"^\W*(?:and\s+|but\s+|from\s+|to\s+)?where\b|\bwhere\W*$", re.IGNORECASE)
_OVERVIEW = re.compile(
    r"\b(?:what\s+(?:do|does|did|have|has)\s+(?:the|these|my)\s+(?:article|report|stor|document|paper)\w*\s+(?:say|said"
    r"|report|tell|mention)|summari[sz]e|summary|overview|tell\s+me\s+(?:about|more)|what\s+is\s+known"
    r"|(?:what|how)\s+about)|^\W*(?:please\s+)?(?:describe|explain)\b",
    re.IGNORECASE,
)
_ALL = (
    r"(?:this|it|these|they|them|everything|all|(?:all\s+)?(?:of\s+)?(?:the|these|this|my|your)\s+(?:\w+\s+)?"
    r"(?:articles?|reports?|stor(?:y|ies)|documents?|papers?|files?|texts?|news|collection|folder))"
)
_ALL_ASKED = re.compile(
    rf"^\W*(?:(?:can|could)\s+you\s+|please\s+)?(?:what(?:['’]s|\s+is|\s+are)\s+{_ALL}\s+(?:all\s+)?about"
    rf"|what\s+(?:does|do)\s+{_ALL}\s+(?:say|tell(?:\s+(?:me|us))?|report|cover)"
    rf"|summari[sz]e(?:\s+{_ALL})?|(?:give\s+(?:me|us)\s+)?(?:an?\s+)?(?:summary|overview)(?:\s+of\s+{_ALL})?"
    r"|tell\s+me\s+more)\W*(?:please\W*)?$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|may|might|name)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(r"\b(?:each(?!\s+other)|respectively|compare|differ)\b", re.IGNORECASE)
_WHETHER = re.compile(
    r"\s*(?:and\s+|but\s+|so\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(r"\b(?:or|which\s+of)\b", re.IGNORECASE)  # the answer is in the question

_SPEAKING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|spoke|speak\w*|t(?:ell|ells|old)|ask\w*|answer\w*|call\w*|claim\w*|announc\w*)\b"
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
    r"|trillions?|dozens?|half|third|quarter|double|twice|once|triple|few|couple|pair|handful|lots?|majority|several|many|most|all|no|none|nearly|over"
    r"|an?\s+(?:mile|kilomet(?:er|re)|met(?:er|re)|foot|inch|acre|hectare|ton(?:ne)?|lit(?:er|re)|dollar|euro|pound|cent)"
    r"|long|seconds|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|daily|weekly|monthly|annually|yearly)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\bhow\s+old\b|\bwhat\s+(?:\w+\s+)?age\b", re.IGNORECASE)
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
_SPAN = re.compile(r"\b(?:since|until|from|by)\b", re.IGNORECASE)  # "until June" says how long
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_SAYS_PERSON = re.compile(
    r"\b(?:he|she|they|his|her|people|man|men|woman|women|child|children|\w+(?:ers?|ors?|ists?|ians?|men|ees?|nts?))\b"
)


def asks_time(question: str) -> bool:
    """Tell whether a question asks when something is."""
    return bool(_TIME.search(question))


def asks_amount(question: str) -> bool:
    """Tell whether a question asks how much or how many there is of something."""
    return bool(_AMOUNT.search(question))


def asks_place(question: str) -> bool:
    """Tell whether a question asks where something is."""
    return bool(_PLACE.search(question))


def asks_overview(question: str) -> bool:
    """Tell whether a question asks what there is on a subject, or only names one, rather than asks for a fact."""
    return bool(_OVERVIEW.search(question)) or asks_about_all(question) or not _ASKS.search(question)


def asks_about_all(question: str) -> bool:
    """Tell whether a question asks what there is at all: "Summarize these articles"."""
    return bool(_ALL_ASKED.search(question))


def asks_comparison(question: str) -> bool:
    """Tell whether a question asks the same of several things."""
    return bool(_COMPARISON.search(question))


def asks_whether(question: str) -> bool:
    """Tell whether a question asks for yes or no."""
    return bool(_WHETHER.match(question))


def fits(question: str, sentence: str, found: str) -> bool:
    """Tell whether words found in a sentence can be what a question asks for.

    Neither a sentence that itself asks, nor words that only repeat the question, answer it, nor does the name of who
    speaks where it is not asked who said something. Any others fit a question whose kind is unknown.
    """
    if sentence.rstrip("\"'”’)*_ ").endswith("?"):
        return False
    if found and found in speaker(sentence) and not _SPEAKING.search(question):
        return False
    if _AGE.search(question):
        return bool(_SAYS_AGE.search(found))
    if asks_amount(question):
        return bool(_SAYS_AMOUNT.search(found)) and not _is_day(found) and not _is_age(sentence, found)
    if asks_time(question):
        return bool(_SAYS_TIME.search(found))
    if asks_place(question) and _is_time(found):
        return False
    if person := person_asked_about(question):
        return mentions(sentence, person)
    if repeats(question, found) and not _OFFERS.search(question):
        return False
    return not _PERSON.search(question) or _says_person(found)


def _says_person(words: str) -> bool:
    """Tell whether words may be of a person: a name in any alphabet that has capitals, or "the spokesman"."""
    return any(map(str.isupper, words)) or bool(_SAYS_PERSON.search(words))


def _is_day(words: str) -> bool:
    """Tell whether words say nothing but a day or a month that they name: "April 2nd"; an amount is none."""
    named = (word.casefold() in WEEKDAYS or is_month_or_year(word) for word in re.findall(r"[^\W\d_]+", words))
    return not _SPAN.search(words) and any(named) and _is_time(words)


def _is_age(sentence: str, found: str) -> bool:
    """Tell whether a number found in a sentence is somebody's age: "between the ages of 18 and 49"."""
    before, _, after = sentence.partition(found)
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
    said = stems(words_spoken(words))
    return not said or (said <= stems(question) and not asks_whether(question))
