"""Find who and what a conversation last spoke of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vectorstore import stems

from .clauses import EVENT_NOUNS, ParsedQuestion, own_names, parse_question, without_mark
from .names import PERSON_NOUNS, Name, find_names
from .pronouns import Pronoun, fits

__all__ = [
    "Exchange",
    "antecedent",
    "encounter",
    "noun_phrase",
    "spoken_pair",
    "spoken_thing",
    "with_answer",
]

_LEAD = re.compile(r"\s*\*\*(.+?)\*\*")
_BRIEF = 4  # words
# After "What did he say?", "it" is not what was said.
_TALKING = re.compile(
    r"\b(?:accuse|agree|ask|blame|call|claim|demand|deny|describe|discuss|do|happen|mean|promise|propose|say|tell|think|"
    r"threaten|urge|want)\b"
)
_ENCOUNTER = re.compile(r"(?P<one>.+?)\s(?P<verb>met|spoke|talked)\s(?:with\s|to\s)?(?P<others>.+)$")
_MAKING = (
    r"(?:bought|buil[dt]|buy|compose[ds]?|cost|design(?:ed|s)?|direct(?:ed|s)?|film(?:ed|s)?|invent(?:ed|s)?|made|make|"
    r"own(?:ed|s)?|paint(?:ed|s)?|premiere[ds]?|produce[ds]?|publish(?:ed|es)?|release[ds]?|sells?|sold|"
    r"star(?:red|s)?|weighs?|writ(?:e|es|ten)|wrote)"
)
# What is made or sold, and no event: "Who directed it?", "What is it about?"
_OF_A_THING = re.compile(rf"\b{_MAKING}\s+(?:in\s+)?it\b|\bit\s+(?:be\s+|been\s+)?(?:about|{_MAKING})\b", re.IGNORECASE)
_ACTED_IN = re.compile(r"\b(?:act|appear|cast|play|role|star)\w*\s+in\s+(?:the\s+)?$")
_NOT_INSIDE = frozenset("and or of in on at to with by for from that who which is was are were as than".split())


@dataclass(frozen=True)
class Exchange:
    """Hold an earlier question as it stands alone, its answer, and the names in both.

    `sought` are the persons of the answer where one was asked for, who are not in the question themselves; `lead` is
    what leads the answer in bold, where that is short; `goes_on` tells that the question itself spoke of a person by a
    pronoun.
    """

    question: str
    asked: tuple[Name, ...] = ()
    answer: str = ""
    answered: tuple[Name, ...] = ()
    sought: tuple[Name, ...] = ()
    lead: str = ""
    goes_on: bool = False

    @property
    def parsed(self) -> ParsedQuestion:
        """Take the question apart."""
        return parse_question(self.bare)

    @property
    def bare(self) -> str:
        """Give the question without its mark."""
        return re.sub(r"\s\(.*\)$", "", without_mark(self.question))

    def persons(self) -> list[Name]:
        """List the persons whom the question brought up, the likeliest to be meant first."""
        asked = [name for name in self.asked if name.kind == "person"]
        sought = self.sought[:1]
        # "Who did he meet?" goes on with him, "Who met him?" and "Whom did Biden appoint?" turn to the one asked for
        return [*asked, *sought] if self.goes_on and self.parsed.auxiliary else [*sought, *asked]

    def statement(self) -> str:
        """Say what the exchange was about as a statement, empty where it can't be told."""
        persons = self.sought
        return self.parsed.statement(persons[0].text if persons and not self.parsed.auxiliary else "")


