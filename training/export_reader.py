"""Export a trained reader as int8 ONNX, measure it, and describe it in model.json."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

import torch
from evaluate_reader import MAX_TOKENS, OnnxReader, Scores, measure, questions_of
from minilm import TOKENIZER_SHA256, Encoder, sha256
from onnx_export import INPUTS, export_fp32, quantise, write_json
from reader_model import ExportedReader, Reader
from torch import Tensor

MIDDLE_SHARE, FIRST_SHARE = 0.3, 0.3
"""The weights in averages of the checkpoint from the middle of a first run, and of a first run beside a second one."""

OUTPUTS = {
    "start_logits": ("batch", "sequence"),
    "end_logits": ("batch", "sequence"),
    "answerable_logit": ("batch",),
    "supported_logit": ("batch",),
}
INPUT_MEANING = ("[CLS] question [SEP] passage [SEP]", "1 but for padding", "1 from the passage's first token on")
MEANING = {
    "start_logits": "[batch, sequence], relative to the no-answer position; -10000 outside the passage",
    "end_logits": "[batch, sequence], likewise, for the answer's last token (inclusive)",
    "answerable_logit": "[batch], above 0 where the passage seems to answer the question",
    "supported_logit": "[batch], above 0 where the passage says what the statement in the question's place does",
    "score": "start_logits[i] + end_logits[j] + answerable_logit, with i <= j < i + 30; comparable between passages",
}


def scores_of(model: Path, data: Path) -> dict[str, Scores]:
    """Measure a model on the evaluation file and on the articles held out of training."""
    reader = OnnxReader(model)
    sets = {"squad2-eval": questions_of(data, held_out=False), "held-out": questions_of(data, held_out=True)}
    return {name: measure(questions, reader.read(questions)) for name, questions in sets.items()}


def weights_of(run: Path, first: Path | None) -> dict[str, Tensor]:
    """Average a run's last checkpoint with its middle one, or with a first run's average."""
    last: dict[str, Tensor] = torch.load(run / "last.pt")["reader"]
    if first is None:
        other, share = torch.load(run / "middle.pt")["reader"], MIDDLE_SHARE
    else:
        other, share = weights_of(first, None), FIRST_SHARE
    # what is new in the second run is as it is there
    return {name: torch.lerp(own, other[name], share) if name in other else own for name, own in last.items()}


def main() -> None:
    """Write model.onnx and, last, model.json."""
    parser = argparse.ArgumentParser(description="Export a trained reader as int8 ONNX.")
    parser.add_argument("--run", type=Path, required=True, help="train_reader.py's folder of checkpoints")
    parser.add_argument("--first", type=Path, help="the run that this one went on from, to average with")
    parser.add_argument("--data", type=Path, default=Path(__file__).parent.parent.parent / "shared/reader-data")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "qa/models/reader")
    options = parser.parse_args()
    output: Path = options.output
    output.mkdir(parents=True, exist_ok=True)
    runs = [torch.load(run / "last.pt") for run in (options.first, options.run) if run]
    reader = Reader(Encoder())
    reader.load_state_dict(weights_of(options.run, options.first))
    model = output / "model.onnx"
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        export_fp32(ExportedReader(reader), full, OUTPUTS)
        quantise(full, model)
        measured = {"fp32": scores_of(full, options.data), "int8": scores_of(model, options.data)}
    for precision, sets in measured.items():
        for name, scores in sets.items():
            print(f"{precision} {name}: {scores}")
    rounded = {
        precision: {
            name: {key: round(value, 3) for key, value in asdict(scores).items()} for name, scores in sets.items()
        }
        for precision, sets in measured.items()
    }
    write_json(
        output / "model.json",
        {
            "name": "Parley reader, int8",
            "licence": "Apache-2.0; trained on data under CC BY-SA and others, see training/MODEL_CARD.md",
            "source": "all-MiniLM-L6-v2 weights, trained by training/train_reader.py",
            "trained_minutes": round(sum(run["elapsed"] for run in runs) / 60, 1),
            "trained_steps": sum(run["steps"] for run in runs),
            "max_tokens": MAX_TOKENS,
            "inputs": dict(zip(INPUTS, INPUT_MEANING, strict=True)),
            "outputs": MEANING,
            "threshold": rounded["int8"]["held-out"]["threshold"],
            "tokenizer": "the embedder's tokenizer.json, its own padding and truncation switched off",
            "sha256": {"model.onnx": sha256(model), "tokenizer.json": TOKENIZER_SHA256},
            "scores": rounded,
        },
    )


if __name__ == "__main__":
    main()
