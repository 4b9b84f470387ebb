"""Read who says or does something in a sentence of the news, by its verbs and punctuation."""

import re
from collections.abc import Iterator

from .names import PERSON_NOUNS, Name, find_names
from .verbs import PASTS, past

__all__ = [
    "ACCORDING",
    "doers",
    "goes_on",
    "is_somebody",
    "label",
    "leaves_open",
    "persons",
    "subjects",
    "title_before",
]

_SAYING = (
    "accuse acknowledge add admit allege announce argue ask assert blame call caution claim comment complain concede "
    "conclude confirm contend criticise criticize declare demand denounce deny describe emphasise emphasize explain "
    "express insist mention note pledge predict promise propose recall remark reply report say state stress suggest "
    "tell testify threaten underscore urge voice vow warn write"
).split()
_TOLD = (
    frozenset(map(past, _SAYING))
    | {f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s" for verb in _SAYING}
    | {"say"}
)
_VERB = re.compile(rf"\b(?:{'|'.join(sorted(_TOLD))})\b")
ACCORDING = re.compile(r"\baccording\s+to\s+([^,;?]+)", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"]*(?:[”\"]|$)")
_SHORT = re.compile(r"\b(\w{1,4})\.(?=\s*[A-Z])")  # "Gen. Brown", "U.S. officials"
_NAME = r"[^\W\d_a-z][\w.’'-]*"
_LABEL = re.compile(  # "MR. LANE:", "[Ambassador Greer](https://...):"
    rf"\W*((?:{_NAME}\s+){{0,5}}{_NAME})(?:\](?:\(\S+\))?)?[*_]*:[*_]*(?=\s)"
)
# The same with what the speaker belongs to: "President Liz Shuler, AFL-CIO:", "Senator Jane Doe (D-OH):". What is said
# follows on the line, as behind no heading.
_IN_BRACKETS = r"\([A-Z][\w.,&’' -]*\)"
_AFFILIATED = re.compile(
    rf"\W*((?:{_NAME}\s+(?:and\s+)?){{1,5}}{_NAME})(?:,\s+{_NAME}|\s+{_IN_BRACKETS})"
    rf"(?:\s+(?:(?:an?|and|at|for|in|of|the)\s+)*(?:{_NAME}|{_IN_BRACKETS}))*[*_]*:[*_]*[^\S\n]+(?=\S)"
)
_PAUSE = re.compile(r"[,;:()—–\"”]")
_APPOSITION = re.compile(r"\s*(?:an?|the|who|which|whose|his|her|their|its|now|[a-z]+)\s|\s*\d+\s*$")
_HE = re.compile(
    rf"^(?:\W*\w+\W+)?(?:he|she)\b|\bthe\s(?:[\w-]+\s)?(?:{'|'.join(sorted(PERSON_NOUNS))})$", re.IGNORECASE
)
_ROLES = PERSON_NOUNS | {"officials", "statement"}
_LINKS = (
    "about|after|amid|among|and|as|at|because|before|between|but|by|during|from|if|in|into|on|or|over|since|so|than|"
    "that|though|to|under|when|where|which|while|who|whom|with|yet"
)
_TITLES = "|".join(sorted(PERSON_NOUNS | {"foreign", "former", "late", "of", "prime", "senior", "the", "then", "vice"}))
# Who does something: what opens a clause, before a verb.
_DOER = re.compile(
    r"(?:^\W*|[“\"(]|[,;:—]\s|\b(?:that|and|but|while|as|because|if|when|where|so|yet|after|before|since)\s)"
    rf"(?P<doer>(?:(?:{_NAME}|{_TITLES}|[a-z]+-[a-z]+)\s)*?{_NAME}(?:\sand(?:\s{_NAME})+)?)(?<!['’]s)\s"
    r"(?:\w+ly\s|also\s)?(?:have|are|were|do|did|had|\w+ed|\w+s"
    rf"|{'|'.join(sorted(PASTS))})\b"
)
_LINK = re.compile(rf"\b(?:{_LINKS})\b")
_AUXILIARY = re.compile(r"(?:\s+(?:also|has|have|had|is|was|were|been|being|later|then|not|never|\w+ly))+$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
_BY = re.compile(rf"[^,;:]*?\bby\s+((?:the\s)?{_NAME}(?:\s{_NAME})*)")
# What stands before a name and tells whom it speaks for: "China's Foreign Minister", "White House spokesman".
_TITLE = re.compile(rf"(?:(?:{_NAME}|(?!(?:{_LINKS}|{'|'.join(sorted(PASTS))}|\w+ed|\w+s)\b)[a-z]+)\s+){{1,10}}$")


def persons(text: str) -> list[Name]:
    """Find the persons that a text names."""
    return [name for name in find_names(text) if name.kind == "person"]


def is_somebody(subject: str) -> bool:
    """Tell whether a subject is a person or an office, and not "he" or "the senator", who goes on."""
    is_role = not _ROLES.isdisjoint(re.findall(r"[a-z]+", subject.casefold())) and not goes_on(subject)
    return bool(persons(f"{subject} said")) or is_role


def goes_on(subject: str) -> bool:
    """Tell whether words speak of one named before: "He", "But she", "the senator"."""
    return bool(_HE.search(subject))


def label(sentence: str) -> str:
    """Give the name of who speaks, with which a line of a transcript or an interview begins; empty without one."""
    if found := _LABEL.match(sentence):
        return found.group(1).title()
    found = _AFFILIATED.match(sentence)
    return found.group(1) if found and persons(f"{found.group(1)} said") else ""


def leaves_open(sentence: str, is_open: bool) -> bool:
    """Tell whether a quotation goes on behind a sentence; each of its paragraphs may begin with the mark anew.

    `is_open` tells whether one went on before it.
    """
    for mark in re.findall(r"[“”\"]", sentence[1:] if is_open else sentence):
        is_open = {"“": True, "”": False}.get(mark, not is_open)
    return is_open


def title_before(name: Name, sentence: str) -> str:
    """Give the words before a name that tell whom the one named speaks for: "China's Foreign Minister"."""
    found = _TITLE.search(sentence[: name.start])
    return found.group() if found else ""


def doers(sentence: str) -> Iterator[str]:
    """Yield who does something, as written."""
    for match in _DOER.finditer(_SHORT.sub(r"\1 ", sentence)):
        yield match["doer"]


def subjects(sentence: str) -> Iterator[tuple[int, str]]:
    """Yield who is said to say something, as written, each with where the verb stands."""
    for match in ACCORDING.finditer(sentence):
        yield len(sentence), match.group(1)
    plain = _SHORT.sub(r"\1 ", _QUOTED.sub(lambda match: '"' * len(match.group()), sentence))
    for verb in _VERB.finditer(plain):
        if _PASSIVE.search(plain, 0, verb.start()) and (by := _BY.match(plain, verb.end())):
            yield len(sentence), by.group(1)  # "is called a discovery by the association"
        pieces = _PAUSE.split(_AUXILIARY.sub("", plain[: verb.start()].rstrip(" ")))
        last = pieces[-1].strip()
        if last:
            yield verb.start(), _head(last)
        elif len(pieces) > 2 and _APPOSITION.match(pieces[-2]) and find_names(f"{pieces[-3]} said"):
            yield verb.start(), _head(pieces[-3])
        else:
            yield len(sentence), _PAUSE.split(plain[verb.end() :])[0]


def _head(clause: str) -> str:
    """Give what a clause ends in that can be its subject: "officials in Beijing", "On Monday Blinken"."""
    parts = _LINK.split(clause)
    if not parts[-1].strip():  # "China denied it and"
        doer = _DOER.match(f"{clause} said")
        return doer["doer"] if doer else ""
    if len(parts) > 1 and parts[-2].strip() and len(parts[-1].split()) < 2:
        return parts[-2]
    return parts[-1]
