"""Refuse what can't be asked."""

__all__ = ["check_question"]


def check_question(question: object) -> None:
    """Raise ValueError, in one line, where a question has no words or is no Unicode text."""
    if not isinstance(question, str) or not any(character.isalnum() for character in question):
        raise ValueError(f"the question {question!r} has no words; ask something")
    try:
        question.encode("utf-8")
    except UnicodeEncodeError as error:  # bytes of another encoding on the command line, half a pair in JSON
        raise ValueError(f"the question {question!r} is not Unicode text; write it anew in UTF-8") from error
