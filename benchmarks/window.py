"""Time the chat window in a browser: until the page can be used, and until the first words of an answer.

.venv/bin/python benchmarks/window.py [FOLDER]
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from qa import Assistant
from ui.chat import window

QUESTIONS = (
    "When did the US cut military-to-military contacts with China?",
    "What did Liu Zhenli say about Taiwan?",
    "Who greeted Blinken at the airport in Beijing?",
    "How many moons does Jupiter have?",
    "What do the articles say about climate change?",
)
ROUNDS = 4
# Times the first words of answer `index` inside the page, so that the driver's own time does not count.
FIRST_WORDS = """index => new Promise(resolve => {
  const began = performance.now();
  const words = () => document.querySelectorAll("#conversation [data-testid=bot]")[index]
    ?.querySelector(".prose > p:not([class])");
  new MutationObserver((_, watching) => {
    if (!words()) return;
    watching.disconnect();
    resolve(performance.now() - began);
  }).observe(document.querySelector("#conversation"), { subtree: true, childList: true });
  document.querySelector("#send").click();
})"""


def main() -> None:
    """Print the medians and the largest of several visits and questions."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with (
        tempfile.TemporaryDirectory() as index,
        Assistant.open(folder, index) as assistant,
        sync_playwright() as playwright,
    ):
        assistant.sync()
        with window(assistant) as address:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            usable, answered, hosts = [], [], set()
            for _ in range(ROUNDS):
                page = browser.new_context().new_page()
                page.on("request", lambda request: hosts.add(request.url.split("/")[2].split(":")[0]))
                began = time.perf_counter()
                page.goto(address)
                page.locator("#question textarea").fill("x")
                page.locator("#pane .articles button").first.wait_for()
                usable.append(time.perf_counter() - began)
                answered += ask(page)
                page.context.close()
            browser.close()
    sys.stdout.write(
        f"usable after {told(usable)}, first words after {told(answered)} ({len(answered)} questions), "
        f"hosts asked: {', '.join(sorted(hosts))}\n"
    )


def ask(page: Page) -> list[float]:
    """Ask each question; gives the seconds until its first words."""
    seconds = []
    for index, question in enumerate(QUESTIONS):
        page.locator("#question textarea").fill(question)
        seconds.append(page.evaluate(FIRST_WORDS, index) / 1000)
        page.locator(f'#conversation a[href="#do-retry-{index}"]').wait_for()
        page.locator("#send").wait_for()
    return seconds


def told(seconds: list[float]) -> str:
    """Write the median and the largest."""
    return f"{statistics.median(seconds):.2f} s (at most {max(seconds):.2f} s)"


if __name__ == "__main__":
    main()
