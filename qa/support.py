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
Pieces = tuple[NDArray[np.float32], list[Span]]


@dataclass(frozen=True)
class Support:
    """Hold what speaks for words of an article supporting a sentence.

    `aligned` and `least_aligned` are the mean and the least, over the sentence's telling words, of the greatest cosine
    of a word piece to one of the proof's, each in its context (as in BERTScore; Zhang et al., 2020). `covered` is the
    share of the telling words that the proof has, and `uncovered` the number that it lacks. Of all the sentence's
    words, `ordered` is the share that the proof has in the same order, and `copied` the share of its neighbouring
    pairs; of the pairs of names, `inverted` is the share that the proof has in the other order. `cosine` is that of the
    sentence to the proof. `answerable` and `reading` are the reader's judgement of the passage, and of its best words
    in the proof, with the sentence in the place of a question.
    """

    aligned: float
    least_aligned: float
    covered: float
    uncovered: float
    ordered: float
    copied: float
    inverted: float
    cosine: float
    answerable: float
    reading: float

    @property
    def is_enough(self) -> bool:
        """Tell whether the sentence may be shown with the proof as its citation; one that only copies it always may."""
        if self.ordered == 1 and self.copied >= _COPIED:
            return True
        return LinearModel.load("support").decides(self.figures)

    @property
    def score(self) -> float:
        """Weigh the figures; orders proofs."""
        return LinearModel.load("support").score(self.figures)

    @property
    def figures(self) -> Mapping[str, float]:
        """Name the figures that the decision weighs."""
        return asdict(self)


class Supporter:
    """Compare a sentence with passages, by the meaning of their word pieces and by the reader."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._model = OnnxModel(EMBEDDER)
        self._reader = reader or Reader()
        self._pieces = lru_cache(maxsize=64)(self._embed)

    def weigh(self, sentence: Words, passage: str, proof: Span) -> Support:
        """Weigh the support of a sentence by a part of a passage, given by its offsets."""
        start, end = proof
        theirs = Words(passage[start:end])
        telling = _plain_words(sentence)
        stems = [word.stem for word in telling]
        ours, known = ([word.identity for word in words.words] for words in (sentence, theirs))
        pairs = set(pairwise(known))
        has = [stem in theirs.stems for stem in stems]
        aligned, cosine = self._align(sentence.text, telling, passage, proof)
        finding = self._reader.read(sentence.text, [("", passage, [proof])])[0][0]
        return Support(
            aligned=float(np.mean(aligned)),
            least_aligned=float(np.min(aligned)),
            covered=sum(has) / max(1, len(stems)),
            uncovered=float(min(5, len(stems) - sum(has))),
            ordered=_common_subsequence(ours, known) / max(1, len(ours)),
            copied=sum(pair in pairs for pair in pairwise(ours)) / max(1, len(ours) - 1),
            inverted=_inverted(_name_order(sentence), _name_order(theirs)),
            cosine=cosine,
            answerable=finding.answerable if finding else -10.0,
            reading=finding.score if finding else -20.0,
        )

    def _align(self, sentence: str, telling: Sequence[Word], passage: str, proof: Span) -> tuple[list[float], float]:
        """Find each telling word's nearest word piece in the proof; returns the cosines, and the whole sentence's."""
        (ours, spans), (others, places) = self._pieces(sentence), self._pieces(passage)
        inside = [at for at, (start, end) in enumerate(places) if start >= proof[0] and end <= proof[1]]
        if not inside or not telling or not spans:
            return [0.0], 0.0
        theirs = others[inside]
        cosines = ours @ theirs.T
        words = [
            [at for at, (start, end) in enumerate(spans) if start < word.end and end > word.start] for word in telling
        ]
        whole, proved = ours.mean(axis=0), theirs.mean(axis=0)
        cosine = float(whole @ proved / (np.linalg.norm(whole) * np.linalg.norm(proved)))
        return [float(cosines[pieces].max(axis=1).mean()) if pieces else 0.0 for pieces in words], cosine

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


def _name_order(words: Words) -> list[str]:
    return [word.identity for word in words.names(words.lower)]


def _common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    """Count the items of the longest common subsequence."""
    lengths = [0] * (len(second) + 1)
    for item in first:
        before = 0
        for at, other in enumerate(second, start=1):
            before, lengths[at] = lengths[at], before + 1 if item == other else max(lengths[at], lengths[at - 1])
    return lengths[-1]


def _inverted(names: Sequence[str], others: Sequence[str]) -> float:
    """Compute the share of the pairs of names that stand in the other order."""
    shared = [name for name in dict.fromkeys(names) if name in others]
    pairs = [(first, second) for at, first in enumerate(shared) for second in shared[at + 1 :]]
    return sum(others.index(first) > others.index(second) for first, second in pairs) / max(1, len(pairs))
