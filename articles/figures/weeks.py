"""How often a guide was read, week by week, for staff: a drawing with its editions marked, and the same figures."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Sum
from django.utils import timezone

from articles.models import Seen

WEEKS = 52
STEP, HIGH, FOOT = 12, 120, 30  # of the drawing: a week's width, the tallest bar, what stands above the bars
WEEK = datetime.timedelta(days=7)


@dataclass
class Week:
    """One week from its Monday on: how often the guide was read, and which editions came into force."""

    monday: datetime.date
    place: int
    reads: int = 0
    editions: list = field(default_factory=list)
    tall: int = 0

    @property
    def left(self):
        return self.place * STEP

    @property
    def is_late(self):
        """Whether what stands beside it would stand beyond the drawing."""
        return self.place > WEEKS - 6

    @property
    def top(self):
        return FOOT + HIGH - self.tall


@dataclass(frozen=True)
class Reads:
    """The weeks of about a year, the oldest first."""

    weeks: list

    @property
    def most(self):
        return max(week.reads for week in self.weeks)

    @property
    def total(self):
        return sum(week.reads for week in self.weeks)

    @property
    def told(self):
        """The newest first, without weeks of which there is nothing to tell."""
        return [week for week in reversed(self.weeks) if week.reads or week.editions]

    wide, tall = WEEKS * STEP, FOOT + HIGH


def monday_of(day):
    return day - datetime.timedelta(days=day.weekday())


def reads_of(work, editions, today):
    """How often a guide was read in each of the last weeks; `editions` are those that came into force."""
    first = monday_of(today) - (WEEKS - 1) * WEEK
    weeks = [Week(first + place * WEEK, place) for place in range(WEEKS)]
    by_monday = {week.monday: week for week in weeks}
    for on, count in Seen.objects.filter(article=work, on__gte=first).values_list("on").annotate(Sum("count")):
        if week := by_monday.get(monday_of(on)):
            week.reads += count
    for edition in editions:
        if week := by_monday.get(monday_of(timezone.localdate(edition.in_force_at))):
            week.editions.insert(0, edition.number)
    most = max(week.reads for week in weeks) or 1
    for week in weeks:
        week.tall = -(-week.reads * HIGH // most)
    return Reads(weeks)
