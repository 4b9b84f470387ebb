"""Keep the texts that quotes are cut from, as they were indexed."""

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from .errors import IndexUnavailable
from .files import write_whole
from .ownership import drop_others

__all__ = ["TextStore"]


class TextStore:
    """Hold a file for each text, named after its hash and never changed, so that generations share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, text: str) -> str:
        """Keep a text; returns its name."""
        content = text.encode()
        name = sha256(content).hexdigest()
        if not self.has(name):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._path(name), content)
        return name

    def has(self, name: str) -> bool:
        """Tell whether the text of this name is there, without reading it."""
        try:
            return self._path(name).stat().st_size > 0
        except OSError:
            return False

    def read(self, name: str) -> str:
        """Give the text of this name; raises IndexUnavailable where it is lost or not as it was kept."""
        path = self._path(name)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise IndexUnavailable(f"the index lost {str(path)!r} ({error.strerror}); run parley index") from error
        if sha256(content).hexdigest() != name:
            raise IndexUnavailable(f"the index's file {str(path)!r} is damaged; run parley doctor --repair")
        return content.decode()

    def check(self, name: str) -> bool:
        """Tell whether the text of this name is there and as it was kept."""
        try:
            self.read(name)
        except IndexUnavailable:
            return False
        return True

    def keep_only(self, names: Collection[str]) -> None:
        """Drop every text but those of these names."""
        drop_others(self._folder, {self._path(name).name for name in names})

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.txt"
