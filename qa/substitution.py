"""Resolve "What about Japan?" and "And in 2023?" by putting them in the place of what is alike in the last question.

A date takes the place of a date, a phrase with a preposition that of the phrase with the same one, a name that of a
name of its kind, and any other noun that of the phrase with the same noun, else of what the question is on, of its
subject or its object.
"""

import re
from itertools import pairwise

from vectorstore import stem_words

from .clauses import EVENT_NOUNS, EVENT_VERBS, ParsedQuestion, parse_question
from .dates import MONTHS
from .gazetteer import PERSON_NOUNS
from .mentions import Exchange
from .names import Name, find_dates, find_names
from .phrases import CLAUSE, DETERMINERS, PLACE, PREPOSITION, THEME, Phrase, find_phrases, name_alone

__all__ = ["substitute"]

_ABOUT = re.compile(r"^(?:(?:and|but|so)\s+)?(?:what|how)\s+about\s+(?P<theme>.+?)[\s?.!]*$", re.IGNORECASE)
_AND_ONLY = re.compile(r"^(?:and|or)\s+(?P<theme>[^?]+?)[\s?.!]*$", re.IGNORECASE)
_LONGEST = 8  # words
_POINTING = frozenset("he her here him it she that them there they this".split())
_AROUND_DATES = frozenset("and early in late mid on or to".split())
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_OPENED = re.compile(r"\bthe\s+(?:[a-z][\w-]*\s+){1,2}$", re.IGNORECASE)  # "the new iPod" before "Touch"
_THAT_YEAR = re.compile(r"\s+(?:of\s+)?(?:that|the\s+same)\s+year$", re.IGNORECASE)
_EXTENT = re.compile(r"how\s+(?:deep|far|fast|high|long|much|often|well)$", re.IGNORECASE)
_TITLE = re.compile(rf"\b(?:{'|'.join(sorted(noun.capitalize() for noun in PERSON_NOUNS))})\b\.?\s+$")
_ADVERB = re.compile(r"(?:again|last|later|next|now|then|today|tomorrow|yesterday)\b", re.IGNORECASE)
# After a name one of these is no noun that the name describes.
_NO_NOUN = re.compile(r"(?:and|not|or|so|this|that)$|.*ly$")


def substitute(core: str, exchange: Exchange) -> str:
    """Put what "And ...?" or "What about ...?" names in the place of what is alike; empty for any other question."""
    found = _ABOUT.match(core) or _AND_ONLY.match(core)
    if not found:
        return ""
    theme, about = found["theme"], found.re is _ABOUT
    parsed = parse_question(theme)
    if not about and (parsed.auxiliary or parsed.asked or len(theme.split()) > _LONGEST):
        return ""
    preposition, bare = _cut(theme)
    if bare.split()[0].casefold() in _POINTING:
        return ""
    last = exchange.bare
    if _ADVERB.match(bare):
        return f"{last} {bare}"
    own = name_alone(bare)
    if own and not preposition and any(own.matches(name) for name in find_names(last)):
        return f"{parse_question(last).lead}what about {bare} ({last})"
    for pieces in (_pieces(theme), [theme]):
        replaced = last
        for piece in pieces:
            replaced = _put(*_cut(piece), about, replaced) if replaced else ""
        if replaced:
            return replaced
    return f"{last} about {bare}" if about else f"{last} ({bare})"


def _cut(text: str) -> tuple[str, str]:
    """Cut a phrase into its preposition, if any, and the rest."""
    found = PREPOSITION.match(text)
    return (found.group().casefold(), text[found.end() :].strip()) if found else ("", text)


def _pieces(theme: str) -> list[str]:
    """Cut "Airbus in Toulouse" into "Airbus" and "in Toulouse"."""
    names = [(name.start - 3, name.end - 3) for name in find_names(f"so {theme}")]
    cuts = [
        found.start()
        for found in PREPOSITION.finditer(theme)
        if found.group().casefold() != "of" and not any(start < found.start() < end for start, end in names)
    ]
    bounds = [0, *(cut for cut in cuts if cut), len(theme)]
    return [theme[start:end].strip() for start, end in pairwise(bounds)]


