"""Hold the generations of an index, of which one is live."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from .errors import IndexUnavailable
from .files import write_whole
from .generation import LEASE, MANIFEST
from .locks import is_leased
from .manifest import Manifest
from .ownership import find_first_format, is_ours

__all__ = ["Generations"]


class Generations:
    """Keep generations in folders of their own, and the name of the live one in a small file beside them.

    That file is replaced in one step, so whatever happens, the live generation is the old one or the new one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder.parent / "current"

    def stamp(self) -> tuple[int, int] | None:
        """Give what changes whenever another generation goes live; None where there is none."""
        try:
            status = self._pointer.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def live(self) -> Path | None:
        """Give the live generation's folder, or None where none is named; another may go live and sweep it any time."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
        return self._folder / name if name and is_ours(f"generations/{name}") else None

    def new_folder(self) -> Path:
        """Name a folder for a new generation; never the same one twice."""
        return self._folder / f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"

    def switch(self, folder: Path) -> None:
        """Let the generation in this folder be the live one."""
        write_whole(self._pointer, folder.name.encode())
        if os.name == "posix":  # the name's new meaning outlives a power cut too
            descriptor = os.open(self._pointer.parent, os.O_RDONLY)
            with suppress(OSError):
                os.fsync(descriptor)
            os.close(descriptor)

    def are_several(self) -> bool:
        """Tell whether there are generations beside the live one: still read, or left by a crash."""
        return len(self._others(None)) > 1

    def sweep(self) -> None:
        """Delete the generations that are neither live nor read by any process, and what a crash left."""
        live = self.live()
        for folder in self._others(live):
            if not is_leased(folder / LEASE):
                shutil.rmtree(folder, ignore_errors=True)
        for path in find_first_format(self._folder.parent):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def manifests(self) -> Iterator[Manifest]:
        """Read the manifests of all generations that are there."""
        for folder in self._others(None):
            with suppress(IndexUnavailable):  # a generation that nobody finished
                yield Manifest.load(folder / MANIFEST)

    def _others(self, live: Path | None) -> list[Path]:
        made = (folder for folder in sorted(self._folder.glob("*")) if is_ours(f"generations/{folder.name}"))
        return [folder for folder in made if folder != live]
