"""Rank the sentences of retrieved chunks by how much of the question they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass

from llama_index.core.schema import NodeWithScore

from vectorstore import sentence_spans, stem_words

from .terms import Term

__all__ = ["RankedSentence", "rank_sentences"]

# A sentence stands in a context: its chunk's words count for half of its own, and each rank that its chunk is lower
# counts against it.
_CHUNK_SHARE = 0.5
_RANK_COST = 0.02


@dataclass(frozen=True)
class RankedSentence:
    """Hold a sentence of an article with what speaks for it.

    `coverage` and `chunk_coverage` are the shares, between 0 and 1, of the question's terms by weight that the
    sentence and its chunk mention.
    """

    source: str
    start: int
    end: int
    text: str
    chunk: NodeWithScore
    coverage: float
    chunk_coverage: float
    score: float


def rank_sentences(chunks: Sequence[NodeWithScore], terms: Sequence[Term]) -> list[RankedSentence]:
    """Rank the sentences of chunks, which come best first; returns the most telling one first."""
    weights = {term.stem: term.weight for term in terms}
    total = sum(weights.values()) or 1.0
    ranked: list[RankedSentence] = []
    for rank, chunk in enumerate(chunks):
        source, text, spans = chunk.node.metadata["source"], chunk.text, sentence_spans(chunk.node)
        offset = spans[0][0]  # a chunk begins with its first sentence
        chunk_stems = _stems(f"{chunk.node.metadata['title']} {chunk.node.metadata['published']} {text}")
        chunk_coverage = sum(weights[stem] for stem in chunk_stems & weights.keys()) / total
        for start, end in spans:
            sentence = text[start - offset : end - offset]
            coverage = sum(weights[stem] for stem in _stems(sentence) & weights.keys()) / total
            score = coverage + _CHUNK_SHARE * chunk_coverage - _RANK_COST * rank
            ranked.append(RankedSentence(source, start, end, sentence, chunk, coverage, chunk_coverage, score))
    return sorted(ranked, key=lambda sentence: -sentence.score)


def _stems(text: str) -> set[str]:
    return {stem for _, stem in stem_words(text)}
