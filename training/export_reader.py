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

MIDDLE_SHARE = 0.3
"""The weight of the checkpoint from the middle of training in the average: better than none or half when held out."""

OUTPUTS = {
    "start_logits": ("batch", "sequence"),
    "end_logits": ("batch", "sequence"),
    "answerable_logit": ("batch",),
}
INPUT_MEANING = ("[CLS] question [SEP] passage [SEP]", "1 but for padding", "1 from the passage's first token on")
MEANING = {
    "start_logits": "[batch, sequence], relative to the no-answer position; -10000 outside the passage",
    "end_logits": "[batch, sequence], likewise, for the answer's last token (inclusive)",
    "answerable_logit": "[batch], above 0 where the passage seems to answer the question",
    "score": "start_logits[i] + end_logits[j] + answerable_logit, with i <= j < i + 30; comparable between passages",
}


def scores_of(model: Path, data: Path) -> dict[str, Scores]:
    """Measure a model on the evaluation file and on the articles held out of training."""
    reader = OnnxReader(model)
    sets = {"squad2-eval": questions_of(data, held_out=False), "held-out": questions_of(data, held_out=True)}
    return {name: measure(questions, reader.read(questions)) for name, questions in sets.items()}


def main() -> None:
    """Write model.onnx and, last, model.json."""
    parser = argparse.ArgumentParser(description="Export a trained reader as int8 ONNX.")
    parser.add_argument("--run", type=Path, required=True, help="train_reader.py's folder of checkpoints")
    parser.add_argument("--data", type=Path, default=Path(__file__).parent.parent.parent / "shared/reader-data")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "qa/models/reader")
    options = parser.parse_args()
    output: Path = options.output
    output.mkdir(parents=True, exist_ok=True)
    state, middle = (torch.load(options.run / name) for name in ("last.pt", "middle.pt"))
    reader = Reader(Encoder())
    reader.load_state_dict(
        {name: torch.lerp(weights, middle["reader"][name], MIDDLE_SHARE) for name, weights in state["reader"].items()}
    )
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
            "trained_minutes": round(state["elapsed"] / 60, 1),
            "trained_steps": state["steps"],
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
