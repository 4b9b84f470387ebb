"""Find the title and the date that an article states."""

import re
from datetime import date, datetime

from .furniture import find_furniture
from .sentences import split_blocks

__all__ = ["one_line", "parse_date", "stated_date", "title_line"]

_LONGEST_TITLE = 200
_LONGEST_LEAD = 90


def one_line(value: object) -> str:
    """Write a title in one line of bounded length; anything but text gives none."""
    return " ".join(value.split())[:_LONGEST_TITLE] if isinstance(value, str) else ""


_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*\s*")
_SITE_SUFFIX = re.compile(r"\s+[-–—|·]\s+[^-–—|·]{2,40}$")


def title_line(text: str, body_start: int) -> str:
    """Find the first heading-like line, or else give the article's first words."""
    blocks = split_blocks(text, body_start)
    furniture = find_furniture(text, "", body_start)
    lines = [
        " ".join(text[start:end].strip("\ufeff \t").split()) for start, end in blocks if (start, end) not in furniture
    ]
    if not lines:
        lines = [" ".join(text[start:end].strip("\ufeff \t").split()) for start, end in blocks]
    for line in lines[:5]:
        heading = _MARKDOWN_HEADING.fullmatch(line)
        if heading:
            return heading.group(1)[:_LONGEST_TITLE]
    first = lines[0]
    if (
        len(first) <= _LONGEST_TITLE
        and first[-1] not in ".,;:…\"”'’"
        and len(first.split()) > 2
        and not _as_date(first)
    ):
        bare = _SITE_SUFFIX.sub("", first)
        return bare if bare in lines[1:] else first
    if len(first) <= _LONGEST_LEAD:
        return first
    return first[: first.rindex(" ", 0, _LONGEST_LEAD) if " " in first[:_LONGEST_LEAD] else _LONGEST_LEAD] + "…"


_DATE_FORMATS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%Y/%m/%d")
_DATE_LABEL = re.compile(
    r"^(?:(?:first\s+)?(?:published|posted|updated|last\s+updated|date|issued)\s*(?:on|at)?\s*:?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.")


def parse_date(value: object) -> date | None:
    """Read a date as front matter and pages state it (ISO 8601 or written out), or give None."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return _as_date(value.strip()[:10]) or _as_date(value)


def _as_date(line: str) -> date | None:
    wanted = _ABBREVIATED.sub(r"\1", _DATE_LABEL.sub("", line.strip(), count=1)).replace("Sept ", "Sep ")
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(wanted, form).date()
        except ValueError:
            continue
    return None


def stated_date(text: str, body_start: int) -> date | None:
    """Find a line near the top that holds nothing but a full date."""
    for start, end in split_blocks(text, body_start)[:6]:
        found = _as_date(text[start:end]) if end - start < 60 else None
        if found:
            return found
    return None
