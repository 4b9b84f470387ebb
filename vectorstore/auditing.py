"""Audit a generation: ask for every chunk, and see that it is found."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .generation import MANIFEST, Generation
from .manifest import Manifest
from .vectors import read_vectors

__all__ = ["audit", "audit_apart", "find_losses"]

# Chunks of equal text have equal vectors, and either may come first.
_SAME = 1 - 1e-5
# The graph that Chroma searches is approximate; at our settings it misses next to nothing.
_MOST_MISSED = 0.005


def find_losses(generation: Generation, vectors: Path, most: int, most_missed: float = _MOST_MISSED) -> Iterator[str]:
    """Tell what can't be found of what the manifest lists; nothing where all is well.

    Every chunk must be in Chroma and in BM25, and nothing else; and each of them, or `most` picked at random, must
    come first where its own vector is searched, but for a share of `most_missed`. A count is no audit: Chroma counts
    vectors that no search finds. `vectors` is the folder of the kept vectors.
    """
    listed = generation.manifest.chunk_ids
    for part, there in (("Chroma", generation.store.ids()), ("BM25", generation.keywords.ids())):
        if there != listed:
            yield f"{part} lacks {len(listed - there)} of {len(listed)} chunks and has {len(there - listed)} others"
    records = generation.manifest.articles.values()
    places = [(record, row) for record in records for row in range(len(record.chunks))]
    tried = places if len(places) <= most else random.Random(0).sample(places, most)  # noqa: S311 - a fair sample
    missed = 0
    for record, row in tried:
        kept = read_vectors(vectors, record.vectors, len(record.chunks))
        if kept is None:
            yield f"the vectors of {record.title!r} are lost"
            return
        nearest = generation.store.nearest(kept[row].tolist(), 1)
        if not nearest or (nearest[0].node.node_id != record.chunks[row] and (nearest[0].score or 0) < _SAME):
            missed += 1
    if missed > most_missed * len(tried):
        yield f"{missed} of {len(tried)} chunks are not found by their own vector"


def audit(folder: Path, vectors: Path, most: int) -> list[str]:
    """Audit what is in a generation's folder; raises IndexUnavailable where it can't be opened."""
    generation = Generation.open_unchecked(folder, Manifest.load(folder / MANIFEST))
    return list(find_losses(generation, vectors, most))


def audit_apart(folder: Path, vectors: Path, most: int) -> list[str]:
    """Audit whatever is in a generation's folder, in a process of its own: on a damaged file Chroma can crash."""
    root = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *sys.path])}
    command = [sys.executable, "-m", "vectorstore.auditing", str(folder), str(vectors), str(most)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)  # noqa: S603 - our own module
    if done.returncode:
        ended = f"signal {-done.returncode}" if done.returncode < 0 else (done.stderr.strip().splitlines() or ["?"])[-1]
        return [f"Chroma can't open it ({ended})"]
    losses: list[str] = json.loads(done.stdout)
    return losses


def _main(folder: str, vectors: str, most: str) -> None:
    json.dump(audit(Path(folder), Path(vectors), int(most)), sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:])
