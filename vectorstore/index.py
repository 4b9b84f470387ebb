"""Keep an index of a folder of articles, and find the chunks that a question is about."""

import copy
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeWithScore

from .articles import Article
from .auditing import find_losses
from .changes import Changes, SyncReport
from .copies import says_same
from .embedding import OnnxEmbedding
from .errors import ArticlesVanished, IndexUnavailable
from .folder import IndexFolder
from .generation import Generation
from .manifest import Manifest
from .ownership import refuse_foreign
from .periods import named_period
from .vectors import Progress

__all__ = ["ArticleIndex"]

# An article or two may go; where more than this share is gone, the folder itself may have come to harm.
_MOST_GONE = 0.2


class ArticleIndex:
    """Hold an index of a folder of articles.

    The folder is the truth: `sync` makes the index equal to it. What is derived from the articles, in Chroma and BM25,
    stands in generations: a sync builds the next one beside the live one and switches to it in one step, so that a
    crash leaves the old or the new; one that was damaged is built again from the kept texts and vectors. Other
    processes may sync at any time: the live generation is looked up whenever the index is asked for something.

    Safe to call from several threads. Once it is closed, everything but `close` raises IndexUnavailable.
    """

    def __init__(self, articles: Path, folder: Path, embedding: BaseEmbedding) -> None:
        self.articles = articles
        self.folder = folder
        self.embedding = embedding
        self._disk = IndexFolder(folder, embedding)
        self._lock = threading.RLock()
        self._generation: Generation | None = None
        self._seen: tuple[int, int] | None = None
        self._is_steady = False
        self._is_closed = False

    @classmethod
    def open(cls, articles: Path, folder: Path, embedding: BaseEmbedding | None = None) -> Self:
        """Open the index of a folder of articles, empty where `sync` hasn't been called yet.

        `folder` is where the index is kept; it is made when first written to. The default embedding is the one that
        ships with Parley.

        Raises IndexMismatch where the index was made with another embedding, and IndexUnavailable where it can't be
        read, or where the folder is the articles', is above it, or holds anything else that no index does.
        """
        _refuse_overlap(articles, folder)
        refuse_foreign(folder)
        index = cls(articles, folder, embedding or OnnxEmbedding())
        index._current()
        return index

    def steady(self) -> Self:
        """Give this index as it is now, to read from: it stays the same whatever is synced meanwhile."""
        steady = copy.copy(self)
        steady._generation, steady._is_steady = self._current(), True
        return steady

    @property
    def is_empty(self) -> bool:
        """Tell whether no article is indexed."""
        return not self._manifest.articles

    @property
    def sources(self) -> tuple[str, ...]:
        """List the indexed articles' sources, in order."""
        return tuple(self._manifest.articles)

    @property
    def failed(self) -> dict[str, str]:
        """List the files that are not indexed, each with the reason, as of the last sync."""
        return {source: failure.reason for source, failure in self._manifest.failed.items()}

    def count(self, among: Collection[str] | None = None) -> int:
        """Count the chunks, of all articles or those of the given sources."""
        articles = self._manifest.articles
        return sum(len(record.chunks) for source, record in articles.items() if among is None or source in among)

    def article(self, source: str) -> Article:
        """Give an indexed article with its text as indexed; raises KeyError where there is none of this source."""
        return self._disk.article(source, self._manifest.articles[source])

    def also_in(self, source: str, quote: str) -> tuple[str, ...]:
        """List the other articles that hold a quote of an article too, copies of one report, by their sources."""
        twins = self._manifest.twins.get(source, ())
        return tuple(twin for twin in twins if says_same(self.article(twin).text, quote))

    def knows(self, stem: str) -> bool:
        """Tell whether some article uses a word of this stem; `stem_words` gives a word's stem."""
        generation = self._current()
        return generation is not None and stem in generation.keywords

    def weight(self, stem: str) -> float:
        """Tell how much a word of this stem narrows a search: its inverse document frequency over the chunks."""
        generation = self._current()
        return generation.keywords.weight(stem) if generation else 0.0

    def retrieve(
        self,
        question: str,
        *,
        words: str = "",
        top_k: int = 8,
        among: Collection[str] | None = None,
    ) -> list[NodeWithScore]:
        """Find the chunks nearest to a question by vector and by words, best first.

        The two rankings are joined by reciprocal rank fusion; the score is the fused one, and orders only. Where the
        question names one day, month or year, what was published then or in the week after it counts once more. A
        chunk that was found by its vector has its cosine to the question in its metadata, as "cosine". `words` are
        those to search by, by default all of the question's. `among` are the sources to search, by default all.
        """
        generation = self._current()
        if generation is None:
            return []
        wanted = self.embedding.get_query_embedding(question)
        return generation.search(words or question, wanted, top_k, among, named_period(question))

    def pending(self) -> SyncReport:
        """Tell what `sync` would change now, without changing or embedding anything.

        New files are taken for articles here; only `sync` reads them. Raises ArticlesNotFound as `sync` does.
        """
        return Changes.find(self.articles, self._known(), leave_out=self.folder, parse=False).report

    def sync(self, progress: Progress | None = None, *, confirmed: bool = False) -> SyncReport:
        """Make the index equal to the folder.

        Articles that did not change are not embedded again. `progress` is called with the number of chunks embedded
        so far and their total. `confirmed` tells that articles that are gone are meant to be, however many.

        Raises ArticlesNotFound where the folder is missing or nothing in it can be read, ArticlesVanished where more
        than a fifth of the articles is gone and that is not confirmed, and IndexUnavailable where the index can't be
        written or another process is writing it, which is waited for only where there is no index yet. The index is as
        it was then.
        """
        with self._lock:
            while True:
                known = self._known()
                changes = Changes.find(self.articles, known, leave_out=self.folder)
                if self._generation and changes.is_empty(known):
                    self._tidy(changes, known, self._generation)
                    return changes.report
                if not confirmed:
                    _refuse_vanished(changes, known, self.articles)
                with self._disk.writing(is_patient=self._generation is None):
                    if self._disk.generations.stamp() == self._seen:  # no other process was quicker
                        self._switch(self._disk.apply(changes, self._generation, progress))
                        return changes.report

    def _tidy(self, changes: Changes, known: Manifest, generation: Generation) -> None:
        """Note what need not be read again, and sweep; where that can't be written now, a later sync does it."""
        is_noted, is_swept = changes.is_noted(known), not self._disk.generations.are_several()
        if not (is_noted and is_swept):
            with suppress(IndexUnavailable), self._disk.writing():
                if not is_noted and self._disk.generations.stamp() == self._seen:
                    self._disk.note(changes, generation)
                if not is_swept:
                    self._disk.sweep()

    def repair(self, progress: Progress | None = None) -> SyncReport:
        """Build the index anew from the kept texts and vectors, then make it equal to the folder.

        Raises what `sync` raises.
        """
        with self._lock:
            self._current()  # nothing is written to a closed index
            with self._disk.writing():
                self._switch(self._disk.rebuild(self._manifest, progress))
            return self.sync(progress)

    def audit(self, most: int = 2000) -> list[str]:
        """Tell what can't be found though it is indexed, trying `most` chunks; nothing where all is well."""
        generation = self._current()
        return list(find_losses(generation, self._disk.vectors.folder, most)) if generation else []

    def close(self) -> None:
        """Let go of the index's files, for good."""
        self._is_closed = self._is_steady = True
        self._generation = None

    @property
    def _manifest(self) -> Manifest:
        generation = self._current()
        return generation.manifest if generation else self._disk.nothing

    def _known(self) -> Manifest:
        """Give the manifest less the articles whose text is lost, which have to be read again."""
        manifest, texts = self._manifest, self._disk.texts
        there = {source: record for source, record in manifest.articles.items() if texts.has(record.text)}
        return replace(manifest, articles=there)

    def _current(self) -> Generation | None:
        """Give the live generation, which another process may have switched to since the last time."""
        generations = self._disk.generations
        if not self._is_steady and generations.stamp() != self._seen:
            with self._lock:
                # looked at before it is opened: the next one may go live while this one is
                while (stamp := generations.stamp()) != self._seen:
                    try:
                        self._generation = self._disk.open_live()
                    except IndexUnavailable:
                        if self._generation is None:
                            raise
                    self._seen = stamp
        generation = self._generation
        if self._is_closed:  # asked last, as another thread may close it at any time
            raise IndexUnavailable(f"the index {str(self.folder)!r} was closed; open it again")
        return generation

    def _switch(self, generation: Generation | None) -> None:
        """Read from another generation, and let go of what the one before needed."""
        self._generation, self._seen = generation, self._disk.generations.stamp()
        self._disk.sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _refuse_overlap(articles: Path, folder: Path) -> None:
    """Raise IndexUnavailable where the articles are in the index's folder, which is written to and swept."""
    if articles.resolve().is_relative_to(folder.resolve()):
        raise IndexUnavailable(
            f"the index can't be kept in {str(folder)!r}, where the articles are ({str(articles)!r}); name another "
            "folder with --index DIR"
        )


def _refuse_vanished(changes: Changes, known: Manifest, folder: Path) -> None:
    """Raise ArticlesVanished where so many articles are gone that it may be an accident."""
    gone = changes.gone(known)
    if len(gone) > 1 and len(gone) > _MOST_GONE * len(known.articles):
        raise ArticlesVanished(
            f"{len(gone)} of {len(known.articles)} indexed articles can't be read in {str(folder)!r} any more, such as "
            f"{gone[0]!r}; the index still has them: if they are meant to be gone, run parley index --yes"
        )
