"""Say what was read from a file."""

from dataclasses import dataclass, field

__all__ = ["Extract", "UnreadableArticle"]


@dataclass(frozen=True)
class Extract:
    """Hold what a file says: its text, and its title, date and address as stated, or None.

    `page_starts` are the offsets in the text at which its pages begin, where it has pages; `body_start` is where the
    text begins after front matter.
    """

    text: str = field(repr=False)
    title: str | None = None
    published: str | None = None
    url: str | None = None
    page_starts: tuple[int, ...] = ()
    body_start: int = 0


class UnreadableArticle(Exception):
    """Tell why a file is no article; the text is the reason alone, since the source stands beside it."""
