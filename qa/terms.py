"""Find the terms of a question that an answer must speak of, and those that no article has."""

import re
from dataclasses import dataclass, replace

from vectorstore import ArticleIndex, stem_words

from .answer_types import framing
from .dates import is_month_or_year

__all__ = ["Term", "find_missing", "find_terms", "is_content_word"]

_LONGEST_INITIALS = 4
_LARGEST_WRITTEN_OUT = 20

# What kind of thing a question asks for: the think tank in "Which think tank is she with?"
_KIND = re.compile(
    r"\b(?:what|which)\s+((?:[\w’'-]+\s+){0,2}?[\w’'-]+)(?=\s+(?:am|are|can|could|did|do|does|had|has|have|is|may|might"
    r"|must|should|was|were|will|would)\b)",
    re.IGNORECASE,
)

# Words that ask, link or refer, and say nothing of what is asked about.
_FUNCTION_WORDS = frozenset(
    # what kind of answer is asked for
    "age amount big case cases date day days hour hours kind kinds month months number old side sides time times type "
    "week weekday year years "
    # what links and asks
    "a about above according across actually after again against ago all almost along already also although always am "
    "among an and another any anyone anything are aren around article articles as ask asked at away be became because "
    "become been before being below between both but by call called came can cannot come could couldn describe detail "
    "details did didn different do does doesn doing don done during each either else ever every exactly explain far "
    "few first for found from further gave get give given gives go goes going gone got had happen happened happening "
    "happens has hasn have haven having he her here hers herself him himself his how however if in instead into is "
    "isn it its itself just keep kind know known last less let like likely list long made make makes making many may "
    "me mean mention mentioned might more most mostly much must my myself name named near need never news no nor not "
    "now of off often on once one only onto or other others our ours out over overview own people per perhaps please "
    "put quite rather really reason regarding report reported said same saw say saying says see seem several shall "
    "she should show since so some someone something sort still stories story such summarise summarize summary take "
    "taken tell than that the their theirs them themselves then there these they thing things this those though "
    "through thus till to together too took toward towards under until up upon us use used using very via was wasn "
    "way we well went were weren what whatever when where whether which while who whom whose why will with within "
    "without word words would wouldn yet you your yours".split()
)


@dataclass(frozen=True)
class Term:
    """Hold a word of a question that says what is asked about.

    `weight` is its inverse document frequency, `is_known` tells whether some article has it in any inflection,
    `is_name` whether it is part of a name, or a number, and `is_strange` whether it is part of one that no article has.
    """

    word: str
    stem: str
    weight: float
    is_known: bool
    is_name: bool
    is_strange: bool = False


def is_content_word(word: str) -> bool:
    """Tell whether a word says what is asked about, rather than asks, links or refers."""
    return word.casefold() not in _FUNCTION_WORDS


def find_terms(question: str, index: ArticleIndex) -> list[Term]:
    """List the question's telling words, once each, with their weight in the index.

    What kind of thing is asked for is none of them where no article has the word: an institute may be a think tank.
    """
    terms: dict[str, Term] = {}
    shouting = question.isupper()
    kinds = {stem for words in _KIND.findall(question) for _, stem in stem_words(words)}
    asking = len(stem_words(framing(question)))  # "these papers" are the articles
    for position, (word, stem) in enumerate(stem_words(question)):
        if position < asking:
            continue
        acronym = len(word) > 1 and word.isupper() and not shouting
        # "us" is a pronoun, "US" a country; "may" a verb, "May" a month
        if not is_content_word(word) and not acronym and not (position and is_month_or_year(word)):
            continue
        is_name = word[0].isdigit() or acronym or (position > 0 and word[0].isupper() and not shouting)
        if stem in kinds and not is_name and not index.knows(stem):
            continue
        terms.setdefault(stem, Term(word, stem, index.weight(stem), index.knows(stem), is_name))
    return _dates_weigh_most(_names_weigh_once(question, list(terms.values())))


def _names_weigh_once(question: str, terms: list[Term]) -> list[Term]:
    """Share the weight of a name's least telling word among its words: articles go on with the surname alone."""
    groups: list[list[Term]] = []
    for term in terms:
        last = groups[-1][-1] if groups else None
        if last and last.is_name and term.is_name and f"{last.word} {term.word}" in question:
            groups[-1].append(term)
        else:
            groups.append([term])
    return [
        replace(term, weight=min(part.weight for part in group) / len(group), is_strange=_is_strange(group[-1]))
        for group in groups
        for term in group
    ]


def _is_strange(surname: Term) -> bool:
    """Tell whether a name is one that no article has; articles may write initials and small numbers out."""
    word = surname.word
    initials = word.isupper() and len(word) <= _LONGEST_INITIALS and word.isalpha()
    small = word.isdecimal() and int(word) <= _LARGEST_WRITTEN_OUT
    return surname.is_name and not surname.is_known and not initials and not small


def _dates_weigh_most(terms: list[Term]) -> list[Term]:
    """Give a month or year the weight of the most telling other term: many articles name it, and one is meant."""
    most = max((term.weight for term in terms if not is_month_or_year(term.word)), default=0.0)
    return [replace(term, weight=max(term.weight, most)) if is_month_or_year(term.word) else term for term in terms]


def find_missing(question: str, terms: list[Term]) -> tuple[str, ...]:
    """List the terms that no article mentions, as the question writes them; neighbours are one term.

    Verbs and adverbs ("prompted", "officially") tell the reader nothing: articles put them in other words.
    """
    missing = {
        term.stem
        for term in terms
        if not term.is_known and (term.is_name or not term.word.endswith(("ed", "ing", "ly")))
    }
    runs: list[list[int]] = []
    at = 0
    for word, stem in stem_words(question):
        start = question.index(word, at)
        at = start + len(word)
        if stem not in missing or not is_content_word(word):
            continue
        if runs and question[runs[-1][1] : start].isspace():
            runs[-1][1] = at
        else:
            runs.append([start, at])
    return tuple(dict.fromkeys(question[start:end] for start, end in runs))
