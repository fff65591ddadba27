"""Things due: what patients read that somebody has to look at. Computed from the record, never flagged."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse

from publishing.checks import reviews_for
from publishing.models import Following, Line, ReviewedCopy

SOON = datetime.timedelta(days=30)
STATES = {
    "not fit": "A clinician calls the text that patients read not fit",
    "emergency": "Published in an emergency, not yet reviewed",
    "held back": "Held back: its review was revoked while it waited",
    "overdue": "Review overdue",
    "check": "Its article has changed: is the answer still right?",
    "unreviewed": "Read by patients, reviewed by nobody",
    "soon": "Review due within 30 days",
}


@dataclass(frozen=True)
class Due:
    """One text that is due: its state, and what names this very case of it, so that nobody is reminded of it twice."""

    work: ReviewedCopy
    state: str
    case: str
    on: datetime.date | None = None

    @property
    def what(self):
        return STATES[self.state]

    @property
    def owner(self):
        return self.work.owner

    @property
    def url(self):
        return reverse(f"admin:{self.work._meta.app_label}_{self.work._meta.model_name}_change", args=[self.work.pk])


def reviewed_models():
    return [model for model in apps.get_models() if issubclass(model, ReviewedCopy)]


def due_at(at):
    """Everything that is due at a moment, the most pressing states first."""
    found = []
    for model in reviewed_models():
        found += _texts(model, at)
        found += _held_back(model)
        if issubclass(model, Following):
            answers = model.objects.due_for_check(at)
            found += [Due(entry, "check", f"edition {entry.newest}") for entry in answers]
    order = list(STATES)
    return sorted(found, key=lambda one: (order.index(one.state), one.on or datetime.date.min, str(one.work)))


def _texts(model, at):
    live = model.edition_model().objects.live(at).readable().select_related("work").defer("html", "folded")
    editions, emergencies = list(live), _emergencies(model, at)
    for edition, review in zip(editions, reviews_for(editions, at), strict=True):
        of_text = {"work": edition.work_id, "text_digest": edition.text_digest}
        if review is None and model.review_model().objects.judging(at).filter(**of_text).exists():
            yield Due(edition.work, "not fit", edition.text_digest)
        elif edition.work_id in emergencies:
            yield Due(edition.work, "emergency", emergencies[edition.work_id])
        elif review is None:
            yield Due(edition.work, "unreviewed", edition.text_digest)
        elif review.is_overdue(at):
            yield Due(edition.work, "overdue", str(review.next_due_on), review.next_due_on)
        elif review.is_overdue(at + SOON):
            yield Due(edition.work, "soon", str(review.next_due_on), review.next_due_on)


def _emergencies(model, at):
    """By text, the digest of what was published in an emergency, where no clinician has since called its text fit.

    A later small change does not end an emergency: nobody has looked at what it stands on.
    """
    editions = model.edition_model().objects.been_in_force(at).readable()
    hurried = editions.exclude(emergency_reason="").order_by().values("work")
    newest_first = list(editions.filter(work__in=hurried).only("work_id", "text_digest", "emergency_reason", "made_at"))
    found = {}
    for edition, review in zip(newest_first, reviews_for(newest_first, at), strict=True):
        if edition.work_id in found:
            continue
        if review and (not edition.emergency_reason or review.made_at >= edition.made_at):
            found[edition.work_id] = None
        elif edition.emergency_reason:
            found[edition.work_id] = edition.text_digest
    return {work: text_digest for work, text_digest in found.items() if text_digest}


def _held_back(model):
    """Texts whose newest act is that what waited was held back."""
    newest = {}
    for line in Line.objects.filter(work__startswith=f"{model.LEDGER_NAME}/", number__isnull=False).order_by("seq"):
        newest[line.work] = line
    held = [line for line in newest.values() if line.verb == Line.Verb.CANCEL and line.note.startswith(model.HELD_BACK)]
    works = model.objects.in_bulk([int(line.work.partition("/")[2]) for line in held])
    return [Due(works[int(line.work.partition("/")[2])], "held back", str(line.seq)) for line in held]
