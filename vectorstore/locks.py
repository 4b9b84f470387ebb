"""Let one process write an index at a time, and keep what other processes still read."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import IndexUnavailable
from .ownership import refuse_foreign

try:
    import fcntl
except ImportError:  # Windows keeps by itself what is open from being deleted
    fcntl = None  # type: ignore[assignment]

__all__ = ["is_leased", "lease", "refuse_second_writer", "writing"]

_PATIENCE_SECONDS = 0.1
# Where there is nothing to answer from until another writer is done.
_LONG_PATIENCE_SECONDS = 300


@contextmanager
def writing(folder: Path, *, is_patient: bool = False) -> Iterator[None]:
    """Keep others from writing the index in `folder` for as long as the context lasts.

    The operating system gives the lock back when its holder ends, however it ends. Where another process has it,
    or another index in this one, who is patient waits some minutes for it. Raises IndexUnavailable, naming the holder,
    where that still has it, and where the folder holds somebody's own files.
    """
    refuse_foreign(folder)
    holder = folder / "writer.json"
    try:
        patience = _LONG_PATIENCE_SECONDS if is_patient else _PATIENCE_SECONDS
        with FileLock(folder / "lock", timeout=patience):
            holder.write_text(json.dumps(_myself()), encoding="utf-8")
            try:
                yield
            finally:
                with suppress(OSError):
                    holder.unlink()
    except Timeout:
        raise IndexUnavailable(
            f"the index {str(folder)!r} is being written by {_named(holder)}; try again when that is done"
        ) from None


def refuse_second_writer(folder: Path) -> None:
    """Raise IndexUnavailable, naming the holder, where another process is writing the index in `folder`.

    What takes a while to find out what there is to write can tell early that it can't.
    """
    if (folder / "lock").exists():
        # that a folder can't be written at all is told, with the remedy, when it has to be
        with suppress(OSError), writing(folder):
            pass


def _myself() -> dict[str, object]:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"process": os.getpid(), "host": socket.gethostname(), "program": Path(sys.argv[0]).name, "since": since}


def _named(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {told['process']} on {told['host']} ({told['program']}) since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def lease(path: Path) -> int:
    """Open a file for as long as what it stands for is read; closing the descriptor ends the lease."""
    descriptor = os.open(path, os.O_RDONLY)
    if fcntl is not None:
        with suppress(OSError):  # some network folders know no locks
            fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_leased(path: Path) -> bool:
    """Tell whether some process holds a lease of this file; a process that ended holds none."""
    if fcntl is None:
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
