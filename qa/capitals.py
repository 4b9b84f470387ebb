"""Write the names in a question typed without capitals as the articles write them."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

__all__ = ["restore_capitals"]

_WORD = re.compile(r"[^\W\d_][\w.’'-]*\w")
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_][\w.’'-]*\w")  # the first word of a sentence has a capital anyway


def restore_capitals(question: str, texts: Iterable[str]) -> str:
    """Give each word of a question the capitals that it mostly has within the texts' sentences.

    Two words that mostly stand side by side as a name, as "White House" does, are written so whatever else they are.
    """
    wanted = set(pairwise(_WORD.findall(question.casefold())))
    forms: dict[str, Counter[str]] = {}
    pairs: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for text in texts:
        for word in _INSIDE.findall(text):
            forms.setdefault(word.casefold(), Counter())[word] += 1
        for one, other in pairwise(_WORD.finditer(text)):
            pair = one.group(), other.group()
            folded = pair[0].casefold(), pair[1].casefold()
            if folded in wanted and text[one.end() : other.start()].isspace():
                pairs.setdefault(folded, Counter())[pair] += 1
    written = {word: counted.most_common(1)[0][0] for word, counted in forms.items()}
    for folded, counted in pairs.items():
        pair, times = counted.most_common(1)[0]
        if pair[0][0].isupper() and pair[1][0].isupper() and 2 * times > counted.total():
            written.update(zip(folded, pair, strict=True))
    return _WORD.sub(lambda match: written.get(match.group().casefold(), match.group()), question)
