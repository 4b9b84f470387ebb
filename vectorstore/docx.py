"""Extract the text of a Word document."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from xml.etree import ElementTree

from .extract import Extract, UnreadableArticle

__all__ = ["read_docx"]

_BODY = "word/document.xml"
_LARGEST_BODY = 50_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BRANCHES = (f"{_COMPATIBLE}Choice", f"{_COMPATIBLE}Fallback")


def read_docx(content: bytes) -> Extract:
    """Extract a document's paragraphs, in order, a blank line between them; what was deleted in it is left out.

    Raises UnreadableArticle where it is no Word document or larger than one is.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            # what unpacks to a thousand times its size is not unpacked
            if archive.getinfo(_BODY).file_size > _LARGEST_BODY:
                raise UnreadableArticle(f"unpacks to more than {_LARGEST_BODY // 1_000_000} MB")
            with archive.open(_BODY) as body:
                paragraphs = [line for line in _paragraphs(body) if line.strip()]
    except KeyError:
        raise UnreadableArticle("no Word document (it holds no text of one)") from None
    # zipfile's two last words on what is packed or locked in ways that it doesn't know
    except (zipfile.BadZipFile, ElementTree.ParseError, NotImplementedError, RuntimeError) as error:
        raise UnreadableArticle(f"no Word document ({error})") from error
    return Extract("\n\n".join(paragraphs))


def _paragraphs(body: IO[bytes]) -> Iterator[str]:
    """Yield the paragraphs, those of a text box before the one that it lies in, and of alternatives the first alone."""
    lines: list[list[str]] = [[]]  # of the paragraphs that are open
    branches = [0]  # that began, of each open set of alternatives
    left_out = 0  # branches that are open
    for event, element in ElementTree.iterparse(body, events=("start", "end")):  # noqa: S314 - expat bounds entities
        begins = event == "start"
        if element.tag == f"{_COMPATIBLE}AlternateContent":
            branches.append(0) if begins else branches.pop()
        elif element.tag in _BRANCHES:
            branches[-1] += begins
            if branches[-1] > 1:
                left_out += 1 if begins else -1
        elif left_out:
            continue
        elif begins:
            if element.tag == f"{_WORD}p":
                lines.append([])
        elif element.tag == f"{_WORD}t":
            lines[-1].append(element.text or "")
        elif element.tag in _SIGNS:
            lines[-1].append(_SIGNS[element.tag])
        elif element.tag == f"{_WORD}p":
            yield "".join(lines.pop())
            element.clear()
