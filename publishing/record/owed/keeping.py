"""What is owed of each text, kept in a row until an act, a saving or a moment changes it (models/chained/owed.py).

Whoever asks brings the rows up to date first: few are not. They are computed by what answers without any row, so a row
says what the record says; `verify_ledger --pages` computes all anew and compares. Where a row cannot be written, as
another process writes, or an act came since the moment that is asked about, nothing is told from rows.
"""

import datetime
import json
import operator
from collections import defaultdict
from contextlib import suppress

from django.db import DatabaseError, transaction
from django.db.models import Q

from publishing.models import Among, Line, OwedUnderTopic, Review, concerned, in_no_hurry, kinds
from publishing.record.owed import seldom
from publishing.record.owed.checked import checked_of
from publishing.record.owed.found import DUE, NOT_YET, SOON, things_of
from publishing.record.owed.written import with_written

TOGETHER = 2000  # texts: what is known of them is held in memory
AT_ONCE = 500
WRITTEN = ["since_at", "until_at", "state", "things", "due"]
CHECKED = ["is_read", "topic_read", "checked_until"]


def renewed(models, at, among=None):
    """Bring the rows of these kinds up to date; those of which all rows hold at that moment.

    `among` are the keys of those texts of one kind that are asked about; None for all.
    """
    left = {model: found for model in models if (found := _over(model, at, among))}
    if not left:
        return set(models)
    head = Line.objects.head()
    if head is not None and at < head.at:
        return set(models) - left.keys()
    ends = _ends(at)
    for model, tokens in left.items():
        for keys in _by(TOGETHER, sorted(tokens)):
            _write(model, made(model, keys, at, ends), tokens)
    return {model for model in models if model not in left or not _over(model, at, among)}


def _over(model, at, among):
    """By key, the tokens of the rows that do not hold at a moment; None where there is no row."""
    if among is not None:
        found = dict(seldom.not_holding_among.rows(model, at=at, works=list(among)))
        lacking = model._base_manager.filter(Among("pk", among), owed=None)
    else:
        found = dict(seldom.not_holding.rows(model, at=at))
        # How many rows there are is asked before how many texts: one that is begun in between lacks its row.
        if seldom.count(seldom.how_many.rows(model.owed_model())) == seldom.count(seldom.how_many.rows(model)):
            return found
        lacking = model._base_manager.filter(owed=None)
    return found | dict.fromkeys(lacking.order_by().values_list("pk", flat=True))


def made(model, keys, at, ends=None):
    """The unsaved rows of these texts of a kind, as the record says at a moment."""
    until, ends, things = _until(model, keys, at), _ends(at) if ends is None else ends, defaultdict(list)
    for pk, *told in things_of(model, at, keys):
        things[pk].append(told)
    works = model._base_manager.filter(Among("pk", keys))
    written, row = dict(with_written(works, at).order_by().values_list("pk", "written")), model.owed_model()
    rows, checked = [], _checked(model, keys, at)
    for pk in keys:
        if pk in written:
            mine, check = things.get(pk, ()), checked.get(pk, {})
            is_due = any(state != NOT_YET for state, *_rest in mine)
            # A review that was carried over to a question beside it speaks for nothing once it is overdue.
            moments = [until.get(pk), ends.get((model, pk)), _later(check.get("checked_until"), at)]
            told = {"state": DUE if is_due else written[pk], "things": len(mine), "due": _packed(mine)} | check
            rows.append(row(work_id=pk, since_at=at, until_at=min(filter(None, moments), default=None), **told))
    return rows


def _checked(model, keys, at):
    """By text the further columns of its row, where its kind has them and patients read it."""
    if not issubclass(model.owed_model(), OwedUnderTopic):
        return {}
    return {pk: dict(zip(CHECKED, (True, *told), strict=True)) for pk, *told in checked_of(model, keys, at)}


def _later(moment, at):
    return moment if moment and moment > at else None


def _columns(model, always):
    return [*always, *CHECKED] if issubclass(model.owed_model(), OwedUnderTopic) else always


def _packed(things):
    return json.dumps([[*told[:2], told[2].isoformat(), told[3]] for told in sorted(things, key=str)]) if things else ""


