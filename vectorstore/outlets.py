"""Tell who published an article, where it says so itself."""

import re
from urllib.parse import urlsplit

from .datelines import dateline_agency

__all__ = ["OUTLET_FIELDS", "find_outlet"]

OUTLET_FIELDS = ("outlet", "publisher", "publication", "site_name", "source")
_STATED = re.compile(rf"^(?:{'|'.join(OUTLET_FIELDS)})\s*:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_DATELINE_WITHIN = 3000  # titles and menus come before it


def find_outlet(text: str, url: str | None, body_start: int) -> str:
    """Name the outlet of the front matter, else the web address's host, else the dateline's agency, else nothing."""
    stated = _STATED.search(text, 0, body_start)
    if stated and "://" not in stated.group(1):
        return " ".join(stated.group(1).strip("'\"").split())[:80]
    host = _host(url)
    if host:
        return host.removeprefix("www.")
    for line in text[body_start : body_start + _DATELINE_WITHIN].splitlines():
        if agency := dateline_agency(line):
            return agency
    return ""


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
