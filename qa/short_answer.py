"""Lead an answer with the few words of its best sentence that answer by themselves: the short answer.

The reader may point at half of an amount, a name or a phrase, or at words that their sentence denies. Such words are
widened; where they cannot be made to stand alone, there is no short answer, since the sentence says it all.
"""

import re
from datetime import date, timedelta

from .answer_types import asks_amount, asks_place, asks_time, asks_whether
from .attribution import asked_speaker
from .clauses import ParsedQuestion, parse_question
from .dates import MONTHS, WEEKDAYS, is_date_alone
from .figures import Figure, calendar_name, read_figures
from .fitting import repeats
from .names import PERSON_NOUNS
from .persons import is_only_named, is_titled_name, person_asked_about
from .prose import plain
from .ranking import RankedSentence
from .speech import persons
from .transcripts import speaker
from .verbs import BASE, PASTS

__all__ = ["short_answer", "without_preposition"]

_LONGEST, _LONGEST_LIST = 12, 24  # words; a list of names is told whole or not at all
_FAR = 6  # words between a denial and what it denies, at most, for it to be told with it

_PREPOSITION = re.compile(r"^(?:on|in|at|by|to|for|from|about|since|until)\s+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:(?:he|she|they|it|we|i|you)(?:\s\S+)?|him|her|them|his|their|its|this|that|who|which)", re.IGNORECASE
)

_HEDGE = re.compile(
    r"(?:\b(?:nearly|almost|about|around|roughly|approximately|exactly|only|just|some|well|over|under|above|below"
    r"|(?:no|not)\s+(?:more|less|fewer|later)\s+than|(?:more|less|fewer|greater)\s+than|up\s+to|close\s+to"
    r"|at\s+(?:least|most)|as\s+(?:many|much|few|little)\s+as|(?:an\s+)?estimated)\s+)+$",
    re.IGNORECASE,
)
_HEDGED = re.compile(r"(?:an?|one|half|two-thirds|dozens|hundreds|thousands|millions|billions)\b", re.IGNORECASE)
_BEFORE_TIME = re.compile(
    r"\b(?:(?:shortly|just)\s+)?(?:before|after|since|until|by|early|late|mid-?)\s*$", re.IGNORECASE
)
_YEAR_AFTER = re.compile(r",?\s+(?:19|20)\d\d\b")
_TO = re.compile(r"\s*(?:\bto\b|[-–])\s*|\s+or\s+")
_OF = re.compile(r"\s+(?:out\s+of|in|of)\s+(?:every\s+|the\s+)?")
_EACH = re.compile(
    r"(?:\s+\([^()]*\))?\s+(?:per\s+\w+|(?:a|an|each|every)\s+(?:second|minute|hour|day|week|month|year)\b)"
    r"|[\s-]+(?:old|ago)\b"
)
_RANK = re.compile(
    r"(?:\b(?:assistant|deputy|vice|former|acting|interim|associate|principal|then|ex|late|incoming|outgoing|prime"
    r"|foreign|executive|senior)[\s-]+)+$",
    re.IGNORECASE,
)
_CAPITALISED = r"[^\W\d_a-z][\w.’'-]*"
_PAIR = re.compile(rf"(?<![\w.]){_CAPITALISED}\s+[^\W\d_a-z][\w’'-]+(?=\s*[,;]|\s+and\b)")
_LONGEST_TITLES = 300  # letters
_TITLE_WORDS = frozenset("and as for of the to".split())
_DEED = re.compile(rf"\s+(?:\w+ed|{'|'.join(sorted(PASTS))}|has|have|is|are|was|were|will|would|says)\b")
_OPENS = re.compile(r"(?:^|[,;:“\"(—–]|\b(?:that|and|but|while|when|as|after|before|because|if))\s*$")

