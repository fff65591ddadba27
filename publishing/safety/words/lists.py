"""The words, units and numbers that can hurt when they change, by language. No Django models.

Each row is one meaning with its spellings: going from one spelling to another in a row is not a change.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from publishing.safety.words import english, hindi, urdu
from publishing.text import one_spelling

_FRACTION = re.compile("[¼-¾⅐-⅞↉]")
_RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻]+")
_INITIALS = "t.d.s t.i.d q.d.s q.i.d q.o.d p.r.n s.o.s n.p.o n.b.m b.i.d a.m p.m i.u b.d q.d o.d h.s a.c p.c p.o"
_DOTTED = re.compile(
    r"(?=[a-z]\.)(?<![\w./@-])(?:" + _INITIALS.replace(".", r"\.\s?").replace(" ", "|") + r")(?!\w)\.?", re.IGNORECASE
)
_DOTTED_HINDI = re.compile(r"(?<![^\s\d(/])(मि|माइक्रो|कि|एम|आई|डि)\.?\s?(ग्रा|ली|लि|जी|एल|यू|से)\.")
_BEFORE = str.maketrans(
    {"º": "°", "˚": "°", "٫": ".", "٬": ",", "٪": "%", "×": "x", "∙": ".", "·": "."} | dict.fromkeys("’‘ʼ´`′", "'")
)
# Nukta, and the two marks of a nasal, are written or left out as people like; so are the two forms of two Urdu letters.
_AFTER = str.maketrans({"⁄": "/", "़": None, "ँ": "ं", "ي": "ی", "ى": "ی", "ك": "ک", "ۂ": "ہ", "ة": "ہ"}) | dict.fromkeys(
    map(ord, "‐‑‒–—―−﹘﹣⁃"), "-"
)


def fold(text: str) -> str:
    """One spelling of signs, digits and spaces, so that what reads the same is the same; letters keep their size."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_BEFORE)
        text = _FRACTION.sub(lambda found: f" {found[0]}", text)
        text = _RAISED.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
        text = one_spelling(text, "NFKC").translate(_AFTER)
        text = _DOTTED_HINDI.sub(r"\1\2", text)
    if "." in text:
        text = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]), text)
    return " ".join(text.split())


@dataclass(frozen=True, eq=False)
class Words:
    """What is looked for in one language; keys and spellings are folded small letters.

    `words`: first word to (all words, meaning); `turns`: meanings that turn a sentence round; `places`: meanings that
    say where a medicine goes; `warnings`: meanings that forbid or urge; "" is the meaning of what says nothing
    dangerous though a word in it does; `numbers`: number words; `small`: words that say little; `joins`: and, or, but,
    each to its meaning; `conditions`, `reasons`: words with which a condition or a reason begins; `opposites`: to each
    word those that say the opposite; `medicines`: names, beside which `stem` is what a word ends in that is one.

    What is taken stands behind a word of `taking` up to one of `bars`, right before one of `taken`, or anywhere before
    one of `ending` but not right before one of `behind`; an `everyday` word there is no medicine's name.
    """

    words: dict[str, list[tuple[tuple[str, ...], str]]]
    turns: frozenset[str]
    places: frozenset[str]
    warnings: frozenset[str]
    numbers: frozenset[str]
    small: frozenset[str]
    joins: dict[str, str]
    conditions: frozenset[str]
    reasons: frozenset[str]
    opposites: dict[str, frozenset[str]]
    medicines: frozenset[str]
    stem: re.Pattern
    taking: frozenset[str]
    bars: frozenset[str]
    taken: frozenset[str]
    ending: frozenset[str]
    behind: frozenset[str]
    everyday: frozenset[str]


def small_letters(text: str) -> str:
    return fold(text).casefold()


def _rows(text: str) -> dict[str, str]:
    """Spelling to meaning (the first spelling of its row)."""
    found = {}
    for row in text.replace(",\n", ",").split(","):
        spellings = [small_letters(one) for one in row.split("|")]
        found |= dict.fromkeys(spellings, spellings[0])
    return found


# The second table holds what is a unit only behind a number: "5 g", but not "vitamin g".
UNITS = _rows("""mg|mgs|milligram|milligrams|milligramme|milligrammes|मिग्रा|मिलीग्राम|मिलिग्राम|एमजी|ملی گرام,
    mcg|ug|μg|microgram|micrograms|microgramme|microgrammes|माइक्रोग्राम|مائیکروگرام, ng|nanogram|nanograms,
    grams|gram|gramme|grammes|ग्राम|گرام, kg|kgs|kilo|kilos|kilogram|kilograms|किलो|किग्रा|किलोग्राम|کلو|کلوگرام,
    ml|mls|millilitre|millilitres|milliliter|milliliters|cc|मिली|मिलि|मिलीलीटर|एमएल|ملی لیٹر,
    litres|litre|liter|liters|लीटर|لیٹر, iu|आईयू, tablets|tablet|tabs|tab|pills|pill|गोली|गोलियां|गोलियों|टैबलेट|
    گولی|گولیاں, capsules|capsule|कैप्सूल|کیپسول,
    drops|drop|बूंद|बूंदें|बूंदों|قطرے|قطرہ, puffs|puff|पफ|पफ़, teaspoons|teaspoon|tsp|छोटा चम्मच|छोटे चम्मच,
    tablespoons|tablespoon|tbsp|बड़ा चम्मच|बड़े चम्मच, sachets|sachet, mmol|millimol|millimole|millimoles,
    mol|mole|moles, mmhg,
    cm|centimetres|centimetre|सेमी, mm|millimetres|millimetre, kcal|calories|calorie|कैलोरी,
    %|percent|per cent|प्रतिशत|फीसदी|فیصد,
    °c|degrees c|degree c|degrees celsius|degree celsius|celsius|centigrade|डिग्री सेल्सियस|सेल्सियस|ڈگری سینٹی گریڈ,
    °f|degrees f|degree f|degrees fahrenheit|degree fahrenheit|fahrenheit|डिग्री फारेनहाइट|फारेनहाइट|
    ڈگری فارن ہائیٹ,
    °|degrees|degree|डिग्री|ڈگری, seconds|secs|सेकंड|सेकेंड|سیکنڈ, minutes|minute|mins|मिनट|منٹ,
    hours|hour|hrs|hr|घंटे|घंटा|घंटों|گھنٹے|گھنٹہ|گھنٹوں, days|day|दिन|दिनों|دن|دنوں, nights|night|रात|रातों|رات,
    weeks|week|wks|सप्ताह|सप्ताहों|हफ्ते|हफ्ता|हफ्तों|ہفتے|ہفتہ|ہفتوں,
    months|month|महीने|महीना|महीनों|माह|مہینے|مہینہ|مہینوں, years|year|yrs|साल|सालों|वर्ष|वर्षों|बरस|سال|برس,
    o'clock|बजे|بجے, thousand|हजार|ہزار, million|millions|मिलियन, lakh|lakhs|lac|लाख|لاکھ,
    crore|crores|cr|करोड|کروڑ""")
