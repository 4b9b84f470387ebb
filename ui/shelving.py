"""Wire the library: narrow the list, sync the folder, add and remove articles."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import gradio as gr

from qa import ArticlesVanished, ParleyError, SyncReport

from .library import LibraryError
from .library_view import folder_note, outcome, progress_bar
from .page import Edit, Page, Update, words_for
from .shelf import Filter
from .strings import Strings
from .text import one_line
from .threads import in_threads, with_progress

__all__ = ["wire_shelving"]


def wire_shelving(page: Page) -> None:
    """Let the page narrow the list, and change the folder if it may."""

    def narrow(editing: Edit | None, clicked: gr.EventData, request: gr.Request) -> Update:
        wanted, say = Filter.read(clicked._data), words_for(request)
        return {
            page.wanted: wanted,
            page.pane: page.overview(wanted, say),
            page.note: page.note_html(editing, wanted, say),
        }

    def look(noted: str, request: gr.Request) -> Any:
        note = folder_note(page.library.pending(), words_for(request))
        return gr.skip() if note == noted else note

    async def syncing(
        say: Strings,
        told: str,
        refused: list[tuple[str, str]],
        *,
        undo: str = "",
        confirmed: bool = False,
    ) -> AsyncIterator[Update]:
        """Sync with a progress bar, then tell what became of it; without words of its own, what the sync changed."""
        yield {page.status: progress_bar(say.syncing), page.folder: ""}
        work = partial(page.library.sync, confirmed=confirmed)
        anyway = False
        try:
            async for step in in_threads(with_progress(work)):
                if isinstance(step[0], SyncReport):
                    report, not_articles = step
                    refused += not_articles.items()
                    added, updated, removed = len(report.added), len(report.updated), len(report.removed)
                    words = say.synced.format(added=added, updated=updated, removed=removed)
                    told = told or (words if report.changed else say.up_to_date)
                else:
                    yield {page.status: progress_bar(say.syncing, *step)}
        except ParleyError as error:
            told, anyway = str(error), isinstance(error, ArticlesVanished)
        yield {page.status: outcome(told, refused, say, undo=undo, anyway=anyway)}

    def show_anew(editing: Edit | None, wanted: Filter, request: gr.Request) -> Update:
        say = words_for(request)
        return {
            page.brand: page.brand_html(say),
            page.tools: page.tools_html(wanted, say),
            page.note: page.note_html(editing, wanted, say),
            page.pane: page.overview(wanted, say),
        }

    async def sync(clicked: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        confirmed = clicked._data.get("confirmed") is True
        async for update in syncing(words_for(request), "", [], confirmed=confirmed):
            yield update

    async def take_in(uploaded: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        async for update in syncing(words_for(request), "", _refused(uploaded._data)):
            yield update

    async def remove(clicked: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        say, source = words_for(request), str(clicked._data.get("source"))
        try:
            others_gone = page.library.pending().removed
            title = next((one_line(a.title) for a in page.library.shelf.articles if a.source == source), source)
            ticket = page.library.remove(source)
        except LibraryError as error:
            yield {page.status: outcome(str(error), (), say)}
            return
        place = page.assistant.config.kept / "removed"
        async for update in syncing(
            say, say.removed.format(title=title, place=place), [], undo=ticket, confirmed=not others_gone
        ):
            yield update

    async def put_back(clicked: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        say = words_for(request)
        try:
            name = page.library.put_back(str(clicked._data.get("ticket")))
        except LibraryError as error:
            yield {page.status: outcome(str(error), (), say)}
            return
        async for update in syncing(say, say.put_back.format(name=name), []):
            yield update

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    page.pane.apply(narrow, [page.editing], [page.wanted, page.pane, page.note], queue=False, **quiet)
    if page.may_change:
        changing: dict[str, Any] = {
            **quiet,
            "inputs": None,
            "outputs": [page.status, page.folder],
            "concurrency_id": "library",
            "concurrency_limit": 1,
        }
        for happens, change in (
            (page.pane.submit, sync),
            (page.pane.upload, take_in),
            (page.pane.delete, remove),
            (page.pane.undo, put_back),
        ):
            # read only now what is wanted and edited, for it may have changed while the folder was synced
            happens(change, **changing).then(
                show_anew,
                [page.editing, page.wanted],
                [page.brand, page.tools, page.note, page.pane],
                queue=False,
                **quiet,
            )
        gr.on([page.clock.tick, page.blocks.load], look, [page.folder], [page.folder], queue=False, **quiet)


def _refused(uploaded: Any) -> list[tuple[str, str]]:
    """Read which files were refused before the sync, as the browser was told."""
    pairs = uploaded.get("refused", []) if isinstance(uploaded, dict) else []
    return [(str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2]