_AUXILIARY = (
    "am is are was were be been being do does did has have had will would can could shall should may might must"
)
# Behind one of these a phrase is not over, unless the sentence pauses there.
_HANGING = frozenset(
    "a about against among an and as at because between but by during for from her his if in into its my nor of on or "
    "our over than that the their to toward towards under until upon via when where which while who whose with within "
    f"without your not {_AUXILIARY}".split()
)
_FUNCTION = _HANGING | frozenset(
    "across after again ago along also amid around before earlier even ever here he i it last later like near next now "
    "off once onto out over per rather she since so soon still then there they these this those through throughout "
    "together too up we what worldwide yet you".split()
)
# Behind "and" may stand the second of two verbs, the first of which was left out: "rules and respect human rights".
_COORDINATED = re.compile(r"\band\s+[a-z]+\s+\w")
_VERBS_JOINED = re.compile(rf"\band\s+(?:\w+ly\s+\w+s|{'|'.join(sorted(BASE.values()))})\b(?!-)")
_MODAL = r"\b(?:to|will|would|can|could|should|must)\s+"
_GOVERNING = re.compile(
    rf"{_MODAL}([a-z]+\s+(?:(?:about|at|by|for|from|in|of|on|over|to|with)\s+)?(?:(?:an?|the|its|their|his|her)\s+)?)$"
)
_GOVERNING = re.compile(
    r"\b(?:to|will|would|can|could|should|must)\s+([a-z]+\s+(?:(?:about|at|by|for|from|in|of|on|over|to|with)\s+)?"
    r"(?:(?:an?|the|its|their|his|her)\s+)?)$"
)
_NEXT_WORD = re.compile(r"[”\"*_]*\s+[*_]*([a-z][a-z’'-]*)(?![\w-])")
_DETERMINER = re.compile(r"\s+(?:an?|the|his|her|its|their)(?=\s)")
_PLACE = re.compile(rf"\s+(?:at|by|for|from|in|of|on|to|with)(?:\s+(?:an?|the))?(?:(?:\s+{_CAPITALISED})+|(?=\s))")
_NEGATIVE = re.compile(
    r"\b(?:not(?!\s+only)|never(?!\s+mind)|no(?!\s+doubt)|nor|neither|without|cannot|\w+n['’]t|den(?:y|ies|ied|ying)|refus\w+"
    r"|reject\w+|abandon\w*|drop(?:ped|ping|s)?|declin(?:e[sd]?|ing)|fail(?:s|ed|ing)?|lack(?:s|ed|ing)?|avoid\w*"
    r"|rul(?:e|es|ed|ing)\s+out|cancel\w*)(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:—–()]\s|\b(?:and|but|while|because|although|though|when|after|who|which|if)\b")
_AUXILIARY_BEFORE = re.compile(rf"\b(?:{'|'.join(_AUXILIARY.split())})\s+$")

_OF_MANNER = re.compile(r"(?!family|assembly|ally|reply|supply|monopoly|anomaly)[a-z]+ly(?:\s\w+ed)?")
_SPEAKER_DESCRIBED = re.compile(rf"(?:[\w.’'-]+\s+){{0,5}}?(?:{'|'.join(sorted(PERSON_NOUNS))})\b", re.IGNORECASE)

_RELATIVE = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|today|yesterday|tomorrow|tonight|now|ago|(?:this|last|next|past|later|earlier)\s+\w+)\b",
    re.IGNORECASE,
)
_OF_THE_DAY = re.compile(
    r"(?:(?:earlier|later|late|early)\s+)?(?:(?P<near>today|yesterday|tomorrow|tonight|this\s+(?:morning|afternoon|evening))"
    rf"|(?P<weekday>{'|'.join(WEEKDAYS)}))(?:\s+(?:morning|afternoon|evening|night))?",
    re.IGNORECASE,
)

Span = tuple[int, int]


def short_answer(question: str, sentence: RankedSentence, published: date | None = None) -> str:
    """Give the short answer in bold, with a colon; empty where it says no less than its sentence or stands not alone.

    `published` is the article's date; in brackets it tells which day "today" or "Friday" is.
    """
    words = _stand_alone(question, sentence)
    if not words:
        return ""
    when = _dated(words, published) if published and asks_time(question) else ""
    return f"**{words[0].upper()}{words[1:]}**{when}:"


def without_preposition(words: str) -> str:
    """Give words without the preposition that they begin with: "in Bali"."""
    return _PREPOSITION.sub("", words)


def _stand_alone(question: str, sentence: RankedSentence) -> str:
    text = sentence.text
    span = _trimmed(text, _behind_label(text, sentence.finding.start, sentence.finding.end))
    if asks_whether(question) or span[0] >= span[1]:
        return ""
    parsed = parse_question(question)
    if asks_amount(question) and _is_day_of_month(text, span):
        return ""
    span = _whole_names(text, _whole_amount(text, span, is_time=asks_time(question)))
    longest = _LONGEST
    if parsed.asked.casefold() in {"who", "whom"} and not parsed.person_named:
        listed = _whole_list(question, text, span)
        longest = _LONGEST if listed == span else _LONGEST_LIST
        span = listed
    if _asks_for_phrase(parsed) and not asks_amount(question) and not asks_time(question):
        span = _whole_phrase(text, span)
    told = _not_denied(question, parsed, text, span)
    if not told or _is_cut_off(text, told):
        return ""
    span = told
    words = plain(text[slice(*span)])
    if words.count("“") != words.count("”") or words.count('"') % 2:
        words = re.sub(r'[“”"]', "", words)
    words = re.sub(r"['’]s$", "", words)
    length = len(words.split())
    if not words or length > longest or 2 * length > len(plain(text).split()):
        return ""
    return words if _can_answer(question, parsed, text, span, words) else ""