def _put(preposition: str, bare: str, about: bool, last: str) -> str:
    """Put one phrase in the place of what is alike; empty where nothing is."""
    if _is_date(bare):
        return _put_date(preposition, bare, last)
    own = name_alone(bare, preposition)
    phrases = list(find_phrases(last))
    if preposition:
        family = next((family for family in (THEME, PLACE) if preposition in family), {preposition})
        alike = [phrase for phrase in phrases if phrase.preposition in family]
        if family is PLACE:  # "in Nepal" takes no place of "in the earthquake", but "in Bali" that of "in Geneva"
            beside = [name for phrase in alike for name in find_names(f"so {phrase.text}") if name.kind == "place"]
            alike = [phrase for phrase in alike if _is_place(phrase.name) is _is_place(own)]
            if not alike and own and _is_place(own) and beside:  # "at the Geneva talks"
                return _put_name(own, bare, about, last, phrases)
        if not alike:
            return f"{last} {preposition} {bare}"
        place = max(alike, key=lambda phrase: (phrase.preposition == preposition, phrase.at))
        return f"{last[: place.at]}{preposition} {bare}{last[place.end :]}"
    if own and (replaced := _put_name(own, bare, about, last, phrases)):
        return replaced
    if not own and (
        span := _same_noun(bare, last, phrases)
        or _what_it_is_on(bare, about, last, phrases)
        or _subject_or_object(parse_question(last), last)
    ):
        return f"{last[: span[0]]}{bare}{last[span[1] :]}"
    if themes := [phrase for phrase in phrases if phrase.preposition in THEME - {"on", "over"}]:
        return f"{last[: themes[-1].start]}{bare}{last[themes[-1].end :]}"
    return ""


def _is_place(name: Name | None) -> bool:
    return name is not None and name.kind == "place"


def _is_date(text: str) -> bool:
    text = left = _THAT_YEAR.sub("", text)
    for start, end in reversed(find_dates(text)):
        left = left[:start] + left[end:]
    return text.casefold() in MONTHS or (left != text and set(left.casefold().split()) <= _AROUND_DATES)


def _put_date(preposition: str, bare: str, last: str) -> str:
    dates = find_dates(last)
    if not dates:
        return f"{last} {preposition or 'in'} {bare}"
    start, end = dates[-1]
    year = re.search(r"\b\d{4}$", last[start:end])
    if year and not re.search(r"\d{4}", bare) and not set(MONTHS).isdisjoint(bare.casefold().split()):
        bare = _THAT_YEAR.sub("", bare)
        bare = f"{bare}{',' * bare[-1].isdigit()} {year.group()}"
    before = last[:start]
    if preposition:
        before = re.sub(r"\b(?:in|on|since|before|after|until|by|during)\s$", f"{preposition} ", before)
    return f"{before}{bare}{last[end:]}"


def _put_name(own: Name, bare: str, about: bool, last: str, phrases: list[Phrase]) -> str:
    """Put a name in the place of one of its kind: a country's for a country's, and rather where no noun follows it."""
    best: tuple[tuple[int, bool, bool, int], Name] | None = None
    for name in find_names(last):
        alike = 3 if (name.kind, name.is_country) == (own.kind, own.is_country) else 2 if name.kind == own.kind else 0
        if {name.kind, own.kind} in ({"place", "group"}, {"person", "group"}):
            alike = 0 if about and "person" in (name.kind, own.kind) else 1
        before = {phrase.preposition for phrase in phrases if phrase.start <= name.start < phrase.end}
        fits = bool(THEME & before) if about else not before
        rank = (alike, not _describes(name, last), fits, name.start)
        if alike and (not best or rank > best[0]):
            best = rank, name
    if not best:
        return ""
    name = best[1]
    start = name.start
    if _describes(name, last):
        bare = bare.removeprefix("the ")
    elif article := _ARTICLE.search(last[:start]) or (bare.startswith("the ") and _opened(name, last)):
        start = article.start()
    while own.kind == "person" and (title := _TITLE.search(last[:start])):
        start = title.start()
    if re.match(r"['’]", last[name.end :]):
        bare = re.sub(r"['’]s?$", "", bare)
    return f"{last[:start]}{bare}{last[name.end :]}"


def _opened(name: Name, last: str) -> re.Match[str] | None:
    """Find the words that open a name's phrase: "the new iPod Touch cost", but not "did the court sentence Holm"."""
    found = _OPENED.search(last[: name.start])
    parsed = parse_question(last)
    is_subject = found and parsed.auxiliary and found.start() == len(last) - len(parsed.rest)
    goes_on = re.match(r"\s[a-z]", last[name.end :]) and not PREPOSITION.match(last, name.end + 1)
    return found if goes_on or not is_subject else None


