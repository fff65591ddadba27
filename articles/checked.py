"""What share of the guides was checked over the last year, topic by topic, for staff: drawings and figures."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import ArticleEdition, live_topics
from publishing.record import standings
from publishing.staff import tool_page

SOON = datetime.timedelta(days=30)
MANY = 2000  # guides; of more, only each third month is looked at
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


def moments(now, every):
    """Now, and the beginnings of months before it for a year, the oldest first."""
    day, found = timezone.localdate(now).replace(day=1), []
    while len(found) < 12 // every:
        if not found or (found[-1].month - day.month) % every == 0:
            found.append(day)
        day = (day - datetime.timedelta(days=1)).replace(day=1)
    starts = [timezone.make_aware(datetime.datetime.combine(one, datetime.time.min)) for one in reversed(found)]
    return [*starts, now]


def state_of(standing, at):
    if not standing.review:
        return STATES[3]
    if standing.is_overdue:
        return STATES[2]
    return STATES[1] if standing.next_due_on <= timezone.localdate(at) + SOON else STATES[0]


def checked_over_a_year(now):
    """(topic's title, its months) of each topic with guides, and of all guides together first."""
    many = ArticleEdition.objects.live(now, is_paged=True).readable().count() > MANY
    found, at_all = defaultdict(dict), moments(now, 3 if many else 1)
    for place, at in enumerate(at_all):
        guides = list(ArticleEdition.objects.live(at, is_paged=True).readable().for_lists().order_by())
        for guide, standing in zip(guides, standings(guides, at), strict=True):
            for topic in ("", guide.topic_id):
                found[topic].setdefault(place, Counter())[state_of(standing, at)] += 1
    named = [("", "All guides"), *((one.work_id, one.title) for one in live_topics(at=now)), (None, "Without a topic")]
    for topic, title in named:
        if topic in found:
            counts = found[topic]
            yield title, [Month(at, place, counts.get(place, Counter())) for place, at in enumerate(at_all)]


def checked_page(desk, request):
    """The page of the desk."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    told = list(checked_over_a_year(request.moment()))
    wide = STEP * max((len(months) for _title, months in told), default=0)
    shown = {"title": "Checked over the last year", "told": told, "states": STATES, "wide": wide, "height": HIGH}
    return tool_page(request, "checked.html", **shown)
