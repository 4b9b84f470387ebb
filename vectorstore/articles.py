"""Read a folder of news articles: every file becomes an article or has a reason why not."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from .errors import ArticlesNotFound
from .furniture import find_furniture
from .html import read_html
from .outlets import find_outlet
from .sentences import Span, split_blocks

__all__ = ["Article", "UnreadableArticle", "find_files", "parse_article", "read_bytes"]

READABLE = (".txt", ".md", ".markdown", ".html", ".htm")
_LARGEST_FILE = 50_000_000
_LONGEST_TITLE = 200
_LONGEST_LEAD = 90


@dataclass(frozen=True)
class Article:
    """Hold a source file as read.

    `source` is the file's POSIX path relative to the articles folder, `sha256` the hash of its bytes. `text` is what
    quotes are cut from: the decoded file with its newlines untouched, or the text extracted from HTML.
    `published` is None where the article states no date. `body_start` is where the text begins after front matter.
    """

    source: str
    sha256: str
    title: str
    text: str = field(repr=False)
    published: date | None = None
    url: str | None = None
    body_start: int = 0

    @property
    def furniture(self) -> list[Span]:
        """Find the (start, end) offsets of what is no part of the article."""
        return find_furniture(self.text, self.title, self.body_start)

    @property
    def outlet(self) -> str:
        """Name who published the article, as its front matter, address or dateline does; empty where none tells."""
        return find_outlet(self.text, self.url, self.body_start)


class UnreadableArticle(Exception):
    """Tell why a file is no article; the text is the reason alone, since the source stands beside it."""


def find_files(folder: Path, *, leave_out: Path | None = None) -> tuple[dict[str, Path], dict[str, str]]:
    """List the regular files below `folder`, without following links out of it.

    Returns {source: path} of the files that may be articles and {source: reason} of everything else, each sorted.
    `leave_out` is a folder that is not looked into, such as an index kept among the articles.

    Raises ArticlesNotFound where `folder` is missing, is no folder, or can't be listed.
    """
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except OSError as error:
        raise ArticlesNotFound(
            f"no folder of articles at {str(folder)!r} ({error.strerror}); name an existing one with --articles DIR"
        ) from error
    if not is_folder:
        raise ArticlesNotFound(f"{str(folder)!r} is a file; name the folder that holds it with --articles DIR")
    files: dict[str, Path] = {}
    left_out: dict[str, str] = {}
    for path, reason in _walk(folder, leave_out):
        source = path.relative_to(folder).as_posix()
        if reason:
            left_out[source] = reason
        else:
            files[source] = path
    return dict(sorted(files.items())), dict(sorted(left_out.items()))


def _walk(folder: Path, leave_out: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield each entry below the folder with the reason why it can't be an article, or an empty one."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield folder, f"the folder can't be listed: {error.strerror}"
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            yield path, "a symbolic link; copy the file itself into the folder"
        elif entry.is_dir(follow_symlinks=False):
            if leave_out is None or path.resolve() != leave_out.resolve():
                yield from _walk(path, leave_out)
        elif not entry.is_file(follow_symlinks=False):
            yield path, "not a regular file"
        elif entry.name.startswith("."):
            yield path, "a hidden file"
        elif path.suffix.lower() not in READABLE:
            yield path, f"Parley reads {', '.join(READABLE)}, not {path.suffix or 'files without a suffix'}"
        elif not _is_utf8(entry.name):
            yield path, "its name is not UTF-8; rename it"
        else:
            yield path, ""


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def parse_article(source: str, content: bytes) -> Article:
    """Make an article of a file's bytes; how depends on the suffix of its source.

    Raises UnreadableArticle where they are not UTF-8, or hold no text.
    """
    if b"\0" in content:
        raise UnreadableArticle("a binary file (it holds NUL bytes)")
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"not UTF-8 at byte {error.start}; save it as UTF-8") from error
    if PurePosixPath(source).suffix.lower() in (".html", ".htm"):
        page = read_html(decoded)
        text, body_start = page.text, 0
        stated: Mapping[str, Any] = {"title": page.title, "date": page.published, "source_url": page.url}
    else:
        text = decoded
        stated, body_start = _front_matter(text)
    if not text[body_start:].strip("\ufeff \t\r\n"):
        raise UnreadableArticle("holds no text")
    return Article(
        source=source,
        sha256=sha256(content).hexdigest(),
        title=_one_line(stated.get("title")) or _title_line(text, body_start),
        text=text,
        published=parse_date(stated.get("date")) or _date_line(text, body_start),
        url=_one_line(stated.get("source_url")) or None,
        body_start=body_start,
    )


def read_bytes(path: Path) -> bytes:
    """Read a regular file's bytes; whatever took its place since it was listed is not waited for.

    Raises UnreadableArticle where it can't be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as handle:
            status = os.fstat(handle.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableArticle("not a regular file")
            if status.st_size > _LARGEST_FILE:
                raise UnreadableArticle(f"larger than {_LARGEST_FILE // 1_000_000} MB")
            return handle.read()
    except OSError as error:
        raise UnreadableArticle(f"can't be read: {error.strerror}") from error


_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def _front_matter(text: str) -> tuple[Mapping[str, Any], int]:
    """Read YAML front matter; where there is none that can be read, all of the text is body."""
    fence = _FENCE.match(text)
    if fence is None:
        return {}, 0
    try:
        fields = yaml.load(fence.group(1), Loader=yaml.BaseLoader)  # noqa: S506 - strings only, safer than safe_load
    except yaml.YAMLError:
        return {}, 0
    if not isinstance(fields, dict):
        return {}, 0
    return {str(name).lower(): value for name, value in fields.items()}, fence.end()


def _one_line(value: object) -> str:
    return " ".join(value.split())[:_LONGEST_TITLE] if isinstance(value, str) else ""


_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*\s*")
_SITE_SUFFIX = re.compile(r"\s+[-–—|·]\s+[^-–—|·]{2,40}$")


def _title_line(text: str, body_start: int) -> str:
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


def _date_line(text: str, body_start: int) -> date | None:
    """Find a line near the top that holds nothing but a full date."""
    for start, end in split_blocks(text, body_start)[:6]:
        found = _as_date(text[start:end]) if end - start < 60 else None
        if found:
            return found
    return None
