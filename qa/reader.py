"""Read a question and passages together, and point at the words that answer."""

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
    at all; training/ tells how this one was made. Safe to call from several threads.
    """

    def __init__(self, folder: Path = READER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> OnnxModel:
        return OnnxModel(self._folder, tokenizer=EMBEDDER / "tokenizer.json")

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
        for row, (encoding, lead, (_, _, sentences)) in enumerate(zip(encodings, leads, passages, strict=True)):
            in_passage = np.asarray([part == 1 for part in encoding.sequence_ids])
            offsets = np.where(in_passage, [start - len(lead) for start, _ in encoding.offsets], -1)
            starts, ends = outputs["start_logits"][row], outputs["end_logits"][row]
            answerable = float(outputs["answerable_logit"][row])
            findings: list[Finding | None] = []
            for start, end in sentences:
                (tokens,) = np.nonzero((offsets >= start) & (offsets < end))
                if not len(tokens):
                    findings.append(None)
                    continue
                first, last = _best_pair(starts[tokens], ends[tokens])
                score = float(starts[tokens[first]] + ends[tokens[last]]) + answerable
                shift = len(lead) + start
                words = encoding.offsets[tokens[first]][0] - shift, encoding.offsets[tokens[last]][1] - shift
                findings.append(Finding(*words, score, answerable))
            read.append(findings)
        return read


def _best_pair(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> Span:
    """Find the best first and last word piece of one answer."""
    pairs = starts[:, None] + ends[None, :]
    length = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None]
    best = np.where((length >= 0) & (length < _LONGEST_ANSWER), pairs, -np.inf).argmax()
    first, last = np.unravel_index(best, pairs.shape)
    return int(first), int(last)
