"""Split text into blocks of lines, and blocks into sentences, with exact offsets."""

import re
from collections.abc import Iterator

__all__ = ["Span", "split_blocks", "split_sentences"]

Span = tuple[int, int]

# A full stop after one of these never ends a sentence: something always follows.
_NEVER_LAST = frozenset(
    "adm amb assoc asst atty brig capt cf cmdr col comdr cpl cpt det dir dr ed eg e.g esp fr gen gov hon i.e ie "
    "insp lt maj messrs mgr mr mrs ms mt op pfc pres prof pvt rep reps rev sen sens sgt spc "
    "st supt treas viz vs".split()
)
# After one of these it does when the next word is one that usually opens a sentence.
_SOMETIMES_LAST = frozenset(
    "a.d a.m al approx apr aug ave b.c bros co corp dec dept est etc feb fri ft inc jan jr jul jun ltd mar md mon "
    "nov oct p.m ph.d plc sat sec sep sept sr sun thu thur thurs tue tues univ wed".split()
)
# These stand before a number.
_BEFORE_NUMBERS = frozenset("art ch fig no nos p pp sect vol".split())
_OPENERS = frozenset(
    "a according after all also although among an and another any as asked at because before both but by despite "
    "during each earlier even every few finally first for from he hence her here his how however i if in instead it "
    "its last later many meanwhile more most much my neither no none nor not now of on once one only or other others "
    "our over people perhaps several she since so some soon still such than that the their then there these they "
    "this those though through thus to today two under unlike until we what when where whether which while who why "
    "with without yesterday yet you your".split()
)

_TERMINATOR = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_]*+(?=\s|$)|[。！？]+[」』”’）]*")
_NO_WORD = re.compile(r"[\s(\[“‘\"'—–]")
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[*_]*([^\s,.;:!?”’\"')]+)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]", re.UNICODE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLOCK_START = re.compile(r"\s*(?:[-*+•#>|]\s|\d{1,3}[.)]\s|[A-Z][A-Z .]{2,40}:\s)")

# Text without any sentence end (tables, lists of names) is cut at white space, so that a model sees all of it.
_LONGEST_SENTENCE = 600
# Hard-wrapped text has lines of about this length; a longer line is a paragraph of its own.
_NARROWEST_WRAP, _WIDEST_WRAP = 56, 110
_ADDRESS = re.compile(r"\S{40}")
# Single captions and headings are wrapped at narrower columns; what goes on in lower case belongs to them.
_NARROWEST_CAPTION = 30


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Split `text[start:end]` into sentences.

    Returns (start, end) character offsets into `text`, in order, without overlap, each without surrounding white
    space. Everything but white space lies in exactly one of them. Headings, captions and list items, which end with
    their line, count as sentences too.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    for block_start, block_end in split_blocks(text, start, stop):
        cut = block_start
        for match in _TERMINATOR.finditer(text, block_start, block_end):
            if match.end() < block_end and not _ends_sentence(text, cut, match, block_end):
                continue
            spans.extend(_trimmed(text, cut, match.end()))
            cut = match.end()
        spans.extend(_trimmed(text, cut, block_end))
    return spans


def split_blocks(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Split `text[start:end]` into lines, with the lines that a hard wrap took apart put together again.

    Returns (start, end) character offsets into `text`, in order, without line ends; blank lines are left out.
    """
    stop = len(text) if end is None else end
    lines: list[Span] = []
    cut = start
    for newline in _LINE_END.finditer(text, start, stop):
        lines.append((cut, newline.start()))
        cut = newline.end()
    lines.append((cut, stop))
    wrapped = _is_hard_wrapped([text[slice(*line)] for line in lines])
    blocks: list[Span] = []
    last: Span | None = None  # the line before, where it may go on
    for line in lines:
        if not text[slice(*line)].strip():
            last = None
            continue
        if last is not None and _is_wrap(text[slice(*last)], text[slice(*line)], wrapped):
            blocks[-1] = (blocks[-1][0], line[1])
        else:
            blocks.append(line)
        last = line
    return blocks


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Tell whether lines were wrapped at a column: several are that wide, hardly any wider.

    A line that holds a word of the length of an address tells nothing, since no column could wrap it.
    """
    widths = [len(line) for line in lines if not _ADDRESS.search(line)]
    wider = sum(width > _WIDEST_WRAP for width in widths)
    full = sum(_NARROWEST_WRAP <= width <= _WIDEST_WRAP for width in widths)
    return full >= 3 and wider * 20 <= full


def _is_wrap(before: str, after: str, wrapped: bool) -> bool:
    """Tell whether the break between two lines only wraps a sentence."""
    if before.lstrip().startswith("#") or _BLOCK_START.match(after):
        return False
    words = after.split(None, 1)
    width = len(before.rstrip())
    if words[0][0].islower() and before.rstrip()[-1] not in ".!?:" and width >= _NARROWEST_CAPTION:
        return True
    return wrapped and width + 1 + len(words[0]) >= _NARROWEST_WRAP


def _ends_sentence(text: str, start: int, match: re.Match[str], stop: int) -> bool:
    """Tell whether the punctuation found in mid-block ends a sentence."""
    mark = match.group()
    if mark[0] in "。！？":
        return True
    following = _NEXT_WORD.match(text, match.end(), stop)
    if following is None:
        return True
    word_after = following.group(1)
    if word_after[0].islower():
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    word_before = _word_before(text, start, match.start())
    folded = word_before.casefold().lstrip("*_").rpartition("-")[2]  # "then-Sen. Obama"
    if folded in _NEVER_LAST or (folded in _BEFORE_NUMBERS and word_after[0].isdigit()):
        return False
    if folded in _SOMETIMES_LAST or _ACRONYM.fullmatch(word_before):
        return word_after.casefold() in _OPENERS
    # an initial ("Charles Q. Brown"), or the number of a list item ("2. Taiwan")
    return not (len(word_before) == 1 and word_before.isupper() and word_before != "I") and not (
        word_before.isdigit() and not text[start : match.start() - len(word_before)].strip()
    )


def _word_before(text: str, start: int, end: int) -> str:
    """Give the word that ends at an offset, not looked for from the start on, which may be far."""
    begin = end
    while begin > start and not _NO_WORD.match(text, begin - 1):
        begin -= 1
    return text[begin:end]


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without surrounding white space, in pieces where it is very long, or nothing."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE) for mark in "; \n")
        cut = cut + 1 if cut >= 0 else start + _LONGEST_SENTENCE
        yield from _trimmed(text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
