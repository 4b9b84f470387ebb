"""Serve what is offered to programs as tools of the Model Context Protocol: the one file that knows `mcp`."""

import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial, wraps
from typing import Any

from anyio import to_thread
from fastapi import FastAPI

__all__ = ["serve_tools"]


def serve_tools(app: FastAPI, path: str, offered: Iterable[Callable[..., Any]]) -> None:
    """Add a route that serves functions as tools, over streamable HTTP without sessions.

    Results come as JSON. Call it before anything is mounted at the root.
    """
    from mcp.server.fastmcp import FastMCP
    from mcp.server.transport_security import TransportSecuritySettings

    # FastMCP sets up the root logger where nobody has: for all, though some libraries note all that they do
    if not logging.root.handlers and logging.lastResort:
        logging.root.addHandler(logging.lastResort)  # as without it: warnings are shown, by their words alone
    server = FastMCP(
        "Parley",
        stateless_http=True,
        json_response=True,
        streamable_http_path=path,
        # the guard minds by which name we are called
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    for function in offered:
        server.add_tool(_in_thread(function))
    app.router.routes.extend(server.streamable_http_app().routes)
    before = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(of: Any) -> AsyncIterator[Any]:
        async with before(of) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan


def _in_thread(function: Callable[..., Any]) -> Callable[..., Any]:
    """Answer without holding up others; the server calls a plain function where it stands."""

    @wraps(function)
    async def call(*arguments: Any, **named: Any) -> Any:
        return await to_thread.run_sync(partial(function, *arguments, **named))

    return call
