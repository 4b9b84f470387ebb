"""Find the names in a sentence without any model, and tell persons from places and other things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["PERSON_NOUNS", "Gender", "Kind", "Name", "find_dates", "find_names"]

Kind = Literal["person", "place", "group"]
Gender = Literal["he", "she", ""]

# Nouns for persons; before a name they are titles.
PERSON_NOUNS = frozenset(
    "actor actress adm admiral adviser advisor ambassador analyst athlete attorney author boss candidate capt "
    "captain ceo chair chairman chairperson chairwoman chancellor chief coach col colonel commander commissioner "
    "congressman congresswoman correspondent counterpart critic defendant delegate deputy detective diplomat "
    "director doctor dr economist editor emperor envoy executive expert founder gen general gov governor head "
    "historian hon husband investigator journalist judge justice king lady lawmaker lawyer leader lieutenant lord "
    "lt maj major man manager marshal mayor minister mother father mr mrs ms negotiator nominee officer official "
    "person player poet politician pope premier pres president prime prince princess prof professor prosecutor "
    "queen rep reporter representative rev researcher scholar scientist sec secretary sen senator sergeant sgt "
    "sheikh sheriff singer sir soldier speaker spokesman spokesperson spokeswoman student duke duchess artist "
    "champion heir boy girl suspect teacher treasurer undersecretary victim wife winner witness woman writer".split()
)
_MALE_WORDS = frozenset("mr sir king prince lord pope husband father man spokesman chairman congressman actor".split())
_FEMALE_WORDS = frozenset(
    "mrs ms lady queen princess wife mother woman spokeswoman chairwoman congresswoman actress".split()
)
_MALE_NAMES = frozenset(
    "abdul adam ahmed alan albert alexander ali andrew anthony antonio antony barack ben benjamin bernard bill "
    "bob boris brian bruce carl carlos charles charlie chris christopher daniel david dennis dmitry donald doug "
    "edward elon emmanuel eric ethan evan frank fred gary geoffrey george gordon graham greg hassan henry howard "
    "hugh ian ibrahim isaac ivan jack jacob jake james jared jason jay jeff jeffrey jim jimmy joe john jonathan "
    "jose joseph juan justin karl keith kenneth kevin kurt lawrence leo lloyd louis luis mahmoud marco mark "
    "martin matthew michael miguel mike mitch mitt mohamed mohammad mohammed muhammad narendra neil nicholas "
    "nicolas oliver olaf omar oscar patrick paul pedro peter philip ralph ray recep richard rishi rob robert "
    "roger ronald rupert russell ryan sam scott sean sergei sergey stephen steve steven stuart ted terry thomas "
    "tim timothy tom tony victor viktor vladimir volodymyr walter william xavier".split()
)
_FEMALE_NAMES = frozenset(
    "adrienne aisha alexandra alice amanda amy andrea angela ann anna anne annette antonia barbara benazir beth "
    "betty camilla carol caroline catherine charlotte christina christine claire claudia condoleezza cynthia "
    "deborah diana diane dilma donna dorothy elena elizabeth ellen emily emma eva fatima fiona florence frances "
    "gina giorgia gloria hannah helen hillary indira irene isabel jacinda jane janet jean jen jennifer jenny "
    "jessica jill joan judith judy julia julie kamala karen karine kate katherine kathleen kelly kim kristina "
    "laura laurie linda lisa liz louise lucy madeleine margaret maria marie marine marissa martha mary megan "
    "meghan melania melinda michelle nancy natalie natasha nicola nina nikki olga olivia oprah pamela patricia "
    "paula rachel rebecca rosa roza ruth sally samantha sandra sara sarah sharon sheila simone sonia sophie "
    "stephanie susan suzanne tammy teresa theresa tina ursula valerie victoria wendy whitney winnie yulia".split()
)

# Offices with a field in their name, so that "Secretary of State Antony Blinken" falls apart rightly.
_OFFICE = re.compile(
    r"\b(?:Secretary|Minister|(?:Joint\s+)?Chiefs?|Director|Department|Ministry|Assistant\s+Secretary)\s+(?:of|for)\s+(?:the\s+)?"
    r"(?:State|Defen[cs]e|Commerce|Treasury|Labou?r|Staff|Energy|Education|Homeland\s+Security|Transportation|Finance|"
    r"Foreign\s+Affairs|Health|(?:the\s+)?Interior|Agriculture|Justice|National\s+Intelligence|Trade|War)\b"
)

_PLACES = frozenset(
    # countries
    "afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain bangladesh "
    "belarus belgium bolivia bosnia botswana brazil britain brunei bulgaria burma burundi cambodia cameroon "
    "canada chad chile china colombia congo croatia cuba cyprus denmark ecuador egypt england eritrea estonia "
    "ethiopia europe fiji finland france gabon gaza georgia germany ghana greece guatemala guinea guyana haiti "
    "honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan "
    "kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg macedonia madagascar "
    "malawi malaysia maldives mali malta mexico moldova mongolia montenegro morocco mozambique myanmar namibia "
    "nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines "
    "poland portugal qatar romania russia rwanda samoa scotland senegal serbia singapore slovakia slovenia "
    "somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand tibet togo tonga tunisia "
    "turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe africa "
    "asia antarctica crimea xinjiang "
    # states, cities, and places known by one name
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois "
    "indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri "
    "montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin "
    "wyoming amsterdam ankara athens atlanta baghdad bali bangkok barcelona beijing beirut berlin bogota boston "
    "brussels bucharest budapest cairo canberra caracas chicago copenhagen dallas damascus delhi denver detroit "
    "dhaka doha dubai dublin geneva guangzhou hanoi havana helsinki hiroshima houston islamabad istanbul jakarta "
    "jerusalem johannesburg kabul karachi kiev kuala kyiv lahore lima lisbon london madrid manila melbourne miami "
    "milan minsk montreal moscow mumbai munich nairobi naples oslo ottawa paris philadelphia prague pretoria "
    "pyongyang riyadh rome santiago seattle seoul shanghai shenzhen stockholm sydney taipei tehran tokyo toronto "
    "tripoli vancouver venice vienna warsaw woodside zurich".split()
)
_PLACE_WORDS = frozenset(
    "airport angeles bay beach bridge city county francisco gulf harbor harbour island islands kong korea lake mount "
    "mountain mountains ocean plaza province republic river sea square states strait street town university valley "
    "village york zealand arabia lanka rica africa kingdom emirates diego vegas".split()
)
_GROUP_WORDS = frozenset(
    "academy act administration affairs agency alliance army assembly association authority bank board bureau "
    "center centre chamber church club coalition college command commission committee community company conference "
    "congress corporation council court department division embassy executive federation forces force foundation fund "
    "government group guard house inc institute institution intelligence league ministry mission movement nations "
    "navy network news office order organisation organization pact palace parliament partnership party pentagon police "
    "policy press program reserve school security senate service services society summit times trade treaty tribunal "
    "union unit white".split()
)
_COUNTRY_LETTERS = frozenset(("US", "USA", "UK", "EU", "UN", "UAE", "PRC", "DPRK"))
# Adjectives of countries, and other capitalised words that name nobody.
_NO_NAMES = frozenset(
    "afghan african american americans arab argentine asian australian austrian belgian brazilian british briton "
    "canadian chilean chinese colombian cuban czech danish democrat democratic democrats dutch egyptian english "
    "european filipino finnish french german greek hungarian indian indonesian iranian iraqi irish islamic "
    "israeli italian japanese jewish jews kenyan korean kurdish lebanese libyan malaysian mexican muslim muslims "
    "nigerian norwegian pakistani palestinian palestinians peruvian philippine polish portuguese republican "
    "republicans romanian russian russians saudi scottish serbian spanish swedish swiss syrian taiwanese thai "
    "turkish uighur uighurs ukrainian uyghur uyghurs venezuelan vietnamese western eastern northern southern "
    "christian christians catholic monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec i i'm assistant former then acting vice senior foreign covid olympic olympics".split()
)
# Words that open a sentence and are no names, over and above the short ones.
_OPENERS = frozenset(
    "a about according after again all allies also although am an analysts and another any anyone anything are as "
    "asked at because before being between both but by can could despite describe did do does during each earlier "
    "either even every everyone explain experts few finally first following for four from further give given had "
    "has have he her here hers him his how however i if in instead is it its just last late later like list many "
    "may me meanwhile more most mr mrs much my name near neither never no none not nothing now of officials often "
    "on once one only or other others our over people perhaps please police president recently relations several "
    "shall she should since so some someone something soon still such summarise summarize tell ten than that the "
    "their them then there these they this those though three through throughout thus to today together too top "
    "toward towards two under unlike until up us was we were what when whenever where whether which while who "
    "whom whose why will with within without would yes yesterday yet you your".split()
)
_PERSON_DEED = re.compile(
    r"\s*,?\s+(?:also\s+|then\s+|has\s+|had\s+)?(?:said|says|say|told|tell|added|met|meet|asked|announced|urged|voiced|"
    r"warned|argued|insisted|spoke|speak|wrote|claimed|acknowledged|believes?|thinks?|testified|replied|resigned|"
    r"married|died|was\s+born)\b",
)
_WORD = r"(?<![\w.])(?:(?:[A-Z]\.){2,}|[^\W\d_a-z][\w’'-]*\.?)"
_CAPITALISED = re.compile(rf"{_WORD}(?:\s+(?:(?:de|da|del|van|von|der|bin|ibn|al|el|la|le|du)\s+)?{_WORD})*")
_JOINT = re.compile(r"\s+(?:of|on|for|and)(?:\s+the)?\s+$")
_DATE = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|"
    r"Sept\.|Oct\.|Nov\.|Dec\.)\s+(?:\d{1,2}(?:,\s*\d{4})?|\d{4})|\d{1,2}\s+(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)(?:\s+\d{4})?|(?:19|20)\d\d|"
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|April|June|July|August|September|"
    r"October|November|December))\b"
)


@dataclass(frozen=True)
class Name:
    """Hold a name, without titles, between two offsets into its text."""

    text: str
    kind: Kind
    start: int
    end: int
    gender: Gender = ""

    @property
    def last(self) -> str:
        """Give the word that the name shares with its short form."""
        return self.text.split()[-1].casefold()

    def matches(self, other: "Name") -> bool:
        """Tell whether one of two names is the other or a short form of it."""
        words, others = self.text.casefold().split(), other.text.casefold().split()
        return set(words) <= set(others) or set(others) <= set(words)


def find_dates(text: str) -> list[tuple[int, int]]:
    """Find dates, years, months and days of the week; returns their offsets."""
    return [match.span() for match in _DATE.finditer(text)]


def find_names(text: str) -> list[Name]:
    """Find the names in a text, in order."""
    return list(_names(text))


def _names(text: str) -> Iterator[Name]:
    # offices are blanked out, letter by letter, so that offsets stay true; their last letters stay as the title
    blanked = _OFFICE.sub(lambda match: "secretary".rjust(len(match.group())), text)
    pending: tuple[int, int] | None = None
    for run in _CAPITALISED.finditer(blanked):
        for start, end in _split(blanked, *run.span()):
            joint = _JOINT.fullmatch(blanked[pending[1] : start]) if pending else None
            if pending and joint and _is_group_head(blanked, pending) and joint.group().split()[0] != "and":
                pending = (pending[0], end)  # "Council on Foreign Relations"
                continue
            if pending:
                yield from _classified(blanked, *pending)
            pending = (start, end)
    if pending:
        yield from _classified(blanked, *pending)


def _is_group_head(text: str, span: tuple[int, int]) -> bool:
    return text[slice(*span)].split()[-1].casefold() in _GROUP_WORDS | {"chair"}


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of capitalised words where a title, a possessive or a full stop ends a name."""
    words = [(start + match.start(), start + match.end()) for match in re.finditer(r"\S+", text[start:end])]
    group: list[tuple[int, int]] = []
    for position, (first, last) in enumerate(words):
        word = text[first:last]
        folded = re.sub(r"['’]s?$", "", word).rstrip(".").casefold()
        opens = (
            not text[:first].strip()
            or re.search(r"(?:[.!?:…][\"'”’)]*\s+|\()[\"'“‘(]?$", text[:first])
            or "\n" in text[max(0, first - 1) : first]
        )
        skipped = (
            (folded in _NO_NAMES and not (folded == "foreign" and _JOINT.search(text[:first])))
            or folded in PERSON_NOUNS
            or (bool(opens) and folded in _OPENERS)
        )
        country = word.replace(".", "") in _COUNTRY_LETTERS
        if skipped or country:
            if group:
                yield group[0][0], group[-1][1]
            group = []
            if country:  # "U.S." keeps its last full stop, "PRC." doesn't
                yield first, last if "." in word[:-1] else last - word.endswith(".")
            continue
        bare = re.sub(r"['’](?:s|S)?$", "", word)
        if bare != word:  # a possessive ends a name
            group.append((first, first + len(bare)))
            yield group[0][0], group[-1][1]
            group = []
            continue
        stops = word.endswith(".") and not re.fullmatch(r"(?:[^\W\d_]\.)+|Jr\.|Sr\.|St\.", word)
        group.append((first, last - 1 if stops else last))
        if stops and position + 1 < len(words):
            yield group[0][0], group[-1][1]
            group = []
    if group:
        yield group[0][0], group[-1][1]


