"""Recover the answers of back-translated questions anew, with a reader that was trained on the surer ones.

python realign.py --data DATA --run RUN --output RUN/realigned.jsonl.gz

Each answerable question belongs to one of the coloured segments of its paragraph; words, answer types and the order of
the questions told which (the set's `conf`). The reader scores every segment too: its best first and last token inside.
Both count as evidence. Written is {"id", "span", "sure"} of each question, `sure` the chance of the segment among the
paragraph's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from features import CLS, SEP, load_tokenizer
from minilm import Encoder
from reader_data import BACK_TRANSLATED, TRUSTED, Span, read_lines, trimmed
from reader_model import Reader

BATCH = 64
LONGEST = 1165
"""Characters of a question with its passage: some longer ones don't fit into the model's 512 tokens."""
ALIGNED_WEIGHT = 0.5
"""How much the log odds of the set's own alignment count beside the reader's."""


@dataclass(frozen=True)
class Asked:
    """Hold a question, its passage, the segments that may answer it, and which one the set believes in."""

    identity: str
    question: str
    passage: str
    segments: tuple[Span, ...]
    believed: int | None
    belief: float

    @property
    def size(self) -> int:
        """Count the characters to read."""
        return len(self.question) + len(self.passage)


def read_asked(path: Path) -> Iterator[Asked]:
    """Read the answerable questions whose answer isn't trusted and whose paragraph has segments."""
    for paragraph in read_lines(path):
        passage = paragraph["context"]
        segments = tuple(trimmed(passage, start, end) for start, end, _ in paragraph["segments"])
        segments = tuple(dict.fromkeys(segment for segment in segments if segment[0] < segment[1]))
        if not segments:
            continue
        for item in paragraph["qas"]:
            if item["label"] != "ans" or (item["conf"] or 0.0) >= TRUSTED:
                continue
            span = trimmed(passage, *item["span"]) if item["span"] else None
            believed = segments.index(span) if span in segments else None
            belief = item["conf"] or 0.0
            yield Asked(item["id"], item["question"].strip(), passage, segments, believed, belief)


def score_segments(reader: Reader, asked: Sequence[Asked]) -> Iterator[list[float]]:
    """Yield for each question the reader's score of each of its segments; none where the passage is too long."""
    tokenizer = load_tokenizer()
    pairs = tokenizer.encode_batch([(one.question, one.passage) for one in asked], add_special_tokens=False)
    inputs = torch.zeros((3, len(asked), max(len(pair) for pair in pairs) + 3), dtype=torch.int64)
    places = []
    for row, pair in enumerate(pairs):
        border = pair.sequence_ids.index(1)
        numbers = [CLS, *pair.ids[:border], SEP, *pair.ids[border:], SEP]
        inputs[0, row, : len(numbers)] = torch.tensor(numbers)
        inputs[1, row, : len(numbers)] = 1
        inputs[2, row, border + 2 : len(numbers)] = 1
        places.append([(-1, -1)] * (border + 2) + pair.offsets[border:])
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        span, *_ = reader(*inputs)
    for row, one in enumerate(asked):
        yield [_best_inside(span[row].float(), places[row], segment) for segment in one.segments]


def _best_inside(span: torch.Tensor, places: Sequence[Span], segment: Span) -> float:
    """Score the best first and last token of a segment."""
    tokens = [number for number, (start, end) in enumerate(places) if start < segment[1] and end > segment[0]]
    if not tokens:
        return float("-inf")
    inside = span[tokens[0] : tokens[-1] + 1]
    starts = inside[:, 0].cummax(0).values  # the best first token up to each last one
    return float((starts + inside[:, 1]).max())


def choose(one: Asked, scores: Sequence[float]) -> tuple[Span, float]:
    """Choose the segment that reader and alignment together hold likeliest, and say how likely."""
    odds = torch.tensor(scores)
    if one.believed is not None:
        belief = min(max(one.belief, 0.02), 0.98)  # the others share the rest
        odds[one.believed] += ALIGNED_WEIGHT * math.log(belief * max(1, len(scores) - 1) / (1 - belief))
    chances = odds.softmax(0)
    best = int(chances.argmax())
    return one.segments[best], float(chances[best])


def main() -> None:
    """Score all questions, in batches of about one length, and write the spans."""
    parser = argparse.ArgumentParser(description="Recover the answers of back-translated questions with a reader.")
    parser.add_argument("--data", type=Path, default=Path(__file__).parent.parent.parent / "shared/reader-data")
    parser.add_argument("--run", type=Path, required=True, help="train_reader.py's folder of checkpoints")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    reader = Reader(Encoder())
    reader.load_state_dict(torch.load(options.run / "last.pt")["reader"])
    reader.eval()
    asked = [one for one in read_asked(options.data / BACK_TRANSLATED) if one.size <= LONGEST]
    asked.sort(key=lambda one: (one.size, one.identity))
    with gzip.open(options.output, "wt", encoding="utf-8") as file:
        for start in range(0, len(asked), BATCH):
            batch = asked[start : start + BATCH]
            for one, scores in zip(batch, score_segments(reader, batch), strict=True):
                span, sure = choose(one, scores)
                file.write(json.dumps({"id": one.identity, "span": span, "sure": round(sure, 3)}) + "\n")
            if start % (100 * BATCH) == 0:
                print(f"{start} of {len(asked)}", flush=True)


if __name__ == "__main__":
    main()
