"""Compare a folder of articles with what an index holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from llama_index.core.schema import TextNode

from .articles import Article, UnreadableArticle, find_files, read_article
from .chunks import chunk_article
from .errors import ArticlesNotFound
from .manifest import ArticleRecord

__all__ = ["Changes", "SyncReport"]


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
    """Hold what is to be done to an index: the articles that are new to it, cut into chunks, and the report."""

    chunked: list[tuple[Article, list[TextNode]]]
    report: SyncReport

    @classmethod
    def find(cls, folder: Path, known: Mapping[str, ArticleRecord], *, leave_out: Path) -> Self:
        """Read a folder and compare it with the known articles; files that did not change are not cut again.

        Raises ArticlesNotFound where the folder is missing or nothing in it can be read.
        """
        files, failed = find_files(folder, leave_out=leave_out)
        chunked: dict[str, tuple[Article, list[TextNode]]] = {}
        unchanged = []
        for source, path in files.items():
            try:
                article = read_article(source, path)
            except UnreadableArticle as error:
                failed[source] = str(error)
                continue
            if source in known and known[source].sha256 == article.sha256:
                unchanged.append(source)
            elif chunks := chunk_article(article):
                chunked[source] = (article, chunks)
            else:
                failed[source] = "holds no sentence of an article"
        if not (chunked or unchanged):
            reasons = ", ".join(f"{name!r}: {why}" for name, why in list(failed.items())[:3])
            raise ArticlesNotFound(
                f"no article to read in {str(folder)!r}{f' ({reasons})' if failed else ''}; "
                "put .txt, .md or .html files there"
            )
        report = SyncReport(
            added=tuple(source for source in chunked if source not in known),
            updated=tuple(source for source in chunked if source in known),
            removed=tuple(source for source in known if source not in chunked and source not in unchanged),
            unchanged=tuple(unchanged),
            failed=dict(sorted(failed.items())),
        )
        return cls(list(chunked.values()), report)
