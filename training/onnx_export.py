"""Write a PyTorch module as an int8 ONNX model that is the same byte for byte each time."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

__all__ = ["INPUTS", "export_fp32", "quantise", "write_json"]

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OPSET = 17


def export_fp32(module: nn.Module, path: Path, outputs: Mapping[str, tuple[str, ...]]) -> None:
    """Write a module over the three BERT inputs as fp32 ONNX; `outputs` names each output's open dimensions."""
    shape = {0: "batch", 1: "sequence"}
    axes = dict.fromkeys(INPUTS, shape) | {name: dict(enumerate(open_)) for name, open_ in outputs.items()}
    example = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in INPUTS)
    torch.onnx.export(
        module.eval(), example, str(path), input_names=list(INPUTS), output_names=list(outputs),
        dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def quantise(source: Path, target: Path, keep: tuple[str, ...] = ()) -> None:
    """Write `source` with int8 weights, a scale per channel; nodes named in `keep` stay fp32."""
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser advises a preprocessing that a plain BERT doesn't need
    quantize_dynamic(
        source, target, op_types_to_quantize=["MatMul", "Gather"], per_channel=True,
        weight_type=QuantType.QInt8, nodes_to_exclude=list(keep),
    )  # fmt: skip


def write_json(path: Path, value: Mapping[str, object]) -> None:
    """Write a model.json so that no reader ever sees half of it."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".part", delete=False, encoding="utf-8") as part:
        json.dump(value, part, indent=2)
        part.write("\n")
    Path(part.name).chmod(0o644)
    Path(part.name).replace(path)
