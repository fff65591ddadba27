"""The state of each working copy: one computed word, found in the database without reading a text.

A text is often several of these; the most urgent is told. First what somebody has to look at because patients read it,
then what is in a colleague's hands, then what comes by itself (else a text that waits would seem to need a click), then
the one click that brings it to patients, then what is only written, and last where nothing has to be done.
"""

from typing import NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from publishing.models import FORMAT, Among, Asking, Review, kinds
from publishing.record.due import due_at

# By the name of its sign on the desk, in the order of urgency
URGENCY = {
    "due": "Due",
    "checked": "Being checked",
    "waits": "Waits",
    "ready": "Ready",
    "draft": "Draft",
    "changed": "Changed",
    "gone": "Withdrawn",
    "live": "Live",
}
NOT_YET = "soon"  # of what is due, what need not be looked at today


class Pressing(NamedTuple):
    """What is known of all texts at a moment: what is due, and by kind the keys of those that somebody checks."""

    due: list
    asked: dict

    @classmethod
    def at(cls, at, *, only=None):
        """`only` is the one kind that is asked about."""
        asked = {}
        for work, text in Asking.objects.open(at).values_list("work", "text_digest"):
            called, _slash, pk = work.partition("/")
            asked.setdefault(called, set()).add((int(pk), text))
        models = [only] if only else kinds.reviewed()
        keys = {model: _as_asked(model, asked.get(model.LEDGER_NAME, ())) for model in models}
        return cls(due_at(at, only=only), keys)

    def needing(self, model):
        return [one.pk for one in self.due if one.model is model and one.state != NOT_YET]


def _as_asked(model, asked):
    """Of texts with the digests of the words that somebody was asked about, those that still say them."""
    if not asked:
        return []
    now = model.objects.filter(Among("pk", [pk for pk, _text in asked])).order_by()
    return [pk for pk, text in now.values_list("pk", "text_digest") if (pk, text) in asked]


def with_states(works, at, pressing):
    """Annotates working copies of one kind with `state`; `pressing` is of the same moment."""
    model, text = works.model, OuterRef("pk")
    editions = model.edition_model().objects
    read = editions.been_in_force(at).filter(work=text)
    judged = model.review_model().objects.judging(at).filter(work=text, kind=Review.Kind.CLINICIAN)
    judged = judged.filter(digest_format=FORMAT, text_digest=OuterRef("text_digest"))
    works = works.alias(
        is_notice_now=Subquery(read.values("is_notice")[:1]),
        # Of what patients could read last: a withdrawn text is what it was until somebody writes in it.
        said=Subquery(read.readable().values("content_digest")[:1]),
        waits_until=Subquery(editions.waiting(at).filter(work=text).values("in_force_at")[:1]),
        judgement=Subquery(judged.values("result")[:1]),
        judged_until=Subquery(judged.values("overdue_at")[:1]),
    )
    is_new = Q(said=None) | ~Q(said=F("content_digest"))
    is_fit = Q(judgement=Review.Result.FIT, judged_until__gt=at)
    found = {
        "due": Among("pk", pressing.needing(model)),
        "checked": Among("pk", pressing.asked[model]),
        "waits": Q(waits_until__isnull=False),
        "ready": is_new & is_fit,
        "draft": Q(is_notice_now=None),
        "changed": is_new,
        "gone": Q(is_notice_now=True),
    }
    told = [When(condition, then=Value(state)) for state, condition in found.items()]
    return works.annotate(state=Case(*told, default=Value("live")))


def state_of(work, pressing, at):
    """The state of one text, as lists have it."""
    works = type(work).objects.filter(pk=work.pk)
    return with_states(works, at, pressing).values_list("state", flat=True).get()


def counted(works):
    """How many of the working copies, annotated with their states, are in each state."""
    return dict(works.order_by().values_list("state").annotate(Count("pk")))
