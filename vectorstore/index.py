"""Keep an index of a folder of articles, and find the chunks that a question is about."""

import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import BaseNode, MetadataMode, NodeWithScore, TextNode

from .articles import Article
from .changes import Changes, SyncReport
from .chroma import ChunkStore
from .chunks import CHUNKING
from .embedding import OnnxEmbedding, embedding_identity
from .errors import IndexMismatch, IndexUnavailable
from .keywords import KeywordIndex
from .manifest import FORMAT, ArticleRecord, Manifest
from .texts import TextStore

__all__ = ["ArticleIndex"]

# Reciprocal rank fusion's constant (Cormack, Clarke and Buettcher, 2009).
_RRF = 60
_DEPTH = 20
_EMBEDDED_AT_ONCE = 64
_LOCK_SECONDS = 60

Progress = Callable[[int, int], None]


class ArticleIndex:
    """Hold the chunks of a folder of articles in Chroma and BM25, with a manifest of what they were made from.

    The folder is the truth: `sync` makes the index equal to it. Safe to call from several threads.
    """

    def __init__(self, articles: Path, folder: Path, embedding: BaseEmbedding) -> None:
        self.articles = articles
        self.folder = folder
        self.embedding = embedding
        self._writing = threading.Lock()
        self._manifest = Manifest(embedding_identity(embedding), CHUNKING)
        self._store: ChunkStore | None = None
        self._keywords = KeywordIndex(None)
        self._texts = TextStore(folder / "texts")

    @classmethod
    def open(cls, articles: Path, folder: Path, embedding: BaseEmbedding | None = None) -> Self:
        """Open the index of a folder of articles, empty where `sync` hasn't been called yet.

        `folder` is where the index is kept; it is made when first written to. The default embedding is the one that
        ships with Parley.

        Raises IndexMismatch where the index was made with another embedding, and IndexUnavailable where it can't be
        read.
        """
        index = cls(articles, folder, embedding or OnnxEmbedding())
        manifest = Manifest.load(folder / "manifest.json")
        if manifest is None:
            return index
        identity = embedding_identity(index.embedding)
        if manifest.embedding != identity:
            raise IndexMismatch(
                f"the index at {str(folder)!r} was made with the model {manifest.embedding!r}, not {identity!r}; "
                "use that model, or name another folder with --index DIR, or delete this one"
            )
        if (manifest.format, manifest.chunking) == (FORMAT, CHUNKING):
            index._load(manifest)
        return index

    def _load(self, manifest: Manifest) -> None:
        self._store = self._store or ChunkStore(self.folder / "chroma")
        self._keywords = KeywordIndex.load(self.folder / "keywords")
        self._manifest = manifest

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
        return dict(self._manifest.failed)

    def article(self, source: str) -> Article:
        """Give an indexed article with its text as indexed; raises KeyError where there is none of this source."""
        record = self._manifest.articles[source]
        text = self._texts.read(source, record.sha256)
        return Article(source, record.sha256, record.title, text, record.published, record.url, record.body_start)

    def knows(self, stem: str) -> bool:
        """Tell whether some article uses a word of this stem; `stem_words` gives a word's stem."""
        return stem in self._keywords

    def weight(self, stem: str) -> float:
        """Tell how much a word of this stem narrows a search: its inverse document frequency over the chunks."""
        return self._keywords.weight(stem)

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
        if self._store is None:
            return []
        wanted = vector if vector is not None else self.embedding.get_query_embedding(question)
        nearest = self._store.nearest(wanted, _DEPTH, among)
        for found in nearest:
            found.node.metadata["cosine"] = found.score
        fused = _fuse((nearest, self._keywords.search(question, among)))
        return [found for found in fused if self._is_current(found)][:top_k]

    def _is_current(self, found: NodeWithScore) -> bool:
        record = self._manifest.articles.get(found.node.metadata["source"])
        return record is not None and record.sha256 == found.node.metadata["sha256"]

    def sync(self, progress: Progress | None = None) -> SyncReport:
        """Make the index equal to the folder.

        Articles that did not change are not embedded again. `progress` is called with the number of chunks embedded
        so far and their total.

        Raises ArticlesNotFound where the folder is missing or nothing in it can be read, and IndexUnavailable where
        the index can't be written or another process holds it.
        """
        with self._writing:
            changes = Changes.find(self.articles, self._manifest.articles, leave_out=self.folder)
            if changes.report.changed or self._manifest.failed != changes.report.failed:
                with self._exclusive():
                    self._write(changes, progress)
            return changes.report

    def pending(self) -> SyncReport:
        """Tell what `sync` would change now, without changing or embedding anything.

        Raises ArticlesNotFound as `sync` does.
        """
        return Changes.find(self.articles, self._manifest.articles, leave_out=self.folder).report

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Keep other processes from writing the index; two writers lose vectors without an error."""
        lock = self.folder / "lock"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(lock, timeout=_LOCK_SECONDS):
                yield
        except Timeout as error:
            raise IndexUnavailable(
                f"another process is writing the index {str(self.folder)!r}; try again when it is done"
            ) from error
        except OSError as error:
            raise IndexUnavailable(
                f"can't write the index {str(self.folder)!r}: {error.strerror or error}; name another with --index DIR"
            ) from error

    def _write(self, changes: Changes, progress: Progress | None) -> None:
        store = self._store = self._store or ChunkStore(self.folder / "chroma")
        records = {
            source: record for source, record in self._manifest.articles.items() if source not in changes.report.removed
        }
        for article, chunks in changes.chunked:
            self._texts.add(article)
            ids = tuple(chunk.node_id for chunk in chunks)
            records[article.source] = ArticleRecord(
                article.sha256, article.title, article.published, article.url, article.body_start, ids
            )
        self._add([chunk for _, chunks in changes.chunked for chunk in chunks], progress)
        store.remove(sorted(store.ids() - {chunk for record in records.values() for chunk in record.chunks}))
        keywords = KeywordIndex.build(store.nodes())
        self._save_keywords(keywords)
        manifest = Manifest(self._manifest.embedding, CHUNKING, dict(sorted(records.items())), changes.report.failed)
        manifest.save(self.folder / "manifest.json")
        self._keywords, self._manifest = keywords, manifest
        self._texts.keep_only(manifest.articles)

    def _add(self, chunks: Sequence[TextNode], progress: Progress | None) -> None:
        """Embed chunks and store them, some at a time, so that memory stays bounded."""
        assert self._store is not None
        chunks = sorted(chunks, key=lambda chunk: len(chunk.text))  # batches of one length need no padding
        for start in range(0, len(chunks), _EMBEDDED_AT_ONCE):
            batch = chunks[start : start + _EMBEDDED_AT_ONCE]
            texts = [chunk.get_content(MetadataMode.EMBED) for chunk in batch]
            for chunk, vector in zip(batch, self.embedding.get_text_embedding_batch(texts), strict=True):
                chunk.embedding = vector
            self._store.add(batch)
            if progress is not None:
                progress(start + len(batch), len(chunks))

    def _save_keywords(self, keywords: KeywordIndex) -> None:
        draft, final = self.folder / "keywords.new", self.folder / "keywords"
        shutil.rmtree(draft, ignore_errors=True)
        keywords.save(draft)
        shutil.rmtree(final, ignore_errors=True)
        if draft.exists():
            draft.replace(final)

    def close(self) -> None:
        """Let go of the index's files."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _fuse(rankings: Iterable[Sequence[NodeWithScore]]) -> list[NodeWithScore]:
    """Join rankings by reciprocal rank fusion, best first."""
    scores: dict[str, float] = {}
    nodes: dict[str, BaseNode] = {}
    for ranking in rankings:
        for rank, found in enumerate(ranking, start=1):
            nodes.setdefault(found.node.node_id, found.node)
            scores[found.node.node_id] = scores.get(found.node.node_id, 0.0) + 1 / (_RRF + rank)
    ordered = sorted(scores, key=lambda node_id: (-scores[node_id], node_id))
    return [NodeWithScore(node=nodes[node_id], score=scores[node_id]) for node_id in ordered]
