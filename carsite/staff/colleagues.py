"""Who works here, and who checks from outside: what the page of people tells of all of them at once."""

import datetime
from collections import Counter
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.formats import date_format

from carsite.staff import people, roles
from publishing.models import Reviewer, kinds, name_of
from publishing.record import lately
from publishing.staff import owning, staff_url

AWAY = datetime.timedelta(days=60)


class Colleague(NamedTuple):
    """One account as a row. `chip` is a word and its sign where there is more to say than that it works."""

    user: User
    name: str
    url: str
    may: str
    owns: int
    seen: str
    chip: tuple[str, str] | None


def colleagues(at):
    """(those whose accounts are open, those that are closed), by name; a query for each kind of text."""
    owned = Counter()
    for model in owning():
        owned.update(dict(model.objects.order_by().values_list("owner").annotate(Count("pk"))))
    found = [_colleague(user, owned[user.pk], at) for user in User.objects.prefetch_related("groups")]
    found.sort(key=lambda one: one.name.casefold())
    return [one for one in found if one.user.is_active], [one for one in found if not one.user.is_active]


def _colleague(user, owns, at):
    seen = lately(user.last_login, at) if user.last_login else "not yet"
    return Colleague(user, name_of(user), staff_url(user), roles.does(user), owns, seen, _chip(user, at))


def _chip(user, at):
    if not user.is_active:
        return "gone", "Closed"
    if user.last_login is None:
        return "draft", "Invited"
    return ("due", "Away") if user.last_login < at - AWAY else None


class Outside(NamedTuple):
    """One outside reviewer as a row: what they are, what they checked, who made sure of the address."""

    reviewer: Reviewer
    url: str
    said: str
    confirmed: str


def outside():
    """Everybody who checks by link alone, in two queries and one for each kind of text."""
    checked, last = Counter(), {}
    for model in kinds.reviews():
        rows = model.objects.exclude(listed=None).order_by().values_list("listed")
        for pk, count, at in rows.annotate(Count("work", distinct=True), Max("made_at")):
            checked[pk] += count
            last[pk] = max(at, last.get(pk, at))
    reviewers = list(Reviewer.objects.all())
    sure = people.confirmed([people.listed(one) for one in reviewers])
    for one in reviewers:
        line = sure.get(people.listed(one))
        count = f"{checked[one.pk]} texts" if checked[one.pk] != 1 else "1 text"
        said = f"Checked {count}, last on {_day(last[one.pk])}." if one.pk in last else "Checked nothing yet."
        yield Outside(one, staff_url(one), f"{one.credential}. {said}" if one.credential else said, sure_of(line))


def sure_of(line):
    """Who made sure whose account or address it is, in words; nothing where nobody did."""
    return f"{line.by_name or 'Somebody'} made sure on {_day(line.at)} whose it is." if line else ""


def _day(at):
    return date_format(timezone.localtime(at), "j F Y")
