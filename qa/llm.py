"""Open a language model, and read what it writes piece by piece: in time, and ended when nobody listens."""

import asyncio
import re
import threading
import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from contextlib import aclosing, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from vectorstore import ParleyError

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage
    from llama_index.core.llms import LLM

__all__ = ["TIMEOUT", "ModelFailed", "open_llm", "read_pieces"]

TIMEOUT = 120.0  # seconds for a whole answer, for a model that names no `timeout` of its own
_CONTEXT = 4096  # tokens; what Ollama gives a model unless told otherwise
_MOST_CHARACTERS = 20_000
_KEY = re.compile(r"[!-~]+")  # what a header can carry


class ModelFailed(Exception):
    """Tell in a few words why a language model gave no answer."""


def open_llm(
    url: str, model: str, key: str | None = None, *, timeout: float = TIMEOUT, context: int = _CONTEXT
) -> "LLM":
    """Open a model at an OpenAI-compatible address, such as http://localhost:11434/v1; nothing is sent yet.

    `timeout` is in seconds, for a whole answer; `context` is how many tokens the model reads and writes at once.

    Raises ParleyError where the address is none, or the key is none that can be sent.
    """
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise ParleyError(f"{url!r} is no address of a language model; write it as http://localhost:11434/v1")
    if key and not _KEY.fullmatch(key):
        raise ParleyError(
            f"the key for {url!r} holds a space, a line's end or a letter that no key has; set PARLEY_LLM_KEY anew"
        )
    from .endpoint import Endpoint  # loads the OpenAI client, which answers without a model do without

    return Endpoint(
        model=model, api_base=url.rstrip("/"), api_key=key or "none", timeout=timeout, context_window=context
    )


def read_pieces(llm: "LLM", messages: "Sequence[ChatMessage]", deadline: float) -> Generator[str, None, None]:
    """Yield what a model writes, as it comes; closing the iterator ends the call to the model.

    The model runs in an event loop of its own, in a thread, so that one that hangs can be left. `deadline` is on the
    clock of time.monotonic.

    Raises ModelFailed where the model does, is not done by the deadline, or never ends.
    """
    pieces: SimpleQueue[str | ModelFailed | None] = SimpleQueue()
    running: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None] | None]] = Future()

    async def pump() -> None:
        running.set_result((asyncio.get_running_loop(), asyncio.current_task()))
        try:
            async with aclosing(await llm.astream_chat(messages)) as stream:
                async for response in stream:
                    pieces.put(response.delta or "")
            pieces.put(None)
        except ModelFailed as failed:
            pieces.put(failed)
        except Exception as error:  # noqa: BLE001 - a model is anybody's code; whatever it raises, it gave no answer
            pieces.put(ModelFailed(f"it failed ({type(error).__name__})"))

    def run() -> None:
        with suppress(asyncio.CancelledError):
            asyncio.run(pump())

    threading.Thread(target=run, name="language model", daemon=True).start()
    loop, task = running.result()
    try:
        yield from _until(deadline, pieces)
    finally:
        with suppress(RuntimeError):  # the loop is closed: all has been read
            if task is not None:
                loop.call_soon_threadsafe(task.cancel)


def _until(deadline: float, pieces: "SimpleQueue[str | ModelFailed | None]") -> Generator[str, None, None]:
    left = _MOST_CHARACTERS
    while True:
        try:
            piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise ModelFailed("it was not done in time") from None
        if piece is None:
            return
        if isinstance(piece, ModelFailed):
            raise piece
        left -= len(piece)
        if left < 0:
            raise ModelFailed("it wrote without end")
        yield piece
