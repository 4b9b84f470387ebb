"""Shared fixtures: the bundled articles answered by the real model and the real Chroma, and folders to make."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from browser import DESK, Open, Show, Visit, chromium
from hypothesis import settings
from laws import CountingEmbedding
from made_up import Echo
from playwright.sync_api import Browser, Page, ViewportSize

from qa import Assistant

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"

# the same examples each time; what is slow on a busy machine is not wrong
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

MakeFolder = Callable[[dict[str, str]], Path]


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the user's data folder."""
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    yield
    if before is None:
        del os.environ["XDG_DATA_HOME"]
    else:
        os.environ["XDG_DATA_HOME"] = before


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(SEEDS, tmp_path_factory.mktemp("seeds") / "index") as assistant:
        assistant.sync()
        yield assistant


@pytest.fixture
def embedding() -> CountingEmbedding:
    return CountingEmbedding()


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Write files, given by name and text, into a new folder."""

    def make(files: dict[str, str]) -> Path:
        folder = tmp_path / "articles"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return folder

    return make


@pytest.fixture
def run_judge(tmp_path: Path) -> Callable[[Path, Path], dict[str, float]]:
    """Score the answers to a file of questions as the acceptance checks do."""

    def run(articles: Path, questions: Path) -> dict[str, float]:
        judge = SHARED / "judge" / "judge.py"
        command = [sys.executable, str(judge), "--articles", str(articles), "--questions", str(questions)]
        done = subprocess.run(
            [*command, "--index", str(tmp_path / "index")], capture_output=True, text=True, check=True
        )
        scores: dict[str, float] = json.loads(done.stdout)
        return scores

    return run


@pytest.fixture(scope="session")
def address(seeds: Assistant) -> Iterator[str]:
    """Serve the window over the bundled articles."""
    from ui.chat import window  # loads all of Gradio

    with window(seeds) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Page:
    """Open a tab for most visits to share, as all that Gradio is made of takes long to load into a new one."""
    return browser.new_context(viewport=DESK).new_page()


@pytest.fixture
def closing() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


@pytest.fixture
def visit(browser: Browser, tab: Page, closing: contextlib.ExitStack) -> Open:
    """Open tabs that are closed after the test, which then fails if one of them did what it never should."""
    free = [tab]

    def open_visit(address: str, *, viewport: ViewportSize = DESK, **context: Any) -> Visit:
        if free and not context:
            tab.set_viewport_size(viewport)
            visit = Visit(free.pop(), address, is_shared=True)
        else:  # another person, or another device
            visit = Visit(browser.new_context(viewport=viewport, **context).new_page(), address)
        closing.callback(visit.close)
        return visit

    return open_visit


@pytest.fixture
def show(visit: Open, closing: contextlib.ExitStack) -> Show:
    """Open a window of its own over an assistant; its tab is closed first, as an open one holds up its end."""

    def show(assistant: Assistant | Echo, **context: Any) -> Visit:
        from ui.chat import window  # loads all of Gradio

        return visit(closing.enter_context(window(cast(Assistant, assistant))), **context)

    return show