def with_answer(exchange: Exchange, text: str, knows: Callable[[str], bool]) -> Exchange:
    """Add its answer to a question; names that the articles don't hold are left out, `knows` tells which they do."""
    plain = re.sub(r"\[\s*\d+\s*\]|\*\*|__", "", text)
    names = [name for name in find_names(plain) if all(map(knows, stems(name.text))) and name.text]
    question = exchange.question
    if question.islower():  # typed without capitals; the answer has them
        for name in sorted(names, key=lambda name: len(name.text), reverse=True):
            question = re.sub(rf"\b{re.escape(name.text)}\b", name.text, question, flags=re.IGNORECASE)
            question = re.sub(rf"\b{re.escape(name.last)}\b", name.text.split()[-1], question)
    lead = _LEAD.match(text)
    brief = lead.group(1).strip(" .:") if lead else ""
    if len(brief.split()) > _BRIEF or not all(map(knows, stems(brief))):
        brief = ""
    # a name is filled in as it was written, since the articles' sentences mostly have the short form; the full one
    # tells the gender
    asked = tuple(_with_gender(name, names) for name in find_names(question))
    exchange = replace(exchange, question=question, answer=plain, asked=asked)
    sought = _sought(exchange, text, names) if exchange.parsed.asks_for_person else []
    return replace(
        exchange,
        lead=brief,
        answered=tuple(_with_gender(name, names) for name in names),
        sought=tuple(_with_gender(name, names) for name in sought),
    )


def _sought(exchange: Exchange, answer: str, known: Sequence[Name]) -> list[Name]:
    """List the persons who may be the one asked for: in what leads the answer, else in a sentence that fits.

    A sentence fits where it has more than half of the question's names, or the title asked for before the name.
    """
    words = {name.last for name in exchange.asked}

    def new(names: Sequence[Name]) -> list[Name]:
        return [name for name in names if not any(name.matches(other) for other in exchange.asked)]

    if lead := _LEAD.match(answer):
        return new([name for name in find_names(f"so {lead.group(1)}") if name.kind == "person"])
    title = exchange.parsed.asked_noun.rpartition(" ")[2]
    for piece in re.split(r"\[\s*\d+\s*\]", answer):
        persons = [name for name in new(find_names(piece)) if name.kind == "person"]
        persons = [name for name in persons if any(name.text == other.text for other in known)]
        titled = [
            n for n in persons if title and re.search(rf"\b{re.escape(title)}\s+$", piece[: n.start], re.IGNORECASE)
        ]
        told = words & {word.casefold() for word in re.findall(r"\w+", piece)}
        if titled or (persons and 2 * len(told) > len(words)) or (persons and not words):
            return titled or persons
    return []


def _with_gender(name: Name, names: Sequence[Name]) -> Name:
    if name.kind != "person":
        return name
    fuller = [
        other for other in names if other.kind == "person" and len(other.text) > len(name.text) and name.matches(other)
    ]
    if not fuller:
        return name
    fullest = max(fuller, key=lambda other: len(other.text))
    return replace(name, gender=fullest.gender)


def antecedent(pronoun: Pronoun, core: str, exchanges: Sequence[Exchange]) -> str:
    """Find who or what was last spoken of; empty where nothing fits."""
    own = own_names(core)
    for exchange in reversed(exchanges):
        parsed = exchange.parsed
        if pronoun.whose in {"he", "she"}:
            sought = exchange.sought
            unnamed = parsed.asks_for_person and not sought and (not parsed.auxiliary or not exchange.persons())
            if unnamed and (described := parsed.described()):
                return described
            sure = [name for name in exchange.answered if name.gender == pronoun.whose]
            for names in (exchange.persons(), _going_on(exchanges), sure):
                if person := _fitting(names, pronoun.whose, own):
                    return person.text
        elif pronoun.whose == "they":
            if found := _group(exchange, own, core):
                return found
        elif re.search(r"(?:\b(?:do|done|doing)|^who\s+did)\s+$", core[: pronoun.start], re.IGNORECASE):
            return ""  # what was done is meant
        elif found := spoken_thing(exchange, is_object=pronoun.case == "object") or _spoken_work(
            exchange, core, _going_on(exchanges)
        ):
            return found
        elif exchange is exchanges[-1] and exchange.statement():
            return encounter(exchange)  # the event itself is meant
    if pronoun.whose in {"he", "she"}:
        for exchange in reversed(exchanges):
            if person := _fitting(exchange.answered, pronoun.whose, own):
                return person.text
    return ""


