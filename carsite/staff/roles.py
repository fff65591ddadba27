"""What people may do, in words: the four roles as ticks and in sentences."""

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q

ADMINISTRATORS = "administrators"


class Said(NamedTuple):
    """A role as people read it: what its tick is called, what somebody with it does, and a sentence."""

    tick: str
    does: str
    sentence: str


SAID = {
    "writers": Said("Write", "writes", "Writes guides, asks for checks."),
    "clinical reviewers": Said("Check", "checks", "A clinician. Patients read their name under what they checked."),
    "publishers": Said("Publish", "publishes", "Decides what patients read, and withdraws."),
    ADMINISTRATORS: Said("Administer", "administers", "Invites people and closes accounts. Reads who did what."),
}


def does(user):
    """What somebody may do: “Writes, publishes”."""
    given = {group.name for group in user.groups.all()}
    words = ["does everything"] if user.is_superuser else [said.does for role, said in SAID.items() if role in given]
    return ", ".join(words).capitalize() or "Nothing yet"


def is_only_administrator(user):
    """Whether nobody else could make an administrator: of those who may log in to the admin, only this one can.

    It is asked in a transaction, and holds until its end.
    """
    able = User.objects.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATORS))
    able = able.filter(is_active=True, is_staff=True).select_for_update(of=("self",), no_key=True).order_by("pk")
    return {one.pk for one in able} == {user.pk}
