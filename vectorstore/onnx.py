"""Run a model that is kept as ONNX beside its tokenizer: the one file that knows onnxruntime."""

import json
import threading
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from .errors import ModelError

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Encoding, Tokenizer

__all__ = ["OnnxModel"]


class OnnxModel:
    """Hold a model folder: `model.onnx`, `tokenizer.json`, and `model.json`, which describes them.

    `model.json` gives `name`, `max_tokens` and the files' SHA-256; they are checked when the model is loaded, which
    happens at its first use. Safe to call from several threads.
    """

    def __init__(self, folder: Path, tokenizer: Path | None = None) -> None:
        self.folder = folder
        self._tokenizer_file = tokenizer or folder / "tokenizer.json"
        self._running = threading.Lock()

    @classmethod
    @cache
    def shared(cls, folder: Path, tokenizer: Path | None = None) -> Self:
        """Give the model of a folder, the same one to all in the process: it is large and slow to load."""
        return cls(folder, tokenizer)

    @cached_property
    def description(self) -> Mapping[str, Any]:
        """Read `model.json`; raises ModelError where it is missing or no JSON object."""
        path = self.folder / "model.json"
        try:
            description = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"no model at {str(self.folder)!r}: can't read model.json ({error})") from error
        if not isinstance(description, dict):
            raise ModelError(f"{str(path)!r} is no JSON object; take the model's folder from its release")
        return description

    @property
    def identity(self) -> str:
        """Name the model so that two models never share a name."""
        digest = self.description.get("sha256", {}).get("model.onnx", "")
        return f"{self.description.get('name', self.folder.name)} {digest[:16]}".strip()

    @property
    def max_tokens(self) -> int:
        """Give the longest input in word pieces; what is beyond it is cut off."""
        return int(self.description.get("max_tokens", 256))

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        """Load the tokenizer; it cuts and pads, and is not changed after that."""
        from tokenizers import Tokenizer

        self._check(self._tokenizer_file)
        tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
        tokenizer.enable_truncation(self.max_tokens, strategy="longest_first")
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> "onnxruntime.InferenceSession":
        import onnxruntime

        path = self.folder / "model.onnx"
        self._check(path)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own classes share no other base
            raise ModelError(f"onnxruntime can't load {str(path)!r}: {error}") from error

    def _check(self, path: Path) -> None:
        expected = self.description.get("sha256", {}).get(path.name)
        try:
            with path.open("rb") as handle:
                found = file_digest(handle, "sha256").hexdigest()
        except OSError as error:
            raise ModelError(f"can't read the model's file {str(path)!r}: {error.strerror}") from error
        if expected is not None and found != expected:
            raise ModelError(
                f"{str(path)!r} is not the file that model.json describes (SHA-256 {found[:16]}..., expected "
                f"{expected[:16]}...); restore it, for example with git checkout"
            )

    def run(self, encodings: Sequence["Encoding"]) -> dict[str, NDArray[Any]]:
        """Run one batch of padded encodings; returns {output name: array, batch first}."""
        fields = {
            "input_ids": [encoding.ids for encoding in encodings],
            "attention_mask": [encoding.attention_mask for encoding in encodings],
            "token_type_ids": [encoding.type_ids for encoding in encodings],
        }
        wanted = {node.name for node in self._session.get_inputs()}
        names = [node.name for node in self._session.get_outputs()]
        feed = {name: np.asarray(rows, dtype=np.int64) for name, rows in fields.items() if name in wanted}
        # a run keeps all cores busy by itself; several at once are hardly quicker, and each holds memory for good
        with self._running:
            return dict(zip(names, self._session.run(names, feed), strict=True))
