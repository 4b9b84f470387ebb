"""Examine an index from end to end, as it lies on the disk."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .auditing import audit, audit_apart
from .changes import Changes
from .errors import ArticlesNotFound, IndexUnavailable
from .generation import MANIFEST, find_damage
from .generations import Generations
from .manifest import Manifest
from .ownership import refuse_foreign
from .texts import TextStore
from .vectors import read_vectors

__all__ = ["Finding", "examine"]

_CHUNKS_TRIED = 2000


@dataclass(frozen=True)
class Finding:
    """Tell what was examined, and what is wrong with it, if anything."""

    examined: str
    problems: tuple[str, ...]


def examine(articles: Path, folder: Path) -> Iterator[Finding]:
    """Examine an index: the folder of articles, the manifest, the kept files, Chroma and BM25, one finding each.

    Nothing is changed. Of each chunk, or of 2,000 picked at random, it is tried whether a search for it finds it.
    """
    try:
        refuse_foreign(folder)
    except IndexUnavailable as error:
        yield Finding("the index", (str(error),))
        return
    live = Generations(folder / "generations").live()
    if live is None:
        yield Finding("the index", (f"there is none at {str(folder)!r}; parley index makes it",))
        return
    try:
        manifest = Manifest.load(live / MANIFEST)
    except IndexUnavailable as error:
        yield Finding("the manifest", (str(error),))
        return
    yield Finding(f"the manifest of {len(manifest.articles)} articles", _version(manifest))
    yield Finding(f"the articles in {str(articles)!r}", tuple(_differences(articles, folder, manifest)))
    yield Finding("the kept texts", tuple(_lost_texts(folder, manifest)))
    yield Finding("the kept vectors", tuple(_lost_vectors(folder, manifest)))
    damage = tuple(find_damage(live, manifest))
    yield Finding(f"the {len(manifest.files)} files of Chroma and BM25", damage)
    # what is still as it was built is opened for every question too, and a process of its own takes seconds to start
    trial = audit_apart if damage or not manifest.is_current else audit
    try:
        losses = trial(live, folder / "vectors", _CHUNKS_TRIED)
    except IndexUnavailable as error:
        losses = [str(error)]
    yield Finding(f"whether each of {len(manifest.chunk_ids)} chunks is found", tuple(losses))


def _version(manifest: Manifest) -> tuple[str, ...]:
    return () if manifest.is_current else ("made by another version of Parley; parley index makes it anew",)


def _differences(articles: Path, folder: Path, manifest: Manifest) -> Iterator[str]:
    try:
        report = Changes.find(articles, manifest, leave_out=folder, parse=False).report
    except ArticlesNotFound as error:
        yield str(error)
        return
    for done, sources in (("new", report.added), ("changed", report.updated), ("gone", report.removed)):
        if sources:
            yield f"{len(sources)} {done}, such as {sources[0]!r}"


def _lost_texts(folder: Path, manifest: Manifest) -> Iterator[str]:
    texts = TextStore(folder / "texts")
    for source, record in manifest.articles.items():
        if not texts.check(record.text):
            yield f"the text of {source!r} is lost or damaged"


def _lost_vectors(folder: Path, manifest: Manifest) -> Iterator[str]:
    for source, record in manifest.articles.items():
        if read_vectors(folder / "vectors", record.vectors, len(record.chunks)) is None:
            yield f"the vectors of {source!r} are lost or damaged"
