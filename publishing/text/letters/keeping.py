"""What never parts at the end of a line, nor turns round from right to left: words like T-cell, doses, numbers to dial.

It is held together by an element, so that no letter comes into the text that nobody typed.
"""

from __future__ import annotations

import re
from html import escape

# Letters that end a word: spaces, ASCII and general punctuation, and the marks of Hindi and Urdu.
_END = r"\s!-/:-@\[-`{-~\u2010-\u2027\u2030-\u205e\u0964\u0965\u060c\u061b\u061f\u06d4"
_JOINED = rf"[^\W\d_]-[^\W\d_][^{_END}]*"
_UNIT = r"(?:[mkµμ]?g|mcg|[mcd]?l|IU|mm?ol|mmHg|[cmk]?m|kcal|kJ|°\s?[CF])"
# A dose, and a telephone number as people group it: torn apart or turned round, from right to left, they are wrong.
_DOSE = rf"(?<!,)[+−±-]?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?{_UNIT}(?:/(?:{_UNIT}|min|h|day))?(?!\w)"
_GROUP = r"(?:[ -]?\(\d{1,8}\)(?:[ -]?\d{2,})?|[ -]\d{2,})"
_NUMBER = (
    rf"(?:(?:\+\s?)?\(\+?\d{{1,5}}\)[ -]?\d{{2,}}{_GROUP}{{0,5}}"
    rf"|(?:\+\s?\d{{1,4}}|\d{{2,}}){_GROUP}{{1,5}})(?![\w/-]|\.\w)"
)
# How the words begin that are counted in doses, and what stands between the two numbers of a range.
_COUNTED = (
    "ampoule|capsule|cup|day|dose|drop|glass|gram|hour|injection|international unit|lit|microgram|milligram|millilit"
    "|minute|month|patch|per ?cent|pill|puff|sachet|second|spoon|spray|tablespoon|tablet|teaspoon|time|unit|vial|week"
    "|year"
    "|ampolla|año|cápsula|comprimido|cuchara|día|dosis|gota|hora|inhalaci|inyecci|mes|parche|pastilla|semana|sobre"
    "|tableta|taza|unidad|veces|vez"
    "|इकाई|इंजेक्शन|कप|कैप्सूल|खुराक|ख़ुराक|गोल|ग्राम|घंट|घण्ट|चम्मच|टैबलेट|डोज|डोज़|दिन|पफ|पैच|प्रतिशत|बार|बूँद|बूंद|महीन"
    "|मि\\.ली|मिग्रा|मिनट|मिलीग्राम|मिलीलीटर|यूनिट|लीटर|वर्ष|सप्ताह|साल|सेकंड|स्प्रे|हफ़्त|हफ्त"
    "|اسپرے|انجکشن|بار|پف|پیچ|ٹیبلٹ|چمچ|خوراک|دن|ڈوز|سال|سیکنڈ|فیصد|قطر|کپ|کیپسول|گرام|گول|گھنٹ|لیٹر|ماہ|مرتبہ"
    "|ملی ?گرام|ملی ?لیٹر|منٹ|مہین|ہفت|یونٹ"
)
_COUNTED = rf"(?:{_COUNTED})[^{_END}]{{0,8}}(?![^{_END}])"
_BETWEEN = "to|or|and|in|out of|a|o|de|y|से|या|और|में से|में|سے|یا|اور|میں سے|میں"
_COUNT = r"\d{1,9}(?:[.,/]\d{1,9}){0,3}"
_RANGE = rf"(?:\s?[-–]\s?|\s(?:{_BETWEEN})\s){_COUNT}"
_COUNTS = rf"(?<![,–]){_COUNT}(?:{_RANGE}(?:\s{_COUNTED}|(?![^{_END}]|\s?[-–/]\s?\d))|\s{_COUNTED})"
_COUNTED_BEHIND = re.compile(rf"\s{_COUNTED}", re.IGNORECASE)
_KEPT = re.compile(rf"(?<![\w./@:&#-])(?:(?=[+−±(\d-])(?:{_DOSE}|{_NUMBER}|{_COUNTS})|{_JOINED})", re.IGNORECASE)
_MAY_BE_KEPT = re.compile(r"[-\d]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SIGN = "A-Za-z0-9µμ²³¹⁰⁴-⁹₀-₉½¼¾"
# Latin letters, figures and addresses as they follow each other; one letter that a hyphen joins to a word is its own.
_RUN = re.compile(
    r"(?<![\w.,/@:&#-])(?:[+−±-](?=\(?\d)|[₹$€£]\s?(?=\d)|[≥≤]\s?)?"
    rf"(?:\(\+?\d{{1,5}}\)|[{_SIGN}])"
    rf"(?:(?:[{_SIGN}%°.,:/+–−×≥≤@_=?#~ \u00a0\u202f-]|\(\d{{1,8}}\)|&amp;)*(?:[{_SIGN}%°]|\(\d{{1,8}}\)))?"
    r"(?!(?<=\W[A-Za-z])-[^\W\d_])"
)
# A run that holds a figure; one number alone is never turned round.
_FIGURES = re.compile(r"(?!\d+(?:[.,]\d+)*\Z)\D*\d")
LONGEST_RUN = 24  # letters; a longer one may break at the end of a line, or it would stand out of a narrow screen


def is_rtl(text: str) -> bool:
    """Whether a text holds letters that are written from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def keep(escaped: str, *, among_rtl: bool = False) -> str:
    """Words like T-cell, doses and telephone numbers held together; takes and gives text escaped for HTML.

    From right to left, and `among_rtl` where the rest of the sentence is, so is all else that holds figures: 1–0–0.
    """
    if not among_rtl and not is_rtl(escaped):
        return _held(escaped)
    out, done = [], 0
    for run in _RUN.finditer(escaped):
        if _FIGURES.match(run[0]):
            out += [_held(escaped[done : run.start()]), _run(run[0])]
            done = run.end()
            # A range before a word of the other direction: 10–20 drops
            if counted := run[0][-1].isdigit() and _COUNTED_BEHIND.match(escaped, done):
                out[-1] = f'<span class="keep">{out[-1]}{counted[0]}</span>'
                done = counted.end()
    return "".join([*out, _held(escaped[done:])])


def _held(escaped: str) -> str:
    # Whatever is held together has a hyphen or a figure, and most sentences have neither.
    return _KEPT.sub(_keep, escaped) if _MAY_BE_KEPT.search(escaped) else escaped


def _keep(found: re.Match) -> str:
    # T-سیل: one letter of another script stays beside the letters before it, CAR T, in the direction of the text
    way = ' dir="rtl"' if found[0][0].isascii() and found[0][0].isalpha() and _RTL.search(found[0]) else ""
    return f'<span class="keep"{way}>{found[0]}</span>'


def _run(escaped: str) -> str:
    if len(escaped) <= LONGEST_RUN:
        return f'<span class="keep">{escaped}</span>'
    return f'<span class="ltr">{_held(escaped)}</span>'


def text_html(text: str, *, among_rtl: bool = False) -> str:
    return keep(escape(text, quote=False), among_rtl=among_rtl)
