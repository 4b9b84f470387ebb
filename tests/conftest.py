"""Shared fixtures: the bundled articles answered by the real model and the real Chroma, and folders to make."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Open, Visit, chromium
from hypothesis import settings
from laws import CountingEmbedding
from playwright.sync_api import Browser

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
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open tabs that are closed after the test, which then fails if one of them did what it never should."""
    with contextlib.ExitStack() as stack:

        def open_visit(address: str, **context: Any) -> Visit:
            visit = Visit(browser, address, **context)
            stack.callback(visit.close)
            return visit

        yield open_visit
