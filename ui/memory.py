"""Keep a window that runs for days from growing."""

import ctypes
import sys

__all__ = ["bound_arenas"]

_M_ARENA_MAX = -8
"""The number by which glibc's malloc.h knows the setting."""
_ARENAS = 2


def bound_arenas() -> None:
    """Let the C library spread what it allocates over two arenas only, not over eight for each core.

    Each index that another process switches to is read by new threads of Chroma, and what is scattered over the arenas
    of those that ended is not used again. Call it before any thread starts; glibc alone has arenas.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, _ARENAS)
