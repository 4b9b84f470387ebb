"""Find the files of a folder of news articles, and hold what was read from one."""

import os
import re
import stat
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path

from .errors import ArticlesNotFound
from .extract import UnreadableArticle
from .furniture import find_furniture
from .outlets import find_outlet
from .sentences import Span, split_blocks, split_sentences

__all__ = ["Article", "find_files", "read_bytes"]

_LARGEST_FILE = 50_000_000
_LINE = re.compile(r"[^\r\n]+")
_NEITHER_WAIT_NOR_FOLLOW = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))


@dataclass(frozen=True)
class Article:
    """Hold a source file as read.

    `source` is the file's POSIX path relative to the articles folder, `sha256` the hash of its bytes. `text` is what
    quotes are cut from: the decoded file with its newlines untouched, or the text extracted from it where it is no
    plain text. `published` is None where the article states no date. `body_start` is where the text begins after
    front matter, `page_starts` are where its pages begin, where it has pages.
    """

    source: str
    sha256: str
    title: str
    text: str = field(repr=False)
    published: date | None = None
    url: str | None = None
    body_start: int = 0
    page_starts: tuple[int, ...] = ()

    @property
    def paragraphs(self) -> list[Span]:
        """Find the (start, end) offsets of the paragraphs, wrapped lines put together, and of front matter's lines."""
        front = [line.span() for line in _LINE.finditer(self.text, 0, self.body_start) if line.group().strip()]
        return front + split_blocks(self.text, self.body_start)

    @cached_property
    def furniture(self) -> list[Span]:
        """Find the (start, end) offsets of what is no part of the article."""
        return find_furniture(self.text, self.title, self.body_start)

    @cached_property
    def sentences(self) -> list[Span]:
        """Find the (start, end) offsets of the article's sentences, in order; none is furniture or runs across it.

        Found once, in all of the text: a part that is split by itself may come out otherwise.
        """
        edges = [self.body_start, *chain.from_iterable(self.furniture), len(self.text)]
        return [
            (start, end)
            for cut, stop in zip(edges[::2], edges[1::2], strict=True)
            for start, end in split_sentences(self.text, cut, stop)
            if any(map(str.isalnum, self.text[start:end]))
        ]

    def sentences_between(self, start: int, end: int) -> list[Span]:
        """Give the sentences that lie whole between two offsets."""
        return [span for span in self.sentences if start <= span[0] and span[1] <= end]

    @property
    def outlet(self) -> str:
        """Name who published the article, as its front matter, address or dateline does; empty where none tells."""
        return find_outlet(self.text, self.url, self.body_start)

    def page_at(self, offset: int) -> int | None:
        """Tell on which page, counted from 1, an offset into the text lies; None where the article has no pages."""
        return bisect(self.page_starts, offset) or None


def find_files(folder: Path, *, leave_out: Path | None = None) -> tuple[dict[str, Path], dict[str, str]]:
    """List the regular files below `folder`, without following links out of it.

    Returns {source: path} of the files that may be articles and {source: reason} of everything else, each sorted; a
    hidden folder is one entry, and not looked into. `leave_out` is a folder that is passed over, such as an index kept
    among the articles.

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
    folders = [folder]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            yield folder, f"the folder can't be listed: {error.strerror}"
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if leave_out is not None and path.resolve() == leave_out.resolve():
                    continue
                if entry.name.startswith("."):
                    yield path, "a hidden folder"  # one entry for all that is in it, such as a repository's history
                else:
                    folders.append(path)
            else:
                yield path, _why_not(entry)


def _why_not(entry: os.DirEntry[str]) -> str:
    """Tell why an entry can't be an article, as far as can be told without reading it."""
    if entry.is_symlink():
        return "a symbolic link; copy the file itself into the folder"
    if not entry.is_file(follow_symlinks=False):
        return "not a regular file"
    if entry.name.startswith("."):
        return "a hidden file"
    if not _is_utf8(entry.name):
        return "its name is not UTF-8; rename it"
    return ""


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def read_bytes(path: Path) -> bytes:
    """Read a regular file's bytes; whatever took its place since it was listed is not waited for.

    Raises UnreadableArticle where it can't be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _NEITHER_WAIT_NOR_FOLLOW)
        with os.fdopen(descriptor, "rb") as handle:
            status = os.fstat(handle.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableArticle("not a regular file")
            if status.st_size > _LARGEST_FILE:
                raise UnreadableArticle(f"larger than {_LARGEST_FILE // 1_000_000} MB")
            return handle.read()
    except OSError as error:
        raise UnreadableArticle(f"can't be read: {error.strerror}") from error