def _behind_label(text: str, start: int, end: int) -> Span:
    """Leave out who speaks, in a line of a transcript, unless it is all that was found."""
    label = speaker(text)
    begins = len(label) + 1  # behind the colon
    return (begins, end) if label and start < begins < end else (start, end)


def _trimmed(text: str, span: Span) -> Span:
    """Leave out signs around the words found, and a preposition before them."""
    start, end = span
    while start < end and text[start] in " ,;:.\n":
        start += 1
    while end > start and text[end - 1] in " ,;:.\n":
        end -= 1
    if re.search(r"\b\w\.\w$", text[start:end]) and text[end : end + 1] == ".":
        end += 1  # "a.m.", "U.S."
    if preposition := _PREPOSITION.match(text[start:end]):
        start += preposition.end()
    return start, end


def _figure_at(text: str, start: int) -> Figure | None:
    """Read the number with which words begin at a place."""
    return next((figure for figure in read_figures(text)[0] if figure.start == start), None)


def _figure_to(text: str, end: int) -> Figure | None:
    """Read the number with which words end at a place, or amid which, with its unit or without."""
    last = next((figure for figure in reversed(read_figures(text)[0]) if figure.start < end), None)
    if not last or end <= last.end:
        return last
    before_unit = text[:end].rpartition(" ")[0]
    with_unit, without = _figure_at(text[:end], last.start), _figure_at(before_unit, last.start)
    return last if with_unit and without and with_unit.unit == last.unit != without.unit else None


def _is_day_of_month(text: str, span: Span) -> bool:
    figure = _figure_to(text, span[1])
    return figure is not None and figure.unit in MONTHS


def _whole_amount(text: str, span: Span, *, is_time: bool) -> Span:
    """Widen a number over its unit, the number that it is a part of, and what limits it: "nearly three out of four"."""
    start, end = span
    figure = _figure_to(text, end)
    if figure and figure.unit not in {"ordinal", "decade"}:
        start, end = min(start, figure.start), _whole_unit(text, max(end, figure.end), figure)
    starts_so = _figure_at(text, start) is not None or _HEDGED.match(text, start, end)
    if starts_so and (hedge := _HEDGE.search(text, 0, start)):
        start = hedge.start()
    if starts_so and " and " in text[start:end] and (between := re.search(r"\bbetween\s+$", text[:start])):
        start = between.start()
    if is_time and (before := _BEFORE_TIME.search(text[:start])):
        start = before.start()
    return start, end


def _whole_unit(text: str, end: int, figure: Figure) -> int:
    if figure.unit in MONTHS:
        year = _YEAR_AFTER.match(text, end)
        return year.end() if year else end
    for words in range(3):  # the shortest that has the unit: "metric tons"
        upto = re.compile(rf"(?:[\s-]+[^\W\d_]+){{{words}}}(?:\s?%)?").match(text, end)
        if upto and (read := _figure_at(text[: upto.end()], figure.start)) and read.unit == figure.unit:
            end = upto.end()
            break
    if each := _EACH.match(text, end):
        end = each.end()
    for joint, same in ((_TO, True), (_OF, False)):
        found = joint.match(text, end)
        other = _figure_at(text, found.end()) if found else None
        if not other or other.unit in {"ordinal", "decade", *MONTHS} or other.kind == "year":
            continue
        if same and (not figure.unit or figure.unit == other.unit):
            return _whole_unit(text, other.end, other)
        if not same and figure.unit in {"", "percent"} and other.value < 1000 and not other.unit:
            return other.end
    return end


def _whole_names(text: str, span: Span) -> Span:
    """Widen over a person's name that begins or ends outside, and over what else belongs to a title: "Deputy"."""
    start, end = span
    for name in persons(text):
        if name.start < start < name.end:
            start = name.start
        if name.start < end < name.end:
            end = name.end
    titled = not PERSON_NOUNS.isdisjoint(re.findall(r"[\w’'-]+", text[start:end].casefold())[:3])
    if titled and (rank := _RANK.search(text, 0, start)):
        start = rank.start()
    return start, end


