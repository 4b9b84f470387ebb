"""Find by rule what a sentence claims and the words that should prove it don't: figures, names, denials, roles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vectorstore import stem_words

from .wording import COUNTRIES, Words

__all__ = ["Grounds", "find_fault"]

# A name or number is known by so many telling words on either side of it, a denial by so many behind it.
_REACH = 4
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot can't won't isn't aren't wasn't weren't don't doesn't "
    "didn't hasn't haven't hadn't couldn't wouldn't shouldn't mustn't hardly barely unable nowhere".split()
)
# Words that deny without saying "not": a claim's "not" may stand for one of them, and the reverse.
_DENIALS = (
    "refuse decline reject deny fail lack absent avoid cancel stop halt end cut sever suspend unlikely impossible "
    "oppose forbid ban prohibit block prevent dismiss rule rebuff snub spurn ignore miss unable few little break "
    "broken withhold abandon abstain except less fewer lower weak weaker unchanged unclear unknown unresolved"
)
# Pairs that turn a statement round.
_OPPOSITES = (
    "rise increase grow gain climb surge jump soar|fall decrease drop decline shrink lose slump plunge",
    "more above over exceed|less fewer below under",
    "accept approve agree allow permit endorse|reject refuse disagree forbid ban oppose veto",
    "support back favour favor|oppose condemn criticise criticize",
    "resume restore restart reopen continue keep|suspend sever cut halt stop cancel end",
    "begin start open launch establish create form|end finish close conclude dissolve abolish",
    "impose levy|lift remove",
    "follow obey abide respect|ignore flout defy violate",
    "avoid prevent|seek provoke",
    "deny reject|accept admit confirm",
    "promise|threaten",
    "win victory|lose defeat loss",
    "arrive enter join|leave depart exit quit",
    "buy purchase import|sell export",
    "strengthen improve stabilise stabilize ease|weaken worsen strain deteriorate destabilise destabilize",
    "friend ally friendly|enemy rival foe hostile",
    "north northern|south southern",
    "east eastern|west western",
    "male man men|female woman women",
    "alive survive|die dead kill",
    "guilty convict|innocent acquit",
    "success succeed successful|failure fail unsuccessful",
    "public publicly|private privately secret secretly",
    "legal lawful|illegal unlawful",
    "many most|few",
    "high higher highest|low lower lowest",
    "optimistic hopeful|pessimistic",
    "praise welcome applaud|criticise criticize condemn denounce",
    "present attend|absent",
    "older elder oldest|younger youngest",
    "largest biggest bigger larger|smallest smaller",
    "always|never",
)
# Words of one kind, of which one can't stand for another.
_KINDS = (
    "second minute hour day week month year decade century",
    "hundred thousand million billion trillion",
    "morning afternoon evening night",
    "monday tuesday wednesday thursday friday saturday sunday weekend",
    "north south east west northern southern eastern western",
    "spring summer autumn winter",
)
_PRONOUNS = frozenset(
    "he she they it his her their its them him himself herself itself themselves who which we i our my us".split()
)
_BEING = frozenset("is are was were be been being".split())


@dataclass(frozen=True)
class Grounds:
    """Hold what a claim is checked against.

    `proof` are the sentences that should prove it, `passage` is what they stand in, and `context` its article's title
    and date.
    """

    proof: Words
    passage: Words
    context: Words

    @property
    def common(self) -> set[str]:
        """Give the stems of words that are no names here."""
        return self.proof.lower | self.passage.lower


def find_fault(claim: Words, grounds: Grounds) -> str:
    """Say what in a claim its proof lacks or contradicts, or an empty string."""
    checks = (
        _figure_fault,
        _date_fault,
        _name_fault,
        _rival_fault,
        _kind_fault,
        _negation_fault,
        _opposite_fault,
        _role_fault,
    )
    return next((fault for check in checks if (fault := check(claim, grounds))), "")


def _figure_fault(claim: Words, grounds: Grounds) -> str:
    proof = grounds.proof
    dates = [figure for figure in grounds.context.figures if figure.kind in {"year", "day"}]
    for figure in claim.figures:
        alike = [other for other in (*proof.figures, *dates) if figure.is_of(other)]
        if not alike:
            return f"the number {figure.value:f} is not there"
        units = {other.unit for other in alike}
        counted = any(other.unit == figure.unit for other in proof.figures)
        if figure.unit not in {"", "decade", *units} and (counted or "" not in units):
            return f"{figure.value:f} is not in {figure.unit}"
        # a number belongs to the words around it
        near = claim.near(figure.start, _REACH)
        rivals = [other for other in proof.figures if other.kind == figure.kind and not figure.is_of(other)]
        theirs = max((len(near & proof.near(other.start, _REACH)) for other in rivals), default=0)
        if theirs and not any(
            other not in proof.figures or len(near & proof.near(other.start, _REACH)) >= theirs for other in alike
        ):
            return f"{figure.value:f} belongs to something else"
    return ""


def _date_fault(claim: Words, grounds: Grounds) -> str:
    for date in sorted(claim.dates - grounds.proof.dates - grounds.context.dates):
        return f"{date.capitalize()} is not there"
    return ""


def _name_fault(claim: Words, grounds: Grounds) -> str:
    proof, passage, context, common = grounds.proof, grounds.passage, grounds.context, grounds.common
    known = [name for words in (proof, passage, context) for name in words.full_names(common)]
    for name in claim.full_names(common):
        if name & passage.folded and not any(name <= other for other in known):
            return f"{' '.join(sorted(name))!r} is no name there"
    followed = {word.folded: after for word, after in zip(claim.words, claim.words[1:], strict=False)}
    pronouns = not _PRONOUNS.isdisjoint(proof.folded)
    for word in claim.names(common):
        if word.keys & proof.named or word.folded in proof.folded | proof.initials:
            continue
        if not word.keys & (passage.named | context.named) and word.folded not in passage.initials:
            return f"{word.folded!r} is not there"
        family = followed.get(word.folded)
        is_given = family is not None and family.text[0].isupper() and family.folded in proof.folded
        if not pronouns and not word.keys & context.named and not is_given:
            return f"{word.folded!r} is not in that sentence"
    return ""


def _rival_fault(claim: Words, grounds: Grounds) -> str:
    """Find a name in a place where the proof has another one that the claim lacks."""
    proof, common = grounds.proof, grounds.common
    claimed = claim.names(common)
    spoken = {word.folded for word in claimed}
    stems, identities = {word.stem for word in claimed}, {word.identity for word in claimed}
    kin = {part for name in proof.full_names(common) if name & spoken for part in name}  # "Jinping" is Xi
    known = proof.names(common)
    rivals = [word for word in known if word.identity not in identities and word.folded not in {*kin, *COUNTRIES}]
    for word in claimed:
        here = [other for other in known if other.identity == word.identity]
        if here and rivals:
            near = claim.near(word.start, _REACH) - stems
            ours = max(len(near & proof.near(other.start, _REACH)) for other in here)
            rival = max(rivals, key=lambda other: len(near & proof.near(other.start, _REACH)))
            if len(near & proof.near(rival.start, _REACH)) > ours + 1:
                return f"{word.folded!r} stands for {rival.folded!r}"
    return ""


def _kind_fault(claim: Words, grounds: Grounds) -> str:
    for kind in _KIND_STEMS:
        for stem in sorted((claim.stems & kind) - grounds.proof.stems - grounds.context.stems):
            if grounds.proof.stems & kind:
                return f"{stem!r} is not what stands there"
    return ""


def _negation_fault(claim: Words, grounds: Grounds) -> str:
    proof = grounds.proof
    claimed, proved = list(_denials(claim)), list(_denials(proof))
    for at, by_meaning in claimed:
        scope = claim.next_telling(at, _REACH)
        answered = any(
            not (soft and proof.words[other].stem in claim.stems)
            and (not scope or scope & proof.next_telling(other, _REACH))
            for other, soft in proved
        )
        if not by_meaning and not answered:
            return "it is denied"
    denied = any(not by_meaning or claim.words[at].stem not in proof.stems for at, by_meaning in claimed)
    for at, by_meaning in proved:
        scope = proof.next_telling(at, _REACH)
        if not by_meaning and not denied and scope and len(scope & claim.stems) >= min(2, len(scope)):
            return "a denial is left out"
    return ""


def _denials(words: Words) -> Iterator[tuple[int, bool]]:
    """Yield the places of the words that deny, and whether they do so by their meaning alone."""
    for at, word in enumerate(words.words):
        ahead = words.words[at + 1].folded if at + 1 < len(words.words) else ""
        if word.folded in _NEGATIONS or word.folded.endswith("n't") or (word.folded, ahead) == ("yet", "to"):
            if not (word.folded in {"not", "no"} and ahead in {"only", "later", "doubt"}):
                yield at, False
        elif word.stem in _DENIAL_STEMS:
            yield at, True


def _opposite_fault(claim: Words, grounds: Grounds) -> str:
    proof = grounds.proof
    denied = {
        stem
        for words in (claim, proof)
        for at, by_meaning in _denials(words)
        if not by_meaning
        for stem in words.next_telling(at, _REACH)
    }
    for first, second in _OPPOSITE_STEMS:
        for ours, theirs in ((first, second), (second, first)):
            said = claim.stems & ours
            if said & denied or proof.stems & theirs & denied:
                continue
            if said and proof.stems & theirs and not proof.stems & ours and not claim.stems & theirs:
                return f"{min(said)!r} is the opposite"
    return ""


def _role_fault(claim: Words, grounds: Grounds) -> str:
    """Find a deed whose doer and receiver are swapped."""
    common = grounds.proof.lower
    known = {deed: (doers, receivers) for deed, doers, receivers in _deeds(grounds.proof, common)}
    for deed, ours, others in _deeds(claim, common):
        if deed in known and ours and others:
            doers, receivers = known[deed]
            if ours[-1] in receivers and ours[-1] not in doers and others[0] not in receivers:
                return f"{deed!r} is the other way round"
    return ""


def _deeds(words: Words, common: set[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield what may be deeds, with the names of those who may do them and of those to whom they are done."""
    names = [(at, word.identity) for at, word in enumerate(words.words) if word.is_name(common)]
    opening = 0
    for at, word in enumerate(words.words):
        opening = at if word.opens else opening
        if word.text[0].islower() and word in words.telling:
            before = [name for place, name in names if opening <= place < at]
            after = [name for place, name in names if place > at]
            passive = at > 0 and words.words[at - 1].folded in _BEING
            yield (word.stem, after, before) if passive else (word.stem, before, after)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for word in words for _, stem in stem_words(word))


_KIND_STEMS = tuple(_stems(kind.split()) for kind in _KINDS)
_DENIAL_STEMS = _stems(_DENIALS.split())
_OPPOSITE_STEMS = tuple(
    (_stems(first.split()), _stems(second.split())) for first, second in (pair.split("|") for pair in _OPPOSITES)
)
