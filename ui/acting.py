"""Wire what can be done with an answer: show a quote, copy, export, like and dislike."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import gradio as gr

from . import outbox
from .conversation import Conversation, Opinion, messages
from .export import FORMATS, export
from .feedback import note_opinion
from .page import Page, Update, words_for
from .shelf import Filter
from .showing import chosen

__all__ = ["wire_acting"]


def wire_acting(page: Page) -> None:
    """Let the page act on its answers."""

    def show(so_far: Conversation, wanted: Filter, clicked: gr.EventData, request: gr.Request) -> str:
        say = words_for(request)
        shown = chosen(page.assistant, so_far, clicked._data, say)
        return shown or page.overview(wanted, say, "" if clicked._data.get("show") == "list" else say.gone)

    def copy(so_far: Conversation, clicked: gr.EventData, request: gr.Request) -> Any:
        index = answered(so_far, clicked._data)
        if index is None:
            return gr.skip()
        return outbox.copy(str(so_far[index].answer).replace("**", ""), words_for(request).copied)

    def save(so_far: Conversation, clicked: gr.EventData, request: gr.Request) -> Any:
        index, form = answered(so_far, clicked._data), str(clicked._data.get("form"))
        if index is None or form not in FORMATS:
            return gr.skip()
        exported = so_far if clicked._data.get("whole") else so_far[index : index + 1]
        suffix, media_type = FORMATS[form]
        words = re.sub(r"\W+", "-", exported[0].question.lower())[:40].strip("-")
        name = f"parley-{date.today():%Y-%m-%d}-{words}.{suffix}"
        return outbox.download(name, media_type, export(exported, form), words_for(request).exported.format(name=name))

    def like(so_far: Conversation, clicked: gr.EventData, request: gr.Request) -> Update:
        say = words_for(request)
        index, opinion = answered(so_far, clicked._data), clicked._data.get("opinion")
        if index is None or opinion not in get_args(Opinion):
            return {page.outbox: gr.skip()}
        # the same choice again takes it back
        exchange = replace(so_far[index], opinion="" if so_far[index].opinion == opinion else opinion)
        conversation = (*so_far[:index], exchange, *so_far[index + 1 :])
        file = page.assistant.config.kept / "feedback.jsonl"
        try:
            note_opinion(file, conversation, index)
        except OSError as error:
            return {page.outbox: outbox.tell(say.not_noted.format(reason=error.strerror or error))}
        told = say.noted.format(file=file)
        return {
            page.chatbot: messages(conversation, say),
            page.conversation: conversation,
            page.outbox: outbox.keep(conversation, told),
        }

    quick: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    page.pane.click(show, [page.conversation, page.wanted], [page.pane], **quick)
    page.pane.copy(copy, [page.conversation], [page.outbox], **quick)
    page.pane.download(save, [page.conversation], [page.outbox], **quick)
    page.pane.like(like, [page.conversation], [page.chatbot, page.conversation, page.outbox], **quick)


def answered(conversation: Conversation, choice: Any) -> int | None:
    """Read which answer the browser means; None where there is none."""
    try:
        index = int(choice["answer"])
        return index if index >= 0 and conversation[index].answer is not None else None
    except (LookupError, TypeError, ValueError):
        return None
