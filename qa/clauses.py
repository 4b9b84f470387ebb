"""Take a question apart, and say as a statement what it asks about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .names import PERSON_NOUNS, Name, find_names
from .verbs import BASE, PARTICIPLES, PASTS, past

__all__ = [
    "EVENT_NOUNS",
    "EVENT_VERBS",
    "ParsedQuestion",
    "content_words",
    "own_names",
    "parse_question",
    "with_mark",
    "without_mark",
]

_AUXILIARIES = frozenset(
    "am are can could did do does had has have is may might must shall should was were will would".split()
)
# Nouns for what happens or is made in the news; a definite one refers back to it.
EVENT_NOUNS = frozenset(
    "accord act agreement announcement appeal arrest attack ban bill bombing call campaign case ceremony championship "
    "conference contacts conversation cooperation crash deal debate decision declaration delegation dialogue dispute "
    "earthquake election event exercise final fire flight flood game hurricane incident interview investigation "
    "killing law lawsuit match meeting meetings memorandum merger negotiations operation order pact peace phone plan "
    "policy program project proposal protest protests race raid rally report request resolution review ruling "
    "sanctions session shooting speech statement storm strike summit takeover talk talks tariff tariffs test tour "
    "tournament treaty trial trip verdict videoconference visit vote war".split()
)
EVENT_VERBS = frozenset("attack ban call order plan review request strike talk test visit vote report protest".split())
_GENERIC = frozenset(
    "what when where which who whom whose why how did do does is are was were has have had will would can could should "
    "the a an of to in on at by for from with about and or but so also then he she they it his her their its him them "
    "say said tell told think thought mean take part happen happened exactly else other another more any much many "
    "get got make made call called be been that this there one ones not him".split()
)
_LEAD = re.compile(r"(?:(?:and|but|so|also|then|ok|okay|well|now)\b[,\s]+)+", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:(?P<preposition>about|after|against|at|before|between|by|during|for|from|in|into|on|of|over|since|through|to|"
    r"toward|towards|under|until|with|within)\s+)?(?P<wh>who|whom|whose|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_BEING = frozenset("is are was were".split())
# Such a phrase is no object of the verb: "In which city did they meet?"
_OF_TIME_OR_PLACE = re.compile(
    r"^(?!which|what|how)|\b(?:days?|dates?|months?|years?|times?|hours?|minutes?|weeks?|ways?|places?|of)\b",
    re.IGNORECASE,
)
_LONGEST_ASKED = 9
_TAIL = re.compile(
    r"\b(?:about|at|on|in|during|with|after|before|regarding|over|for|against|between|from|to|of)\s+\S.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ParsedQuestion:
    """Hold the parts of a question.

    `asked` is the phrase that asks ("From what date", "Which general"), empty where yes or no is asked; `auxiliary`
    the verb before the subject ("did"), empty where the asked phrase is the subject itself; `rest` what follows,
    without the question mark.
    """

    lead: str
    asked: str
    auxiliary: str
    rest: str

    @property
    def is_fragment(self) -> bool:
        """Tell whether the question has no verb: "Why?", "From what date?"."""
        return bool(self.asked) and not self.auxiliary and not self.rest

    @property
    def asks_for_person(self) -> bool:
        """Tell whether the answer is a person."""
        words = re.findall(r"[\w’'-]+", self.asked.casefold())
        if not words:
            return False
        if words[0] in {"who", "whom", "whose"} or words[1:2] in (["who"], ["whom"], ["whose"]):
            return not self.person_named  # "Who is Liu Zhenli?" asks about a person and for none
        return words[0] in {"which", "what"} and words[-1] in PERSON_NOUNS

    @property
    def person_named(self) -> Name | None:
        """Give the person whose name is all that follows "is" or "was"."""
        names = find_names(f"{self.auxiliary} {self.rest}") if self.auxiliary in {"is", "was"} else []
        alone = names and len(self.rest.split()) <= len(names[-1].text.split()) + 1
        return names[-1] if alone and names[-1].kind == "person" else None

    @property
    def asked_noun(self) -> str:
        """Give the noun phrase asked for ("Chinese general", "jobs"), empty for a bare "who" or "what"."""
        found = re.match(
            r"(?:\w+\s+)?(?:which|what|how\s+(?:many|much))\s+(?:of\s+(?:the\s+)?)?(?!else\b)(.+)",
            self.asked,
            re.IGNORECASE,
        )
        return found.group(1) if found else ""

    @property
    def inverted(self) -> str:
        """Give what another asking phrase can be put before: "did the US sever contacts"; empty without auxiliary."""
        return f"{self.auxiliary} {self.rest}" if self.auxiliary and self.rest else ""

    @property
    def asks_for_subject(self) -> bool:
        """Tell whether what is asked for is what something happens to: "How many jobs will be lost?"."""
        verb = self.rest.partition(" ")[0]
        happens = verb in {"be", "been", "being", "have", "not"} | PASTS | PARTICIPLES or verb.endswith("ed")
        return bool(self.auxiliary) and happens and (bool(self.asked_noun) or self.asked.casefold() == "what")

    @property
    def only_verb(self) -> bool:
        """Tell whether nothing but a verb follows a phrase without a noun: "Who appealed?", "How many were hurt?"."""
        happened = self.rest in PASTS | PARTICIPLES or re.fullmatch(r"\w+ed", self.rest)
        asked = re.fullmatch(r"(?:who|what|how\s+(?:many|much))(?:\s+else)?", self.asked, re.IGNORECASE)
        return bool(asked and happened) and self.auxiliary in {"", *_BEING}

    @property
    def event(self) -> str:
        """Give what is asked about as `inverted` does, with the noun asked for: "will the jobs be lost"."""
        noun = self.asked_noun
        if self.asks_for_subject:
            return f"{self.auxiliary} {f'the {noun}' if noun else 'it'} {self.rest}"
        if not self.inverted or not noun or _OF_TIME_OR_PLACE.search(self.asked) or self.auxiliary in _BEING:
            return self.inverted
        before = self.inverted.removesuffix(self.tail).rstrip()
        return " ".join(filter(None, (before, f"the {noun}", self.tail)))

    def asks_alike(self, last: "ParsedQuestion") -> bool:
        """Tell whether a fragment asks for another noun in the way of the last question: "How many gold medals?"."""
        same = self.asked.split()[0].casefold() == last.asked.partition(" ")[0].casefold()
        return same and bool(self.asked_noun and last.asked_noun) and not _OF_TIME_OR_PLACE.search(self.asked)

    def inverted_about(self, subject: str) -> str:
        """Give "did Liu speak with Brown" for "Who spoke with Brown?"; empty where the verb's base isn't known."""
        verb, _, after = self.rest.partition(" ")
        if self.auxiliary or not subject or verb not in BASE:
            return ""
        return " ".join(filter(None, ("did", subject, BASE[verb], after)))

    @property
    def tail(self) -> str:
        """Give the phrases of place, time or theme that end the question: "about Taiwan", "in Geneva in May"."""
        words = self.rest.split(" ", 1)
        found = _TAIL.search(self.rest, len(words[0])) if len(words) > 1 else None
        return found.group() if found else ""

    def described(self) -> str:
        """Describe what was asked for: "the Chinese general who spoke with General Brown"; empty where it can't be."""
        noun = self.asked_noun
        if re.match(r"(?:\w+\s+)?who", self.asked, re.IGNORECASE) and self.asks_for_person:
            if self.auxiliary in {"is", "was"} and re.match(r"(?:the|a|an)\s", self.rest):
                return self.rest
            noun = "person"
        if not noun or self.asked.casefold().startswith("how much") or "whose " in self.asked.casefold():
            return ""
        person = noun.split()[-1].casefold() in PERSON_NOUNS
        if not self.auxiliary:
            return f"the {noun} {'who' if person else 'that'} {self.rest}"
        clause = self.statement()
        preposition = re.match(r"(\w+)\s+(?:which|what|whom|who)\b", self.asked, re.IGNORECASE)
        if preposition and clause:
            return f"the {noun} {preposition.group(1).casefold()} {'whom' if person else 'which'} {clause}"
        if self.auxiliary in _BEING and not clause and not self.asked.casefold().startswith("how"):
            return f"the {noun} {'who' if person else 'that'} {self.auxiliary} {self.rest}"
        return f"the {noun} {'whom' if person else 'that'} {clause}" if clause else ""

    def statement(self, subject: str = "") -> str:
        """Say what the question takes for granted: "the US severed contacts"; empty where that can't be told.

        `subject` stands for the asked phrase where that is the subject.
        """
        if not self.auxiliary:
            someone = "someone" if self.asked.casefold() == "who" else ""
            filler = subject or (f"the {self.asked_noun}" if self.asked_noun else someone)
            return f"{filler} {self.rest}" if filler and self.rest else ""
        held = _leading_subject(self.rest)
        if not held:
            return ""
        verb, _, after = self.rest[len(held) :].strip().partition(" ")
        if self.auxiliary == "did" and verb.isalpha() and verb.islower() and verb not in EVENT_NOUNS - EVENT_VERBS:
            return " ".join(filter(None, (held, past(verb), after)))
        if self.auxiliary in {"did", "do", "does"}:
            return ""
        return " ".join(filter(None, (held, self.auxiliary, verb, after)))


