"""The stem under which all forms of a word are found: by Snowball for Latin scripts, by own light rules for others.

Whoever changes what comes out here, or in `letters`, raises SPELLED: the index of another one is made anew.
"""

from __future__ import annotations

import re

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.french_stemmer import FrenchStemmer
from snowballstemmer.german_stemmer import GermanStemmer
from snowballstemmer.portuguese_stemmer import PortugueseStemmer
from snowballstemmer.spanish_stemmer import SpanishStemmer
from snowballstemmer.tamil_stemmer import TamilStemmer

from publishing.text.seeking.letters import script_of

SPELLED = 5
# By name of the class, since the package takes a faster library without saying so where there is one.
_SNOWBALL = {"en": EnglishStemmer, "es": SpanishStemmer, "fr": FrenchStemmer, "de": GermanStemmer}
_SNOWBALL |= {"pt": PortugueseStemmer, "ta": TamilStemmer}
_IRREGULAR = {
    "children": "child", "feet": "foot", "teeth": "tooth", "men": "man", "women": "woman", "mice": "mouse",
    "lice": "louse", "ate": "eat", "eaten": "eat", "bled": "bleed", "broke": "break", "broken": "break",
    "drank": "drink", "drunk": "drink", "fell": "fall", "fallen": "fall", "felt": "feel", "fed": "feed",
    "bitten": "bite", "bit": "bite", "slept": "sleep", "swollen": "swell", "swelled": "swell", "taken": "take",
    "took": "take", "given": "give", "gave": "give", "worse": "bad", "worst": "bad", "babies": "baby",
    "knives": "knife", "lives": "life", "loaves": "loaf", "diagnoses": "diagnosis", "dying": "die", "died": "die",
}  # fmt: skip
# British to American, before the stem is taken
_SPELLINGS = [
    (re.compile("ae"), "e"),
    (re.compile("oe(?!s?$)"), "e"),
    (re.compile("our(?=$|s$|ed$|ing$|al$|ful$|less$)"), "or"),
    (re.compile("sulph"), "sulf"),
    (re.compile("isation"), "ization"),
    (re.compile("yse(?=[ds]?$)"), "yze"),
    (re.compile("(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile("(?<=[aeiou][a-z]ic)k(?=ed$|ing$|y$)|(?<=[aeiou][a-z]{2}ic)k(?=ed$|ing$|y$)"), ""),  # panicking
]
# The longest first
_HINDI = re.compile("(?:ाइयां|ाइयों|ियां|ियों|ाएं|ाओं|ुओं|ाई|इयां|इयों|एं|ओं|ों|ें|ीं|ां|ा|ि|ी|ु|ू|े|ो|ई|ए|ओ|आ)$")
_BASE = re.compile("[ऄ-हक़-ॡ]")
_URDU = re.compile("(?:اییان|اییون|ایین|یون|یان|اون|ایی|ات|ون|ین|ے|ی|ا|ہ)$")
_ARABIC_FIRST = re.compile("^(?:وال|بال|کال|فال|لل|ال)(?=...)")
_ARABIC_LAST = re.compile("(?:ات|ون|ین|ان|یہ|ہ|ی)$")


def tongue_of(form: str, language: str) -> str:
    """By whose rules the stem of a form is taken, in a text of that language."""
    match script_of(form):
        case "latin":
            return language if language in ("es", "fr", "de", "pt") else "en"
        case "devanagari":
            return "hi"
        case "arabic":
            return "ar" if language == "ar" else "ur"
    return language if language in _SNOWBALL else ""


class Stems:
    """Takes stems. One for each act or search: it keeps what it was asked, and two threads must not share one."""

    def __init__(self) -> None:
        self.made: dict[str, object] = {}
        self.known: dict[tuple[str, str], str] = {}

    def of(self, form: str, tongue: str) -> str:
        found = self.known.get((form, tongue))
        if found is None:
            found = self.known[form, tongue] = self._taken(form, tongue)
        return found

    def _taken(self, form: str, tongue: str) -> str:
        if not form[0].isalpha() or any(sign.isdigit() for sign in form):
            return form
        if tongue == "hi":
            return _without(_HINDI, form, lambda left: len(_BASE.findall(left)))
        if tongue == "ur":
            return _without(_URDU, form, len)
        if tongue == "ar":
            return _without(_ARABIC_LAST, _ARABIC_FIRST.sub("", form), lambda left: len(left) - 1)
        if tongue not in _SNOWBALL:
            return form
        if tongue == "en":
            form = american(form)
        if tongue not in self.made:
            self.made[tongue] = _SNOWBALL[tongue]()
        stem = self.made[tongue].stemWord(form)
        # itchy is found with itch, as allergy is with allergic
        return stem[:-1] if tongue == "en" and len(stem) > 4 and stem[-1] == "i" else stem


def american(form: str) -> str:
    """One spelling for what is written in two ways, and for forms that no rule leads back."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if len(form) > 4:
        for pattern, instead in _SPELLINGS:
            form = pattern.sub(instead, form)
    return form


def _without(endings: re.Pattern, form: str, size) -> str:
    left = endings.sub("", form)
    return left if size(left) >= 2 else form
