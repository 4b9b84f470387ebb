"""Tell whose words a question asks for, and which sentences give them.

To put the words of one into the mouth of another is the worst that an answer can do, so a sentence counts only where
it says whose words it gives, or goes on with what was last said; what others say of the same thing doesn't.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from vectorstore import Article

from .clauses import parse_question, without_mark
from .names import PERSON_NOUNS, Name, find_names
from .namesakes import Bearer
from .speech import ACCORDING, doers, goes_on, is_somebody, label, leaves_open, persons, subjects, title_before
from .topics import Topic
from .verbs import past
from .wording import Word, Words

__all__ = ["AskedSpeaker", "Given", "Hearing", "asked_speaker"]

# The verbs of questions that ask for words; one may "add" and "write" other things.
_ASKING = frozenset(
    "accuse admit announce argue blame call claim complain deny describe explain insist mention predict promise say "
    "state suggest tell threaten urge warn".split()
)
_ASKED = frozenset(map(past, _ASKING))
_ABOUT = re.compile(  # "tell Xi about Taiwan in their call"
    r"(?:mention(?:ed)?\s+(?!(?:at|during|in)\b)(.+?)|\w+(?:\s+on|(?:\s+(?!(?:how|that|when|where|while|who|why|he|she|they)\b)[\w’'-]+){0,3}?"
    r"\s+(?:about|regarding|concerning))\s+(.+?))"
    r"(?:\s+(?:after|at|before|during|when|while|in\s+(?:an?|the|his|her|its|their))\b|$)"
)
_VIEW = re.compile(
    r"\W*what(?:['’]s|\s+(?:is|are|was|were))\s+(?P<subject>.+?)['’]s?\s+(?:\w+\s+)?"
    r"(?:attitude|comment|message|opinion|position|reaction|remark|response|stance|statement|view|word)s?\s+"
    r"(?:on|about|of|to|towards?|regarding|concerning)\s+(?P<topic>.+)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\b(?:by|from)\s+(.+?)(?:\s(?:about|after|at|before|following|in|marking|of|on|to)\s|$)", re.IGNORECASE
)
_TURNS = 3  # lines that begin with who speaks, at least, in a transcript or an interview
_BEFORE = 1200  # letters before a chunk, in which the one who speaks in it may be named


@dataclass(frozen=True)
class Given:
    """Hold how a sentence gives the words asked for: `is_said` where it does, else it tells what the speaker does.

    `turns` are the places in it where somebody begins to speak, in order, with whether it is the speaker.
    """

    is_said: bool
    turns: Sequence[tuple[int, bool]] = ()

    def holds(self, place: int) -> bool:
        """Tell whether what stands at a place is the speaker's: "Wang accused them, while Blinken urged"."""
        return next((is_own for start, is_own in reversed(self.turns) if start < place), True)

    def own(self, sentence: str) -> str:
        """Give the parts of the sentence that are the speaker's."""
        return "".join(letter for place, letter in enumerate(sentence) if self.holds(place))


def asked_speaker(question: str, weights: Mapping[str, float] | None = None) -> "AskedSpeaker | None":
    """Find whose words "What did Xi say about Taiwan?" asks for; None where it asks for no one's by name.

    `weights` are those of the question's telling words, by their stems.
    """
    question = without_mark(question)
    if view := _VIEW.match(question):  # "What is Xi's view on Taiwan?"
        return _speaker(view["subject"], view["topic"], weights, is_open=True)
    if according := ACCORDING.search(question):
        return _speaker(according.group(1).strip(), "", weights, persons_only=True)
    parsed = parse_question(question)
    words = parsed.rest.split()
    forms = {"did": _ASKING, "does": _ASKING, "do": _ASKING, "has": _ASKED, "have": _ASKED, "had": _ASKED}
    at = next((place for place, word in enumerate(words) if word in forms.get(parsed.auxiliary, ())), 0)
    if not at:
        return None
    about = _ABOUT.match(" ".join(words[at:]))
    topic = next(filter(None, about.groups()), "") if about else ""
    if not parsed.asked and not topic:
        return None  # "Did Xi say so?"
    asks_what = parsed.asked.casefold() in {"what", ""}
    is_open = asks_what and (bool(topic) or at + 1 == len(words))
    return _speaker(" ".join(words[:at]), topic, weights, is_open=is_open, persons_only=not asks_what)


def _speaker(
    subject: str, topic: str, weights: Mapping[str, float] | None, *, is_open: bool = False, persons_only: bool = False
) -> "AskedSpeaker | None":
    names, named = find_names(f"{subject} said"), persons(f"{subject} said")
    around = [word for word in subject.split() if word.islower() and word not in PERSON_NOUNS | {"the", "and", "both"}]
    if around or re.search(r"['’]s\s", subject) or not names or names[-1].end < len(subject):  # "the Ford expert"
        return None
    if len(named) < len(names) and (named or persons_only):
        return None
    return AskedSpeaker(subject, named, Topic(topic, weights or {}), is_open=is_open)


