"""Answer from the articles' own sentences, without a language model."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from vectorstore import ArticleIndex

from .answer import Answer
from .composing import asks_overview, compose_answer, compose_decline
from .declining import Evidence, answerable
from .ranking import RankedSentence, rank_sentences
from .reader import Reader
from .terms import Term, find_missing, find_terms

__all__ = ["ExtractiveAnswerer", "Reading"]

_CHUNKS_READ = 8


@dataclass(frozen=True)
class Reading:
    """Hold what was found for a question, before anything is decided."""

    terms: list[Term]
    passages: tuple[str, ...]
    ranked: list[RankedSentence]
    evidence: Evidence | None


class ExtractiveAnswerer:
    """Answer with the sentences that the reader and the question's terms point at, or say that none does."""

    def __init__(self, index: ArticleIndex, reader: Reader | None = None) -> None:
        self._index = index
        self._reader = reader or Reader()

    def read(self, question: str, among: Collection[str] | None = None) -> Reading:
        """Find the chunks for a standalone question, rank their sentences, and weigh the evidence."""
        terms = find_terms(question, self._index)
        chunks = self._index.retrieve(question, top_k=_CHUNKS_READ, among=among)
        ranked = rank_sentences(question, chunks, terms, self._reader)
        passages = tuple(chunk.node.metadata["source"] for chunk in chunks)
        return Reading(terms, passages, ranked, Evidence.gather(terms, ranked))

    def answer(self, question: str, standalone_question: str, among: Collection[str] | None = None) -> Answer:
        """Answer a question, reading its standalone form, from all articles or those of the given sources."""
        reading = self.read(standalone_question, among)
        if _is_answered(standalone_question, reading):
            answer = compose_answer(question, standalone_question, reading.ranked, self._index)
            return replace(answer, passages=reading.passages)
        return self._decline(question, standalone_question, reading)

    def decline(self, question: str, standalone_question: str, among: Collection[str] | None = None) -> Answer:
        """Say that the articles don't answer a question, whatever they say, and what comes nearest."""
        return self._decline(question, standalone_question, self.read(standalone_question, among))

    def _decline(self, question: str, standalone_question: str, reading: Reading) -> Answer:
        missing = find_missing(standalone_question, reading.terms)
        decline = compose_decline(question, standalone_question, reading.ranked, missing, self._index)
        return replace(decline, passages=reading.passages)


def _is_answered(question: str, reading: Reading) -> bool:
    if not asks_overview(question):
        return answerable(reading.evidence)
    # of a subject something is said where one sentence speaks of all that names it
    subject = {term.stem for term in reading.terms if term.is_name} or {term.stem for term in reading.terms}
    return bool(subject) and any(subject <= sentence.mentioned for sentence in reading.ranked)
