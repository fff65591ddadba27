"""Whether a translation says the numbers of the edition that it translates."""

from publishing.findings import Finding, Severity, check, short

FEW = 90  # letters of a sentence


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
    body = guide.fields.get("body", "")
    for one in guide.edition.apart_from_original():
        at = body.find(one.after) if one.after else -1
        yield Finding(
            f"A number differs: {'; '.join(one.what)}.",
            f"The original reads “{short(one.before, FEW)}”.",
            "body",
            body.count("\n", 0, at) + 1 if at >= 0 else 0,
            one.after or one.before,
        )
