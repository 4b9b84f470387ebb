"""Build a generation: everything that is derived from the articles, in a new folder."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from llama_index.core.schema import TextNode

from .auditing import find_losses
from .chroma import ChunkStore
from .copies import find_copies
from .errors import IndexUnavailable
from .generation import CHROMA, KEYWORDS, LEASE, MANIFEST, Generation, fingerprints, made_by
from .keywords import KeywordIndex
from .manifest import Manifest
from .vectors import KeptVectors

__all__ = ["build_generation"]

_ADDED_AT_ONCE = 4096
# Where more than this share of the chunks changed, a collection is built anew rather than from a copy.
_MOST_CHANGED = 0.2
# How many chunks are tried before a generation goes live, and which share of them may not be found.
_CHUNKS_TRIED, _MOST_MISSED = 32, 0.1


def build_generation(
    folder: Path,
    manifest: Manifest,
    chunked: Mapping[str, Sequence[TextNode]],
    vectors: KeptVectors,
    base: Generation | None,
) -> Generation:
    """Build a generation in a new folder out of each article's chunks and their kept vectors, and open it.

    `base` is one that is like it, whose collection is copied where little changed. Raises IndexUnavailable or OSError
    where it can't be written; nothing of it is left then.
    """
    try:
        folder.mkdir(parents=True)
        (folder / LEASE).touch()
        _fill_collection(folder / CHROMA, manifest, chunked, vectors, base)
        KeywordIndex.build([chunk for chunks in chunked.values() for chunk in chunks]).save(folder / KEYWORDS)
        published = {source: record.published for source, record in manifest.articles.items()}
        copies = find_copies(chunked, published)
        manifest = replace(
            manifest, copies=copies.chunks, twins=copies.twins, files=fingerprints(folder), made_by=made_by()
        )
        manifest.save(folder / MANIFEST)
        generation = Generation.open(folder, manifest)
        for loss in find_losses(generation, vectors.folder, most=_CHUNKS_TRIED, most_missed=_MOST_MISSED):
            raise IndexUnavailable(f"Chroma lost what was put into {str(folder)!r}: {loss}")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return generation


def _fill_collection(
    folder: Path,
    manifest: Manifest,
    chunked: Mapping[str, Sequence[TextNode]],
    vectors: KeptVectors,
    base: Generation | None,
) -> None:
    wanted, present = manifest.chunk_ids, base.manifest.chunk_ids if base else set()
    if base and len(wanted ^ present) <= _MOST_CHANGED * len(present):
        shutil.copytree(base.folder / CHROMA, folder)
    else:
        present = set()
    store = ChunkStore(folder)
    store.remove(sorted(present - wanted))
    for batch in _batches(manifest, chunked, vectors, present):
        store.add(batch)
    store.seal()


def _batches(
    manifest: Manifest, chunked: Mapping[str, Sequence[TextNode]], vectors: KeptVectors, present: set[str]
) -> Iterator[list[TextNode]]:
    """Yield the chunks that are not present yet, with their vectors, so many at a time that memory stays bounded."""
    batch: list[TextNode] = []
    for source, chunks in chunked.items():
        if present.issuperset(chunk.node_id for chunk in chunks):
            continue
        kept = vectors.read(manifest.articles[source].vectors, len(chunks))
        if kept is None:
            raise IndexUnavailable(
                f"the vectors of {source!r} were lost while they were needed; run parley index again"
            )
        for chunk, vector in zip(chunks, kept, strict=True):
            batch.append(chunk.model_copy(update={"embedding": vector.tolist()}))
        if len(batch) >= _ADDED_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
