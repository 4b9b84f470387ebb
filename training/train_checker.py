"""Train the checker, which says whether a passage supports a sentence, from the trained reader's weights.

python train_checker.py --data ../../shared/reader-data --reader ../../train-runs/reader --run ../../train-runs/checker
"""

from __future__ import annotations

import argparse
import random
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from features import CLS, SEP, load_tokenizer
from minilm import TOKENIZER_SHA256, WIDTH, Encoder, sha256
from onnx_export import INPUTS, export_fp32, quantise, write_json
from support_data import Pair, is_held_out, mutate, read_pairs
from torch import Tensor, nn

BATCH = 32
PEAK_RATE = 1e-4
WARM_UP = 0.05
LENGTHS = (48, 80, 128, 192)
CLAIM_TOKENS = 64
# How often each set is drawn from, and of the pairs whose claim is changed, each way of changing it.
SETS = {"FEVER": 0.22, "MNLI": 0.22, "SNLI": 0.10, "FoolMeTwice dev": 0.06, "copied": 0.06}
CHANGES = {
    "number changed": 0.05, "name swapped": 0.05, "date changed": 0.01, "negation added": 0.05, "unit changed": 0.01,
    "turned round": 0.03, "roles swapped": 0.03, "word swapped": 0.07, "detail invented": 0.02, "other passage": 0.02,
}  # fmt: skip


class Checker(nn.Module):
    """Say whether the second text supports the first, as one logit."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.supported = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Map three int64 tensors [b, s] to logits [b]."""
        return self.supported(self.encoder(input_ids, attention_mask, token_type_ids)[:, 0]).squeeze(-1)


def examples(pairs: dict[str, list[Pair]], seed: int) -> Iterator[Pair]:
    """Draw pairs for ever; those whose claims are changed come from supported ones of several sets."""
    draw = random.Random(seed)
    learnt = {name: [pair for pair in pairs[name] if not is_held_out(pair)] for name in SETS}
    right = [pair for name in ("FEVER", "FEVER", "copied") for pair in learnt[name] if pair.supported]
    kinds = list(SETS | CHANGES)
    weights = list((SETS | CHANGES).values())
    while True:
        kind = draw.choices(kinds, weights)[0]
        if kind in SETS:
            yield draw.choice(learnt[kind])
            continue
        near = draw.sample(right, 12)
        yield from list(mutate(near, kind, draw))[:1]


def batches(pairs: dict[str, list[Pair]], seed: int) -> Iterator[dict[str, Tensor]]:
    """Yield batches of pairs of about one length."""
    tokenizer = load_tokenizer()
    waiting: dict[int, list[tuple[list[int], int, float]]] = {length: [] for length in LENGTHS}
    for pair in examples(pairs, seed):
        claim = tokenizer.encode(pair.claim, add_special_tokens=False).ids[:CLAIM_TOKENS]
        context = f"{pair.context}. " if pair.context else ""
        passage = tokenizer.encode(context + pair.passage, add_special_tokens=False).ids[: LENGTHS[-1] - len(claim) - 3]
        numbers = [CLS, *claim, SEP, *passage, SEP]
        length = LENGTHS[bisect_left(LENGTHS, len(numbers))]
        waiting[length].append((numbers, len(claim) + 2, float(pair.supported)))
        if len(waiting[length]) == BATCH:
            yield collate(waiting[length], length)
            waiting[length] = []


def collate(rows: Sequence[tuple[list[int], int, float]], length: int) -> dict[str, Tensor]:
    """Pad rows to one length."""
    batch = {name: torch.zeros((len(rows), length), dtype=torch.int64) for name in INPUTS}
    for row, (numbers, start, _) in enumerate(rows):
        batch["input_ids"][row, : len(numbers)] = torch.tensor(numbers)
        batch["attention_mask"][row, : len(numbers)] = 1
        batch["token_type_ids"][row, start : len(numbers)] = 1
    return batch | {"supported": torch.tensor([truth for _, _, truth in rows])}


def train(checker: Checker, stream: Iterator[dict[str, Tensor]], options: argparse.Namespace) -> int:
    """Train until the time is over; returns the number of steps."""
    learnt = [weights for weights in checker.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    began, steps, mean = time.monotonic(), 0, 0.0
    checker.train()
    while (progress := (time.monotonic() - began) / (options.minutes * 60)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = PEAK_RATE * min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
        batch = next(stream)
        with torch.autocast("cpu", torch.bfloat16):
            logits = checker(*(batch[name] for name in INPUTS))
        loss = nn.functional.binary_cross_entropy_with_logits(logits.float(), batch["supported"])
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        steps, mean = steps + 1, mean + loss.item()
        if steps % 50 == 0:
            print(f"{(time.monotonic() - began) / 60:6.1f} min  step {steps}  loss {mean / 50:.4f}", flush=True)
            mean = 0.0
    return steps


def main() -> None:
    """Train for a given time, and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../../shared/reader-data"))
    parser.add_argument("--reader", type=Path, required=True, help="the checkpoint to start from")
    parser.add_argument("--output", type=Path, default=Path("../qa/models/checker"))
    parser.add_argument("--minutes", type=float, default=35)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    checker = Checker(Encoder())
    state = torch.load(options.reader)["reader"]
    checker.encoder.load_state_dict(
        {k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")}
    )
    checker.supported.load_state_dict(
        {k.removeprefix("answerable."): v for k, v in state.items() if k.startswith("answerable.")}
    )
    checker.encoder.words.weight.requires_grad_(False)
    steps = train(checker, batches(read_pairs(options.data), options.seed), options)
    options.output.mkdir(parents=True, exist_ok=True)
    full, model = options.output / "fp32.onnx", options.output / "model.onnx"
    torch.save(checker.state_dict(), options.output / "last.pt")
    export_fp32(checker, full, {"supported_logit": ("batch",)})
    quantise(full, model)
    full.unlink()
    write_json(
        options.output / "model.json",
        {
            "name": "Parley checker, int8",
            "licence": "Apache-2.0; trained on data under CC BY-SA and others, see training/MODEL_CARD.md",
            "source": "the reader's weights, trained by training/train_checker.py",
            "trained_minutes": options.minutes,
            "trained_steps": steps,
            "max_tokens": LENGTHS[-1],
            "inputs": {"input_ids": "[CLS] sentence [SEP] title. passage [SEP]"},
            "outputs": {"supported_logit": "[batch], above 0 where the passage rather supports the sentence"},
            "tokenizer": "the embedder's tokenizer.json, its own padding and truncation switched off",
            "sha256": {"model.onnx": sha256(model), "tokenizer.json": TOKENIZER_SHA256},
        },
    )


if __name__ == "__main__":
    main()