def _classified(text: str, start: int, end: int) -> Iterator[Name]:
    name = text[start:end].strip(" '’-")
    words = name.casefold().replace(".", "").split()
    if not words or len(name) < 2:
        return
    before = text[:start].rstrip(" ,")
    previous = re.search(r"([\w’'-]+)\.?$", before)
    lead = previous.group(1).casefold() if previous and "\n" not in text[len(before) : start] else ""
    following = re.match(r"['’]?s?\s+([\w-]+)", text[end:])
    deed = bool(_PERSON_DEED.match(text, end))
    if name.replace(".", "") in _COUNTRY_LETTERS:
        name = text[start:end]  # with its last full stop
    kind = _kind(name, words, lead, following.group(1).casefold() if following else "", deed)
    opens = not before or before[-1] in ".!?:…\n"
    doubtful = opens and len(words) == 1 and not deed and not re.match(r"['’]s\b", text[end:])
    if kind == "person" and doubtful and lead.split("-")[-1] not in PERSON_NOUNS:
        return  # any word may open a sentence
    gender: Gender = ""
    if kind == "person":
        if words[0] in _MALE_NAMES or lead in _MALE_WORDS:
            gender = "he"
        elif words[0] in _FEMALE_NAMES or lead in _FEMALE_WORDS:
            gender = "she"
    yield Name(name, kind, start, start + len(name), gender)


def _kind(name: str, words: list[str], lead: str, following: str, deed: bool) -> Kind:
    """Tell what a name stands for by its words, the words around it, and whether something is said or done by it."""
    if lead.split("-")[-1] in PERSON_NOUNS and words[-1] not in {"assembly", "department", "office"}:
        return "person"
    if name.replace(".", "") in _COUNTRY_LETTERS:
        return "place"
    if any(character.isdigit() for character in name) or name.isupper() or words[0] in _NO_NAMES:
        return "group"
    if len(words) == 1 and not deed and following in PERSON_NOUNS:
        return "group"  # "Huawei executive Meng Wanzhou"
    if words[-1] in _PLACE_WORDS | _PLACES or words[0] in _PLACES or words[0] in {"mount", "south", "north"}:
        return "place"
    if not _GROUP_WORDS.isdisjoint(words) or not {"of", "on", "for"}.isdisjoint(words):
        return "group"
    if lead in {"in", "at", "near", "into", "across", "outside"}:
        return "place"
    if lead == "the" or (len(words) == 1 and "-" in name and not deed) or len(words) > 4:
        return "group"
    return "person"
