"""Decode the bytes of a text as its writer meant them, or refuse: no letter is dropped or replaced in silence."""

import codecs
import re

from .extract import UnreadableArticle

__all__ = ["decode"]

_MARKS = (  # UTF-32's begin as UTF-16's do
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What the web means by these names (https://encoding.spec.whatwg.org).
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_MEANT |= {"shift_jis": "cp932", "euc_kr": "cp949"}
# What texts in Western Europe's languages have beside ASCII.
_WESTERN = re.compile(r"[\x00-\x7fÀ-ÏÑ-ÖØ-Üß-ïñ-öø-üÿŒœŠšŽžŸ\xa0¡¿«»“”„‘’‚–—…•·°§©®™£€¥½¼¾²³ªº´¨]*")
_OTHERS = (
    "cp1251 koi8_r koi8_u cp866 iso8859_5 mac_cyrillic cp932 euc_jp iso2022_jp gb18030 big5 cp949 cp1250 iso8859_2 "
    "cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874"
).split()
_GUESSED_FROM = 100_000


def decode(content: bytes, declared: str | None = None) -> str:
    """Decode by the byte order mark, as UTF-8, as declared, or as it looks, whichever fits first.

    Raises UnreadableArticle where the bytes are no text, or where none of these fits all of them.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding) or _refuse(encoding)
    meant = _meant(declared)
    if meant.startswith(("utf-16", "utf-32", "iso2022", "hz")) and (text := _strictly(content, meant)) is not None:
        return text
    if b"\0" in content:
        return _without_mark(content)
    for encoding in ("iso2022_jp" if b"\x1b$" in content else "utf-8", meant):
        if encoding and (text := _strictly(content, encoding)) is not None:
            return text
    return _guessed(content)


def _meant(declared: str | None) -> str:
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _refuse(encoding: str) -> str:
    raise UnreadableArticle(f"begins as {encoding.upper()} but doesn't go on so; save it as UTF-8")


def _without_mark(content: bytes) -> str:
    """Decode UTF-16 without a mark: Latin letters and spaces leave every other byte empty."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    for encoding, empty, full in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if empty * 32 > len(content) and full * 20 < empty and (text := _strictly(content, encoding)) is not None:
            return text
    raise UnreadableArticle("a binary file (it holds NUL bytes)")


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes

    western = _strictly(content, "cp1252")
    if western is not None and _WESTERN.fullmatch(western) and _reads_western(western):
        return western
    found = from_bytes(content[:_GUESSED_FROM], cp_isolation=_OTHERS).best()
    if found is not None and (text := _strictly(content, found.encoding)) is not None:
        return text
    raise UnreadableArticle("its encoding can't be told; save it as UTF-8")


def _reads_western(text: str) -> bool:
    """Tell whether accented letters are as rare, and as seldom capitals in mid-word, as in Western languages."""
    letters = sum(character.isalpha() for character in text)
    accented = sum(character.isalpha() and character > "\x7f" for character in text)
    return accented * 5 <= letters and not re.search(r"[a-zß-ÿ][À-ÖØ-Þ]", text)
