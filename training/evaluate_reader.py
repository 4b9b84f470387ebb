"""Measure an exported reader on questions in SQuAD 2.0's format: `python evaluate_reader.py MODEL [--passages 8]`."""

from __future__ import annotations

import argparse
import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from features import CLS, QUESTION_TOKENS, SEP, load_tokenizer
from onnx_export import INPUTS
from reader_data import HELD_OUT, nearest_passages, squad_articles
from sklearn.metrics import roc_auc_score

__all__ = ["MAX_TOKENS", "Answer", "OnnxReader", "Question", "Scores", "measure", "questions_of"]

Array = npt.NDArray[np.float32]

MAX_TOKENS = 224
OVERLAP = 64
ANSWER_TOKENS = 30
BATCH = 16


@dataclass(frozen=True)
class Question:
    """A question, the passages to read, and the accepted answers: none where the passages don't answer it."""

    text: str
    passages: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The best span's words, its two logits' sum, and its passage's answerable logit."""

    text: str
    span: float
    answerable: float


@dataclass(frozen=True)
class Scores:
    """What was measured, in percent; `threshold` is the score at which `f1` is best."""

    questions: int
    f1: float
    exact: float
    answerable_f1: float
    auc: float
    threshold: float

    def __str__(self) -> str:
        return (
            f"{self.questions} questions: best-threshold F1 {self.f1:.1f}, exact {self.exact:.1f}; "
            f"F1 on answerable {self.answerable_f1:.1f}; AUC {self.auc:.3f}; threshold {self.threshold:.2f}"
        )


def questions_of(data: Path, held_out: bool, passages: int = 1) -> list[Question]:
    """Read the evaluation file, or the articles held out of training.

    With more than one passage, the others are the nearest by BM25 among the same articles' passages.
    """
    path = data / ("train/squad2-dev/squad2-train.json.gz" if held_out else "eval/squad2-eval.json.gz")
    articles = [a for a in squad_articles(path) if not held_out or a["title"] in HELD_OUT]
    items = [
        Question(item["question"], (paragraph["context"],), tuple(answer["text"] for answer in item["answers"]))
        for article in articles for paragraph in article["paragraphs"] for item in paragraph["qas"]
    ]  # fmt: skip
    if passages == 1:
        return items
    pool = list(dict.fromkeys(item.passages[0] for item in items))
    near = nearest_passages([item.text for item in items], pool, passages)
    found = []
    for item, row in zip(items, near, strict=True):
        others = [passage for passage in row if passage != item.passages[0]]
        found.append(replace(item, passages=(*item.passages, *others[: passages - 1])))
    return found


@dataclass(frozen=True)
class _Window:
    """A question and as much of a passage as fits: token numbers, the passage's first one, and its tokens' places."""

    numbers: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]
    passage: str

    def answer(self, starts: Array, ends: Array, answerable: Array) -> Answer:
        """Return the best span by the model's outputs."""
        inside = slice(self.first, self.first + len(self.offsets))
        first, last, score = _best_span(starts[inside], ends[inside])
        return Answer(self.passage[self.offsets[first][0] : self.offsets[last][1]], score, float(answerable))


class OnnxReader:
    """Read passages with an exported model."""

    def __init__(self, model: Path) -> None:
        self.session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        self.tokenizer = load_tokenizer()

    def read(self, questions: Sequence[Question], weight: float = 1.0) -> list[Answer]:
        """Return the best answer to each question over its passages; `weight` multiplies the answerable logit."""
        windows = [
            (n, window)
            for n, q in enumerate(questions)
            for text in q.passages
            for window in self._windows(q.text, text)
        ]
        windows.sort(key=lambda pair: len(pair[1].numbers))
        best: dict[int, Answer] = {}
        for start in range(0, len(windows), BATCH):
            part = windows[start : start + BATCH]
            for (n, window), outputs in zip(part, self._run([window for _, window in part]), strict=True):
                answer = window.answer(*outputs)
                held = best.get(n)
                if held is None or _score(answer, weight) > _score(held, weight):
                    best[n] = answer
        return [best[n] for n in range(len(questions))]

    def _windows(self, question: str, passage: str) -> list[_Window]:
        asked = self.tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
        read = self.tokenizer.encode(passage, add_special_tokens=False)
        room = MAX_TOKENS - len(asked) - 3
        step = room - OVERLAP
        return [
            _Window(
                numbers=(CLS, *asked, SEP, *read.ids[low : low + room], SEP),
                first=len(asked) + 2,
                offsets=tuple(read.offsets[low : low + room]),
                passage=passage,
            )
            for low in range(0, max(1, len(read.ids) - OVERLAP), step)
        ]

    def _run(self, windows: Sequence[_Window]) -> Iterator[tuple[Array, Array, Array]]:
        """Yield each window's start logits, end logits and answerable logit."""
        shape = (len(windows), max(len(window.numbers) for window in windows))
        feed = {name: np.zeros(shape, dtype=np.int64) for name in INPUTS}
        for row, window in enumerate(windows):
            end = len(window.numbers)
            feed[INPUTS[0]][row, :end] = window.numbers
            feed[INPUTS[1]][row, :end] = 1
            feed[INPUTS[2]][row, window.first : end] = 1
        yield from zip(*self.session.run(["start_logits", "end_logits", "answerable_logit"], feed), strict=True)


