"""Recognise the furniture of web pages, which is no part of an article."""

import re
from collections.abc import Iterator

from .sentences import Span, split_blocks

__all__ = ["find_furniture"]

# Lines that are furniture wherever they stand.
_LINE = re.compile(
    r"""\W*(?:
      (?:this|our)\s+(?:web)?site\s+uses\s+cookies\b.*
    | we\s+(?:and\s+our\s+partners\s+)?use\s+cookies\b.*
    | by\s+(?:continuing|using)\b.*\bcookies?\b.*
    | (?:accept|reject|manage|allow)\s+(?:all\s+)?cookies(?:\s+settings)?
    | (?:cookie|privacy)\s+(?:policy|notice|settings|preferences)
    | (?:read|see|view|learn|find\s+out|show|load)\s+more
    | (?:read|see|watch|listen|up)\s+(?:next|more|also)\s*:.*
    | (?:also\s+read|also\s+see|related|recommended|more\s+on\s+this(?:\s+story)?|see\s+also)\s*:.*
    | continue\s+reading(?:\s+below)?(?:\s+the\s+main\s+story)?
    | (?:story|article)\s+continues\s+below.*
    | (?:(?:next|previous|prev|older|newer)\s+(?:post|article|story|page)s?\W*){1,2}
    | (?:no|\d+)\s+comments?(?:\s+yet)?
    | (?:add|leave|post|write|submit)\s+(?:a\s+|your\s+)?(?:comment|reply)s?
    | comments?(?:\s+(?:url|section|policy|are\s+closed|closed|\(\d+\)))?
    | click\s+here\s+(?:to|for)\b.*
    | your\s+e-?mail(?:\s+address)?\s+will\s+not\s+be\s+(?:published|shared).*
    | required\s+fields\s+are\s+marked.*
    | save\s+my\s+name\b.*\bnext\s+time\b.*
    | (?:name|e-?mail|website)\s*\*?
    | (?:(?:share|tweet|pin|print|e-?mail|this|on|via|to|it|article|story|with|a|friend|facebook|twitter|x|linkedin
        |whatsapp|telegram|reddit|pinterest|instagram|copy|link|and)\b\W*){1,12}
    | follow\s+us(?:\s+on\b.*)?
    | (?:subscribe|sign\s+up|log\s*in|sign\s+in|register)(?:\s+(?:now|today|here|to|for|with)\b.*)?
    | (?:get|receive)\b.*\b(?:newsletter|in\s+your\s+inbox)\b.*
    | (?:enter\s+your\s+e-?mail|don.t\s+miss\s+out)\b.*
    | advertis(?:e)?ment|sponsored(?:\s+content)?|promoted(?:\s+content)?
    | (?:copyright\s+)?(?:©|\(c\)|copyright)\s*(?:19|20)\d\d\b.*
    | all\s+rights\s+reserved.*
    | (?:skip\s+to|jump\s+to|back\s+to)\s+(?:the\s+)?(?:main\s+)?(?:content|navigation|top|menu|homepage).*
    | (?:toggle\s+)?(?:main\s+)?(?:menu|navigation|search)
    | (?:tags?|filed\s+under|categor(?:y|ies)|posted\s+in)\s*:.*
    | about\s+the\s+authors?
    | (?:terms\s+of\s+(?:use|service)|contact\s+us|about\s+us|advertise\s+with\s+us)(?:\W.*)?
    | (?:e-?mail\s+to\s+a\s+friend)\b.*
    )\W*""",
    re.VERBOSE | re.IGNORECASE,
)

# Headings of blocks of teasers: the short lines below them are furniture as well.
_TEASERS_HEADING = re.compile(
    r"\W*(?:(?:related|similar|latest|recent|popular|trending|top|more|other|recommended|most\s+(?:read|popular|viewed))"
    r"(?:\s+(?:articles?|posts?|stories|news|reading|headlines|topics|coverage|videos?))?"
    r"|more\s+(?:from|in|on|stories)\b.{0,40}|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested)\b.{0,20}"
    r"|(?:editor.?s|our)\s+picks?|what\s+to\s+read\s+next|read\s+next|in\s+other\s+news|don.t\s+miss)\W*",
    re.IGNORECASE,
)

# From here on to the end a page holds its readers' comments and its author's portrait.
_TAIL = re.compile(
    r"\W*(?:leave\s+a\s+(?:reply|comment)|(?:add|post)\s+(?:a\s+)?comment|\d+\s+comments?|comments?(?:\s*\(\d+\))?"
    r"|join\s+the\s+(?:conversation|discussion)|about\s+the\s+authors?)\W*",
    re.IGNORECASE,
)
_TAIL_STARTS_AFTER = 0.5

