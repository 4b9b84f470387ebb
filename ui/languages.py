"""Choose the language of the window by what the browser asks for."""

from .chinese import CHINESE
from .strings import ENGLISH, Strings

__all__ = ["LANGUAGES", "language_of"]

LANGUAGES = {"en": ENGLISH, "zh": CHINESE, "zh-CN": CHINESE}


def language_of(accepted: str | None) -> Strings:
    """Give the words for an `Accept-Language` header: the first language in it that we have, else English."""
    for entry in (accepted or "").split(","):
        words = LANGUAGES.get(entry.partition(";")[0].strip().partition("-")[0].lower())
        if words is not None:
            return words
    return ENGLISH
