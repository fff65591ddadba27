"""The words, units and numbers that can hurt when they change, by language. No Django models.

Each row is one meaning with its spellings: going from one spelling to another in a row is not a change.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from publishing.safety.words import english, hindi, spanish, urdu
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
    dangerous though a word in it does; `numbers`: number words; `counting`: those that are it only before a unit;
    `articles`: those that mean one there, or before one of `often`; `small`: words that say little; `joins`: and, or,
    but, each to its meaning; `conditions`, `reasons`: words with which a condition or a reason begins; `opposites`:
    to each word those that say the opposite; `spelt`: of words that two countries spell in two ways the one to the
    other; `medicines`: names, beside which `stem` is what a word ends in that is one.

    What is taken stands behind a word of `taking` up to one of `bars`, right before one of `taken`, or anywhere before
    one of `ending` but not right before one of `behind`; an `everyday` word there is no medicine's name.
    """

    words: dict[str, list[tuple[tuple[str, ...], str]]]
    turns: frozenset[str]
    places: frozenset[str]
    warnings: frozenset[str]
    numbers: frozenset[str]
    counting: frozenset[str]
    articles: frozenset[str]
    often: tuple[tuple[str, ...], ...]
    small: frozenset[str]
    joins: dict[str, str]
    conditions: frozenset[str]
    reasons: frozenset[str]
    opposites: dict[str, frozenset[str]]
    spelt: dict[str, str]
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
UNITS = _rows("""mg|mgs|milligram|milligrams|milligramme|milligrammes|मिग्रा|मिलीग्राम|मिलिग्राम|एमजी|ملی گرام|
    miligramos|miligramo, mcg|ug|μg|microgram|micrograms|microgramme|microgrammes|माइक्रोग्राम|مائیکروگرام|
    microgramos|microgramo, ng|nanogram|nanograms|nanogramos, grams|gram|gramme|grammes|ग्राम|گرام|gramos|gramo, kg|
    kgs|kilo|kilos|kilogram|kilograms|किलो|किग्रा|किलोग्राम|کلو|کلوگرام|kilogramos|kilogramo, ml|mls|millilitre|
    millilitres|milliliter|milliliters|cc|मिली|मिलि|मिलीलीटर|एमएल|ملی لیٹر|mililitros|mililitro, litres|litre|liter|
    liters|लीटर|لیٹر|litros|litro, iu|आईयू|ui|unidades internacionales|unidad internacional, tablets|tablet|tabs|tab|
    pills|pill|गोली|गोलियां|गोलियों|टैबलेट|گولی|گولیاں|comprimidos|comprimido|pastillas|pastilla|tabletas|tableta|
    píldoras|píldora, capsules|capsule|कैप्सूल|کیپسول|cápsulas|cápsula|capsulas|capsula, drops|drop|बूंद|बूंदें|
    बूंदों|قطرے|قطرہ|gotas|gota, puffs|puff|पफ|पफ़|inhalaciones|inhalación,
    teaspoons|teaspoon|tsp|छोटा चम्मच|छोटे चम्मच|cucharaditas|cucharadita|cdta, tablespoons|tablespoon|tbsp|बड़ा
    चम्मच|बड़े चम्मच|cucharadas|cucharada|cda, sachets|sachet|sobres, mmol|millimol|millimole|millimoles, mol|mole|
    moles, mmhg, cm|centimetres|centimetre|सेमी|centímetros|centímetro, mm|millimetres|millimetre|milímetros|
    milímetro, kcal|calories|calorie|कैलोरी|calorías|kilocalorías, %|percent|per cent|प्रतिशत|फीसदी|فیصد|por ciento|
    porciento, °c|degrees c|degree c|degrees celsius|degree celsius|celsius|centigrade|डिग्री सेल्सियस|सेल्सियस|ڈگری
    سینٹی گریڈ|grados centígrados|grado centígrado|grados celsius|centígrados|grados c, °f|degrees f|degree f|degrees
    fahrenheit|degree fahrenheit|fahrenheit|डिग्री फारेनहाइट|फारेनहाइट|ڈگری فارن ہائیٹ|grados fahrenheit|grados f, °|
    degrees|degree|डिग्री|ڈگری|grados|grado, seconds|secs|सेकंड|सेकेंड|سیکنڈ|segundos, minutes|minute|mins|मिनट|منٹ|
    minutos|minuto, hours|hour|hrs|hr|घंटे|घंटा|घंटों|گھنٹے|گھنٹہ|گھنٹوں|horas|hora, days|day|दिन|दिनों|دن|دنوں|días|
    día|dias|dia, nights|night|रात|रातों|رات|noches|noche, weeks|week|wks|सप्ताह|सप्ताहों|हफ्ते|हफ्ता|हफ्तों|ہفتے|
    ہفتہ|ہفتوں|semanas|semana, months|month|महीने|महीना|महीनों|माह|مہینے|مہینہ|مہینوں|meses|mes, years|year|yrs|साल|
    सालों|वर्ष|वर्षों|बरस|سال|برس|años|año, o'clock|बजे|بجے, thousand|हजार|ہزار|mil, million|millions|मिलियन|millones|
    millón, lakh|lakhs|lac|लाख|لاکھ, crore|crores|cr|करोड|کروڑ""")
