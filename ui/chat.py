"""Show the chat window: the conversation, and beside it the articles that prove it."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from fastapi import FastAPI

from qa import Assistant, ParleyError

from .guard import MCP_PATH, UPLOADS, Guard, hosts_for
from .library import Library
from .server import listen, serving
from .tools import serve_tools
from .uploads import upload_route

# Gradio looks up two foreign hosts unless this is set before its import; nothing here may leave the machine.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

from .acting import wire_acting
from .asking import ANSWERS_AT_ONCE, wire_asking
from .page import I18N, PRODUCT, Page
from .programs import offer_to_programs, offers
from .shelving import wire_shelving

__all__ = ["MCP_PATH", "build_chat", "launch", "window"]

HERE = Path(__file__).parent
STYLES = ("chat.css", "answers.css", "library.css")
# Base's own fonts come from a foreign host.
SYSTEM_FONTS = ("system-ui", "sans-serif")
MONOSPACE_FONTS = ("ui-monospace", "monospace")
# What the page shows before its style sheet is there, the same as in it.
FIRST_COLOURS = {
    "body_background_fill": "#f6f5f1",
    "body_background_fill_dark": "#14171a",
    "body_text_color": "#1f2429",
    "body_text_color_dark": "#e8e6e1",
}
QUESTIONS_WAITING = 64
# Gradio keeps what a tab held, about a megabyte, for 10,000 tabs; the ones used longest ago are forgotten first.
TABS_KEPT = 100


def build_chat(assistant: Assistant, library: Library | None = None, *, may_change: bool = True) -> gr.Blocks:
    """Lay out the window for an assistant; `may_change` tells whether articles may be added and removed from it.

    Nothing is kept here between two calls: each browser tab has a conversation of its own.
    """
    blocks = gr.Blocks(title=PRODUCT, analytics_enabled=False, fill_width=True)
    with blocks:
        page = Page(assistant, library or Library(assistant), may_change, blocks)
        offer_to_programs(assistant, page.library)  # first, for the names are theirs
        wire_asking(page)
        wire_acting(page)
        wire_shelving(page)
    blocks.state_session_capacity = TABS_KEPT
    blocks.queue(max_size=QUESTIONS_WAITING, default_concurrency_limit=ANSWERS_AT_ONCE, api_open=False)
    return blocks


def launch(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int | None = 7860,
    *,
    mcp: bool = False,
    on_ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Open the window and serve it until it is interrupted; `on_ready` is called with its address.

    With `mcp`, programs find the answers as tools of the Model Context Protocol too, at `MCP_PATH` of the address.

    Without a port, takes the first free one from 7860 on. Raises `OSError` with a message for the user where the host
    or port can't be had.
    """
    with window(assistant, host, port, mcp=mcp) as address:
        on_ready(address)
        never = threading.Event()
        with contextlib.suppress(KeyboardInterrupt):
            while not never.wait(1):  # one wait without an end can't be interrupted on Windows
                pass


@contextlib.contextmanager
def window(
    assistant: Assistant, host: str = "127.0.0.1", port: int | None = None, *, mcp: bool = False
) -> Iterator[str]:
    """Serve the window for as long as the context lasts, and give its address."""
    listener = listen(host, port)
    shown_host = f"[{host}]" if ":" in host else host
    with contextlib.closing(listener), serving(_app(assistant, host, mcp=mcp), listener), _warming(assistant):
        yield f"http://{shown_host}:{listener.getsockname()[1]}/"


@contextlib.contextmanager
def _warming(assistant: Assistant) -> Iterator[None]:
    """Ask something meanwhile, so that the models are loaded when the first question comes."""

    def ask() -> None:
        with contextlib.suppress(ParleyError):  # the first question will tell
            for question in assistant.example_questions[:1]:
                assistant.ask(question)

    thread = threading.Thread(target=ask, name="parley-warming", daemon=True)
    thread.start()
    yield
    thread.join()  # the assistant may be closed next


def _app(assistant: Assistant, host: str, *, mcp: bool) -> Guard:
    hosts = hosts_for(host)
    library = Library(assistant)
    # whoever can reach a window on the network may ask it, but not change the folder
    may_change = hosts is not None
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    if may_change:
        app.router.routes.append(upload_route(UPLOADS, library))
    if mcp:
        serve_tools(app, MCP_PATH, offers(assistant, library))
    app = gr.mount_gradio_app(
        app,
        build_chat(assistant, library, may_change=may_change),
        path="/",
        footer_links=[],
        run_history=False,
        root_path="",
        show_error=False,
        max_file_size=0,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,  # ours writes JSON
        i18n=I18N,
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=MONOSPACE_FONTS).set(**FIRST_COLOURS),
        # in the head, because Gradio narrows `css` to its own container
        head=f"<style>{''.join((HERE / name).read_text(encoding='utf-8') for name in STYLES)}</style>",
    )
    return Guard(app, hosts, mcp=mcp)
