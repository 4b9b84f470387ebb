"""Turn the reader's training sets into one kind of example; the table `SETS` lists them with their licences."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

__all__ = [
    "BACK_TRANSLATED",
    "HELD_OUT",
    "SETS",
    "DataSet",
    "Example",
    "Span",
    "near_misses",
    "nearest_passages",
    "read_examples",
    "read_lines",
    "squad_articles",
    "trimmed",
]

Span = tuple[int, int]

HELD_OUT = ("Black_Death", "Sky_(United_Kingdom)")
"""Articles of squad2-dev that are never trained on: the combination of the scores is chosen on them."""

BACK_TRANSLATED = "train/squad2-backtranslated/train_paragraphs.jsonl.gz"

TRUSTED = 0.75
"""Recovered spans of the back-translated set under this confidence are not believed (about 92 % right above it)."""


@dataclass(frozen=True)
class Example:
    """A question and a passage, with what is known of the answer.

    `spans` are accepted answers as character ranges of the passage. An answerable example without spans says only that
    the answer is somewhere. `focus` is the range that a shortened passage must keep. `clean` marks original text. Of a
    statement in the question's place, `answerable` tells whether the passage supports it.
    """

    source: str
    question: str
    passage: str
    answerable: bool
    spans: tuple[Span, ...] = ()
    focus: Span | None = None
    clean: bool = True
    is_statement: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """The accepted answers as text."""
        return tuple(self.passage[start:end] for start, end in self.spans)


@dataclass(frozen=True)
class DataSet:
    """A training set: its file under the data folder, its licence, and the function that reads it."""

    path: str
    licence: str
    read: Callable[[Path, str], Iterator[Example]]

    @property
    def name(self) -> str:
        """The folder's name."""
        return Path(self.path).parent.name


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read a gzip'd file of one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def squad_articles(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a gzip'd file in SQuAD's format."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        articles: list[dict[str, Any]] = json.load(file)["data"]
    return articles


def _squad(path: Path, source: str) -> Iterator[Example]:
    """Read SQuAD's format; answers in several places (Quoref) and answers that can't be found are left out."""
    for article in squad_articles(path):
        if article.get("title") in HELD_OUT:
            continue
        for paragraph in article["paragraphs"]:
            passage = paragraph["context"]
            for item in paragraph["qas"]:
                question = item["question"].strip()
                if item.get("is_impossible"):
                    yield Example(source, question, passage, answerable=False)
                elif source != "quoref" or len(item["answers"]) == 1:
                    spans = [_repaired(passage, answer["text"], answer["answer_start"]) for answer in item["answers"]]
                    found = tuple(dict.fromkeys(span for span in spans if span is not None))
                    if found:
                        yield Example(source, question, passage, True, found, found[0])


def _repaired(passage: str, text: str, start: int) -> Span | None:
    """Return the span of an answer, searched for where its offset is wrong."""
    if not passage.startswith(text, start):
        start = passage.find(text)
    return (start, start + len(text)) if start >= 0 else None


def trimmed(passage: str, start: int, end: int) -> Span:
    """Drop blanks and stray punctuation at the edges of a recovered span."""
    while end > start and passage[end - 1] in " ,.;:\n":
        end -= 1
    while start < end and passage[start] in " ,.;:\n":
        start += 1
    return start, end


def _backtranslated(
    path: Path, source: str, realigned: Mapping[str, tuple[Span, float]] | None = None
) -> Iterator[Example]:
    """Read recovered SQuAD 2.0 training questions.

    Labels are nearly always right, spans often wrong. Spans that were `realigned`, by question, take the set's place;
    then only trusted ones are read. Else an answerable question with an untrusted span accepts each coloured segment
    of its paragraph (one of them is the answer), and is kept only beside unanswerable ones.
    """
    for paragraph in read_lines(path):
        passage = paragraph["context"]
        segments = tuple(trimmed(passage, start, end) for start, end, _ in paragraph["segments"])
        for item in paragraph["qas"]:
            example = Example(source, item["question"].strip(), passage, item["label"] == "ans", clean=False)
            if item["label"] == "unk" or item["conf"] is None:
                continue
            span = trimmed(passage, *item["span"])
            if not example.answerable:
                yield replace(example, focus=span)
            elif realigned is not None and item["conf"] < TRUSTED:
                span, sure = realigned.get(item["id"], (span, 0.0))
                if sure >= TRUSTED:
                    yield replace(example, spans=(span,), focus=span)
            elif item["conf"] >= TRUSTED:
                yield replace(example, spans=(span,), focus=span)
            elif paragraph["doc_class"] in ("M", "M2") and segments:
                yield replace(example, spans=segments, focus=(0, len(passage)))


_WRITTEN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "--": "–"}
_NO_BLANK_BEFORE = re.compile(r"^([,.;:!?)\]%]|''|'s|'re|'ve|'ll|'d|'m|n't|'|\.\.\.)$")
_NO_BLANK_AFTER = re.compile(r"^(``|\(|\[|\$|-LRB-|-LSB-)$")