def _whole_list(question: str, text: str, span: Span) -> Span:
    """Widen one name over the list that it stands in: "Ada Roe and Foreign Minister Lech Nowak"."""
    names = sorted({*(name for name in _listable(text) if not _overlap(name, span)), span})
    first = last = names.index(span)
    while first and _joined(text, names[first - 1], names[first]):
        first -= 1
    while last + 1 < len(names) and _joined(text, names[last], names[last + 1]):
        last += 1
    start, end = names[first][0], names[last][1]
    asked = question.casefold()
    if (
        first == last
        or not re.search(r"\band\b", text[names[last - 1][1] : names[last][0]])
        or any(text[slice(*name)].casefold().split()[-1] in asked for name in names[first : last + 1])
        or (_DEED.match(text, end) and not _OPENS.search(_untitled(text[:start])))  # "Lee met Roe and Nowak left"
    ):
        return span
    return start, end


def _listable(text: str) -> list[Span]:
    """Find persons' names, also behind an office that has capitals too, where they may stand in a list."""
    named = [
        (name.start, name.end)
        for name in persons(text)
        if not re.search(r"\b(?:for|of|on)\s+$", text[: name.start])
        and not re.match(rf"\s+{_CAPITALISED}", text[name.end :])
    ]
    pairs = [pair.span() for pair in _PAIR.finditer(text) if persons(f"so {pair.group()}")]
    return [*named, *(pair for pair in pairs if not any(_overlap(pair, name) for name in named))]


