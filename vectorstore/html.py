"""Extract an article's text from an HTML page."""

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, UnusualUsageWarning
from bs4.element import NavigableString, PreformattedString, Tag

from .extract import Extract

__all__ = ["read_html"]

# These never hold an article's words.
_DROPPED = (
    "script style noscript template svg math iframe object embed canvas audio video nav aside form button select "
    "textarea input dialog menu footer head"
).split()
_DROPPED_ROLES = {"navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alert", "menu"}
_BLOCKS = frozenset(
    "address article blockquote body caption dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header "
    "hr li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "sailthru.date",
)


def read_html(markup: str) -> Extract:
    """Extract the visible text of a page's article, one line a block, a blank line between blocks.

    Navigation, forms, scripts, asides and hidden elements are left out. Where the page marks one `<article>` or
    `<main>` with most of its text, only that is taken.
    """
    with warnings.catch_warnings():
        # a page is read by HTML's rules, as a browser does, though it looks like other XML or like a file's name
        warnings.simplefilter("ignore", UnusualUsageWarning)
        soup = BeautifulSoup(markup, "html.parser")
    title = _meta(soup, "og:title") or (soup.title.get_text(" ", strip=True) if soup.title else None)
    published, url = _published(soup), _address(soup)
    for element in soup.find_all(_is_dropped):
        if not element.decomposed:
            element.decompose()
    whole = _text(soup)
    for name in ("article", "main"):
        marked = soup.find_all(name)
        if len(marked) == 1:
            text = _text(marked[0])
            if len(text) * 2 > len(whole):
                return Extract(text, title, published, url)
    return Extract(whole, title, published, url)


def _is_dropped(element: Tag) -> bool:
    style = element.get("style")
    return (
        element.name in _DROPPED
        or element.get("role") in _DROPPED_ROLES
        or element.has_attr("hidden")
        or element.get("aria-hidden") == "true"
        or (isinstance(style, str) and bool(_HIDDEN_STYLE.search(style)))
    )


def _text(root: Tag) -> str:
    """Join the text of each block into one line, as a browser shows it."""
    blocks: list[str] = []
    line: list[str] = []
    for piece in _pieces(root):
        if piece is not None:
            line.append(piece)
            continue
        joined = re.sub(r"[ \t\r\n\f]+", " ", "".join(line)).strip()
        if joined:
            blocks.append(joined)
        line = []
    return "\n\n".join(blocks)


def _pieces(root: Tag) -> Iterator[str | None]:
    """Yield the strings of the page in order, and None where a block begins or ends; iterative, for deep pages."""
    stack: list[Tag | NavigableString | None] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name == "br" or node.name in _BLOCKS:
                yield None
                stack.append(None)
            stack.extend(child for child in reversed(node.contents) if isinstance(child, Tag | NavigableString))
        elif node is None:
            yield None
        elif not isinstance(node, PreformattedString):
            yield str(node)
    yield None


def _meta(soup: BeautifulSoup, name: str) -> str | None:
    for element in soup.find_all("meta"):
        if name in (_folded(element.get("property")), _folded(element.get("name")), _folded(element.get("itemprop"))):
            content = element.get("content")
            if isinstance(content, str) and content.strip():
                return content.strip()
    return None


def _folded(value: object) -> str:
    return value.casefold() if isinstance(value, str) else ""


def _published(soup: BeautifulSoup) -> str | None:
    """Find the date that the page states for its article."""
    for name in _DATE_META:
        stated = _meta(soup, name)
        if stated:
            return stated
    for script in soup.find_all("script", type="application/ld+json"):
        found = re.search(r'"datePublished"\s*:\s*"([^"\\]*)"', script.get_text())
        if found:
            return found.group(1)
    times = [element.get("datetime") for element in soup.select("article time[datetime], header time[datetime]")]
    return next((stated for stated in times if isinstance(stated, str)), None)


def _address(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical")
    href = link.get("href") if isinstance(link, Tag) else None
    return href if isinstance(href, str) else _meta(soup, "og:url")
