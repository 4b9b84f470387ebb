"""Change the folder of articles from the window: add files, remove them to be put back, notice changes."""

import os
import re
import shutil
import threading
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from qa import Assistant, ParleyError, SyncReport

from .shelf import Shelf
from .text import UNSEEN

__all__ = ["LARGEST_FILE", "Library", "LibraryError", "safe_name"]

LARGEST_FILE = 50_000_000
LONGEST_NAME = 120
# What no file system takes, or Windows does not.
FORBIDDEN = re.compile(r'[<>:"/\\|?*\n\r\t]')
# The folder that a file is removed to is named after the time.
STAMP, STAMPED = "%Y-%m-%dT%H-%M-%S.%fZ", re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}Z")
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class LibraryError(ParleyError):
    """Tell why a file can't be added, removed or put back."""


class Library:
    """Hold the folder of an assistant's articles, shared by all tabs. Safe to call from several threads."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.folder = assistant.config.articles
        self._lock = threading.RLock()
        self._shelf: Shelf | None = None
        self._uploaded: dict[str, str] = {}  # names by digest, not indexed yet
        self._seen: object = None
        self._pending = SyncReport()

    @property
    def shelf(self) -> Shelf:
        """List the articles as they were when last synced from here."""
        with self._lock:
            if self._shelf is None:
                self._shelf = Shelf.fill(self.assistant.articles, self.assistant.failed)
            return self._shelf

    def sync(
        self, progress: Callable[[int, int], None] | None = None, *, confirmed: bool = False
    ) -> tuple[SyncReport, dict[str, str]]:
        """Make the index equal to the folder; gives the report, and why files that were just added are no articles.

        Those are taken out of the folder again. Raises what `Assistant.sync` raises; `confirmed` is as there.
        """
        with self._lock:
            uploaded = dict(self._uploaded)  # what comes while the folder is read is for the next sync
        report = self.assistant.sync(progress, confirmed=confirmed)
        with self._lock:
            refused = {source: report.failed[source] for source in uploaded.values() if source in report.failed}
            for source in refused:
                (self.folder / source).unlink(missing_ok=True)
            for digest in uploaded:
                self._uploaded.pop(digest, None)
        if refused:
            self.assistant.sync()
        with self._lock:
            self._shelf = None
            self._seen = None
        return report, refused

    def pending(self) -> SyncReport:
        """Tell what a sync would change; files are read only where the folder looks different from the last time."""
        with self._lock:
            looks = _looks(self.folder)
            if looks != self._seen:
                try:
                    self._pending = self.assistant.pending()
                except ParleyError:  # an empty or missing folder is no news to offer a sync for
                    self._pending = SyncReport()
                self._seen = looks
            return self._pending

    def add(self, name: str, content: bytes) -> str:
        """Write a new file into the folder, and give its source; it is indexed by the next `sync`.

        A file is never overwritten: another one of its name gets a number. Raises LibraryError where the name is none,
        the content is already there, or the file can't be written.
        """
        source = safe_name(name)
        if len(content) > LARGEST_FILE:
            raise LibraryError(f"larger than {LARGEST_FILE // 1_000_000} MB")
        digest = sha256(content).hexdigest()
        with self._lock:
            same = next((article.source for article in self.shelf.articles if article.sha256 == digest), None)
            same = same or self._uploaded.get(digest)
            if same:
                raise LibraryError(f"the same file is already here as {same!r}")
            try:
                path = self._write(Path(source), content)
            except OSError as error:
                raise LibraryError(f"can't be written: {error.strerror or error}") from error
            self._uploaded[digest] = path.name
            return path.name

    def _write(self, name: Path, content: bytes) -> Path:
        number = 1
        while True:
            path = self.folder / (f"{name.stem} {number}{name.suffix}" if number > 1 else name.name)
            try:
                with path.open("xb") as handle:  # never through a link, never over a file
                    handle.write(content)
                return path
            except FileExistsError:
                number += 1

    def remove(self, source: str) -> str:
        """Move a file out of the folder, and give the ticket that `put_back` takes.

        Raises LibraryError where it is no file of the folder, the last that can be read, or can't be moved.
        """
        path = self._path(source)
        pending = self.pending()
        if not {*pending.unchanged, *pending.updated, *pending.added} - {source}:
            # an index is never made of nothing, for a folder that is empty may be one that was lost
            raise LibraryError(f"{source!r} is the last article, and there has to be one; add another one first")
        now = datetime.now(UTC)
        place = self.assistant.config.kept / "removed" / now.strftime(STAMP)
        try:
            target = place / source
            target.parent.mkdir(parents=True)
            shutil.move(path, target)
        except OSError as error:
            raise LibraryError(f"{source!r} can't be removed: {error.strerror or error}") from error
        return f"{place.name}/{source}"

    def put_back(self, ticket: str) -> str:
        """Move a removed file back, and give its source; raises LibraryError where that can't be done."""
        stamp, _, source = ticket.partition("/")
        removed = self.assistant.config.kept / "removed"
        kept, target = removed / stamp / source, self.folder / source
        within = STAMPED.fullmatch(stamp) and _within(kept, removed / stamp) and _within(target, self.folder)
        if not within or not kept.is_file():
            raise LibraryError(f"{source!r} is not among the removed files")
        if target.exists():
            raise LibraryError(f"{source!r} can't be put back: there is another file of its name")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(kept, target)
        except OSError as error:
            raise LibraryError(f"{source!r} can't be put back: {error.strerror or error}") from error
        return source

    def _path(self, source: str) -> Path:
        path = self.folder / source
        if not _within(path, self.folder) or not path.is_file():
            raise LibraryError(f"{source!r} is no file of the articles' folder")
        return path


def safe_name(name: str) -> str:
    """Make a file name of what a browser says it is: one that stays in its folder on every system.

    Raises LibraryError where nothing is left of it.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    bare = FORBIDDEN.sub("-", UNSEEN.sub("", last)).strip(" .")
    stem, dot, suffix = bare.rpartition(".")
    if not (dot and stem.strip(" .")):
        stem, suffix = bare, ""
    stem = stem.encode()[: LONGEST_NAME - len(suffix.encode())].decode(errors="ignore").strip(" .")
    if not stem or len(suffix) > 16:
        raise LibraryError(f"{name[:80]!r} is no name for a file; rename it")
    stem = f"_{stem}" if DEVICES.match(f"{stem}.") else stem
    return f"{stem}.{suffix}" if suffix else stem


def _within(path: Path, folder: Path) -> bool:
    """Tell whether a path stays in a folder, with its links followed."""
    if "\0" in str(path):  # which no file's name may hold
        return False
    return path.resolve() != folder.resolve() and path.resolve().is_relative_to(folder.resolve())


def _looks(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Tell each file's name, size and time, which is quicker than reading it."""
    found = set()
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not (Path(place) / name).is_symlink()]
        for name in names:
            try:
                status = os.lstat(os.path.join(place, name))  # noqa: PTH118 - many files
            except OSError:
                continue  # gone in between
            found.add((f"{place}/{name}", status.st_size, status.st_mtime_ns))
    return frozenset(found)
