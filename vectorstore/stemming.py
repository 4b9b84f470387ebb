"""Reduce English words to stems, so that "met", "meets" and "meeting" count as one word."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

__all__ = ["STEMMING", "WORD_PATTERN", "EnglishStemmer", "fold", "stem_words", "stems"]

# Written into the index, whose keywords are stems: raise it when stems come out differently.
STEMMING = "3"

# Words of two letters or more, and numbers whole: "7.5", "300,000".
WORD_PATTERN = r"(?u)\b\d+(?:[.,]\d+)*|\b\w\w+\b"
_WORD = re.compile(WORD_PATTERN)

# Forms that no rule of suffixes brings back to their word.
_IRREGULAR = {
    form: base
    for base, *forms in (
        entry.split()
        for entry in (
            "arise arose arisen|awake awoke awoken|bear bore borne|beat beaten|become became|"
            "begin began begun|bend bent|bind bound|bite bit bitten|bleed bled|blow blew blown|"
            "break broke broken|breed bred|bring brought|broadcast broadcasted|build built|buy bought|"
            "catch caught|child children|choose chose chosen|cling clung|come came|creep crept|"
            "crisis crises|deal dealt|dig dug|draw drew drawn|dream dreamt|drink drank drunk|"
            "drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|"
            "flee fled|fling flung|fly flew flown|foot feet|forbid forbade forbidden|"
            "foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|"
            "get got gotten|give gave given|go went gone|grind ground|grow grew grown|hang hung|"
            "have has had|hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|"
            "lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|lie lay lain|"
            "life lives|light lit|lose lost|make made|man men|mean meant|meet met|"
            "mistake mistook mistaken|overcome overcame|oversee oversaw overseen|overtake overtook overtaken|"
            "overthrow overthrew overthrown|pay paid|person people|prove proven|ride rode ridden|"
            "ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|"
            "shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|"
            "sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid|speak spoke spoken|speed sped|"
            "spend spent|spin spun|spring sprang sprung|stand stood|steal stole stolen|stick stuck|"
            "sting stung|strike struck stricken|strive strove striven|swear swore sworn|sweep swept|"
            "swell swollen|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|"
            "tell told|think thought|throw threw thrown|tooth teeth|tread trod trodden|"
            "undergo underwent undergone|understand understood|undertake undertook undertaken|uphold upheld|"
            "wake woke woken|wear wore worn|weave wove woven|weep wept|win won|wind wound|"
            "withdraw withdrew withdrawn|withhold withheld|withstand withstood|woman women|"
            "write wrote written"
        ).split("|")
    )
    for form in forms
}
_snowball = Stemmer.Stemmer("english")

# What is spelt in two ways, most often in Britain and in America: rules for the word, and pairs told by their stems.
_OUR = re.compile(
    r"^((?:dis|mis|un)?(?:arm|behavi|clam|col|demean|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|rum|sav|savi|splend"
    r"|tum|val|vap|vig))our"
)
_ISE = re.compile(r"(?<=[a-z]{2}[b-df-hj-np-tw-z])(?<!exerc)(?<!advert)(?<!parad)(?<!prec|conc)is(?=e|ing|ation|able)")
_YSE = re.compile(r"(?<=al)ys(?=e|ing)")
_TWO_SPELLINGS = {
    str(_snowball.stemWord(one)): str(_snowball.stemWord(other))
    for one, other in (
        pair.split()
        for pair in (
            "advisor adviser|aeroplane airplane|aluminium aluminum|anaesthetic anesthetic|archaeologist archeologist|"
            "archaeology archeology|calibre caliber|catalogue catalog|centimetre centimeter|centre center|"
            "defence defense|dialogue dialog|enquiry inquiry|fibre fiber|foetus fetus|fulfil fulfill|"
            "haemorrhage hemorrhage|instalment installment|jewellery jewelry|judgement judgment|kilometre kilometer|"
            "leukaemia leukemia|licence license|litre liter|manoeuvre maneuver|metre meter|millimetre millimeter|"
            "moustache mustache|offence offense|orthopaedic orthopedic|paediatric pediatric|"
            "paediatrician pediatrician|plough plow|practise practice|pretence pretense|programme program|"
            "protestor protester|sceptic skeptic|sceptical skeptical|scepticism skepticism|sulphur sulfur|"
            "theatre theater|tyre tire"
        ).split("|")
    )
}

# Letters that are none with an accent for Unicode, but are written without one where a keyboard has only A to Z.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_ACCENTED = re.compile(r"([a-z])[\u0300-\u036f]+")


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    folded = fold(word)
    spelt = _YSE.sub("yz", _ISE.sub("iz", _OUR.sub(r"\1or", _IRREGULAR.get(folded, folded))))
    stem = str(_snowball.stemWord(spelt))
    return _TWO_SPELLINGS.get(stem, stem)


def fold(word: str) -> str:
    """Write a word in lower case, its Latin letters without accents: "Erdoğan" and "ERDOGAN" are both "erdogan"."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    parted = unicodedata.normalize("NFD", folded.translate(_PLAIN))
    return unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", parted))


class EnglishStemmer:
    """Stem as Snowball's English stemmer does (Porter, 2001), irregular forms included; as bm25s asks for it."""

    def stemWords(self, words: Iterable[str]) -> list[str]:  # noqa: N802 - PyStemmer's name
        """Stem words, whatever their case."""
        return [_stem(word) for word in words]


def stem_words(text: str) -> list[tuple[str, str]]:
    """Split text into words; returns (word as written, its stem in lower case), in order."""
    return [(word, _stem(word)) for word in _WORD.findall(text)]


def stems(text: str) -> set[str]:
    """Give the stems of a text's words."""
    return {_stem(word) for word in _WORD.findall(text)}
