"""Lead an answer with the few words of its best sentence that answer by themselves: the short answer.

Where they cannot be made to stand alone there is none, since the sentence below says it all.
"""

import re
from collections.abc import Sequence
from datetime import date

from vectorstore import stems

from .answer_types import asks_amount, asks_time, asks_whether
from .attribution import asked_speaker
from .clauses import ParsedQuestion, parse_question
from .dates import MONTHS, day_meant, is_date_alone
from .fitting import repeats
from .names import PERSON_NOUNS
from .persons import is_named_in, is_one_of_several, is_only_named, is_titled_name, person_asked_about
from .prose import plain
from .ranking import RankedSentence
from .reasons import asks_reason, whole_reason
from .speech import ACCORDING, persons
from .transcripts import speaker
from .whole_words import (
    Span,
    is_cut_off,
    is_only_counted,
    whole_amount,
    whole_list,
    whole_name,
    whole_phrase,
    whole_time,
)

__all__ = ["short_answer", "without_preposition"]

_LONGEST = 12  # words

_PREPOSITION = re.compile(r"^(?:on|in|at|by|to|for|from|about|since|until)\s+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:(?:he|she|they|it|we|i|you)(?:\s\S+)?|him|her|them|his|their|its|this|that|who|which)", re.IGNORECASE
)
_DENIAL = re.compile(
    r"\b(?:not(?!\s+only)|never(?!\s+mind)|no(?!\s+doubt)|nor|neither|without|cannot|\w+n['’]t"
    r"|(?:den(?:y|ie[ds]|ial)|refus|reject|abandon|declin|fail|lack|avoid|cancel)\w*|drop(?:s|ped|ping)?|rul(?:e[sd]?|ing)\s+out)"
    r"(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:—–()]\s|\b(?:and|but|while|because|although|though|when|after|who|which|if)\b")
