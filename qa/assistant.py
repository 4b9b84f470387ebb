"""Answer questions about a folder of articles."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from vectorstore import (
    Article,
    ArticleIndex,
    ArticlesNotFound,
    ArticlesVanished,
    IndexUnavailable,
    OnnxEmbedding,
    ParleyError,
    SyncReport,
    sentence_spans,
)

from .answer import Answer, Citation, Turn
from .citing import cite
from .config import BUNDLED_ARTICLES, Config
from .examples import find_examples
from .extractive import ExtractiveAnswerer
from .question_check import check_question
from .quoted_sources import quoted_sources
from .reader import Reader
from .spelling import correct_spelling

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import LLM

__all__ = ["Assistant", "ask"]

logger = logging.getLogger(__name__)

_BUNDLED_EXAMPLES = (
    "When did the US cut military-to-military contacts with China?",
    "What did Liu Zhenli say about Taiwan?",
    "Who greeted Blinken at the airport in Beijing?",
    "What do the articles say about climate change?",
)


class Assistant:
    """Answer questions about a folder of articles, with citations of their exact words.

    Safe to call from several threads. Close it, or use it as a context manager, to let go of the index; whatever asks
    the index after that raises IndexUnavailable.
    """

    def __init__(self, config: Config, index: ArticleIndex, llm: "LLM | None" = None) -> None:
        self.config = config
        self._index = index
        self._reader = Reader()
        self._examples: tuple[tuple[str, ...], tuple[str, ...]] | None = None  # for which sources, and which
        self._finding_examples = threading.Lock()
        self._llm = llm

    @classmethod
    def open(
        cls,
        articles: Path | str | None = None,
        index: Path | str | None = None,
        *,
        llm: "LLM | None" = None,
        embedding: "BaseEmbedding | Path | str | None" = None,
    ) -> Self:
        """Open the articles of a folder, by default the ones that come with Parley.

        `index` is the folder that keeps the index, by default one in the user's data folder. `embedding` is any
        LlamaIndex embedding or the folder of an ONNX model, by default the one that comes with Parley. `llm` is any
        LlamaIndex language model, such as `open_llm` gives; by default answers are made without one.

        Raises ParleyError, with what to do about it, where the index can't be used.
        """
        config = Config.settle(articles, index)
        model = OnnxEmbedding(Path(embedding)) if isinstance(embedding, Path | str) else embedding
        return cls(config, ArticleIndex.open(config.articles, config.index, model), llm)

    def sync(self, progress: Callable[[int, int], None] | None = None, *, confirmed: bool = False) -> SyncReport:
        """Make the index equal to the folder; `progress` gets the chunks embedded so far and their number.

        `confirmed` tells that articles that are gone are meant to be, however many.

        Raises ArticlesNotFound where the folder is missing or holds nothing to read, ArticlesVanished where more than
        a fifth of the indexed articles is gone and that is not confirmed, and IndexUnavailable where the index can't
        be written. The index answers as before then.
        """
        return self._index.sync(progress, confirmed=confirmed)

    def refresh(self, progress: Callable[[int, int], None] | None = None) -> ParleyError | None:
        """Sync the index, or leave it as it was where it can't be now; gives why, if so.

        That is where another process is writing it, it can't be written, or many articles are gone or all, as when a
        disk is not mounted. Raises what `sync`
        raises where there is nothing to answer from.
        """
        try:
            self.sync(progress)
        except (ArticlesNotFound, ArticlesVanished, IndexUnavailable) as error:
            if self.is_empty:
                raise
            return error
        return None

    def repair(self, progress: Callable[[int, int], None] | None = None) -> SyncReport:
        """Build the index anew from the texts and vectors that it keeps, and sync it; raises what `sync` raises."""
        return self._index.repair(progress)

    @property
    def is_empty(self) -> bool:
        """Tell whether no article is indexed."""
        return self._index.is_empty

    def pending(self) -> SyncReport:
        """Tell what `sync` would change now, as its report would; nothing is changed or embedded."""
        return self._index.pending()

    @property
    def articles(self) -> tuple[Article, ...]:
        """List the indexed articles, in the order of their sources."""
        index = self._index.steady()
        return tuple(index.article(source) for source in index.sources)

    @property
    def failed(self) -> dict[str, str]:
        """List the files that are not indexed, each with the reason."""
        return self._index.failed

    @property
    def example_questions(self) -> tuple[str, ...]:
        """Suggest questions that these articles answer; the first time, and after a change, a dozen are tried."""
        with self._finding_examples:
            sources = self._index.sources
            if self._examples is None or self._examples[0] != sources:
                self._examples = (sources, self._find_examples())
            return self._examples[1]

    def _find_examples(self) -> tuple[str, ...]:
        index = self._index.steady()
        answerer = ExtractiveAnswerer(index, self._reader)

        def ask(question: str) -> Answer:
            return answerer.answer(question, question)

        ours = _BUNDLED_EXAMPLES if self.config.articles == BUNDLED_ARTICLES else ()
        return tuple(question for question in ours if ask(question).answered) or find_examples(index, ask)

    def article(self, source: str) -> Article:
        """Give an indexed article; raises KeyError where there is none of this source."""
        return self._index.article(source)

    def search(self, words: str, *, most: int = 8, among: Collection[str] | None = None) -> tuple[Citation, ...]:
        """Find the passages nearest to some words or a question, best first, without answering anything.

        Raises ValueError for words that `ask` would refuse.
        """
        check_question(words)
        index = self._index.steady()
        passages = []
        for number, found in enumerate(index.retrieve(words, top_k=most, among=among), start=1):
            spans = sentence_spans(found.node)
            start, end = spans[0][0], spans[-1][1]
            passages.append(cite(index, number, found.node.metadata["source"], start, end, found.score or 0.0))
        return tuple(passages)

    def ask(self, question: str, history: Sequence[Turn] = (), *, among: Collection[str] | None = None) -> Answer:
        """Answer a question; an index that is still empty is made first.

        `history` holds the conversation so far, oldest first. A question that leans on it ("What did he say?") is read
        as the answer's `standalone_question`. `among` are the sources of the articles to answer from, by default all.

        Raises ValueError for a question that has no words or is no Unicode text and TypeError for a history of anything
        but turns, before anything is done.
        """
        *_, answer = self.stream(question, history, among=among)
        assert isinstance(answer, Answer)
        return answer

    def replay(self, questions: Sequence[str], *, among: Collection[str] | None = None) -> list[Turn]:
        """Ask questions one after the other, and give the conversation, as the history of the next one."""
        history: list[Turn] = []
        for question in questions:
            history += [Turn("user", question), Turn("assistant", self.ask(question, history, among=among).text)]
        return history

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, among: Collection[str] | None = None
    ) -> Iterator[str | Answer]:
        """Answer a question in pieces of text as they come, and the Answer last; the pieces join to its text.

        Closing the iterator ends the call to a language model. Raises what `ask` raises.
        """
        self._prepare(question, history)
        index = self._index.steady()  # what is retrieved is what is cited, whatever is synced meanwhile
        answerer = ExtractiveAnswerer(index, self._reader)
        if self._llm is None:
            resolved = answerer.resolve(question, history, among)
            near = quoted_sources(history, index) if resolved == question else ()
            standalone = correct_spelling(resolved, index, self._reader, among)
            answer = answerer.answer(question, standalone, among, near=near)
            yield from answer.pieces
            yield answer
        else:
            from .generative import GenerativeAnswerer  # loads what the default answerer does without

            yield from GenerativeAnswerer(index, self._llm, answerer, self._reader).stream(question, history, among)

    def _prepare(self, question: str, history: Sequence[Turn]) -> None:
        """Check what is asked, and make an index that is still empty."""
        check_question(question)
        for turn in history:
            if not isinstance(turn, Turn):
                raise TypeError(
                    f'the history holds {turn!r}; give it as Turn("user", "...") and Turn("assistant", "...")'
                )
        if self.is_empty:
            self.sync()

    def close(self) -> None:
        """Let go of the index's files."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def ask(
    question: str,
    articles: Path | str | None = None,
    history: Sequence[Turn] = (),
    *,
    index: Path | str | None = None,
) -> Answer:
    """Answer one question about a folder of articles, by default the ones that come with Parley.

    The index is made or brought up to date first; where that can't be done now, as while another process does it, the
    answer comes from the index as it was, and a warning is logged. Raises ValueError for a question that has no words
    or is no Unicode text, and ParleyError where the articles or the index can't be used.
    """
    check_question(question)
    with Assistant.open(articles, index) as assistant:
        if stale := assistant.refresh():
            logger.warning("%s (the answer comes from the index as it was)", stale)
        return assistant.ask(question, history)
