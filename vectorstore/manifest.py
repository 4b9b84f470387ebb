"""Keep account of what is in an index, and of what made it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from .chunks import CHUNKING
from .errors import IndexUnavailable
from .files import write_whole

__all__ = ["ArticleRecord", "Failure", "Manifest", "Stamp"]

# Raise it when the files of an index change their meaning, or an article's text comes out differently.
FORMAT = 6

# A file's size, time of change and time of its entry's change, the latter two in nanoseconds.
Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class ArticleRecord:
    """Describe an indexed article: all of it but its text and vectors, which are kept under the names given here.

    `sha256` is the hash of the file's bytes. `stamp` is None where the file was so fresh that a later edit could leave
    no trace in it.
    """

    sha256: str
    stamp: Stamp | None
    title: str
    published: date | None
    url: str | None
    body_start: int
    page_starts: tuple[int, ...]
    text: str
    vectors: str
    chunks: tuple[str, ...]


@dataclass(frozen=True)
class Failure:
    """Tell why a file is not indexed; `sha256` is empty where its bytes could not be read."""

    reason: str
    sha256: str = ""
    stamp: Stamp | None = None


@dataclass(frozen=True)
class Manifest:
    """List an index's articles by source, and what kept files from being indexed.

    `copies` and `twins` are what `Copies` tells. `files` are the fingerprints
    of what was derived from the articles, by path; `made_by` the versions that derived it.
    """

    embedding: str
    articles: Mapping[str, ArticleRecord] = field(default_factory=dict)
    failed: Mapping[str, Failure] = field(default_factory=dict)
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    twins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    made_by: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT
    chunking: int = CHUNKING

    @property
    def is_current(self) -> bool:
        """Tell whether this version of Parley would read and cut the articles the same way."""
        return (self.format, self.chunking) == (FORMAT, CHUNKING)

    @property
    def chunk_ids(self) -> set[str]:
        """Give the ids of all chunks."""
        return {chunk for record in self.articles.values() for chunk in record.chunks}

    @classmethod
    def load(cls, path: Path) -> "Manifest":
        """Read a manifest; raises IndexUnavailable where it is lost or not as it was written."""
        try:
            written, _, body = path.read_text(encoding="utf-8").partition("\n")
            if written != _checksum(body):
                raise ValueError("its checksum is another one")
            fields: dict[str, Any] = json.loads(body)
            fields["articles"] = {source: _record(entry) for source, entry in fields["articles"].items()}
            fields["failed"] = {source: _failure(entry) for source, entry in fields["failed"].items()}
            for name in ("copies", "twins"):
                fields[name] = {key: tuple(sources) for key, sources in fields[name].items()}
            return cls(**fields)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexUnavailable(f"can't read the index's manifest {str(path)!r} ({error})") from error

    def save(self, path: Path) -> None:
        """Write the manifest below its own checksum."""
        body = json.dumps(asdict(self), default=_as_json, ensure_ascii=True)
        write_whole(path, f"{_checksum(body)}\n{body}".encode())


def _checksum(body: str) -> str:
    return f"{crc32(body.encode()):08x}"


def _record(entry: dict[str, Any]) -> ArticleRecord:
    published = date.fromisoformat(entry["published"]) if entry["published"] else None
    lists = {name: tuple(entry[name]) for name in ("chunks", "page_starts")}
    return ArticleRecord(**{**entry, **lists, "published": published, "stamp": _stamp(entry["stamp"])})


def _failure(entry: dict[str, Any]) -> Failure:
    return Failure(**{**entry, "stamp": _stamp(entry["stamp"])})


def _stamp(entry: list[int] | None) -> Stamp | None:
    return (entry[0], entry[1], entry[2]) if entry else None


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
