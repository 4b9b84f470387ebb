"""Weigh how well an article's words support a sentence, with the bundled reader."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise

from .faithfulness import is_faithful
from .linear import LinearModel
from .reader import Reader
from .wording import Words

__all__ = ["Span", "Support", "weigh_support"]

Span = tuple[int, int]
# Of a copied sentence's pairs of neighbours, as many are the article's: it may leave words out, but not many times.
_COPIED = 0.7
_RELATED = 0.4


@dataclass(frozen=True)
class Support:
    """Hold what speaks for words of an article supporting a sentence; all but `entailed` lie between 0 and 1.

    `covered` is the share of the sentence's telling words that the proof has. Of all its words, `ordered` is the share
    that the proof has in the same order, and `copied` the share of its neighbouring pairs. `entailed` is the reader's
    judgement of whether the proof says what the sentence does, above 0 where it rather does. `faithful` tells whether
    what its words depend on in the proof is in the sentence too.
    """

    covered: float
    ordered: float
    copied: float
    entailed: float
    faithful: bool

    @property
    def is_copy(self) -> bool:
        """Tell whether the sentence is the article's, or what is left of it when some words are left out."""
        return self.ordered == 1 and self.copied >= _COPIED

    @property
    def is_enough(self) -> bool:
        """Tell whether the sentence may be shown with the proof as its citation."""
        return self.faithful and (self.is_copy or LinearModel.load("support").decides(self.figures))

    @property
    def is_related(self) -> bool:
        """Tell whether the proof speaks of what the sentence does, so that it can stand in its place."""
        return self.entailed > 0 or self.covered >= _RELATED

    @property
    def score(self) -> float:
        """Weigh the figures; orders proofs."""
        return LinearModel.load("support").score(self.figures)

    @property
    def figures(self) -> Mapping[str, float]:
        """Name the figures that the decision weighs."""
        return {name: figure for name, figure in asdict(self).items() if name != "faithful"}


def weigh_support(sentence: Words, proof: Words, reader: Reader) -> Support:
    """Weigh the support of a sentence by words of an article."""
    has = [word.stem in proof.stems for word in sentence.telling if not word.is_name(set())]
    ours, theirs = ([word.identity for word in words.words] for words in (sentence, proof))
    pairs, places = set(pairwise(theirs)), sentence.places_in(proof)
    return Support(
        covered=sum(has) / max(1, len(has)),
        ordered=len(places) / max(1, len(ours)),
        copied=sum(pair in pairs for pair in pairwise(ours)) / max(1, len(ours) - 1),
        entailed=reader.support(sentence.text, proof.text),
        faithful=is_faithful(sentence, proof, places),
    )
