"""Write the evidence pane: the list of articles, or one article with the quotes of an answer marked in it.

`ui/chat.js` turns a choice of anything with `data-show` into an event, and the attributes beside it into its data.
"""

import html
import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from qa import Answer, Citation

from . import strings
from .evidence import marked_text
from .text import one_line, visible

__all__ = ["ArticleLike", "article_list", "article_view", "citation_view"]


class ArticleLike(Protocol):
    """What the pane shows of an article."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def published(self) -> date | None: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def furniture(self) -> Sequence[tuple[int, int]]: ...  # noqa: D102


def article_list(articles: Sequence[ArticleLike]) -> str:
    """Write the list of all articles, each a button that opens it."""
    if not articles:
        return _pane("list", f'<div class="pane-head"><h2>{strings.ARTICLES}</h2><p>{strings.NO_ARTICLES}</p></div>')
    items = "\n".join(f"<li>{_list_button(article)}</li>" for article in articles)
    head = (
        f'<div class="pane-head"><h2>{strings.ARTICLES} <span class="count">{len(articles):,}</span></h2>'
        f"<p>{strings.PICK_ARTICLE}</p></div>"
    )
    return _pane("list", f'{head}<ul class="articles scroll">{items}</ul>')


def article_view(article: ArticleLike) -> str:
    """Write one article, without marks."""
    return _pane("article", _bar() + _article(article, (), None), announce=_title(article))


def citation_view(article: ArticleLike, answer: Answer, index: int, citation: Citation) -> str:
    """Write the article that `citation` is from, with all of the answer's quotes in it marked, and tabs for the others.

    `index` is the answer's place in the conversation.
    """
    proves = answer.answered
    shown = answer.citations if proves else answer.nearest
    kind = "cite" if proves else "near"
    tabs = "".join(_tab(other, index, kind, other.number == citation.number) for other in shown)
    tab_list = f'<ol class="tabs" aria-label="{strings.QUOTES if proves else strings.CLOSEST}">{tabs}</ol>'
    here = [other for other in shown if other.source == citation.source]
    body = _article(article, here, citation.number)
    place = [other.number for other in shown].index(citation.number) + 1
    announce = strings.position(place, len(shown), _title(article), proves=proves)
    return _pane(kind, _bar() + tab_list + body, announce=announce, shows=f"{kind}-{index}-{citation.number}")


def _pane(kind: str, content: str, announce: str = "", shows: str = "") -> str:
    return (
        f'<section class="pane pane-{kind}" aria-label="{strings.EVIDENCE}"'
        f' data-announce="{html.escape(announce)}" data-shows="{shows}">'
        f'<button type="button" class="pane-close" data-close="sheet" aria-label="{strings.CLOSE}">×</button>'
        f"{content}</section>"
    )


def _bar() -> str:
    return (
        f'<div class="pane-bar"><button type="button" class="quiet" data-show="list">'
        f'<span aria-hidden="true">‹ </span>{strings.ARTICLES}</button></div>'
    )


def _list_button(article: ArticleLike) -> str:
    facts = [_date(article.published), strings.count_words(len(article.text.split())), one_line(article.source)]
    return (
        f'<button type="button" data-show="article" data-source="{html.escape(article.source)}">'
        f'<span class="title">{html.escape(_title(article))}</span>'
        f'<span class="meta">{html.escape(" · ".join(fact for fact in facts if fact))}</span></button>'
    )


def _tab(citation: Citation, index: int, kind: str, is_current: bool) -> str:
    title = one_line(citation.title) or one_line(citation.source)
    current = ' aria-current="true"' if is_current else ""
    return (
        f'<li><button type="button" data-show="{kind}" data-answer="{index}" data-number="{citation.number}"{current}>'
        f'<span class="number">{citation.number}</span>'
        f'<span class="title">{html.escape(title)}</span></button></li>'
    )


def _article(article: ArticleLike, citations: Sequence[Citation], current: int | None) -> str:
    facts = [html.escape(fact) for fact in (_date(article.published), one_line(article.source)) if fact]
    link = _link(article.url)
    meta = " · ".join([*facts, link] if link else facts)
    return (
        f'<div class="pane-head"><h2>{html.escape(_title(article))}</h2><p class="meta">{meta}</p></div>'
        f'<div class="article scroll" role="region" tabindex="0" aria-label="{strings.ARTICLE_TEXT}">\n'
        f"{marked_text(article.text, citations, current, article.furniture)}\n</div>"
    )


def _title(article: ArticleLike) -> str:
    return one_line(article.title) or one_line(article.source) or strings.UNTITLED


def _date(published: date | None) -> str:
    return f"{published:%B} {published.day}, {published.year}" if published else ""


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
