"""Read the dateline that a paper sets before a report: "(CNN) -- ", "WASHINGTON, Nov 3 (Reuters) - "."""

import re

__all__ = ["dateline_agency", "dateline_end"]

_DATELINE = re.compile(r"\W*(?:[A-Z][\w.,'’ -]{1,40}?\s*)?\(([A-Z][\w.&+ ]{1,24})\)\s*(?:--|[-–—])\s+")


def dateline_end(text: str) -> int:
    """Tell where the dateline ends with which a text begins; 0 where it begins with none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def dateline_agency(text: str) -> str:
    """Name the agency in the dateline with which a text begins; empty where it begins with none."""
    found = _DATELINE.match(text)
    return found.group(1) if found else ""