def unpacked(pk, due):
    """What is due of a text, as `things_of` tells it."""
    for state, case, on, about in json.loads(due) if due else ():
        is_day = len(on) == len("2000-01-01")
        yield pk, state, case, (datetime.date if is_day else datetime.datetime).fromisoformat(on), about


def _by(size, some):
    return [some[first : first + size] for first in range(0, len(some), size)]


def _until(model, keys, at):
    """By text the next moment at which a check of it falls due, or is soon to."""
    judged = model.review_model().objects.filter(Among("work", keys), kind=Review.Kind.CLINICIAN, overdue_at__gt=at)
    found = {}
    for pk, overdue_at in judged.order_by().values_list("work_id", "overdue_at"):
        moment = overdue_at - SOON if overdue_at - SOON > at else overdue_at
        found[pk] = min(moment, found.get(pk, moment))
    return found


def _ends(at):
    """By (kind, text) the next moment at which something that waits comes into force, where that concerns the text.

    The first such moment of any of them, so that one question answers for all: too early a moment costs a look.
    """
    waiting, moments = {}, []
    for model in kinds.reviewed():
        found = list(model.edition_model().objects.waiting(at).order_by().values_list("work_id", "in_force_at"))
        waiting[model] = {pk for pk, _moment in found}
        moments += [moment for _pk, moment in found]
    found = concerned(waiting) if moments else {}
    return {(model, pk): min(moments) for model, keys in found.items() for pk in keys}


def _write(model, rows, tokens):
    """Write rows whose tokens are still those from before the record was asked; without waiting for anybody."""
    owed = model.owed_model().objects
    with suppress(DatabaseError), in_no_hurry(), transaction.atomic():
        owed.bulk_create([row for row in rows if tokens[row.pk] is None], batch_size=AT_ONCE, ignore_conflicts=True)
        seen = {row.pk: row for row in rows if tokens[row.pk] is not None}
        held = owed.filter(Among("work", sorted(seen))).order_by("pk").select_for_update(skip_locked=True)
        same = [seen[pk] for pk, token in held.values_list("pk", "token") if token == tokens[pk]]
        for row in same:
            row.token = tokens[row.pk]
        columns = _columns(model, WRITTEN)
        owed.bulk_create(same, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["work"], update_fields=columns)


def things(model, among, *, is_pressing=False):
    """(what is due of texts of a kind as `things_of` tells it, by text its title and who looks after it), from rows."""
    rows = model.owed_model().objects.filter(things__gt=0)
    rows = rows.filter(state=DUE) if is_pressing else rows
    rows = rows if among is None else rows.filter(Among("work", among))
    found, known = [], {}
    for pk, due, *told in rows.order_by().values_list(
        "work_id", "due", f"work__{kinds.title_of(model)}", f"work__{owner_key(model)}"
    ):
        found += unpacked(pk, due)
        known[pk] = told
    return found, known


def owner_key(model):
    """The keys that lead from a text to who looks after it."""
    return f"{model.FOLLOWS}__owner" if model.FOLLOWS else "owner"


def owed_faults(at):
    """Yield, as a sentence each, the rows that hold at a moment and are not what the record says."""
    for model in kinds.reviewed():
        keys = sorted(_holding(model, at).values_list("pk", flat=True))
        for some in _by(TOGETHER, keys):
            # Twice, since an act in between makes another row of it.
            for pk in _differing(model, _differing(model, some, at), at):
                yield f"what is kept of {model.LEDGER_NAME}/{pk} is not what is due of it: renew_owed makes it anew"


def _holding(model, at):
    return model.owed_model().objects.filter(Q(until_at__gt=at) | Q(until_at=None), since_at__lte=at)


def _differing(model, keys, at):
    held = {row.pk: row for row in _holding(model, at).filter(Among("work", keys))} if keys else {}
    wanted = made(model, sorted(held), at) if held else ()
    told = operator.attrgetter(*_columns(model, ["state", "things", "due"]))
    return [row.pk for row in wanted if told(held[row.pk]) != told(row)]


@transaction.atomic
def renew_owed(at):
    """Take every row away and make it anew; return how many there are."""
    for model in kinds.reviewed():
        model.owed_model().objects.all().delete()
    kept = renewed(kinds.reviewed(), at)
    return sum(model.owed_model().objects.count() for model in kept)