AFTER_A_NUMBER = UNITS | _rows("""grams|g|gm|gms|gr|ग्रा, litres|l|ltr, °c|c, °f|f, units|u|unit|यूनिट|इकाई|इकाइयां|یونٹ,
    cups|cup|कप, glasses|glass|गिलास|ग्लास|گلاس, doses|dose|खुराक|खुराकें|डोज|خوراک,
    patches|patch, injections|injection|इंजेक्शन|सुई|انجکشن, spoons|spoon|spoonful|spoonfuls|चम्मच|چمچ,
    metres|m|metre|meters|meter|मीटर, feet|ft|foot, inches|inch, seconds|s|sec|second, minutes|min, hours|h, days|d,
    am, pm, january|jan|जनवरी, february|feb|फरवरी, march|mar|मार्च, april|apr|अप्रैल, may|मई, june|jun|जून,
    july|jul|जुलाई, august|aug|अगस्त, september|sept|sep|सितंबर|सितम्बर, october|oct|अक्टूबर,
    november|nov|नवंबर|नवम्बर, december|dec|दिसंबर|दिसम्बर, times|time|बार|مرتبہ|بار""")

# How ordinary English words end, and names of medicines do not.
ORDINARY = re.compile(
    r".+(?:ly|ing|[^f]ed|ness|ment|ments|[st]ion|[st]ions|able|ible|ful|less|ous|ive|ical|ual|est|ity|ship|wards?|self|[ae]nce"
    r"|ish|ists?|day|days|time|times|ary|ally|body|thing|where|ever|'s|n't|ght|ough|tter|[^aiosuxy]s)"
)
_LISTS = {"en": english, "hi": hindi, "ur": urdu}
LANGUAGES = frozenset(_LISTS)


def code_of(language: str) -> str:
    """The language of "hi-IN" or "hi_IN": "hi"."""
    return language.lower().replace("_", "-").split("-")[0]


@cache
def words_of(language: str) -> Words:
    """The words of a language ("en", "hi-IN" ...) and always the English ones beside; none for one not known."""
    chosen = code_of(language)
    lists = [_LISTS[code] for code in dict.fromkeys(("en", chosen))] if chosen in LANGUAGES else []

    def texts(name: str) -> list[str]:
        return [text for some in lists if (text := getattr(some, name, ""))]

    def rows(*names: str) -> dict[str, str]:
        return {
            spelling: meaning for name in names for text in texts(name) for spelling, meaning in _rows(text).items()
        }

    def split(name: str) -> frozenset[str]:
        return frozenset(one for text in texts(name) for one in small_letters(text).split())

    turns, places = rows("TURNS"), rows("PLACES")
    return Words(
        words=_by_first_word(turns | rows("OTHERS") | places | dict.fromkeys(rows("HARMLESS"), "")),
        turns=frozenset(turns.values()),
        places=frozenset(places.values()),
        warnings=frozenset(rows("WARNINGS")),
        joins=_joins(texts("JOINS")),
        opposites=_opposites(texts("OPPOSITES")),
        stem=re.compile("|".join(f"(?:{small_letters(one)})".replace(" ", "") for one in texts("STEMS")) or "(?!)"),
        **{
            name: split(name.upper())
            for name in (
                *("numbers", "small", "conditions", "reasons", "medicines"),
                *("taking", "bars", "taken", "ending", "behind", "everyday"),
            )
        },
    )


def _by_first_word(meanings: dict[str, str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    words: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for spelling, meaning in meanings.items():
        several = tuple(spelling.split())
        words.setdefault(several[0], []).append((several, meaning))
    for found in words.values():
        found.sort(key=lambda one: -len(one[0]))
    return words


def _joins(texts: list[str]) -> dict[str, str]:
    return {
        spelling: join
        for text in texts
        for join, row in zip(("and", "or", "but"), text.split(","), strict=True)
        for spelling in _rows(row)
    }


def _opposites(texts: list[str]) -> dict[str, frozenset[str]]:
    """Each word to those across from it: spellings with "|" between them, a colon, words of the opposite meaning."""
    found: dict[str, frozenset[str]] = {}
    for row in (row for text in texts for row in text.split(",")):
        two = [frozenset(small_letters(half.replace("|", " ")).split()) for half in row.split(":")]
        for some, others in (two, two[::-1]):
            found |= {one: found.get(one, frozenset()) | others for one in some}
    return found
