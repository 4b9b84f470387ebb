"""Read a transcript's lines: who speaks ("MR. LANE:  We did."), and what a reporter asks ("Q  Thank you, sir.")."""

import re
from collections.abc import Callable

__all__ = ["asked_by_reporters", "speaker", "words_spoken"]

_CAPITAL = "".join(filter(str.isupper, map(chr, range(0x2000))))  # of every alphabet: re has no class for them
_NAME = rf"(?:[{_CAPITAL}][\w.’'-]*\s){{0,6}}[{_CAPITAL}][{_CAPITAL}.’'-]*"  # "Director ŞAHİN"
_SPEAKER = re.compile(rf"\s*{_NAME}(?=:)")
_REPORTER = r"Q[.:]?\s|(?:QUESTION(?:ER)?|REPORTER|JOURNALIST|AUDIENCE|AUDIENCE\sMEMBER|PARTICIPANT)(?:\s\d+)?:"
_TURN = re.compile(rf"^[^\S\n]*(?:(?P<reporter>{_REPORTER})|{_NAME}:)", re.MULTILINE)
_REMARK = re.compile(r"\([^()]*\)")


def speaker(sentence: str) -> str:
    """Give the name of who speaks, with which a sentence begins; empty where it begins with none."""
    found = _SPEAKER.match(sentence)
    return found.group() if found else ""


def words_spoken(sentence: str) -> str:
    """Give what is said in a sentence, without who says it and without remarks such as "(Laughs.)"."""
    return _REMARK.sub("", sentence[len(speaker(sentence)) :])


def asked_by_reporters(text: str) -> Callable[[int], bool]:
    """Tell of each place in a text whether it stands in what a reporter asks: what asks is not what was said."""
    turns = [(match.start(), bool(match["reporter"])) for match in _TURN.finditer(text)]
    return lambda place: next((asks for start, asks in reversed(turns) if start <= place), False)
