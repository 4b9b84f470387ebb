"""Cut a sentence that is too long where it can be cut."""

import re

from .ranking import RankedSentence

__all__ = ["cut"]

# Where a sentence can be cut if it has no comma there.
_JOINING = frozenset(
    "about after against and as at because before but by during for from if in into of on or since than that though to "
    "under until when where which while who whose with".split()
)


def cut(sentence: RankedSentence, words: int) -> tuple[int, int]:
    """Cut a long sentence to so many words that hold what the reader points at, where it pauses if that can be.

    Returns the part's offsets into the sentence.
    """
    text = sentence.text
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    room = max(1, words - 2)  # the marks of omission count as words
    wanted = [
        at for at, (start, end) in enumerate(spans) if start < sentence.finding.end and end > sentence.finding.start
    ]
    first_wanted, last_wanted = (wanted[0], wanted[-1]) if wanted else (0, 0)
    pauses = [at for at, (_, end) in enumerate(spans) if text[end - 1] in ",;:—–"]
    joints = [at for at, (start, end) in enumerate(spans) if text[start:end] in _JOINING]
    first = 0
    if last_wanted >= room:
        earliest = last_wanted - room + 1
        starts = [at + 1 for at in pauses if earliest <= at + 1 <= first_wanted]
        starts = starts or [at for at in joints if earliest <= at <= first_wanted]
        first = starts[0] if starts else min(earliest, first_wanted)
    last = min(first + room, len(spans)) - 1
    if last < len(spans) - 1:
        least = max(last_wanted, first + room // 2)
        ends = [at for at in pauses if least <= at <= last] or [at - 1 for at in joints if least < at <= last + 1]
        last = ends[-1] if ends else last
    return spans[first][0], spans[last][1]
