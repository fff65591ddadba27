"""Of each kind, whether there is any of what is seldom: compiled once, and answered by an index.

The desk asks this first. Of most kinds there is nothing, and only to build the statement that would tell all of it
takes Django a hundred times as long as the database takes to say so.
"""

from django.db.models import Count, Q, Sum, Value

from publishing.models import Among, Review, prepared

FEW = 500  # texts


@prepared
def not_holding(model, *, at):
    """(text, token) of each row of what is owed that does not hold at a moment."""
    return model.owed_model().objects.filter(Q(until_at__lte=at) | Q(since_at__gt=at)).values_list("work_id", "token")


@prepared
def not_holding_among(model, *, at, works):
    rows = model.owed_model().objects.filter(Q(until_at__lte=at) | Q(since_at__gt=at), Among("work", works))
    return rows.values_list("work_id", "token")


@prepared
def how_many(model):
    """How many there are, by the smallest index."""
    return (
        model._base_manager.order_by()
        .annotate(all=Value(1))
        .values("all")
        .annotate(Count("pk"))
        .values_list("pk__count")
    )


@prepared
def things_due(model):
    """How many things are due of texts of a kind, by what is kept."""
    rows = model.owed_model().objects.filter(things__gt=0).order_by()
    return rows.annotate(all=Value(1)).values("all").annotate(Sum("things")).values_list("things__sum")


@prepared
def urgent(model, *, at):
    """The texts of which an edition that was published in an emergency has been in force."""
    return _urgent(model, at).values_list("work_id")


@prepared
def urgent_among(model, *, at, works):
    return _urgent(model, at).filter(Among("work", works)).values_list("work_id")


def _urgent(model, at):
    return model.edition_model().objects.been_in_force(at).readable().exclude(emergency_reason="").order_by()


@prepared
def first_in(model, *, states):
    """Texts that are in one of these states, by what is kept: all where they are few, and of many one too many."""
    rows = model.owed_model().objects.filter(Among("state", states))
    return rows.order_by().values_list("work_id")[: FEW + 1]


@prepared
def first_waiting(model, *, at):
    return model.edition_model().objects.waiting(at).order_by().values_list("work_id")[:1]


@prepared
def first_ending(model, *, at, until):
    """One text of which a review falls due within that time."""
    rows = model.review_model().objects.filter(overdue_at__gt=at, overdue_at__lte=until)
    return rows.order_by().values_list("work_id")[:1]


@prepared
def unfit(model, *, at):
    """The texts of which some words were once judged not fit as they stood."""
    judged = model.review_model().objects.judging(at).filter(kind=Review.Kind.CLINICIAN)
    return judged.exclude(result=Review.Result.FIT).order_by().values_list("work_id")


def unfit_of(model, at):
    return keys(unfit.rows(model, at=at))


def has_waiting(model, at):
    return bool(first_waiting.rows(model, at=at))


def has_ending(model, at, until):
    return bool(first_ending.rows(model, at=at, until=until))


def keys(rows):
    return sorted({key for (key,) in rows})


def count(rows):
    """The one number that was asked for; 0 where there was nothing to count."""
    return rows[0][0] or 0 if rows else 0