def _join(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Write treebank tokens as running text; return the text and each token's place in it."""
    text, places = "", []
    for number, token in enumerate(tokens):
        if number and not _NO_BLANK_BEFORE.match(token) and not _NO_BLANK_AFTER.match(tokens[number - 1]):
            text += " "
        written = _WRITTEN.get(token, token)
        places.append((len(text), len(text) + len(written)))
        text += written
    return text, places


def _join_text(text: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """Like `_join` for a blank-separated text with character ranges, which are carried over."""
    words = list(re.finditer(r"\S+", text))
    joined, places = _join([word.group() for word in words])
    moved = []
    for start, end in spans:
        inside = [place for word, place in zip(words, places, strict=True) if word.start() < end and word.end() > start]
        if inside:
            moved.append((inside[0][0], inside[-1][1]))
    return joined, tuple(moved)


def _qed(path: Path, source: str) -> Iterator[Example]:
    for item in read_lines(path):
        passage, spans = _join_text(item["paragraph_text"], item["answer_spans"])
        if spans:
            yield Example(source, item["question_text"], passage, True, spans, spans[0])


def _nq_oracle(path: Path, source: str) -> Iterator[Example]:
    """Read questions with a gold passage; each place of an answer in it is accepted, up to three."""
    for item in read_lines(path):
        passage = item["ctxs"][0]["text"]
        places = [match.span() for answer in item["answers"] for match in re.finditer(re.escape(answer), passage)]
        if 1 <= len(places) <= 3:
            yield Example(source, item["question"], passage, True, tuple(places), places[0])


def _timeqa(path: Path, source: str) -> Iterator[Example]:
    """Read time-scoped questions; an unanswerable one gets the paragraph that shares most words with it."""
    for item in read_lines(path):
        if item["targets"] != [""]:
            passage, spans = _join_text(item["context"], list(zip(item["from"], item["end"], strict=True)))
            if spans:
                yield Example(source, item["question"], passage, True, spans, spans[0])
        else:
            words = set(item["question"].lower().split())
            best = max(item["paragraphs"], key=lambda part: len(words & set(part["text"].lower().split())))
            yield Example(source, item["question"], _join_text(best["text"], ())[0], answerable=False)


QAMR_PER_SENTENCE = 10


def _qamr(path: Path, source: str) -> Iterator[Example]:
    """Read a sample of each sentence's questions; the passage is three sentences, so that it takes a search."""
    by_sentence: dict[str, list[dict[str, Any]]] = {}
    for item in read_lines(path):
        indices = item["answer_idx"]
        if item["answer"] in item["validator_answers"] and indices == list(range(indices[0], indices[-1] + 1)):
            by_sentence.setdefault(item["sent_id"], []).append(item)
    draw = random.Random(source)
    others = [items[0]["tokens"] for items in by_sentence.values()]
    for items in by_sentence.values():
        for item in draw.sample(items, min(QAMR_PER_SENTENCE, len(items))):
            before, after = draw.choice(others), draw.choice(others)
            passage, places = _join([*before, *item["tokens"], *after])
            inside = places[len(before) : len(before) + len(item["tokens"])]
            span = (inside[item["answer_idx"][0]][0], inside[item["answer_idx"][-1]][1])
            yield Example(source, item["question"], passage, True, (span,), span)


def _selqa(path: Path, source: str) -> Iterator[Example]:
    """Read answer-sentence selection: the section with the answer's sentence in focus, and the section without it."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        items = json.load(file)
    for item in items:
        right = set(item["answers"])
        sentences = item["candidates"]
        if not right:
            continue
        first = min(right)
        start = len(" ".join(sentences[:first])) + (first > 0)
        place = (start, start + len(sentences[first]))
        yield Example(source, item["question"], " ".join(sentences), True, focus=place)
        rest = [sentence for number, sentence in enumerate(sentences) if number not in right]
        if len(rest) >= 3:
            yield Example(source, item["question"], " ".join(rest), answerable=False)


def _boolq(path: Path, source: str) -> Iterator[Example]:
    """Read yes/no questions: answerable, with no answer words to point at."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        items = json.load(file)
    for item in items:
        question, passage = item["sentence"].removeprefix("question: ").split("\npassage: ", 1)
        passage = passage.partition(" -- ")[2] or passage
        yield Example(source, question, passage, True, focus=(0, len(passage)))


SETS = (
    DataSet("train/squad2-dev/squad2-train.json.gz", "CC BY-SA 4.0", _squad),
    DataSet("train/squadshifts/new_wiki_v1.0.json.gz", "CC BY 4.0", _squad),
    DataSet("train/tydiqa-goldp-en/train.json.gz", "Apache-2.0, text CC BY-SA 3.0", _squad),
    DataSet("train/tydiqa-goldp-en/dev.json.gz", "Apache-2.0, text CC BY-SA 3.0", _squad),
    DataSet("train/quoref/quoref-dev-v0.1.json.gz", "CC BY 4.0", _squad),
    DataSet("train/qed-nq/qed_train.jsonl.gz", "CC BY-SA 3.0", _qed),
    DataSet("train/nq-oracle/nq-open-oracle.jsonl.gz", "CC BY-SA 3.0", _nq_oracle),
    DataSet("train/timeqa/human_train.easy.json.gz", "BSD-3-Clause, text CC BY-SA 3.0", _timeqa),
    DataSet("train/timeqa/human_train.hard.json.gz", "BSD-3-Clause, text CC BY-SA 3.0", _timeqa),
    DataSet("train/qamr/qamr.jsonl.gz", "MIT", _qamr),
    DataSet("train/selqa/selqa-ass-dev.json.gz", "Apache-2.0, text CC BY-SA 3.0", _selqa),
    DataSet("train/selqa/selqa-ass-test.json.gz", "Apache-2.0, text CC BY-SA 3.0", _selqa),
    DataSet("train/boolq/train.json.gz", "CC BY-SA 3.0", _boolq),
    DataSet("train/boolq/dev.json.gz", "CC BY-SA 3.0", _boolq),
    DataSet(BACK_TRANSLATED, "CC BY-SA 4.0 (Apache-2.0)", _backtranslated),
)


def read_examples(data: Path, realigned: Path | None = None) -> list[Example]:
    """Read every training set under the data folder, the back-translated one with the spans of realign.py if given."""
    examples = [
        example
        for part in SETS
        if realigned is None or part.path != BACK_TRANSLATED
        for example in part.read(data / part.path, part.name)
    ]
    if realigned is not None:
        spans = {item["id"]: ((item["span"][0], item["span"][1]), item["sure"]) for item in read_lines(realigned)}
        examples += _backtranslated(data / BACK_TRANSLATED, Path(BACK_TRANSLATED).parent.name, spans)
    return examples


_ASKING = frozenset("what which who whom whose when where why how did does do was were is are".split())


def near_misses(examples: Sequence[Example], share: float, dirty_share: float, seed: int) -> list[Example]:
    """Pair a share of the answerable questions with a passage that shares their words but not the answer.

    The passage is drawn from the five nearest by BM25 of all sets' passages that hold none of the accepted answers.
    `share` is for original text, `dirty_share` for back-translated questions.
    """
    draw = random.Random(seed)
    passages = list(dict.fromkeys(_piece(example, draw) for example in examples))
    asked = [
        example for example in examples
        if example.answerable and 1 <= len(example.spans) <= 3 and len(example.question.split()) >= 4
        and draw.random() < (share if example.clean else dirty_share)
    ]  # fmt: skip
    lowered = {passage: passage.lower() for passage in passages}
    found = []
    for example, near in zip(asked, nearest_passages([e.question for e in asked], passages, 30), strict=True):
        answers = [answer.lower() for answer in example.answers]
        wrong = [passage for passage in near if not any(answer in lowered[passage] for answer in answers)]
        wrong = [passage for passage in wrong if passage[:60] not in example.passage][:5]
        if wrong:
            miss = Example(example.source, example.question, draw.choice(wrong), answerable=False)
            found.append(replace(miss, clean=example.clean))
    return found


def nearest_passages(questions: Sequence[str], passages: Sequence[str], count: int) -> Iterator[list[str]]:
    """Yield for each question the `count` nearest passages by BM25, best first."""
    words = CountVectorizer(stop_words=sorted(_ASKING), max_df=0.1, token_pattern=r"\w+", dtype=np.float32)
    weights = _bm25(words.fit_transform(passages)).T.tocsr()
    for start in range(0, len(questions), 512):
        scores = (words.transform(questions[start : start + 512]).minimum(1) @ weights).tocsr()
        for row in range(scores.shape[0]):
            line = scores[row]
            yield [passages[n] for n in line.indices[np.argsort(-line.data, kind="stable")[:count]]]


def _piece(example: Example, draw: random.Random, size: int = 650) -> str:
    """Cut a passage of about `size` characters, from a sentence's start, as the index would hold it."""
    passage = example.passage
    starts = [0, *(match.end() for match in re.finditer(r"[.!?] (?=[A-Z])", passage[: max(0, len(passage) - size)]))]
    start = starts[draw.randrange(len(starts))]
    end = passage.rfind(". ", start, start + size)
    return passage[start : end + 1 if end > start + size // 2 else start + size]


def _bm25(counts: csr_matrix, k1: float = 1.2, b: float = 0.75) -> csr_matrix:
    """Weigh term counts [passages, words] by BM25."""
    weighed = counts.tocsr(copy=True)
    lengths = np.asarray(counts.sum(1)).ravel()
    held = np.bincount(weighed.indices, minlength=weighed.shape[1])
    rarity = np.log(1 + (weighed.shape[0] - held + 0.5) / (held + 0.5))
    rows = np.repeat(np.arange(weighed.shape[0]), np.diff(weighed.indptr))
    norm = k1 * (1 - b + b * lengths[rows] / lengths.mean())
    weighed.data = (weighed.data * (k1 + 1) / (weighed.data + norm) * rarity[weighed.indices]).astype(np.float32)
    return weighed
