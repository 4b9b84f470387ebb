"""Turn text into vectors with the embedder that ships with Parley, or with another ONNX model."""

from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from numpy.typing import NDArray
from pydantic import PrivateAttr

from .onnx import OnnxModel

__all__ = ["EMBEDDER", "OnnxEmbedding", "embedding_identity"]

EMBEDDER = Path(__file__).parent / "models" / "embedder"

_BATCH = 16


class OnnxEmbedding(BaseEmbedding):
    """Embed text with a sentence-transformers model exported to ONNX.

    Vectors are the mean over the tokens' last hidden states, of unit length (Reimers and Gurevych, 2019). The folder
    is one that `OnnxModel` reads; by default all-MiniLM-L6-v2 in int8, 384 dimensions.
    """

    _model: OnnxModel = PrivateAttr()

    def __init__(self, folder: Path = EMBEDDER, **fields: Any) -> None:
        super().__init__(embed_batch_size=_BATCH, num_workers=None, **fields)
        self._model = OnnxModel.shared(folder)
        self.model_name = self._model.identity

    @classmethod
    def class_name(cls) -> str:
        """Name the class as LlamaIndex asks for it."""
        return "OnnxEmbedding"

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts; returns unit vectors, shape (len(texts), dimension)."""
        encodings = self._model.tokenizer.encode_batch(texts)
        states = self._model.run(encodings)["last_hidden_state"]
        mask = np.asarray([encoding.attention_mask for encoding in encodings], dtype=np.float32)[:, :, None]
        vectors = (states * mask).sum(axis=1) / mask.sum(axis=1)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        return [vector.tolist() for vector in self.embed(texts)]

    def _get_text_embedding(self, text: str) -> Embedding:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_query_embedding(query)


def embedding_identity(embedding: BaseEmbedding) -> str:
    """Name an embedding so that an index made with another one is recognised."""
    return f"{embedding.class_name()} {embedding.model_name}"
