"""Settle which folder is asked, and where its index is kept."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from vectorstore import ArticlesNotFound, IndexUnavailable, ParleyError

__all__ = ["BUNDLED_ARTICLES", "Config"]

BUNDLED_ARTICLES = Path(__file__).resolve().parent.parent / "seeds"


@dataclass(frozen=True)
class Config:
    """Hold the options of an assistant, with every default settled."""

    articles: Path
    index: Path

    @property
    def kept(self) -> Path:
        """Name the folder for what the chat window keeps about these articles beside the index."""
        return user_data_path("parley", appauthor=False) / "kept" / _key(self.articles)

    @classmethod
    def settle(cls, articles: Path | str | None = None, index: Path | str | None = None) -> Self:
        """Fill in the defaults: the bundled articles, and an index in the user's data folder keyed by the articles'.

        Raises ArticlesNotFound or IndexUnavailable for an empty path, such as an unset variable gives and which would
        stand for the current folder, and ParleyError for one that leads nowhere, such as one in the home of nobody.
        """
        if articles == "":
            raise ArticlesNotFound("the folder of articles is ''; name an existing one with --articles DIR")
        if index == "":
            raise IndexUnavailable(
                "the index's folder is ''; name a new or empty one with --index DIR, or leave it out"
            )
        folder = _resolved(articles, "--articles DIR") if articles is not None else BUNDLED_ARTICLES
        return cls(folder, _resolved(index, "--index DIR") if index is not None else _kept_index(folder))


def _resolved(path: Path | str, option: str) -> Path:
    try:
        return Path(path).expanduser().resolve()
    except RuntimeError as error:  # "~" of nobody's home, or links that lead round in a circle
        raise ParleyError(f"can't find {str(path)!r} ({error}); name another folder with {option}") from error


def _kept_index(articles: Path) -> Path:
    return user_data_path("parley", appauthor=False) / "indexes" / _key(articles)


def _key(articles: Path) -> str:
    return sha256(str(articles).encode(errors="surrogateescape")).hexdigest()[:16]
