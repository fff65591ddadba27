"""Somebody leaves, or comes back: texts, account and log-ins in one act."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from carsite.staff import people, roles
from publishing.models import ReviewLink
from publishing.refusals import Refused
from publishing.staff import hand_over, owning

ONLY = "This is the only administrator: make somebody else one first."
OWN = "You cannot close your own account: ask another administrator."


def guides(user):
    """How many texts somebody looks after."""
    return sum(model.objects.filter(owner=user).count() for model in owning())


def drafts(user):
    """How many of them were never published."""
    return sum(model.objects.filter(owner=user, editions=None).count() for model in owning())


def sessions(user):
    """The keys of the log-ins of somebody that have not ended."""
    running = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    return [one.pk for one in running if one.get_decoded().get(SESSION_KEY) == str(user.pk)]


def links(user, at):
    """The links to a text that somebody gave out and that still open: they end with the account."""
    made = ReviewLink.objects.filter(made_by=user, expires_at__gt=at, revoked_at=None, answered_at=None)
    return made.count()


@transaction.atomic
def leave(user, to, *, by):
    """Hand all texts over, close the account, end each log-in. Returns how many texts went. Raises Refused."""
    if roles.is_only_administrator(user):
        raise Refused(ONLY)
    if by.user == user:
        raise Refused(OWN)
    if to is None and guides(user):
        raise Refused("Choose to whom the guides go.")
    handed = hand_over(user, to, by=by.user) if to else 0
    before = people.of(user)
    user.is_active = False
    user.set_unusable_password()  # so no log-in, and no link to set a password, comes back with the account
    user.save(update_fields=["is_active", "password"])
    Session.objects.filter(pk__in=sessions(user)).delete()
    people.told(user, before, by=by)
    return handed


@transaction.atomic
def come_back(user, *, by):
    """Open a closed account again; its owner sets a password anew."""
    before = people.of(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    people.told(user, before, by=by)
