"""Keep the chunks and their vectors in a local Chroma collection: the one file that knows chromadb."""

import math
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zlib import crc32

from llama_index.core.schema import BaseNode, NodeWithScore
from llama_index.core.vector_stores.types import FilterOperator, MetadataFilter, MetadataFilters, VectorStoreQuery

from .errors import IndexUnavailable

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

__all__ = ["ChunkStore", "fingerprint", "matches"]

_COLLECTION = "chunks"
_DATABASE = "chroma.sqlite3"
_BLOCK = 1 << 20
# Chroma keeps one table of all clients of a process, which no two threads may change at once. A client may be closed
# while another one is made in the same thread, as what nobody refers to any more is let go of at any time.
_CLIENTS = threading.RLock()
_CONFIGURATION: "CreateCollectionConfiguration" = {
    "hnsw": {
        "space": "cosine",
        # Chroma's defaults leave 2-4 % of the vectors unable to find themselves
        "ef_search": 200,
        "ef_construction": 200,
        # with more, the same chunks make another graph each time
        "num_threads": 1,
        # every batch goes to disk at once, so that reading changes nothing there
        "batch_size": 2,
        "sync_threshold": 2,
    }
}


class ChunkStore:
    """Hold the chunks of an index, found by vector.

    Made and filled once, then sealed and only read, by any number of processes.
    """

    def __init__(self, folder: Path) -> None:
        """Open the collection below `folder`, or make it; raises IndexUnavailable where Chroma can't."""
        import chromadb
        from chromadb.config import Settings
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._folder = folder
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        with _told(folder), _CLIENTS:
            client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
            self._client = cast("Client", client)
            # without embedding_function=None Chroma fetches a model of its own
            self._collection: Collection = self._client.get_or_create_collection(
                _COLLECTION, configuration=_CONFIGURATION, embedding_function=None
            )
            self._largest_batch = self._client.get_max_batch_size()
        self._store = ChromaVectorStore(chroma_collection=self._collection)

    @classmethod
    def open_sealed(cls, folder: Path) -> "ChunkStore":
        """Open a sealed collection, or a copy where Chroma can't write the row that it writes when it opens one."""
        try:
            return cls(folder)
        except IndexUnavailable:
            copy = tempfile.TemporaryDirectory(prefix="parley-")
            shutil.copytree(folder, copy.name, dirs_exist_ok=True)
            for path in (Path(copy.name), *Path(copy.name).rglob("*")):
                path.chmod(0o700 if path.is_dir() else 0o600)
            store = cls(Path(copy.name))
            store._copy = copy
            return store

    def __len__(self) -> int:
        return self._collection.count()

    def add(self, chunks: Sequence[BaseNode]) -> None:
        """Add chunks that carry their embedding; raises IndexUnavailable where they can't be written."""
        with _told(self._folder):
            for start in range(0, len(chunks), self._largest_batch):
                self._store.add(list(chunks[start : start + self._largest_batch]))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove the chunks of these ids; raises IndexUnavailable where that can't be written."""
        with _told(self._folder):
            for start in range(0, len(ids), self._largest_batch):
                self._collection.delete(ids=list(ids[start : start + self._largest_batch]))

    def seal(self) -> None:
        """Bring everything to disk and let go of the files, after the last change."""
        with _told(self._folder):
            if len(self) == 1:  # one record alone is below any batch size that Chroma takes
                only = self._collection.get(include=["embeddings"])
                self._collection.update(ids=only["ids"], embeddings=only["embeddings"])
            self.close()
            with closing(sqlite3.connect(self._folder / _DATABASE)) as database:
                database.execute("VACUUM")

    def ids(self) -> set[str]:
        """List the ids of all chunks."""
        return set(self._collection.get(include=[])["ids"])

    def nearest(self, vector: list[float], top_k: int, among: Iterable[str] | None = None) -> list[NodeWithScore]:
        """Find the chunks nearest to a vector, of all sources or of some; scores are cosines, highest first."""
        count = min(top_k, len(self))
        sources = None if among is None else list(among)
        if not count or sources == []:
            return []
        filters = None
        if sources is not None:
            among_them = MetadataFilter(key="source", value=sources, operator=FilterOperator.IN)
            filters = MetadataFilters(filters=[among_them])
        # the store's similarity is exp(-distance), which makes nonsense look similar
        found = self._store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=count, filters=filters))
        scored = [
            NodeWithScore(node=node, score=1.0 + math.log(similarity))
            for node, similarity in zip(found.nodes or [], found.similarities or [], strict=True)
        ]
        return sorted(scored, key=lambda chunk: (-(chunk.score or 0.0), chunk.node.node_id))

    def close(self) -> None:
        """Let go of the files."""
        with _CLIENTS:
            self._client.close()
        if self._copy is not None:
            self._copy.cleanup()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell Chroma's errors as ours."""
    from chromadb.errors import ChromaError

    try:
        yield
    # where Chroma can't open a folder it stumbles over what it hasn't made yet: AttributeError
    except (ChromaError, OSError, ValueError, AttributeError, sqlite3.Error) as error:
        told = (str(error).splitlines() or [type(error).__name__])[0]
        raise IndexUnavailable(f"Chroma can't use {str(folder)!r} ({told})") from error


def fingerprint(path: Path) -> str:
    """Give what tells whether a file of a sealed collection is still as it is now.

    Chroma writes a row into its database whenever it opens it; what this touches is left out.
    """
    size = path.stat().st_size
    if path.name != _DATABASE:
        return _fingerprint(path, size, 0, 0)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        (page_size,) = database.execute("PRAGMA page_size").fetchone()
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'acquire_write'").fetchone()
    return _fingerprint(path, size, (page - 1) * page_size, page * page_size)


def matches(path: Path, known: str) -> bool:
    """Tell whether a file still has the fingerprint that it had."""
    _, size, start, end = known.split()
    try:
        grown = path.name != _DATABASE and path.stat().st_size != int(size)
        return not grown and _fingerprint(path, int(size), int(start), int(end)) == known
    except OSError:
        return False


def _fingerprint(path: Path, size: int, start: int, end: int) -> str:
    """Give the checksum of a file's first `size` bytes, but for those from `start` to `end`, and these figures."""
    # an SQLite file's header counts its changes (24), its pages (28), and names the library that wrote it (92)
    pieces = [(0, 24), (32, 92), (100, start), (end, size)] if end else [(0, size)]
    checksum = 0
    with path.open("rb") as handle:
        for first, last in pieces:
            at = handle.seek(first)
            while block := handle.read(min(_BLOCK, last - at)):
                checksum, at = crc32(block, checksum), at + len(block)
    return f"{checksum:08x} {size} {start} {end}"
