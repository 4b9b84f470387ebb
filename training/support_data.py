"""Read pairs of a claim and a passage, supported or not, and make unsupported ones by changing one thing in a claim."""

import csv
import gzip
import json
import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

__all__ = ["MUTATIONS", "Pair", "mutate", "read_pairs", "share_of"]


COPIED_FROM = (
    "squad2-dev/squad2-train.json.gz",
    "squadshifts/new_wiki_v1.0.json.gz",
    "quoref/quoref-dev-v0.1.json.gz",
    "tydiqa-goldp-en/train.json.gz",
)


Share = Literal["training", "fitting", "measuring"]


@dataclass(frozen=True)
class Pair:
    """Hold a claim with the passage that may support it; `kind` says where it is from or how it was made."""

    kind: str
    claim: str
    passage: str
    context: str
    supported: bool


def read_pairs(data: Path) -> dict[str, list[Pair]]:
    """Read the pairs of each set that there is below a folder."""
    support = data / "support"
    return {
        "FEVER": list(_fever(support / "fever-nli")),
        "FEVER-Symmetric": list(_symmetric(support / "fever-symmetric" / "test.jsonl.gz")),
        "FoolMeTwice dev": list(_fool_me_twice(support / "fool-me-twice" / "dev.jsonl.gz")),
        "FoolMeTwice test": list(_fool_me_twice(support / "fool-me-twice" / "test.jsonl.gz")),
        "WiCE": list(_wice(support / "wice" / "claim-oracle-dev.jsonl.gz")),
        "SNLI": list(_nli(support / "nli" / "snli_dev.csv.gz", "SNLI")),
        "MNLI": list(_nli(support / "nli" / "mnli_dev.csv.gz", "MNLI")),
        "copied": [pair for path in COPIED_FROM for pair in _copied(data / "train" / path)],
    }


def share_of(pair: Pair) -> Share:
    """Tell which share a pair belongs to, by a hash of what it is about: a sixth is for fitting, one for measuring."""
    number = zlib.crc32((pair.context or pair.passage[:60]).encode()) % 6
    return "fitting" if number == 0 else "measuring" if number == 3 else "training"


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        yield from handle


def _fever(folder: Path) -> Iterator[Pair]:
    files = (_lines(folder / f"dev.{name}.gz") for name in ("input0", "input1", "label"))
    for evidence, claim, label in zip(*files, strict=True):
        yield _titled("FEVER", _untokenised(claim), _untokenised(evidence), label.strip() == "entailment")


def _symmetric(path: Path) -> Iterator[Pair]:
    for item in map(json.loads, _lines(path)):
        supported = item["gold_label"] == "SUPPORTS"
        yield _titled("FEVER-Symmetric", _untokenised(item["claim"]), _untokenised(item["evidence"]), supported)


def _titled(kind: str, claim: str, evidence: str, supported: bool) -> Pair:
    """Give the evidence a title, which these sets leave out: the claim's first name, since a claim is on one page."""
    name = re.search(r"(?:[A-Z][\w.'’-]*\s?)+", claim)
    return Pair(kind, claim, evidence, name.group().strip() if name else "", supported)


def _fool_me_twice(path: Path) -> Iterator[Pair]:
    for item in map(json.loads, _lines(path)):
        evidence = " ".join(sentence["text"] for sentence in item["gold_evidence"])
        yield Pair("FoolMeTwice", item["text"], evidence, item["wikipedia_page"], item["label"] == "SUPPORTS")


def _wice(path: Path) -> Iterator[Pair]:
    for item in map(json.loads, _lines(path)):
        title = re.sub(r"\s*\(.*?\)", "", item["meta"]["claim_title"])
        yield Pair("WiCE", item["claim"], "\n".join(item["evidence"]), title, item["label"] == "supported")


def _nli(path: Path, kind: str) -> Iterator[Pair]:
    for item in csv.DictReader(_lines(path)):
        yield Pair(kind, item["hypothesis"].strip(), item["premise"].strip(), "", item["label"] == "entailment")


