"""Extract the text of PDF files page by page, with bounds on the time and memory that one can take."""

import json
import re
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from .extract import Extract, UnreadableArticle

__all__ = ["PdfReader"]

_SECONDS, _SECONDS_A_MEGABYTE = 10.0, 10.0
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


class PdfReader:
    """Read PDF files in another process, which is started when the first one comes."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, content: bytes) -> Extract:
        """Extract the text of a file, a blank line between two pages.

        Raises UnreadableArticle where it can't be read, holds no text, or takes too long or too much memory.
        """
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        seconds = _SECONDS + _SECONDS_A_MEGABYTE * len(content) / 1_000_000
        watch = threading.Timer(seconds, process.kill)
        watch.start()
        try:
            process.stdin.write(b"%d\n%b" % (len(content), content))
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            watch.cancel()
        if not answer:
            self.close()
            raise UnreadableArticle("takes too long or too much memory to read")
        told = json.loads(answer)
        if "error" in told:
            raise UnreadableArticle(told["error"])
        return _joined(told["pages"], told["title"])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            # -P: the script's folder is no place to import from
            command = [sys.executable, "-P", str(Path(__file__).with_name("pdf_process.py"))]
            self._process = subprocess.Popen(  # noqa: S603 - our own script
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _joined(pages: list[str], title: object) -> Extract:
    """Join pages, and remember where each begins."""
    text, starts = "", []
    for page in pages:
        text += "\n\n" if text else ""
        starts.append(len(text))
        text += _HYPHEN.sub("", page.replace("\r\n", "\n").strip("\n"))
    if not text.strip():
        raise UnreadableArticle("holds no text; it may hold pictures of pages, which text recognition turns into text")
    # what programs put there is often no title, so the first page has to say it too
    known = isinstance(title, str) and " ".join(title.split()) in " ".join(pages[0].split())
    return Extract(text, title if isinstance(title, str) and known else None, page_starts=tuple(starts))