_BETWEEN_CRUMBS, _BETWEEN_ITEMS = re.compile(r"\s[»›>]\s"), re.compile(r"\s[|•·]\s")
_LONGEST_FIRST_CRUMB, _LONGEST_CRUMB, _LONGEST_ITEM = 40, 200, 25
# "Watch the envoy speak »" inside a paragraph is a link to something else.
_INLINE_LINK = re.compile(r"\b(?:Watch|See|Read|Hear|Listen|View|Learn|Take|Explore|Click)\b[^.!?»\n]{0,150}»")
_ELLIPSIS = ("…", "...", "[…]", "[...]")
_PARAGRAPH = 200
_PICTURE_GAP = 3  # newlines; paragraphs have one or two between them
_LONGEST_CAPTION = 150


def find_furniture(text: str, title: str = "", start: int = 0) -> list[Span]:
    """Find what a web page put around its article.

    That is cookie notices, comment forms, links to other stories, teasers, navigation, captions left over from
    pictures, and repeated headlines. Only `text[start:]` is looked at, so that front matter can be left out.

    Returns (start, end) character offsets into `text`, in order, without overlap. The article's text itself is left
    as it is, so that offsets into it stay true.
    """
    lines = split_blocks(text, start)
    furniture = set(_listed_lines(text, lines)) | set(_tail(text, lines)) | set(_trailing_teasers(text, lines))
    furniture |= set(_repeated_titles(text, lines, title)) | set(_captions(text, lines))
    inline = [
        match.span()
        for start, end in lines
        if (start, end) not in furniture
        for match in _INLINE_LINK.finditer(text, start, end)
    ]
    return sorted([*furniture, *inline])


def _listed_lines(text: str, lines: list[Span]) -> Iterator[Span]:
    """Yield the lines that are furniture by what they say, and the teasers below their headings."""
    below_heading = False
    for start, end in lines:
        line = text[start:end].strip()
        if _TEASERS_HEADING.fullmatch(line):
            below_heading = True
            yield start, end
        elif _is_listed(line) or (below_heading and _is_teaser(line)):
            yield start, end
        else:
            below_heading = False


def _is_listed(line: str) -> bool:
    return bool(_LINE.fullmatch(line)) or _is_breadcrumb(line) or _is_menu(line)


def _is_breadcrumb(line: str) -> bool:
    """Tell whether a line names a page and those above it: "Home » News » Ministers meet"."""
    crumbs = [crumb.strip() for crumb in _BETWEEN_CRUMBS.split(line)]
    short = len(crumbs[0]) <= _LONGEST_FIRST_CRUMB and all(0 < len(crumb) <= _LONGEST_CRUMB for crumb in crumbs)
    return 2 <= len(crumbs) <= 7 and short and not re.search(r"[»›>|]", "".join(crumbs))


def _is_menu(line: str) -> bool:
    """Tell whether a line lists pages: "News | Sport | Weather | Jobs"."""
    items = [item.strip() for item in _BETWEEN_ITEMS.split(line)]
    return len(items) >= 4 and all(0 < len(item) <= _LONGEST_ITEM and not re.search(r"[|•·]", item) for item in items)


def _is_teaser(line: str) -> bool:
    return len(line) < _PARAGRAPH and not line.endswith((".", ".”", '."', "?", "!"))


def _tail(text: str, lines: list[Span]) -> Iterator[Span]:
    """Yield everything from the first heading of comments in the page's second half."""
    in_tail = False
    for start, end in lines:
        in_tail = in_tail or (
            start >= _TAIL_STARTS_AFTER * len(text) and bool(_TAIL.fullmatch(text[start:end].strip()))
        )
        if in_tail:
            yield start, end


def _trailing_teasers(text: str, lines: list[Span]) -> Iterator[Span]:
    """Yield runs of at least two neighbouring lines that break off, as excerpts of other stories do."""
    run: list[Span] = []
    for start, end in [*lines, (len(text), len(text))]:
        if text[start:end].strip().endswith(_ELLIPSIS):
            run.append((start, end))
            continue
        if len(run) > 1:
            yield from run
        run = []


def _captions(text: str, lines: list[Span]) -> Iterator[Span]:
    """Yield lines that are no sentence and stand further apart than paragraphs do, as pictures left them."""
    for before, line, after in zip(lines[1:], lines[2:], lines[3:], strict=False):
        apart = all(text.count("\n", *gap) >= _PICTURE_GAP for gap in ((before[1], line[0]), (line[1], after[0])))
        if apart and line[1] - line[0] < _LONGEST_CAPTION and text[line[1] - 1].isalnum():
            yield line


def _repeated_titles(text: str, lines: list[Span], title: str) -> Iterator[Span]:
    """Yield the title's second and further lines, with or without the site's name behind it."""
    wanted = _folded(title)
    if not wanted:
        return
    seen = 0
    for start, end in lines:
        line = _folded(text[start:end])
        if line == wanted:
            seen += 1
            if seen > 1:
                yield start, end
        elif line.startswith(wanted) and re.match(r"\s*[-–—|·:]\s.{2,60}$", text[start:end].strip()[len(title) :]):
            yield start, end


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