def _copied(path: Path) -> Iterator[Pair]:
    """Yield sentences of articles, whole or without what follows their last comma, with the text around them."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        articles = json.load(handle)["data"]
    for article in articles:
        for paragraph in article["paragraphs"]:
            sentences = re.split(r"(?<=[a-z)\]”\"][.!?])\s+(?=[A-Z])", paragraph["context"])
            for at, sentence in enumerate(sentences):
                passage = " ".join(sentences[max(0, at - 1) : at + 2])
                title = article.get("title", "").replace("_", " ")
                yield Pair("copied", sentence, passage, title, True)
                shorter = sentence.rpartition(", ")[0]
                if len(shorter.split()) >= 8 and len(sentence) - len(shorter) > 20:
                    yield Pair("shortened", f"{shorter}.", passage, title, True)


def _untokenised(text: str) -> str:
    """Undo the Penn Treebank's signs and spaces."""
    for sign, meant in (("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("``", '"'), ("''", '"')):
        text = text.replace(sign, meant)
    text = re.sub(r" ([.,;:!?%)\]]|n't|'s|'re|'ve|'d|'ll|'m)", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text)
    return re.sub(r'" ([^"]*?) "', r'"\1"', text).strip()


_NUMBER = re.compile(r"\b\d+(?:,\d{3})*(?:\.\d+)?\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b")
_COUNTS = "two three four five six seven eight nine ten twelve twenty".split()
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_ANY_NAME = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_MONTHS = "January February March April May June July August September October November December".split()
_PLAIN = frozenset(
    "about after also been being between both could does doing during each from have having here into itself just like "
    "many more most much must only other over same should some such than that their them then there these they this "
    "those through under until upon very were what when where which while will with within without would your".split()
)
_VERB = re.compile(r"\b(is|are|was|were|has|have|had|can|could|will|would|did|does|should|may|might)\b(?! not)")
_UNITS = (
    ("hours", "days"), ("hour", "week"), ("days", "weeks"), ("day", "month"), ("weeks", "months"), ("months", "years"),
    ("years", "months"), ("year", "decade"), ("million", "billion"), ("billion", "million"), ("percent", "people"),
    ("kilometres", "metres"), ("miles", "feet"), ("minutes", "hours"), ("feet", "miles"), ("dollars", "euros"),
    ("meters", "miles"), ("km", "miles"), ("metres", "kilometres"), ("thousand", "million"),
)  # fmt: skip
_OPPOSITES = (
    ("before", "after"), ("after", "before"), ("increased", "decreased"), ("decreased", "increased"), ("more", "less"),
    ("won", "lost"), ("lost", "won"), ("first", "last"), ("largest", "smallest"), ("accepted", "rejected"),
    ("supported", "opposed"), ("began", "ended"), ("began", "stopped"), ("most", "least"), ("rejected", "accepted"),
    ("north", "south"), ("south", "north"), ("western", "eastern"), ("eastern", "western"), ("rose", "fell"),
    ("higher", "lower"), ("over", "under"), ("released", "withheld"), ("founded", "dissolved"), ("best", "worst"),
    ("allowed", "forbidden"), ("younger", "older"), ("always", "never"), ("oldest", "youngest"), ("joined", "left"),
    ("born", "buried"), ("known", "unknown"), ("public", "private"), ("early", "late"), ("strong", "weak"),
)  # fmt: skip


def _swap_number(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Change a number, half of the time into another one of the same passage."""
    del others
    found = list(_NUMBER.finditer(pair.claim))
    if not found:
        return ""
    old = chance.choice(found)
    near = [number for number in _NUMBER.findall(pair.passage) if number != old.group()]
    if near and chance.random() < 0.5:
        new = chance.choice(near)
    elif old.group().isalpha():
        new = chance.choice([count for count in _COUNTS if count != old.group()])
    else:
        value = int(float(old.group().replace(",", "")))
        new = str(value + chance.choice((-10, -2, -1, 1, 2, 10)) if value > 12 else value + chance.randint(1, 5))
    return _put(pair.claim, old, new)


def _swap_name(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Change a name, half of the time into another one of the same passage."""
    found = list(_NAME.finditer(pair.claim)) or list(_ANY_NAME.finditer(pair.claim))
    if not found:
        return ""
    old = chance.choice(found)
    near = [match.group() for match in _NAME.finditer(pair.passage) if match.group() not in pair.claim]
    far = _NAME.findall(chance.choice(others).claim)
    names = near if near and (chance.random() < 0.5 or not far) else far
    return _put(pair.claim, old, chance.choice(names)) if names else ""


def _swap_date(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    del others
    found = list(re.finditer(rf"\b(?:{'|'.join(_MONTHS)})\b", pair.claim))
    if not found:
        return ""
    old = chance.choice(found)
    return _put(pair.claim, old, chance.choice([month for month in _MONTHS if month != old.group()]))


def _add_negation(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Add a "not", or take one away."""
    del chance, others
    if re.search(r"\bnot\b|n't\b", pair.claim):
        return re.sub(r"\s+not\b|n't\b", "", pair.claim, count=1)
    found = _VERB.search(pair.claim)
    return f"{pair.claim[: found.end()]} not{pair.claim[found.end() :]}" if found else ""


def _swap_unit(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    del chance, others
    return _replaced(pair.claim, ((rf"(?<=\d )(?<!-){old}|(?<=[a-z] ){old}", new) for old, new in _UNITS), pair.claim)


def _turn_round(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    del chance, others
    return _replaced(pair.claim, ((old, new) for old, new in _OPPOSITES), pair.claim)


def _swap_roles(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Let the first and the last name change places, where a verb stands between them."""
    del chance, others
    found = list(_ANY_NAME.finditer(pair.claim))
    if len(found) < 2 or found[0].group() == found[-1].group():
        return ""
    first, last = found[0], found[-1]
    between = pair.claim[first.end() : last.start()]
    if not re.search(r"\b[a-z]+ed\b|\bthe \w+ of\b", between) or re.search(r"\band\b|\bwith\b|\bor\b", between):
        return ""
    return f"{pair.claim[: first.start()]}{last.group()}{between}{first.group()}{pair.claim[last.end() :]}"


def _stitch_quote(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Quote words of the passage that don't stand side by side there."""
    del others
    words = pair.passage.replace('"', "").split()
    if len(words) < 24:
        return ""
    at = chance.randrange(len(words) - 20)
    gap = chance.randint(3, 8)
    quote = " ".join([*words[at : at + 5], *words[at + 5 + gap : at + 10 + gap]]).rstrip(".,;")
    return f'{pair.context or "The report"} is described thus: "{quote}".'


def _invent(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Add the end of another claim, without its names and numbers."""
    other = chance.choice(others).claim.rstrip(".")
    tail = [word for word in other.split()[-6:] if word.islower() and word.isalpha()]
    return f"{pair.claim.rstrip('.')}, {' '.join(tail)}." if len(tail) >= 4 else ""


def _swap_word(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Change a word that is no name, for one with the same ending of another claim."""
    words = _words(pair.claim)
    if not words:
        return ""
    old = chance.choice(words)
    known = set(re.findall(r"[a-z]+", pair.passage.casefold()))
    for _ in range(20):
        new = [
            word.group()
            for word in _words(chance.choice(others).claim)
            if word.group()[-2:] == old.group()[-2:] and word.group() not in known and word.group() != old.group()
        ]
        if new:
            return _put(pair.claim, old, chance.choice(new))
    return ""


def _words(claim: str) -> list[re.Match[str]]:
    return [word for word in re.finditer(r"(?<![\w-])[a-z]{4,}(?![\w-])", claim) if word.group() not in _PLAIN]


def _other_passage(pair: Pair, chance: random.Random, others: Sequence[Pair]) -> str:
    """Keep the claim; its passage is another one's."""
    del chance, others
    return pair.claim


def _put(text: str, old: re.Match[str], new: str) -> str:
    return text[: old.start()] + new + text[old.end() :]


def _replaced(text: str, rules: Iterator[tuple[str, str]], before: str) -> str:
    for old, new in rules:
        text = re.sub(rf"\b(?:{old})\b", new, before, count=1)
        if text != before:
            return text
    return ""


Mutation = Callable[[Pair, random.Random, Sequence[Pair]], str]
MUTATIONS: dict[str, Mutation] = {
    "number changed": _swap_number,
    "name swapped": _swap_name,
    "date changed": _swap_date,
    "negation added": _add_negation,
    "unit changed": _swap_unit,
    "turned round": _turn_round,
    "roles swapped": _swap_roles,
    "word swapped": _swap_word,
    "quote stitched": _stitch_quote,
    "detail invented": _invent,
    "other passage": _other_passage,
}


def mutate(pairs: Sequence[Pair], kind: str, chance: random.Random) -> Iterator[Pair]:
    """Make supported pairs unsupported in one way; a pair that it can't be done to is left out."""
    for pair in pairs:
        claim = MUTATIONS[kind](pair, chance, pairs)
        if kind == "other passage":
            other = chance.choice(pairs)
            if other.passage != pair.passage:
                yield replace(pair, kind=kind, passage=other.passage, supported=False)
        elif claim and claim != pair.claim:
            yield replace(pair, kind=kind, claim=claim, supported=False)
