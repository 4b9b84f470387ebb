"""The reader: the encoder with span heads and a no-answer score, for training and for export."""

from __future__ import annotations

import torch
from minilm import WIDTH, Encoder, load_encoder
from torch import Tensor, nn

__all__ = ["ANSWERABLE_SHARE", "EXCLUDED", "ExportedReader", "Reader", "reader_loss"]

SEP = 102
EXCLUDED = -10_000.0
"""The logit of a position that is no passage token."""

ANSWERABLE_SHARE = 0.5
"""The weight of the answerable loss beside the span loss."""


class Reader(nn.Module):
    """Score where an answer starts and ends, with [CLS] standing for no answer, and whether there is one."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.span = nn.Linear(WIDTH, 2)
        self.answerable = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))

    @classmethod
    def from_minilm(cls) -> Reader:
        """Start from the official encoder, its word vectors held fixed, and fresh heads."""
        reader = cls(load_encoder())
        reader.encoder.words.weight.requires_grad_(False)
        return reader

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Map three int64 tensors [b, s] to span logits [b, s, 2] and answerable logits [b]."""
        states = self.encoder(input_ids, attention_mask, token_type_ids)
        return self.span(states), self.answerable(states[:, 0]).squeeze(-1)


class ExportedReader(nn.Module):
    """The reader as shipped: logits relative to the no-answer position, all tokens but the passage's shut out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, ...]:
        """Return start logits [b, s], end logits [b, s] and answerable logits [b]."""
        span, answerable = self.reader(input_ids, attention_mask, token_type_ids)
        relative = span - span[:, :1]
        inside = (token_type_ids * attention_mask * (input_ids != SEP).to(torch.int64)).unsqueeze(-1).to(span.dtype)
        start, end = (relative * inside + EXCLUDED * (1 - inside)).unbind(-1)
        return start, end, answerable


def reader_loss(span: Tensor, answerable: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Return the mean loss: each set of accepted positions as one choice, plus the answerable score.

    `batch["allowed"]` [b, s] marks [CLS] and the passage, `batch["accepted"]` [b, s, 2] the right starts and ends.
    """
    chances = span.float().masked_fill(~batch["allowed"].unsqueeze(-1), EXCLUDED).log_softmax(1)
    right = chances.masked_fill(~batch["accepted"], EXCLUDED).logsumexp(1)
    yes_or_no = nn.functional.binary_cross_entropy_with_logits(answerable.float(), batch["answerable"])
    return -right.mean() + ANSWERABLE_SHARE * yes_or_no
