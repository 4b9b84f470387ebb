"""Make the pictures of the chat window that stand in the README: python docs/make_screenshots.py."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from qa import Assistant
from ui.chat import window

QUESTIONS = ("Who greeted Blinken at the airport in Beijing?", "When did the US cut military contacts with China?")
FOLDER = Path(__file__).parent


def main() -> None:
    """Take the pictures over the bundled articles: asking in light and dark, the library, and a phone."""
    with (
        tempfile.TemporaryDirectory() as index,
        Assistant.open(index=index) as assistant,
        sync_playwright() as playwright,
    ):
        assistant.sync()
        with window(assistant) as address:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = visit(browser, address, 1280, 800, "light")
            ask(page)
            take(page, "screenshot")
            page = visit(browser, address, 1280, 800, "dark")
            ask(page)
            page.locator("#articles-button").click()
            page.locator("#library-tools [name=text]").fill("china")
            page.locator("#note .narrowed").wait_for()
            take(page, "screenshot-library")
            page = visit(browser, address, 390, 844, "light")
            ask(page)
            page.locator('#conversation a[href="#cite-1-1"]').first.click()
            page.locator("#evidence.open mark.current").first.wait_for()
            page.wait_for_timeout(400)  # the sheet slides in
            take(page, "screenshot-phone")
            browser.close()


def visit(browser: Browser, address: str, width: int, height: int, scheme: str) -> Page:
    """Open the window in a tab of its own."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.locator("#conversation .example").first.wait_for()
    return page


def ask(page: Page) -> None:
    """Ask the questions, and wait for each answer and its quote."""
    for number, question in enumerate(QUESTIONS):
        page.locator("#question textarea").fill(question)
        page.keyboard.press("Enter")
        page.locator(f'#conversation a[href="#do-retry-{number}"]').wait_for()


def take(page: Page, name: str) -> None:
    """Take one picture, with no pointer over anything."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
