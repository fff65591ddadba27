"""What stands around a text: its sources, and who pays for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publishing.findings.reading import Guide, short
from publishing.findings.registry import Finding, Severity, check

NEWEST = 5  # years
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d]|[.,]\d)|(?<=[/-])20\d\d(?!\d)")
_PROMISE = re.compile(
    r"\b(?:cur(?:e|es|ed|ing)|guarantee[sd]?|100 ?%|miracle|proven to|no side effects?|without side effects?|"
    r"risk[- ]free|completely safe|totally safe|always works?|never fails?|heal(?:s|ed)? (?:all|every|any)|"
    r"permanent(?:ly)? (?:relief|cure)|"
    r"best (?:treatment|cure|medicine)|instant relief|safe for (?:all|everyone|everybody))\b"
    r"|\b(?:cura(?:mos|n|rá)? (?:el|la|los|las|todo|toda|su)|garantiza\w{0,4}|milagros[oa]s?"
    r"|sin (?:riesgos?|efectos (?:secundarios|adversos))|totalmente segur[oa]s?|siempre funciona|alivio inmediato"
    r"|(?:mejor|único) (?:tratamiento|medicina|cura))\b"
    r"|(?<!\w)(?:गारंटी|पक्का इलाज|जड़ से|शर्तिया|बिना साइड)|(?<!\w)(?:ضمانت|گارنٹی|شرطیہ|مکمل علاج)",
    re.I,
)
_REGULATOR = re.compile(
    r"\b(?:FDA|MHRA|EMA|CDSCO|DCGI|WHO|NHS|NICE|RBI|SEBI|IRDAI?|AYUSH|ICMR|FSSAI|DRAP|TGA|PMDA|SFDA|HSA|CQC|GMC|NMC|"
    r"MCI|NABH|Swissmedic|Health Canada|Reserve Bank|Ministry of \w{1,30}|Food and Drug|Medicines Agency|"
    r"World Health Organi[sz]ation|"
    r"(?:government|govt\.?|FDA|state)[- ](?:approved|registered|certified|recogni[sz]ed))\b"
    r"|\b(?:approved|licensed|certified|authori[sz]ed|accredited|recogni[sz]ed|registered) (?:by|with) (?!us\b|you\b)"
    r"|\b(?:AEMPS|COFEPRIS|ANMAT|INVIMA|OMS|Ministerio de|Secretaría de Salud)\b"
    r"|\b(?:aprobad|autorizad|certificad|avalad)[oa]s? (?:por|del?) (?!nosotros\b|usted\b)"
    r"|(?<!\w)(?:सरकार|मंत्रालय|आरबीआई)|(?<!\w)(?:حکومت|وزارت)",
)


@check(
    "source", "Names its sources", Severity.PLEASE_ADD, "JAMA benchmarks, attribution; DISCERN 4", of_whole_guides=True
)
def source(guide: Guide) -> Iterator[Finding]:
    if "sources" in guide.fields and not (guide.fields["sources"] or "").strip():
        yield Finding("It names no source.", "Patients read “The publisher did not list sources”.", "sources")


@check(
    "source year",
    "A source is newer than five years",
    Severity.PLEASE_ADD,
    "DISCERN 5; HONcode, attribution",
    of_whole_guides=True,
)
def source_year(guide: Guide) -> Iterator[Finding]:
    sources = guide.fields.get("sources") or ""
    if not sources.strip():
        return
    years = [year for year in map(int, _YEAR.findall(sources)) if year <= guide.year + 1]
    if not years:
        yield Finding(
            "No source says of which year it is.", "Nobody sees whether it still holds. Add the years.", "sources"
        )
    elif max(years) < guide.year - NEWEST:
        yield Finding(
            "No source is newer than five years.", f"The newest that patients read is of {max(years)}.", "sources"
        )


@check(
    "sponsor connection",
    "The sponsor’s connection is told",
    Severity.MUST_FIX,
    "JAMA benchmarks, disclosure; HONcode 7",
    of_whole_guides=True,
)
def sponsor_connection(guide: Guide) -> Iterator[Finding]:
    name = (guide.fields.get("sponsor_name") or "").strip()
    if name and not (guide.fields.get("sponsor_connection") or "").strip():
        yield Finding(
            f"The sponsor “{short(name, 40)}” stands there without its connection to the publisher.",
            "Patients do not know whose interest it is. Say in one sentence how they are connected.",
            "sponsor_connection",
            passage=name,
        )


@check(
    "sponsor claim",
    "The sponsor promises nothing",
    Severity.PLEASE_ADD,
    "NHS service manual, sponsorship; HONcode 8",
    of_whole_guides=True,
)
def sponsor_claim(guide: Guide) -> Iterator[Finding]:
    for line in filter(None, map(str.strip, (guide.fields.get("sponsor_claims") or "").splitlines())):
        promise, regulator = _PROMISE.search(line), _REGULATOR.search(line)
        if promise or regulator:
            why = f"promises (“{promise[0]}”)" if promise else f"names who watches over it (“{regulator[0].strip()}”)"
            yield Finding(
                f"The sponsor’s claim “{short(line, 50)}” {why}.",
                "Patients take it for the clinic’s word. Leave it out, or say why it stands there.",
                "sponsor_claims",
                passage=line,
            )
