"""What the tests have another process do: write an index, hold its lock, be killed or stopped short.

All are forked from one process that has made the imports, which take longer than what is tested.
"""

import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from laws import CountingEmbedding

from vectorstore import ArticleIndex, IndexUnavailable
from vectorstore.locks import writing

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["chromadb", "llama_index.retrievers.bm25", "llama_index.vector_stores.chroma", "numpy", "qa"]
)


@contextmanager
def apart(work: Callable[..., None], *arguments: object) -> Iterator[tuple[BaseProcess, Connection]]:
    """Do some work in another process, which gets the other end of a pipe first, and wait for its end."""
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=work, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    with ours:
        yield process, ours
    process.join()


def sync(tell: Connection, articles: Path, folder: Path, event: int = 0, seconds: float = 0.0) -> None:
    """Sync, killed at the nth audit event or after some time of work, if told so; else tell how many there were."""
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == event:
            os.kill(os.getpid(), signal.SIGKILL)

    index = ArticleIndex.open(articles, folder, CountingEmbedding())
    sys.addaudithook(count)
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    index.sync(confirmed=True)
    signal.setitimer(signal.ITIMER_REAL, 0)
    tell.send((seen, time.perf_counter() - began))


def hold(tell: Connection, folder: Path) -> None:
    """Take an index's lock, and keep it until killed."""
    with writing(folder):
        tell.send("held")
        tell.recv()


def lose_vectors(tell: Connection, chroma: Path, half: int) -> None:
    """Write half of a collection anew, while another process may write the other half."""
    import chromadb

    collection = chromadb.PersistentClient(path=str(chroma)).get_collection("chunks", embedding_function=None)
    collection.count()
    tell.send("open")
    tell.recv()
    ids = collection.get(include=[])["ids"][half::2]
    vectors: Any = collection.get(ids=ids, include=["embeddings"])["embeddings"]
    for number, vector in zip(ids, vectors, strict=True):
        collection.delete(ids=[number])
        collection.add(ids=[number], embeddings=[vector], documents=["x"])
    tell.send("done")


def be_overtaken(tell: Connection, articles: Path, folder: Path, name: str, times: int) -> None:
    """Open an index while it is written anew, just before a file of this name is opened for the nth time."""
    with ArticleIndex.open(articles, folder, CountingEmbedding()) as writer:
        writer.sync()
    opened = 0

    def overtake(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal opened
        if event == "open" and "generations" in str(arguments[0]) and str(arguments[0]).endswith(name):
            opened += 1
            if opened == times:
                (articles / "panda.txt").write_text("A giant panda arrived at the zoo in San Diego on Friday.")
                with ArticleIndex.open(articles, folder, CountingEmbedding()) as writer:
                    writer.sync()

    sys.addaudithook(overtake)
    with ArticleIndex.open(articles, folder, CountingEmbedding()) as reader:
        tell.send((opened, reader.sources, len(reader.retrieve("Where did the giant panda arrive?"))))


def sync_where_nothing_can_be_written(tell: Connection, articles: Path, folder: Path, state: str, asked: str) -> None:
    """Tell what is retrieved and what an audit finds, the error of a sync, and the first two again."""

    def ask() -> tuple[int, list[str]]:
        with ArticleIndex.open(articles, folder, CountingEmbedding()) as index:
            return len(index.retrieve(asked)), index.audit()

    before = ask()  # everything is imported while that is still allowed
    if state == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    elif os.getuid() == 0:
        os.setuid(65534)
    told = ""
    with ArticleIndex.open(articles, folder, CountingEmbedding()) as index:
        try:
            index.sync()
        except IndexUnavailable as error:
            told = str(error)
    tell.send((before, told, ask()))
