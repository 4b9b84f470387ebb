"""Find whom "he" or "it" means that opens a sentence, so that it does not come to mean somebody else elsewhere."""

import re
from collections.abc import Sequence

from .figures import calendar_name
from .names import find_names
from .pronouns import fits
from .wording import Words

__all__ = ["last_subject", "opening_pronoun"]

_OPENING = re.compile(r"\W*(he|she|they|it)\b", re.IGNORECASE)
_LEAD = "so "  # behind it no name opens the sentence


def opening_pronoun(sentence: str) -> str:
    """Give the pronoun that a sentence opens with; empty without one."""
    found = _OPENING.match(sentence)
    return found.group(1).casefold() if found else ""


def last_subject(sentences: Sequence[str], pronoun: str) -> str:
    """Give what the last sentence that says so is about, as a pronoun behind it would mean it; empty in doubt.

    A person is known by the last name. Anything else is known by the word that its sentence opens with.
    """
    for sentence in reversed(sentences):
        if opening_pronoun(sentence) != pronoun:
            return _person(sentence, pronoun) if pronoun in {"he", "she"} else _opener(sentence)
    return ""


def _person(sentence: str, pronoun: str) -> str:
    """Give the last name of the first person in a sentence; empty where that may be no name."""
    for name in find_names(_LEAD + sentence):
        if not Words(name.text).telling or not fits(name, pronoun):
            continue
        is_doubtful = name.start == len(_LEAD) and len(name.text.split()) == 1 and name.text.endswith("s")
        return "" if is_doubtful else name.last  # "Officials said", "Jones said"
    return ""


def _opener(sentence: str) -> str:
    words = [word for word in Words(sentence).words if word.folded not in {"a", "an", "the"}][:1]
    return next((word.identity for word in words if word.is_telling and not calendar_name(word.text)), "")
