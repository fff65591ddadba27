"""How far each working copy is, by what is written in it and what patients read; what is due or asked is left out."""

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from publishing.models import FORMAT, Review

LIVE = "live"  # patients read it as it is written


def with_written(works, at):
    """Annotates working copies of one kind with `written`: waits, ready, draft, changed, gone or live."""
    model, text = works.model, OuterRef("pk")
    editions = model.edition_model().objects
    read = editions.been_in_force(at).filter(work=text)
    judged = model.review_model().objects.judging(at).filter(work=text, kind=Review.Kind.CLINICIAN)
    judged = judged.filter(digest_format=FORMAT, text_digest=OuterRef("text_digest"))
    works = works.alias(
        is_notice_now=Subquery(read.values("is_notice")[:1]),
        # Of what patients could read last: a withdrawn text is what it was until somebody writes in it.
        said=Coalesce(Subquery(read.readable().values("content_digest")[:1]), Value("")),
        judgement=Subquery(judged.values("result")[:1]),
        judged_until=Subquery(judged.values("overdue_at")[:1]),
    )
    is_fit = Q(judgement=Review.Result.FIT, judged_until__gt=at)
    if_new = first_of([("ready", is_fit), ("draft", Q(is_notice_now=None))], "changed")
    # What waits and what is withdrawn are few, so of most texts nothing is asked but what patients read.
    withdrawn = editions.been_in_force(at).filter(is_notice=True).order_by().values("work")
    found = [
        ("waits", Q(pk__in=editions.waiting(at).order_by().values("work"))),
        (if_new, ~Q(said=F("content_digest"))),
        ("gone", Q(pk__in=withdrawn) & Q(is_notice_now=True)),
    ]
    return works.annotate(written=first_of(found, LIVE))


def first_of(found, default):
    """The first of the states whose condition holds; a state is a word, or what finds it out."""

    def told(state):
        return Value(state) if isinstance(state, str) else state

    return Case(*(When(holds, then=told(state)) for state, holds in found), default=told(default))
