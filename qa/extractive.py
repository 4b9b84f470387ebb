"""Answer from the articles' own sentences, without a language model."""

from dataclasses import dataclass

from vectorstore import ArticleIndex

from .answer import Answer
from .composing import compose_answer, compose_decline
from .declining import Evidence, answerable
from .ranking import RankedSentence, rank_sentences
from .terms import Term, find_missing, find_terms

__all__ = ["ExtractiveAnswerer", "Reading"]

_CHUNKS_READ = 12


@dataclass(frozen=True)
class Reading:
    """Hold what was found for a question, before anything is decided."""

    terms: list[Term]
    ranked: list[RankedSentence]
    evidence: Evidence


class ExtractiveAnswerer:
    """Answer with the sentences that speak most of the question, or say that the articles don't say."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index

    def read(self, question: str) -> Reading:
        """Find the chunks for a standalone question, rank their sentences, and weigh the evidence."""
        terms = find_terms(question, self._index)
        ranked = rank_sentences(self._index.retrieve(question, top_k=_CHUNKS_READ), terms)
        return Reading(terms, ranked, Evidence.gather(terms, ranked))

    def answer(self, question: str, standalone_question: str) -> Answer:
        """Answer a question, reading its standalone form."""
        reading = self.read(standalone_question)
        if answerable(reading.evidence):
            return compose_answer(question, standalone_question, reading.ranked, self._index)
        missing = find_missing(standalone_question, reading.terms)
        return compose_decline(question, standalone_question, reading.ranked, missing, self._index)
