"""Proof that nothing was changed behind the site's back: everything is recomputed from the stored rows."""

from dataclasses import dataclass

from publishing.models import BEGINNING, Line, kinds
from publishing.record import triggers


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: the ledger line it belongs to (None: to none), and a sentence."""

    seq: int | None
    message: str

    def __str__(self):
        return f"line {self.seq}: {self.message}" if self.seq else self.message


def faults():
    """Yield every fault: missing triggers first, then by ledger line, then what no line accounts for."""
    for name in triggers.missing():
        yield Fault(None, f"the trigger {name} is missing, so the database would let somebody rewrite the past.")
    lines = list(Line.objects.order_by("seq"))
    found = list(_chain(lines))
    for model in kinds.editions():
        found += _editions(model, lines)
    for model in kinds.reviews():
        found += _reviews(model, lines)
    yield from sorted(found, key=lambda fault: (fault.seq is None, fault.seq or 0))


def redacted_editions():
    """What the law had erased: its digest cannot be computed again, and the ledger says since when."""
    for model in kinds.editions():
        for edition in model.objects.exclude(redacted_at=None).select_related("work").order_by("redacted_at"):
            yield f"edition {edition.number} of {edition.work.name}, on {edition.redacted_at:%d %B %Y, %H:%M} UTC"


def broken_links():
    """Faults of the chain alone: quick, and all that a line noted earlier needs to be worth something."""
    return _chain(Line.objects.order_by("seq").iterator(1000))


def _chain(lines):
    previous, expected, last = BEGINNING, 1, None
    for line in lines:
        if line.seq != expected:
            yield Fault(expected, f"it is missing; the next one is line {line.seq}.")
        if line.previous != previous:
            yield Fault(line.seq, "it does not follow from the line before it.")
        if line.hash != line.compute_hash():
            yield Fault(line.seq, "its own words were changed after it was written.")
        if last is not None and line.at < last:
            yield Fault(line.seq, "it is dated before the line before it.")
        previous, expected, last = line.hash, line.seq + 1, line.at


def _editions(model, lines):
    work_model = model._meta.get_field("work").related_model
    made, cancelled, redacted = {}, {}, {}
    kinds = {Line.Verb.CANCEL: cancelled, Line.Verb.REDACT: redacted}
    for line in lines:
        if line.work.partition("/")[0] == work_model.LEDGER_NAME and line.number:
            kinds.get(line.verb, made)[line.work, line.number] = line
    for edition in model.objects.select_related("work").order_by("pk").iterator(500):
        key = (edition.work.name, edition.number)
        line, cancel = made.pop(key, None), cancelled.pop(key, None)
        redaction = redacted.pop(key, None)
        called = f"edition {edition.number} of {edition.work.name}"
        if line is None:
            yield Fault(None, f"{called} stands in no ledger line.")
        elif edition.redacted_at != (redaction.at if redaction else None):
            yield Fault((redaction or line).seq, f"{called} is redacted otherwise than the ledger says.")
        elif redaction and any(getattr(edition, name) for name in edition.erased_fields()):
            yield Fault(redaction.seq, f"{called} still holds what was redacted then.")
        elif not redaction and edition.digests() != (line.text_digest, line.page_digest):
            yield Fault(line.seq, f"{called} is not what was {line.get_verb_display()} then.")
        elif (edition.text_digest, edition.page_digest) != (line.text_digest, line.page_digest):
            yield Fault(line.seq, f"{called} carries other digests than the line.")
        elif edition.in_force_at != line.in_force_at:
            yield Fault(line.seq, f"{called} is in force from another moment than the line says.")
        if edition.cancelled_at != (cancel.at if cancel else None):
            yield Fault(
                cancel.seq if cancel else line and line.seq, f"{called} is cancelled otherwise than the ledger says."
            )
    for (work, number), line in [*made.items(), *cancelled.items(), *redacted.items()]:
        yield Fault(line.seq, f"edition {number} of {work} is gone.")


def _reviews(model, lines):
    """Each review must stand in a line of its own, and be revoked exactly when a line says so."""
    work_model = model._meta.get_field("work").related_model
    made, revoked = {}, {}
    for line in lines:
        if line.verb in (Line.Verb.REVIEW, Line.Verb.REVOKE) and line.work.startswith(f"{work_model.LEDGER_NAME}/"):
            (made if line.verb == Line.Verb.REVIEW else revoked)[line.work, line.page_digest, line.at] = line
    for review in model.objects.select_related("work").order_by("pk").iterator(500):
        name, digest = review.work.name, review.digest()
        line = made.pop((name, digest, review.made_at), None)
        if line is None or line.text_digest != review.text_digest:
            yield Fault(line and line.seq, f"the review of {name} by {review.reviewer_name} is not what was recorded.")
        if review.revoked_at and revoked.pop((name, digest, review.revoked_at), None) is None:
            yield Fault(None, f"a review of {name} is revoked, but no ledger line says so.")
    for line in [*made.values(), *revoked.values()]:
        yield Fault(line.seq, f"a review of {line.work} is gone or was altered.")
