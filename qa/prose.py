"""Read the articles' sentences as prose."""

import re

__all__ = ["has_markup", "leans", "plain", "repeat", "speaks_of_self"]

_LEANS = re.compile(
    r"\W*(?:he|she|they|it|his|her|their|its|this|that|these|those|however|but|and|also|both|so|well"
    r"|as\s+(?:all\s+of\s+)?(?!(?:an?|the)\b)\w+\s+(?:also\s+|just\s+|have\s+|has\s+)*(?:mentioned|said|noted|know))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_OF_SELF = re.compile(r"\b(?:I|we|you|my|our|your|me|let['’]?s)\b", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z!][^<>]*>|<[a-z]+\s[^<>]*$|\bhttps?://|\bwww\.", re.IGNORECASE)
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


def speaks_of_self(sentence: str) -> bool:
    """Tell whether who writes or speaks means himself or who is spoken to, outside quotation marks."""
    return bool(_OF_SELF.search(_QUOTED.sub("", sentence)))


def has_markup(sentence: str) -> bool:
    """Tell whether a sentence, also as prose, holds what is written for a browser: a broken tag or an address."""
    return bool(_MARKUP.search(plain(sentence)))


def repeat(sentence: str, other: str) -> bool:
    """Tell whether two sentences share most of their words."""
    words, others = set(sentence.casefold().split()), set(other.casefold().split())
    return len(words & others) > 0.7 * min(len(words), len(others))
