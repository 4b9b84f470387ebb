"""Turn examples into batches of token numbers of a few fixed lengths."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import torch
from minilm import tokenizer_path
from reader_data import Example, Span
from tokenizers import Encoding, Tokenizer
from torch import Tensor

__all__ = ["LENGTHS", "FeatureMaker", "load_tokenizer"]

LENGTHS = (80, 128, 160, 192)
"""Batches are padded to one of these; longer passages are cut to a window of the second or the last."""

QUESTION_TOKENS, STATEMENT_TOKENS = 40, 80
CLS, SEP = 101, 102
Feature = tuple[list[int], int, list[Span], bool, bool]
"""Token numbers, where the passage starts, accepted answers in tokens, whether answerable, whether spans are known."""


def load_tokenizer() -> Tokenizer:
    """Return the official tokenizer without the fixed length that its file sets."""
    tokenizer = Tokenizer.from_file(str(tokenizer_path()))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class FeatureMaker:
    """Hold the token numbers of all questions and passages, and cut windows and batches from them."""

    def __init__(self, examples: Sequence[Example]) -> None:
        texts = list(dict.fromkeys(text for example in examples for text in (example.question, example.passage)))
        tokenizer = load_tokenizer()
        self.encoded: dict[str, tuple[list[int], list[int], list[int], list[int]]] = {}
        for start in range(0, len(texts), 4096):
            part = texts[start : start + 4096]
            for text, item in zip(part, tokenizer.encode_batch(part, add_special_tokens=False), strict=True):
                self.encoded[text] = _compact(item)

    def feature(self, example: Example, draw: random.Random) -> Feature | None:
        """Make the feature of an example in a window drawn at random, or None where its answer doesn't fit."""
        longest = STATEMENT_TOKENS if example.is_statement else QUESTION_TOKENS
        question = self.encoded[example.question][0][:longest]
        ids, starts, ends, breaks = self.encoded[example.passage]
        room = draw.choice((LENGTHS[1], LENGTHS[-1])) - len(question) - 3
        first, last = _tokens(example.focus, starts, ends) if example.focus else (0, 0)
        if last - first >= room:
            room = LENGTHS[-1] - len(question) - 3
            if last - first >= room:
                return None
        low = _window(len(ids), room, first, last, breaks, draw)
        high = min(len(ids), low + room)
        later = [place for place in breaks if max(last, low + room // 2) < place <= high]
        if high < len(ids) and later:
            high = later[-1]
        offset = len(question) + 2 - low
        places = [_tokens(span, starts, ends) for span in example.spans]
        inside = [(a + offset, b + offset) for a, b in places if low <= a and b < high]
        if example.spans and not inside:
            return None
        numbers = [CLS, *question, SEP, *ids[low:high], SEP]
        return numbers, len(question) + 2, inside, example.answerable, bool(inside)

    def batches(self, examples: Sequence[Example], size: int, seed: int) -> Iterator[dict[str, Tensor]]:
        """Yield batches for ever, each pass in a new order and with new windows."""
        draw = random.Random(seed)
        waiting: dict[int, list[Feature]] = {length: [] for length in LENGTHS}
        while True:
            for example in draw.sample(examples, len(examples)):
                feature = self.feature(example, draw)
                if feature is None:
                    continue
                length = LENGTHS[bisect_left(LENGTHS, len(feature[0]))]
                waiting[length].append(feature)
                if len(waiting[length]) == size:
                    yield collate(waiting[length], length)
                    waiting[length] = []


def _compact(item: Encoding) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return token numbers, character starts and ends, and the tokens at which a sentence may begin."""
    breaks = [n + 1 for n, token in enumerate(item.tokens) if token in (".", "!", "?")]
    return item.ids, [start for start, _ in item.offsets], [end for _, end in item.offsets], breaks


def _tokens(span: Span, starts: list[int], ends: list[int]) -> Span:
    """Return the first and the last token that a character range touches."""
    first = bisect_left(ends, span[0] + 1)
    return min(first, len(ends) - 1), max(min(first, len(ends) - 1), bisect_left(starts, span[1]) - 1)


def _window(length: int, room: int, first: int, last: int, breaks: list[int], draw: random.Random) -> int:
    """Draw the first token of a window that holds `first` to `last`, at a sentence's start where there is one."""
    if length <= room:
        return 0
    least, most = max(0, last + 1 - room), min(first, length - room // 2)
    fitting = [place for place in (0, *breaks) if least <= place <= most]
    return draw.choice(fitting) if fitting else draw.randint(min(least, most), max(least, most))


def collate(features: Sequence[Feature], length: int) -> dict[str, Tensor]:
    """Pad features to one length and mark the accepted answers."""
    shape = (len(features), length)
    batch = {
        "input_ids": torch.zeros(shape, dtype=torch.int64),
        "attention_mask": torch.zeros(shape, dtype=torch.int64),
        "token_type_ids": torch.zeros(shape, dtype=torch.int64),
        "allowed": torch.zeros(shape, dtype=torch.bool),
        "accepted": torch.zeros((*shape, 2), dtype=torch.bool),
        "answerable": torch.tensor([float(feature[3]) for feature in features]),
    }
    for row, (numbers, start, spans, answerable, known) in enumerate(features):
        end = len(numbers)
        batch["input_ids"][row, :end] = torch.tensor(numbers)
        batch["attention_mask"][row, :end] = 1
        batch["token_type_ids"][row, start:end] = 1
        batch["allowed"][row, start : end - 1] = True
        batch["allowed"][row, 0] = True
        if not answerable:
            batch["accepted"][row, 0] = True
        elif not known:
            batch["accepted"][row, start : end - 1] = True
        for first, last in spans:
            batch["accepted"][row, first, 0] = True
            batch["accepted"][row, last, 1] = True
    return batch