def _overlap(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _joined(text: str, name: Span, other: Span) -> bool:
    """Tell whether nothing but a joint and titles stands between two names."""
    between = text[name[1] : other[0]]
    joint = re.match(r"\s*(?:[,;]\s*(?:and\s+)?|and\s+)", between)
    words = re.findall(r"[^\W\d_]+", between[joint.end() :] if joint else "")
    return bool(joint) and all(word[0].isupper() or word in _TITLE_WORDS | PERSON_NOUNS for word in words)


def _untitled(before: str) -> str:
    """Take the titles off the end of what stands before a name."""
    return re.sub(r"(?:\b(?:[^\W\d_a-z][\w.’'-]*|of|for|the|to)\s+)+$", "", before[-_LONGEST_TITLES:])


def _asks_for_phrase(parsed: ParsedQuestion) -> bool:
    """Tell whether a question asks for what is said or done, and for no name: "What did they agree on?"."""
    return parsed.asked.casefold().split()[-1:] in (["what"], ["why"], ["how"]) or bool(parsed.asked_noun)


def _whole_phrase(text: str, span: Span) -> Span:
    """Widen a phrase over the noun that it ends before, or the verb that governs both of its halves."""
    start, end = span
    if _COORDINATED.search(text, start, end) and (verb := _GOVERNING.search(text[:start])):
        start = verb.start(1)
    last = re.split(r"[\s“\"]", text[start:end])[-1].strip("*_")
    if not last.islower() or last in _FUNCTION or _figure_to(text, end):
        return start, end
    determiner = _DETERMINER.match(text, end)  # "withdraw" the troops
    end = _to_pause(text, determiner.end() if determiner else end)
    if re.search(r"(?:ed|worth)$", text[start:end]) and (place := _PLACE.match(text, end)):
        end = _to_pause(text, place.end())  # "stationed" in Germany
    return start, end


def _to_pause(text: str, end: int) -> int:
    """Find where the phrase ends that goes on at a place."""
    while (word := _NEXT_WORD.match(text, end)) and not _ends_phrase(word.group(1), text[word.end() :]):
        end = word.end()
    return end


def _ends_phrase(word: str, after: str) -> bool:
    is_verb = word.endswith("s") and bool(_DETERMINER.match(after))  # the scene "attracts a" crowd
    return is_verb or word in _FUNCTION | PASTS or bool(re.search(r"(?:ed|ing|ly)$", word))


def _not_denied(question: str, parsed: ParsedQuestion, text: str, span: Span) -> Span | None:
    """Widen words over what denies them just before: "dropped a plan to"; None where that can't be."""
    if _NEGATIVE.search(question):
        return span
    start, end = span
    clause = max([match.end() for match in _CLAUSE.finditer(text, 0, start)], default=0)
    denials = list(_NEGATIVE.finditer(text, clause, start))
    if not denials:
        return span
    denial = denials[0]
    if parsed.asked.casefold() not in {"what", "why", "how"} or is_titled_name(text[start:end]):
        near = " ".join(text[denial.start() : start].split()[:3])
        return None if repeats(question, near.partition(" ")[2]) else span
    if len(text[denial.start() : start].split()) > _FAR:
        return None
    auxiliary = _AUXILIARY_BEFORE.search(text[: denial.start()])
    return auxiliary.start() if auxiliary else denial.start(), end


def _is_cut_off(text: str, span: Span) -> bool:
    """Tell whether words end or begin in the midst of a phrase."""
    words, after = text[slice(*span)], text[span[1] :].lstrip("*_")
    pauses = not after.strip() or not re.match(r"\s+\w|\w", after)
    last = words.split()[-1].strip("“”\"'’*_").casefold()
    return (
        words.count("(") != words.count(")")
        or words[-1] in "-–—"
        or (last in _HANGING and not pauses)
        or (bool(re.search(r"\bto\s+[a-z]+$", words)) and bool(re.match(rf"\s+{_CAPITALISED}", after)))  # its object
        or bool(re.match(r"(?:and|or|but|nor|than)\b", words))
        or (bool(_VERBS_JOINED.search(words)) and not _begins_with_verb(text, span))
    )


def _begins_with_verb(text: str, span: Span) -> bool:
    first = text[slice(*span)].split()[0].casefold()
    known = first in BASE or first in BASE.values() or first.endswith(("ed", "ing"))
    return known or bool(re.search(f"{_MODAL}$", text[: span[0]]))


def _can_answer(question: str, parsed: ParsedQuestion, text: str, span: Span, words: str) -> bool:
    """Tell whether words are of the kind that is asked for, and say something that the question doesn't."""
    if _PRONOUN.fullmatch(words) or repeats(question, words):
        return False
    if (person := person_asked_about(question)) and is_only_named(words, person):
        return False
    wants_words = (said_by := asked_speaker(question)) and said_by.is_open
    if wants_words and (is_titled_name(words) or _describes_speaker(text, span)):
        return False
    if asks_place(question) and _begins_with_person(text, span):
        return False
    asked = parsed.asked.casefold()
    if asked in {"what", "why", "how"} and parsed.auxiliary and not asks_time(question) and not asks_amount(question):
        if is_date_alone(words[0].upper() + words[1:]):
            return False
        if (
            parsed.auxiliary not in {"is", "are", "was", "were"}
            and is_titled_name(words)
            and _begins_with_person(text, span)
        ):
            return False
    if parsed.asked_noun and not asks_time(question) and not asks_amount(question):
        return not _OF_MANNER.fullmatch(text[slice(*span)]) and not _is_count(words, parsed.asked_noun)
    return True


def _describes_speaker(text: str, span: Span) -> bool:
    """Tell whether words say who the one is that is named beside them: "Roe, a former mayor, said"."""
    start, end = span
    if not _SPEAKER_DESCRIBED.match(text, start, end):
        return False
    return any(
        re.fullmatch(r"\s*,\s*(?:who\s+is\s+)?(?:an?\s+|the\s+)?|\s*", between)
        for name in persons(text)
        for between in (text[name.end : start] if name.end <= start else text[end : name.start],)
        if between is not None and (name.end <= start or end <= name.start)
    )


def _begins_with_person(text: str, span: Span) -> bool:
    """Tell whether words begin with what is a person's name for sure."""
    for name in persons(text):
        titled = not PERSON_NOUNS.isdisjoint(text[: name.start].casefold().split()[-1:])
        if name.start < span[1] and span[0] < name.end and (titled or name.gender):
            return not text[span[0] : name.start].strip() or is_titled_name(text[span[0] : name.start])
    return False


def _is_count(words: str, noun: str) -> bool:
    """Tell whether words are but a number, and things are asked for: "Which chemicals?"."""
    figures, _ = read_figures(words)
    alone = len(figures) == 1 and (figures[0].start, figures[0].end) == (0, len(words)) and not figures[0].unit
    return alone and (noun.endswith("s") or not any(map(str.isdigit, words)))


def _dated(words: str, published: date) -> str:
    """Tell in brackets which day "today" is or, where that can't be told, of which day the article is."""
    if (
        not _RELATIVE.search(words)
        or re.search(r"\b(?:19|20)\d\d\b|\d{1,2}(?:st|nd|rd|th)?$", words)
        or _names_month(words)
    ):
        return ""
    day = None
    if match := _OF_THE_DAY.fullmatch(words):
        near = (match["near"] or "").casefold()
        if near or match["weekday"].casefold() == WEEKDAYS[published.weekday()]:
            day = published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(near, 0))
    return f" ({_written(day)})" if day else f" (article of {_written(published)})"


def _names_month(words: str) -> bool:
    return any(calendar_name(word) in MONTHS for word in re.findall(r"[^\W\d_]+", words))


def _written(day: date) -> str:
    return f"{MONTHS[day.month - 1].title()} {day.day}, {day.year}"
