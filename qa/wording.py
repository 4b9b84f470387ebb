"""Read a text's words, names and figures, so that two texts can be compared by rule."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vectorstore import fold, stem_words

from .figures import Figure, calendar_name, read_figures
from .names import PERSON_NOUNS

__all__ = ["Word", "Words"]

# One country in its several forms, and others whose adjective shares too few letters with the name.
_COUNTRIES = {
    form: forms.split()[0]
    for forms in (
        "us u.s usa u.s.a america american americans states washington|uk u.k britain british britons kingdom|"
        "china chinese prc beijing|eu e.u europe european europeans|un u.n nations|france french|spain spanish|"
        "netherlands dutch|greece greek greeks|poland polish poles|denmark danish|switzerland swiss|wales welsh|"
        "england english|germany german germans|turkey turkish|russia russian russians moscow|"
        "philippines filipino philippine|ireland irish|sweden swedish|finland finnish|iraq iraqi|peru peruvian|"
        "cyprus cypriot|norway norwegian"
    ).split("|")
    for form in forms.split()
}
_FUNCTION = frozenset(
    "a about above after again against all also although always am among an and another any are as at be because been "
    "before being below between both but by can could did do does doing due during each either every few for from "
    "further had has have having he her here hers him his how however i if in into is it its itself just like many may "
    "me might more most much must my neither no nor not now of off often on once one only or other others our out over "
    "own per quite rather same several she should since so some still such than that the their them then there these "
    "they this those though through to together too toward towards under until up upon us very was we were what when "
    "where whether which while who whom whose why will with within without would yet you your according says said say "
    "meanwhile despite following earlier later recently currently overall additionally furthermore moreover instead "
    "nevertheless nonetheless thus therefore first second finally today yesterday amid ahead last next".split()
)
# Capitalised words that are no one's name.
_TITLES = PERSON_NOUNS | frozenset(
    "acting former vice deputy foreign defence defense state senior chief joint house department ministry office "
    "government administration congress".split()
)
# More than all the neighbours of a text can count.
_MATCH = 1000
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W\d_]+)?|[.!?:;“\"(]")


@dataclass(frozen=True)
class Word:
    """Hold a word as written, in lower case without possessive and accents, its stem, and where it stands.

    `opens` tells whether a sentence or a quotation begins with it.
    """

    text: str
    folded: str
    stem: str
    start: int
    opens: bool

    @property
    def end(self) -> int:
        """Give the offset behind the word."""
        return self.start + len(self.text)

    @property
    def identity(self) -> str:
        """Give what the word's forms have in common: a country's several names, or the stem."""
        return _COUNTRIES.get(self.folded, self.stem)

    @property
    def keys(self) -> set[str]:
        """Give what a name is known by: itself, its country, and the stem that it shares with its adjective."""
        keys = {self.folded}
        if self.folded in _COUNTRIES:
            keys.add(f"={_COUNTRIES[self.folded]}")
        if len(self.folded) > 4:
            keys.add(re.sub(r"(?:i?ans?|ese|i|is|ish|s)$", "", self.folded)[:8] + "~")
            keys.add(re.sub(r"a$", "", self.folded)[:8] + "~")
        return keys

    @property
    def is_telling(self) -> bool:
        """Tell whether the word says something by itself."""
        return self.folded not in _FUNCTION or self.text == "US"

    @property
    def is_possessive(self) -> bool:
        """Tell whether the word is the owner of what the next one says: "Jones's lawyer"."""
        return self.is_telling and bool(re.search(r"['’]s?$", self.text))

    def is_name(self, common: set[str]) -> bool:
        """Tell whether the word is part of a name; `common` are stems known to be written in lower case too."""
        if not self.text[0].isupper() or self.folded in _FUNCTION or self.folded in _TITLES or len(self.folded) < 2:
            return self.folded in {"us", "un", "eu", "uk"} and self.text.isupper()
        if calendar_name(self.text):
            return False
        if not self.opens:
            return self.text[1:2].isupper() or self.stem not in common or self.folded in _COUNTRIES
        # a plural may open a sentence: "Officials ..."
        return self.stem not in common and (not self.folded.endswith("s") or self.folded in _COUNTRIES)


class Words:
    """Hold the words of a text, and what is read out of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(_read(text))
        self.folded = {word.folded for word in self.words}
        self.stems = {word.stem for word in self.words}
        self.lower = {word.stem for word in self.words if word.text[0].islower()}

    @cached_property
    def _figures_and_dates(self) -> tuple[list[Figure], set[str]]:
        return read_figures(self.text)

    @property
    def figures(self) -> list[Figure]:
        """Give the figures, in order."""
        return self._figures_and_dates[0]

    @property
    def dates(self) -> set[str]:
        """Give the months and weekdays that the text names."""
        return self._figures_and_dates[1]

    @cached_property
    def telling(self) -> list[Word]:
        """List the words that say something."""
        return [word for word in self.words if word.is_telling]

    @cached_property
    def named(self) -> set[str]:
        """Give what all capitalised words are known by."""
        return {key for word in self.words if word.text[0].isupper() for key in word.keys}

    @cached_property
    def initials(self) -> set[str]:
        """Give what two to five capitalised words in a row are for short: "pla" for "People's Liberation Army"."""
        letters = "".join(word.text[0] if word.text[0].isupper() else " " for word in self.words)
        runs = [(at, at + size) for size in range(2, 6) for at in range(len(letters) - size + 1)]
        return {letters[start:end].casefold() for start, end in runs if " " not in letters[start:end]}

    def names(self, common: set[str]) -> list[Word]:
        """List the words of names, in order."""
        return [word for word in self.words if word.is_name(common)]

    def full_names(self, common: set[str]) -> list[frozenset[str]]:
        """List names of several words, each as the words that stand side by side; countries stand apart."""
        runs: list[list[Word]] = []
        for word in self.names(common):
            if word.folded in _COUNTRIES or not word.folded.isalpha():
                continue
            before = runs[-1][-1] if runs else None
            # a possessive ends a name
            if before and self.text[before.end : word.start] in {" ", "-", ". "} and not before.text.endswith("s"):
                runs[-1].append(word)
            else:
                runs.append([word])
        return [frozenset(word.folded for word in run) for run in runs if len(run) > 1]

    def gap_before(self, place: int) -> str:
        """Give what stands between a word and the one before it."""
        return self.text[self.words[place - 1].end if place else 0 : self.words[place].start]

    def places_in(self, other: "Words") -> dict[int, int]:
        """Find where as many words as can be stand in the same order in another text, by their places here.

        It is a longest common subsequence: of several the one with most neighbours, then the one with the last places.
        """
        ours, theirs = ([word.identity for word in words.words] for words in (self, other))
        weights = [[_weight(ours, theirs, here, there) for there in range(len(theirs))] for here in range(len(ours))]
        best = [[0] * (len(theirs) + 1)]
        for row in weights:
            above, so_far = best[-1], [0]
            for there, weight in enumerate(row):
                so_far.append(max(above[there + 1], so_far[-1], above[there] + weight))
            best.append(so_far)
        places, here, there = {}, len(ours), len(theirs)
        while here and there:
            weight = weights[here - 1][there - 1]
            if weight and best[here][there] == best[here - 1][there - 1] + weight:
                here, there = here - 1, there - 1
                places[here] = there
            elif best[here][there] == best[here][there - 1]:
                there -= 1
            else:
                here -= 1
        return places

    def near(self, start: int, reach: int) -> set[str]:
        """Give the stems of the telling words within so many words of an offset, on either side."""
        at = sum(word.start < start for word in self.telling)
        here = at < len(self.telling) and self.telling[at].start == start
        around = (*self.telling[max(0, at - reach) : at], *self.telling[at + here : at + here + reach])
        return {word.stem for word in around if not word.text[0].isdigit()}

    def next_telling(self, at: int, count: int) -> set[str]:
        """Give the stems of the next telling words behind the word at a place."""
        return {word.stem for word in [word for word in self.words[at + 1 :] if word.is_telling][:count]}


def _weight(ours: Sequence[str], theirs: Sequence[str], here: int, there: int) -> int:
    """Weigh a word that stands in two texts, a little more where its neighbours do so too; 0 where it doesn't."""
    if ours[here] != theirs[there]:
        return 0
    before = here > 0 < there and ours[here - 1] == theirs[there - 1]
    return _MATCH + before + (ours[here + 1 : here + 2] == theirs[there + 1 : there + 2] != [])


def _read(text: str) -> Iterator[Word]:
    opens = True
    for match in _WORD.finditer(text):
        word = match.group()
        if not word[0].isalnum():
            opens = opens or word in '.!?:“"'
            continue
        folded = fold(re.sub(r"['’]s?$", "", word).rstrip(".").replace("’", "'"))
        stems = stem_words(folded)
        yield Word(word, folded, stems[0][1] if stems else folded, match.start(), opens)
        opens = False
