"""Turn an article and the passages cited from it into HTML that shows the exact words.

Everything that comes from an article, a title or a file name passes through `html.escape` here: nothing in the
result is active but what these functions wrote.
"""

import html
from collections.abc import Sequence
from itertools import pairwise

from qa import Citation

from .text import visible

__all__ = ["marked_text", "stands"]

Span = tuple[int, int]


def stands(citation: Citation, text: str) -> bool:
    """Tell whether an article's text still reads as quoted where the citation says."""
    return text[citation.start : citation.end] == citation.quote


def marked_text(
    text: str,
    paragraphs: Sequence[Span],
    citations: Sequence[Citation],
    current: int | None = None,
    furniture: Sequence[Span] = (),
) -> str:
    """Write the text's paragraphs as HTML, with a `<mark>` around each cited span.

    The marks of citation n carry `data-quote="n"`, and the first of them `id="quote-n"`: a quote is cut into several
    marks where it runs over paragraphs or overlaps another. Put together they read as the quote does. The marks of the
    citation numbered `current` have the class `current`; what is no part of the article has the class `furniture`.
    """
    edges = sorted(
        {edge for cited in citations for edge in (cited.start, cited.end)} | {e for span in furniture for e in span}
    )
    seen: set[int] = set()
    written = []
    for start, end in paragraphs:
        cuts = [start, *(edge for edge in edges if start < edge < end), end]
        pieces = []
        for left, right in pairwise(cuts):
            piece = html.escape(visible(text[left:right]))
            covering = [cited for cited in citations if cited.start <= left and right <= cited.end]
            if not covering and any(begin <= left and right <= stop for begin, stop in furniture):
                piece = f'<span class="furniture">{piece}</span>'
            # the current one's mark is the innermost, so that its colour shows where quotes overlap
            for cited in sorted(covering, key=lambda cited: cited.number != current):
                piece = _mark(piece, cited.number, cited.number == current, cited.number not in seen)
                seen.add(cited.number)
            pieces.append(piece)
        written.append(f"<p>{''.join(pieces)}</p>")
    return "\n".join(written)


def _mark(piece: str, number: int, is_current: bool, is_first: bool) -> str:
    name = f' id="quote-{number}"' if is_first else ""
    look = ' class="current"' if is_current else ""
    return f'<mark{name}{look} data-quote="{number}">{piece}</mark>'
