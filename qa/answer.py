"""What comes back from a question: an answer, and the citations that prove it."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

__all__ = ["Answer", "Citation", "Turn"]


@dataclass(frozen=True)
class Turn:
    """Hold one earlier message of a conversation."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True)
class Citation:
    """Point at the words of an article that prove a statement.

    `start` and `end` are character offsets into the article's text, end exclusive, and `quote` is exactly what
    stands there. `score` orders passages; it is no probability. `page` is the page of the file, counted from 1, or None
    where it has none. `also_in` are the sources of the other articles that hold the same words.
    """

    number: int
    source: str
    title: str
    published: date | None
    start: int
    end: int
    quote: str
    score: float
    page: int | None = None
    also_in: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Name the file, and the page in it where it has pages."""
        return f"{self.source}, page {self.page}" if self.page else self.source

    def to_dict(self) -> dict[str, Any]:
        """Turn the citation into JSON types; a date becomes an ISO 8601 string."""
        published = self.published.isoformat() if self.published else None
        return {**asdict(self), "published": published, "also_in": list(self.also_in)}

    @property
    def footnote(self) -> str:
        """Name the article, its date if known, its file, and the quoted words, in one line."""
        parts = [self.title, self.published.isoformat() if self.published else "", self.place]
        named = ", ".join(part for part in parts if part)
        copies = f" (also in {', '.join(self.also_in)})" if self.also_in else ""
        return f"[{self.number}] {named}{copies}: “{' '.join(self.quote.split())}”"


@dataclass(frozen=True)
class Answer:
    """Answer a question in prose whose `[n]` markers each have exactly one citation.

    Where the articles don't say, `answered` is False, there are no citations, `missing` names the question's terms
    that no article mentions, and `nearest` cites the closest passages. `passages` names, for each passage that was read
    for the answer, the article's source. `written_by` names the language model that wrote the text, and is empty where
    it is made of the articles' own sentences; `notes` tell the reader what a model failed at, and what was left out.
    """

    question: str
    text: str
    citations: tuple[Citation, ...]
    answered: bool
    standalone_question: str
    missing: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()
    passages: tuple[str, ...] = ()
    written_by: str = ""
    notes: tuple[str, ...] = ()

    @property
    def pieces(self) -> list[str]:
        """Cut the text behind each citation's number."""
        return re.findall(r".+?(?:\[\d+\]\s*|$)", self.text, re.DOTALL)

    def to_dict(self) -> dict[str, Any]:
        """Turn the answer into JSON types; dates become ISO 8601 strings."""
        cited = {name: [each.to_dict() for each in getattr(self, name)] for name in ("citations", "nearest")}
        texts = {name: list(getattr(self, name)) for name in ("missing", "passages", "notes")}
        return asdict(self) | cited | texts

    def __str__(self) -> str:
        lines = [self.text]
        if self.citations:
            lines += ["", *(citation.footnote for citation in self.citations)]
        elif self.nearest:
            lines += ["", "The nearest passages:", *(citation.footnote for citation in self.nearest)]
        if self.standalone_question != self.question:
            lines += ["", f"Read as: {self.standalone_question}"]
        if self.written_by:
            lines += ["", f"Written by {self.written_by}; each sentence was checked against the words it cites."]
        lines += ["", *self.notes] if self.notes else []
        return "\n".join(lines)
