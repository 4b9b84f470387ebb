"""A browser for the tests of the chat window, and a record of what it asked for."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Error,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from ui.strings import ENGLISH

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Chromium itself calls home unless told not to; as root it only starts without its sandbox.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)

DESK = ViewportSize(width=1280, height=800)

Open = Callable[..., "Visit"]
Show = Callable[..., "Visit"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium; without one, skip the tests, or fail them where CI must have it."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        reason = "no Chromium on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Visit:
    """Open the window in a tab, and note everything that a page should never do."""

    def __init__(self, page: Page, address: str, *, is_shared: bool = False) -> None:
        self.page, self.context, self.address = page, page.context, address
        self.hosts: set[str | None] = set()
        self.wrongs: list[str] = []
        self._is_shared = is_shared
        if is_shared:  # whoever was here before leaves nothing behind
            if not page.url.startswith(address):
                page.goto(f"{address}nothing")
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self._open(page)

    def new_tab(self) -> Page:
        """Open one more tab of the same person."""
        page = self.context.new_page()
        self._open(page)
        return page

    def _open(self, page: Page) -> None:
        for event, note in self._notes():
            page.on(event, note)  # type: ignore[call-overload]
        page.goto(self.address)
        page.locator("#question textarea").wait_for()
        page.locator("#pane .pane").wait_for(state="attached")

    def _notes(self) -> tuple[tuple[str, Callable[[Any], None]], ...]:
        return (
            ("request", self._on_request),
            ("pageerror", self._on_error),
            ("console", self._on_console),
            ("dialog", self._on_dialog),
            ("popup", self._on_popup),
        )

    def _on_request(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).hostname)

    def _on_error(self, error: Error) -> None:
        self.wrongs.append(f"script error: {error}")

    def _on_console(self, said: ConsoleMessage) -> None:
        # a test may close its window before its tab, which then still looks for it
        if said.type == "error" and "net::ERR_CONNECTION_" not in said.text:
            self.wrongs.append(f"console: {said.text}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self.wrongs.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _on_popup(self, popup: Page) -> None:
        self.wrongs.append(f"popup: {popup.url}")

    def close(self) -> None:
        """Close the tabs, or leave one that is shared, and insist that they did nothing wrong."""
        if self._is_shared:
            self._leave()
        else:
            self.context.close()
        assert not self.wrongs, self.wrongs
        assert self.hosts <= {"127.0.0.1"}

    def _leave(self) -> None:
        for other in self.context.pages:
            if other is not self.page:
                other.close()
        self.page.title()  # what happened until now is told before it answers
        for event, note in self._notes():
            self.page.remove_listener(event, note)
        with suppress(Error):  # a test may close its window before its tab
            self.page.goto(f"{self.address}nothing")  # from where the next visit loads in half the time
        self.context.clear_permissions()


def ask(page: Page, question: str, *, cites: bool = True) -> Locator:
    """Ask as a person does, wait for the answer, with its links to quotes or passages, and give its message."""
    replies = page.locator("#conversation [data-testid=bot]")
    expect(page.locator("#send")).to_be_visible()  # the answer before is whole
    index = replies.count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    reply = replies.nth(index)
    expect(reply).to_be_visible()
    expect(reply).not_to_contain_text(ENGLISH.reading)
    if cites:
        expect(reply.locator(f'a[href^="#cite-{index}-"], a[href^="#near-{index}-"]').first).to_be_visible()
    return reply


def said(reply: Locator) -> Locator:
    """Find an answer's own words, without its sources and buttons."""
    return reply.locator(".prose > p:not([class])")
