"""A forgotten password: who asks gets a link by mail, and nobody learns here who has an account."""

import datetime
import logging
import time
from collections import OrderedDict, deque
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from carsite.staff import people
from carsite.staff.entrance import STRANGER
from carsite.staff.log_in import address_of, network_of
from publishing.mail import mail_problem
from publishing.models import Access, access
from publishing.staff import WrittenForm

SAID = "If there is such an account, a link is on its way to its address. It works for 3 days, once."
OFTEN = "Somebody asked often from your network just now. Wait an hour, or ask an administrator."
OF_NETWORK, OF_ACCOUNT = 10, 3  # an hour
HOUR = 3600  # seconds
MOST_NETWORKS = 10_000
log = logging.getLogger(__name__)
# Who waits for the answer must not learn from how long it takes whether a mail goes out.
post = ThreadPoolExecutor(2, thread_name_prefix="mail")


class Asked:
    """How often it was asked from each network in the last hour: in this process's memory, and lost with it."""

    def __init__(self, clock=time.monotonic):
        self.clock, self.lock, self.moments = clock, Lock(), OrderedDict()

    def too_often(self, network):
        """Count one more; whether that is too many."""
        with self.lock:
            moments, now = self.moments.setdefault(network, deque(maxlen=OF_NETWORK)), self.clock()
            self.moments.move_to_end(network)
            if len(self.moments) > MOST_NETWORKS:
                self.moments.popitem(last=False)
            if len(moments) == OF_NETWORK and now - moments[0] < HOUR:
                return True
            moments.append(now)
            return False


asked = Asked()


class ForgottenForm(WrittenForm):
    who = forms.CharField(
        label="Your user name, or your mail address",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


@never_cache
def forgotten(request):
    """Says the same to everybody, and takes the same time for it."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    said, code = "", 200
    if settings.HAS_MAIL and request.method == "POST" and form.is_valid():
        network = network_of(address_of(request))
        said, code = (OFTEN, 429) if asked.too_often(network) else (SAID, 200)
        if code == 200:
            send(form.cleaned_data["who"], network)
    told = {"title": "Forgot your password?", "form": form, "said": said, "has_mail": settings.HAS_MAIL}
    return render(request, "admin/people/forgotten.html", admin.site.each_context(request) | told, status=code)


def send(name, network):
    """A link for each account that is called so, or has that address; a line of the record in any case."""
    found = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name), is_active=True, is_staff=True)
    users = [one for one in found.exclude(email="")[:OF_ACCOUNT] if not _had_many(one)]
    for user in users:
        access.record(Access.Verb.ASK, people.subject(user), by=STRANGER, whom=user.get_username(), network=network)
        post.submit(_mail, people.letter(user, people.AGAIN)[1], user.email, user.pk)
    if not users:
        access.count(f"ask {network}", Access.Verb.ASK, by=STRANGER, network=network)


def _had_many(user):
    since = timezone.now() - datetime.timedelta(seconds=HOUR)
    lines = Access.objects.filter(subject=people.subject(user), verb=Access.Verb.ASK, at__gt=since)
    return lines.count() >= OF_ACCOUNT


def _mail(said, address, number):
    problem = mail_problem("A new password", said, address)
    if problem:
        log.warning("The link to set the password of account %s could not be mailed (%s).", number, problem)
