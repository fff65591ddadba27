"""What is looked for in texts that were taken in, before a command publishes them."""

from itertools import groupby

from articles.importing.outcomes import BY
from publishing.models import judged_together

ADVICE = "Please add: "


def looked_at(works, at, by=BY):
    """What stands between these and their publication, in their order, kind after kind. Raises Unfit."""
    return [one for _kind, some in groupby(works, type) for one in judged_together(list(some), at, by=by)]


def may_be_published(outcome, judgements, doubts=()):
    """Whether nothing that was found holds the texts of a file back, nor a doubt; the outcome tells all at once."""
    found = [(one.work, finding) for one in judgements for finding in one.findings if not finding.is_read_already]
    faults = [(work, one) for work, one in found if one.is_must_fix or one.check.holds_commands]
    for work, one in faults:
        outcome.leave(f"{_place(work, one)}: {one.sentence} {one.effect}".strip())
    if faults or doubts:
        outcome.leave(
            f"Left unpublished until somebody has {'mended this' if faults else 'looked at the lines above'}."
        )
    missing = dict.fromkeys(one.sentence for pair in found if pair not in faults for one in pair[1:])
    if missing:
        outcome.advice.append(f"{ADVICE}{' '.join(missing)}")
    return not (faults or doubts)


def _place(work, finding):
    where = f", line {finding.line}" if finding.line else ""
    called = finding.field and work._meta.get_field(finding.field).verbose_name if _has(work, finding.field) else ""
    return f"“{work}”" + (f" ({called}{where})" if called else "")


def _has(work, name):
    return name in {field.name for field in work._meta.fields}
