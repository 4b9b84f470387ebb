"""Weigh how well an article's words support a sentence, with the bundled embedder and reader."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vectorstore import EMBEDDER, OnnxModel

from .linear import LinearModel
from .reader import Reader
from .wording import Word, Words

__all__ = ["Span", "Support", "Supporter"]

Span = tuple[int, int]
# Of a copied sentence's pairs of neighbours, as many are the article's: it may leave words out, but not many times.
_COPIED = 0.8
_RELATED = 0.4
_UNREAD = -10.0  # as sure as the reader ever is that a passage doesn't answer
Pieces = tuple[NDArray[np.float32], list[Span]]


@dataclass(frozen=True)
class Support:
    """Hold what speaks for words of an article supporting a sentence; all but `answerable` lie between 0 and 1.

    `aligned` and `least_aligned` are the mean and the least, over the sentence's telling words, of the greatest cosine
    of a word piece to one of the proof's, each in its context (as in BERTScore; Zhang et al., 2020). `covered` is the
    share of the telling words that the proof has. Of all the sentence's words, `ordered` is the share that the proof
    has in the same order, and `copied` the share of its neighbouring pairs. `answerable` is the reader's judgement of
    the proof with the sentence in the place of a question.
    """

    aligned: float
    least_aligned: float
    covered: float
    ordered: float
    copied: float
    answerable: float

    @property
    def is_copy(self) -> bool:
        """Tell whether the sentence is the article's, or what is left of it when some words are left out."""
        return self.ordered == 1 and self.copied >= _COPIED

    @property
    def is_enough(self) -> bool:
        """Tell whether the sentence may be shown with the proof as its citation."""
        return self.is_copy or LinearModel.load("support").decides(self.figures)

    @property
    def is_related(self) -> bool:
        """Tell whether the proof speaks of what the sentence does, so that it can stand in its place."""
        return max(self.aligned, self.covered, self.ordered) >= _RELATED

    @property
    def score(self) -> float:
        """Weigh the figures; orders proofs."""
        return LinearModel.load("support").score(self.figures)

    @property
    def figures(self) -> Mapping[str, float]:
        """Name the figures that the decision weighs."""
        return asdict(self)


class Supporter:
    """Compare sentences with an article's words, by the meaning of their word pieces and by the reader."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._model = OnnxModel(EMBEDDER)
        self._reader = reader or Reader()
        self._pieces = lru_cache(maxsize=64)(self._embed)

    def weigh(self, sentence: Words, proof: Words) -> Support:
        """Weigh the support of a sentence by an article's words."""
        telling = _plain_words(sentence)
        has = [word.stem in proof.stems for word in telling]
        ours, theirs = ([word.identity for word in words.words] for words in (sentence, proof))
        pairs = set(pairwise(theirs))
        aligned = self._align(sentence.text, telling, proof.text)
        finding = self._reader.read(sentence.text, [("", proof.text, [(0, len(proof.text))])])[0][0]
        return Support(
            aligned=float(np.mean(aligned)),
            least_aligned=float(np.min(aligned)),
            covered=sum(has) / max(1, len(has)),
            ordered=_common_subsequence(ours, theirs) / max(1, len(ours)),
            copied=sum(pair in pairs for pair in pairwise(ours)) / max(1, len(ours) - 1),
            answerable=finding.answerable if finding else _UNREAD,
        )

    def _align(self, sentence: str, telling: Sequence[Word], proof: str) -> list[float]:
        """Find the cosine of each telling word to its nearest word piece in the proof."""
        (ours, spans), (theirs, _) = self._pieces(sentence), self._pieces(proof)
        if not len(ours) or not len(theirs) or not telling:
            return [0.0]
        cosines = (ours @ theirs.T).max(axis=1)
        words = (
            [at for at, (start, end) in enumerate(spans) if start < word.end and end > word.start] for word in telling
        )
        return [float(cosines[pieces].mean()) if pieces else 0.0 for pieces in words]

    def _embed(self, text: str) -> Pieces:
        """Embed the word pieces of a text; returns their unit vectors, and their offsets into it."""
        (encoding,) = self._model.tokenizer.encode_batch([text])
        states = self._model.run([encoding])["last_hidden_state"][0]
        kept = [at for at, (start, end) in enumerate(encoding.offsets) if end > start]
        vectors = states[kept].astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), [encoding.offsets[at] for at in kept]


def _plain_words(words: Words) -> list[Word]:
    """List the telling words that are no names or numbers, which are checked by rule."""
    return [word for word in words.telling if word.text[0].islower() or (word.opens and not word.is_name(set()))]


def _common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    """Count the items of the longest common subsequence."""
    lengths = [0] * (len(second) + 1)
    for item in first:
        before = 0
        for at, other in enumerate(second, start=1):
            before, lengths[at] = lengths[at], before + 1 if item == other else max(lengths[at], lengths[at - 1])
    return lengths[-1]
