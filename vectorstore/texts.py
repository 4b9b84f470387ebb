"""Keep the texts that quotes are cut from, as they were indexed."""

from collections.abc import Mapping
from pathlib import Path

from .articles import Article
from .errors import IndexUnavailable
from .manifest import ArticleRecord

__all__ = ["TextStore"]


class TextStore:
    """Hold a file for each indexed text, named after the hash of the article's file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, source: str, sha256: str) -> Path:
        # how a file is read depends on its suffix, so equal bytes of another suffix are another text
        return self._folder / f"{sha256}{Path(source).suffix.lower()}.txt"

    def add(self, article: Article) -> None:
        """Keep an article's text."""
        path = self._path(article.source, article.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as handle:
            handle.write(article.text)

    def read(self, source: str, sha256: str) -> str:
        """Give the text of an article; raises IndexUnavailable where it is lost."""
        path = self._path(source, sha256)
        try:
            with path.open(encoding="utf-8", newline="") as handle:
                return handle.read()
        except OSError as error:
            raise IndexUnavailable(f"the index lost {str(path)!r}: {error.strerror}; delete the index") from error

    def keep_only(self, articles: Mapping[str, ArticleRecord]) -> None:
        """Drop every text that belongs to none of these articles."""
        kept = {self._path(source, record.sha256) for source, record in articles.items()}
        for path in self._folder.iterdir():
            if path not in kept:
                path.unlink()
