"""Ask questions about news articles; every answer cites the exact words that prove it."""

from vectorstore import (
    Article,
    ArticlesNotFound,
    ArticlesVanished,
    Finding,
    IndexMismatch,
    IndexUnavailable,
    ModelError,
    ParleyError,
    SyncReport,
    examine,
    refuse_second_writer,
)

from .answer import Answer, Citation, Turn
from .assistant import Assistant, ask
from .composing import NOT_SAID
from .config import Config
from .evaluation import FIGURES, Evaluation, Scores, Share, evaluate
from .gold import GoldQuestion, QuestionsUnreadable, read_gold, read_questions
from .judging import Verdict
from .llm import open_llm
from .question_check import check_question

__all__ = [
    "FIGURES",
    "NOT_SAID",
    "Answer",
    "Article",
    "ArticlesNotFound",
    "ArticlesVanished",
    "Assistant",
    "Citation",
    "Config",
    "Evaluation",
    "Finding",
    "GoldQuestion",
    "IndexMismatch",
    "IndexUnavailable",
    "ModelError",
    "ParleyError",
    "QuestionsUnreadable",
    "Scores",
    "Share",
    "SyncReport",
    "Turn",
    "Verdict",
    "ask",
    "check_question",
    "evaluate",
    "examine",
    "open_llm",
    "read_gold",
    "read_questions",
    "refuse_second_writer",
]
