"""Tell what kind of answer a question asks for."""

import re

__all__ = [
    "asks_about_all",
    "asks_age",
    "asks_amount",
    "asks_clock",
    "asks_comparison",
    "asks_duration",
    "asks_overview",
    "asks_person",
    "asks_place",
    "asks_share",
    "asks_time",
    "asks_whether",
    "counted",
    "framing",
    "offers_answers",
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
    r"|^\W*(?:the\s+)?(?:percentage|share|number|amount|age|price|cost|rate)\s+of\b"
    r"|\bwhat\s+(?:\w+\s+)?(?:percentage|percent|share|number|amount|age|price|rate)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\bhow\s+old\b|\bwhat\s+(?:\w+\s+)?age\b", re.IGNORECASE)
_DURATION = re.compile(r"\bhow\s+long\b(?!\s+ago\b)", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:what|which|how\s+large\s+an?|how\s+big\s+an?)\s+(?:percentage|percent|share|proportion)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"\b(?:what|which)\s+time\b(?!\s*(?:of|frame|period|zone))|\bwhat\s+hour\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:how\s+many|(?:amount|number)\s+of)\s+((?:[\w’'-]+\s+){0,2}[\w’'-]+)", re.IGNORECASE)
_PERSON = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?:who|whom|whose)\b|\b(?:to|with|by|for|from)\s+(?:whom|whose)\b", re.IGNORECASE
)
_PLACE = re.compile(r"^\W*(?:and\s+|but\s+|from\s+|to\s+)?where\b|\bwhere\W*$", re.IGNORECASE)
_ARTICLES_SAY = re.compile(
    r"\bwhat\s+(?:do|does|did|have|has)\s+(?:the|these|my)\s+(?:article|report|stor|document|paper|text|file)\w*\s+"
    r"(?:said|say|told|tell|(?:mention|report)(?:ed)?)\b",
    re.IGNORECASE,
)
_OVERVIEW = re.compile(
    rf"{_ARTICLES_SAY.pattern}|\b(?:summari[sz]e|summary|overview|tell\s+me\s+(?:about|more)|what\s+is\s+known"
    r"|(?:the|any)\s+(?:latest\s+)?news\s+(?:about|on|of|from)"
    r"|(?:what|how)\s+about)|^\W*(?:please\s+)?(?:describe|explain)\b",
    re.IGNORECASE,
)
_CONTEXT = re.compile(r"\s\([^()]*\)\W*$")  # the question before, which this one goes on with
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
    r"|should|may|might|name)\b|^\W*(?:the\s+)?(?:percentage|share|number|amount|age|price|cost|rate|date|cause|reason)\s"
    r"(?:of|for)\b",
    re.IGNORECASE,
)
# Words alone that end in what kind of fact is wanted: "grain ship cargo price".
_AMOUNT_WANTED = re.compile(
    r"\b(?:age|amount|costs?|death\s+toll|percentage|population|prices?|salary)\W*$", re.IGNORECASE
)
_TIME_WANTED = re.compile(r"\b(?:birthday|dates?|deadline)\W*$", re.IGNORECASE)
_COMPARISON = re.compile(r"\b(?:each(?!\s+other)|respectively|compare|differ)\b", re.IGNORECASE)
_WHETHER = re.compile(
    r"\s*(?:and\s+|but\s+|so\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(r"\b(?:or|which\s+of)\b", re.IGNORECASE)  # the answer is in the question


def asks_time(question: str) -> bool:
    """Tell whether a question asks when something is."""
    return bool(_TIME.search(question)) or _wants(_TIME_WANTED, question)


def asks_amount(question: str) -> bool:
    """Tell whether a question asks how much or how many there is of something."""
    return bool(_AMOUNT.search(question)) or _wants(_AMOUNT_WANTED, question)


def asks_age(question: str) -> bool:
    """Tell whether a question asks how old somebody or something is."""
    return bool(_AGE.search(question))


def asks_duration(question: str) -> bool:
    """Tell whether a question asks how long something is or lasts."""
    return bool(_DURATION.search(question))


def asks_share(question: str) -> bool:
    """Tell whether a question asks for a part of a whole, such as a percentage."""
    return bool(_SHARE.search(question))


def asks_clock(question: str) -> bool:
    """Tell whether a question asks for the time of day."""
    return bool(_CLOCK.search(question))


def asks_person(question: str) -> bool:
    """Tell whether a question asks who somebody is."""
    return bool(_PERSON.search(question))


def counted(question: str) -> str:
    """Give the first words of what a question asks how many there are of: "people died"; empty if it asks for none."""
    found = _COUNTED.search(question)
    return found.group(1) if found else ""


def offers_answers(question: str) -> bool:
    """Tell whether a question names what may answer it: "Is it in Oslo or in Bergen?"."""
    return bool(_OFFERS.search(question))


def asks_place(question: str) -> bool:
    """Tell whether a question asks where something is."""
    return bool(_PLACE.search(question))


def asks_overview(question: str) -> bool:
    """Tell whether a question asks what there is on a subject, or only names one, rather than asks for a fact."""
    if _OVERVIEW.search(_CONTEXT.sub("", question)) or asks_about_all(question):
        return True
    return not (_ASKS.search(question) or asks_amount(question) or asks_time(question))


def asks_about_all(question: str) -> bool:
    """Tell whether a question asks what there is at all: "Summarize these articles"."""
    return bool(_ALL_ASKED.search(question))


def asks_comparison(question: str) -> bool:
    """Tell whether a question asks the same of several things."""
    return bool(_COMPARISON.search(question))


def asks_whether(question: str) -> bool:
    """Tell whether a question asks for yes or no."""
    return bool(_WHETHER.match(question))


def framing(question: str) -> str:
    """Give the words before a subject that only ask what there is on it: "What do the documents say"; or none."""
    found = _ARTICLES_SAY.match(question.lstrip())
    return found.group() if found else ""


def _wants(fact: re.Pattern[str], question: str) -> bool:
    """Tell whether a question of keywords ends in a word for a kind of fact."""
    return not _ASKS.search(question) and len(question.split()) > 1 and bool(fact.search(question))