AFTER_A_NUMBER = UNITS | _rows("""grams|g|gm|gms|gr|ग्रा, litres|l|ltr, °c|c, °f|f, units|u|unit|यूनिट|इकाई|इकाइयां|
    یونٹ|unidades|unidad, cups|cup|कप|tazas|taza, glasses|glass|गिलास|ग्लास|گلاس|vasos|vaso, doses|dose|खुराक|खुराकें|
    डोज|خوراک|dosis, sachets|sobre, patches|patch|parches|parche, injections|injection|इंजेक्शन|सुई|انجکشن|
    inyecciones|inyección, spoons|spoon|spoonful|spoonfuls|चम्मच|چمچ|cucharas|cuchara, metres|m|metre|meters|meter|
    मीटर|metros|metro, feet|ft|foot, inches|inch, seconds|s|sec|second, minutes|min, hours|h, days|d, am, pm, january|
    jan|जनवरी|enero, february|feb|फरवरी|febrero, march|mar|मार्च|marzo, april|apr|अप्रैल|abril, may|मई|mayo, june|jun|
    जून|junio, july|jul|जुलाई|julio, august|aug|अगस्त|agosto, september|sept|sep|सितंबर|सितम्बर|septiembre|setiembre,
    october|oct|अक्टूबर|octubre, november|nov|नवंबर|नवम्बर|noviembre, december|dec|दिसंबर|दिसम्बर|diciembre, times|
    time|बार|مرتبہ|بار|veces|vez|baar|dafa|martaba, tablets|goli|goliyan|goliyaan, spoons|chammach, drops|boond|boonden,
    hours|ghante|ghanta, days|din, nights|raat, weeks|hafte|hafta, months|mahine|mahina, years|saal, doses|khurak""")

# How ordinary English and Spanish words end, and names of medicines do not.
ORDINARY = re.compile(
    r".+(?:ly|ing|[^f]ed|ness|ment|ments|[st]ion|[st]ions|able|ible|ful|less|ous|ive|ical|ual|est|ity|ship|wards?|self|[ae]nce"
    r"|ish|ists?|mente|ci[oó]n(?:es)?|idad(?:es)?|ando|iendo|mientos?|ad[ao]s?|day|days|time|times|ary|ally|body|thing|where|ever|'s|n't|ght|ough|tter|[^aiosuxy]s)"
)
_LISTS = {"en": english, "es": spanish, "hi": hindi, "ur": urdu}
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
        often=tuple(tuple(one.split()) for one in rows("OFTEN")),
        opposites=_opposites(texts("OPPOSITES")),
        spelt=_rows(english.SPELT) if chosen == "en" else {},
        stem=re.compile("|".join(f"(?:{small_letters(one)})".replace(" ", "") for one in texts("STEMS")) or "(?!)"),
        **{
            name: split(name.upper())
            for name in (
                *("numbers", "counting", "articles", "small", "conditions", "reasons", "medicines"),
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
