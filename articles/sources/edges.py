"""What stands at the edges of a leaflet's pages: its number, who wrote and reviewed it, when, until when it holds.

It is found and told to a person, and never taken for the truth: a review is a named person's act here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.sources.prose import days
from articles.sources.source import Source

LONGEST = 400  # letters; a longer line is text
MOST_WORDS = 45
_VALUE = r"(?-i:(?=[A-Z0-9/_.-]*\d)[A-Z0-9]{1,12}(?:[-/_.][A-Z0-9]{1,12}|\s\d{1,6}){0,5})"
_NAMES = (
    r"leaflet|booklet|information sheet|fact ?sheet|document|publication|form|catalogue|order|pil|reference|ref|doc"
    r"|पत्रक|पर्चा|पुस्तिका|दस्तावेज़|दस्तावेज|संदर्भ|کتابچہ|کتابچے کا|پرچہ|لیفلیٹ|دستاویز|حوالہ"
    r"|కరపత్రం|పత్రం|folleto|hoja|documento|النشرة|الوثيقة"
)
_COUNTED = r"number|no|nr|ref|reference|code|id|संख्या|क्रमांक|नंबर|सं|क्र|نمبر|సంఖ్య|నంబర్|número|numero|nº|n\.º|رقم"
NUMBER = re.compile(
    rf"(?<!\w)(?:(?:{_NAMES})\.?\s*(?:(?:{_COUNTED})\.?)?|رقم\s+(?:النشرة|الوثيقة|المنشور|المرجع))\s*[:：#]?\s*"
    rf"(?P<value>{_VALUE})",
    re.IGNORECASE,
)
_LABELS = {
    "next review": r"next (?:review|revision|update)(?: date| due)?|review due(?: date)?|due for review|to be reviewed"
    r"|review (?:date|by)|review(?=\s*:)|valid until"
    r"|अगली समीक्षा(?: की तिथि)?|समीक्षा की अगली तिथि|اگلی نظر ?ثانی|اگلا جائزہ"
    r"|المراجعة (?:القادمة|التالية)|తదుపరి సమీక్ష(?: తేదీ)?|próxima revisión",
    "reviewed": r"(?:last |date )?(?:reviewed|updated|revised)(?: on)?|last (?:review|update|revision)(?: date)?"
    r"|अंतिम (?:समीक्षा|अपडेट|अद्यतन)|समीक्षा (?:की गई|तिथि)|آخری (?:نظر ?ثانی|اپ ?ڈیٹ|جائزہ)|نظر ?ثانی(?: کی تاریخ)?"
    r"|آخر (?:مراجعة|تحديث)|తాజా సమీక్ష|చివరి(?:గా)? (?:సమీక్ష\w*|అప్‌డేట్)|última revisión|revisado",
    "published": r"(?:first )?(?:published|issued|produced)(?: on| in)?|date of (?:issue|publication)|issue date"
    r"|date(?=\s*:)"
    r"|प्रकाशित|प्रकाशन तिथि|जारी|تاریخ اشاعت|اشاعت|تاريخ (?:النشر|الإصدار)|ప్రచురణ(?: తేదీ)?|publicado",
    "version": r"version|edition|संस्करण|ورژن|اشاعت نمبر|الإصدار|సంస్కరణ|versión",
}  # fmt: skip
_AUTHOR = re.compile(
    r"(?<!\w)(?:(?:written|prepared|compiled|produced|reviewed|checked|approved|updated)\b[^.;|]{0,40}?\bby"
    r"|authors?|editors?|लेखक|लेखिका|समीक्षक|مصنف|مصنفہ|تحریر|المؤلف|إعداد|రచయిత|autora?)\s*[:：]?\s+"
    r"(?P<value>(?:[^;|·©.]|(?<=\b\w)\.|(?<=Dr)\.|(?<=Mrs)\.|(?<=M[rs])\.|(?<=Prof)\.){3,80}?)"
    r"(?=(?<!\b\w)(?<!Dr)(?<!Prof)\.\s|\.?$|[;|·©]|,\s(?:version|next|review))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?<!\w)(?:department|division|directorate|hospitals?|clinic|trust|infirmary|health centre"
    r"|medical (?:centre|center)"
    r"|विभाग|अस्पताल|चिकित्सालय|شعبہ|ہسپتال|اسپتال|قسم|مستشفى|విభాగం|ఆసుపత్రి|ఆస్పత్రి|hospital|servicio)(?!\w)",
    re.IGNORECASE,
)
_UNTIL = r"\s*(?:[:：]|(?:due|date|on|in|was|में|की|کو)\s)?\s*(?P<value>[^;|·©]{1,40}?)"
_UNTIL += rf"(?=\s*(?:\.\s|\.?$|[;|·©]|,\s?\D|\s(?:by|due)\s|\s(?:page|{'|'.join(_LABELS.values())})(?!\w)))"
_DATED = {kind: re.compile(rf"(?<!\w)(?:{label}){_UNTIL}", re.IGNORECASE) for kind, label in _LABELS.items()}
# In any order of day, month and year, with figures or the month as a word.
_DAY = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}|\d{1,2}\.?\s[^\W\d_]+,?\s\d{4}")


@dataclass(frozen=True)
class Found:
    """One thing that a line says of its leaflet."""

    kind: str
    value: str

    def __str__(self):
        return f"{self.kind}: “{self.value}”{_asked(self.value)}"


def found_in(line: str) -> list[Found]:
    """What a line at the edge of a page says: its leaflet's number, days, people, places."""
    if len(line) > LONGEST:
        return []
    out = [Found("number", one["value"].strip(" .-")) for one in NUMBER.finditer(line)]
    for kind, look in _DATED.items():
        for one in look.finditer(line):
            if kind == "reviewed" and Found("next review", one["value"].strip()) in out:
                continue
            if any(map(str.isdigit, one["value"])) and not (kind == "published" and _DATED["reviewed"].search(one[0])):
                out.append(Found(kind, one["value"].strip()))
    out += [Found("by", one["value"].strip(" .,")) for one in _AUTHOR.finditer(line)]
    if _PLACE.search(line) and len(line.split()) <= 12 and not any(one.kind != "number" for one in out):
        out.append(Found("place", line.strip(" .©")))
    return out


