"""Answer from the articles' own sentences, without a language model."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from llama_index.core.schema import NodeWithScore

from vectorstore import ArticleIndex, stems

from .answer import Answer, Turn
from .answer_types import asks_about_all, asks_overview
from .attribution import asked_speaker
from .capitals import restore_capitals
from .clauses import with_mark
from .composing import compose_answer, compose_decline, compose_parts
from .declining import Evidence, answerable
from .followups import resolve
from .leads import compose_leads
from .overviews import compose_overview
from .parts import Part, split_parts
from .ranking import RankedSentence, rank_sentences
from .reader import Reader
from .speech import persons
from .terms import Term, find_missing, find_terms
from .two_questions import split_questions

__all__ = ["ExtractiveAnswerer", "Reading"]

_CHUNKS_FOUND, _CHUNKS_READ = 40, 8


@dataclass(frozen=True)
class Reading:
    """Hold what was found for a question, before anything is decided; `question` is as the articles would write it."""

    question: str
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
        question = with_mark(question)
        terms = find_terms(question, self._index)
        words = " ".join(term.word for term in terms)  # "say" stands in every article
        found = self._index.retrieve(question, words=words, top_k=_CHUNKS_FOUND, among=among)
        if question.islower():
            question = restore_capitals(question, [chunk.text for chunk in found[:_CHUNKS_READ]])
            terms = find_terms(question, self._index)
        chunks = _choose(question, found)
        ranked = rank_sentences(question, chunks, terms, self._index, self._reader)
        passages = tuple(chunk.node.metadata["source"] for chunk in chunks)
        return Reading(question, terms, passages, ranked, Evidence.gather(terms, ranked, self._index.count(among)))

    def resolve(self, question: str, history: Sequence[Turn], among: Collection[str] | None = None) -> str:
        """Make a question that leans on the conversation stand alone, with names as the articles write them."""
        return resolve(question, history, self._index.knows, lambda text: self._passages(text, among))

    def _passages(self, question: str, among: Collection[str] | None) -> list[str]:
        return [chunk.text for chunk in self._index.retrieve(question, top_k=_CHUNKS_READ, among=among)]

    def answer(
        self,
        question: str,
        standalone_question: str,
        among: Collection[str] | None = None,
        *,
        near: Collection[str] = (),
    ) -> Answer:
        """Answer a question, reading its standalone form, from all articles or those of the given sources.

        `near` are the sources that the conversation is about: a question that names nothing ("How many are missing?")
        is answered from these where they answer it.
        """
        if asks_about_all(standalone_question):
            leads = compose_leads(question, standalone_question, self._index, among)
            return leads or self.decline(question, standalone_question, among)
        parts = split_parts(standalone_question) or split_questions(standalone_question, self._index.knows)
        readings = [self.read(part.question, among) for part in parts]
        if any(map(_answers, parts, readings)):
            return self._answer_parts(question, standalone_question, parts, readings)
        reading = self._read_near(standalone_question, among, near) or self.read(standalone_question, among)
        if asks_overview(reading.question):
            overview = compose_overview(question, reading.question, reading.terms, self._index, among)
            if overview:
                return replace(overview, standalone_question=standalone_question)
        elif _is_answered(reading):
            answer = compose_answer(question, reading.question, reading.ranked, self._index)
            return replace(answer, standalone_question=standalone_question, passages=reading.passages)
        return self._decline(question, standalone_question, reading)

    def _read_near(self, question: str, among: Collection[str] | None, near: Collection[str]) -> Reading | None:
        """Read what the conversation is about; None where a question names something, or isn't answered there."""
        sources = [source for source in near if among is None or source in among]
        if not sources or asks_overview(question) or any(term.is_name for term in find_terms(question, self._index)):
            return None
        reading = self.read(question, sources)
        return reading if _is_answered(reading) and not any(term.is_name for term in reading.terms) else None

    def decline(self, question: str, standalone_question: str, among: Collection[str] | None = None) -> Answer:
        """Say that the articles don't answer a question, whatever they say, and what comes nearest."""
        return self._decline(question, standalone_question, self.read(standalone_question, among))

    def _decline(self, question: str, standalone_question: str, reading: Reading) -> Answer:
        missing = find_missing(standalone_question, reading.terms)
        decline = compose_decline(question, standalone_question, reading.ranked, missing, self._index)
        return replace(decline, passages=reading.passages)

    def _answer_parts(
        self, question: str, standalone_question: str, parts: Sequence[Part], readings: Sequence[Reading]
    ) -> Answer:
        answers = [
            (part, _best_of(reading, part, parts) if _answers(part, reading) else None)
            for part, reading in zip(parts, readings, strict=True)
        ]
        passages = tuple(source for reading in readings for source in reading.passages)
        return replace(compose_parts(question, standalone_question, answers, self._index), passages=passages)


def _choose(question: str, found: Sequence[NodeWithScore]) -> list[NodeWithScore]:
    """Choose the chunks to read: the best, and for each full name in the question one that has it, if one was found.

    Chunks that have but its parts, as namesakes do, may be found by more of the question. Where only one's words can
    answer, more are read, as those of others are found as well.
    """
    if asked_speaker(question):
        return list(found[: 2 * _CHUNKS_READ])
    names = [name.text.casefold() for name in persons(question) if " " in name.text]
    if not names:
        return list(found[:_CHUNKS_READ])
    told = [" ".join(f"{chunk.node.metadata['title']} {chunk.text}".split()).casefold() for chunk in found]
    with_names = [next((place for place, text in enumerate(told) if name in text), 0) for name in names]
    late = sorted({place for place in with_names if place >= _CHUNKS_READ})[:_CHUNKS_READ]
    return [*found[: _CHUNKS_READ - len(late)], *(found[place] for place in late)]


def _is_answered(reading: Reading) -> bool:
    if not asks_overview(reading.question):
        return answerable(reading.question, reading.terms, reading.ranked, reading.evidence)
    # of a subject something is said where one sentence speaks of all that names it
    subject = {term.stem for term in reading.terms if term.is_name} or {term.stem for term in reading.terms}
    return bool(subject) and any(subject <= sentence.mentioned for sentence in reading.ranked)


def _best_of(reading: Reading, part: Part, parts: Sequence[Part]) -> RankedSentence:
    """Take the best sentence that doesn't answer one part with what another one names."""
    named = {stem for other in parts if other is not part for stem in stems(other.label)}
    return next((each for each in reading.ranked if stems(each.found) - named), reading.ranked[0])


def _answers(part: Part, reading: Reading) -> bool:
    """Tell whether a part is answered by an article that speaks of what the part alone names."""
    if not _is_answered(reading):
        return False
    named = {term.stem for term in reading.terms if term.is_name and term.word in part.label}
    source = reading.ranked[0].source
    return named.issubset(stem for other in reading.ranked if other.source == source for stem in other.mentioned)
