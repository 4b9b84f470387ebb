"""Read articles, index them, and find the chunks that a question is about."""

from .articles import Article
from .chunks import sentence_spans
from .embedding import OnnxEmbedding
from .errors import ArticlesNotFound, IndexMismatch, IndexUnavailable, ModelError, ParleyError
from .index import ArticleIndex, SyncReport
from .onnx import OnnxModel
from .stemming import stem_words

__all__ = [
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
