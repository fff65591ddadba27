"""Accounts as the access record tells of them: who made one, who changed what of it, who may do what."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from publishing.mail import mail_problem
from publishing.models import Access, Hand, access
from publishing.refusals import Refused
from publishing.staff import tool_url


def of(user):
    """What the record tells of an account, as it is in the database now."""
    kept = get_user_model().objects.get(pk=user.pk)
    return {
        "name": (kept.username, kept.first_name, kept.last_name),
        "mail": kept.email,
        "is_active": kept.is_active,
        "roles": {group.name for group in kept.groups.all()} | ({"superuser"} if kept.is_superuser else set()),
    }


def listed(reviewer):
    return f"reviewer/{reviewer.pk}"


def subject(user):
    return f"account/{user.pk}"


def told(user, before, *, by):
    """Write a line for each thing that was changed of an account; `before` is None for a new one."""
    now, about = of(user), {"whom": user.get_username()}
    verb = Access.Verb

    def line(which, **detail):
        access.record(which, subject(user), by=by, **about, **detail)

    if before is None:
        line(verb.MAKE)
        before = {**now, "roles": set()}
    if now["name"] != before["name"]:
        line(verb.RENAME, **{"from": " ".join(before["name"]), "to": " ".join(now["name"])})
    if now["mail"] != before["mail"]:
        line(verb.MAIL, **{"from": before["mail"], "to": now["mail"]})
    if now["is_active"] != before["is_active"]:
        line(verb.OPEN if now["is_active"] else verb.CLOSE)
    for role in sorted(now["roles"] - before["roles"]):
        line(verb.GIVE, role=role)
    for role in sorted(before["roles"] - now["roles"]):
        line(verb.TAKE, role=role)


def password_set(user, *, by):
    """Somebody set a password: their own, or another's."""
    verb = Access.Verb.OWN_PASSWORD if by.account == user.pk else Access.Verb.SET_PASSWORD
    access.record(verb, subject(user), by=by, whom=user.get_username())


def invitation(user):
    """The address at which the owner of an account sets its password, once."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return f"{settings.SITE_URL}/admin/invitation/{uid}/{default_token_generator.make_token(user)}/"


INVITED = "{by} invites you to “{site}”. Set your own password here:"
AGAIN = "Somebody, probably you, asked for a new password for “{site}”. Set it here; if it was not you, do nothing:"


def letter(user, said, *, by=""):
    """(the address at which somebody sets their password, the mail that brings it)."""
    address, said = invitation(user), said.format(by=by, site=settings.SITE_URL)
    name = f"Your user name is {user.get_username()}. The link works for 3 days, once."
    return address, f"{said}\n\n{address}\n\n{name}\n"


def invite(user, *, by, mails=True):
    """Invite the owner of an account to set its password. Returns (the address, why it was not mailed or nothing).

    Where it is mailed nobody else sees it. `mails` is False for the operator, who prints it.
    """
    address, said = letter(user, INVITED, by=by.name)
    problem = mail_problem("Set your password", said, user.email) if mails else ""
    if not problem:
        access.record(Access.Verb.INVITE, subject(user), by=by, whom=user.get_username())
    return address, problem


class AcceptInvitation(PasswordResetConfirmView):
    """The owner of an account sets its password by the address that was mailed or printed."""

    template_name = "admin/invitation.html"
    post_reset_login = False

    def get_success_url(self):
        return tool_url("login")

    def form_valid(self, form):
        answer = super().form_valid(form)
        by = Hand.of(self.user)
        access.record(Access.Verb.ACCEPT, subject(self.user), by=by, whom=self.user.get_username())
        messages.success(self.request, "Your password is set. Log in with it.")
        return answer


def confirm(about, whom, *, by):
    """Somebody else has made sure whose address that is, for example by a telephone call. Raises Refused."""
    own = Access.objects.filter(subject=about, verb__in=access.TOUCHING, by_account=by.account)
    if not by.is_command and (about == f"account/{by.account}" or own.exists()):
        raise Refused("Whoever set this up, or changed it, cannot confirm it: ask somebody else, or the operator.")
    access.record(Access.Verb.CONFIRM, about, by=by, whom=whom, **({"by_command": True} if by.is_command else {}))


def confirmed(subjects):
    """By subject, the line that says who made sure whose it is; None where somebody should since a person changed it.

    What the operator made is the operator's to know, and stands here only once it was confirmed.
    """
    asked = [*access.TOUCHING, Access.Verb.CONFIRM]
    found = {}
    for line in Access.objects.filter(subject__in=subjects, verb__in=asked).order_by("seq"):
        if line.verb == Access.Verb.CONFIRM or line.by_account or line.is_forgotten("by"):
            found[line.subject] = line if line.verb == Access.Verb.CONFIRM else None
    return found