class AskedSpeaker:
    """Hold whose words are asked for, and what they are to be about.

    Persons are known by their names. A country or an office is known by all of its words, and by the persons whom an
    article introduces as its own. `is_open` tells that whatever they said answers, on the topic where there is one.
    """

    def __init__(self, subject: str, named: Collection[Name], topic: Topic, *, is_open: bool) -> None:
        self.is_open = is_open
        self._topic = topic
        self._named = tuple(named)
        words = [] if named else Words(subject).words
        self._words = [word for word in words if word.text[0].isupper() and word.folded not in PERSON_NOUNS]

    def listen(self, article: Article) -> "Hearing":
        """Prepare to hear the speaker in an article."""
        names = self._named or self._representatives(article)
        return Hearing(article, self._topic, [Bearer(name, article) for name in names], self._words)

    def _representatives(self, article: Article) -> list[Name]:
        """Find the persons whom an article introduces as the speaker's own."""
        sentences = (article.text[start:end] for start, end in article.sentences)
        return [
            name
            for sentence in sentences
            if _has(sentence, self._words)
            for name in persons(sentence)
            if _has(title_before(name, sentence), self._words)
        ]


class _Whose(Enum):
    """Name whose words a sentence gives."""

    SPEAKERS = "the speaker's"
    ANOTHERS = "another's"
    NOBODYS = "nobody's"


@dataclass(frozen=True)
class _Heard:
    """Hold a sentence by its offset, with whether the speaker does something in it."""

    start: int
    given: Given
    does: bool
    is_on_topic: bool


class Hearing:
    """Hear one speaker, known by names and by words, in an article."""

    def __init__(self, article: Article, topic: Topic, own: Collection[Bearer], words: Collection[Word]) -> None:
        self._article, self._topic, self._own, self._words = article, topic, own, words
        byline = _BYLINE.search(article.title)
        self._is_author = byline is not None and self._is(byline.group(1))
        # a heading may begin with a name too
        self._is_transcript = sum(bool(label(line)) for line in article.text.splitlines()) >= _TURNS

    def sentences(self, start: int, end: int) -> Mapping[int, Given]:
        """Find the sentences between two offsets into the article, by their offsets, that give the words asked for.

        They speak of the topic, or stand next to one that does and is said by the same.
        """
        heard = list(self._hear(start, end))
        near = [False, *(each.given.is_said and each.is_on_topic for each in heard), False]
        return {
            each.start: each.given
            for place, each in enumerate(heard)
            if (any(near[place : place + 3]) if each.given.is_said else each.does and each.is_on_topic)
        }

    def _hear(self, start: int, end: int) -> Iterator[_Heard]:
        """Tell of each sentence between two offsets, and of some before them, whose words it gives."""
        last = _Whose.SPEAKERS if self._is_author else _Whose.ANOTHERS  # of whom spoke or did something last
        in_turn, is_open = self._is_author, False
        for first, behind in self._article.sentences_between(start - _BEFORE, end):
            sentence = self._article.text[first:behind]
            who, spoken = label(sentence), list(subjects(sentence))
            sayers = [who] if who else [subject for _, subject in spoken]
            does = any(map(self._is, doers(sentence)))
            stays = in_turn or is_open or sentence[0] in '“"' or any(map(goes_on, (sentence, *sayers)))
            whose = self._whose(sentence, who, sayers, does=does, otherwise=last if stays else _Whose.NOBODYS)
            if whose is not _Whose.NOBODYS:
                last = whose
            elif named := persons(sentence):
                last = _Whose.SPEAKERS if _knows(self._own, named[0]) else _Whose.ANOTHERS
            in_turn = in_turn or (bool(who) and self._is_transcript)
            is_open = leaves_open(sentence, is_open)
            turns = [(verb, self._is(each)) for verb, each in spoken if persons(f"{each} said")]
            given = Given(whose is _Whose.SPEAKERS, turns)
            is_on_topic = self._topic.is_in(given.own(sentence))
            yield _Heard(first, given, does=does, is_on_topic=is_on_topic)

    def _whose(self, sentence: str, who: str, sayers: Collection[str], *, does: bool, otherwise: _Whose) -> _Whose:
        """Tell whose words a sentence gives by its label, if any, and by who is said to say something in it."""
        if any(map(self._is, sayers)):
            return _Whose.SPEAKERS
        if any(map(is_somebody, sayers)):
            return _Whose.NOBODYS if does else _Whose.ANOTHERS  # "A spokesman said that Biden raised it"
        if who:  # "THE PRESIDENT:"
            return _Whose.SPEAKERS if self._is_author else _Whose.ANOTHERS
        if self._article.title and self._article.title in sentence:
            return _Whose.NOBODYS  # it says who speaks, and is not said
        return otherwise

    def _is(self, words: str) -> bool:
        """Tell whether words name the speaker."""
        if any(_knows(self._own, name) for name in persons(f"{words} said")):
            return True
        return bool(self._words) and _has(words, self._words)


def _knows(own: Collection[Bearer], name: Name) -> bool:
    return any(one.bears(name) for one in own)


def _has(text: str, wanted: Collection[Word]) -> bool:
    """Tell whether a text has all the words wanted, each in one of its forms, or written out: "WHO"."""
    words = Words(text)
    return all(word.keys & words.named or word.folded in words.initials for word in wanted)