def _best_span(starts: Array, ends: Array) -> tuple[int, int, float]:
    """Return the first and last token of the best span of at most `ANSWER_TOKENS` tokens, and its score."""
    size = len(starts)
    length = np.arange(size)[None, :] - np.arange(size)[:, None]
    sums = np.where((length >= 0) & (length < ANSWER_TOKENS), starts[:, None] + ends[None, :], -np.inf)
    first, last = divmod(int(np.argmax(sums)), size)
    return first, last, float(sums[first, last])


def _score(answer: Answer, weight: float) -> float:
    return answer.span + weight * answer.answerable


def _words(text: str) -> list[str]:
    """Normalise as SQuAD's scorer does: lower case, no punctuation, no articles."""
    plain = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", plain).split()


def _f1(found: str, wanted: str) -> float:
    left, right = _words(found), _words(wanted)
    if not left or not right:
        return float(left == right)
    same = sum((Counter(left) & Counter(right)).values())
    return 2 * same / (len(left) + len(right))


def measure(questions: Sequence[Question], answers: Sequence[Answer], weight: float = 1.0) -> Scores:
    """Score answers as SQuAD 2.0 does, at the threshold that is best for F1."""
    values = np.array([_score(answer, weight) for answer in answers])
    real = np.array([bool(question.answers) for question in questions])
    pairs = list(zip(questions, answers, strict=True))
    f1 = np.array([max((_f1(a.text, wanted) for wanted in q.answers), default=0.0) for q, a in pairs])
    exact = np.array([any(_words(a.text) == _words(wanted) for wanted in q.answers) for q, a in pairs])
    order = np.argsort(-values, kind="stable")
    # answering the k best-scored questions: their own F1, and 1 for each unanswerable question among the rest
    gains = np.concatenate([[0.0], np.cumsum(np.where(real, f1, -1.0)[order])]) + (~real).sum()
    exact_gains = np.concatenate([[0.0], np.cumsum(np.where(real, exact, -1.0)[order])]) + (~real).sum()
    count = int(np.argmax(gains))
    return Scores(
        questions=len(questions),
        f1=100 * float(gains[count]) / len(questions),
        exact=100 * float(exact_gains[count]) / len(questions),
        answerable_f1=100 * float(f1[real].mean()),
        auc=float(roc_auc_score(real, values)),
        threshold=float(values[order[max(0, count - 1)]]),
    )


def main() -> None:
    """Measure a model and print the scores."""
    parser = argparse.ArgumentParser(description="Measure an exported reader on SQuAD 2.0 questions.")
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, default=Path(__file__).parent.parent.parent / "shared/reader-data")
    parser.add_argument("--held-out", action="store_true", help="the two articles held out of training")
    parser.add_argument("--passages", type=int, default=1, help="read so many passages, the right one among them")
    parser.add_argument("--weights", type=float, nargs="+", default=[1.0], help="tried on the answerable logit")
    options = parser.parse_args()
    questions = questions_of(options.data, options.held_out, options.passages)
    reader = OnnxReader(options.model)
    for weight in options.weights:
        print(f"weight {weight}: {measure(questions, reader.read(questions, weight), weight)}", flush=True)


if __name__ == "__main__":
    main()
