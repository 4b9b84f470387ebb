"""Show the chat window: the conversation, and beside it the articles that prove it."""

import contextlib
import html
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from qa import Assistant

from . import strings
from .conversation import QUESTION_LIMIT, Conversation, answering
from .guard import Guard, hosts_for
from .render import literal
from .server import listen, serving
from .showing import chosen, first_quote, overview
from .text import one_line
from .threads import in_threads

# Gradio looks up two foreign hosts unless this is set before its import; nothing here may leave the machine.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

__all__ = ["build_chat", "launch", "window"]

HERE = Path(__file__).parent
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
# Gradio's default answers one question at a time for everybody; a slow one would hold up all others.
ANSWERS_AT_ONCE = 8
QUESTIONS_WAITING = 64

Update = dict[Any, Any]


def build_chat(assistant: Assistant) -> gr.Blocks:
    """Lay out the window for an assistant.

    Nothing is kept here between two calls: each browser tab has a conversation of its own.
    """
    blocks = gr.Blocks(title=strings.PRODUCT, analytics_enabled=False, fill_width=True)
    with blocks:
        conversation = gr.State(())
        with gr.Row(elem_id="top"):
            gr.HTML(_brand(assistant), elem_id="brand")
            articles = gr.Button(strings.ARTICLES, elem_id="articles-button", size="sm")
            new_chat = gr.Button(strings.NEW_CHAT, elem_id="new-chat", size="sm")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="talk"):
                chatbot = gr.Chatbot(
                    label=strings.CONVERSATION,
                    show_label=False,
                    elem_id="conversation",
                    height="100%",
                    placeholder=f"## {strings.WELCOME}\n\n{literal(strings.WELCOME_DETAIL)}",
                    examples=[{"text": question} for question in assistant.example_questions],
                    buttons=[],
                    feedback_options=None,
                    latex_delimiters=[],
                    allow_tags=False,
                )
                with gr.Row(elem_id="ask"):
                    question = gr.Textbox(
                        label=strings.QUESTION,
                        show_label=False,
                        placeholder=strings.QUESTION_HINT,
                        lines=1,
                        max_lines=6,
                        max_length=QUESTION_LIMIT,
                        autofocus=True,
                        container=False,
                        elem_id="question",
                    )
                    send = gr.Button(strings.SEND, variant="primary", elem_id="send", min_width=88)
            with gr.Column(elem_id="evidence"):
                pane = gr.HTML(
                    overview(assistant),
                    elem_id="pane",
                    js_on_load=(HERE / "chat.js").read_text(encoding="utf-8"),
                    apply_default_css=False,
                )

        async def ask(asked: str, so_far: Conversation) -> AsyncIterator[Update]:
            yield {question: ""}
            if not asked.strip():
                return
            async for shown, done in in_threads(answering(assistant, asked, so_far)):
                if done is None:
                    yield {chatbot: shown}
                else:
                    yield {chatbot: shown, conversation: done, pane: first_quote(assistant, done)}

        async def ask_example(picked: gr.SelectData, so_far: Conversation) -> AsyncIterator[Update]:
            async for update in ask(str(picked.value["text"]), so_far):
                yield update

        def show(so_far: Conversation, clicked: gr.EventData) -> str:
            return chosen(assistant, so_far, clicked._data)

        def start_again() -> Update:
            return {chatbot: [], conversation: (), question: "", pane: overview(assistant)}

        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asking: dict[str, Any] = {
            **quiet,
            "outputs": [chatbot, question, conversation, pane],
            "concurrency_limit": ANSWERS_AT_ONCE,
            "concurrency_id": "answers",
        }
        asked = gr.on([question.submit, send.click], ask, [question, conversation], **asking)
        picked = chatbot.example_select(ask_example, [conversation], **asking)
        # these take no time, so they need not queue behind answers
        pane.click(show, [conversation], [pane], queue=False, **quiet)
        articles.click(lambda: overview(assistant), None, [pane], queue=False, **quiet)
        new_chat.click(
            start_again,
            None,
            [chatbot, conversation, question, pane],
            queue=False,
            cancels=[asked, picked],
            **quiet,
        )
    blocks.queue(max_size=QUESTIONS_WAITING, default_concurrency_limit=ANSWERS_AT_ONCE, api_open=False)
    return blocks


def launch(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int | None = 7860,
    *,
    on_ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Open the window and serve it until it is interrupted; `on_ready` is called with its address.

    Without a port, takes the first free one from 7860 on. Raises `OSError` with a message for the user where the host
    or port can't be had.
    """
    with window(assistant, host, port) as address:
        on_ready(address)
        never = threading.Event()
        with contextlib.suppress(KeyboardInterrupt):
            while not never.wait(1):  # one wait without an end can't be interrupted on Windows
                pass


@contextlib.contextmanager
def window(assistant: Assistant, host: str = "127.0.0.1", port: int | None = None) -> Iterator[str]:
    """Serve the window for as long as the context lasts, and give its address."""
    listener = listen(host, port)
    shown_host = f"[{host}]" if ":" in host else host
    with contextlib.closing(listener), serving(_app(assistant, host), listener):
        yield f"http://{shown_host}:{listener.getsockname()[1]}/"


def _app(assistant: Assistant, host: str) -> Guard:
    app = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        build_chat(assistant),
        path="/",
        footer_links=[],
        run_history=False,
        root_path="",
        show_error=False,
        max_file_size=0,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=MONOSPACE_FONTS).set(**FIRST_COLOURS),
        # in the head, because Gradio narrows `css` to its own container
        head=f"<style>{(HERE / 'chat.css').read_text(encoding='utf-8')}</style>",
    )
    return Guard(app, hosts_for(host))


def _brand(assistant: Assistant) -> str:
    about = html.escape(strings.answers_from(one_line(assistant.config.articles.name), len(assistant.articles)))
    return f'<h1>{strings.PRODUCT}</h1><p>{about}</p><div id="announcer" role="status" aria-live="polite"></div>'
