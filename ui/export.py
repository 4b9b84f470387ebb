"""Write answers as a Markdown, HTML or Word file with numbered footnotes, each with the exact words of its article."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qa import Citation

from .conversation import Exchange
from .docx import docx_bytes
from .strings import ENGLISH
from .text import one_line

__all__ = ["FORMATS", "Footnote", "Section", "export", "sections"]

FORMATS = {
    "markdown": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
TITLE = "Questions and answers from the articles"
MARKER = re.compile(r"\[(\d+)\]")
SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~!$])")
STYLE = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif;
  color: #1f2429; background: #fff; overflow-wrap: anywhere }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem } sup a { text-decoration: none } li { margin: .8rem 0 }
blockquote { margin: .3rem 0; padding: .4rem .8rem; border-left: 3px solid #b78103; background: #fdf0c4;
  white-space: pre-wrap }
@media (prefers-color-scheme: dark) { body { color: #e8e6e1; background: #14171a } a { color: #84c7da }
  blockquote { background: #463a14 } }
"""


@dataclass(frozen=True)
class Footnote:
    """Hold a footnote: its number in the file, where the words are from, and the exact words."""

    number: int
    about: str
    quote: str


@dataclass(frozen=True)
class Section:
    """Hold a question and its answer: words, with the numbers of footnotes between them.

    `asked` tells how the question was read, where that is another one, and of how many articles it was asked, where
    that is not all; `nearest` tells that the footnotes prove nothing, but come nearest to what the articles don't say.
    """

    question: str
    asked: tuple[str, ...]
    pieces: tuple[str | int, ...]
    footnotes: tuple[Footnote, ...]
    nearest: bool


def export(conversation: Sequence[Exchange], form: str) -> bytes:
    """Write the answered part of a conversation; `form` is one of FORMATS, else KeyError is raised."""
    written = {"markdown": _markdown, "html": _html, "docx": _docx}[form]
    return written(sections(conversation))


def sections(conversation: Sequence[Exchange]) -> list[Section]:
    """Lay out the answered questions, with footnotes numbered through."""
    laid_out: list[Section] = []
    count = 0
    for exchange in conversation:
        answer = exchange.answer
        if answer is None:
            continue
        cited = answer.citations if answer.answered else answer.nearest
        numbers = {citation.number: count + place for place, citation in enumerate(cited, start=1)}
        count += len(cited)
        asked = [f"Read as: {answer.standalone_question}"] if answer.standalone_question != answer.question else []
        if exchange.among is not None:
            asked.append(f"Asked of {ENGLISH.count_articles(exchange.among)} alone.")
        footnotes = tuple(
            Footnote(numbers[citation.number], _about(citation, exchange.outlets), citation.quote) for citation in cited
        )
        pieces = tuple(_pieces(answer.text, numbers if answer.answered else {}))
        laid_out.append(Section(exchange.question, tuple(asked), pieces, footnotes, nearest=not answer.answered))
    return laid_out


def _pieces(text: str, numbers: Mapping[int, int]) -> list[str | int]:
    """Cut a text at its markers."""
    pieces: list[str | int] = []
    end = 0
    for marker in MARKER.finditer(text):
        number = numbers.get(int(marker.group(1)))
        if number is not None:
            pieces += [text[end : marker.start()].rstrip(" "), number]
            end = marker.end()
    return [*pieces, text[end:]]


def _about(citation: Citation, outlets: Mapping[str, str]) -> str:
    published: date | None = citation.published
    facts = (
        one_line(citation.title),
        one_line(outlets.get(citation.source, "")),
        published.isoformat() if published else "",
        one_line(citation.place),
        one_line(f"also in {', '.join(citation.also_in)}") if citation.also_in else "",
        f"characters {citation.start}–{citation.end}",
    )
    return ", ".join(fact for fact in facts if fact)


def _markdown(laid_out: Sequence[Section]) -> bytes:
    lines = [f"# {TITLE}", ""]
    for section in laid_out:
        lines += [f"## {_plain(section.question)}", ""]
        for line in section.asked:
            lines += [_plain(line), ""]
        told = "".join(f" [{piece}]" if isinstance(piece, int) else _prose(piece) for piece in section.pieces)
        lines += [told.strip(), ""]
        if section.nearest and section.footnotes:
            lines += ["The nearest passages:", ""]
        for note in section.footnotes:
            # a fence keeps the exact words as they are, whatever they hold
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", note.quote)), 3)
            lines += [f"[{note.number}] {_plain(note.about)}", "", f"{fence}text", note.quote, fence, ""]
    return "\n".join(lines).encode(errors="replace")


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", one_line(text))


def _prose(text: str) -> str:
    """Escape a text for Markdown; the leading answer stays bold."""
    lead = re.match(r"\*\*((?:(?!\*\*).)+)\*\*", text)
    if lead:
        return f"**{SPECIAL.sub(_escaped, lead.group(1))}**{SPECIAL.sub(_escaped, text[lead.end() :])}"
    return SPECIAL.sub(_escaped, text)


def _escaped(mark: re.Match[str]) -> str:
    return f"\\{mark.group(1)}"


def _html(laid_out: Sequence[Section]) -> bytes:
    parts = []
    for section in laid_out:
        told = "".join(
            f'<sup><a id="use-{piece}" href="#note-{piece}">[{piece}]</a></sup>'
            if isinstance(piece, int)
            else html.escape(piece.replace("**", ""))
            for piece in section.pieces
        )
        asked = "".join(f"<p><i>{html.escape(line)}</i></p>" for line in section.asked)
        nearest = "<p>The nearest passages:</p>" if section.nearest and section.footnotes else ""
        notes = "".join(
            f'<li value="{note.number}" id="note-{note.number}">{html.escape(note.about)}'
            # parsers turn a bare carriage return into a line feed
            f"<blockquote>{html.escape(note.quote, quote=False).replace(chr(13), '&#13;')}</blockquote></li>"
            for note in section.footnotes
        )
        parts.append(f"<h2>{html.escape(section.question)}</h2>{asked}<p>{told}</p>{nearest}<ol>{notes}</ol>")
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width"><title>{TITLE}</title><style>{STYLE}</style></head>'
        f"<body><main><h1>{TITLE}</h1>{''.join(parts)}</main></body></html>"
    )
    return page.encode(errors="replace")


def _docx(laid_out: Sequence[Section]) -> bytes:
    paragraphs: list[tuple[str, Sequence[str | int]]] = [("Title", [TITLE])]
    notes: dict[int, tuple[str, str]] = {}
    for section in laid_out:
        paragraphs.append(("Heading1", [section.question]))
        paragraphs += [("Normal", [line]) for line in section.asked]
        told = [piece.replace("**", "") if isinstance(piece, str) else piece for piece in section.pieces]
        paragraphs.append(("Normal", told))
        if section.nearest and section.footnotes:
            nearest: list[str | int] = ["The nearest passages:"]
            paragraphs.append(("Normal", [*nearest, *(note.number for note in section.footnotes)]))
        notes |= {note.number: (note.about, note.quote) for note in section.footnotes}
    return docx_bytes(paragraphs, notes)
