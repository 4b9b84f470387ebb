"""Read articles, index them, and find the chunks that a question is about."""

from .articles import Article
from .changes import SyncReport
from .chunks import sentence_spans
from .embedding import EMBEDDER, OnnxEmbedding
from .errors import ArticlesNotFound, IndexMismatch, IndexUnavailable, ModelError, ParleyError
from .index import ArticleIndex
from .onnx import OnnxModel
from .stemming import stem_words

__all__ = [
    "EMBEDDER",
    "Article",
    "ArticleIndex",
    "ArticlesNotFound",
    "IndexMismatch",
    "IndexUnavailable",
    "ModelError",
    "OnnxEmbedding",
    "OnnxModel",
    "ParleyError",
    "SyncReport",
    "sentence_spans",
    "stem_words",
]
