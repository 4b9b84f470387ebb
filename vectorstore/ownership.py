"""Tell what in an index's folder is the index's own, so that nothing else is ever written over or deleted."""

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from .errors import IndexUnavailable

__all__ = ["drop_others", "find_first_format", "is_ours", "refuse_foreign"]

# All that an index's folder holds at any instant, after a kill too, and down to what is swept as a whole.
_OURS = re.compile(
    r"lock(\.break\..+)?|writer\.json|current(\.\d+\.new)?"
    r"|texts(/[0-9a-f]{64}(\.\w+)?\.txt(\.\d+\.new)?)?"
    r"|vectors(/[0-9a-f]{64}\.zip(\.\d+\.new)?)?"
    r"|generations(/\d{8}-\d{6}-[0-9a-f]{8})?"
)
_SHARED = ("texts", "vectors", "generations")
# What the first version of an index kept in its folder; its manifest, which tells that it is one, goes last.
_FIRST_FORMAT = ("chroma", "keywords", "keywords.new", "manifest.new", "manifest.json")
_FIRST_FIELDS = {"embedding", "chunking", "articles", "format"}


def is_ours(name: str) -> bool:
    """Tell whether an index makes a file or folder of this name, a POSIX path relative to the index's folder."""
    return _OURS.fullmatch(name) is not None


def find_first_format(folder: Path) -> list[Path]:
    """List what an index of the first format left in its folder, in the order in which to delete it."""
    try:
        fields = json.loads((folder / _FIRST_FORMAT[-1]).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if not (isinstance(fields, dict) and fields.keys() >= _FIRST_FIELDS):
        return []
    return [folder / name for name in _FIRST_FORMAT]


def refuse_foreign(folder: Path) -> None:
    """Raise IndexUnavailable where a folder holds what no index does: somebody's own files."""
    before = find_first_format(folder)
    try:
        entries = list(_entries(folder))
    except OSError as error:
        raise IndexUnavailable(
            f"can't list {str(folder)!r} ({error.strerror}); let it be read, or name another folder with --index DIR"
        ) from error
    for path in entries:
        # systems put hidden files into any folder, and no index has one
        if not path.name.startswith(".") and path not in before and not is_ours(path.relative_to(folder).as_posix()):
            raise IndexUnavailable(
                f"{str(folder)!r} is no index's folder, as it holds {path.relative_to(folder).as_posix()!r}; name a "
                "new or empty folder with --index DIR"
            )


def _entries(folder: Path) -> Iterator[Path]:
    for place in (folder, *(folder / name for name in _SHARED)):
        if place.is_dir():
            yield from sorted(place.iterdir())


def drop_others(folder: Path, names: Collection[str]) -> None:
    """Delete every file that an index made in one of its folders, but those of these names."""
    for path in folder.glob("*"):
        if path.name not in names and is_ours(f"{folder.name}/{path.name}"):
            path.unlink()
