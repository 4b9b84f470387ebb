"""List the articles with what a reader chooses them by, and narrow the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from .pane import ArticleLike
from .text import one_line

__all__ = ["Filter", "Shelf", "Shelved"]


@dataclass(frozen=True)
class Shelved:
    """Describe an indexed article without its text."""

    source: str
    title: str
    outlet: str
    published: date | None
    words: int
    sha256: str


@dataclass(frozen=True)
class Filter:
    """Hold what the list is narrowed to; what is empty narrows nothing."""

    text: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, fields: Any) -> Self:
        """Read the fields that the browser sends; what makes no sense narrows nothing."""
        if not isinstance(fields, Mapping):
            return cls()
        return cls(
            one_line(str(fields.get("text", "")))[:200],
            str(fields.get("outlet", "")),
            _day(fields.get("since")),
            _day(fields.get("until")),
        )

    def lets(self, article: Shelved) -> bool:
        """Tell whether an article has all the words, the outlet, and a date in the range."""
        words = f"{article.title} {article.source}".casefold()
        return (
            all(word in words for word in self.text.casefold().split())
            and self.outlet in ("", article.outlet)
            and (self.since is None or (article.published is not None and self.since <= article.published))
            and (self.until is None or (article.published is not None and article.published <= self.until))
        )


@dataclass(frozen=True)
class Shelf:
    """Hold the indexed articles, and the files that are not, each with the reason."""

    articles: tuple[Shelved, ...]
    left_out: Mapping[str, str]

    @classmethod
    def fill(cls, articles: Iterable[ArticleLike], left_out: Mapping[str, str]) -> Self:
        """Describe articles, which are read one after the other."""
        shelved = (
            Shelved(
                article.source,
                one_line(article.title),
                one_line(article.outlet),
                article.published,
                len(article.text.split()),
                article.sha256,
            )
            for article in articles
        )
        return cls(tuple(shelved), dict(left_out))

    @property
    def outlets(self) -> Sequence[str]:
        """Name the outlets, in the order of the alphabet."""
        return sorted({article.outlet for article in self.articles if article.outlet}, key=str.casefold)

    def matching(self, wanted: Filter) -> tuple[Shelved, ...]:
        """Give the articles that a filter lets through."""
        return tuple(article for article in self.articles if wanted.lets(article))


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
