"""Answer in a language model's words, as far as the articles' own words prove them."""

import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from llama_index.core.schema import NodeWithScore

from vectorstore import ArticleIndex, sentence_spans, split_sentences

from .answer import Answer, Citation, Turn
from .answer_types import asks_overview
from .antecedents import last_subject, opening_pronoun
from .citing import cite
from .composing import DIFFER, FACT_WORDS, OVERVIEW_WORDS
from .disagreement import find_disagreement
from .drafts import read_drafts, without_thoughts
from .extractive import ExtractiveAnswerer
from .gate import Gate, Passage, Proof, Ruling
from .llm import TIMEOUT, ModelFailed, read_pieces
from .prompts import answering, fit, rewriting
from .prose import plain
from .quoted_sources import quoted_sources
from .ranking import telling_sentences
from .reader import Reader
from .spelling import correct_spelling
from .wording import Words

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

__all__ = ["GenerativeAnswerer"]

_PASSAGES, _OVERVIEW_PASSAGES, _OF_ONE_ARTICLE = 8, 12, 2
_MOST_OUTPUT = 1024  # tokens
_LONGEST_QUESTION = 60  # words
_BEFORE = 1000  # characters


class GenerativeAnswerer:
    """Let a model write, show the sentences that pass the gate, and answer without it where that is not enough."""

    def __init__(self, index: ArticleIndex, llm: "LLM", extractive: ExtractiveAnswerer, reader: Reader) -> None:
        self._index = index
        self._llm = llm
        self._extractive = extractive
        self._reader = reader

    @property
    def name(self) -> str:
        """Name the model, and the host that it runs on where it is not in this process."""
        model = self._llm.metadata.model_name
        host = urlsplit(getattr(self._llm, "api_base", None) or "").hostname
        return f"{model} at {host}" if host else model

    def stream(
        self, question: str, history: Sequence[Turn], among: Collection[str] | None = None
    ) -> Iterator[str | Answer]:
        """Yield pieces of the answer's text, none before it has passed the gate, and the Answer last."""
        deadline = time.monotonic() + float(getattr(self._llm, "timeout", None) or TIMEOUT)
        resolved = self._extractive.resolve(question, history, among)
        standalone = correct_spelling(resolved, self._index, self._reader, among)
        writing = _Writing(self._index)
        note = ""
        try:
            if history:
                standalone = self._rewritten(question, history, deadline) or standalone
            yield from self._write(standalone, among, deadline, writing)
        except ModelFailed as failed:
            note = f"The language model {self.name} gave no whole answer: {failed}."
        if writing.text:
            yield writing.answer(question, standalone, self.name, note)
            return
        if writing.declined:
            answer = self._extractive.decline(question, standalone, among)
            note = f"The language model {self.name} finds no answer in the articles."
        else:
            near = quoted_sources(history, self._index) if resolved == question else ()
            answer = self._extractive.answer(question, standalone, among, near=near)
            if writing.too_long and not writing.unproved:
                note = note or f"What the language model {self.name} wrote is too long."
            note = note or f"The articles don't prove what the language model {self.name} wrote."
            note += " This answer is in the articles' own words."
        yield from answer.pieces
        yield replace(answer, notes=(note,))

    def _write(
        self, question: str, among: Collection[str] | None, deadline: float, writing: "_Writing"
    ) -> Iterator[str]:
        """Let the model write, and yield the sentences that pass the gate."""
        overview = asks_overview(question)
        room = self._llm.metadata.context_window - min(_MOST_OUTPUT, self._llm.metadata.context_window // 4)
        passages = fit(question, self._passages(question, among, overview=overview), room, overview=overview)
        if not passages:
            return
        writing.begin(question, passages, OVERVIEW_WORDS if overview else FACT_WORDS)
        gate = Gate(dict(enumerate(passages, start=1)), self._reader)
        messages = answering(question, passages, overview=overview)
        with closing(read_pieces(self._llm, messages, deadline)) as pieces:
            for draft in read_drafts(pieces):
                if draft.declines:
                    writing.declined = True
                    return
                ruling = gate.check(draft.text, draft.numbers)
                if writing.has(ruling):
                    continue
                introduced = writing.introduce(ruling) if ruling.is_supported else ()
                if not introduced:
                    writing.unproved += 1
                elif writing.has_room(introduced):
                    yield from map(writing.add, introduced)
                else:
                    writing.too_long += 1
                if not writing.text and not overview:
                    return  # without its first sentence an answer does not answer
        if writing.text and not overview:
            yield from self._differing(question, among, writing)

    def _differing(self, question: str, among: Collection[str] | None, writing: "_Writing") -> Iterator[str]:
        """Quote the article that gives another answer than the model has told, where there is one."""
        ranked = self._extractive.read(question, among).ranked
        differing = (find_disagreement(question, telling_sentences(ranked)) if ranked else None) or ()
        untold = [sentence for sentence in differing if sentence.source not in writing.cited]
        for sentence in untold[: len(differing) - 1]:
            proof = Proof(sentence.source, sentence.start, sentence.end, sentence.score)
            ruling = Ruling(f"{DIFFER.capitalize()}: {sentence.text}", (proof,), is_quoted=True)
            if writing.has_room([ruling]):
                yield writing.add(ruling)

    def _passages(self, question: str, among: Collection[str] | None, *, overview: bool) -> list[Passage]:
        """Find the passages to answer from; for an overview the best of each article."""
        if not overview:
            return [self._passage(chunk) for chunk in self._index.retrieve(question, top_k=_PASSAGES, among=among)]
        chunks = self._index.retrieve(question, top_k=3 * _OVERVIEW_PASSAGES, among=among)
        of_each = Counter[str]()
        spread = []
        for chunk in chunks:
            of_each[chunk.node.metadata["source"]] += 1
            if of_each[chunk.node.metadata["source"]] <= _OF_ONE_ARTICLE:
                spread.append(chunk)
        order = list(dict.fromkeys(chunk.node.metadata["source"] for chunk in spread))
        spread = sorted(spread[:_OVERVIEW_PASSAGES], key=lambda chunk: order.index(chunk.node.metadata["source"]))
        return [self._passage(chunk) for chunk in spread]

    def _passage(self, chunk: NodeWithScore) -> Passage:
        """Give a chunk as a model gets it."""
        metadata, spans = chunk.node.metadata, sentence_spans(chunk.node)
        start, end = spans[0][0], spans[-1][1]
        context = ", ".join(part for part in (metadata["title"], metadata["published"]) if part)
        article = self._index.article(metadata["source"])
        sentences = tuple((first - start, last - start) for first, last in spans)
        before = " ".join(article.text[slice(*span)] for span in article.sentences_between(start - _BEFORE, start))
        return Passage(metadata["source"], start, article.text[start:end], sentences, context, before)

    def _rewritten(self, question: str, history: Sequence[Turn], deadline: float) -> str:
        """Let the model write a question that stands alone; "" where it uses words that nobody said."""
        text = "".join(read_pieces(self._llm, rewriting(question, history), deadline))
        text = " ".join(without_thoughts(text).split()).strip('"“” ')
        said = Words(" ".join([question, *(turn.text for turn in history)]))
        words = Words(text)
        known = {word.stem for word in words.telling} <= {word.stem for word in said.telling}
        return text if words.words and known and len(words.words) <= _LONGEST_QUESTION else ""


class _Writing:
    """Hold what of a model's answer has passed the gate so far."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index
        self._sources: tuple[str, ...] = ()
        self._room = 0
        self._pieces: list[str] = []
        self._said: list[str] = []
        self._quoted: tuple[Proof, ...] = ()
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self.declined = False
        self.unproved = self.too_long = self.quoted = 0

    @property
    def text(self) -> str:
        """Give the text so far."""
        return "".join(self._pieces)

    @property
    def cited(self) -> set[str]:
        """Name the sources that are cited so far."""
        return {citation.source for citation in self._citations.values()}

    def begin(self, question: str, passages: Sequence[Passage], most_words: int) -> None:
        """Take note of what is asked, what the model gets and how much it may say."""
        self._said.append(question)
        self._sources = tuple(passage.source for passage in passages)
        self._room = most_words

    def has(self, ruling: Ruling) -> bool:
        """Tell whether the article's sentence that stands in a sentence's place is cited already."""
        return ruling.is_quoted and all(
            (proof.source, proof.start, proof.end) in self._citations for proof in ruling.proofs
        )

    def has_room(self, rulings: Sequence[Ruling]) -> bool:
        """Tell whether sentences fit into the words that are left."""
        return sum(len(ruling.sentence.split()) for ruling in rulings) <= self._room

    def introduce(self, ruling: Ruling) -> tuple[Ruling, ...]:
        """Give a sentence with what it needs before it, so that "he" means here whom it means in the article.

        That is the article's sentence before it, unless the answer spoke of the same one last. What names him in the
        article is given in the article's words. Nothing is given where neither helps.
        """
        pronoun, proof = opening_pronoun(plain(ruling.sentence)), ruling.proofs[0]
        if not pronoun:
            return (ruling,)
        article = self._index.article(proof.source)
        own = article.text[proof.start : proof.end]
        spans = article.sentences_between(proof.start - _BEFORE, proof.start)
        before = [plain(article.text[start:end]) for start, end in spans]
        told = before if ruling.is_quoted else [*before, *_sentences(own)]
        meant = last_subject(told, pronoun)
        if meant and meant == last_subject(self._said, pronoun):
            return (ruling,)
        if not opening_pronoun(plain(own)):
            return (Ruling(own, (proof,), is_quoted=True),)
        if not spans:
            return ()
        start, end = spans[-1]
        if any(each.source == proof.source and each.start <= start and end <= each.end for each in self._quoted):
            return (ruling,)
        if opening_pronoun(before[-1]) or not last_subject(before[-1:], pronoun):
            return ()
        lead = Ruling(article.text[start:end], (Proof(proof.source, start, end, proof.score),), is_quoted=True)
        return (lead, ruling)

    def add(self, ruling: Ruling) -> str:
        """Add a sentence with its citations; returns the piece of text that it makes."""
        sentence = plain(ruling.sentence)
        markers = dict.fromkeys(f"[{self._cite(proof).number}]" for proof in ruling.proofs)
        piece = f"{' ' if self._pieces else ''}{sentence} {''.join(markers)}"
        self._room -= len(sentence.split())
        self.quoted += ruling.is_quoted
        self._pieces.append(piece)
        self._said += _sentences(ruling.sentence)
        self._quoted = ruling.proofs if ruling.is_quoted else ()
        return piece

    def _cite(self, proof: Proof) -> Citation:
        key = (proof.source, proof.start, proof.end)
        if key not in self._citations:
            self._citations[key] = cite(self._index, len(self._citations) + 1, *key, proof.score)
        return self._citations[key]

    def answer(self, question: str, standalone: str, name: str, note: str) -> Answer:
        """Make an answer of what has passed."""
        notes = [note] if note else []
        if self.quoted:
            what = "sentence stands" if self.quoted == 1 else "sentences stand"
            notes.append(f"{self.quoted} {what} in the article's own words, which are near to the model's.")
        if self.unproved:
            what = "sentence was" if self.unproved == 1 else "sentences were"
            notes.append(f"{self.unproved} {what} left out that the articles don't prove.")
        if self.too_long:
            what = "proved sentence was" if self.too_long == 1 else "proved sentences were"
            notes.append(f"{self.too_long} {what} left out that would make the answer too long.")
        return Answer(
            question,
            self.text,
            tuple(self._citations.values()),
            True,
            standalone,
            passages=self._sources,
            written_by=name,
            notes=tuple(notes),
        )


def _sentences(text: str) -> list[str]:
    return [plain(text[start:end]) for start, end in split_sentences(text)]
