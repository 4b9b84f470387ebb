"""Decide whether the articles answer a question at all."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from vectorstore import sentence_spans, stems

from .answer_types import asks_amount, asks_place, asks_time, asks_whether
from .attribution import asked_speaker
from .dates import AskedYears
from .linear import LinearModel
from .names import Name
from .persons import person_asked_about
from .ranking import RankedSentence
from .speech import persons
from .terms import Term

__all__ = ["Evidence", "answerable", "ruled"]

_SHORTLY = 250  # letters


@dataclass(frozen=True)
class Evidence:
    """Hold what speaks for and against an answer.

    `score` is the best sentence's in the ranking. Between 0 and 1 lie `coverage`, the share of the question's terms
    that the chunks read of its article mention, and `cosine`, the nearest chunk's to the question. `size` is the
    decimal logarithm of the number of chunks searched: the more there are, the better the best looks by chance.
    """

    score: float
    coverage: float
    cosine: float
    size: float

    @classmethod
    def gather(cls, terms: Sequence[Term], ranked: Sequence[RankedSentence], chunks: int) -> Self | None:
        """Weigh the ranked sentences of a question, best first, out of so many chunks; None where there are none."""
        if not ranked:
            return None
        best = ranked[0]
        # what a reporter asks is no answer, but tells what the reply speaks of
        texts = {sentence.chunk.text for sentence in ranked if sentence.source == best.source}
        mentioned = best.mentioned.union(*map(stems, texts))
        total = sum(term.weight for term in terms)
        return cls(
            score=best.score,
            coverage=sum(term.weight for term in terms if term.stem in mentioned) / total if total else 0.0,
            cosine=max(sentence.chunk.node.metadata.get("cosine", 0.0) for sentence in ranked),
            size=math.log10(max(chunks, 1)),
        )


def ruled(question: str, terms: Sequence[Term], ranked: Sequence[RankedSentence]) -> bool | None:
    """Tell whether rules alone have a question answered or declined; None where the evidence is to decide.

    A question that has a name or number that no article has is not answered, whatever else speaks for it: what is said
    of Beijing is no answer about Johannesburg. Nor is one answered by what can't be what it asks for: "in November" is
    no answer to "How old is he?", nor yes or no about somebody of whom the best sentence doesn't speak. What somebody
    says is always the answer to what that one says.
    """
    if not ranked or any(term.is_strange for term in terms):
        return False
    best, speaker = ranked[0], asked_speaker(question)
    if speaker and speaker.is_open and best.fits and best.is_said:
        return True
    if asks_whether(question) and not _speaks_of_all(persons(question), best):
        return False
    kinds = (asks_amount, asks_time, asks_place, person_asked_about, AskedYears.of)
    is_of_a_kind = any(kind(question) for kind in kinds)
    return False if (is_of_a_kind or speaker) and not best.fits else None


def _speaks_of_all(asked_about: Sequence[Name], best: RankedSentence) -> bool:
    """Tell whether a sentence, what stands shortly before it, or its title has the surnames of all persons."""
    start = best.start - sentence_spans(best.chunk.node)[0][0]
    before = best.chunk.text[max(0, start - _SHORTLY) : start]
    near = stems(f"{best.chunk.node.metadata['title']} {before} {best.text}")
    return all(stems(person.text.split()[-1]) <= near for person in asked_about)


def answerable(
    question: str, terms: Sequence[Term], ranked: Sequence[RankedSentence], evidence: Evidence | None
) -> bool:
    """Tell whether what was found is enough for an answer, by rule or by the evidence."""
    ruling = ruled(question, terms, ranked)
    if ruling is None and evidence:
        return LinearModel.load("declining").decides(asdict(evidence))
    return bool(ruling)