def _leading_subject(rest: str) -> str:
    """Find the subject that opens the rest of a question where it is made of names, else nothing."""
    end = 0
    found = re.match(
        r"(?:(?:the|then|former|President|Presidents|General|Secretary|Mr\.|Ms\.|Mrs\.|Minister|Premier|Chinese|U\.S\.)\s+)*",
        rest,
    )
    opening = found.end() if found else 0
    padded = f"so {rest}"  # nothing here opens a sentence
    for name in find_names(padded):
        start = name.start - 3
        if not end and start > max(opening, len("US ")):
            break
        if end and not re.fullmatch(r"\s*(?:,|and|,\s*and|or)\s*", rest[end:start]):
            break
        end = name.end - 3
    if not end:
        return ""
    return "" if re.match(r"['’]", rest[end:]) else rest[:end]


def parse_question(question: str) -> ParsedQuestion:
    """Take a question apart at its first auxiliary, or at the verb of a "who" or "which" that is the subject."""
    text = without_mark(question)
    found = _LEAD.match(text)
    lead = found.group() if found and found.end() < len(text) else ""
    text = text[len(lead) :]
    asking = _ASKING.match(text)
    words = text.split()
    if not asking:
        if words and words[0].casefold() in _AUXILIARIES:
            return ParsedQuestion(lead, "", words[0].casefold(), " ".join(words[1:]))
        return ParsedQuestion(lead, "", "", text)
    first = len(text[: asking.end()].split())
    for position in range(first, min(len(words), first + _LONGEST_ASKED)):
        word = words[position].casefold()
        if word in _AUXILIARIES:
            subject = asking["wh"].casefold() in {"who", "which", "what", "whose"} and position == first
            rest = " ".join(words[position + 1 :])
            if (
                subject
                and asking["wh"].casefold() == "who"
                and word not in {"is", "was", "did", "do", "does", "are", "were"}
            ):
                return ParsedQuestion(lead, " ".join(words[:position]), "", " ".join(words[position:]))
            return ParsedQuestion(lead, " ".join(words[:position]), word, rest)
        bare_who = asking["wh"].casefold() in {"who", "what"} and position == first
        verb = word in PASTS or (word.endswith("ed") and words[position].islower())
        if (verb and (asking["wh"].casefold() != "how" or words[first].casefold() in {"many", "much"})) or (
            bare_who and asking["wh"].casefold() == "who" and word != "else"
        ):
            return ParsedQuestion(lead, " ".join(words[:position]), "", " ".join(words[position:]))
    joined = re.search(r"\b(?:of|on|in|at|for|from|many|much)\b", " ".join(words[first:]), re.IGNORECASE)
    if len(words) - first <= (3 if joined else 2) and asking["wh"].casefold() != "who":
        return ParsedQuestion(lead, text, "", "")
    if len(words) == first or words[first:] == ["else"]:
        return ParsedQuestion(lead, text, "", "")
    return ParsedQuestion(lead, " ".join(words[:first]), "", " ".join(words[first:]))


def own_names(core: str) -> list[Name]:
    """Find the names of a question, where its first word is one too."""
    parsed = parse_question(core)
    return find_names(core if parsed.asked or parsed.auxiliary else f"so {core}")


def without_mark(question: str) -> str:
    """Write a question in one line and without its mark."""
    bare = " ".join(question.split()).rstrip("?!.… ")
    return f"{bare}." if re.search(r"\b[A-Z]\.[A-Z]$", bare) else bare  # "in the U.S."


def with_mark(question: str) -> str:
    """Write a question in one line and with one mark, however it was typed: the models tell them apart."""
    return f"{without_mark(question)}?"


def content_words(core: str, names: Sequence[Name]) -> list[str]:
    """List the words of a question that tell what it is about, without those of some names."""
    named = {word.casefold() for name in names for word in name.text.split()}
    return [word for word in re.findall(r"[\w’'-]+", core) if word.casefold() not in _GENERIC | named]
