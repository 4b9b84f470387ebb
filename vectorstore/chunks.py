"""Cut an article into chunks of whole sentences, with exact offsets."""

import json
from bisect import bisect
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby

from llama_index.core.schema import BaseNode, TextNode

from .articles import Article
from .sentences import Span

__all__ = ["CHUNKING", "chunk_article", "sentence_spans"]

# Part of every chunk's id and of the manifest: raise it when chunks come out differently.
CHUNKING = 8

# About 150 word pieces of English, so that a title and a question still fit beside it into 256. Counted in bytes of
# UTF-8, since scripts that take more bytes a letter take more word pieces a letter too.
_LARGEST_CHUNK = 720
_LONGEST_OVERLAP = 300


def chunk_article(article: Article) -> list[TextNode]:
    """Cut an article into chunks that leave its furniture out.

    A text that comes again is left out: thousands of equal vectors would hide others from the search. Each chunk's text
    is `article.text[start_char_idx:end_char_idx]`; its metadata hold the article's source, title and hash, and where
    its sentences are. Chunk ids depend on nothing but source, content and offsets.
    """
    chunks: dict[str, TextNode] = {}
    for sentences in _grouped(article.text, _runs(article)):
        chunks.setdefault(article.text[sentences[0][0] : sentences[-1][1]], _chunk(article, sentences))
    return list(chunks.values())


def sentence_spans(chunk: BaseNode) -> list[Span]:
    """Give the (start, end) offsets of a chunk's sentences in the article's text."""
    return [(start, end) for start, end in json.loads(chunk.metadata["sentences"])]


def _runs(article: Article) -> Iterator[list[Span]]:
    """Yield the runs of sentences between the furniture."""
    furniture = [start for start, _ in article.furniture]
    for _, run in groupby(article.sentences, key=lambda sentence: bisect(furniture, sentence[0])):
        yield list(run)


def _grouped(text: str, runs: Iterable[list[Span]]) -> Iterator[list[Span]]:
    """Yield groups of neighbouring sentences no larger than a chunk, each beginning with the last one's end."""
    for run in runs:
        group: list[Span] = []
        for span in run:
            if group and len(text[group[0][0] : span[1]].encode()) > _LARGEST_CHUNK:
                yield group
                # what "they" are is often said in the sentence before
                group = [group[-1]] if len(group) > 1 and group[-1][1] - group[-1][0] < _LONGEST_OVERLAP else []
            group.append(span)
        yield group


def _chunk(article: Article, sentences: list[Span]) -> TextNode:
    start, end = sentences[0][0], sentences[-1][1]
    identity = f"{CHUNKING}\0{article.source}\0{article.sha256}\0{start}\0{end}"
    return TextNode(
        id_=sha256(identity.encode(errors="surrogateescape")).hexdigest()[:32],
        text=article.text[start:end],
        start_char_idx=start,
        end_char_idx=end,
        metadata={
            "source": article.source,
            "title": article.title,
            # written out, as questions have it: "Where did they meet in October 2021?"
            "published": f"{article.published:%B} {article.published.day}, {article.published.year}"
            if article.published
            else "",
            "sha256": article.sha256,
            "sentences": json.dumps(sentences, separators=(",", ":")),
        },
        # what is searched is the title, the date and the text
        excluded_embed_metadata_keys=["source", "sha256", "sentences"],
        excluded_llm_metadata_keys=["sha256", "sentences"],
        metadata_separator=" ",
        metadata_template="{value}",
        text_template="{metadata_str}\n{content}",
    )
