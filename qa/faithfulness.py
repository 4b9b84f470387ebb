"""Tell whether a sentence made of an article's words leaves out what they depend on, or turns round who did what.

Whether words are said to be true depends on what they stand under: a denial, a hedge, a condition, a verb such as
"claim" or "plan" (their veridicality: Karttunen, 1971; Saurí and Pustejovsky, 2009). What only adds to other words may
be left out; what they depend on may not while they stay. Words are told by closed classes, not parsed; so a sentence
may be called unfaithful that is not, and the article is quoted in its place.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from vectorstore import stems

from .facts import denials
from .figures import calendar_name
from .pronouns import AUXILIARIES
from .replacements import replaces
from .verbs import BASE, PASTS
from .wording import Words

__all__ = ["is_faithful"]

# What is said, shown or known to be so: a plain attribution, which may be left out.
_PLAIN = stems(
    "acknowledge add admit announce concede conclude confirm declare demonstrate disclose discover emphasise "
    "emphasize explain find know learn mean note notice observe prove realise realize recall relay remind reveal "
    "say see show state stress tell verify write"
) | {"reported"}
# What is claimed, believed, wanted, planned or asked: verbs, and nouns and adjectives made of them.
_NONFACTUAL = stems(
    "accusation accuse allege ambition argue ask aspire assert assume attempt belief believe charge claim "
    "conjecture consider contemplate contend contest demand desire discredit disprove dispute doubt dream estimate "
    "expect fear forecast foresee forget guess hint hoax hope idea imagine imply indicate insinuate insist intend "
    "intent lie maintain mull myth neglect offer order plan pledge plot possibility predict presume pretend promise "
    "proposal propose prospect purport question rebut reckon recommend refute request risk rumor rumour scheme seek "
    "seem speculate suggest suppose surmise suspect suspicion theory think threat threaten try urge vow want warn "
    "wish wonder worry"
)
# Auxiliaries, adverbs and other words that hedge.
_HEDGES = frozenset(
    "can could may might must ought shall should will would almost apparently arguably conceivably erroneously falsely "
    "hypothetically likely maybe mistakenly nearly ostensibly perhaps possibly potentially probably rarely reportedly "
    "seldom theoretically virtually wrongly keen sign signs".split()
)
# Adjectives with which a thing is not, or not yet, what its noun says; they hedge that noun alone.
_ATTRIBUTES = frozenset(
    "acting anti apparent assistant bogus deputy ex fake false former formerly future half hypothetical incoming mock "
    "non possible potential probable prospective putative sham vice".split()
)
_EXPECTED = frozenset("poised ready set".split())  # before "to"
# What is said to come is not said to be but likely; these stand for no other hedge.
_FUTURE = frozenset("shall will would".split())
_CONDITIONS = frozenset("if unless whether lest except excluding barring assuming supposing".split())
_INVERTED = frozenset("should were had".split())  # conditions where they open a sentence
# Heads of phrases: without them the words behind come to be what they are not, such as the doer.
_HEADS = frozenset(
    "about above across after against along amid among around as at before behind below beneath beside besides between "
    "beyond by despite during for from in inside into like near of on onto outside over per since than that through "
    "throughout to toward towards under until upon via with within without".split()
)
_DETERMINERS = frozenset("a an the his her its their our my this these those".split())
_RELATIVES = frozenset("that which who whom whose".split())
_COORDINATORS = frozenset("and but or".split())
# A clause that one of these opens is no aside such as "critics claim".
_CONNECTIVES = (_HEADS | _RELATIVES | _COORDINATORS | _CONDITIONS) - {"as"} | frozenset(
    "although because following so though when where whereas while yet".split()
)
# Conjunctions that may keep their clause and lose its subject: "while Blinken urged".
_SUBORDINATORS = frozenset("although because if since that though until when whereas whether while".split())
_PRONOUNS = frozenset("he her him his i it its our she their them they we".split())
# Without one of these more is meant: "some analysts", "many of them".
_QUANTIFIERS = frozenset("certain many most several some".split())
_VERBS = AUXILIARIES | PASTS | frozenset(BASE.values())
_CLAUSE = 4  # words at least
# A parenthetical verb comes after no more words than these.
_SUBJECT = 4
_PAUSE, _STOP = re.compile(r"[,;()—–.!?]"), re.compile(r"[.!?]")


def is_faithful(claim: Words, proof: Words, places: Mapping[int, int]) -> bool:
    """Tell whether a claim keeps what its words depend on in its proof, and who did what to whom.

    `places` are where its words stand in the proof, by their places in the claim.
    """
    if ("?" in proof.text and "?" not in claim.text) or not _is_clause(claim):
        return False
    return (
        not any(_distortions(claim, proof, places))
        and not replaces(claim, proof, places)
        and not _swaps_roles(claim, proof)
    )


def _is_clause(claim: Words) -> bool:
    """Tell whether a claim is a whole clause; with "Wang Yi." it is the question that claims something."""
    return len(claim.words) >= _CLAUSE and any(
        word.folded in _VERBS
        or word.folded.endswith(("ed", "n't"))
        or (word.folded.endswith("s") and word.text.islower())
        for word in claim.words
    )


def _distortions(claim: Words, proof: Words, places: Mapping[int, int]) -> Iterator[bool]:
    """Tell, by one rule after the other, whether something is left out that kept words depend on."""
    kept, ours, theirs = set(places.values()), _operators(claim), _operators(proof)
    new = [(place, word) for place, word in enumerate(claim.words) if place not in places]
    added = {ours[place] for place, word in new if place in ours and word.folded not in _FUTURE}
    operators = {
        place: kind
        for place, kind in theirs.items()
        if place not in kept and kind not in added and not _is_lost_with_noun(place, kept, proof)
    }
    moved = {word.stem for _, word in new}
    for segment in _segments(proof):
        if kept.isdisjoint(segment):
            yield _is_aside(segment, operators, proof)
        else:
            yield any(operators.get(place) == "condition" for place in segment)
    for place, there in places.items():
        left_out = _left_out_before(there, kept, proof)
        if not left_out:
            continue
        yield any(each in operators for each in left_out)
        yield proof.words[there - 1].folded in _QUANTIFIERS
        before = places.get(place - 1)
        is_moved = any(proof.words[each].is_telling and proof.words[each].stem in moved for each in left_out)
        if not is_moved and (place == 0 or before is not None):  # nothing stands in their place
            yield _ends_in_head(left_out, there, kept, proof)
            yield before is not None and _loses_subject(left_out, there, kept, proof)
            yield before is not None and proof.words[before].is_possessive > claim.words[place - 1].is_possessive


def _is_lost_with_noun(place: int, kept: Collection[int], proof: Words) -> bool:
    """Tell whether an adjective that hedges is left out with the noun behind it: "its former mayor"."""
    return proof.words[place].folded in _ATTRIBUTES and place + 1 < len(proof.words) and place + 1 not in kept


def _operators(words: Words) -> Mapping[int, str]:
    """Find the words under which others are not said to be true, with their kind."""
    found = {place: "denial" for place, _ in denials(words)}
    for place, word in enumerate(words.words):
        ahead = [each.folded for each in words.words[place + 1 : place + 3]]
        is_measure = word.folded in {"as", "so"} and ahead == ["long", "as"]
        if word.folded in _CONDITIONS or (word.folded in _INVERTED and word.opens) or is_measure:
            found[place] = "condition"
        elif (
            word.folded in _HEDGES | _ATTRIBUTES
            or word.stem in _NONFACTUAL
            or (word.folded in _EXPECTED and ahead[:1] == ["to"])
        ):
            found.setdefault(place, "hedge")
    return found


def _left_out_before(there: int, kept: Collection[int], proof: Words) -> range:
    """Give the places of the words left out right before a kept one, back to a pause."""
    first = there
    while first and first - 1 not in kept and not _PAUSE.search(proof.gap_before(first)):
        first -= 1
    return range(first, there)


def _ends_in_head(left_out: Sequence[int], there: int, kept: Collection[int], proof: Words) -> bool:
    """Tell whether words left out end in the head of what the kept word behind them begins."""
    words = {place: proof.words[place] for place in left_out}
    is_attributed = any(word.stem in _PLAIN or word.folded in _PLAIN for word in words.values())
    is_end = True
    for place, word in reversed(words.items()):
        if word.folded == "that" and is_attributed:
            return False
        if word.folded in _RELATIVES and place - 1 not in kept:
            return True  # "the man who shot" before "Jones"
        if is_end and word.folded in _HEADS:
            # "all of the members", "doubt that it is so"
            is_optional = word.folded in {"of", "that"} and place - 1 in kept
            return not is_optional and not _is_date(proof, there)
        is_end = is_end and not word.is_telling and word.stem not in _PLAIN
    # "he shot Jones and" before "fled"
    return is_end and words[left_out[0]].folded in _COORDINATORS and left_out[0] - 1 in kept


def _loses_subject(left_out: Sequence[int], there: int, kept: Collection[int], proof: Words) -> bool:
    """Tell whether a kept word gets what stands before words left out, instead of its own subject or owner."""
    first, word = left_out[0], proof.words[there]
    telling = [place for place in left_out if proof.words[place].is_telling]
    if first - 1 not in kept or _PAUSE.search(proof.gap_before(first)):
        # back in a clause, behind what it begins with
        return any(proof.words[place].folded not in _PRONOUNS for place in telling) and (
            word.folded not in _COORDINATORS
        )
    if proof.words[first].identity == word.identity and (word.is_telling or word.folded == "of"):
        return True  # "of parts of", "tariffs on steel and tariffs on"
    return (
        proof.words[first - 1].folded in _SUBORDINATORS
        and word.text[0].islower()
        and all(_is_bare_name(place, proof) for place in left_out)
    )


def _is_bare_name(place: int, words: Words) -> bool:
    word = words.words[place]
    return word.text[0].isupper() and not word.opens and not calendar_name(word.text)


def _is_date(words: Words, place: int) -> bool:
    """Tell whether a word is a day, month or year, which come without a preposition too."""
    word = words.words[place]
    return bool(calendar_name(word.text)) or any(
        figure.start == word.start and figure.kind in {"day", "year"} for figure in words.figures
    )


def _segments(proof: Words) -> Iterator[range]:
    """Yield the places of the words between two pauses."""
    starts = [place for place in range(len(proof.words)) if place == 0 or _PAUSE.search(proof.gap_before(place))]
    yield from (range(start, end) for start, end in pairwise([*starts, len(proof.words)]))


def _is_aside(segment: Sequence[int], operators: Mapping[int, str], proof: Words) -> bool:
    """Tell whether what stands between pauses tells how true the rest is: "the bridge was unsafe, critics claim"."""
    first, last = segment[0], segment[-1]
    if any(operators.get(place) == "condition" for place in segment[:2]):
        return True
    opener = proof.words[first].folded
    is_participle = opener.endswith("ing") and opener != "according"
    if first == 0 or _STOP.search(proof.gap_before(first)) or opener in _CONNECTIVES or is_participle:
        return False
    is_final = last + 1 == len(proof.words) or bool(_STOP.search(proof.gap_before(last + 1)))
    for place in segment[: _SUBJECT + 1]:
        if place in operators and proof.words[place].is_telling and (place == last or (is_final and opener != "as")):
            return proof.words[place - 1].folded not in {"as", "than"}  # "as planned" says that it is so
    return False


def _swaps_roles(claim: Words, proof: Words) -> bool:
    """Tell whether two of a claim's words have changed sides of a third one, but for a passive: "sued by Jones"."""
    ours, theirs = _single(claim), _single(proof)
    shared = sorted(ours.keys() & theirs.keys(), key=lambda word: ours[word])
    for at, verb in enumerate(shared):
        passed = [left for left in shared[:at] if theirs[left] > theirs[verb]]
        passives = {_has_agent(proof, theirs[verb], theirs[left]) for left in passed}
        for right in shared[at + 1 :]:
            is_passive = _has_agent(claim, ours[verb], ours[right])
            if theirs[right] < theirs[verb]:
                if is_passive in passives:
                    return True
            elif (len(passed) < at or at == 0) and is_passive != _has_agent(proof, theirs[verb], theirs[right]):
                return True
    return False


def _single(words: Words) -> dict[str, int]:
    """Give the places of the telling words that occur but once."""
    counts = Counter(word.identity for word in words.words)
    return {
        word.identity: place for place, word in enumerate(words.words) if word.is_telling and counts[word.identity] == 1
    }


def _has_agent(words: Words, verb: int, place: int) -> bool:
    """Tell whether "by" is the last function word, but for determiners, between a verb and a word."""
    between = (word.folded for word in reversed(words.words[verb + 1 : place]) if not word.is_telling)
    return next((word for word in between if word not in _DETERMINERS), "") == "by"
