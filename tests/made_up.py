"""An assistant for tests of the window that need to decide what it answers, or when."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa import NOT_SAID, Answer, Citation, Config, ParleyError, SyncReport, Turn
from vectorstore import Article


@dataclass(frozen=True)
class Told:
    """An article as the window sees it, made up by a test."""

    source: str
    title: str
    text: str
    published: date | None = None
    url: str | None = None
    outlet: str = ""
    sha256: str = ""
    furniture: Sequence[tuple[int, int]] = ()

    @property
    def paragraphs(self) -> Sequence[tuple[int, int]]:
        return Article(self.source, self.sha256, self.title, self.text).paragraphs


class Echo:
    """Answer every question with given words, each answer citing all of one article.

    It stands in for an assistant where a test needs to decide what comes back, or when.
    """

    failed: dict[str, str] = {}  # noqa: RUF012 - an assistant's is a property
    config = Config(articles=Path("made up"), index=Path("nowhere"))

    def __init__(self, texts: Sequence[str], titles: Sequence[str] = ()) -> None:
        self.told = tuple(
            Told(f"{number}.txt", title, text)
            for number, (text, title) in enumerate(zip(texts, titles or texts, strict=True))
        )
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what was asked, for the next test with the same window."""
        self.articles = self.told
        self.histories: list[tuple[Turn, ...]] = []
        self.among: Collection[str] | None = None
        self.release = threading.Event()
        self.examples: Callable[[], tuple[str, ...]] = tuple

    @property
    def example_questions(self) -> tuple[str, ...]:
        return self.examples()

    def pending(self) -> SyncReport:
        return SyncReport()

    def article(self, source: str) -> Told:
        return {article.source: article for article in self.articles}[source]

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, among: Collection[str] | None = None
    ) -> Iterator[str | Answer]:
        release = self.release
        self.among = among
        self.histories.append(tuple(history))
        if question == "wait":
            assert release.wait(60)
        if question == "flow":
            while not release.wait(0.01):
                yield "on and "
        if question == "fail":
            raise ParleyError("the index is <b>gone</b>; run: parley index")
        if question == "unknown":
            yield Answer(question, NOT_SAID, (), False, question)
            return
        words, _, number = question.partition("#")
        article = self.articles[int(number or 0)]
        citation = Citation(1, article.source, article.title, None, 0, len(article.text), article.text, 1.0)
        text = f"{words} {article.text} [1]"
        yield text[:-3]
        if question == "pause":
            assert release.wait(60)
        yield "[1]"
        if question == "vanish":  # its article is removed just as the answer arrives
            self.articles = self.articles[1:]
        yield Answer(question, text, (citation,), True, question)
