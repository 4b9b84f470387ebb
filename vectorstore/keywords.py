"""Find chunks by their words (BM25), and tell which words no article has: the one file that knows bm25s."""

import copy
import math
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from llama_index.core.schema import BaseNode, NodeWithScore

from .errors import IndexUnavailable
from .stemming import WORD_PATTERN, EnglishStemmer

if TYPE_CHECKING:
    from llama_index.retrievers.bm25 import BM25Retriever
    from Stemmer import Stemmer

__all__ = ["KeywordIndex"]

# How many chunks a search finds at most; LlamaIndex's retriever takes it when it is made.
_DEPTH = 20


class KeywordIndex:
    """Hold the words of an index's chunks, found by BM25 (Robertson and Zaragoza, 2009)."""

    def __init__(self, retriever: "BM25Retriever | None") -> None:
        self._retriever = retriever  # none without chunks

    @classmethod
    def build(cls, chunks: Sequence[BaseNode]) -> "KeywordIndex":
        """Index the words of chunks and of their titles."""
        from llama_index.retrievers.bm25 import BM25Retriever

        if not chunks:
            return cls(None)
        return cls(
            BM25Retriever(
                nodes=list(chunks),
                similarity_top_k=min(_DEPTH, len(chunks)),
                token_pattern=WORD_PATTERN,
                stemmer=cast("Stemmer", EnglishStemmer()),
            )
        )

    @classmethod
    def load(cls, folder: Path) -> "KeywordIndex":
        """Read what `save` wrote; raises IndexUnavailable where it can't be read."""
        from llama_index.retrievers.bm25 import BM25Retriever

        if not folder.exists():
            return cls(None)
        try:
            retriever = BM25Retriever.from_persist_dir(str(folder))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexUnavailable(f"can't read the keyword index {str(folder)!r}: {error}") from error
        # what persisting forgets
        retriever.token_pattern, retriever.stemmer = WORD_PATTERN, EnglishStemmer()
        return cls(retriever)

    def save(self, folder: Path) -> None:
        """Write the index into a new folder; nothing is written where there are no chunks."""
        if self._retriever is not None:
            folder.mkdir(parents=True)
            self._retriever.persist(str(folder), show_progress=False)

    def search(self, question: str, among: Collection[str] | None = None, depth: int = _DEPTH) -> list[NodeWithScore]:
        """Find the chunks, of all sources or of some, that share words with the question; scores are BM25's."""
        retriever = self._retriever
        if retriever is None:
            return []
        if among is not None or depth > _DEPTH:
            retriever = copy.copy(retriever)  # other threads search at the same time
            retriever.similarity_top_k = min(depth, len(retriever.corpus))
        if among is not None:
            retriever.corpus_weight_mask = [int(chunk["source"] in among) for chunk in retriever.corpus]
        return [found for found in retriever.retrieve(question) if found.score]

    def ids(self) -> set[str]:
        """List the ids of all chunks."""
        return {chunk["node_id"] for chunk in self._retriever.corpus} if self._retriever is not None else set()

    def weight(self, stem: str) -> float:
        """Give a stem's inverse document frequency over the chunks, as BM25 has it; highest for an unknown one."""
        if self._retriever is None:
            return 0.0
        model = self._retriever.bm25
        token = model.vocab_dict.get(stem)
        columns = model.scores["indptr"]
        frequency = 0 if token is None else int(columns[token + 1] - columns[token])
        return math.log(1 + (int(model.scores["num_docs"]) - frequency + 0.5) / (frequency + 0.5))

    def __contains__(self, stem: str) -> bool:
        """Tell whether a word of this stem stands in some chunk or title."""
        return self._retriever is not None and stem in self._retriever.bm25.vocab_dict
