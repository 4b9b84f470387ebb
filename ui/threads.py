"""Let the window wait for slow work without waiting itself."""

import queue
import threading
from collections.abc import AsyncIterator, Callable, Generator
from typing import TypeVar, cast

from anyio import to_thread

__all__ = ["in_threads", "with_progress"]

T = TypeVar("T")


async def in_threads(items: Generator[T]) -> AsyncIterator[T]:
    """Give the items of a generator that may be slow, each awaited from a thread.

    Gradio iterates in threads too, but a person who starts a new chat would wait there for the step under way; here it
    is left to end by itself, and the generator closed then.
    """
    end = object()
    stepping = threading.Lock()

    def step() -> object:
        with stepping:
            return next(items, end)

    def close() -> None:
        with stepping:
            items.close()

    try:
        while (item := await to_thread.run_sync(step, abandon_on_cancel=True)) is not end:
            yield cast(T, item)
    finally:
        threading.Thread(target=close, name="parley-closing", daemon=True).start()


def with_progress(work: Callable[[Callable[[int, int], None]], T]) -> Generator[tuple[int, int] | T]:
    """Do work that tells how far it has come, and give that each time, and what it returns last.

    What the work raises is raised here.
    """
    told: queue.SimpleQueue[tuple[int, int] | None] = queue.SimpleQueue()
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work(lambda done, total: told.put((done, total))))
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            errors.append(error)
        told.put(None)

    threading.Thread(target=run, name="parley-work", daemon=True).start()
    while (how_far := told.get()) is not None:
        yield how_far
    if errors:
        raise errors[0]
    yield results[0]
