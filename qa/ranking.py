"""Rank the sentences of retrieved chunks by how well they answer a question."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from llama_index.core.schema import NodeWithScore

from vectorstore import Article, ArticleIndex, sentence_spans, stems

from .attribution import AskedSpeaker, Given, asked_speaker
from .dates import AskedYears, is_date_alone
from .fitting import fits, repeats
from .linear import LinearModel
from .namesakes import Bearer
from .persons import person_asked_about
from .prose import plain
from .reader import Finding, Reader
from .terms import Term
from .transcripts import asked_by_reporters, is_pleasantry

__all__ = ["RankedSentence", "depth", "rank_sentences", "telling_sentences"]

# A sentence that scores further behind the best one adds more doubt than proof; one of the same article goes on with
# what it tells.
_MARGIN, _MARGIN_IN_ARTICLE = 3.5, 5.0
_SHORTEST = 4  # words; "Lima, Peru" goes on with nothing
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]*_]*$")  # a heading doesn't
# News tells first what matters most; from here on it no longer matters how far down a sentence stands, in letters.
_LEAD, _DEEPEST = 500, 3000


@dataclass(frozen=True)
class RankedSentence:
    """Hold a sentence of an article with what speaks for it.

    `finding` is what the reader points at, with offsets into the sentence; `fits` tells whether it can be what the
    question asks for: a time, an amount, a name, the words of the one asked about, which are in it where `is_said`.
    `coverage` and `chunk_coverage` are the shares, between 0 and 1, of the question's terms by weight that the sentence
    and its chunk mention; `mentioned` are the stems of those in the sentence. `rank` is the chunk's, from 0.
    """

    source: str
    start: int
    end: int
    text: str
    chunk: NodeWithScore
    rank: int
    finding: Finding
    fits: bool
    coverage: float
    chunk_coverage: float
    mentioned: frozenset[str]
    is_said: bool

    @property
    def figures(self) -> Mapping[str, float]:
        """Name the figures that the ranking weighs."""
        return {
            "reading": self.finding.score,
            "fits": float(self.fits),
            "coverage": self.coverage,
            "chunk_coverage": self.chunk_coverage,
            "rank": self.rank,
            "length": math.log(max(1, len(self.text.split()))),
            "depth": depth(self.start),
        }

    @property
    def score(self) -> float:
        """Weigh the figures; orders the sentences of one question."""
        return LinearModel.load("ranking").score(self.figures)

    @property
    def found(self) -> str:
        """Give the words that the reader points at."""
        return self.text[self.finding.start : self.finding.end]


def rank_sentences(
    question: str, chunks: Sequence[NodeWithScore], terms: Sequence[Term], index: ArticleIndex, reader: Reader
) -> list[RankedSentence]:
    """Rank the sentences of chunks, which come best first; returns the most telling one first, of those that fit."""
    weights = {term.stem: term.weight for term in terms}
    speaker = asked_speaker(question, weights)
    wants_words = bool(speaker and speaker.is_open)
    sources = {chunk.node.metadata["source"] for chunk in chunks}
    sieves = {source: _Sieve(question, speaker, index.article(source)) for source in sources}
    readings = reader.read(question, [_passage(chunk) for chunk in chunks])
    best: dict[tuple[str, int], RankedSentence] = {}  # neighbouring chunks share a sentence
    for rank, (chunk, findings) in enumerate(zip(chunks, readings, strict=True)):
        sieve = sieves[chunk.node.metadata["source"]]
        for candidate in _candidates(chunk, rank, findings, weights, sieve):
            known = best.get((candidate.source, candidate.start))
            if known is None or known.score < candidate.score:
                best[candidate.source, candidate.start] = candidate
    ranked = sorted(best.values(), key=lambda each: (not each.fits, wants_words and not each.is_said, -each.score))
    if not ranked or not ranked[0].fits:
        return ranked
    if wants_words:  # what others say about it is no answer, not even in part
        return [each for each in ranked if each.fits]
    if person_asked_about(question):  # what another article tells without naming the person is of someone else
        return [each for each in ranked if each.fits or each.source == ranked[0].source]
    return ranked


class _Sieve:
    """Tell of the sentences of an article which can answer a question at all, and which give the words asked for."""

    def __init__(self, question: str, speaker: AskedSpeaker | None, article: Article) -> None:
        person = person_asked_about(question)
        self._question = question
        self._years = AskedYears.of(question)
        self._wants_words = bool(speaker and speaker.is_open)
        self._hearing = speaker.listen(article) if speaker else None
        self._bearer = Bearer(person, article) if person else None
        self._is_asked = asked_by_reporters(article.text)  # a chunk may begin in the midst of what a reporter asks

    def says_nothing(self, sentence: str, start: int) -> bool:
        """Tell whether the sentence that stands here says nothing that the question doesn't."""
        return (
            repeats(self._question, plain(sentence))
            or is_date_alone(sentence)
            or is_pleasantry(sentence)
            or self._is_asked(start)
        )

    def given(self, start: int, end: int) -> Mapping[int, Given]:
        """Find the sentences between two offsets that give the words asked for; none where nobody's are."""
        return self._hearing.sentences(start, end) if self._hearing else {}

    def fits(self, sentence: str, finding: Finding, before: str, published: str, given: Given | None) -> bool:
        """Tell whether what was found in a sentence can be the answer."""
        is_said = self._wants_words and given is not None and given.is_said
        return (
            fits(self._question, sentence, finding.start, finding.end, is_said=is_said)
            and self._years.may_be(sentence, before, published)
            and (self._bearer is None or self._bearer.is_named_in(sentence))
            and (self._hearing is None or given is not None)
        )


