"""The door of the staff's site, as the access record tells of it."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model

from carsite.staff import people
from carsite.staff.log_in import address_of, network_of
from publishing.mail import mail_problem
from publishing.models import Access, Hand, access

STRANGER = Hand("")
GUESSED = """Somebody who knows your password for {site} has typed many wrong codes of your app. Nobody came in.
Codes of the app open nothing until you log in with a recovery code, or set another password: {site}/admin/forgotten/

If it was you: the same holds. If it was not, your password is known to somebody: set another one at once.
"""
log = logging.getLogger(__name__)


def came(request, **more):
    """After a log-in was sent: who came in, with which second factor, or that somebody was refused. A name only where
    it is an account's, since people type passwords there."""
    network = address_of(request) or ""
    if request.user.is_authenticated:
        by, subject = Hand.of(request.user), people.subject(request.user)
        access.record(Access.Verb.LOG_IN, subject, by=by, network=network, **more)
        return
    user_model = get_user_model()
    name = request.POST.get("username", "")[:200].replace("\0", "")
    known = user_model.objects.filter(**{user_model.USERNAME_FIELD: name}).first()
    about = {"whom": known.get_username()} if known else {}
    subject = people.subject(known) if known else ""
    access.count(f"refuse {network_of(network)}", Access.Verb.REFUSE, subject, by=STRANGER, network=network, **about)


def refused_code(request, user):
    """The password was right, the code was not."""
    network, subject = address_of(request) or "", people.subject(user)
    about = {"whom": user.get_username(), "factor": "a wrong code"}
    access.count(f"refuse code {user.pk}", Access.Verb.REFUSE, subject, by=STRANGER, network=network, **about)


def guessed(request, user):
    """So many codes were wrong that the app's open nothing any more: a line of its own, and a mail to the owner."""
    about = {"whom": user.get_username(), "factor": "so many wrong codes that the app’s are closed"}
    network = address_of(request) or ""
    access.record(Access.Verb.REFUSE, people.subject(user), by=STRANGER, network=network, **about)
    if settings.HAS_MAIL and user.email:
        said = GUESSED.format(site=settings.SITE_URL)
        if problem := mail_problem("Somebody knows your password", said, user.email):
            log.warning("The owner of account %s could not be told of guesses by mail (%s).", user.pk, problem)


def left(request):
    if request.user.is_authenticated:
        access.record(Access.Verb.LOG_OUT, people.subject(request.user), by=Hand.of(request.user))


def refusals(get_response):
    """Middleware: whoever asks for what they have no right to stands in the access record, counted by the hour."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 403 and request.user.is_authenticated:
            key = f"forbid {request.user.pk}"
            by = Hand.of(request.user)
            access.count(key, Access.Verb.FORBID, people.subject(request.user), by=by, path=request.path[:300])
        return response

    return middleware
