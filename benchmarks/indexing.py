"""Time what is done to an index of made-up articles: python -m benchmarks.indexing [--articles N]."""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vectorstore import ArticleIndex
from vectorstore.locks import writing

_PLACES = "Geneva Vienna Oslo Lima Quito Accra Tunis Hanoi Seoul Delhi Cairo Paris".split()
_THINGS = "grain steel visas ports rivers tariffs chips mines trains schools islands forests pandas ships".split()

_SECOND_WRITERS = 20


def main() -> None:
    """Make the articles, and print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    number = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as place:
        folder, kept = Path(place) / "articles", Path(place) / "index"
        folder.mkdir()
        for n in range(number):
            (folder / f"{n}.txt").write_text(_article(n), encoding="utf-8")

        def synced() -> ArticleIndex:
            index = ArticleIndex.open(folder, kept)
            index.sync()
            return index

        index = _timed("first sync, embedding included", synced)
        print(f"  {number} articles, {sum(file.stat().st_size for file in kept.rglob('*') if file.is_file()) >> 20} MB")
        _timed("sync without a change", index.sync)
        _timed("pending", index.pending)
        (folder / "new.txt").write_text(_article(number), encoding="utf-8")
        _timed("sync of one new article", index.sync)
        index.close()
        index = _timed("open", lambda: ArticleIndex.open(folder, kept))
        index.retrieve("Who met in Geneva?")
        _timed("retrieve", lambda: index.retrieve("Who met in Oslo?"))
        missed = _timed("audit of every chunk", lambda: index.audit(10**9))
        print(f"  {len(missed)} problems")
        index.close()
        damaged = next(kept.glob("generations/*/chroma/chroma.sqlite3"))
        damaged.write_bytes(damaged.read_bytes()[: damaged.stat().st_size // 2])
        _timed("open with a damaged database, built anew", lambda: ArticleIndex.open(folder, kept)).close()
        with writing(kept):
            _second_writers(folder, kept)


def _second_writers(folder: Path, kept: Path) -> None:
    """Time how long `parley index` takes to tell that this process is writing, its start included."""
    places = ["--articles", str(folder), "--index", str(kept)]
    command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())", "index", *places]
    taken = []
    for _ in range(_SECOND_WRITERS):
        began = time.perf_counter()
        if subprocess.run(command, stderr=subprocess.DEVNULL).returncode != 1:
            raise RuntimeError("a second writer was let in")
        taken.append(time.perf_counter() - began)
    print(
        f"{statistics.median(taken):8.3f} s  {_SECOND_WRITERS} second writers told who writes, {max(taken):.3f} at most"
    )


def _article(n: int) -> str:
    chosen = random.Random(n)
    paragraphs = [f"Talks {n} open in {chosen.choice(_PLACES)}"]
    for k in range(10):
        things = ", ".join(chosen.sample(_THINGS, 6))
        paragraphs.append(
            f"Delegation {n} met partner {chosen.randrange(900)} in {chosen.choice(_PLACES)} on day {k}. They spoke of "
            f"{things} and of {chosen.randrange(9000)} other matters at length. Observers of meeting {k} said that the "
            f"{chosen.choice(_THINGS)} question stayed open, and that {chosen.randrange(90)} votes were missing."
        )
    return "\n\n".join(paragraphs)


def _timed(what: str, work: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    result = work()
    print(f"{time.perf_counter() - began:8.3f} s  {what}", flush=True)
    return result


if __name__ == "__main__":
    main()
