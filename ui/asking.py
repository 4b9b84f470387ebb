"""Wire the conversation: ask, stop, retry, edit, begin anew, and take up an earlier chat."""

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr
from anyio import move_on_after, to_thread

from . import outbox
from .conversation import Conversation, answering, messages
from .page import Edit, Page, Update, dialogs_html, placeholder, words_for
from .saved import read_conversation
from .shelf import Filter
from .showing import first_quote
from .strings import ENGLISH, Strings
from .suggesting import with_suggestions
from .threads import in_threads

__all__ = ["wire_asking"]

# Gradio's default answers one question at a time for everybody; a slow one would hold up all others.
ANSWERS_AT_ONCE = 8
# Where examples are still being made, as just after the start, an answer doesn't wait for suggestions any longer.
SUGGESTING = 1.0  # seconds


def wire_asking(page: Page) -> None:
    """Let the page ask questions."""

    async def asking(asked: str, before: Conversation, wanted: Filter, say: Strings) -> AsyncIterator[Update]:
        note = page.note_html(None, wanted, say)
        yield {page.editing: None, page.note: note, page.send: hidden, page.stop: shown}
        steps = answering(page.assistant, asked, before, say, page.among(wanted))
        is_kept = False
        async for said, conversation, done in in_threads(steps):
            update: Update = {page.chatbot: said, page.conversation: conversation}
            if done:
                update[page.pane] = first_quote(page.assistant, conversation, say) or page.overview(wanted, say)
            if done or not is_kept:  # at once, for the page may be left before the answer is there
                update[page.outbox] = outbox.keep(conversation)
                is_kept = True
            yield update
        suggested = conversation
        with move_on_after(SUGGESTING):
            suggested = await to_thread.run_sync(with_suggestions, page.assistant, conversation, abandon_on_cancel=True)
        if suggested == conversation:
            yield idle
        else:
            said = messages(suggested, say)
            kept = outbox.keep(suggested)
            yield {page.chatbot: said, page.conversation: suggested, page.outbox: kept, **idle}

    async def ask(
        asked: str, so_far: Conversation, editing: Edit | None, wanted: Filter, request: gr.Request
    ) -> AsyncIterator[Update]:
        yield {page.question: editing.draft if editing and asked.strip() else ""}
        if not asked.strip():
            return
        before = so_far[: editing.index] if editing else so_far
        async for update in asking(asked, before, wanted, words_for(request)):
            yield update

    async def ask_example(
        picked: gr.SelectData, so_far: Conversation, wanted: Filter, request: gr.Request
    ) -> AsyncIterator[Update]:
        async for update in asking(str(picked.value["text"]), so_far, wanted, words_for(request)):
            yield update

    async def ask_suggested(
        so_far: Conversation, editing: Edit | None, wanted: Filter, picked: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Update]:
        exchange = _picked(so_far, picked._data)
        number = int(picked._data["number"])
        if exchange is not None and 0 <= number < len(so_far[exchange].suggested):
            yield draft_again(editing)
            async for update in asking(so_far[exchange].suggested[number], so_far, wanted, words_for(request)):
                yield update

    async def retry(
        so_far: Conversation, editing: Edit | None, wanted: Filter, picked: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Update]:
        index = _picked(so_far, picked._data)
        if index is not None:
            yield draft_again(editing)
            async for update in asking(so_far[index].question, so_far[:index], wanted, words_for(request)):
                yield update

    def edit(
        written: str,
        so_far: Conversation,
        editing: Edit | None,
        wanted: Filter,
        picked: gr.EventData,
        request: gr.Request,
    ) -> Update:
        index = _picked(so_far, picked._data)
        if index is None:
            return {page.editing: None}
        begun = Edit(index, editing.draft if editing else written)
        note = page.note_html(begun, wanted, words_for(request))
        return {page.question: so_far[index].question, page.editing: begun, page.note: note}

    def leave_edit(editing: Edit | None, wanted: Filter, request: gr.Request) -> Update:
        return without_edit(wanted, words_for(request)) | draft_again(editing)

    def draft_again(editing: Edit | None) -> Update:
        """Put what was being written before an edit back; without one, what is being written stays."""
        return {page.question: editing.draft if editing else gr.skip()}

    def without_edit(wanted: Filter, say: Strings) -> Update:
        return {page.editing: None, page.note: page.note_html(None, wanted, say)}

    def stop(so_far: Conversation, request: gr.Request) -> Update:
        return {page.chatbot: messages(so_far, words_for(request)), page.outbox: outbox.keep(so_far), **idle}

    def begin_anew(wanted: Filter, request: gr.Request) -> Update:
        say = words_for(request)
        return {
            page.chatbot: [],
            page.conversation: (),
            page.question: "",
            page.pane: page.overview(wanted, say),
            **without_edit(wanted, say),
            **idle,
        }

    def take_up(editing: Edit | None, wanted: Filter, kept: gr.EventData, request: gr.Request) -> Update:
        say = words_for(request)
        conversation = read_conversation(kept._data.get("kept"), page.assistant, say)
        pane = conversation and first_quote(page.assistant, conversation, say)
        update: Update = {
            page.chatbot: messages(conversation, say),
            page.conversation: conversation,
            page.pane: pane or page.overview(wanted, say),
            **idle,
        }
        # an edit belongs to the chat that is left; a draft may be meant for the one that is taken up
        return update if editing is None else update | without_edit(wanted, say) | draft_again(editing)

    def arrive(request: gr.Request) -> Update:
        """Bring a page that was laid out earlier, and in English, up to date."""
        say = words_for(request)
        fresh = {
            page.brand: page.brand_html(say),
            page.tools: page.tools_html(Filter(), say),
            page.pane: page.overview(Filter(), say),
            page.dialogs: dialogs_html(say),
        }
        # what is there already is not sent, and shown, twice
        updates: Update = {part: written for part, written in fresh.items() if part.value != written}
        return updates | {page.chatbot: gr.Chatbot(placeholder=placeholder(say)) if say != ENGLISH else gr.skip()}

    def offer_examples() -> Update:
        questions = page.assistant.example_questions
        return {page.chatbot: gr.Chatbot(examples=[{"text": question} for question in questions])}

    shown, hidden = gr.update(visible=True), gr.update(visible=False)
    idle: Update = {page.send: shown, page.stop: hidden}
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    everything = [
        page.chatbot, page.question, page.conversation, page.editing, page.pane, page.note, page.send, page.stop,
        page.outbox,
    ]  # fmt: skip
    answers: dict[str, Any] = {
        **quiet,
        "outputs": everything,
        "concurrency_limit": ANSWERS_AT_ONCE,
        "concurrency_id": "answers",
    }
    told = [page.conversation, page.editing, page.wanted]
    asked = [
        gr.on(
            [page.question.submit, page.send.click],
            ask,
            [page.question, *told],
            **answers,
        ),
        page.chatbot.example_select(ask_example, [page.conversation, page.wanted], **answers),
        page.pane.select(ask_suggested, told, **answers),
        page.pane.retry(retry, told, **answers),
    ]
    # these take no time, so they need not queue behind answers
    quick: dict[str, Any] = {**quiet, "outputs": everything, "queue": False}
    page.pane.edit(edit, [page.question, *told], **quick)
    page.pane.clear(leave_edit, [page.editing, page.wanted], **quick)
    # The page sends a function's own cancelling after its result, and what was on its way would be shown over that. So
    # cancel first (what listens to one event is called in turn), and send the result through the queue: it comes on the
    # same stream, behind all of the answer's.
    behind: dict[str, Any] = {**quiet, "outputs": everything, "concurrency_limit": None}
    for happens, then, inputs in (
        (page.stop.click, stop, [page.conversation]),
        (page.new_chat.click, begin_anew, [page.wanted]),
        (page.pane.expand, take_up, [page.editing, page.wanted]),
    ):
        happens(None, cancels=asked, **quiet)
        happens(then, inputs, **behind)
    page.blocks.load(
        arrive, None, [page.brand, page.tools, page.pane, page.dialogs, page.chatbot], queue=False, **quiet
    )
    page.blocks.load(offer_examples, None, [page.chatbot], queue=False, **quiet)


def _picked(conversation: Conversation, choice: Any) -> int | None:
    """Read which exchange the browser means."""
    try:
        index = int(choice["answer"])
    except (LookupError, TypeError, ValueError):
        return None
    return index if 0 <= index < len(conversation) else None
