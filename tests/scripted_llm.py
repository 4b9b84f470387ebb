"""A language model's server that speaks the real protocol and says, or fails at, what a test tells it to."""

import json
import select
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

__all__ = ["FAULTS", "ScriptedServer"]

CERTIFICATE = Path(__file__).parent / "data" / "self-signed.pem"
Script = Callable[[list[dict[str, str]]], str | Sequence[str]]


class ScriptedServer(ThreadingHTTPServer):
    """Serve `/v1/chat/completions`; `script` gets the messages and gives the reply, or the pieces to send it in.

    `fault` names one of FAULTS. `requests` remembers what came in; `left` is set when a listener goes away before the
    end, and `release` lets what waits go on.
    """

    daemon_threads = True

    def __init__(self, script: Script | str = "", fault: str = "", *, tls: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: Script = script if callable(script) else lambda _: script
        self.fault = fault
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.left, self.release = threading.Event(), threading.Event()
        self._scheme = "https" if tls else "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that go away and handshakes that fail are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ScriptedServer

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers["Authorization"])
        try:
            if self.server.fault:
                FAULTS[self.server.fault](self)
            else:
                self.reply(self.server.script(body["messages"]))
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()
            self.close_connection = True

    def reply(self, text: str | Sequence[str], *, ends: bool = True) -> None:
        """Stream a text, a piece at a time."""
        self.begin()
        for piece in _pieces(text):
            self.send_piece(piece)
        if ends:
            self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            self.chunk(b"data: [DONE]\n\n")
            self.chunk(b"")

    def send_piece(self, piece: str) -> None:
        if piece == "<wait>":
            self.wait()
        else:
            self.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})

    def wait(self) -> None:
        """Wait to be released, or for the listener to leave."""
        while not self.server.release.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.02)
            if readable and not self.connection.recv(1):
                raise BrokenPipeError

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def event(self, fields: dict[str, Any]) -> None:
        event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", **fields}
        self.chunk(f"data: {json.dumps(event)}\n\n".encode())

    def chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def refuse(self, status: int, message: str, **headers: str) -> None:
        """Send an error that repeats the key, as some servers do."""
        body = json.dumps({"error": {"message": f"{message} {self.headers['Authorization']}"}}).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _pieces(text: str | Sequence[str]) -> Iterator[str]:
    if isinstance(text, str):
        yield from (text[at : at + 7] for at in range(0, len(text), 7))
    else:
        yield from text


def _drip(handler: _Handler) -> None:
    handler.begin()
    while not handler.server.release.wait(0.05):
        handler.send_piece("a ")


def _cut(handler: _Handler) -> None:
    handler.reply("The talks were hel", ends=False)
    handler.close_connection = True
    handler.connection.close()


def _send(*events: bytes) -> Callable[[_Handler], None]:
    def send(handler: _Handler) -> None:
        handler.begin()
        for event in events:
            handler.chunk(event)
        handler.chunk(b"")

    return send


def _enormous(handler: _Handler) -> None:
    handler.begin()
    for _ in range(1000):
        handler.send_piece("enormous " * 1200)
    time.sleep(0)


FAULTS: dict[str, Callable[[_Handler], None]] = {
    "401": lambda handler: handler.refuse(401, "Incorrect API key provided:"),
    "429": lambda handler: handler.refuse(429, "Too many requests", Retry_After="7"),
    "500": lambda handler: handler.refuse(500, "Internal error"),
    "wrong model": lambda handler: handler.refuse(404, "model not found"),
    "hang": lambda handler: handler.wait(),
    "slow drip": _drip,
    "cut in mid-word": _cut,
    "broken JSON": _send(b'data: {"choices": [{"delta": {"con\n\n'),
    "broken SSE": _send(b"\x00\xff\xfe<html>502 Bad Gateway</html>\n\n" * 3),
    "empty": _send(b"data: [DONE]\n\n"),
    "enormous": _enormous,
}
