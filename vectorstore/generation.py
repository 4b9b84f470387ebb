"""Hold one state of an index: what was derived from its articles, built once and, but for a note, never changed."""

import os
import weakref
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from llama_index.core.schema import BaseNode, NodeWithScore

from .chroma import ChunkStore, fingerprint, matches
from .errors import IndexUnavailable
from .keywords import KeywordIndex
from .locks import lease
from .manifest import Manifest
from .stemming import STEMMING

__all__ = ["CHROMA", "KEYWORDS", "LEASE", "MANIFEST", "Generation", "find_damage", "fingerprints", "made_by"]

# What is in a generation's folder.
CHROMA, KEYWORDS, MANIFEST, LEASE = "chroma", "keywords", "manifest.json", "lease"

# Reciprocal rank fusion's constant (Cormack, Clarke and Buettcher, 2009).
_RRF = 60
_DEPTH = 20
# Where chunks have copies, more are fetched, so that enough are left without these.
_DEEPEST = 400


class Generation:
    """Hold the chunks of some articles, found by vector in Chroma and by their words in BM25.

    It stays as it was built, but for the files' stamps in its manifest, by which they need not be read again.

    Any number of processes and threads may read it at once. Its files are let go of when nobody refers to it any more.
    """

    def __init__(self, folder: Path, manifest: Manifest, store: ChunkStore, keywords: KeywordIndex) -> None:
        self.folder = folder
        self.manifest = manifest
        self.store = store
        self.keywords = keywords

    @classmethod
    def open(cls, folder: Path, manifest: Manifest) -> "Generation":
        """Open a generation.

        Raises IndexUnavailable where a file is not any more what was built: Chroma must not be given such a file, it
        can crash the whole process on it.
        """
        for damage in find_damage(folder, manifest):
            raise IndexUnavailable(f"{str(folder)!r}: {damage}")
        return cls.open_unchecked(folder, manifest)

    @classmethod
    def open_unchecked(cls, folder: Path, manifest: Manifest) -> "Generation":
        """Open a generation whatever its files hold; raises IndexUnavailable where they can't be opened."""
        try:
            descriptor = lease(folder / LEASE)
        except OSError as error:
            raise IndexUnavailable(f"can't read {str(folder)!r}: {error.strerror}") from error
        try:
            keywords = KeywordIndex.load(folder / KEYWORDS)
            store = ChunkStore.open_sealed(folder / CHROMA)
        except BaseException:
            os.close(descriptor)
            raise
        generation = cls(folder, manifest, store, keywords)
        weakref.finalize(generation, _let_go, store, descriptor)
        return generation

    def search(
        self,
        question: str,
        vector: list[float],
        top_k: int,
        among: Collection[str] | None,
        period: tuple[date, date] | None,
    ) -> list[NodeWithScore]:
        """Find the chunks nearest to a question by vector and by words, as `ArticleIndex.retrieve` tells."""
        depth = min(_DEPTH * self._most_copies, _DEEPEST)
        nearest = self._told_once(self.store.nearest(vector, depth, among), among)
        for found in nearest:
            found.node.metadata["cosine"] = found.score
        rankings = [nearest, self._told_once(self.keywords.search(question, among, depth), among)]
        if period:
            rankings.append([found for found in _fuse(rankings) if self._is_published_in(period, found.node)])
        return _fuse(rankings)[:top_k]

    def _is_published_in(self, period: tuple[date, date], chunk: BaseNode) -> bool:
        first, last = period
        published = self.manifest.articles[chunk.metadata["source"]].published
        return published is not None and first <= published <= last

    def _told_once(self, found: Iterable[NodeWithScore], among: Collection[str] | None) -> list[NodeWithScore]:
        """Leave out the chunks that another article says as well, if that one is searched too."""
        copies = self.manifest.copies
        kept = (
            chunk
            for chunk in found
            if not any(among is None or source in among for source in copies.get(chunk.node.node_id, ()))
        )
        return list(islice(kept, _DEPTH))

    @cached_property
    def _most_copies(self) -> int:
        """Tell how many chunks may say the same at most."""
        return 1 + max((len(sources) for sources in self.manifest.copies.values()), default=0)


def find_damage(folder: Path, manifest: Manifest) -> list[str]:
    """List what is not as it was when the generation was built, by the versions that are installed."""
    versions = [] if manifest.made_by == made_by() else [f"made by other versions ({manifest.made_by})"]
    return versions + [
        f"{path} was damaged" for path, known in manifest.files.items() if not matches(folder / path, known)
    ]


def fingerprints(folder: Path) -> dict[str, str]:
    """Take the fingerprints of what was derived from the articles, by path."""
    files = [path for part in (CHROMA, KEYWORDS) for path in sorted((folder / part).rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): fingerprint(path) for path in files}


def made_by() -> dict[str, str]:
    """Name the versions that a generation's files depend on."""
    return {"stemming": STEMMING} | {library: version(library) for library in ("chromadb", "bm25s")}


def _let_go(store: ChunkStore, descriptor: int) -> None:
    store.close()
    os.close(descriptor)


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
