"""The state of each working copy: one computed word, found in the database without reading a text.

A text is often several of these; the most urgent is told. First what somebody has to look at because patients read it,
then what is in a colleague's hands, then what comes by itself (else a text that waits would seem to need a click), then
the one click that brings it to patients, then what is only written, and last where nothing has to be done.
"""

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from publishing.models import FORMAT, Among, Asking, Review

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


def with_states(works, at, *, due):
    """Annotates working copies of one kind with `state`. `due` is what due_at() found."""
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
    needing = {one.pk for one in due if one.model is model and one.state != NOT_YET}
    found = {
        "due": Among("pk", needing),
        "checked": Among("pk", _asked(model, at)),
        "waits": Q(waits_until__isnull=False),
        "ready": is_new & is_fit,
        "draft": Q(is_notice_now=None),
        "changed": is_new,
        "gone": Q(is_notice_now=True),
    }
    told = [When(condition, then=Value(state)) for state, condition in found.items()]
    return works.annotate(state=Case(*told, default=Value("live")))


def _asked(model, at):
    """The keys of texts of which somebody is asked for a check, as they are now."""
    open_now = Asking.objects.open(at).filter(work__startswith=f"{model.LEDGER_NAME}/")
    asked = {(int(work.partition("/")[2]), text) for work, text in open_now.values_list("work", "text_digest")}
    now = model.objects.filter(Among("pk", [pk for pk, _text in asked])).order_by()
    return [pk for pk, text in now.values_list("pk", "text_digest") if (pk, text) in asked]


def counted(works):
    """How many of the working copies, annotated with their states, are in each state."""
    return dict(works.order_by().values_list("state").annotate(Count("pk")))