def _fitting(names: Sequence[Name], whose: str, own: Sequence[Name]) -> Name | None:
    """Choose the first name that a pronoun can mean and that is not in the question itself."""
    fitting = [name for name in names if fits(name, whose) and not any(name.matches(other) for other in own)]
    women = [name for name in fitting if name.gender == whose == "she"]
    return next(iter(women or fitting), None)


def _going_on(exchanges: Sequence[Exchange]) -> list[Name]:
    """List the persons whom the conversation keeps speaking of by a pronoun."""
    return next((exchange.persons() for exchange in reversed(exchanges) if exchange.goes_on), [])


def _group(exchange: Exchange, own: Sequence[Name], core: str) -> str:
    """Find what "they" means: two that were named together, those asked for, a country or an office."""
    events = re.search(
        r"\b(?:[\w-]+\s+)?(?:contacts|talks|tariffs|sanctions|negotiations|protests|meetings|elections|attacks|exercises)\b"
        r"(?:\s+(?:of|between|with|in|on|against|from)\s+(?:the\s+)?[A-Z][\w.]*)?",
        exchange.question,
    )
    if events and re.search(
        r"\b(?:are|were|was|been|did|do|will)\s+they\s+(?:be\s+)?(?:\w+ed|start|end|begin|last|held)\b", core
    ):
        return events.group()
    asked = [name for name in exchange.asked if not any(name.matches(other) for other in own)]
    persons = [name for name in asked if name.kind == "person"]
    sought = [name for name in exchange.sought if not any(name.matches(other) for other in own)]
    if sought and persons:
        pair = (persons[0], sought[0]) if exchange.parsed.auxiliary else (sought[0], persons[0])
        return f"{pair[0].text} and {pair[1].text}"
    for first, second in pairwise(asked):
        between = exchange.question[first.end : second.start] if first.end <= second.start else ""
        if first.kind == second.kind and re.fullmatch(r"\s*(?:and|&)\s*", between):
            return f"{first.text} and {second.text}"
    parsed = exchange.parsed
    noun = parsed.asked_noun.split()
    if noun and noun[-1].endswith("s") and (described := parsed.described()):
        return described
    if plural := re.search(
        r"\b(?:the|both|two)\s+(?:[\w’'-]+\s+){0,2}?(?!articles|reports|stories)[a-z][\w-]*[^s\W]s\b", exchange.question
    ):
        return plural.group()
    if len(persons) > 1:
        return f"{persons[0].text} and {persons[1].text}"
    others = [name for name in asked if name.kind != "person"]
    if others and not persons:
        article = "the " if re.search(rf"\bthe\s+{re.escape(others[0].text)}", exchange.question, re.IGNORECASE) else ""
        return f"{article}{others[0].text}"
    if not persons:
        return ""
    met = [name for name in exchange.answered if name.kind == "person" and not name.matches(persons[0])]
    together = re.search(r"\b(?:meet|met|speak|spoke|talk|talked|call|called|agree|agreed|summit)\b", exchange.question)
    return f"{persons[0].text} and {met[0].text}" if met and together else persons[0].text


