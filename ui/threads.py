"""Let the window wait for slow work without waiting itself."""

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar, cast

from anyio import to_thread

__all__ = ["in_threads"]

T = TypeVar("T")


async def in_threads(items: Iterator[T]) -> AsyncIterator[T]:
    """Give the items of an iterator that may be slow, each awaited from a thread.

    Gradio iterates in threads too, but a person who starts a new chat would wait there for the step under way; here it
    is left to end by itself.
    """
    end = object()
    while (item := await to_thread.run_sync(next, items, end, abandon_on_cancel=True)) is not end:
        yield cast(T, item)
