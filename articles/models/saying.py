"""Whether a translation says the numbers of the edition that it translates, and all of it in its own language."""

import re

from publishing.findings import Finding, Severity, check, short

FEW = 90  # letters of a sentence
LEAST = 4  # words: a name, or a number with its unit, may stand as it is
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@check(
    "translated numbers",
    "Says the numbers of its original",
    Severity.PLEASE_ADD,
    "WHO, Translation and linguistic validation; ISMP: numbers and units are compared by a second reader",
    needs_record=True,
    holds_commands=True,
    asks_ticks=True,
)
def translated_numbers(guide):
    if not guide.work.TRANSLATES:
        return
    name = guide.work.BODY
    body = guide.fields.get(name, "")
    for one in guide.edition.apart_from_original():
        at = body.find(one.after) if one.after else -1
        yield Finding(
            f"A number differs: {'; '.join(one.what)}.",
            f"The original reads “{short(one.before, FEW)}”.",
            name,
            body.count("\n", 0, at) + 1 if at >= 0 else 0,
            one.after or one.before,
        )


@check(
    "not translated",
    "All of it is translated",
    Severity.MUST_FIX,
    "WCAG 2.2, 3.1.2: language of parts; words of another language are noise to who does not read it",
    needs_record=True,
)
def not_translated(guide):
    beside = guide.edition.translated if guide.work.TRANSLATES and guide.edition.original_id else None
    if beside is None or beside.redacted_at:
        return
    # What the original says by now too: a new passage stands in the translation until somebody has translated it.
    newest = beside.work.editions.filter(is_notice=False, redacted_at=None).order_by("-number").first() or beside
    for name in beside.DIGESTED[beside.digest_format]["text"]:
        told = {line.strip() for one in (beside, newest) for line in getattr(one, name).split("\n")}
        for number, line in enumerate(guide.fields.get(name, "").split("\n"), 1):
            words = line.strip()
            if words in told and len(_LETTERS.findall(words)) >= LEAST:
                yield Finding(
                    f"“{short(words, FEW)}” is not translated yet.",
                    f"Patients would read it in {beside.get_language_display()}.",
                    name,
                    number,
                    words,
                )
