"""Tell what the articles say on a subject: first those that are about it, each from its lead on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from vectorstore import Article, ArticleIndex, sentence_spans, stems

from .answer import Answer
from .composing import OVERVIEW_WORDS
from .fitting import repeats
from .leads import find_lead, is_whole, quote_all
from .prose import leans, plain, repeat, speaks_of_self
from .ranking import depth
from .terms import Term
from .transcripts import asked_by_reporters, is_transcript, words_spoken

__all__ = ["compose_overview"]

_CHUNKS_READ = 24
_MOST_SENTENCES = 6
_MOST_OF_ONE = 3  # sentences, where other articles have something to tell too
_HEAD, _READ = 700, 3000  # characters that say what an article is about, and that tell most of it
# An article that names less of the subject than this share of what the best one does is on something else.
_LEAST = 0.9
# As much of what an article names of the subject stands in its title and lead where it is about the subject.
_OPENING = 0.75
_OFTEN = 1 / 6  # of the sentences of its beginning name what an article is about, where neither title nor lead does
_DOUBT = 0.3  # off the weight of a sentence that leans on the one before, or in which someone speaks of himself

Span = tuple[int, int]


@dataclass(frozen=True)
class _Subject:
    """Hold the stems that name a subject, with their weights, and those that no article on it may lack."""

    weights: dict[str, float]
    needed: frozenset[str]

    def share(self, mentioned: set[str]) -> float:
        """Give the share of the subject, by weight, that these stems name."""
        return sum(self.weights[stem] for stem in mentioned & self.weights.keys()) / (sum(self.weights.values()) or 1)

    def reach(self, mentioned: set[str]) -> float:
        """Give that share where nothing is lacking that is needed, else 0."""
        return self.share(mentioned) if self.needed <= mentioned else 0.0


@dataclass(frozen=True)
class _Story:
    """Hold what an article has to tell on a subject, by the offsets of its sentences, best first.

    `reach` is the share of the subject that its title and one of its passages name, `is_about` tells whether that
    passage is its beginning, and `score` orders the stories.
    """

    article: Article
    sentences: list[Span]
    reach: float
    is_about: bool
    score: float


def compose_overview(
    question: str,
    standalone_question: str,
    terms: Sequence[Term],
    index: ArticleIndex,
    among: Collection[str] | None = None,
) -> Answer | None:
    """Tell what is said on the subject that a question's terms name, in at most 150 words and six sentences.

    An article whose title and beginning speak of it is told by its lead and what else it tells early; several such
    share the room. Sentences of articles that only mention it come after. None where no article names it.
    """
    needed = frozenset(term.stem for term in terms if term.is_name) or frozenset(term.stem for term in terms)
    subject = _Subject({term.stem: term.weight for term in terms}, needed)
    words = " ".join(term.word for term in terms)
    found: dict[str, list[list[Span]]] = {}
    for chunk in index.retrieve(standalone_question, words=words, top_k=_CHUNKS_READ, among=among) if needed else ():
        found.setdefault(chunk.node.metadata["source"], []).append(sentence_spans(chunk.node))
    read = [
        _read(standalone_question, index.article(source), passages, subject, rank)
        for rank, (source, passages) in enumerate(found.items())
    ]
    least = _LEAST * max((story.reach for story in read), default=0.0)
    stories = [story for story in read if story.sentences and story.reach >= least > 0]
    stories.sort(key=lambda story: (not story.is_about, -story.score))
    chosen = _choose(stories)
    if not chosen:
        return None
    order = [story.article.source for story in stories]
    chosen.sort(key=lambda each: order.index(each[0]))
    return quote_all(question, standalone_question, chosen, index)


def _read(question: str, article: Article, passages: list[list[Span]], subject: _Subject, rank: int) -> _Story:
    """Find what an article has to tell: from its beginning on where it is about the subject, else in what was found."""
    text = article.text
    beginning = article.sentences_between(article.body_start, article.body_start + _READ)
    lead = find_lead(article, _HEAD)
    known = stems(f"{article.title} {article.published or ''}")
    if article.published:
        known |= stems(f"{article.published:%B %Y}")
    mentions = [(subject.reach(known | stems(text[spans[0][0] : spans[-1][1]])), spans) for spans in passages]
    _, opened = lead or next(iter(beginning), (0, 0))
    opening = subject.reach(known | stems(text[article.body_start : opened]))
    head = subject.reach(known | stems(text[article.body_start : article.body_start + _HEAD]))
    reach = max(head, *(share for share, _ in mentions))
    naming = sum(subject.share(stems(text[start:end])) > 0 for start, end in beginning)
    goes_on = naming > 1 and naming >= _OFTEN * len(beginning)
    is_about = max(opening, head if goes_on else 0.0) >= _OPENING * reach > 0
    spans = {span for share, spans in mentions if share >= _OPENING * reach > 0 for span in spans}
    least = 0.0 if is_about else reach / 3
    if is_about:
        spans.update(beginning)
    if not is_about or is_transcript(text):  # who speaks comes to the subject late, and leaves it soon
        lead, least = None, max(least, reach / 10)
    asked = asked_by_reporters(text)
    scored: dict[Span, float] = {}
    for start, end in spans:
        if asked(start):
            continue
        sentence = text[start:end]
        share = subject.share(stems(words_spoken(sentence)))
        of_self = speaks_of_self(sentence)
        if share >= least and (share or not of_self) and is_whole(sentence) and not repeats(question, sentence):
            doubts = leans(sentence) + 2 * of_self
            scored[start, end] = share / 2 - depth(start - article.body_start) / 4 - _DOUBT * doubts
    sentences = sorted(scored, key=lambda span: (-scored[span], span))
    if lead and (lead == beginning[0] or subject.share(stems(text[slice(*lead)]))):
        sentences = [lead, *(span for span in sentences if span != lead)]
    best = max(scored.values(), default=0.0)
    return _Story(article, sentences, reach, is_about, reach + opening / 2 + best - rank / 50)


def _choose(stories: Sequence[_Story]) -> list[tuple[str, int, int]]:
    """Take the sentences that there is room for and that don't repeat each other, from each article in turn."""
    chosen: list[tuple[str, int, int]] = []
    told: list[str] = []
    left = OVERVIEW_WORDS
    for story, (start, end) in _by_turns(stories):
        sentence = plain(story.article.text[start:end])
        length = len(sentence.split())
        if (length <= left or not chosen) and not any(repeat(sentence, other) for other in told):
            chosen.append((story.article.source, start, end))
            told.append(sentence)
            left -= length
        if len(chosen) == _MOST_SENTENCES or left <= 0:
            break
    return chosen


def _by_turns(stories: Sequence[_Story]) -> Iterator[tuple[_Story, Span]]:
    """Yield the best sentence of each article about the subject, then the next; then those of what only mentions it."""
    about = [story for story in stories if story.is_about]
    mention = [story for story in stories if not story.is_about]
    for of, first, last in ((about, 0, _MOST_OF_ONE), (mention, 0, 2), (about, _MOST_OF_ONE, _MOST_SENTENCES)):
        for at in range(first, last):
            yield from ((story, story.sentences[at]) for story in of if at < len(story.sentences))
