"""Let a model's sentence through only where a passage that the model was given proves it, checked by code."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from .facts import Grounds, find_fault
from .reader import Reader
from .support import Span, Support, weigh_support
from .wording import Words

__all__ = ["Gate", "Passage", "Proof", "Ruling", "examine"]

_MOST_SENTENCES = 3
_MOST_PROOFS = 3
# A further sentence of an article must prove this share more of a claim's words to be quoted too.
_WORTH = 0.12

_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"|(?<!\w)[‘']([^‘’']*(?:\w[’']\w[^‘’']*)*)[’'](?!\w)")
_ACTIVE = re.compile(r"https?:|www\.|\]\(|!\[|<\s*[a-z/!]|&#?\w+;|`", re.IGNORECASE)
_ANY = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": "[-–‐]"}


@dataclass(frozen=True)
class Passage:
    """Hold a passage as a model gets it.

    `sentences` are offsets into `text`; `start` is where the text begins in its article, `context` the article's title
    and date, and `before` what stands before the text, which tells whom its pronouns mean.
    """

    source: str
    start: int
    text: str
    sentences: tuple[Span, ...]
    context: str = ""
    before: str = ""


@dataclass(frozen=True)
class Proof:
    """Hold the words of an article, by their offsets into its text, that prove a sentence; `score` orders only."""

    source: str
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Examination:
    """Hold the part of a passage that a sentence comes nearest to, with its support; or the rule that it breaks."""

    sentence: str
    proof: Span
    support: Support | None
    fault: str


@dataclass(frozen=True)
class Ruling:
    """Say what became of a sentence: its proofs, or what is wrong with it.

    `sentence` has the article's own bytes where it quotes. Where `is_quoted`, it is the article's own sentence in the
    place of the model's, which comes near to it and breaks no rule, but is not surely the same.
    """

    sentence: str
    proofs: tuple[Proof, ...]
    fault: str = ""
    is_quoted: bool = False

    @property
    def is_supported(self) -> bool:
        """Tell whether the sentence may be shown with its proofs as citations."""
        return bool(self.proofs)

    @property
    def is_shown_as_written(self) -> bool:
        """Tell whether the sentence may be shown in the model's own words."""
        return self.is_supported and not self.is_quoted


class Gate:
    """Check the sentences of one answer against the passages that its model was given, by their numbers."""

    def __init__(self, passages: Mapping[int, Passage], reader: Reader) -> None:
        self._passages = passages
        self._reader = reader

    def check(self, sentence: str, numbers: Sequence[int]) -> Ruling:
        """Rule on a sentence that is said to rest on the passages of these numbers.

        It passes where one of them alone proves it, or some of them together; else where one of the others does that
        share most words with it, since small models often give wrong numbers or none.
        """
        if _ACTIVE.search(sentence):
            return Ruling(sentence, (), "it holds a link or markup")
        named = [number for number in dict.fromkeys(numbers) if number in self._passages][:_MOST_PROOFS]
        rulings = self._alone(sentence, named)
        if len(named) > 1 and not _any_as_written(rulings):
            rulings += self._jointly(sentence, [self._passages[number] for number in named])
        if not _any_as_written(rulings):
            rulings += self._alone(sentence, self._likeliest(sentence, named))
        return _best(rulings) if rulings else Ruling(sentence, (), "no passage says anything like it")

    def _alone(self, sentence: str, numbers: Sequence[int]) -> list[Ruling]:
        return [self._prove(sentence, self._passages[number]) for number in numbers]

    def _likeliest(self, sentence: str, named: Sequence[int]) -> list[int]:
        """Choose the passages, but for those named, that share most telling words with a sentence."""
        wanted = {word.identity for word in Words(sentence).telling}
        shared = {
            number: len(wanted & frozenset().union(*_told(passage)))
            for number, passage in self._passages.items()
            if number not in named
        }
        return sorted(filter(shared.get, shared), key=lambda number: -shared[number])[:_MOST_PROOFS]

    def _prove(self, sentence: str, passage: Passage) -> Ruling:
        seen = examine(sentence, passage, self._reader)
        if seen.support is None:
            return Ruling(seen.sentence, (), seen.fault)
        start, end = seen.proof
        proof = Proof(passage.source, passage.start + start, passage.start + end, seen.support.score)
        if seen.support.is_enough:
            return Ruling(seen.sentence, (proof,))
        if seen.support.is_related:
            return Ruling(passage.text[start:end], (proof,), is_quoted=True)
        return Ruling(seen.sentence, (), "the passage does not say so")

    def _jointly(self, sentence: str, cited: Sequence[Passage]) -> list[Ruling]:
        """Prove a sentence by the nearest words of several passages together; no ruling where they don't."""
        claim = Words(sentence)
        nearest = [(passage, next(_windows(claim, passage, []))) for passage in cited]
        pieces = [passage.text[start:end] for passage, (start, end) in nearest]
        text = " ".join(pieces)
        joined = Passage("", 0, text, ((0, len(text)),), " ".join(passage.context for passage in cited))
        ruling = self._prove(sentence, joined)
        if not ruling.is_shown_as_written:
            return []
        proofs = (
            Proof(passage.source, passage.start + start, passage.start + end, ruling.proofs[0].score)
            for passage, (start, end) in nearest
        )
        return [Ruling(ruling.sentence, tuple(proofs))]


