"""What share of the guides was checked over the last year, topic by topic, for staff: drawings and figures."""

import datetime
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from articles.models import Article, MonthChecked, live_topics
from publishing.models import Line, in_no_hurry, start_of
from publishing.record import Pressing, checked_of
from publishing.staff import tool_page

SOON = datetime.timedelta(days=30)
TOGETHER = 2000  # guides: what is known of them is held in memory
KEPT = ("in_date", "due_soon", "overdue", "unchecked")
STATES = ("in date", "due within 30 days", "overdue", "nobody checked")
STEP, HIGH = 24, 100  # of the drawing: a month's width, and all of the guides


@dataclass(frozen=True)
class Month:
    """How many guides of one topic were in which state at a moment."""

    at: datetime.datetime
    place: int
    counts: Counter

    @property
    def total(self):
        return self.counts.total()

    @property
    def told(self):
        return [self.counts[state] for state in STATES]

    @property
    def share(self):
        """Of guides that were checked and not overdue, in whole per cent; None where there were none."""
        good = self.counts[STATES[0]] + self.counts[STATES[1]]
        return 100 * good // self.total if self.total else None

    @property
    def bars(self):
        """(state's place, left, top, height) of each part of the bar from the bottom; nothing for unchecked guides."""
        top = HIGH
        for place, state in enumerate(STATES[:-1]):
            tall = self.counts[state] * HIGH // (self.total or 1)
            top -= tall
            if tall:
                yield place, self.place * STEP, top, tall


def moments(now):
    """Now, and the beginnings of twelve months before it, the oldest first."""
    day, found = timezone.localdate(now).replace(day=1), []
    for _month in range(12):
        found.append(start_of(day))
        day = (day - datetime.timedelta(days=1)).replace(day=1)
    return [*reversed(found), now]


def soon_until(at):
    """Before which moment a check falls due within 30 days."""
    return start_of(timezone.localdate(at) + SOON + datetime.timedelta(days=1))


def counted_at(at):
    """By topic how many guides were in which state at a moment, as the record says."""
    counts, soon = {}, soon_until(at)
    for topic, until in _told_at(at):
        state = 3 if until is None else 2 if until <= at else 1 if until <= soon else 0
        counts.setdefault(topic, [0, 0, 0, 0])[state] += 1
    return counts


def _told_at(at):
    """(topic, until when its check holds) of each guide that patients read at a moment; some at a time."""
    last = 0
    while keys := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:TOGETHER]):
        for _pk, topic, until in checked_of(Article, keys, at):
            yield topic, until
        last = keys[-1]


def counted_now(at):
    """The same of now, counted in an index of what is kept of each guide."""
    if Article not in Pressing.at(at, only=Article).kept:
        return counted_at(at)
    soon, rows = soon_until(at), Article.owed_model().objects.filter(is_read=True)
    states = (Q(checked_until__gt=soon), Q(checked_until__gt=at, checked_until__lte=soon), Q(checked_until__lte=at))
    wanted = zip(KEPT, (*states, Q(checked_until=None)), strict=True)
    counts = {name: Count("pk", filter=holds) for name, holds in wanted}
    told = rows.order_by().values_list("topic_read").annotate(**counts).values_list("topic_read", *KEPT)
    return {topic: some for topic, *some in told}


def kept_months(now):
    """By moment the same of each month's beginning: what no one asked for yet is counted, and kept."""
    wanted = moments(now)[:-1]
    rows = list(MonthChecked.objects.filter(at__in=wanted))
    after = dict(Line.objects.filter(seq__in={row.line + 1 for row in rows}).values_list("seq", "at"))
    holding, found = [row for row in rows if after.get(row.line + 1, row.at) >= row.at], {}
    for row in holding:
        told = [getattr(row, name) for name in KEPT]
        found.setdefault(row.at, {}).update({row.topic or None: told} if any(told) else {})
    for at in wanted:
        if at not in found:
            head = Line.objects.head()
            found[at] = counted_at(at)
            _keep(at, found[at], head.seq if head else 0, wanted[0])
    return {at: found[at] for at in wanted}


def _keep(at, counts, line, oldest):
    """Keep what was counted, without waiting for anybody."""
    told = (counts or {None: (0, 0, 0, 0)}).items()  # that there were none is kept too
    told = [(topic or 0, dict(zip(KEPT, some, strict=True))) for topic, some in told]
    rows = [MonthChecked(at=at, line=line, topic=topic, **some) for topic, some in told]
    with suppress(DatabaseError), in_no_hurry(), transaction.atomic():
        MonthChecked.objects.filter(Q(at=at) | Q(at__lt=oldest)).delete()
        MonthChecked.objects.bulk_create(rows)


def checked_over_a_year(now):
    """(topic's title, its months) of each topic with guides, and of all guides together first."""
    by_month = {**kept_months(now), now: counted_now(now)}
    topics = {topic for counts in by_month.values() for topic in counts}
    named = [*((one.work_id, one.title) for one in live_topics(at=now)), (None, "Without a topic")]
    if topics:
        yield "All guides", _months(by_month, topics)
    for topic, title in named:
        if topic in topics:
            yield title, _months(by_month, {topic})


def _months(by_month, topics):
    for_each = [[counts.get(topic, (0, 0, 0, 0)) for topic in topics] for counts in by_month.values()]
    told = [Counter(dict(zip(STATES, map(sum, zip(*some, strict=True)), strict=True))) for some in for_each]
    return [Month(at, place, counts) for place, (at, counts) in enumerate(zip(by_month, told, strict=True))]


def checked_page(desk, request):
    """The page of the desk."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    told = [
        (title, months, any(list(month.bars) for month in months))
        for title, months in checked_over_a_year(request.moment())
    ]
    wide = STEP * max((len(months) for _title, months, _is_drawn in told), default=0)
    shown = {"title": "Checked over the last year", "told": told, "states": STATES, "wide": wide, "height": HIGH}
    return tool_page(request, "checked.html", **shown)