def spoken_thing(exchange: Exchange, *, is_object: bool = False) -> str:
    """Find what "it" means: what was asked for, an event or a thing of the question, a country or an office."""
    parsed = exchange.parsed
    noun = parsed.asked_noun
    plain = re.match(r"(?:day|date|month|year|time|hour|kind|way|place|city|week)\b", noun)
    is_sought = (
        noun
        and not plain
        and not noun.endswith("s")
        and not parsed.asked.casefold().startswith("how")
        and not parsed.asks_for_person
    )
    if is_sought and (described := parsed.described()):
        return described
    if phrase := noun_phrase(exchange.question):
        return phrase
    if exchange.lead and parsed.asked.casefold() == "what" and parsed.auxiliary and not _TALKING.search(parsed.rest):
        return exchange.lead
    things = [name for name in exchange.asked if name.kind != "person"]
    subject = [name for name in things if parsed.rest.removeprefix("the ").startswith(name.text)]
    if is_object:
        others = [name for name in things if name not in subject]
        return others[-1].text if len(others) == 1 and subject else ""
    if subject and not [name for name in exchange.asked if name.kind == "person"]:
        article = "the " if parsed.rest.startswith("the ") else ""
        return f"{article}{subject[0].text}"
    return ""


def _spoken_work(exchange: Exchange, core: str, persons: Sequence[Name]) -> str:
    """Find the film, book or ware that is asked about: the one name that may be neither a person's nor a place's."""
    if not _OF_A_THING.search(core):
        return ""
    names = []
    for name in exchange.asked:
        before = exchange.question[: name.start]
        is_place = name.kind == "place" and not _ACTED_IN.search(before)
        has_title = " ".join(before.split()[-1:]).casefold().strip(".") in PERSON_NOUNS
        if not (name.gender or is_place or has_title or any(name.matches(person) for person in persons)):
            names.append(name)
    return names[0].text if len(names) == 1 else ""


def encounter(exchange: Exchange, noun: str = "") -> str:
    """Name the event of "Who met Xi in Beijing?": "the meeting between Blinken and Xi in Beijing", else nothing."""
    found = _ENCOUNTER.match(exchange.statement())
    if not found:
        return ""
    names = find_names(f"so {found['others']}")
    if not names or names[0].kind == "place":
        return ""
    others = found["others"][names[0].start - 3 :]
    noun = noun or ("meeting" if found["verb"] == "met" else "conversation")
    return f"the {noun} between {found['one']} and {others}"


def noun_phrase(text: str, wanted: str = "") -> str:
    """Find a definite event in a text with its details: "the videoconference between Brown and Liu"."""
    nouns = re.escape(wanted) if wanted else "|".join(sorted(EVENT_NOUNS, key=len, reverse=True))
    for found in re.finditer(
        r"\b(?:the|a|an|[A-Z][\w-]+['’]s?)\s+(?P<between>(?:(?:[A-Z][\w.’'-]*|\d{4})\s+){0,3}(?:[a-z][\w’'-]*\s+){0,2}?)"
        rf"(?:{nouns})\b(?!['’])(?P<after>(?:\s+(?:(?:in|on|of)\s+(?=[A-Z\d])|"
        r"(?:of|between|with|in|at|on|to|from|for|about|against)\s+(?!\d))(?:the\s+|a\s+)?(?:[A-Z\d][\w.’'-]*|talks)(?:(?:\s+|,\s+|\s+and\s+)[A-Z\d][\w.’'-]*)*)*)",
        text,
    ):
        between = found["between"].split()
        small = [word for word in between if word.islower()]
        asked = re.search(r"\b(?:did|does|do|will|would|can|could)\s+$", text[: found.start()], re.IGNORECASE)
        if (small and asked) or set(small) & _NOT_INSIDE or (small and len(small) < len(between)):
            continue
        return re.sub(r"^(?:a|an)\s", "the ", found.group().rstrip(".,"), flags=re.IGNORECASE)
    return ""


def spoken_pair(exchanges: Sequence[Exchange], places: bool) -> str:
    """Find the two persons, or the two `places`, last spoken of together."""
    for exchange in reversed(exchanges):
        for names in ((*exchange.sought[:1], *exchange.asked), exchange.answered):
            wanted = [name for name in names if (name.kind == "place") is places and name.kind != "group"]
            distinct = [n for i, n in enumerate(wanted) if not any(n.matches(other) for other in wanted[:i])]
            if len(distinct) == 2:
                return f"{distinct[0].text} and {distinct[1].text}"
    return ""
