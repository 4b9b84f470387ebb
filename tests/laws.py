"""What every answer obeys, and an embedding that counts what it is asked."""

import re
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from pydantic import PrivateAttr

from qa import NOT_SAID, Answer, Assistant

FACT_WORDS, OVERVIEW_WORDS = 60, 150


def assert_lawful(answer: Answer, assistant: Assistant, *, most_words: int = FACT_WORDS) -> None:
    """Hold an answer to the laws of the contract."""
    markers = list(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", answer.text)))
    assert markers == [citation.number for citation in answer.citations] == list(range(1, len(markers) + 1))
    for citation in (*answer.citations, *answer.nearest):
        article = assistant.article(citation.source)
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
        assert (citation.title, citation.published) == (article.title, article.published)
    if answer.answered:
        assert answer.citations
        assert not answer.nearest
        assert len(re.sub(r"\[\d+\]", " ", answer.text).split()) <= most_words
    else:
        assert not answer.citations
        assert answer.text.startswith(NOT_SAID)


class CountingEmbedding(BaseEmbedding):
    """Embed by hashing words, and remember how many texts were embedded."""

    _count: int = PrivateAttr(default=0)

    def __init__(self, **fields: Any) -> None:
        super().__init__(**{"model_name": "hashed words", **fields})

    @classmethod
    def class_name(cls) -> str:
        return "CountingEmbedding"

    @property
    def count(self) -> int:
        return self._count

    def _get_text_embedding(self, text: str) -> Embedding:
        self._count += 1
        return self._get_query_embedding(text)

    def _get_query_embedding(self, query: str) -> Embedding:
        vector = np.full(64, 0.01)
        for word in re.findall(r"\w+", query.casefold()):
            vector[sum(word.encode()) % 64] += 1
        return [float(value) for value in vector / np.linalg.norm(vector)]

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_query_embedding(query)
