"""Write the names in a question typed without capitals as the articles write them."""

import re
from collections import Counter
from collections.abc import Iterable

__all__ = ["restore_capitals"]

_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_][\w.’'-]*\w")  # the first word of a sentence has a capital anyway


def restore_capitals(question: str, texts: Iterable[str]) -> str:
    """Give each word of a question the capitals that it mostly has within the texts' sentences."""
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        for word in _INSIDE.findall(text):
            forms.setdefault(word.casefold(), Counter())[word] += 1

    def restored(match: re.Match[str]) -> str:
        written = forms.get(match.group().casefold())
        return written.most_common(1)[0][0] if written else match.group()

    return re.sub(r"[^\W\d_][\w.’'-]*\w", restored, question)
