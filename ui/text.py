"""Make any text safe to look at: what can't be seen, or turns the line around, becomes visible."""

import re

__all__ = ["one_line", "shorten", "visible"]

# Control characters except tab and line ends, overrides of the direction of writing, and halves of surrogate pairs
# (a file name that is not UTF-8 has them, and JSON can't carry them).
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Replace each character that can't be shown; offsets into the text stay right."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Put the text on one line, with single spaces."""
    return " ".join(visible(text).split())


def shorten(text: str, length: int) -> str:
    """Put the text on one line of at most about `length` characters, cut between words."""
    line = one_line(text)
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + " …"
