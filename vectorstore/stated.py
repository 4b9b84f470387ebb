"""Find the title and the date that an article states."""

import re
from datetime import date, datetime

from .dates import read_dates
from .furniture import find_furniture
from .sentences import split_blocks

__all__ = ["is_visible", "one_line", "parse_date", "stated_date", "title_line"]

_LONGEST_TITLE = 200
_LONGEST_LEAD = 90
_LONGEST_DATE = 60


def one_line(value: object) -> str:
    """Write a title in one line of bounded length; anything but text gives none."""
    return " ".join(value.split())[:_LONGEST_TITLE] if isinstance(value, str) else ""


def is_visible(text: str) -> bool:
    """Tell whether a text shows anything: neither white space nor marks such as a byte order mark do."""
    return any(character.isprintable() and not character.isspace() for character in text)


_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.*[^\s#])")
_SITE_SUFFIX = re.compile(r"\s+[-–—|·]\s+[^-–—|·]{2,40}$")


def title_line(text: str, body_start: int) -> str:
    """Find the first heading-like line, or else give the article's first words."""
    furniture = set(find_furniture(text, "", body_start))
    blocks = {span: " ".join(text[slice(*span)].strip("\ufeff \t").split()) for span in split_blocks(text, body_start)}
    lines = [line for span, line in blocks.items() if span not in furniture and any(map(str.isalnum, line))]
    lines = lines or [line for line in blocks.values() if is_visible(line)]
    for line in lines[:5]:
        heading = _MARKDOWN_HEADING.match(line)
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


_BESIDE_DATE = re.compile(
    r"(?:(?:first|last|published|posted|updated|date|issued|on|at|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"\d{1,2}(?::\d\d){1,2}(?:\.\d+)?z?|\d{1,2}(?::\d\d)?\s*[ap](?:m|\.m\.?)|"
    r"utc|gmt|[ecmp][sd]?t|bst|ces?t|ist|jst|[+-]\d\d:?\d\d)(?!\w)|[\s.,:;|·•()–—]|-(?!\d))*",
    re.IGNORECASE,
)


def parse_date(value: object) -> date | None:
    """Read a date as front matter and pages state it (ISO 8601 or written out), or give None."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return _as_date(value) or _as_date(value.strip()[:10])


def _as_date(line: str) -> date | None:
    """Read a line that holds a full date and at most a label, a weekday and a time beside it."""
    dates = list(read_dates(line)) if len(line) <= _LONGEST_DATE else []
    if len(dates) != 1:
        return None
    (written,) = dates
    if not (written.month and written.day):
        return None
    beside = line[: written.start], line[written.end :]
    return date(written.year, written.month, written.day) if all(map(_BESIDE_DATE.fullmatch, beside)) else None


def stated_date(text: str, body_start: int) -> date | None:
    """Find a line near the top that holds nothing but a full date."""
    for start, end in split_blocks(text, body_start)[:6]:
        if found := _as_date(text[start:end]):
            return found
    return None
