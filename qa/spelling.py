"""Read a misspelt word of a question as the word of the articles that it was meant to be."""

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

from vectorstore import ArticleIndex, fold, stem_words, stems

from .reader import Reader
from .terms import is_content_word

__all__ = ["correct_spelling"]

_CHUNKS = 40
_SHORTEST, _SHORTEST_NAME = 6, 5  # letters: of shorter words too many are alike
_MOST = 5  # misspelt words; a question that has more is in another language, or nonsense
_MOST_LONGER = 2  # letters
_ALIKE = 0.85  # of the letters: "Bejing" and "Beijing", "Tailban" and "Taliban", but not "Hanson" and "Hansen"


def correct_spelling(question: str, index: ArticleIndex, reader: Reader, among: Collection[str] | None = None) -> str:
    """Write a question's words as the articles do, where neither they nor the reader's vocabulary have them.

    A name can be meant for names alone. A word stays as it is where it may be meant for several others, or for one
    that no article has.
    """
    unknown = _unknown_words(question, index, reader)
    if not 0 < len(unknown) <= _MOST:
        return question
    found = index.retrieve(question, top_k=_CHUNKS, among=among)
    told = {word for chunk in found for word, _ in stem_words(f"{chunk.node.metadata['title']} {chunk.text}")}
    names = {fold(word) for word in told if word[0].isupper()}
    words = reader.vocabulary.union(map(fold, told))
    shouting, whispering = question.isupper(), question.islower()
    for word in unknown:
        is_name = word[0].isupper() and not shouting
        meant = _find_meant(fold(word), names if is_name else words, is_name=is_name)
        if meant and all(map(index.knows, stems(meant))):
            written = meant.upper() if shouting else meant if whispering else _as_written(meant, told, word)
            question = re.sub(rf"\b{re.escape(word)}\b", written, question)
    return question


def _unknown_words(question: str, index: ArticleIndex, reader: Reader) -> list[str]:
    words = {
        word: fold(word)
        for word, stem in stem_words(question)
        if len(word) >= (_SHORTEST_NAME if word[0].isupper() else _SHORTEST)
        and word.isalpha()
        and is_content_word(word)
        and not index.knows(stem)
    }
    return [word for word, folded in words.items() if folded not in reader.vocabulary]


def _find_meant(word: str, words: Iterable[str], *, is_name: bool) -> str:
    """Find the word that is most alike; empty where there is none, where two are equally so, or several for a name."""
    compare = SequenceMatcher(b=word)
    alike = []
    for other in words:
        if other[0] == word[0] and abs(len(other) - len(word)) <= _MOST_LONGER:
            compare.set_seq1(other)
            if compare.quick_ratio() >= _ALIKE and (ratio := compare.ratio()) >= _ALIKE:
                alike.append((ratio, other))
    if not alike:
        return ""
    best, meant = max(alike)
    if is_name:
        rivals = [other for _, other in alike if stems(other) != stems(meant)]
    else:
        rivals = [other for ratio, other in alike if ratio == best and other != meant]
    return "" if rivals else meant


def _as_written(meant: str, told: Iterable[str], word: str) -> str:
    """Write a word as the passages do, if they do, and rather with a capital letter if the misspelt one has it."""
    forms = [other for other in told if fold(other) == meant]
    forms = forms or [meant.capitalize() if word[0].isupper() else meant]
    return min(forms, key=lambda form: (form.isupper(), form[0].isupper() != word[0].isupper(), form))
