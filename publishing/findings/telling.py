"""What a guide tells: help, risks and benefits, figures, short forms, and to whom it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publishing.findings import words as known
from publishing.findings.reading import Guide, short
from publishing.findings.registry import Finding, Severity, check
from publishing.text import is_in_other_letters, language_called

# A few words are no guide yet: what they lack nobody misses.
FEWEST = 40
OURS = frozenset(known.WORDS)

_PERCENT = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,2})?\s?(?:%|per ?cent\b|por ciento\b|प्रतिशत|फ़ीसदी|फीसदी|فیصد)")
_IN_MANY = re.compile(
    r"\b(?:in|of|out of) (?:every |each )?(?:1?0{1,6}|\d{1,3},000|\d{2,6}|ten|a hundred|hundred|a thousand)\b"
    r"|\d{1,6} (?:in|of|out of) (?:every )?\d{1,6}\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine) (?:in|of|out of) "
    r"(?:every )?(?:two|three|four|five|six|ten|twenty|\d{1,6})\b|\b(?:de|por) cada\b|में से|میں سے",
    re.I,
)


@check(
    "percent",
    "Shares are told in people",
    Severity.PLEASE_ADD,
    "CDC Clear Communication Index 15 and 20; NHS, numbers",
    languages=OURS,
)
def percent(guide: Guide) -> Iterator[Finding]:
    words = known.WORDS[guide.language]
    for block in guide.told:
        if block.kind == "head" or not _PERCENT.search(block.words) or _IN_MANY.search(block.words):
            continue
        for one in block.sentences or [block.words]:
            found = [part for part in _PERCENT.finditer(one) if not _is_measured(one, part, words)]
            if found and words.people.search(one):
                yield block.finding(
                    f"“{found[0][0]}” is told without people.",
                    "Many patients cannot picture it. Add how many in 100.",
                    passage=found[0][0],
                )


def _is_measured(sentence: str, found: re.Match, words: known.Words) -> bool:
    """A strength, a saturation, a value of blood: no share of people."""
    near = sentence[max(0, found.start() - 60) : found.end() + 30]
    return words.measured.search(near) is not None


@check(
    "benefits",
    "Names risks and benefits",
    Severity.PLEASE_ADD,
    "DISCERN 10 and 11; CDC Clear Communication Index 19",
    languages=OURS,
    of_whole_guides=True,
)
def benefits(guide: Guide) -> Iterator[Finding]:
    """A guide that tells of the risks of what is done to patients, and of no good that it does; and the reverse."""
    words = known.WORDS[guide.language]
    heads = [one for one in guide.body if one.kind == "heading"]
    risks = [one for one in heads if words.risks.search(one.words)]
    goods = [one for one in heads if words.benefits.search(one.words)]
    said = [one.words for one in guide.told if one.kind != "heading"]
    if risks and not goods and not any(words.good.search(one) for one in said):
        yield risks[0].finding(
            f"“{short(risks[0].words)}” tells of risks, and nothing tells what is good about it.",
            "Patients cannot weigh one without the other. Say what it does for them.",
        )
    if goods and not risks and not any(words.bad.search(one) for one in [*said, *(one.words for one in heads)]):
        yield goods[0].finding(
            f"“{short(goods[0].words)}” tells what is good about it, and nothing tells of risks.",
            "Patients cannot weigh one without the other. Say what can go wrong.",
        )


def _lacks(guide: Guide, wanted: re.Pattern) -> bool:
    return guide.count >= FEWEST and not wanted.search(guide.text) and not wanted.search(guide.page)


@check(
    "help",
    "Says when to get help",
    Severity.PLEASE_ADD,
    "CDC Clear Communication Index 14; PEMAT 20",
    languages=OURS,
    of_whole_guides=True,
)
def get_help(guide: Guide) -> Iterator[Finding]:
    if _lacks(guide, known.WORDS[guide.language].help):
        yield Finding(
            "Nothing says when to get help.", "Patients do not know when to call, and whom. Add when, and the number."
        )


@check(
    "you",
    "Speaks to the patient",
    Severity.PLEASE_ADD,
    "NHS service manual, how we write; PEMAT 21",
    languages=OURS,
    of_whole_guides=True,
)
def you(guide: Guide) -> Iterator[Finding]:
    if _lacks(guide, known.WORDS[guide.language].you):
        said = {"en": "you", "es": "usted", "hi": "आप", "ur": "آپ"}[guide.language]
        yield Finding(
            f"Nowhere it says “{said}”.", "Patients do not see that it is about them. Write it to the one who reads it."
        )


LONG = 8  # words: fewer are a name, an address, or a line that leads to the other language


@check(
    "other letters",
    "Is in one language",
    Severity.PLEASE_ADD,
    "WCAG 2.2, 3.1.2",
    holds_commands=True,
)
def other_letters(guide: Guide) -> Iterator[Finding]:
    for block in guide.told:
        if block.count >= LONG and is_in_other_letters(block.words, guide.language):
            yield block.finding(
                f"“{short(block.words)}” is not in {language_called(guide.language)}.",
                "It is read aloud in the wrong voice, and no search finds it. Make a guide of that language of it.",
            )


_SHORT_FORM = re.compile(r"(?<![\w/.@&-])[A-Z]{2,6}s?(?![\w@]|\.[A-Za-z]|-?\d)")


@check(
    "short form",
    "Short forms are spelt out",
    Severity.PLEASE_ADD,
    "WCAG 2.2, 3.1.4; NHS A to Z of health writing",
    languages=frozenset({"en"}),
)
def short_form(guide: Guide) -> Iterator[Finding]:
    seen = set()
    for block in guide.told:
        if block.words.isupper() and block.count > 1:
            continue  # a line in capitals
        for found in _SHORT_FORM.finditer(block.words):
            name = found[0].rstrip("s") if not found[0].isupper() else found[0]
            if name in seen or name in known.EVERYBODY_KNOWS or re.fullmatch("[IVXLC]+", name):
                continue
            seen.add(name)
            if not (_is_spelt_out(name, guide.text) or _is_spelt_out(name, guide.page) or name in guide.listed()):
                yield block.finding(
                    f"“{name}” is never spelt out.",
                    f"Write it in words once, with “({name})” behind them, or explain it in the word list.",
                    passage=name,
                )


def _is_spelt_out(name: str, page: str) -> bool:
    """In brackets behind words, with words in brackets behind it, or told what it is."""
    for found in re.finditer(rf"(?<!\w){name}s?(?!\w)", page):
        before, after = page[max(0, found.start() - 40) : found.start()], page[found.end() : found.end() + 60]
        if re.search(r"[^\W\d_]{2}[”\"*]{0,3} \((?:the |or |also |called )?$", before) and re.match(
            r"[^()\n]{0,20}\)", after
        ):
            return True
        if re.match(
            r"[”\"*]{0,3}(?: \((?:[^()\n]{0,30} )?[a-z]{3,}|: "
            r"|,? (?:(?:is|are|was) (?:an? |the |short |how |when |what |made )"
            r"|means |stands |stood |that is ))",
            after,
        ):
            return True
        if re.search(r"\b(?:called|known as|short for|or|named)(?: the| an?)? [“\"]?$", before):
            return True
    return _initials(name, page)


def _initials(name: str, page: str) -> bool:
    """Whether words stand somewhere that begin with its letters, beside it or not."""
    joined = r"[^\W\d_]*(?:[ -](?:of|the|and|for|in|on|to|de))?[ -]".join(name.lower())
    return re.search(rf"(?<!\w){joined}[^\W\d_]+", page.lower()) is not None
