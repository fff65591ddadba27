"""What the next weeks bring: what comes, goes and falls due, by day."""

import datetime
from itertools import chain
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Among, Picture, kinds
from publishing.record import coming_due, pictures_ending
from publishing.staff.addresses import staff_url
from publishing.staff.worklist import MOST

AHEAD = datetime.timedelta(days=60)


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
        coming = {(pk, text): due for pk, text, due in coming_due(model, desk.at, AHEAD)}
        reviews = model.review_model().objects.judging(desk.at).filter(made_by=desk.user)
        ends = {"next_due_on__gte": desk.today, "next_due_on__lte": desk.today + AHEAD}
        own = {(one.work_id, one.text_digest): one for one in reviews.filter(**ends).order_by("made_at")}
        keys = {pk for pk, _text in coming}
        mine = set(desk.mine(model).filter(Among("pk", keys)).values_list("pk", flat=True)) if keys else set()
        wanted = sorted((due, pk, text) for (pk, text), due in coming.items() if pk in mine or (pk, text) in own)[:MOST]
        known = kinds.titled({f"{model.LEDGER_NAME}/{pk}" for _due, pk, _text in wanted})
        for due, pk, text in wanted:
            _model, _pk, title = known[f"{model.LEDGER_NAME}/{pk}"]
            if review := own.get((pk, text)):
                after = f" falls due. You checked it on {date_format(timezone.localtime(review.made_at), 'j F Y')}."
                act = ("Check early", "review")
            else:
                after, act = " falls due.", ("Ask early", "ask")
            yield Day(due, "The check of ", title, after, act[0], staff_url(model(pk=pk), act[1]))


def consents_end(desk):
    """Whose consent to a picture ends: for everybody who may describe pictures."""
    if desk.may("change", Picture):
        for picture, ends_at in pictures_ending(desk.at, AHEAD)[:MOST]:
            after = " ends. From then on patients read its words."
            day = timezone.localtime(ends_at).date()
            yield Day(day, "The consent to ", picture.called, after, "See the picture", staff_url(picture))


DAYS = [comes_and_goes, falls_due, consents_end]


def days_of(desk):
    """What comes, goes and falls due, by day."""
    found = chain.from_iterable(source(desk) for source in DAYS)
    return sorted(found, key=lambda one: (one.on, isinstance(one.at, datetime.datetime), str(one.at)))[:MOST]
