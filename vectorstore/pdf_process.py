"""Extract the text of PDF files, in a process of its own: the one file that knows pypdf.

A PDF is a program for drawing, and one can be made to run for ever or to fill the memory; then only this process ends.
Reads from standard input a line with a number of bytes and then these, again and again, and answers each with a line
of JSON: {"pages": [text, ...], "title": ...} or {"error": reason}.
"""

import json
import logging
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

_MOST_MEMORY = 1_500_000_000


def read(content: bytes) -> dict[str, Any]:
    """Extract the text of each page."""
    import pypdf

    try:
        document = pypdf.PdfReader(BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            return {"error": "locked with a password; save it without one"}
        title = document.metadata.title if document.metadata else None
        return {"pages": [page.extract_text() for page in document.pages], "title": title}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file makes the library raise
        return {"error": f"no PDF that can be read ({type(error).__name__})"}


def main() -> None:
    """Answer until standard input ends."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    logging.disable()
    sys.setrecursionlimit(3000)
    while size := sys.stdin.buffer.readline():
        answer = read(sys.stdin.buffer.read(int(size)))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
