"""Tell whether words speak of a topic: of the whole of its names, and of most of what tells it from others."""

import re
from collections.abc import Mapping

from vectorstore import stems

from .names import find_names

__all__ = ["Topic"]

_MOST = 0.5  # of the topic's weight, at least
_PLACED = re.compile(r"\s(?:in|at)\s(?:[^\W\d_a-z][\w.’'-]*\s?)+$")


class Topic:
    """Hold what words are to be about, by the weights of its telling words' stems.

    "South China Sea" is spoken of by all of its words; of a person's name, news goes on with one, where it
    is surely a person's. "Taiwan in Lima" is of Taiwan: a place at the end mostly tells where the talk was.
    """

    def __init__(self, topic: str, weights: Mapping[str, float]) -> None:
        topic = topic[: placed.start()] if (placed := _PLACED.search(topic)) else topic
        known = {stem: weights[stem] for stem in stems(topic) if stem in weights}
        names = [(stems(name.text) & known.keys(), not name.gender) for name in find_names(f"about {topic}")]
        singles = known.keys() - {stem for name, _ in names for stem in name}
        parts = [(frozenset(name), is_whole) for name, is_whole in names if name]
        parts += [(frozenset({stem}), True) for stem in singles]
        self._parts = [(part, is_whole, sum(known[stem] for stem in part)) for part, is_whole in parts]
        self._total = sum(weight for *_, weight in self._parts)

    def is_in(self, text: str) -> bool:
        """Tell whether a text speaks of the topic; any does where there is none."""
        found = stems(text)
        told = sum(
            weight
            for part, is_whole, weight in self._parts
            if (part <= found if is_whole else not part.isdisjoint(found))
        )
        return told >= _MOST * self._total
