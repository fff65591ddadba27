"""What the next weeks bring: what comes, goes and falls due, by day."""

import datetime
from itertools import chain, count
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Among, Picture, kinds
from publishing.record import coming_due, has_ending, has_waiting, pictures_ending
from publishing.staff.addresses import staff_url
from publishing.staff.home.worklist import MOST

AHEAD = datetime.timedelta(days=60)
TOGETHER = 2 * MOST  # reviews


class Day(NamedTuple):
    """What comes, goes or falls due on a day. `before` and `after` stand around the title."""

    at: datetime.datetime | datetime.date
    before: str
    title: str
    after: str
    act: str
    url: str

    @property
    def on(self):
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime.datetime) else self.at


def comes_and_goes(desk):
    """What waits: of all texts for who publishes, else of one's own."""
    for model in kinds.reviewed():
        if not has_waiting(model, desk.at):
            continue
        editions = model.edition_model().objects.waiting(desk.at).filter(in_force_at__lt=desk.at + AHEAD)
        if not desk.may("publish", model):
            editions = editions.filter(work__in=desk.mine(model).order_by().values("pk"))
        title = f"work__{kinds.title_of(model)}"
        told = editions.order_by("in_force_at").values_list("work_id", title, "number", "is_notice", "in_force_at")
        for pk, title, number, is_notice, at in told[:MOST]:
            after = " goes." if is_notice else f" comes: edition {number} waits."
            url = staff_url(model(pk=pk))
            yield Day(at, f"{timezone.localtime(at):%H:%M}. ", title, after, "See what waits", url)


def falls_due(desk):
    """Whose check falls due: of one's own texts, and of those that one has checked oneself."""
    for model in kinds.reviewed():
        if not has_ending(model, desk.at, desk.at + AHEAD):
            continue
        wanted, own = _first_due(desk, model)
        known = kinds.titled({f"{model.LEDGER_NAME}/{pk}" for _due, pk, _text in wanted})
        for due, pk, text in wanted:
            _model, _pk, title = known[f"{model.LEDGER_NAME}/{pk}"]
            if made_at := own.get((pk, text)):
                after = f" falls due. You checked it on {date_format(timezone.localtime(made_at), 'j F Y')}."
                act = ("Check early", "review")
            else:
                after, act = " falls due.", ("Ask early", "ask")
            yield Day(due, "The check of ", title, after, act[0], staff_url(model(pk=pk), act[1]))


def _first_due(desk, model):
    """(day, key, digest) of this person's texts whose check falls due first, in order; and their own reviews of them.

    By the days of reviews, some at a time, until enough are found: most of them judge what patients read.
    """
    judging = model.review_model().objects.judging(desk.at)
    mine = Exists(desk.mine(model).order_by().filter(pk=OuterRef("work")))
    soon = judging.filter(mine | Q(made_by=desk.user), overdue_at__gt=desk.at, overdue_at__lte=desk.at + AHEAD)
    soon, found, own = soon.order_by("overdue_at", "work", "pk"), set(), {}
    for first in count(0, TOGETHER):
        some = list(soon.values_list("work", "next_due_on")[first : first + TOGETHER])
        if not some:
            return sorted(found)[:MOST], own
        keys = {pk for pk, _day in some}
        by_me = judging.filter(Among("work", keys), made_by=desk.user, next_due_on__gte=desk.today)
        by_me = by_me.order_by("made_at").values_list("work_id", "text_digest", "made_at")
        own |= {(pk, text): made_at for pk, text, made_at in by_me}
        is_mine = set(desk.mine(model).filter(Among("pk", keys)).values_list("pk", flat=True))
        coming = coming_due(model, desk.at, AHEAD, keys)
        found |= {(due, pk, text) for pk, text, due in coming if pk in is_mine or (pk, text) in own}
        # Another review of the same text may make it fall due later than what is still to be looked at.
        if len(some) < TOGETHER or sum(due < some[-1][1] for due, *_text in found) >= MOST:
            return sorted(found)[:MOST], own


def consents_end(desk):
    """Whose consent to a picture ends: for everybody who may describe pictures."""
    if desk.may("change", Picture):
        for picture, ends_at in pictures_ending(desk.at, AHEAD)[:MOST]:
            after = " ends. From then on patients read its words."
            day = timezone.localtime(ends_at).date()
            yield Day(day, "The consent for the picture ", picture.called, after, "See the picture", staff_url(picture))


DAYS = [comes_and_goes, falls_due, consents_end]


def days_of(desk):
    """What comes, goes and falls due, by day."""
    found = chain.from_iterable(source(desk) for source in DAYS)
    return sorted(found, key=lambda one: (one.on, isinstance(one.at, datetime.datetime), str(one.at)))[:MOST]
