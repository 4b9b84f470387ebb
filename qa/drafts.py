"""Cut what a language model writes into sentences, each with the numbers of the passages that it rests on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vectorstore import split_sentences

from .prose import plain

__all__ = ["Draft", "read_drafts", "without_thoughts"]

_MARKER = r"[\[【]\s*(?:passages?\s+)?\d+(?:\s*[,;&]\s*\d+)*\s*[\]】]"
_MARKERS = re.compile(rf"(?:\s*{_MARKER})+")
_MARKED = re.compile(rf"(?:\s*{_MARKER})+\s*(?P<stop>[.!?]?[\"”’)*]*)(?P<after>\s*)(?P<next>\S)?")
_STOPPED_TWICE = re.compile(rf"([.!?][\"”’)]*(?:\s*{_MARKER})+)\s*\.")  # "It rained. [1]."
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_NOT_SAID = re.compile(
    r"\W*the\s+(?:articles|passages)\s+(?:don['’]?t|do\s+not)\s+(?:say|answer|mention)", re.IGNORECASE
)


@dataclass(frozen=True)
class Draft:
    """Hold a sentence as a model wrote it, without its markers; `numbers` are those of the passages that it names."""

    text: str
    numbers: tuple[int, ...]

    @property
    def declines(self) -> bool:
        """Tell whether the sentence says that the passages don't answer."""
        return bool(_NOT_SAID.match(self.text))


def read_drafts(pieces: Iterable[str]) -> Iterator[Draft]:
    """Yield the sentences of a text that comes in pieces, each as soon as what follows shows that it has ended.

    A sentence without markers rests on what the next one names, as "It rained. It was cold. [2]" means. What ends
    without any marker names no passage.
    """
    written, done = "", 0
    for piece in pieces:
        written += piece
        text = without_thoughts(written)
        for unit in _units(text[done:]):
            done += len(unit)
            yield from _drafts(unit)
    yield from _drafts(without_thoughts(written)[done:])


def without_thoughts(text: str) -> str:
    """Leave out what a model thinks aloud before it answers, as far as it has come."""
    return _THOUGHT.sub("", text)


def _units(text: str) -> Iterator[str]:
    """Yield the beginnings of a text that end with markers, where more text shows that a sentence ends there."""
    cut = 0
    for match in _MARKED.finditer(text):
        following = match["next"]
        if (
            following
            and following not in "[【"
            and (match["stop"] or not following.islower())
            and following not in ",;:"
        ):
            end = match.end("stop")
            yield text[cut:end]
            cut = end


def _drafts(unit: str) -> Iterator[Draft]:
    numbers = tuple(
        dict.fromkeys(int(number) for marker in _MARKERS.findall(unit) for number in re.findall(r"\d+", marker))
    )
    bare = re.sub(r"\s+([.,;:!?])", r"\1", _MARKERS.sub("", _STOPPED_TWICE.sub(r"\1", unit)))
    for start, end in split_sentences(bare):
        text = plain(bare[start:end].lstrip(".,;: "))
        if any(character.isalnum() for character in text):
            yield Draft(text, numbers)
