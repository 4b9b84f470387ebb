"""Make the picture of the chat window that the README opens with: python docs/make_screenshots.py."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from qa import Assistant
from ui.chat import window

QUESTIONS = ("Who greeted Blinken at the airport in Beijing?", "When did the US cut military contacts with China?")
PICTURE = Path(__file__).parent / "screenshot.png"


def main() -> None:
    """Ask the bundled articles two questions, open the first quote of the second, and take the picture."""
    with (
        tempfile.TemporaryDirectory() as index,
        Assistant.open(index=index) as assistant,
        sync_playwright() as playwright,
    ):
        assistant.sync()
        with window(assistant) as address:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
            page.goto(address)
            for number, question in enumerate(QUESTIONS):
                page.locator("#question textarea").fill(question)
                page.keyboard.press("Enter")
                page.locator(f'#conversation a[href="#cite-{number}-1"][aria-current]').first.wait_for()
            page.locator(f'#conversation a[href="#cite-{number}-1"]').first.click()
            page.locator("#pane mark.current").first.wait_for()
            page.mouse.move(0, 0)
            page.screenshot(path=PICTURE)
            browser.close()


if __name__ == "__main__":
    main()
