"""Fill in what "that visit", "there", "then" and "the two leaders" point to in a conversation."""

import re
from collections.abc import Sequence

from .circumstances import spoken_place
from .clauses import content_words, own_names
from .mentions import Exchange, noun_phrase, spoken_pair, spoken_thing
from .names import find_dates, find_names
from .pronouns import AUXILIARIES, OPENING, free_pronouns

__all__ = ["fill_pointers", "named_tail", "stated"]

_POINTING = re.compile(
    r"\b(?:was|is|did|does|about|after|before|of|for|at|on|to|since|with|by|during|from|in|do|doing|say|said|mean|like)\s+"
    r"(?P<bare>that|this|those|these)(?=\s*[?.,!]|\s*$|\s+(?:happen|mean|affect|lead|take|begin|start|end|change|come|cause|"
    r"occur|work|be|like|so|said|the\s+case|important|about|and|for|in|to|when)\b)"
    r"|\b(?:at|in|during|after|before|of|for|to|on|about|from|with|since|under|by|did|was|is|does|do|were|"
    r"attend|sign|join|call|make|made|at\s+all)\s+(?P<determiner>that|this|those|these)\s+(?P<noun>[a-z][\w-]+)\b",
    re.IGNORECASE,
)
_NO_NOUNS = AUXILIARIES | {"is", "he", "she", "it", "they", "the", "there", "article", "articles", "report"}
_PAIR = re.compile(
    r"\b(?:the\s+(?:two|both)\s+(?P<noun>leaders|men|women|presidents|generals|ministers|officials|sides|countries|nations"
    r"|governments)|both\s+(?:leaders|men|women|presidents|generals|ministers|sides|countries))\b"
)
_PAIR_OF_PLACES = frozenset("sides countries nations governments".split())
_BEFORE_PAIR = re.compile(r"\b(?:did|do|have|had|will|would|were|are|can)\s$")
_THERE = re.compile(r"\bthere\b", re.IGNORECASE)
_EXISTENTIAL = re.compile(
    r"\b(?:is|are|was|were|be|been|will|has|have|had|can|could|would|did|does|do|if|that|which|why|how\s+\w+)\s+there\b(?!\s*[?.]|\s*$)"
    r"|^(?:how|what|which)\b.*\b(?:is|are|was|were)\s+there[\s?.]*$"
    r"|\bthere\s+(?:will|would|could|might|may)\b"
    r"|\bthere\s+(?:is|are|was|were|be|been|to\s+be|any|a|an|some)\b",
    re.IGNORECASE,
)
_MOVING = re.compile(r"\b(?:go|goes|going|travel|fly|flew|return|come|came|move|head|sent|send)\s+(?:back\s+)?$")
_IN_A_PLACE = re.compile(r"\b(?:at|from|in|into|near|to|visit\w*|left|leave)\s+(?:the\s+)?$", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:(?:since|until|by|before)\s+then|back\s+then|at\s+the\s+time|at\s+that\s+(?:time|point)|then)(?=[\s?.!]*$)",
    re.IGNORECASE,
)
_SAME = re.compile(r"\bthe\s+same(?P<noun>\s+\w+)?(?=[\s?.!]*$)", re.IGNORECASE)


def fill_pointers(core: str, asked: str, exchanges: Sequence[Exchange]) -> tuple[str, bool]:
    """Fill in what points back; tells whether the earlier question is needed besides.

    `core` is the question without its mark and with its pronouns filled in, `asked` as it was typed.
    """
    if filled := _fill_pair(core, exchanges):
        return filled, False
    filled, needs = _fill_pointing(core, asked, exchanges[-1])
    if filled:
        return filled, False
    needs = needs or any(True for _ in free_pronouns(core))
    there = _THERE.search(core)
    if there and not _EXISTENTIAL.search(core) and not _has_place(core[: there.start()]):
        if place := spoken_place(exchanges):
            if _MOVING.search(core[: there.start()]):
                place = re.sub(r"^(?:in|at|near)\s", "to ", place)
            return core[: there.start()] + place + core[there.end() :], needs
        stripped = re.sub(r"\s*\bthere$", "", core)
        if stripped != core and (clause := stated(core, asked, exchanges[-1])):
            return f"{stripped} when {clause}", False
        needs = True
    return core, needs or _points_to_a_time(core) or _points_to_the_same(core)


def _fill_pair(core: str, exchanges: Sequence[Exchange]) -> str:
    """Name "the two leaders"; empty where there are none, or the question names others."""
    found = _PAIR.search(core)
    if not found or not _BEFORE_PAIR.search(core[: found.start()]) or own_names(core):
        return ""
    pair = spoken_pair(exchanges, found.group().split()[-1] in _PAIR_OF_PLACES)
    return core[: found.start()] + pair + core[found.end() :] if pair else ""


def _fill_pointing(core: str, asked: str, exchange: Exchange) -> tuple[str, bool]:
    """Fill in the first "that" or "that visit"; empty where it can't be, with whether the question then leans."""
    for found in _POINTING.finditer(core):
        if found["bare"]:
            return _fill_bare(core, asked, exchange, found), True
        noun = found["noun"]
        if noun in _NO_NOUNS or (find_dates(core) and noun in {"year", "month", "day"}):
            continue
        thing = noun_phrase(exchange.question, noun) or noun_phrase(exchange.answer, noun)
        filled = core[: found.start("determiner")] + thing + core[found.end("noun") :] if thing else ""
        return filled, not own_names(core)
    return "", False


def _fill_bare(core: str, asked: str, exchange: Exchange, found: re.Match[str]) -> str:
    before, after = core[: found.start("bare")], core[found.end("bare") :]
    if re.search(r"\b(?:after|before|since|until)\s$", before) and (clause := stated(core, asked, exchange)):
        return before + clause + after
    theme = re.match(r"about\s+(.+)", named_tail(exchange))
    if theme and before.endswith("about "):
        return before + theme.group(1) + after
    done = re.search(r"\b(?:do|doing|done|say|said)\s$", before)
    thing = spoken_thing(exchange) if found["bare"].casefold() in {"that", "this"} and not done else ""
    return before + thing + after if thing else ""


def _points_to_a_time(core: str) -> bool:
    return bool(_THEN.search(core)) and not OPENING.match(core)


def _points_to_the_same(core: str) -> bool:
    same = _SAME.search(core)
    if not same:
        return False
    return not same["noun"] or same["noun"].strip() == "thing" or len(content_words(core, [])) <= 3


def _has_place(text: str) -> bool:
    return any(name.kind == "place" and _IN_A_PLACE.search(text[: name.start]) for name in find_names(text))


def stated(text: str, asked: str, exchange: Exchange) -> str:
    """State the last exchange, with a pronoun for a person whom the text around names already."""
    statement = exchange.statement()
    pronoun = re.search(r"\b(?:he|she|they)\b", asked, re.IGNORECASE)
    for name in exchange.persons():
        if pronoun and statement.startswith(f"{name.text} ") and name.text in text:
            return f"{pronoun.group().casefold()}{statement[len(name.text) :]}"
    return statement


def named_tail(exchange: Exchange) -> str:
    """Give the phrases of place, time or theme that end the last question, where they name something."""
    tail = exchange.parsed.tail
    return tail if tail and (find_names(f"so {tail}") or find_dates(tail)) else ""
