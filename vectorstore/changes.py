"""Compare a folder of articles with what an index holds of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Self

from llama_index.core.schema import TextNode

from .articles import Article, find_files, read_bytes
from .chunks import chunk_article
from .errors import ArticlesNotFound
from .extract import UnreadableArticle
from .manifest import ArticleRecord, Failure, Manifest, Stamp
from .parsing import READABLE, ArticleParser, why_unreadable

__all__ = ["Changes", "SyncReport"]

# A file edited twice within this time may have the same stamp both times.
_SETTLED_NS = 2_000_000_000


@dataclass(frozen=True)
class SyncReport:
    """Tell what a sync changed: sources, in order, and for each file left out the reason."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Tell whether the index is another one than before."""
        return bool(self.added or self.updated or self.removed)


@dataclass(frozen=True)
class Changes:
    """Hold what is to be done to an index.

    `unchanged` are the records to keep; `chunked` the articles to add, cut into chunks, each with its file's stamp;
    `failed` the files that can't be articles.
    """

    report: SyncReport
    unchanged: Mapping[str, ArticleRecord]
    chunked: Mapping[str, tuple[Article, list[TextNode], Stamp | None]]
    failed: Mapping[str, Failure]

    @classmethod
    def find(cls, folder: Path, known: Manifest, *, leave_out: Path, parse: bool = True) -> Self:
        """Compare a folder with what is known of it; files that did not change are not read again.

        Without `parse` new and changed files are taken for articles as they are, and not cut into chunks.

        Raises ArticlesNotFound where the folder is missing or nothing in it can be read.
        """
        files, left_out = find_files(folder, leave_out=leave_out)
        failed = {source: Failure(reason) for source, reason in left_out.items()}
        unchanged: dict[str, ArticleRecord] = {}
        chunked: dict[str, tuple[Article, list[TextNode], Stamp | None]] = {}
        fresh = []
        with ArticleParser() as parser:
            for source, path in files.items():
                stamp, digest = _stamp(path), ""
                before = known.articles.get(source) or known.failed.get(source)
                try:
                    if reason := why_unreadable(source):
                        raise UnreadableArticle(reason)
                    if before and before.sha256 and stamp and before.stamp == stamp:
                        content, digest = b"", before.sha256
                    else:
                        content = read_bytes(path)
                        digest = sha256(content).hexdigest()
                    if before and before.sha256 == digest:
                        if isinstance(before, ArticleRecord):
                            unchanged[source] = replace(before, stamp=stamp)
                        else:
                            failed[source] = replace(before, stamp=stamp)
                        continue
                    fresh.append(source)
                    if parse:
                        article = parser.parse(source, content)
                        chunked[source] = (article, _cut(article), stamp)
                except UnreadableArticle as error:
                    failed[source] = Failure(str(error), digest, stamp)
        articles = {*unchanged, *(chunked if parse else fresh)}
        if not articles:
            raise ArticlesNotFound(_nothing_to_read(folder, failed))
        report = SyncReport(
            added=tuple(source for source in fresh if source in articles and source not in known.articles),
            updated=tuple(source for source in fresh if source in articles and source in known.articles),
            removed=tuple(source for source in known.articles if source not in articles),
            unchanged=tuple(unchanged),
            failed={source: failed[source].reason for source in sorted(failed)},
        )
        return cls(report, unchanged, chunked, dict(sorted(failed.items())))

    def is_empty(self, known: Manifest) -> bool:
        """Tell whether an index of what is known is equal to the folder."""
        reasons = {source: failure.reason for source, failure in known.failed.items()}
        return not self.report.changed and self.report.failed == reasons

    def is_noted(self, known: Manifest) -> bool:
        """Tell whether what is known has the stamps too by which a file that did not change is not read again."""
        return (self.unchanged, self.failed) == (known.articles, known.failed)

    def gone(self, known: Manifest) -> list[str]:
        """List the removed articles that are not in the folder under another name either."""
        renamed = {article.sha256 for article, _, _ in self.chunked.values()}
        return [source for source in self.report.removed if known.articles[source].sha256 not in renamed]


def _stamp(path: Path) -> Stamp | None:
    """Give a file's size and times, or None where it changed so lately that an edit may leave no trace in them."""
    try:
        status = path.lstat()
    except OSError:
        return None
    settled = max(status.st_mtime_ns, status.st_ctime_ns) + _SETTLED_NS < time.time_ns()
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns) if settled else None


def _cut(article: Article) -> list[TextNode]:
    chunks = chunk_article(article)
    if not chunks:
        raise UnreadableArticle("holds no sentence of an article")
    return chunks


def _nothing_to_read(folder: Path, failed: Mapping[str, Failure]) -> str:
    reasons = ", ".join(f"{source!r}: {failure.reason}" for source, failure in list(failed.items())[:3])
    told = f" ({reasons})" if failed else ""
    return f"no article to read in {str(folder)!r}{told}; put {', '.join(READABLE)} files there"
