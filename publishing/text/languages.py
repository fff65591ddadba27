"""What is known of a language by its tag: whether there is one, what it calls itself, which way it runs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import locale_identifiers

# What LANGUAGES takes: a language, and its script or region
_TAG = re.compile("[a-z]{2,3}(-[a-z]{2,4})?")
# Scripts as Unicode names their letters; of a language whose script is none of these nothing is said.
_SCRIPTS = {
    "Latn": "LATIN",
    "Deva": "DEVANAGARI",
    "Arab": "ARABIC",
    "Beng": "BENGALI",
    "Guru": "GURMUKHI",
    "Gujr": "GUJARATI",
    "Orya": "ORIYA",
    "Taml": "TAMIL",
    "Telu": "TELUGU",
    "Knda": "KANNADA",
    "Mlym": "MALAYALAM",
    "Sinh": "SINHALA",
    "Cyrl": "CYRILLIC",
    "Grek": "GREEK",
    "Hebr": "HEBREW",
    "Thai": "THAI",
    "Hang": "HANGUL",
}


def is_language(tag: str) -> bool:
    """Whether a language has that tag, in small letters: "pl", "pt-br"."""
    return _locale(tag) is not None


@lru_cache(1)
def all_languages() -> list[tuple[str, str]]:
    """(tag, English name) of all languages that are known, without regions: what each calls itself fills the memory."""
    called = Locale("en").languages
    tags = {tag.partition("_")[0] for tag in locale_identifiers()}
    known = [(tag, called[tag]) for tag in tags if tag in called and _TAG.fullmatch(tag)]
    return sorted(known, key=lambda one: one[1])


def language_called(tag: str) -> str:
    """What the language calls itself; of what is none, the tag."""
    known = _locale(tag)
    name = (known and known.get_display_name()) or tag
    return name[:1].upper() + name[1:]


def is_from_right(tag: str) -> bool:
    """Whether the language is written from right to left."""
    known = _locale(tag)
    return known is not None and known.text_direction == "rtl"


def script_of(text: str) -> str:
    """The script that most letters are of, as Unicode names it; "" without letters."""
    counted: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            counted[unicodedata.name(letter, "").partition(" ")[0]] += count
    return counted.most_common(1)[0][0] if counted else ""


def is_in_other_letters(text: str, tag: str) -> bool:
    """Whether most letters of a text are of another script than the language is written in."""
    wanted, found = _script(tag), script_of(text)
    return bool(wanted and found) and wanted != found


@lru_cache(256)
def _script(tag: str) -> str:
    """The script of a language by Unicode's likely subtags (CLDR), as Unicode names its letters; "" if not known."""
    known = _locale(tag)
    if known is None:
        return ""
    likely = get_global("likely_subtags")
    told = [known.script, *likely.get(str(known), "").split("_"), *likely.get(known.language, "").split("_")]
    return next((_SCRIPTS[one] for one in told if one in _SCRIPTS), "")


@lru_cache(256)
def _locale(tag: str) -> Locale | None:
    if not _TAG.fullmatch(tag):
        return None
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
