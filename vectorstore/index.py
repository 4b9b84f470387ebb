"""Keep an index of a folder of articles, and find the chunks that a question is about."""

import copy
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeWithScore

from .articles import Article
from .auditing import find_losses
from .building import build_generation
from .changes import Changes, SyncReport
from .chunks import chunk_article
from .copies import says_same
from .embedding import OnnxEmbedding, embedding_identity
from .errors import ArticlesVanished, IndexMismatch, IndexUnavailable
from .generation import MANIFEST, Generation
from .generations import Generations
from .locks import writing
from .manifest import ArticleRecord, Manifest
from .texts import TextStore
from .vectors import KeptVectors, Progress

__all__ = ["ArticleIndex"]

# An article or two may go; where more than this share is gone, the folder itself may have come to harm.
_MOST_GONE = 0.2


class ArticleIndex:
    """Hold an index of a folder of articles.

    The folder is the truth: `sync` makes the index equal to it. What is derived from the articles, in Chroma and BM25,
    stands in generations: a sync builds the next one beside the live one and switches to it in one step, so that a
    crash leaves the old or the new; one that was damaged is built again from the kept texts and vectors. Other
    processes may sync at any time: the live generation is looked up whenever the index is asked for something.

    Safe to call from several threads.
    """

    def __init__(self, articles: Path, folder: Path, embedding: BaseEmbedding) -> None:
        self.articles = articles
        self.folder = folder
        self.embedding = embedding
        self._identity = embedding_identity(embedding)
        self._generations = Generations(folder / "generations")
        self._texts = TextStore(folder / "texts")
        self._vectors = KeptVectors(folder / "vectors", embedding)
        self._lock = threading.RLock()
        self._generation: Generation | None = None
        self._seen: tuple[int, int] | None = None
        self._is_steady = False

    @classmethod
    def open(cls, articles: Path, folder: Path, embedding: BaseEmbedding | None = None) -> Self:
        """Open the index of a folder of articles, empty where `sync` hasn't been called yet.

        `folder` is where the index is kept; it is made when first written to. The default embedding is the one that
        ships with Parley.

        Raises IndexMismatch where the index was made with another embedding, and IndexUnavailable where it can't be
        read.
        """
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

    def article(self, source: str) -> Article:
        """Give an indexed article with its text as indexed; raises KeyError where there is none of this source."""
        return self._article(source, self._manifest.articles[source])

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
        vector: list[float] | None = None,
        top_k: int = 8,
        among: Collection[str] | None = None,
    ) -> list[NodeWithScore]:
        """Find the chunks nearest to a question by vector and by words, best first.

        The two rankings are joined by reciprocal rank fusion; the score is the fused one, and orders only. A chunk
        that was found by its vector has its cosine to the question in its metadata, as "cosine". `vector` is the
        question's embedding where the caller has it already. `among` are the sources to search, by default all.
        """
        generation = self._current()
        if generation is None:
            return []
        wanted = vector if vector is not None else self.embedding.get_query_embedding(question)
        return generation.search(question, wanted, top_k, among)

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
        written or another process is writing it. The index is as it was then.
        """
        with self._lock:
            while True:
                known = self._known()
                changes = Changes.find(self.articles, known, leave_out=self.folder)
                if self._generation and changes.is_empty(known):
                    if self._generations.are_several():
                        with suppress(IndexUnavailable), self._writing():
                            self._sweep()
                    return changes.report
                if not confirmed:
                    _refuse_vanished(changes, known, self.articles)
                with self._writing():
                    if self._generations.stamp() == self._seen:  # no other process was quicker
                        self._write(changes, progress)
                        return changes.report

    def repair(self, progress: Progress | None = None) -> SyncReport:
        """Build the index anew from the kept texts and vectors, then make it equal to the folder.

        Raises what `sync` raises.
        """
        with self._lock:
            known = self._known()
            whole = {source: record for source, record in known.articles.items() if self._texts.check(record.text)}
            if whole:
                with self._writing():
                    self._build(replace(known, articles=whole), None, progress)
            return self.sync(progress)

    def audit(self, most: int = 2000) -> list[str]:
        """Tell what can't be found though it is indexed, trying `most` chunks; nothing where all is well."""
        generation = self._current()
        return list(find_losses(generation, self._vectors.folder, most)) if generation else []

    def close(self) -> None:
        """Let go of the index's files."""
        self._generation, self._is_steady = None, True

    @property
    def _manifest(self) -> Manifest:
        generation = self._current()
        return generation.manifest if generation else Manifest(self._identity)

    def _known(self) -> Manifest:
        """Give the manifest less the articles whose text is lost, which have to be read again."""
        manifest = self._manifest
        there = {source: record for source, record in manifest.articles.items() if self._texts.has(record.text)}
        return replace(manifest, articles=there)

    def _article(self, source: str, record: ArticleRecord) -> Article:
        return Article(
            source=source,
            sha256=record.sha256,
            title=record.title,
            text=self._texts.read(record.text),
            published=record.published,
            url=record.url,
            body_start=record.body_start,
            page_starts=record.page_starts,
        )

    def _current(self) -> Generation | None:
        """Give the live generation, which another process may have switched to since the last time."""
        if not self._is_steady and self._generations.stamp() != self._seen:
            with self._lock:
                if self._generations.stamp() != self._seen:
                    self._generation = self._open_live()
                    self._seen = self._generations.stamp()
        return self._generation

    def _open_live(self) -> Generation | None:
        """Open the live generation, and build it again where it is damaged.

        There is none where the manifest is lost or of another version; a sync makes the index anew then.
        """
        folder = self._generations.live()
        if folder is None:
            return None
        try:
            manifest = Manifest.load(folder / MANIFEST)
        except IndexUnavailable:
            return None
        if not manifest.is_current:
            return None
        if manifest.embedding != self._identity:
            raise IndexMismatch(
                f"the index at {str(self.folder)!r} was made with the model {manifest.embedding!r}, not "
                f"{self._identity!r}; use that model, or name another folder with --index DIR, or delete this one"
            )
        try:
            return Generation.open(folder, manifest)
        except IndexUnavailable:
            with self._writing():
                if self._generations.live() != folder:
                    return self._open_live()
                return self._build(manifest, None, None)

    def _write(self, changes: Changes, progress: Progress | None) -> None:
        records = dict(changes.unchanged)
        for source, (article, chunks, stamp) in changes.chunked.items():
            records[source] = ArticleRecord(
                sha256=article.sha256,
                stamp=stamp,
                title=article.title,
                published=article.published,
                url=article.url,
                body_start=article.body_start,
                page_starts=article.page_starts,
                text=self._texts.add(article.text),
                vectors=self._vectors.name(chunks),
                chunks=tuple(chunk.node_id for chunk in chunks),
            )
        manifest = Manifest(self._identity, dict(sorted(records.items())), changes.failed)
        self._build(manifest, self._generation, progress)

    def _build(self, manifest: Manifest, base: Generation | None, progress: Progress | None) -> Generation:
        """Build the generation of a manifest, let it go live, and drop what no generation needs any more."""
        chunked = {source: chunk_article(self._article(source, record)) for source, record in manifest.articles.items()}
        self._vectors.make(chunked.values(), progress)
        try:
            generation = build_generation(self._generations.new_folder(), manifest, chunked, self._vectors, base)
        except IndexUnavailable:
            if base is None:
                raise
            generation = build_generation(self._generations.new_folder(), manifest, chunked, self._vectors, None)
        self._generations.switch(generation.folder)
        self._generation, self._seen = generation, self._generations.stamp()
        del base
        self._sweep()
        return generation

    def _sweep(self) -> None:
        self._generations.sweep()
        records = [record for manifest in self._generations.manifests() for record in manifest.articles.values()]
        self._texts.keep_only({record.text for record in records})
        self._vectors.keep_only({record.vectors for record in records})

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep other processes from writing the index, and tell in our words why it can't be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with writing(self.folder):
                yield
        except OSError as error:
            raise IndexUnavailable(
                f"can't write the index {str(self.folder)!r}: {error.strerror or error}; it is as it was; make room "
                "there or let it be written, or name another folder with --index DIR"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _refuse_vanished(changes: Changes, known: Manifest, folder: Path) -> None:
    """Raise ArticlesVanished where so many articles are gone that it may be an accident."""
    gone = changes.gone(known)
    if len(gone) > 1 and len(gone) > _MOST_GONE * len(known.articles):
        raise ArticlesVanished(
            f"{len(gone)} of {len(known.articles)} indexed articles can't be read in {str(folder)!r} any more, such as "
            f"{gone[0]!r}; the index still has them: if they are meant to be gone, run parley index --yes"
        )
