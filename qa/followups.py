"""Turn a question that leans on the conversation into one that stands alone, without a language model.

Who and what was last spoken of is found by rules: names and their kinds in qa/names.py, the parts of a question in
qa/clauses.py, what "that" and "there" point to in qa/pointers.py, what "When?" asks about in qa/events.py, what "And
Japan?" takes the place of in qa/substitution.py, and where and when it all was in qa/circumstances.py. Where no fluent
question can be made safely, the earlier question's content is added at the end.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .answer import Turn
from .capitals import restore_capitals
from .circumstances import missing_circumstances
from .clauses import EVENT_NOUNS, content_words, own_names, parse_question, without_mark
from .composing import NOT_SAID
from .events import ask_again, ask_fragment, ask_more
from .mentions import Exchange, antecedent, encounter, noun_phrase, with_answer
from .names import PERSON_NOUNS, find_dates, find_names
from .pointers import fill_pointers, named_tail, stated
from .pronouns import Pronoun, free_pronouns
from .substitution import substitute

__all__ = ["resolve"]

_EXCHANGES, _CHARACTERS = 8, 2000
_WITHOUT_CAPITALS = 2  # earlier questions whose passages are looked up for the names in them
_LONGEST = 60  # words
_ABOUT_FIRST = re.compile(r"(?:(?:and|but|so)\s+)?(?:what|how)\s+about\s+([^,]+),\s+(.+)", re.IGNORECASE)
_DEFINITE = re.compile(r"\bthe\s+(?P<noun>(?:phone\s+|video\s+)?[a-z][\w-]+)\b(?P<after>\s+(?!held$)[a-z][\w-]*)?")
_ENCOUNTERS = frozenset(
    "call conversation dialogue interview meeting session summit talk talks videoconference visit".split()
)
_DETAILS = frozenset(
    "of in at on between with about from by for that which who held described where when against to".split()
)


def resolve(
    question: str,
    history: Sequence[Turn],
    knows: Callable[[str], bool],
    find_passages: Callable[[str], Iterable[str]] | None = None,
) -> str:
    """Fill in what a question takes from the conversation; one that stands alone comes back as it is.

    `knows` tells whether some article uses a word of a stem, as `ArticleIndex.knows` does; a name in an answer that
    the articles don't hold is not used. `find_passages` gives the passages nearest to a question; where one was typed
    without capitals, it takes them from these and from what was said.
    """
    if not history or len(question) > _CHARACTERS:
        return question
    turns = [replace(turn, text=turn.text[:_CHARACTERS]) for turn in history[-2 * _EXCHANGES :]]
    resolved = _after(turns, question, knows)
    asked = [turn.text for turn in turns if turn.role == "user"]
    bare = [text for text in (*asked[-_WITHOUT_CAPITALS:], question) if text.islower()]
    if resolved == question or not bare or not find_passages:
        return resolved
    texts = [turn.text for turn in turns if not turn.text.islower()]
    texts += [passage for text in bare for passage in find_passages(text)]

    def with_capitals(text: str) -> str:
        return restore_capitals(text, texts) if text.islower() else text

    written = with_capitals(question)
    resolved = _after([replace(turn, text=with_capitals(turn.text)) for turn in turns], written, knows)
    return question if resolved == written else resolved


def _after(turns: Sequence[Turn], question: str, knows: Callable[[str], bool]) -> str:
    """Resolve a question and each of those before it."""
    exchanges: list[Exchange] = []
    for turn in turns:
        if turn.role == "user":
            standalone = _resolved(turn.text, exchanges)
            goes_on = standalone != turn.text and bool(re.search(r"\b(?:he|she|his|her)\b", turn.text, re.IGNORECASE))
            exchanges.append(Exchange(standalone, tuple(find_names(standalone)), goes_on=goes_on))
        elif exchanges and not turn.text.startswith(NOT_SAID):
            exchanges[-1] = with_answer(exchanges[-1], turn.text, knows)
    resolved = _resolved(question, exchanges)
    return resolved if any(character.isalnum() for character in resolved) else question


def _resolved(question: str, exchanges: Sequence[Exchange]) -> str:
    if not exchanges or not question.strip():
        return question
    exchange = exchanges[-1]
    core = without_mark(question)
    if asked := _asked_about(core, exchanges):
        return asked
    for rule in (substitute, ask_more, ask_again, ask_fragment):
        if found := rule(core, exchange):
            return _asked(found)
    by_pronouns = _fill_pronouns(core, lambda pronoun: antecedent(pronoun, core, exchanges))
    filled, needs_context = fill_pointers(by_pronouns, core, exchanges)
    if filled == by_pronouns != core and not needs_context and _goes_on(filled, core, exchange):
        filled = " ".join(filter(None, (filled, missing_circumstances(core, exchange))))
    if not needs_context and filled == core:
        needs_context = _leans(core)
        if needs_context and (named := _named_event(core, exchange)):
            filled, needs_context = named, False
        elif needs_context and (tail := _fitting_tail(core, exchange)):
            filled, needs_context = f"{core} {tail}", False
    if filled == core and not needs_context:
        return question
    own = own_names(core)
    if filled == core and own and all(any(name.matches(other) for other in own) for name in exchange.asked):
        return question  # the last question adds no name to this one
    if needs_context and len(filled.split()) < _LONGEST:
        told = [earlier for earlier in exchanges if earlier.asked or find_dates(earlier.question)]
        filled = _with_context(filled, core, told[-1] if told else exchange)
    return _asked(filled)


def _asked_about(core: str, exchanges: Sequence[Exchange]) -> str:
    """Resolve "What about Holm, when did he arrive?": what follows is asked, of Holm; empty for any other question."""
    found = _ABOUT_FIRST.match(core)
    if not found:
        return ""
    theme, asked = found.groups()
    parsed = parse_question(asked)
    pronoun = next(free_pronouns(asked), None)
    if not (parsed.asked or parsed.auxiliary) or (not pronoun and re.match(r"who|which|where", asked, re.IGNORECASE)):
        return ""  # "What about Holm, who led the talks?"
    person = own_names(theme) or theme.split()[-1].casefold() in PERSON_NOUNS
    if pronoun and (person or pronoun.whose not in {"he", "she"}):
        asked = _fill_pronouns(asked, lambda other: theme if other.whose == pronoun.whose else "")
    else:
        standalone = _resolved(f"What about {theme}?", exchanges)
        exchanges = [*exchanges, Exchange(standalone, tuple(find_names(standalone)))]
    return _asked(without_mark(_resolved(asked, exchanges)))


def _asked(text: str) -> str:
    """Write a question with a capital and its mark, without the "And" that joined it to the one before."""
    lead = parse_question(text).lead
    text = text[len(lead) :].strip()
    return f"{text[:1].upper()}{text[1:]}?"


def _with_context(text: str, core: str, exchange: Exchange) -> str:
    """Add what the last question was about to the end of a question."""
    parsed = exchange.parsed
    # "What did Biden say about Taiwan?" says nothing without its "what"
    lacks = parsed.auxiliary and re.search(r"\b(?:what|how|which|who|whom)\b", parsed.asked, re.IGNORECASE)
    if lacks and (tail := named_tail(exchange)):
        return f"{text} {tail}"
    if parsed.auxiliary in {"", "did"} and not lacks and (clause := stated(text, core, exchange)):
        return f"{text} when {clause}"
    return f"{text} ({exchange.bare})"


def _fill_pronouns(core: str, find_antecedent: Callable[[Pronoun], str]) -> str:
    """Put what was spoken of in the place of the first free pronoun of each kind."""
    filled, shift, done = core, 0, set()
    for pronoun in free_pronouns(core):
        if pronoun.whose in done:
            continue
        meant = find_antecedent(pronoun)
        if not meant:
            continue
        done.add(pronoun.whose)
        end = pronoun.end
        owned = re.match(r"\s+[\w-]+", core[end:])
        if pronoun.case == "possessive" and owned and len(meant.split()) > 4:
            meant, end = f"the{owned.group()} of {meant}", end + owned.end()
        elif pronoun.case == "possessive":
            meant += "'" if meant.endswith("s") and pronoun.whose == "they" else "'s"
        filled = filled[: pronoun.start + shift] + meant + filled[end + shift :]
        shift += len(meant) - (end - pronoun.start)
    return filled


def _goes_on(filled: str, core: str, exchange: Exchange) -> bool:
    """Tell whether the pronouns of a question mean those of the last one, and nobody who was only asked for there."""
    if re.search(r"\bthey\b", core, re.IGNORECASE):
        return any(name.text in filled for name in exchange.asked)
    if exchange.parsed.asked_noun or exchange.parsed.asks_for_person:
        return False
    pronouns = [pronoun for pronoun in free_pronouns(core) if pronoun.case != "possessive"]
    return bool(pronouns) and any(name.text in filled and name.text not in core for name in exchange.asked)


def _leans(core: str) -> bool:
    """Tell whether a question without pronouns still needs the last one."""
    names = own_names(core)
    if names or find_dates(core):
        lead_only = bool(parse_question(core).lead) and len(names) == 1 and not find_dates(core)
        return lead_only and not content_words(core, names)
    if re.search(r"\b(?:article|articles|report|reports|story|stories|seeds)\b", core):
        return False
    parsed = parse_question(core)
    if (parsed.lead and len(content_words(core, names)) <= 3) or parsed.only_verb:
        return True
    for found in _DEFINITE.finditer(core):
        noun = found["noun"].split()[-1]
        if (
            noun in EVENT_NOUNS
            and (found["after"] or "").strip() not in _DETAILS
            and len(content_words(core, names)) <= 3
        ):
            return not re.search(r"\b(?:Chinese|American|U\.S\.|British|Russian|[A-Z]{2,})\b", core)
    return False


def _named_event(core: str, exchange: Exchange) -> str:
    """Put "the election in Fiji" for "the election", where the last question has it."""
    for found in _DEFINITE.finditer(core):
        phrase = noun_phrase(exchange.question, found["noun"])
        if phrase and len(phrase) > len(f"the {found['noun']}"):
            return f"{core[: found.start()]}{phrase}{core[found.end('noun') :]}"
        if found["noun"].split()[-1] in _ENCOUNTERS and (phrase := encounter(exchange, found["noun"])):
            return f"{core[: found.start()]}{phrase}{core[found.end('noun') :]}"
    return ""


def _fitting_tail(core: str, exchange: Exchange) -> str:
    """Give the last question's phrases of place, time or theme where they can end this question too."""
    events = (found["noun"].split()[-1] in EVENT_NOUNS for found in _DEFINITE.finditer(core))
    return named_tail(exchange) if parse_question(core).lead or not any(events) else ""
