"""The reader: the encoder with span heads, a no-answer score and a support score, for training and for export."""

from __future__ import annotations

import torch
from minilm import WIDTH, Encoder, load_encoder
from torch import Tensor, nn

__all__ = ["ANSWERABLE_SHARE", "EXCLUDED", "ExportedReader", "Reader", "reader_loss", "support_loss"]

SEP = 102
EXCLUDED = -10_000.0
"""The logit of a position that is no passage token."""

ANSWERABLE_SHARE = 0.5
"""The weight of the answerable loss beside the span loss."""


class Reader(nn.Module):
    """Score where an answer starts and ends, with [CLS] standing for no answer, and whether there is one.

    A third head scores whether the passage says what stands in the question's place, where that is a statement.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.span = nn.Linear(WIDTH, 2)
        self.answerable = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))
        self.supported = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))

    @classmethod
    def from_minilm(cls) -> Reader:
        """Start from the official encoder, its word vectors held fixed, and fresh heads."""
        reader = cls(load_encoder())
        reader.encoder.words.weight.requires_grad_(False)
        return reader

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, ...]:
        """Map three int64 tensors [b, s] to span logits [b, s, 2], answerable logits [b] and supported logits [b]."""
        states = self.encoder(input_ids, attention_mask, token_type_ids)
        first = states[:, 0]
        return self.span(states), self.answerable(first).squeeze(-1), self.supported(first).squeeze(-1)


class ExportedReader(nn.Module):
    """The reader as shipped: logits relative to the no-answer position, all tokens but the passage's shut out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, ...]:
        """Return start logits [b, s], end logits [b, s], answerable logits [b] and supported logits [b]."""
        span, answerable, supported = self.reader(input_ids, attention_mask, token_type_ids)
        relative = span - span[:, :1]
        inside = (token_type_ids * attention_mask * (input_ids != SEP).to(torch.int64)).unsqueeze(-1).to(span.dtype)
        start, end = (relative * inside + EXCLUDED * (1 - inside)).unbind(-1)
        return start, end, answerable, supported


def reader_loss(span: Tensor, answerable: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Return the mean loss: each set of accepted positions as one choice, plus the answerable score.

    `batch["allowed"]` [b, s] marks [CLS] and the passage, `batch["accepted"]` [b, s, 2] the right starts and ends.
    """
    chances = span.float().masked_fill(~batch["allowed"].unsqueeze(-1), EXCLUDED).log_softmax(1)
    right = chances.masked_fill(~batch["accepted"], EXCLUDED).logsumexp(1)
    yes_or_no = nn.functional.binary_cross_entropy_with_logits(answerable.float(), batch["answerable"])
    return -right.mean() + ANSWERABLE_SHARE * yes_or_no


def support_loss(supported: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Return the mean loss of the support score; `batch["answerable"]` [b] is 1 for the supported statements."""
    return nn.functional.binary_cross_entropy_with_logits(supported.float(), batch["answerable"])