_TITLES = "|".join(sorted(PERSON_NOUNS))
_BEHIND_TITLE = re.compile(rf"\b(?:{_TITLES})\.?\s+$", re.IGNORECASE)
_DESCRIBED = re.compile(rf"(?:an?|the)\s+(?:[\w.’'-]+\s+){{0,5}}?(?:{_TITLES})\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"(?i:an?|one|two|some|several)(?:\s+[\w-]+)*\s+[a-z-]+")
_POSSESSIVE = re.compile(r"(?:his|her|its|their|my|our|your)\s", re.IGNORECASE)
_TELLS = re.compile(
    r"\s+(?:also\s+|later\s+|\w+ly\s+)?(?P<verb>said|says|told\s+\w+|[a-z]+ed|[a-z]+s)\s+that\s+"
    r"(?!(?:he|she|they|it|his|her|their|its|we|I|our|my)\b)"
)
_DASH = re.compile(r"\s(?:[—–]|--?)\s")
_MONTH_BEFORE = re.compile(rf"\b(?:{'|'.join(MONTHS)})\s+$", re.IGNORECASE)
_BEING = frozenset({"", "is", "are", "was", "were"})  # "What is the mayor's name?"


def short_answer(
    question: str, sentence: RankedSentence, published: date | None = None, beside: Sequence[str] = ()
) -> str:
    """Give the short answer in bold, with a colon; empty where it says no less than its sentence or stands not alone.

    `published` is the article's date; in brackets it tells which day "today" or "Friday" is. `beside` are the sentences
    that follow: where one names somebody, "one man" doesn't lead.
    """
    words = _stand_alone(question, sentence)
    if not words or (_SOMEBODY.fullmatch(words) and _name_somebody(question, beside)):
        return ""
    day = day_meant(words, published) if published and asks_time(question) else ""
    return f"**{words[0].upper()}{words[1:]}**{f' ({day})' if day else ''}:"


def without_preposition(words: str) -> str:
    """Give words without the preposition that they begin with: "in Bali"."""
    return _PREPOSITION.sub("", words)


def _stand_alone(question: str, sentence: RankedSentence) -> str:
    text = sentence.text
    start, end = _trimmed(text, sentence.finding.start, sentence.finding.end)
    if asks_whether(question) or start >= end:
        return ""
    parsed = parse_question(question)
    span = _widened(question, parsed, text, (start, end))
    if span is None:
        return ""
    if is_cut_off(text, span) or _is_denied(question, parsed, text, span):
        return ""
    if parsed.asks_for_person and is_one_of_several(text, *span):
        return ""
    words = plain(text[slice(*span)])
    if words.count("“") != words.count("”") or words.count('"') % 2:
        words = re.sub(r'[“”"]', "", words)
    words = re.sub(r"['’]s$", "", words)
    length = len(words.split())
    if not words or len(_DASH.findall(words)) % 2 or length > _LONGEST or 2 * length > len(plain(text).split()):
        return ""
    if parsed.asks_for_person and _tells_of_others(parsed, text[span[1] :]):
        return ""
    if _are_counted_only(parsed, words) or is_named_in(question, words, sentence.chunk.text):
        return ""
    return words if _can_answer(question, parsed, text[: span[0]], words) else ""


def _trimmed(text: str, start: int, end: int) -> Span:
    """Leave out who speaks in a transcript, signs around the words found, and a preposition before them."""
    label = len(speaker(text))
    if label and start <= label < end - 1:
        start = label + 1  # behind the colon
    while start < end and text[start] in " ,;:.\n":
        start += 1
    while end > start and text[end - 1] in " ,;:.\n":
        end -= 1
    if re.search(r"\b\w\.\w$", text[start:end]) and text[end : end + 1] == ".":
        end += 1  # "a.m.", "U.S."
    preposition = _PREPOSITION.match(text[start:end])
    return start + (preposition.end() if preposition else 0), end


def _widened(question: str, parsed: ParsedQuestion, text: str, span: Span) -> Span | None:
    if asks_reason(parsed):
        return whole_reason(text, span)
    span = whole_name(text, whole_amount(text, span))
    if asks_time(question):
        return whole_time(text, span)
    if asks_amount(question):
        return span
    is_phrase = parsed.asked.casefold().split()[-1:] in (["what"], ["how"]) or bool(parsed.asked_noun)
    span = whole_phrase(text, span) if is_phrase else span
    return whole_list(text, span) if _asks_for_several(parsed) else span


def _asks_for_several(parsed: ParsedQuestion) -> bool:
    """Tell whether it is asked which or what things: "Which boats of the harbour"."""
    noun = re.split(r"\s(?:of|on|in|for|from)\s", parsed.asked_noun)[0]
    is_count = re.search(r"\bhow\b", parsed.asked, re.IGNORECASE)
    return not is_count and bool(re.search(r"(?:[^su]|ie)s$|\b(?:children|men|people|women)$", noun, re.IGNORECASE))


def _are_counted_only(parsed: ParsedQuestion, words: str) -> bool:
    """Tell whether words tell how many there are where it is asked which: "Two boats", "Third boat"."""
    return _asks_for_several(parsed) and is_only_counted(words)


def _tells_of_others(parsed: ParsedQuestion, after: str) -> bool:
    """Tell whether who is found only says what others do, where who did something is asked."""
    told = _TELLS.match(after)
    return told is not None and not parsed.auxiliary and not stems(told["verb"]) <= stems(parsed.rest)


def _name_somebody(question: str, sentences: Sequence[str]) -> bool:
    """Tell whether sentences name a person whom a question, which asks for one, doesn't."""
    asked = persons(question)
    return parse_question(question).asks_for_person and any(
        not any(name.matches(other) for other in asked) for sentence in sentences for name in persons(sentence)
    )


def _is_denied(question: str, parsed: ParsedQuestion, text: str, span: Span) -> bool:
    """Tell whether what is asked for is denied before its clause comes to it: "dropped a plan to"."""
    if parsed.asked.casefold() not in {"what", "why", "how"} or asks_amount(question) or _DENIAL.search(question):
        return False
    clause = max((match.end() for match in _CLAUSE.finditer(text, 0, span[0])), default=0)
    return bool(_DENIAL.search(text, clause, span[0]))


def _can_answer(question: str, parsed: ParsedQuestion, before: str, words: str) -> bool:
    """Tell whether words are of the kind that is asked for, and say something that the question doesn't."""
    if _PRONOUN.fullmatch(words) or repeats(question, words):
        return False
    if parsed.asked.casefold().startswith("who") and _POSSESSIVE.match(words):
        return False
    if (person := person_asked_about(question)) and is_only_named(words, person):
        return False
    if (said_by := asked_speaker(question)) and said_by.is_open:
        return not (is_titled_name(words) or _DESCRIBED.match(words) or ACCORDING.match(words))
    if asks_amount(question):
        return not _MONTH_BEFORE.search(before)
    asks_deed = parsed.asked.casefold() in {"what", "where", "why", "how"} and parsed.auxiliary not in _BEING
    if asks_time(question) or not asks_deed:
        return True
    is_person = is_titled_name(words) and (_BEHIND_TITLE.search(before) or words.casefold().split()[0] in PERSON_NOUNS)
    return not is_person and not is_date_alone(words)
