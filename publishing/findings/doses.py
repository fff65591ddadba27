"""Doses written so that they are read wrongly: what hospitals have agreed never to write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publishing.findings.reading import Block, Guide, short
from publishing.findings.registry import Finding, Severity, check

ISMP = "ISMP list of error-prone abbreviations, symbols and dose designations; Joint Commission “Do not use” list"

_UNIT = (
    r"(?:mg|milligram(?:me)?s?|mcg|[µμ]g|ug|micrograms?|nanograms?|grams?|gm|g|ml|millilit(?:re|er)s?|lit(?:re|er)s?|l|iu|units?"
    r"|miligramos?|microgramos?|gramos?|mililitros?|litros?|ui|unidades?|comprimidos?|pastillas?|tabletas?|cápsulas?|gotas?"
    r"|inhalaci(?:ón|ones)|sobres?|tablets?|tabs?|capsules?|drops?|puffs?|sachets?|मि\.?ग्रा\.?|मिलीग्राम|एमजी|माइक्रोग्राम|ग्राम|मि\.?ली\.?|मिलीलीटर|एमएल"
    r"|यूनिट|गोली|गोलियां|बूंद(?:ें)?|ملی ?گرام|مائیکرو ?گرام|گرام|ملی ?لیٹر|یونٹ|گولی|گولیاں|قطرے)"
)
# What is measured in blood or water is no dose: 5.0 g/dl.
_DOSE = rf"\s?{_UNIT}(?!\w)(?!\s?/\s?(?:d?l|100|litre|liter)\b)"
_ZERO = re.compile(rf"(?<![\d.,٫])(\d{{1,5}})(?:[.٫][0०۰]{{1,4}}|,[0०۰])(?={_DOSE})", re.I)
# A zero behind other decimals says nothing, and a lost point makes it ten times more: 2.50 mg
_LAST = re.compile(
    rf"(?<![\d.,٫])(\d{{1,5}}(?:[.٫]\d{{0,3}}[1-9१-९۱-۹](?=[0०۰]{{1,3}}\D)|,[1-9](?=0\D)))[0०۰]{{1,3}}(?={_DOSE})", re.I
)
_NAKED = re.compile(rf"(?<![\w.,٫])[.٫](\d{{1,4}})(?={_DOSE})", re.I)
_U = re.compile(r"(?<![\d.,])(\d{1,5}(?:[.,]\d{1,3})?)(\s?)(?:U|u)(?![\w’'/-]|\.\w)")
_MICRO = re.compile(r"(?<=\d)(\s?)(?:mcg|ug|[µμ]g)(?!\w)|(?<!\w)(?:mcg|[µμ]g)(?!\w)", re.I)
_LATIN = re.compile(
    r"(?<![\w./@-])(?:b\.?d\.?s?|b\.?i\.?d|t\.?d\.?s|t\.?i\.?d|q\.?d\.?s|q\.?i\.?d|q\.?o\.?d|o\.?d|o\.?m|o\.?n|p\.?r\.?n|s\.?o\.?s"
    r"|q\d{1,2}h|c/\s?\d{1,2}\s?h(?:oras?|rs?)?|p\.?o|v\.?o|h\.?s|nocte|mane|stat)(?![\w/-]|\.?\s?box\b)\.?",
    re.I,
)
REACH = 40
_FIGURE = re.compile(rf"\d\s?{_UNIT}(?!\w)|(?<!\w){_UNIT}(?!\w)|\b(?:take|dose|tab|one|two|half)\b", re.I)
MEANT = {
    "bd": "twice a day", "bds": "twice a day", "bid": "twice a day", "tds": "three times a day",
    "tid": "three times a day", "qds": "four times a day", "qid": "four times a day", "od": "once a day",
    "qod": "every other day", "om": "in the morning", "on": "at night", "hs": "at bedtime", "nocte": "at night",
    "mane": "in the morning", "prn": "when you need it", "sos": "when you need it", "stat": "at once",
    "po": "by mouth", "vo": "by mouth",
}  # fmt: skip
SAID = {
    "en": {"micro": "micrograms", "unit": "units"} | MEANT,
    "es": {"micro": "microgramos", "unit": "unidades", "bd": "dos veces al día", "bid": "dos veces al día"}
    | {
        "tds": "tres veces al día",
        "tid": "tres veces al día",
        "qds": "cuatro veces al día",
        "qid": "cuatro veces al día",
    }
    | {
        "od": "una vez al día",
        "prn": "si lo necesita",
        "sos": "si lo necesita",
        "po": "por la boca",
        "vo": "por la boca",
    },
    "hi": {"micro": "माइक्रोग्राम", "unit": "यूनिट", "bd": "दिन में दो बार", "bid": "दिन में दो बार", "od": "दिन में एक बार"}
    | {
        "tds": "दिन में तीन बार",
        "tid": "दिन में तीन बार",
        "qds": "दिन में चार बार",
        "qid": "दिन में चार बार",
        "sos": "ज़रूरत पर",
    },
    "ur": {
        "micro": "مائیکروگرام",
        "unit": "یونٹ",
        "bd": "دن میں دو بار",
        "bid": "دن میں دو بار",
        "od": "دن میں ایک بار",
    }
    | {"tds": "دن میں تین بار", "tid": "دن میں تین بار", "qds": "دن میں چار بار", "qid": "دن میں چار بار"},
}


EVERY = {"en": "every {} hours", "es": "cada {} horas", "hi": "हर {} घंटे में", "ur": "ہر {} گھنٹے بعد"}


@check("dose", "Doses are written safely", Severity.MUST_FIX, ISMP)
def dose(guide: Guide) -> Iterator[Finding]:
    said = SAID.get(guide.language, {})  # no words of another language are written into a text
    for block in guide.told:
        text = block.words
        yield from _zeros(block, text)
        yield from _points(block, text)
        yield from _signs(block, text, said)
        yield from _latin(block, text, said, guide.language)


def _with_unit(text: str, found: re.Match) -> tuple[str, str]:
    """(what was found with its unit, the unit with what stands before it)."""
    unit = re.match(rf"\s?{_UNIT}(?!\w)", text[found.end() : found.end() + 20], re.I)[0]
    return found[0] + unit, unit


def _zeros(block: Block, text: str) -> Iterator[Finding]:
    for found in _ZERO.finditer(text):
        written, unit = _with_unit(text, found)
        read = found[1] + re.sub(r"[.,٫]", "", found[0][len(found[1]) :])
        yield _write(block, written, f"{found[1]}{unit}", f"can be read as {read}{unit}")
    for found in _LAST.finditer(text):
        written, unit = _with_unit(text, found)
        read = re.sub(r"[.,٫]", "", found[0]).lstrip("0")
        yield _write(block, written, f"{found[1]}{unit}", f"can be read as {read}{unit}")


def _points(block: Block, text: str) -> Iterator[Finding]:
    for found in _NAKED.finditer(text):
        written, unit = _with_unit(text, found)
        yield _write(block, written, f"0{found[0]}{unit}", f"can be read as {found[1]}{unit}")


def _signs(block: Block, text: str, said: dict) -> Iterator[Finding]:
    for found in _U.finditer(text):
        new = f"{found[1]} {said['unit']}" if said else None
        yield _write(block, found[0], new, "can be read with a 0 or a 4 at its end")
    for found in _MICRO.finditer(text):
        before = re.search(r"\d[\d.,]{0,9}$", text[max(0, found.start() - 10) : found.start()])
        written = (before[0] if before else "") + found[0]
        new = f"{before[0]} {said['micro']}" if said and before else said.get("micro")
        yield _write(block, written, new, "can be read as milligrams")


def _latin(block: Block, text: str, said: dict, code: str) -> Iterator[Finding]:
    for found in _LATIN.finditer(text):
        short_form = found[0].lower().replace(".", "")
        if short_form in ("on", "om", "hs", "mane", "stat", "od", "sos", "po", "vo") and not _is_dotted_or_capital(
            found[0]
        ):
            continue
        near = text[max(0, found.start() - REACH) : found.start()] + " \0 " + text[found.end() : found.end() + REACH]
        if not _FIGURE.search(near):
            continue
        every = re.fullmatch(r"q(\d+)h|c/\s?(\d+)\s?h\w*", short_form)
        meant = EVERY[code].format(every[1] or every[2]) if every and code in EVERY else said.get(short_form)
        yield _write(block, found[0], meant, "is not known to patients, and is read wrongly")


def _is_dotted_or_capital(written: str) -> bool:
    """Short forms that are words as well count as such only as they are written on a chart."""
    letters = written.rstrip(".")
    return "." in letters or (letters.isupper() and letters not in ("ON", "SOS"))


def _write(block: Block, written: str, new: str | None, why: str) -> Finding:
    effect = f"Write “{short(new)}”." if new else "Write it in words."
    return block.finding(f"“{short(written)}” {why}.", effect, passage=written, instead=new)