def _candidates(
    chunk: NodeWithScore, rank: int, findings: Sequence[Finding | None], weights: Mapping[str, float], sieve: _Sieve
) -> Iterator[RankedSentence]:
    """Yield the sentences of a chunk that say something, with what speaks for each."""
    metadata, text, spans = chunk.node.metadata, chunk.text, sentence_spans(chunk.node)
    offset = spans[0][0]  # a chunk begins with its first sentence
    total = sum(weights.values()) or 1.0
    date_stems = stems(metadata["published"])  # what an article tells, it tells of its day
    chunk_stems = stems(f"{metadata['title']} {text}") | date_stems
    said = sieve.given(spans[0][0], spans[-1][1])
    for (start, end), finding in zip(spans, findings, strict=True):
        sentence = text[start - offset : end - offset]
        if finding is None or sieve.says_nothing(sentence, start):
            continue
        given = said.get(start)
        is_fit = sieve.fits(sentence, finding, text[: start - offset], metadata["published"], given)
        if given and not given.holds(finding.start):
            finding = replace(finding, start=0, end=0)  # it points at what another says
        mentioned = frozenset((stems(sentence) | date_stems) & weights.keys())
        yield RankedSentence(
            source=metadata["source"],
            start=start,
            end=end,
            text=sentence,
            chunk=chunk,
            rank=rank,
            finding=finding,
            fits=is_fit,
            coverage=sum(weights[stem] for stem in mentioned) / total,
            chunk_coverage=sum(weights[stem] for stem in chunk_stems & weights.keys()) / total,
            mentioned=mentioned,
            is_said=given is not None and given.is_said,
        )


def depth(start: int) -> float:
    """Measure how far down its article a sentence stands that starts after so many characters: from 0 to about 2."""
    return math.log1p(min(start, _DEEPEST) / _LEAD)


def telling_sentences(ranked: Sequence[RankedSentence]) -> list[RankedSentence]:
    """Keep the best of the ranked sentences, and those that score about as well and are more than a heading."""
    best = ranked[0]
    return [best] + [
        sentence
        for sentence in ranked[1:]
        if sentence.score >= best.score - (_MARGIN_IN_ARTICLE if sentence.source == best.source else _MARGIN)
        and len(sentence.text.split()) >= _SHORTEST
        and _ENDS.search(sentence.text)
    ]


def _passage(chunk: NodeWithScore) -> tuple[str, str, list[tuple[int, int]]]:
    """Give what the reader reads of a chunk: what it is from, its text, and its sentences' offsets into it."""
    spans = sentence_spans(chunk.node)
    offset = spans[0][0]
    return _context(chunk), chunk.text, [(start - offset, end - offset) for start, end in spans]


def _context(chunk: NodeWithScore) -> str:
    """Say what article a chunk is from, where that tells more than the chunk itself."""
    title, published = chunk.node.metadata["title"], chunk.node.metadata["published"]
    known = "" if title in chunk.text or title.endswith("…") else title
    return ". ".join(part for part in (known, published) if part)
