"""Make an article of a file's bytes: how depends on the suffix of its name, which its first bytes must bear out."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, Self

import yaml

from .articles import Article
from .decoding import decode
from .docx import read_docx
from .extract import Extract, UnreadableArticle
from .html import read_html
from .mail import read_mail, read_mhtml
from .outlets import OUTLET_FIELDS
from .pdf import PdfReader
from .stated import is_visible, one_line, parse_date, stated_date, title_line

__all__ = ["READABLE", "ArticleParser", "why_unreadable"]

_TEXT, _PAGE = (".txt", ".md", ".markdown"), (".html", ".htm", ".xhtml")
READABLE = (*_TEXT, *_PAGE, ".pdf", ".docx", ".eml", ".mhtml", ".mht")
_LONGEST_TEXT = 10_000_000
_LARGEST_PAGE = 5_000_000
# Kinds of files that are often named as text is.
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\3\4", "a ZIP or Word file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{2,40})")
_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]{64,}")


def why_unreadable(source: str) -> str:
    """Tell why no file of this name can be read, or give an empty string."""
    suffix = PurePosixPath(source).suffix.lower()
    return "" if suffix in READABLE else f"Parley reads {', '.join(READABLE)}, not {suffix or 'files without a suffix'}"


class ArticleParser:
    """Parse files. Use it as a context manager: for PDF files it starts a process."""

    def __init__(self) -> None:
        self._pdfs = PdfReader()

    def parse(self, source: str, content: bytes) -> Article:
        """Make an article of a file's bytes; raises UnreadableArticle, with the reason, where they are none."""
        suffix = PurePosixPath(source).suffix.lower()
        try:
            extract = self._pdfs.read(content) if suffix == ".pdf" else _READERS[suffix](content)
        except UnreadableArticle:
            raise
        except Exception as error:
            raise UnreadableArticle(f"can't be read as {suffix} ({type(error).__name__})") from error
        text = extract.text
        if suffix not in _TEXT:
            # letters that nothing can show, such as halves of a pair, could not be kept
            text = text.encode("utf-8", "replace").decode().replace("\0", " ")
        if len(text) > _LONGEST_TEXT:
            raise UnreadableArticle(f"holds more than {_LONGEST_TEXT // 1_000_000} million letters")
        if not is_visible(text[extract.body_start :]):
            raise UnreadableArticle("holds no text")
        return Article(
            source=source,
            sha256=sha256(content).hexdigest(),
            title=one_line(extract.title) or title_line(text, extract.body_start),
            text=text,
            published=parse_date(extract.published) or stated_date(text, extract.body_start),
            url=one_line(extract.url) or None,
            body_start=extract.body_start,
            page_starts=extract.page_starts,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdfs.close()


def _read_text(content: bytes) -> Extract:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableArticle(f"{kind}, not text")
    text = decode(content)
    stated, body_start = _front_matter(text)
    title, published, url = (
        value if isinstance(value := stated.get(name), str) else None for name in (_TITLE, _PUBLISHED, _ADDRESS)
    )
    return Extract(text, title, published, url, body_start=body_start)


def _read_page(content: bytes) -> Extract:
    found = _XML_DECLARED.match(content) or _DECLARED.search(content[:8192])
    declared = found.group(1).decode().casefold() if found else ""
    # what is found in ASCII is not in two or four bytes a letter, whatever it says of itself
    markup = _EMBEDDED.sub("", decode(content, "utf-8" if declared.startswith(("utf-16", "utf-32")) else declared))
    if len(markup) > _LARGEST_PAGE:
        raise UnreadableArticle(f"a page of more than {_LARGEST_PAGE // 1_000_000} MB")
    return read_html(markup)


_TITLE, _PUBLISHED, _ADDRESS = "title", "date", "source_url"
# What front matter is known by: a paragraph between two lines may be YAML too, such as "Note: the mayor resigned."
_USUAL_FIELDS = frozenset((_TITLE, _PUBLISHED, _ADDRESS, *OUTLET_FIELDS)) | frozenset(
    "author authors categories category description draft keywords lang language layout permalink published slug "
    "subtitle summary tags updated url".split()
)
_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def _front_matter(text: str) -> tuple[Mapping[str, Any], int]:
    """Read YAML front matter; where there is none that can be read, all of the text is body."""
    fence = _FENCE.match(text)
    if fence is None:
        return {}, 0
    try:
        fields = yaml.load(fence.group(1), Loader=yaml.BaseLoader)  # noqa: S506 - strings only, safer than safe_load
    except yaml.YAMLError:
        return {}, 0
    if not isinstance(fields, dict):
        return {}, 0
    stated = {str(name).lower(): value for name, value in fields.items()}
    return (stated, fence.end()) if _USUAL_FIELDS & stated.keys() else ({}, 0)


_READERS: dict[str, Callable[[bytes], Extract]] = {
    **dict.fromkeys(_TEXT, _read_text),
    **dict.fromkeys(_PAGE, _read_page),
    ".docx": read_docx,
    ".eml": read_mail,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
}
