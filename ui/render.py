"""Turn answers and questions into Markdown that shows their text and does nothing else.

The chat shows Markdown, and the text that it gets comes from articles: `literal` writes every character that Markdown
or HTML could take as markup as a character reference, so that no link, image, heading or tag comes about but ours.
"""

import re
import string

from qa import NOT_SAID, Answer, Citation

from .strings import Strings
from .text import one_line, visible

__all__ = ["answer_markdown", "literal", "partial_markdown", "title_of"]

REFERENCES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
# What `literal` makes of `[1]`, and of `**words**` at the start. An ampersand in the text is written as a reference
# too, so an article can't forge these.
MARKER = re.compile(r"( ?)(&#91;(\d+)&#93;)")
LEAD = re.compile(r"\A&#42;&#42;((?:(?!&#42;)[^\n])+)&#42;&#42;")


def literal(text: str) -> str:
    """Write the text so that Markdown shows it as it is; line ends are kept, runs of spaces are not."""
    lines = visible(text).splitlines()
    return "\n".join(" ".join(line.split()).translate(REFERENCES) for line in lines).strip("\n")


def answer_markdown(answer: Answer, index: int, say: Strings) -> str:
    """Write an answer with links to `#cite-<index>-<n>`.

    `index` is the answer's place in the conversation, so that the links of earlier answers stay right.
    """
    text = answer.text
    if not answer.answered and say.not_said != NOT_SAID:
        text = say.not_said  # in the reader's language; the terms follow
    parts = [_prose(text, {citation.number: citation for citation in answer.citations}, index, say)]
    if not answer.answered:
        unsaid = [term for term in answer.missing if term not in text]
        if unsaid:
            terms = ", ".join(f"**{literal(one_line(term))}**" for term in unsaid)
            parts.append(f"{say.not_mentioned} {terms}")
    return "\n\n".join(parts)


def partial_markdown(text: str) -> str:
    """Write the part of an answer that has come so far; its markers become links once its citations are known."""
    return _prose(text, {}, 0, None)


def _prose(text: str, citations: dict[int, Citation], index: int, say: Strings | None) -> str:
    def link(marker: re.Match[str]) -> str:
        space, shown, number = marker.groups()
        space = space and "&nbsp;"  # a marker stays on the line of what it proves
        citation = citations.get(int(number))
        if citation is None or say is None:
            return f"{space}{shown}"
        hint = literal(say.open_quote.format(title=title_of(citation)))
        return f'{space}[{shown}](#cite-{index}-{citation.number} "{hint}")'

    # our own code sets the leading answer off in bold
    return MARKER.sub(link, LEAD.sub(r"**\1**", literal(text)))


def title_of(citation: Citation) -> str:
    """Name the article of a citation."""
    return one_line(citation.title) or one_line(citation.source)
