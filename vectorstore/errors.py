"""Say in one line what went wrong and what to do about it.

ParleyError
├── ArticlesNotFound    the folder of articles is missing, is no folder, or holds nothing to read
├── IndexMismatch       the index was made by another model or another version
├── IndexUnavailable    the index can't be read, written, or locked
├── ModelError          a model's files are missing, altered, or not usable
└── QuestionsUnreadable a file of questions can't be used; raised by `qa`, where such files are read
"""

__all__ = ["ArticlesNotFound", "IndexMismatch", "IndexUnavailable", "ModelError", "ParleyError"]


class ParleyError(Exception):
    """Be the base of every error that Parley raises on purpose; its text can be shown to the user."""


class ArticlesNotFound(ParleyError):
    """Tell that the folder of articles is missing, is no folder, or holds nothing to read."""


class IndexMismatch(ParleyError):
    """Tell that the index was made by another model or another version."""


class IndexUnavailable(ParleyError):
    """Tell that the index can't be read, written, or locked."""


class ModelError(ParleyError):
    """Tell that a model's files are missing, altered, or not usable."""
