"""Keep an index on the disk: the texts and vectors that are costly to make again, and the generations made of them."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from .articles import Article
from .building import build_generation
from .changes import Changes
from .chunks import chunk_article
from .embedding import embedding_identity
from .errors import IndexMismatch, IndexUnavailable
from .generation import MANIFEST, Generation
from .generations import Generations
from .locks import writing
from .manifest import ArticleRecord, Manifest
from .texts import TextStore
from .vectors import KeptVectors, Progress

__all__ = ["IndexFolder"]


class IndexFolder:
    """Hold an index's folder; it is made when first written to."""

    def __init__(self, folder: Path, embedding: BaseEmbedding) -> None:
        self.path = folder
        self.generations = Generations(folder / "generations")
        self.texts = TextStore(folder / "texts")
        self.vectors = KeptVectors(folder / "vectors", embedding)
        self._identity = embedding_identity(embedding)

    @property
    def nothing(self) -> Manifest:
        """Give the manifest of an index without articles."""
        return Manifest(self._identity)

    def article(self, source: str, record: ArticleRecord) -> Article:
        """Give an article with its text; raises IndexUnavailable where that is lost or damaged."""
        return Article(
            source=source,
            sha256=record.sha256,
            title=record.title,
            text=self.texts.read(record.text),
            published=record.published,
            url=record.url,
            body_start=record.body_start,
            page_starts=record.page_starts,
        )

    def open_live(self) -> Generation | None:
        """Open the live generation, and build it again where it is damaged.

        There is none where the manifest is lost or of another version; a sync makes the index anew then. Raises
        IndexMismatch where another embedding made it, IndexUnavailable where it is damaged and can't be written.
        """
        folder = self.generations.live()
        if folder is None:
            return None
        try:
            manifest = Manifest.load(folder / MANIFEST)
        except IndexUnavailable:
            return None if self.generations.live() == folder else self.open_live()
        if not manifest.is_current:
            return None
        if manifest.embedding != self._identity:
            raise IndexMismatch(
                f"the index at {str(self.path)!r} was made with the model {manifest.embedding!r}, not "
                f"{self._identity!r}; use that model, or name another folder with --index DIR, or delete this one"
            )
        try:
            return Generation.open(folder, manifest)
        except IndexUnavailable:
            if self.generations.live() != folder:
                return self.open_live()
            with self.writing(is_patient=True):
                if self.generations.live() == folder:
                    generation = self.rebuild(manifest)
                    self.sweep()
                    return generation
            return self.open_live()  # another process was quicker

    def rebuild(self, manifest: Manifest, progress: Progress | None = None) -> Generation | None:
        """Build a generation of the articles whose texts are whole, anew; there is none without one."""
        whole = {source: record for source, record in manifest.articles.items() if self.texts.check(record.text)}
        return self._build(replace(manifest, articles=whole), None, progress) if whole else None

    def apply(self, changes: Changes, base: Generation | None, progress: Progress | None) -> Generation:
        """Build the generation that has these changes, and let it go live; `base` is the one before."""
        try:
            return self._apply(changes, base, progress)
        except (IndexUnavailable, OSError):
            if self.generations.stamp() is None and not any(self.generations.manifests()):
                with suppress(OSError):  # a first index that failed is of no use, and a full disk needs its place back
                    self.texts.keep_only(())
                    self.vectors.keep_only(())
            raise

    def _apply(self, changes: Changes, base: Generation | None, progress: Progress | None) -> Generation:
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
                text=self.texts.add(article.text),
                vectors=self.vectors.name(chunks),
                chunks=tuple(chunk.node_id for chunk in chunks),
            )
        manifest = Manifest(self._identity, dict(sorted(records.items())), changes.failed)
        try:
            return self._build(manifest, base, progress)
        except IndexUnavailable:
            if base is None:
                raise
            return self._build(manifest, None, progress)  # the copy of a collection may be at fault

    def _build(self, manifest: Manifest, base: Generation | None, progress: Progress | None) -> Generation:
        chunked = {source: chunk_article(self.article(source, record)) for source, record in manifest.articles.items()}
        self.vectors.make(chunked.values(), progress)
        generation = build_generation(self.generations.new_folder(), manifest, chunked, self.vectors, base)
        self.generations.switch(generation.folder)
        return generation

    def note(self, changes: Changes, generation: Generation) -> None:
        """Write the files' stamps, all that is new, into a generation's manifest, in one step."""
        manifest = replace(generation.manifest, articles=changes.unchanged, failed=changes.failed)
        manifest.save(generation.folder / MANIFEST)
        generation.manifest = manifest

    def sweep(self) -> None:
        """Drop the generations that nobody reads, and the texts and vectors that no generation needs."""
        self.generations.sweep()
        records = [record for manifest in self.generations.manifests() for record in manifest.articles.values()]
        self.texts.keep_only({record.text for record in records})
        self.vectors.keep_only({record.vectors for record in records})

    @contextmanager
    def writing(self, *, is_patient: bool = False) -> Iterator[None]:
        """Keep others from writing the index, and tell in our words why it can't be written.

        Who is patient waits some minutes for another writer.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with writing(self.path, is_patient=is_patient):
                yield
        except OSError as error:
            raise IndexUnavailable(
                f"can't write the index {str(self.path)!r}: {error.strerror or error}; it is as it was; make room "
                "there or let it be written, or name another folder with --index DIR"
            ) from error