def _describes(name: Name, last: str) -> bool:
    """Tell whether a name describes the noun after it: "the US delegation", but not "did the US sever"."""
    follows = re.match(r"\s([a-z][\w-]*)", last[name.end :])
    article = _ARTICLE.search(last[: name.start])
    if not follows:
        return False
    parsed = parse_question(last)
    if parsed.auxiliary and len(last) - len(parsed.rest) == (article.start() if article else name.start):
        return follows.group(1) in PERSON_NOUNS | (EVENT_NOUNS - EVENT_VERBS)
    return (
        bool(article)
        and not PREPOSITION.match(last, name.end + 1)
        and not (_NO_NOUN.match(follows.group(1)) or _ADVERB.match(follows.group(1)))
    )


def _same_noun(bare: str, last: str, phrases: list[Phrase]) -> tuple[int, int] | None:
    """Find the phrase with the same noun: "the US delegation" for "the Chinese delegation"."""
    head, _, of = bare.partition(" of ")
    words = head.split()
    if len(words) < 2 and not of:
        return None
    stems = [stem for _, stem in stem_words(words[-1])]
    tokens = list(re.finditer(r"\S+", last)) if stems else []
    for position in range(len(tokens) - 1, -1, -1):
        if [stem for _, stem in stem_words(tokens[position].group())] != stems:
            continue
        first = position
        for at in range(position - 1, max(-1, position - 5), -1):
            word = tokens[at].group().casefold()
            if PREPOSITION.match(f"{word} x") or CLAUSE.match(word) or word in {"what", "many", "much"}:
                first = at + 1
                break
            if word in DETERMINERS and (whose := _begins_with_name(tokens[at].start(), last)):  # "Nico the whale"
                return whose, tokens[position].end()
            owner = re.search(r"['’]s?$", word) and tokens[at - 1].group() not in DETERMINERS  # but "the men's final"
            if word in DETERMINERS or owner:
                first = at
                break
        else:
            first = max(0, position - len(words) + 1)
        end = tokens[position].end()
        after = [phrase.end for phrase in phrases if phrase.at == end + 1 and phrase.preposition == "of"]
        return tokens[first].start(), after[0] if of and after else end
    return None


def _begins_with_name(end: int, last: str) -> int:
    """Tell where the name begins that is the subject and ends here; 0 where there is none."""
    parsed = parse_question(last)
    start = len(last) - len(parsed.rest)
    names = find_names(last) if parsed.auxiliary else []
    return next((start for name in names if name.start == start and last[name.end : end].isspace()), 0)


def _what_it_is_on(bare: str, about: bool, last: str, phrases: list[Phrase]) -> tuple[int, int] | None:
    """Find what "the tariff on cars" is on, or what is said about it, for a noun without article, as "cars" is."""
    parsed = parse_question(last)
    is_other = parsed.auxiliary in {"is", "was"} and bare.endswith("s")  # "the cars" are no tariff
    if bare.split()[0].casefold() in DETERMINERS and not is_other:
        return None
    if not (about or parsed.auxiliary in {"is", "are", "was", "were"}):
        return None
    start = len(last) - len(parsed.rest)
    on = (phrase for phrase in phrases if phrase.at > start and phrase.preposition in THEME | {"for", "of"})
    return next(((phrase.start, phrase.end) for phrase in on if not phrase.name), None)


def _subject_or_object(parsed: ParsedQuestion, last: str) -> tuple[int, int] | None:
    """Find a subject or an object that is no name, as far as it can be told from the verb without knowing verbs."""
    start = len(last) - len(parsed.rest)
    ends = (found.start() for found in PREPOSITION.finditer(last, start) if found.group() != "of")
    words = list(re.finditer(r"\S+", last[start : min(ends, default=len(last))]))
    if not parsed.auxiliary:  # "Who led the talks"
        span = words[1:] if parsed.asked else []
    else:
        opens = bool(words) and words[0].group() in DETERMINERS
        determined = [at for at, word in enumerate(words) if at and word.group() in DETERMINERS]
        wants_object = re.match(r"(?:what|which|whom)\b", parsed.asked, re.IGNORECASE)
        of = [at for at, word in enumerate(words) if word.group() == "of"]
        if opens and of:  # "Who is the president of France"
            span = words[: of[0]]
        elif opens and wants_object and parsed.auxiliary in {"is", "are", "was", "were"}:  # "What is the duty on cars"
            span = words
        elif determined:  # "When did Congress pass the law"
            span = words[determined[-1] :]
        elif len(words) == 2 + opens or (opens and (wants_object or _EXTENT.match(parsed.asked))):
            # "What did the foreign ministry say", "How much did the red car cost"
            span = words[:-1]
        else:
            span = []
    if not span or (parsed.auxiliary and find_names(f"so {' '.join(word.group() for word in span)}")):
        return None
    return start + span[0].start(), start + span[-1].end()
