"""Keep the chunks' vectors, so that no text is embedded twice."""

import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import MetadataMode, TextNode
from numpy.typing import NDArray

from .embedding import embedding_identity
from .files import write_whole
from .ownership import drop_others

__all__ = ["KeptVectors", "Progress", "read_vectors"]

# What is called with the number of chunks embedded so far and their total.
Progress = Callable[[int, int], None]

_EMBEDDED_AT_ONCE = 64
# So many chunks are embedded between two writes: what a crash can cost.
_KEPT_AT_ONCE = 512


class KeptVectors:
    """Hold a file for each article's chunks, named after all that their vectors depend on and never changed."""

    def __init__(self, folder: Path, embedding: BaseEmbedding) -> None:
        self.folder = folder
        self._embedding = embedding
        self._identity = embedding_identity(embedding).encode()

    def name(self, chunks: Iterable[TextNode]) -> str:
        """Name the vectors of an article's chunks."""
        digest = sha256(self._identity)
        for chunk in chunks:
            digest.update(sha256(_embedded(chunk).encode()).digest())
        return digest.hexdigest()

    def read(self, name: str, count: int) -> NDArray[np.float32] | None:
        """Give vectors, shape (count, dimension), or None where they are lost or not as they were kept."""
        return read_vectors(self.folder, name, count)

    def make(self, articles: Iterable[Sequence[TextNode]], progress: Progress | None = None) -> None:
        """Embed the chunks of articles whose vectors are not kept yet, and keep them."""
        wanted = {name: chunks for chunks in articles if self.read(name := self.name(chunks), len(chunks)) is None}
        total, done = sum(map(len, wanted.values())), 0
        for group in _grouped(wanted):
            # texts of one length need no padding
            chunks = sorted((chunk for name in group for chunk in wanted[name]), key=lambda chunk: len(chunk.text))
            made: dict[str, list[float]] = {}
            for start in range(0, len(chunks), _EMBEDDED_AT_ONCE):
                batch = chunks[start : start + _EMBEDDED_AT_ONCE]
                vectors = self._embedding.get_text_embedding_batch([_embedded(chunk) for chunk in batch])
                made.update(zip((chunk.node_id for chunk in batch), vectors, strict=True))
                done += len(batch)
                if progress is not None:
                    progress(done, total)
            for name in group:
                self._keep(name, np.asarray([made[chunk.node_id] for chunk in wanted[name]], dtype=np.float32))

    def _keep(self, name: str, vectors: NDArray[np.float32]) -> None:
        array, content = BytesIO(), BytesIO()
        np.lib.format.write_array(array, vectors, allow_pickle=False)
        with zipfile.ZipFile(content, "w") as kept:
            kept.writestr("vectors", array.getvalue())
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(_path(self.folder, name), content.getvalue())

    def keep_only(self, names: Collection[str]) -> None:
        """Drop all vectors but those of these names."""
        drop_others(self.folder, {_path(self.folder, name).name for name in names})


def read_vectors(folder: Path, name: str, count: int) -> NDArray[np.float32] | None:
    """Give the vectors kept under a name, shape (count, dimension), or None where they are lost or damaged."""
    try:
        with zipfile.ZipFile(_path(folder, name)) as kept:  # a zip file holds a checksum
            vectors: NDArray[np.float32] = np.lib.format.read_array(BytesIO(kept.read("vectors")))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return vectors if len(vectors) == count else None


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.zip"


def _embedded(chunk: TextNode) -> str:
    return chunk.get_content(MetadataMode.EMBED)


def _grouped(articles: dict[str, Sequence[TextNode]]) -> Iterator[list[str]]:
    """Yield the names of articles that together have about as many chunks as are kept at once."""
    group: list[str] = []
    size = 0
    for name, chunks in articles.items():
        group.append(name)
        size += len(chunks)
        if size >= _KEPT_AT_ONCE:
            yield group
            group, size = [], 0
    if group:
        yield group
