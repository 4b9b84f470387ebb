"""Serve an ASGI application from a thread of its own, on a port that is known to be ours."""

import contextlib
import errno
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

import uvicorn

__all__ = ["listen", "serving"]

FIRST_PORT = 7860
PORTS_TO_TRY = 100


def listen(host: str, port: int | None) -> socket.socket:
    """Open a listening socket; without a port, on the first free one from 7860 on.

    Raises `OSError` with a message for the user: a port in use, a port or host that doesn't exist.
    """
    if port is None:
        for candidate in range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY):
            try:
                return _bind(host, candidate)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise OSError(
                        f"can't serve on host {host!r}: {error.strerror}; name another with --host"
                    ) from error
        port = FIRST_PORT
    try:
        return _bind(host, port)
    except OverflowError as error:
        raise OSError(f"port {port} does not exist; name one from 1 to 65535 with --port") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise OSError(f"port {port} on {host} is in use; name another with --port") from error
        if error.errno == errno.EACCES:
            raise OSError(f"port {port} needs rights that you don't have; name one above 1023 with --port") from error
        raise OSError(f"can't serve on host {host!r}: {error.strerror}; name another with --host") from error


@contextlib.contextmanager
def serving(app: Any, listener: socket.socket) -> Iterator[threading.Thread]:
    """Serve `app` for as long as the context lasts, then end the connections that remain."""
    # A browser keeps a connection open for as long as its page is; a second after we stop, they are cut.
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1, lifespan="on", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="parley-window", daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
            if not thread.is_alive():
                raise OSError("the chat window could not start")
        yield thread
    finally:
        server.should_exit = True
        thread.join()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
