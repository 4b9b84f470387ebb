"""Say in one line what went wrong and what to do about it.

ParleyError
├── ArticlesNotFound    the folder of articles is missing, is no folder, or holds nothing to read
├── ArticlesVanished    many indexed articles are gone from the folder at once
├── IndexMismatch       the index was made by another model or another version
├── IndexUnavailable    the index can't be read, written, or locked
├── LibraryError        a file can't be added, removed or put back; raised by `ui`, where the library is
├── ModelError          a model's files are missing, altered, or not usable
└── QuestionsUnreadable a file of questions can't be used; raised by `qa`, where such files are read
"""

__all__ = [
    "ArticlesNotFound",
    "ArticlesVanished",
    "IndexMismatch",
    "IndexUnavailable",
    "ModelError",
    "ParleyError",
]


class ParleyError(Exception):
    """Be the base of every error that Parley raises on purpose; its text can be shown to the user."""


class ArticlesNotFound(ParleyError):
    """Tell that the folder of articles is missing, is no folder, or holds nothing to read."""


class ArticlesVanished(ParleyError):
    """Tell that many indexed articles are gone from the folder at once, which may be an accident."""


class IndexMismatch(ParleyError):
    """Tell that the index was made by another model or another version."""


class IndexUnavailable(ParleyError):
    """Tell that the index can't be read, written, or locked."""


class ModelError(ParleyError):
    """Tell that a model's files are missing, altered, or not usable."""
