"""Write an answer out of sentences of the articles, each cited by its exact words."""

from collections.abc import Iterable, Iterator, Sequence

from vectorstore import ArticleIndex, dateline_end, stems

from .answer import Answer, Citation
from .answer_types import asks_comparison
from .citing import cite
from .cutting import cut
from .disagreement import find_disagreement
from .parts import Part
from .prose import plain, repeat
from .ranking import RankedSentence, telling_sentences
from .short_answer import short_answer, without_preposition
from .whole_words import breaks_off

__all__ = [
    "DIFFER",
    "FACT_WORDS",
    "NOT_SAID",
    "OVERVIEW_WORDS",
    "compose_answer",
    "compose_decline",
    "compose_parts",
]

NOT_SAID = "The articles don't say."
DIFFER = "the articles differ"

FACT_WORDS, OVERVIEW_WORDS = 60, 150
_FACT_SENTENCES, _OVERVIEW_SENTENCES = 3, 6
_SHORTEST_PART = 15  # words


def compose_answer(
    question: str, standalone_question: str, ranked: Sequence[RankedSentence], index: ArticleIndex
) -> Answer:
    """Answer with the most telling sentences, each followed by its citation's number.

    A fact leads, in bold, with the words that the reader points at; where articles give different ones, both lead. At
    most 60 words and three sentences answer a fact; 150 words and six sentences a comparison, drawn from as many
    articles as it can be.
    """
    draft = _Draft(index, OVERVIEW_WORDS)
    telling = telling_sentences(ranked)
    differing = find_disagreement(standalone_question, telling)
    if asks_comparison(standalone_question) and not differing:
        draft.add(_spread(telling, _OVERVIEW_SENTENCES))
        return draft.finish(question, standalone_question)
    draft = _Draft(index, FACT_WORDS)
    if differing:
        values = " or ".join(without_preposition(plain(sentence.found)) for sentence in differing)
        draft.say(f"**{_capitalised(values)}**: {DIFFER}.")
        for left, sentence in zip((2, 1), differing, strict=True):
            draft.cite(sentence, draft.left // left)
        return draft.finish(question, standalone_question)
    best = telling[0]
    agreeing = [other for other in telling[1:] if other.source != best.source and _agree(best.found, other.found)]
    rest = [other for other in telling[1:] if other not in agreeing]
    told = _distinct([best, *agreeing[:1], *rest])
    beside = [sentence.text for sentence in told[1:]]
    draft.say(short_answer(standalone_question, best, index.article(best.source).published, beside))
    draft.add(told)
    return draft.finish(question, standalone_question)


def compose_parts(
    question: str,
    standalone_question: str,
    answers: Sequence[tuple[Part, RankedSentence | None]],
    index: ArticleIndex,
) -> Answer:
    """Answer each part of a question with its best sentence, or say that the articles don't say.

    In at most 150 words; where two questions are asked, in as many as one is answered in.
    """
    draft = _Draft(index, FACT_WORDS if answers[0][0].is_question else OVERVIEW_WORDS)
    for at, (part, sentence) in enumerate(answers):
        label = _capitalised(plain(part.label))
        if sentence is None:
            draft.say(f"{label}: {NOT_SAID[0].lower()}{NOT_SAID[1:]}")
            continue
        share = draft.left // (len(answers) - at)
        lead = short_answer(part.question, sentence, index.article(sentence.source).published)
        if part.is_question:
            led = f"{label}: {lead.removesuffix(':')}." if lead else f"{label}:"
        else:
            led = f"{label}, {lead}" if lead else f"{label}:"
        if share - len(led.split()) < _SHORTEST_PART:
            led = f"{label}:"
        draft.say(led)
        draft.cite(sentence, share - len(led.split()))
    return draft.finish(question, standalone_question)


def compose_decline(
    question: str,
    standalone_question: str,
    ranked: Sequence[RankedSentence],
    missing: tuple[str, ...],
    index: ArticleIndex,
) -> Answer:
    """Say that the articles don't say, which terms they lack, and what comes nearest."""
    text = NOT_SAID
    if missing:
        text += f" No article mentions {_listed([f'“{plain(term)}”' for term in missing[:5]])}."
    nearest = [
        _cite(number, sentence, index)
        for number, sentence in enumerate(_spread(ranked, _FACT_SENTENCES, most_of_one=1), start=1)
    ]
    return Answer(question, text, (), False, standalone_question, missing, tuple(nearest))


class _Draft:
    """Put an answer together, piece by piece, within a number of words."""

    def __init__(self, index: ArticleIndex, most_words: int) -> None:
        self._index = index
        self._pieces: list[str] = []
        self._citations: list[Citation] = []
        self.left = most_words

    def say(self, words: str) -> None:
        """Add words of our own."""
        if words:
            self._pieces.append(words)
            self.left -= len(words.split())

    def cite(self, sentence: RankedSentence, room: int) -> None:
        """Add a sentence, or the part of it that there is room for, with its citation; a dateline says nothing."""
        begin = dateline_end(sentence.text)
        if sentence.finding.start < begin:  # but where it happened
            begin = 0
        whole = len(plain(sentence.text[begin:]).split()) <= room
        start, end = (begin, len(sentence.text)) if whole else cut(sentence, room)
        start = max(start, begin)
        is_cut = end < len(sentence.text) or breaks_off(sentence.text)
        number = len(self._citations) + 1
        shown = "… " * (start > begin) + plain(sentence.text[start:end]) + " …" * is_cut
        self.say(shown)
        self._pieces[-1] += f" [{number}]"
        self._citations.append(_cite(number, sentence, self._index, start, end))

    def add(self, sentences: Iterable[RankedSentence]) -> None:
        """Add the sentences that there is room for, and at least the first, if only in part.

        Where room is left then, a part of one that is too long is added too.
        """
        too_long = []
        for sentence in sentences:
            if not self._citations or len(plain(sentence.text).split()) <= self.left:
                self.cite(sentence, self.left)
            else:
                too_long.append(sentence)
        for sentence in too_long:
            if self.left >= _SHORTEST_PART:
                self.cite(sentence, self.left)

    def finish(self, question: str, standalone_question: str) -> Answer:
        """Give the answer."""
        return Answer(question, " ".join(self._pieces), tuple(self._citations), True, standalone_question)


def _cite(
    number: int, sentence: RankedSentence, index: ArticleIndex, start: int = 0, end: int | None = None
) -> Citation:
    """Cite a sentence, or its part between two offsets into it, by its article's exact words."""
    first, last = sentence.start + start, sentence.start + (len(sentence.text) if end is None else end)
    return cite(index, number, sentence.source, first, last, sentence.score)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _distinct(sentences: Iterable[RankedSentence]) -> list[RankedSentence]:
    """Keep the first few sentences that don't repeat each other."""
    return list(_unlike(sentences, _FACT_SENTENCES))


def _spread(ranked: Sequence[RankedSentence], most: int, *, most_of_one: int = 2) -> list[RankedSentence]:
    """Take sentences that don't repeat each other, first the best one of each article, then its next."""
    rounds: list[list[RankedSentence]] = [[] for _ in range(most_of_one)]
    taken: dict[str, int] = {}
    for sentence in _unlike(ranked, len(ranked)):
        count = taken.get(sentence.source, 0)
        if count < most_of_one:
            rounds[count].append(sentence)
            taken[sentence.source] = count + 1
    return [sentence for each in rounds for sentence in each][:most]


def _unlike(sentences: Iterable[RankedSentence], most: int) -> Iterator[RankedSentence]:
    """Yield sentences that don't repeat one before."""
    kept: list[str] = []
    for sentence in sentences:
        if not any(repeat(sentence.text, other) for other in kept):
            kept.append(sentence.text)
            yield sentence
        if len(kept) == most:
            return


def _agree(found: str, other: str) -> bool:
    """Tell whether two answers say the same: the words of one are all in the other."""
    said, also = stems(found), stems(other)
    return bool(said and also) and (said <= also or also <= said)


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"
