"""Train the reader for a given time; the learning rate falls to zero at its end, whatever the machine's speed.

python train_reader.py --run RUN --minutes 95
python train_reader.py --run RUN2 --start RUN/last.pt --realigned RUN2/realigned.jsonl.gz --rate 8e-5 --minutes 90

The second run goes on from the first one's weights, on the spans that realign.py recovered with them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from features import FeatureMaker
from onnx_export import INPUTS
from reader_data import Example, near_misses, read_examples
from reader_model import Reader, reader_loss, support_loss
from support_examples import read_statements
from torch import Tensor

BATCH = 32
WARM_UP = 0.03
FINAL_STAGE = 0.55
"""From this share of the time on, half of the back-translated answers, and all doubtful ones, are left out."""
MIDDLE = 0.68
"""At this share of the time a checkpoint is kept for the export to average with the last one."""
NEAR_MISSES, DIRTY_NEAR_MISSES = 0.5, 0.25
STATEMENTS = (1, 3)
"""These of every five steps train the support score."""


def final_stage(examples: Sequence[Example], seed: int) -> list[Example]:
    """Keep the original text, the back-translated questions without an answer, and half of those with a sure one."""
    draw = random.Random(seed)
    return [
        example for example in examples
        if example.clean or not example.answerable or (len(example.spans) == 1 and draw.random() < 0.5)
    ]  # fmt: skip


def rate(progress: float) -> float:
    """Return the share of the peak learning rate: a short rise, then a straight fall to zero."""
    return min(progress / WARM_UP, max(0.0, 1 - progress) / (1 - WARM_UP))


def save(path: Path, reader: Reader, optimiser: torch.optim.Optimizer, elapsed: float, steps: int) -> None:
    """Write a checkpoint that training can go on from, in place of the last one only when it is whole."""
    part = path.with_suffix(".part")
    state = {"reader": reader.state_dict(), "optimiser": optimiser.state_dict(), "elapsed": elapsed, "steps": steps}
    torch.save(state, part)
    part.replace(path)


def train(
    reader: Reader,
    streams: tuple[Iterator[dict[str, Tensor]], Iterator[dict[str, Tensor]], Iterator[dict[str, Tensor]]],
    options: argparse.Namespace,
) -> None:
    """Train until the time is over, with a checkpoint every `--every` minutes."""
    optimiser = torch.optim.AdamW(
        [weights for weights in reader.parameters() if weights.requires_grad],
        lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    elapsed, steps, checkpoint = 0.0, 0, options.run / "last.pt"
    if options.resume:
        state = torch.load(checkpoint)
        reader.load_state_dict(state["reader"])
        optimiser.load_state_dict(state["optimiser"])
        elapsed, steps = state["elapsed"], state["steps"]
    fast = torch.compile(reader, dynamic=False)
    reader.train()
    before, saved, losses = time.monotonic(), elapsed, ([], [])
    while (progress := elapsed / (options.minutes * 60)) < 1:
        of_statements = steps % 5 in STATEMENTS
        batch = next(streams[2 if of_statements else progress >= FINAL_STAGE])
        for group in optimiser.param_groups:
            group["lr"] = options.rate * rate(progress)
        with torch.autocast("cpu", torch.bfloat16):
            span, answerable, supported = fast(*(batch[name] for name in INPUTS))
        loss = support_loss(supported, batch) if of_statements else reader_loss(span, answerable, batch)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        steps += 1
        losses[of_statements].append(loss.item())
        now = time.monotonic()
        elapsed, before = elapsed + now - before, now
        if progress < MIDDLE <= elapsed / (options.minutes * 60):
            save(options.run / "middle.pt", reader, optimiser, elapsed, steps)
        if steps % 100 == 0:
            shown = ", ".join(f"{sum(values) / len(values):.4f}" for values in losses)
            print(f"{elapsed / 60:6.1f} min  step {steps}  losses of questions and statements {shown}", flush=True)
            losses = ([], [])
        if elapsed - saved > options.every * 60:
            save(checkpoint, reader, optimiser, elapsed, steps)
            saved = elapsed
    save(checkpoint, reader, optimiser, elapsed, steps)
    print(f"done: {steps} steps, {elapsed / 60:.1f} min", flush=True)


def main() -> None:
    """Read the data, make the near misses, and train."""
    parser = argparse.ArgumentParser(description="Train the reader for a given time.")
    parser.add_argument("--data", type=Path, default=Path(__file__).parent.parent.parent / "shared/reader-data")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--minutes", type=float, default=95)
    parser.add_argument("--rate", type=float, default=1.5e-4, help="the peak learning rate")
    parser.add_argument("--start", type=Path, help="a checkpoint of another run to start from")
    parser.add_argument("--realigned", type=Path, help="realign.py's spans")
    parser.add_argument("--every", type=float, default=8, help="minutes between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on from the run's last checkpoint")
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    examples = read_examples(options.data, options.realigned)
    examples += near_misses(examples, NEAR_MISSES, DIRTY_NEAR_MISSES, options.seed)
    final = final_stage(examples, options.seed)
    print(f"{len(examples)} examples, {len(final)} in the final stage", flush=True)
    statements = read_statements(options.data, options.seed)
    print(f"{len(statements)} statements, {sum(each.answerable for each in statements)} supported", flush=True)
    maker = FeatureMaker([*examples, *statements])
    streams = (
        maker.batches(examples, BATCH, options.seed),
        maker.batches(final, BATCH, options.seed + 1),
        maker.batches(statements, BATCH, options.seed + 2),
    )
    reader = Reader.from_minilm()
    if options.start:
        reader.load_state_dict(torch.load(options.start)["reader"], strict=False)  # the support score may be new
    train(reader, streams, options)


if __name__ == "__main__":
    main()
