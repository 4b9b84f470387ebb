"""Stand between the browser and Gradio: who may ask, what may be asked for, and what the page may load or run.

Article text is escaped before it is shown; the policy here is the second wall, for the day that escaping fails.
"""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

__all__ = ["MCP_PATH", "UPLOADS", "Guard", "hosts_for"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = "; ".join(
    (
        "default-src 'none'",
        # Gradio compiles its HTML component's template; `{hashes}` are the scripts that it writes into the page
        "script-src 'self' 'unsafe-eval'{hashes}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
# Our own way in for articles.
UPLOADS = "/articles"
MCP_PATH = "/gradio_api/mcp/"
# What the window's page and programs ask for. Gradio's uploads, file server, proxy and monitoring stay shut.
OPEN_PATHS = (
    "/",
    UPLOADS,
    "/config",
    "/theme.css",
    "/manifest.json",
    "/favicon.ico",
    "/gradio_api/app_id",
    "/gradio_api/cancel",
    "/gradio_api/info",
    "/gradio_api/reset",
)
OPEN_FOLDERS = (
    "/assets/",
    "/gradio_api/call/",
    "/static/",
    "/svelte/",
    "/gradio_api/heartbeat/",
    "/gradio_api/queue/",
    "/gradio_api/run/",
)


def hosts_for(host: str) -> frozenset[str] | None:
    """Name the hosts that a window bound to `host` answers to; None for all.

    A page elsewhere can point a name of its own at this machine and read what a local server says, unless the server
    minds the name that it is called by. Bound to the network, we can't know our names.
    """
    return frozenset((*LOOPBACK, host)) if host in LOOPBACK or host.startswith("127.") else None


class Guard:
    """Wrap an ASGI application with the checks and headers of this module."""

    def __init__(self, app: App, hosts: Iterable[str] | None, *, mcp: bool = False) -> None:
        self.app = app
        self.paths = (*OPEN_PATHS, MCP_PATH) if mcp else OPEN_PATHS
        self.hosts = None if hosts is None else frozenset(hosts)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse one request or pass it on, and put our headers on the response."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self.refusal(scope)
        if refusal:
            await _refuse(_with_headers(send), *refusal)
        elif scope["path"] == "/":
            # the page must come in one piece and uncompressed, for its scripts to be found
            plain = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
            await self.app({**scope, "headers": plain}, receive, _with_script_hashes(send))
        else:
            await self.app(scope, receive, _with_headers(send))

    def refusal(self, scope: Message) -> tuple[int, str] | None:
        """Say with which status and words a request is refused, or None if it is fine."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        if self.hosts is not None and _hostname(host) not in self.hosts:
            return 400, "Unknown host. Open the address that Parley printed."
        origin = headers.get(b"origin")
        if origin is not None and scope["method"] not in ("GET", "HEAD") and origin.partition("://")[2] != host:
            return 403, "Another page may not ask in your name."
        path = scope["path"]
        if path not in self.paths and (not path.startswith(OPEN_FOLDERS) or ".." in path):
            return 404, "There is nothing here."
        return None


def _with_headers(send: Send, hashes: str = "") -> Send:
    ours = ((b"content-security-policy", POLICY.format(hashes=hashes).encode()), *HEADERS)
    names = {name for name, _ in ours}

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            theirs = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in names]
            message = {**message, "headers": [*theirs, *ours]}
        await send(message)

    return send_with_headers


def _with_script_hashes(send: Send) -> Send:
    start: Message = {}
    body = bytearray()

    async def send_when_complete(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
            return
        body.extend(message.get("body", b""))
        if not message.get("more_body"):
            hashes = "".join(
                f" 'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in INLINE_SCRIPT.findall(body)
            )
            onward = _with_headers(send, hashes)
            await onward(start)
            await onward({"type": "http.response.body", "body": bytes(body)})

    return send_when_complete


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


async def _refuse(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
