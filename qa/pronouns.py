"""Find the pronouns of a question that nothing in the question itself explains."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .names import PERSON_NOUNS, Name, find_names

__all__ = ["AUXILIARIES", "OPENING", "Pronoun", "fits", "free_pronouns"]

_PRONOUNS = {
    form: (whose, case)
    for whose, forms in {
        "he": {"he": "subject", "him": "object", "his": "possessive", "himself": "bound"},
        "she": {"she": "subject", "her": "object", "hers": "possessive", "herself": "bound"},
        "they": {"they": "subject", "them": "object", "their": "possessive", "theirs": "possessive"},
        "it": {"it": "object", "its": "possessive"},
    }.items()
    for form, case in forms.items()
}
AUXILIARIES = frozenset("did does do is are was were has have had will would can could should may might must".split())
# Between a name and a pronoun one of these lets the pronoun mean the name.
_SUBORDINATORS = frozenset(
    "that when after before because while if whether since until although though who which where and but as for".split()
)
_AFTER_OBJECT = frozenset(
    "a about after again ago all also an and any as at back before because but by do during for from go have how if in "
    "into last more not now of off on or out over since so the than that there to today under until up we what when "
    "where which while who why with yesterday you".split()
)
OPENING = re.compile(
    r"(?:when|after|before|during|in|while|as|since|despite|with|for|at|besides|other\s+than|aside\s+from|apart\s+from|"
    r"following|in\s+addition\s+to)\b[^,]*,",
    re.IGNORECASE,
)
# Nouns that may explain a pronoun after them.
_PERSONS = re.compile(
    rf"\b(?:the|a|an|which|what)\s+(?:[\w.’'-]+\s+){{0,3}}?(?:{'|'.join(sorted(PERSON_NOUNS))})\b", re.IGNORECASE
)
_BINDING = {
    "he": _PERSONS,
    "she": _PERSONS,
    "it": re.compile(r"\b(?:the|a|an|this|which|what)\s+[a-z]"),
    "they": re.compile(
        r"\b(?:the|these|those|some|many|two|both|which|what|are|were|did|do)\s+(?:(?:[\w’'-]+\s+){0,3}?[\w’'-]+(?<!s)s\b(?!['’])|people\b)"
    ),
}
_PLEONASTIC = re.compile(
    r"\b(?:(?:is|was|would|will|does|did|might|could)\s+it\s+(?:be\s+)?(?:not\s+)?(?:also\s+)?(?:true|possible|likely|"
    r"unlikely|known|clear|important|necessary|safe|legal|illegal|common|said|reported|that|raining|snowing|"
    r"rain|seem|turn\s+out)\b|\bit\s+(?:is|was|seems|appears)\s+(?:\w+\s+)?(?:that|to)\b|"
    r"\b(?:make|made|makes|making)\s+it\b|\bfind\s+it\s+\w+\s+(?:to|for|that)\b|\bwhat\s+time\s+is\s+it\b|\bwhat\s+is\s+it\s+(?:about|like)\s+\w|"
    r"\bhow\s+\w+(?:\s+\w+)?\s+(?:did|does|will|would|has|had)\s+it\s+(?:take|been|cost\s+(?:\w+\s+)?to)\b|\b(?:is|was)\s+it\s+(?:\w+\s+){1,8}?(?:who|that)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pronoun:
    """Hold a pronoun of a question: its kind, its case, and where it stands."""

    whose: str
    case: str
    start: int
    end: int


def free_pronouns(core: str) -> Iterator[Pronoun]:
    """Find the pronouns that nothing in the question itself explains."""
    words = list(re.finditer(r"[\w’'-]+", core))
    for position, word in enumerate(words):
        form = word.group().casefold()
        if form not in _PRONOUNS or (word.group().isupper() and not core.isupper()):
            continue
        whose, case = _PRONOUNS[form]
        before = words[position - 1].group().casefold() if position else ""
        following = words[position + 1].group().casefold() if position + 1 < len(words) else ""
        if form == "her":
            case = "object" if not following or following in _AFTER_OBJECT else "possessive"
        if form == "it" and (before in AUXILIARIES or following in AUXILIARIES or not position):
            case = "subject"
        if form == "it" and _PLEONASTIC.search(core):
            continue
        if case != "bound" and not _is_bound(core, word.start(), whose, case, before):
            yield Pronoun(whose, case, word.start(), word.end())


def _is_bound(core: str, at: int, whose: str, case: str, before: str) -> bool:
    """Tell whether a pronoun means something in its own question."""
    earlier, later = core[:at], core[at:]
    opening = OPENING.match(core)
    if opening and at < opening.end() and any(_may_bind(name, whose) for name in find_names(later)):
        return True
    explained = any(_may_bind(name, whose) for name in find_names(earlier)) or bool(_BINDING[whose].search(earlier))
    words = re.findall(r"[\w’'-]+", earlier.casefold())
    apart = any(word in _SUBORDINATORS for word in words[1:])
    if case == "subject" and before in AUXILIARIES:  # "did he": only another clause can explain it
        return explained and bool(re.search(r",|\b(?:and|or|but)\b", earlier.lstrip("AaBbnNdDutT ")))
    if case == "object":
        return explained and apart
    # "Who said that he ...", "Who had not spoken with his ..."; but "Who led his delegation?"
    who_does = re.match(r"who\s+(?!did|does|do|was|is|were|are)", core, re.IGNORECASE)
    return explained or bool(who_does and (case == "subject" or len(words) > 3))


def _may_bind(name: Name, whose: str) -> bool:
    """Tell whether a name in the question itself may explain a pronoun; in doubt it does."""
    if whose in {"he", "she"}:
        return fits(name, whose) or (name.kind == "place" and len(name.text.split()) == 2)
    return whose == "they" or name.kind != "person" or not name.gender


def fits(name: Name, whose: str) -> bool:
    """Tell whether a pronoun can mean a name."""
    if whose in {"he", "she"}:
        return name.kind == "person" and name.gender in {"", whose}
    if whose == "it":
        return name.kind != "person"
    return True
