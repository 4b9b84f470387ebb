"""Write the evidence pane with one article in it, and the quotes of an answer marked there.

`ui/chat.js` turns a choice of anything with `data-show` into an event, and the attributes beside it into its data.
"""

import html
import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from qa import Answer, Citation

from .evidence import marked_text, stands
from .strings import Strings
from .text import one_line, visible

__all__ = ["ArticleLike", "article_view", "citation_view", "framed", "shown_title"]


class ArticleLike(Protocol):
    """What the pane shows of an article."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def sha256(self) -> str: ...  # noqa: D102
    @property
    def outlet(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def published(self) -> date | None: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def paragraphs(self) -> Sequence[tuple[int, int]]: ...  # noqa: D102
    @property
    def furniture(self) -> Sequence[tuple[int, int]]: ...  # noqa: D102


def article_view(article: ArticleLike, say: Strings) -> str:
    """Write one article, without marks."""
    title = shown_title(article.title, article.source, say)
    return framed("article", _bar(say) + _article(article, (), None, say), say, announce=title)


def citation_view(article: ArticleLike, answer: Answer, index: int, citation: Citation, say: Strings) -> str:
    """Write the article that `citation` is from, with all of the answer's quotes in it marked, and tabs for the others.

    `index` is the answer's place in the conversation. A quote that its article no longer has, since it changed, is
    not marked; where it is the one asked for, that is told.
    """
    proves = answer.answered
    shown = answer.citations if proves else answer.nearest
    kind = "cite" if proves else "near"
    tabs = "".join(_tab(other, index, kind, other.number == citation.number) for other in shown)
    place = [other.number for other in shown].index(citation.number)
    steps = ["", ""]
    if len(shown) > 1:
        steps = [
            _step(what, shown, to, kind, index, say) for what, to in (("previous", place - 1), ("next", place + 1))
        ]
    tab_list = (
        f'<div class="quotes"><ol class="tabs" aria-label="{html.escape(say.quotes if proves else say.closest)}">{tabs}'
        f"</ol>{''.join(steps)}</div>"
    )
    here = [other for other in shown if other.source == citation.source and stands(other, article.text)]
    changed = "" if citation in here else say.changed_since
    body = _article(article, here, citation.number, say, changed)
    title = shown_title(article.title, article.source, say)
    announce = changed or (say.shown_quote if proves else say.shown_passage).format(
        number=place + 1, total=len(shown), title=title
    )
    return framed(kind, _bar(say) + tab_list + body, say, announce=announce, shows=f"{kind}-{index}-{citation.number}")


def framed(kind: str, content: str, say: Strings, *, announce: str = "", shows: str = "") -> str:
    """Put what the pane shows into its frame; `announce` is read out, `shows` names the quote."""
    return (
        f'<section class="pane pane-{kind}" aria-label="{html.escape(say.evidence)}"'
        f' data-announce="{html.escape(announce)}" data-shows="{shows}">'
        f'<button type="button" class="pane-close" data-close="sheet" aria-label="{html.escape(say.close)}">×</button>'
        f"{content}</section>"
    )


def _bar(say: Strings) -> str:
    return (
        f'<div class="pane-bar"><button type="button" class="quiet" data-show="list">'
        f'<span aria-hidden="true">‹ </span>{html.escape(say.articles)}</button></div>'
    )


def _tab(citation: Citation, index: int, kind: str, is_current: bool) -> str:
    title = one_line(citation.title) or one_line(citation.source)
    current = ' aria-current="true"' if is_current else ""
    return (
        f'<li><button type="button" data-show="{kind}" data-answer="{index}" data-number="{citation.number}"{current}>'
        f'<span class="number">{citation.number}</span>'
        f'<span class="title">{html.escape(title)}</span></button></li>'
    )


def _article(
    article: ArticleLike, citations: Sequence[Citation], current: int | None, say: Strings, changed: str = ""
) -> str:
    told = (one_line(article.outlet), say.on_date(article.published), one_line(article.source))
    facts = [html.escape(fact) for fact in told if fact]
    link = _link(article.url)
    meta = " · ".join([*facts, link] if link else facts)
    title = html.escape(shown_title(article.title, article.source, say))
    told_changed = f'<p class="changed">{html.escape(changed)}</p>' if changed else ""
    return (
        f'<div class="pane-head"><h2>{title}</h2><p class="meta">{meta}</p>{told_changed}</div>'
        f'<div class="article scroll" role="region" tabindex="0" aria-label="{html.escape(say.article_text)}">\n'
        f"{marked_text(article.text, article.paragraphs, citations, current, article.furniture)}\n</div>"
    )


def _step(what: str, shown: Sequence[Citation], place: int, kind: str, index: int, say: Strings) -> str:
    """Write the button to the previous or the next quote; it can't be chosen where there is none."""
    label, sign = (say.previous, "‹") if what == "previous" else (say.next, "›")
    if 0 <= place < len(shown):
        to = f'data-show="{kind}" data-answer="{index}" data-number="{shown[place].number}"'
    else:
        to = "disabled"
    return f'<button type="button" class="step {what}" {to} aria-label="{html.escape(label)}">{sign}</button>'


def shown_title(title: str, source: str, say: Strings) -> str:
    """Name an article by its title, or else by its file."""
    return one_line(title) or one_line(source) or say.untitled


def _link(url: str | None) -> str:
    """Link to where the article is from, if that is a plain web address; its host is what one reads."""
    if not url or url != visible(url) or re.search(r"[\s\\]", url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    # a name before an @, or letters that look like others, can make an address look like another one
    if parts.scheme not in ("http", "https") or not host.isascii() or not host or "@" in parts.netloc:
        return ""
    return (
        f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">{html.escape(host)}'
        '<span aria-hidden="true"> ↗</span></a>'
    )
