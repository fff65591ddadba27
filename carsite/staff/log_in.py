"""The log-in takes turns, so that no number of passwords, right or wrong, takes the site from those who read it.

All is counted in this process's memory, and lost with it: what must not be forgotten stands in the database already.
"""

import ipaddress
import threading
import time
from collections import Counter, OrderedDict, deque
from contextlib import contextmanager

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from publishing.staff import Written

# Log-ins at once in one process, of its 32 threads: the others stay free for readers.
PLACES = 16
# Wrong passwords of one network address that cost nothing: a hospital is one address, and people mistype.
FREE = 10
FORGOTTEN_AFTER = 900  # seconds
# From then on: log-ins at once of that address, and seconds after each wrong password, more with each.
OF_ONE, STEP, LONGEST_PAUSE = 3, 0.25, 4.0
MOST_ADDRESSES = 10_000

BUSY = "Many people are logging in at this moment. Wait a few seconds, then log in again."
SLOWED = "Many wrong passwords came from your network just now. Nothing is locked: wait a few seconds, then try again."


class TurnsHasher(PBKDF2PasswordHasher):
    """Hashing is dear by intent; one password at a time in each process leaves the processor to the readers."""

    turn = threading.Lock()

    def encode(self, *given, **told):
        with self.turn:
            return super().encode(*given, **told)


class LogIns:
    """Who is at the log-in now, and from where wrong passwords came lately: the newest of the newest addresses."""

    def __init__(self, pause=time.sleep, clock=time.monotonic):
        self.pause, self.clock = pause, clock
        self.lock, self.here, self.wrong = threading.Lock(), Counter(), OrderedDict()

    @contextmanager
    def place(self, address):
        """A place to try a password. Raises ValidationError where there is none; a wrong one is slow to leave."""
        network = network_of(address)
        with self.lock:
            if self.here.total() >= PLACES:
                raise forms.ValidationError(BUSY)
            if self.here[network] >= OF_ONE and self.too_many(network) > 0:
                raise forms.ValidationError(SLOWED)
            self.here[network] += 1
        try:
            yield
        except forms.ValidationError:
            with self.lock:
                self.count_wrong(network)
                seconds = min(LONGEST_PAUSE, STEP * self.too_many(network))
            if seconds > 0:
                self.pause(seconds)
            raise
        finally:
            with self.lock:
                self.here -= Counter({network: 1})  # and one with nobody left is forgotten

    def too_many(self, network):
        """How many more wrong passwords than cost nothing came from there lately; below 1 where none."""
        moments = self.wrong.get(network, ())
        return sum(self.clock() - moment < FORGOTTEN_AFTER for moment in moments) - FREE

    def count_wrong(self, network):
        moments = self.wrong.setdefault(network, deque(maxlen=FREE + round(LONGEST_PAUSE / STEP)))
        moments.append(self.clock())
        self.wrong.move_to_end(network)
        if len(self.wrong) > MOST_ADDRESSES:
            self.wrong.popitem(last=False)


def address_of(request) -> str | None:
    """Where a log-in comes from: behind a proxy what the proxy itself says, which a stranger cannot forge."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR")


def network_of(address):
    """The address; of IPv6 the half that names the network, since whoever has one has all behind it."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


log_ins = LogIns()


class LogInForm(Written, AdminAuthenticationForm):
    def clean(self):
        with log_ins.place(address_of(self.request)):
            return super().clean()
