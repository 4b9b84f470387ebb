"""Find the words of a sentence that tell why: the whole clause or phrase behind "because", "after" or "to"."""

import re

from .clauses import ParsedQuestion
from .verbs import PASTS
from .whole_words import Span

__all__ = ["asks_reason", "whole_reason"]

# Behind these all that follows is the reason; a number or a weekday behind "after" is a time.
_CAUSE = re.compile(
    r"\b(?:because(?:\s+of)?|(?:due|owing|thanks)\s+to|amid|so\s+that|on\s+(?:charges|suspicion)\s+of"
    r"|after(?!\s+(?:\w+\s+)?(?:\d|\w+days?\b|hours\b|weeks\b|months\b|years\b|decades\b)))\s+",
    re.IGNORECASE,
)
# These have other uses too, so the words found must be next to them: "fined for", but not "in the port for".
_LINK = re.compile(
    r"\b(?:(?:for|over|since)\s+(?:(?:an?|the|his|her|its|their)\s+)?"
    r"|(?:in\s+order\s+|so\s+as\s+)?(?<!according )to\s+(?!(?:an?|the|his|her|its|their)\s)(?=[a-z])"
    r"(?:\w+\s+(?:(?:an?|the|his|her|its|their)\s+)?)?)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:]\s|[—–()“”\"]|\s--?\s")
_NEXT_DEED = re.compile(rf"\s+(?:and|but)\s+(?=(?:{'|'.join(sorted(PASTS))}|has|have|is|are|was|were|will|\w+ed)\b)")
_GOES_ON = re.compile(r"[,;:]\s|[—–()“”\"]|\s--?\s|\b(?:and|or)\b")
_FEWEST = 2  # words found behind a link that has other uses


def asks_reason(parsed: ParsedQuestion) -> bool:
    """Tell whether a question asks why, or for what reason."""
    return bool(re.search(r"\b(?:why|reasons?)$", parsed.asked, re.IGNORECASE))


def whole_reason(text: str, span: Span) -> Span | None:
    """Widen words to the reason that they are a part of, with the word that it begins with; None where they aren't.

    None too where it can't be told where the reason ends, as a comma may set in what it goes on behind: "because her
    son, a baker, had left".
    """
    start = _start(text, span)
    if start is None or _BREAK.search(text, start, span[1]):
        return None
    pause = _BREAK.search(text, span[1])
    deed = _NEXT_DEED.search(text, span[1], pause.start() if pause else len(text))
    if deed:
        return start, deed.start()
    if pause is None:
        return start, start + len(text[start:].rstrip(" .!\n"))
    ends = text[pause.start()] == ";" or (text[pause.start()] == "," and not _GOES_ON.search(text, pause.end()))
    return (start, pause.start()) if ends else None


def _start(text: str, span: Span) -> int | None:
    """Find where the word begins that the reason is behind."""
    causes = [cause.start() for cause in _CAUSE.finditer(text) if cause.start() <= span[0]]
    if causes and not _BREAK.search(text, causes[-1], span[0]):
        return causes[-1]
    links = (link.start() for link in _LINK.finditer(text) if link.start() <= span[0] <= link.end())
    return next(links, None) if len(text[slice(*span)].split()) >= _FEWEST else None