def _any_as_written(rulings: Sequence[Ruling]) -> bool:
    return any(ruling.is_shown_as_written for ruling in rulings)


def _best(rulings: Sequence[Ruling]) -> Ruling:
    """Choose the ruling that shows most; the proofs of all that prove the sentence belong to it."""
    proved = [each for each in rulings if each.is_shown_as_written]
    if proved:
        return Ruling(proved[0].sentence, tuple(proof for each in proved for proof in each.proofs))
    near = [each for each in rulings if each.is_quoted]
    return max(near, key=lambda each: each.proofs[0].score) if near else rulings[0]


def examine(sentence: str, passage: Passage, reader: Reader) -> Examination:
    """Find neighbouring sentences of a passage that a sentence agrees with by rule, and weigh their support."""
    sentence, quotes, fault = _requote(sentence, passage.text)
    if fault:
        return Examination(sentence, (0, 0), None, fault)
    claim, around, context = Words(sentence), Words(f"{passage.before} {passage.text}"), Words(passage.context)
    for start, end in _windows(claim, passage, quotes):
        proof = Words(passage.text[start:end])
        wrong = find_fault(claim, Grounds(proof, around, context))
        if not wrong:
            return Examination(sentence, (start, end), weigh_support(claim, proof, reader), "")
        fault = fault or wrong
    return Examination(sentence, (0, 0), None, fault or "the passage holds no sentence")


def _requote(sentence: str, text: str) -> tuple[str, list[Span], str]:
    """Put a text's own bytes in the place of a sentence's quoted words; a fault says which quote the text lacks."""
    places: list[Span] = []
    pieces: list[str] = []
    cut = 0
    for match in _QUOTED.finditer(sentence):
        group = next(group for group in (1, 2, 3) if match[group] is not None)
        words = match[group].strip()
        if group == 3 and len(words.split()) < 2:
            continue  # rather an apostrophe
        bare = words.rstrip(".,;:!?")
        if not any(character.isalnum() for character in bare):
            return sentence, [], "it quotes nothing"
        pattern = r"\s+".join("".join(_ANY.get(letter, re.escape(letter)) for letter in word) for word in bare.split())
        if bare[0].isalpha():  # which may have opened a sentence, or come to do so
            pattern = f"[{bare[0].lower()}{bare[0].upper()}]{pattern[1:]}"
        found = re.search(rf"(?<!\w){pattern}(?!\w)", text)
        if not found:
            return sentence, [], f"“{bare}” is not quoted from the article"
        places.append(found.span())
        pieces += [sentence[cut : match.start(group)], " ".join(found.group().split()), words[len(bare) :]]
        cut = match.end(group)
    rest = "".join([*pieces, sentence[cut:]])
    if len(re.findall(r"[“”]", rest)) % 2 or rest.count('"') % 2:
        return sentence, [], "a quotation does not end"
    return rest, places, ""


def _windows(claim: Words, passage: Passage, quotes: Sequence[Span]) -> Iterator[Span]:
    """Yield runs of sentences that hold the quotes, the likeliest to prove a claim first."""
    wanted, told = {word.identity for word in claim.telling}, _told(passage)
    scored: list[tuple[float, Span]] = []
    for count, first in product(range(1, _MOST_SENTENCES + 1), range(len(passage.sentences))):
        if first + count > len(passage.sentences):
            continue
        start, end = passage.sentences[first][0], passage.sentences[first + count - 1][1]
        if all(start <= quote[0] and quote[1] <= end for quote in quotes):
            has = wanted.intersection(frozenset().union(*told[first : first + count]))
            scored.append((len(has) / max(1, len(wanted)) - _WORTH * count, (start, end)))
    scored.sort(key=lambda item: -item[0])
    yield from (span for _, span in scored[:4])


def _told(passage: Passage) -> list[frozenset[str]]:
    """Give what the telling words of each sentence of a passage mean."""
    return [_identities(passage.text[start:end]) for start, end in passage.sentences]


@lru_cache(maxsize=1024)
def _identities(sentence: str) -> frozenset[str]:
    return frozenset(word.identity for word in Words(sentence).telling)
