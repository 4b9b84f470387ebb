"""Keep account of what is in an index, and of what made it."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .errors import IndexUnavailable

__all__ = ["FORMAT", "ArticleRecord", "Manifest"]

# Raise it when the files of an index change their meaning.
FORMAT = 1


@dataclass(frozen=True)
class ArticleRecord:
    """Describe an indexed article: all of it but its text."""

    sha256: str
    title: str
    published: date | None
    url: str | None
    body_start: int
    chunks: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """List an index's articles by source, and what kept files from being indexed."""

    embedding: str
    chunking: int
    articles: Mapping[str, ArticleRecord] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @classmethod
    def load(cls, path: Path) -> "Manifest | None":
        """Read a manifest; returns None where there is none, raises IndexUnavailable where it can't be read."""
        try:
            fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            fields["articles"] = {source: _record(entry) for source, entry in fields["articles"].items()}
            return cls(**fields)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexUnavailable(
                f"can't read the index's manifest {str(path)!r} ({error}); delete its folder to have it made anew"
            ) from error

    def save(self, path: Path) -> None:
        """Write the manifest so that a reader sees the old one or the new one, never a part."""
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as handle:
            json.dump(asdict(self), handle, default=_as_json, ensure_ascii=True)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)


def _record(entry: dict[str, Any]) -> ArticleRecord:
    published = date.fromisoformat(entry["published"]) if entry["published"] else None
    return ArticleRecord(**{**entry, "published": published, "chunks": tuple(entry["chunks"])})


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
