"""Rank the sentences of retrieved chunks by how well they answer a question."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from llama_index.core.schema import NodeWithScore

from vectorstore import ArticleIndex, sentence_spans, stems

from .attribution import asked_speaker
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
    total = sum(weights.values()) or 1.0
    best: dict[tuple[str, int], RankedSentence] = {}  # neighbouring chunks share a sentence
    readings = reader.read(question, [_passage(chunk) for chunk in chunks])
    speaker, years = asked_speaker(question, weights), AskedYears.of(question)
    wants_words = bool(speaker and speaker.is_open)
    sources = {chunk.node.metadata["source"] for chunk in chunks}
    articles = {source: index.article(source) for source in sources}
    hearings = {source: speaker.listen(article) for source, article in articles.items()} if speaker else {}
    person = person_asked_about(question)
    bearers = {source: Bearer(person, article) for source, article in articles.items()} if person else {}
    # a chunk may begin in the midst of what a reporter asks
    asked = {source: asked_by_reporters(article.text) for source, article in articles.items()}
    for rank, (chunk, findings) in enumerate(zip(chunks, readings, strict=True)):
        metadata, text, spans = chunk.node.metadata, chunk.text, sentence_spans(chunk.node)
        offset = spans[0][0]  # a chunk begins with its first sentence
        date_stems = stems(metadata["published"])  # what an article tells, it tells of its day
        chunk_stems = stems(f"{metadata['title']} {text}") | date_stems
        chunk_coverage = sum(weights[stem] for stem in chunk_stems & weights.keys()) / total
        given = hearings[metadata["source"]].sentences(spans[0][0], spans[-1][1]) if speaker else {}
        for (start, end), finding in zip(spans, findings, strict=True):
            sentence = text[start - offset : end - offset]
            if finding is None or repeats(question, plain(sentence)) or is_date_alone(sentence):
                continue
            if is_pleasantry(sentence) or asked[metadata["source"]](start):
                continue
            mentioned = frozenset((stems(sentence) | date_stems) & weights.keys())
            coverage = sum(weights[stem] for stem in mentioned) / total
            is_said = wants_words and start in given and given[start].is_said
            is_fit = fits(question, sentence, finding.start, finding.end, is_said=is_said)
            is_fit = is_fit and years.may_be(sentence, text[: start - offset], metadata["published"])
            is_about = not person or bearers[metadata["source"]].is_named_in(sentence)
            if start in given and not given[start].holds(finding.start):
                finding = replace(finding, start=0, end=0)  # it points at what another says
            candidate = RankedSentence(
                source=metadata["source"],
                start=start,
                end=end,
                text=sentence,
                chunk=chunk,
                rank=rank,
                finding=finding,
                fits=is_fit and is_about and (not speaker or start in given),
                is_said=start in given and given[start].is_said,
                coverage=coverage,
                chunk_coverage=chunk_coverage,
                mentioned=mentioned,
            )
            known = best.get((candidate.source, start))
            if known is None or known.score < candidate.score:
                best[candidate.source, start] = candidate
    ranked = sorted(best.values(), key=lambda each: (not each.fits, wants_words and not each.is_said, -each.score))
    # what others say about it is no answer, not even in part
    return [each for each in ranked if each.fits] if wants_words and ranked and ranked[0].fits else ranked


def depth(start: int) -> float:
    """Measure how far down its article a sentence stands that starts after so many characters: from 0 to about 2."""
    return math.log1p(min(start, _DEEPEST) / _LEAD)


def telling_sentences(ranked: Sequence[RankedSentence]) -> list[RankedSentence]:
    """Keep the best of the ranked sentences, and those that score about as well and are more than a heading.

    One of another article that can't be what is asked for, where the best can, is about something else.
    """
    best = ranked[0]
    return [best] + [
        sentence
        for sentence in ranked[1:]
        if sentence.score >= best.score - (_MARGIN_IN_ARTICLE if sentence.source == best.source else _MARGIN)
        and len(sentence.text.split()) >= _SHORTEST
        and _ENDS.search(sentence.text)
        and (sentence.fits or not best.fits or sentence.source == best.source)
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
