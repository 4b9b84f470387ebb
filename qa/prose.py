"""Read the articles' sentences as prose."""

import re

__all__ = ["leans", "plain", "repeat"]

_LEANS = re.compile(
    r"\W*(?:he|she|they|it|his|her|their|its|this|that|these|those|however|but|and|also|both)\b", re.IGNORECASE
)
_MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?])[*_](?!\w)")
_LINE_MARK = re.compile(r"^(?:#{1,6}|>|[-*+•])\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")  # "[Greer](https://...)"
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKER = re.compile(r"\[(\s*\d+\s*)\]")


def plain(quote: str) -> str:
    """Write a quote as prose: in one line, without marks of Markdown and HTML, and with nothing like a citation."""
    text = _MARKDOWN_ESCAPE.sub(r"\1", " ".join(quote.split()))
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub("", _LINE_MARK.sub("", text))
    return " ".join(_MARKER.sub(r"(\1)", text).split())


def leans(sentence: str) -> bool:
    """Tell whether a sentence begins so that it leans on the one before it."""
    return bool(_LEANS.match(sentence))


def repeat(sentence: str, other: str) -> bool:
    """Tell whether two sentences share most of their words."""
    words, others = set(sentence.casefold().split()), set(other.casefold().split())
    return len(words & others) > 0.7 * min(len(words), len(others))
