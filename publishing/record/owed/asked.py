"""What people are reminded of where a check was asked for: who is asked before and on the day, who asks after it."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from publishing.models import Asking, WorkingCopy, kinds

BEFORE, ON, LATE = "asked, day before", "asked, on the day", "asked, late"
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """One thing that somebody is to be told, once: in the words of the mail, with the page that it leads to."""

    work: WorkingCopy
    state: str
    case: str
    on: datetime.date
    what: str
    address: str
    page: str  # nothing for who answers by a link: its key was mailed, and is kept nowhere

    @property
    def name(self):
        return self.work.name

    @property
    def title(self):
        return str(self.work)

    @property
    def model(self):
        return type(self.work)

    @property
    def pk(self):
        return self.work.pk


def reminders(at):
    """Everything that somebody is to be told at a moment; who was told before, the caller knows."""
    today = timezone.localdate(at)
    for one in Asking.objects.open(at).filter(until_on__lte=today + DAY).select_related("account", "by", "listed"):
        work = kinds.named(one.work)
        if work is None:
            continue
        state = BEFORE if today < one.until_on else ON
        what = f"{one.by_name} asks you to check it"
        page = "review" if one.account else ""
        about = {"work": work, "case": str(one.pk), "on": one.until_on}
        if address := _address(one):
            yield Asked(state=state, what=what, address=address, page=page, **about)
        if today > one.until_on and one.by and one.by.is_active and one.by.email:
            what = f"{one.asked_name} was asked to check it, and has not answered"
            yield Asked(state=LATE, what=what, address=one.by.email, page="ask", **about)


def _address(one):
    if one.account:
        return one.account.email if one.account.is_active else ""
    links = [link for link in one.links.all() if link.email and not link.revoked_at]
    return one.listed.email if one.listed else links[0].email if links else ""