def _asked(value: str) -> str:
    """Both days that figures can mean."""
    for day in _DAY.findall(value):
        both = days.readings(day)
        if len(both) == 2:
            return " (is it " + " or ".join(f"{one.day} {one:%B %Y}" for one in reversed(both)) + "?)"
    return ""


def is_edge(line: str) -> bool:
    """Whether a line says nothing but such things: it belongs at the edge, not in the text."""
    found = found_in(line)
    if not found or len(line.split()) > MOST_WORDS:
        return False
    rest = line
    for look in (NUMBER, _AUTHOR, *_DATED.values()):
        rest = look.sub(" ", rest)
    rest = re.sub(r"©.*|\ball rights reserved\b", " ", rest, flags=re.IGNORECASE)
    words = [word for word in re.findall(r"\w+", rest) if not word.isdecimal()]
    return len(words) <= max(3, len(re.findall(r"\w+", line)) // 4)


def tell(lines: list[str], source: Source) -> list[str]:
    """Take the old number, and say what else the lines tell; the sentences, one for each line."""
    out = []
    for line in dict.fromkeys(filter(None, map(str.strip, lines))):
        found = found_in(line)
        numbers = [one.value for one in found if one.kind == "number"]
        if numbers and not source.leaflet_number:
            source.leaflet_number = numbers[0][:100]
        said = "; ".join(map(str, found)) or "nothing that we know"
        out.append(
            f"At the edge of its pages stands “{line}”, which is left out. It tells {said}. Take over what is right."
        )
    return out
