"""Make questions out of a folder's own sentences, and keep those that its articles are found to answer."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest

from vectorstore import Article, ArticleIndex, split_sentences

from .answer import Answer
from .names import Name, find_names

__all__ = ["find_examples"]

_ARTICLES_READ = 24
_MOST, _MOST_TRIED = 4, 12
_READ_OF_EACH = 2500  # characters: news says first what matters
_MOST_WORDS = 14
# A past form needs no helping verb after "Who".
_DEED = re.compile(
    r"\s+(?!said|told|added|asked|called|used|based)((?:\w{3,}ed|met|won|led|took|made|gave|left|became|held|wrote|ran"
    r"|spoke|flew|fell|beat|built|found|sent|shot|paid|lost|began|broke|drew|rose|struck)\s[^,;:()“”\"]*)"
)
_SAYS = re.compile(r"\b(?:said|told|warned|announced|argued|insisted|stressed)\b")
# Words that lean on another sentence make no question of its own.
_LEANS = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|this|that|these|those|i|we|you|who|which|as)\b", re.IGNORECASE
)

Ask = Callable[[str], Answer]
Candidate = tuple[Article, str, str]


def find_examples(index: ArticleIndex, ask: Ask) -> tuple[str, ...]:
    """Give up to four questions that are answered from the article that each was made from.

    A few articles are read, spread over the folder, and a dozen questions tried at most, so that it stays quick.
    """
    step = max(1, len(index.sources) // _ARTICLES_READ)
    read = [index.article(source) for source in index.sources[::step][:_ARTICLES_READ]]
    facts, subjects = ([make(article) for article in read] for make in (_facts, _subject))
    found: list[str] = []
    for article, question, expected in islice(chain(_in_turn(facts), _in_turn(subjects)), _MOST_TRIED):
        if question not in found and _is_answered(ask(question), article, expected):
            found.append(question)
        if len(found) == _MOST:
            break
    return tuple(found)


def _in_turn(of_each: Sequence[Iterator[Candidate]]) -> Iterator[Candidate]:
    """Take the first of each article, then the second of each."""
    return (candidate for each in zip_longest(*of_each) for candidate in each if candidate)


def _is_answered(answer: Answer, article: Article, expected: str) -> bool:
    cites_it = article.source in {citation.source for citation in answer.citations}
    return answer.answered and cites_it and expected.casefold() in answer.text.casefold()


def _facts(article: Article) -> Iterator[Candidate]:
    """Yield questions for facts, each with words that its answer must hold."""
    for sentence in _sentences(article):
        names = find_names(sentence)
        for question, expected in (*_who(sentence, names), *_said(sentence, names)):
            yield article, question, expected


def _subject(article: Article) -> Iterator[Candidate]:
    """Yield a question about the name that the article's beginning has most often."""
    names = Counter(
        name.text
        for sentence in _sentences(article)
        for name in find_names(sentence)
        if name.start > 0 and " " in name.text and not name.text.isupper() and not name.text.startswith("The ")
    )
    for name, count in names.most_common(1):
        if count > 1:
            yield article, f"What do the articles say about {name}?", name.split()[-1]


def _sentences(article: Article) -> Iterator[str]:
    """Yield the whole sentences of an article's beginning on one line each, without what ends them."""
    stop = min(article.body_start + _READ_OF_EACH, len(article.text))
    for start, end in split_sentences(article.text, article.body_start, stop):
        words = article.text[start:end].split()
        if len(words) > 4 and (end < stop or stop == len(article.text)):
            yield " ".join(words).rstrip('.!?…"”’')


def _who(sentence: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Turn "Nancy Pelosi visited Taiwan" into "Who visited Taiwan?"."""
    for name in names[:1]:
        deed = _DEED.match(sentence, name.end)
        if name.kind == "person" and deed and not re.search(r"[^\w\s.’'-]", sentence[: name.start]):
            words = deed.group(1).split()
            if 3 <= len(words) <= _MOST_WORDS and not _LEANS.search(deed.group(1)) and find_names(deed.group(1)):
                yield f"Who {' '.join(words)}?", name.last


def _said(sentence: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Turn "Liu Zhenli said that Taiwan ..." into "What did Liu Zhenli say about Taiwan?"."""
    persons = [name for name in names if name.kind == "person" and " " in name.text]
    for person in persons[:1]:
        if not _SAYS.match(sentence[person.end :].lstrip()):
            continue
        for about in names:
            if about.start > person.end and not about.matches(person) and "-" not in about.text:
                yield f"What did {person.text} say about {about.text}?", about.last
                return
