"""Somebody leaves, or comes back: texts, account and log-ins in one act."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from carsite.staff import people, roles
from publishing.models import Access, Asking, ReviewLink, access
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


def _links(user, at):
    return ReviewLink.objects.filter(made_by=user, expires_at__gt=at, revoked_at=None, answered_at=None)


def _asked(user, at):
    """What is asked of somebody, or by a link that they gave out, and waits for its answer."""
    by_link = Q(pk__in=_links(user, at).exclude(asking=None).values("asking"))
    return Asking.objects.open(at).filter(by_link | Q(account=user))


def checks(user, at):
    """How many checks wait that nobody can answer once the account is closed."""
    return _asked(user, at).count() + _links(user, at).filter(asking=None).count()


def _take_back(user, at, by):
    for asking in list(_asked(user, at)):
        for link in asking.links.filter(revoked_at=None, answered_at=None):
            access.record(Access.Verb.REVOKE_LINK, f"link/{link.pk}", by=by, whom=link.invited)
        asking.take_back(at=at)


@transaction.atomic
def leave(user, to, *, by):
    """Hand all texts over, take back what was asked, close the account, end each log-in. Returns how many texts went.

    Raises Refused.
    """
    if roles.is_only_administrator(user):
        raise Refused(ONLY)
    if by.user == user:
        raise Refused(OWN)
    if to is None and guides(user):
        raise Refused("Choose to whom the guides go.")
    handed = hand_over(user, to, by=by.user) if to else 0
    _take_back(user, timezone.now(), by)
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
