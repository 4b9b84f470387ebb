"""Read a transcript's lines: who speaks ("MR. LANE:  We did."), and what a reporter asks ("Q  What now?")."""

import re
from collections.abc import Callable
from itertools import islice

__all__ = ["asked_by_reporters", "is_pleasantry", "is_transcript", "speaker", "words_spoken"]

_CAPITAL = "".join(filter(str.isupper, map(chr, range(0x2000))))  # of every alphabet: re has no class for them
_NAME = rf"(?:[{_CAPITAL}][\w.’'-]*\s){{0,6}}[{_CAPITAL}][{_CAPITAL}.’'-]*"  # "Director ŞAHİN"
_SPEAKER = re.compile(rf"\s*{_NAME}(?=:)")
_REPORTER = (
    r"Q[.:]?\s|(?:QUESTION(?:ER)?|REPORTER|JOURNALIST|MODERATOR|OPERATOR|AUDIENCE|AUDIENCE\sMEMBER|PARTICIPANT)"
    r"(?:\s\d+)?:"
)
_TURN = re.compile(rf"^[^\S\n]*(?:(?P<reporter>{_REPORTER})|{_NAME}:)", re.MULTILINE)
_PLEASANTRY = re.compile(
    r"\W*(?:(?:well|and|so|yeah|yes|ok|okay|all right)\W+)*"
    r"(?:hello|hi|welcome|thanks|thank\s+you|good\s+(?:morning|afternoon|evening|day))"
    r"(?:\W*$|[,.!]|\s+(?:again|all|and|both|everybody|everyone|for|ladies|ma['’]am|sir|so|very|you)\b)",
    re.IGNORECASE,
)
_LONGEST_PLEASANTRY = 10  # words
_QUOTE = frozenset('"“”')
_FEWEST_TURNS = 2
_REMARK = re.compile(r"\([^()]*\)")


def is_transcript(text: str) -> bool:
    """Tell whether a text gives what several people, or one of them several times, say in turn."""
    return next(islice(_TURN.finditer(text), _FEWEST_TURNS - 1, None), None) is not None


def speaker(sentence: str) -> str:
    """Give the name of who speaks, with which a sentence begins; empty where it begins with none."""
    found = _SPEAKER.match(sentence)
    return found.group() if found else ""


def words_spoken(sentence: str) -> str:
    """Give what is said in a sentence, without who says it and without remarks such as "(Laughs.)"."""
    return _REMARK.sub("", sentence[len(speaker(sentence)) :])


def is_pleasantry(sentence: str) -> bool:
    """Tell whether a sentence but greets or thanks: "MR. LANE: Good evening, everyone."; a quoted one is news."""
    words = words_spoken(sentence)
    is_short = len(words.split()) <= _LONGEST_PLEASANTRY and _QUOTE.isdisjoint(words)
    return is_short and bool(_PLEASANTRY.match(words.lstrip(": ")))


def asked_by_reporters(text: str) -> Callable[[int], bool]:
    """Tell of each place in a text whether it stands in what a reporter asks: what asks is not what was said."""
    turns = [(match.start(), bool(match["reporter"])) for match in _TURN.finditer(text)]
    return lambda place: next((asks for start, asks in reversed(turns) if start <= place), False)
