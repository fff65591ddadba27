"""The letters by which words are sought: one spelling for all the ways in which one word is written.

Accents go in Latin alone, since the signs of Indian scripts are letters. The letter forms of Arabic and Urdu become
one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 40  # letters of a word; what is longer is none that anybody looks for
DEVANAGARI, ARABIC = re.compile("[ऀ-ॿ]"), re.compile("[؀-ۿݐ-ݿ]")
_SAME = {"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ھ": "ہ", "ۃ": "ہ", "ە": "ہ", "ں": "ن", "ँ": "ं"}
_SAME |= dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("⁄∕", "/")
_DROPPED = {
    *"\u00ad\u200d\u0621\u0640",
    *"\u093c\u09bc\u0a3c\u0abc\u0b3c",
}  # hamza, tatweel, the nuktas of five scripts
_JOINERS = "-/'.,:"
# A nasal before a consonant of its own class is written as a dot as well.
_NASAL = re.compile("ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
_STRAY = re.compile(r"(?<![0-9])[.,:]|[.,:](?![0-9])")
_PARTED = re.compile(r"(?<=[؀-ۿ])\u200c(?=[؀-ۿ])")
_NUMBER_FIRST, _NUMBER_LAST = re.compile(r"([0-9][0-9.]*)([^\W0-9].*)"), re.compile(r"([^\W0-9]+)([0-9]+)")
_EDGES = re.compile(r"^\W+|\W+$")


class _Signs(dict):
    """What becomes of each sign; asked for once, since a text has many letters and few different ones."""

    def __missing__(self, code):
        self[code] = _seen(chr(code))
        return self[code]


def _seen(sign: str) -> str:
    if sign in _SAME or sign in _DROPPED:
        return _SAME.get(sign, "")
    if sign.isascii():
        return sign if sign.isalnum() or sign in _JOINERS else " "
    digit, category = unicodedata.digit(sign, None), unicodedata.category(sign)
    if digit is not None:
        return str(digit)
    if category == "Pd":
        return "-"
    # The accents of Latin and Greek, and what stands above and below Arabic letters
    if category == "Cf" or "\u0300" <= sign <= "\u036f" or "\u064b" <= sign <= "\u065f" or sign == "\u0670":
        return ""
    return sign if category[0] in "LMN" else " "


_signs = _Signs()


def folded(text: str) -> str:
    """A text in the one spelling, words and what joins them within; all else a blank."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _PARTED.sub(" ", text))
    text = text.casefold().translate(_signs)
    if not text.isascii():
        text = _NASAL.sub("ं", text)
    return _STRAY.sub(" ", text)


def words_written(text: str) -> Iterator[tuple[str, ...]]:
    """The forms of each word of a text, in order: the word whole, and the parts that are words by themselves."""
    for chunk in folded(text).split():
        if chunk.isalpha():
            if len(chunk) <= LONGEST:
                yield (chunk,)
        elif forms := _forms(chunk):
            yield forms


def _forms(chunk: str) -> tuple[str, ...]:
    if "'" in chunk:
        chunk = chunk.strip("'").removesuffix("'s").replace("'", "")
    chunk = chunk.strip("-/.:,").replace(",", "")
    parts = [part for part in re.split("[-/]", chunk) if part]
    if len(parts) > 4:  # a chain of words, or an address
        return tuple(dict.fromkeys(part for part in parts if len(part) <= LONGEST))
    whole = chunk if all(part.isdigit() for part in parts) else "".join(parts)
    found = [whole, *(parts if len(parts) > 1 else ())]
    for one in tuple(found[1:] or found):
        if split := (_NUMBER_FIRST.fullmatch(one) or _NUMBER_LAST.fullmatch(one)):
            found += split.groups()
    return tuple(dict.fromkeys(one for one in found if 0 < len(one) <= LONGEST))


def is_number(form: str) -> bool:
    """Whether a form is a plain number; 140/90 is none."""
    return form.replace(".", "").isdigit()


def script_of(form: str) -> str:
    """latin, devanagari, arabic, or nothing for any other."""
    if form.isascii():
        return "latin"
    if DEVANAGARI.search(form):
        return "devanagari"
    if ARABIC.search(form):
        return "arabic"
    return "latin" if unicodedata.name(form[0], "").startswith("LATIN") else ""


def bare(written: str) -> str:
    """A word as it is written, without what stands around it."""
    return _EDGES.sub("", written) if written[:1].isascii() or written[-1:].isascii() else written
