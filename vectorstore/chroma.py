"""Keep the chunks and their vectors in a local Chroma collection: the one file that knows chromadb."""

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from llama_index.core.schema import BaseNode, NodeWithScore
from llama_index.core.vector_stores.types import FilterOperator, MetadataFilter, MetadataFilters, VectorStoreQuery

from .errors import IndexUnavailable

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

__all__ = ["ChunkStore"]

_COLLECTION = "chunks"
# Chroma's defaults leave 2-4 % of the vectors unable to find themselves.
_CONFIGURATION: "CreateCollectionConfiguration" = {
    "hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200}
}


class ChunkStore:
    """Hold the chunks of an index, found by vector."""

    def __init__(self, folder: Path) -> None:
        """Open the collection below `folder`, or make it; raises IndexUnavailable where Chroma can't."""
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError
        from llama_index.vector_stores.chroma import ChromaVectorStore

        try:
            client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
            self._client = cast("Client", client)
            # without embedding_function=None Chroma fetches a model of its own
            self._collection: Collection = self._client.get_or_create_collection(
                _COLLECTION, configuration=_CONFIGURATION, embedding_function=None
            )
        except (ChromaError, OSError, ValueError) as error:
            raise IndexUnavailable(
                f"Chroma can't open {str(folder)!r} ({_first_line(error)}); delete that folder to have it made anew"
            ) from error
        self._store = ChromaVectorStore(chroma_collection=self._collection)
        self._largest_batch = self._client.get_max_batch_size()

    def __len__(self) -> int:
        return self._collection.count()

    def add(self, chunks: Sequence[BaseNode]) -> None:
        """Add chunks that carry their embedding; a chunk that is already there is replaced."""
        for batch in self._batches(chunks):
            # the store's add() silently keeps the old text of an id that is there already
            self._collection.delete(ids=[chunk.node_id for chunk in batch])
            self._store.add(batch)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove the chunks of these ids; unknown ids are passed over."""
        for start in range(0, len(ids), self._largest_batch):
            self._collection.delete(ids=list(ids[start : start + self._largest_batch]))

    def ids(self) -> set[str]:
        """List the ids of all chunks."""
        return set(self._collection.get(include=[])["ids"])

    def nodes(self) -> list[BaseNode]:
        """Read all chunks, without their vectors."""
        return self._store.get_nodes(None) if len(self) else []

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
        return [
            NodeWithScore(node=node, score=1.0 + math.log(similarity))
            for node, similarity in zip(found.nodes or [], found.similarities or [], strict=True)
        ]

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def _batches(self, chunks: Sequence[BaseNode]) -> Iterator[list[BaseNode]]:
        for start in range(0, len(chunks), self._largest_batch):
            yield list(chunks[start : start + self._largest_batch])


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0]
