"""Ask questions about news articles; every answer cites the exact words that prove it."""

from vectorstore import (
    Article,
    ArticlesNotFound,
    IndexMismatch,
    IndexUnavailable,
    ModelError,
    ParleyError,
    SyncReport,
)

from .answer import Answer, Citation, Turn
from .assistant import Assistant, ask
from .composing import NOT_SAID
from .config import Config

__all__ = [
    "NOT_SAID",
    "Answer",
    "Article",
    "ArticlesNotFound",
    "Assistant",
    "Citation",
    "Config",
    "IndexMismatch",
    "IndexUnavailable",
    "ModelError",
    "ParleyError",
    "SyncReport",
    "Turn",
    "ask",
]
