"""Read a question and passages together, and point at the words that answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore import EMBEDDER, OnnxModel

__all__ = ["READER", "Finding", "Reader"]

READER = Path(__file__).parent / "models" / "reader"

_LONGEST_ANSWER = 30  # word pieces

_INITIAL = re.compile(r"\b[A-Z]$")
_AFTER_INITIAL = re.compile(r"\.\s*(?:[A-Z]\.\s*)*[A-Z][\w’'-]+")

Span = tuple[int, int]


@dataclass(frozen=True)
class Finding:
    """Hold the words of a sentence that answer best.

    `start` and `end` are character offsets into the sentence. `score` compares the findings of one question, in
    whatever passage: the higher, the more it looks like the answer. `answerable` is the part of it that judges the
    passage as a whole; above 0 the passage rather answers the question than not.
    """

    start: int
    end: int
    score: float
    answerable: float


class Reader:
    """Hold the extractive reader: a cross-encoder that scores each word of a passage as an answer's first and last.

    The approach is that of Devlin et al. (2019) for SQuAD 2.0, with a separate judgement on whether the passage answers
    at all; training/ tells how this one was made. A third score tells whether a passage says what a statement does.
    Safe to call from several threads.
    """

    def __init__(self, folder: Path = READER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> OnnxModel:
        return OnnxModel.shared(self._folder, tokenizer=EMBEDDER / "tokenizer.json")

    def read(self, question: str, passages: Sequence[tuple[str, str, Sequence[Span]]]) -> list[list[Finding | None]]:
        """Read passages in one batch; each is a context, such as a title, a text, and its sentences' offsets.

        Returns for each passage the best finding of each of its sentences, in order; None for a sentence that lies
        beyond what the model reads.
        """
        if not passages:
            return []
        leads = [f"{context}. " if context else "" for context, _, _ in passages]
        pairs = [(question, lead + text) for lead, (_, text, _) in zip(leads, passages, strict=True)]
        encodings = self._model.tokenizer.encode_batch(pairs)
        outputs = self._model.run(encodings)
        read = []
        for row, (encoding, lead, (_, text, sentences)) in enumerate(zip(encodings, leads, passages, strict=True)):
            in_passage = np.asarray([part == 1 for part in encoding.sequence_ids])
            letters = np.asarray(encoding.offsets) - len(lead)
            begins = np.where(in_passage, letters[:, 0], -1)
            starts, ends = outputs["start_logits"][row], outputs["end_logits"][row]
            answerable = float(outputs["answerable_logit"][row])
            findings: list[Finding | None] = []
            for start, end in sentences:
                (tokens,) = np.nonzero((begins >= start) & (begins < end))
                if not len(tokens):
                    findings.append(None)
                    continue
                first, last = tokens[list(_best_pair(starts[tokens], ends[tokens]))]
                score = float(starts[first] + ends[last]) + answerable
                from_letter, to_letter = _whole_words(text, int(letters[first, 0]), int(letters[last, 1]), start, end)
                findings.append(Finding(from_letter - start, to_letter - start, score, answerable))
            read.append(findings)
        return read

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """List the words that the model knows whole, in lower case: the most frequent ones of English."""
        return frozenset(word for word in self._model.tokenizer.get_vocab() if word.isalpha())

    def support(self, statement: str, passage: str) -> float:
        """Score whether a passage says what a statement does; above 0 it rather does."""
        encodings = self._model.tokenizer.encode_batch([(statement, passage)])
        return float(self._model.run(encodings)["supported_logit"][0])


def _whole_words(text: str, start: int, end: int, first: int, last: int) -> Span:
    """Widen a span that begins or ends within a word or a name, inside `text[first:last]`: "Charles Q" Brown."""
    while start > first and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < last and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    rest = _AFTER_INITIAL.match(text, end, last) if _INITIAL.search(text, start, end) else None
    return start, rest.end() if rest else end


def _best_pair(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> Span:
    """Find the best first and last word piece of one answer."""
    pairs = starts[:, None] + ends[None, :]
    length = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None]
    best = np.where((length >= 0) & (length < _LONGEST_ANSWER), pairs, -np.inf).argmax()
    first, last = np.unravel_index(best, pairs.shape)
    return int(first), int(last)
