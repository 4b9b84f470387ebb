"""Read articles, index them, and find the chunks that a question is about."""

from .articles import Article
from .changes import SyncReport
from .chunks import sentence_spans
from .datelines import dateline_end
from .doctor import Finding, examine
from .embedding import EMBEDDER, OnnxEmbedding
from .errors import ArticlesNotFound, ArticlesVanished, IndexMismatch, IndexUnavailable, ModelError, ParleyError
from .index import ArticleIndex
from .locks import refuse_second_writer
from .onnx import OnnxModel
from .sentences import split_sentences
from .stemming import fold, stem_words, stems

__all__ = [
    "EMBEDDER",
    "Article",
    "ArticleIndex",
    "ArticlesNotFound",
    "ArticlesVanished",
    "Finding",
    "IndexMismatch",
    "IndexUnavailable",
    "ModelError",
    "OnnxEmbedding",
    "OnnxModel",
    "ParleyError",
    "SyncReport",
    "dateline_end",
    "examine",
    "fold",
    "refuse_second_writer",
    "sentence_spans",
    "split_sentences",
    "stem_words",
    "stems",
]
