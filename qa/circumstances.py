"""Find where and when it was that a conversation last spoke of."""

import re
from collections.abc import Iterator, Sequence

from .clauses import EVENT_NOUNS, parse_question
from .mentions import Exchange
from .names import find_dates, find_names
from .phrases import PLACE, find_phrases

__all__ = ["missing_circumstances", "spoken_place"]

_VISITED = re.compile(r"\bvisit(?:s|ed|ing)?\s+(the\s+)?$")
# What one does at an event, as no other life and work.
_AT_AN_EVENT = re.compile(
    r"\b(?:agree|announce|answer|ask|demand|discuss|meet|offer|promise|propose|raise|reply|say|sign|speak|talk|tell|urge|"
    r"warn)\b"
)
_VISITING = re.compile(r"\b(?:visit|go|travel|fly|arrive|come|return)\b")
_WHEN = re.compile(r"\b(?:in|on|since|during|before|after|until|by)\s+$")
_DURING = frozenset(("after", "before", "during", "since"))
_PAST = frozenset(("did", "was", "were"))
# Such a question goes on to another time.
_ELSEWHEN = re.compile(
    r"\b(?:again|after|afterwards?|already|before|earlier|ever|finally|first|last|later|next|now|once|previously|since|"
    r"still|then|usually)\b",
    re.IGNORECASE,
)


def spoken_place(exchanges: Sequence[Exchange]) -> str:
    """Find the place last spoken of, with its preposition: what was asked with "where", or stood after "in"."""
    for exchange in reversed(exchanges):
        where = exchange.parsed.asked.casefold().endswith("where")
        if where:
            answered = [name for name in exchange.answered if not any(name.matches(other) for other in exchange.asked)]
            for name in answered:
                before = re.search(r"\b(in|at|near)\s+(the\s+)?$", exchange.answer[: name.start])
                if before and name.kind != "person":
                    return f"{before.group(1)} {before.group(2) or ''}{name.text}"
            places = [name for name in answered if name.kind == "place"]
            return f"in {places[0].text}" if places else ""
        for name in exchange.asked:
            if name.kind == "place" and (visited := _VISITED.search(exchange.question[: name.start])):
                return f"in {visited.group(1) or ''}{name.text}"
            before = re.search(r"\b(in|at|to|near)\s+(the\s+)?$", exchange.question[: name.start])
            if before and (name.kind == "place" or (name.kind == "group" and before.group(1) == "at")):
                preposition = "in" if before.group(1) == "to" else before.group(1)
                return f"{preposition} {before.group(2) or ''}{name.text}"
    return ""


def missing_circumstances(core: str, exchange: Exchange) -> str:
    """Give the event, place and time of the last question to one that goes on with it and tells none of its own."""
    asked, last = parse_question(core), exchange.parsed
    goes_on = last.auxiliary and (last.auxiliary == asked.auxiliary or {last.auxiliary, asked.auxiliary} <= _PAST)
    if not goes_on or not _AT_AN_EVENT.search(core) or _ELSEWHEN.search(core) or find_dates(core):
        return ""
    if any(phrase.preposition in PLACE | _DURING for phrase in find_phrases(core)) or _VISITING.search(core):
        return ""
    found = re.search(r"\b(?:where|when|date|day|year|month)\b", asked.asked, re.IGNORECASE)
    known = "" if not found else "place" if found.group().casefold() == "where" else "time"
    return " ".join(phrase for kind, phrase in _circumstances(exchange.bare) if kind != known)


def _circumstances(question: str) -> Iterator[tuple[str, str]]:
    """Find the phrases that tell at which event, where and when, in order, each with its kind."""
    found = [
        ("time", when.start(), end) for start, end in find_dates(question) if (when := _WHEN.search(question[:start]))
    ]
    end = 0
    for phrase in find_phrases(question):
        event = {word for word in phrase.text.split() if word in EVENT_NOUNS}
        if (
            phrase.at >= end
            and phrase.preposition in PLACE | _DURING
            and (event or (phrase.name and phrase.name.kind != "person"))
        ):
            found.append(("place", phrase.at, phrase.end))
        end = max(end, phrase.end)  # "in Ukraine" in "about the war in Ukraine" is no circumstance
    for name in find_names(question):
        if name.kind == "place" and (visited := _VISITED.search(question[: name.start])):
            yield "place", f"in {visited.group(1) or ''}{name.text}"
    for kind, start, end in sorted(found, key=lambda one: one[1]):
        yield kind, question[start:end]
