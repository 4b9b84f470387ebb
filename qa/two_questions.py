"""Split two questions asked in one, "When and where did they meet?", into a question for each."""

import re
from collections.abc import Callable

from .answer import Turn
from .clauses import parse_question, without_mark
from .followups import resolve
from .parts import Part

__all__ = ["split_questions"]

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_BARE = r"(?:when|where|why|how(?:\s+(?:many|much|long|often))?)"
_BOTH = re.compile(rf"(?P<first>{_BARE})\s+and\s+(?P<second>{_BARE})\s+(?P<rest>{_AUXILIARY}\b.+)", re.IGNORECASE)
# A question asks at once, by an auxiliary behind what it asks for: "where they were held" is a clause.
_PREPOSITION = r"(?:(?:at|by|for|from|in|on|to|with)\s+)?"
_NOUN = r"(?:\s+(?!(?:he|she|it|they|we|you|I|the|this|that)\b)[\w’'-]+){1,3}?"
_SECOND = re.compile(
    rf",?\s+and\s+(?P<second>{_BARE}|{_PREPOSITION}(?:which|what)(?:\s+[\w’'-]+){{1,2}}"
    rf"|(?:{_BARE}|who|what|{_PREPOSITION}(?:which|what|how\s+many|how\s+much){_NOUN})\s+{_AUXILIARY}\b.+)$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_HAPPENED = re.compile(r"\b(?:it|that|this)\s+(?:happen|occur)(?:ed)?$", re.IGNORECASE)


def split_questions(question: str, knows: Callable[[str], bool]) -> tuple[Part, ...]:
    """Split "Who was arrested, and why?" into both questions, each to stand alone; nothing where one is asked.

    The second is read as a follow-up to the first. `knows` tells whether some article uses a word of a stem.
    """
    bare = without_mark(question)
    if both := _BOTH.fullmatch(bare):
        return tuple(
            Part(asked, f"{asked.capitalize()} {both['rest']}?", is_question=True)
            for asked in both.group("first", "second")
        )
    found = _SECOND.search(bare)
    if not found:
        return ()
    first, second = bare[: found.start()], found["second"]
    parsed = parse_question(first)
    if not parsed.asked or parsed.is_fragment or len(_ASKING.findall(first)) != 1:  # what a clause asks is not asked
        return ()
    standalone = resolve(f"And {second}?", [Turn("user", f"{first}?")], knows)
    if f"{first})" in standalone:  # no fluent question could be made of it
        statement = parsed.statement()
        if not statement or not _HAPPENED.search(second):
            return ()
        standalone = f"{second} that {statement}?"
    asked = parse_question(second).asked or second
    return (Part(parsed.asked, f"{first}?", is_question=True), Part(asked, standalone, is_question=True))
