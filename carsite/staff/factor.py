"""The second factor of the log-in: a code from an app on somebody's telephone, or a recovery code on paper.

What it demands of whom stands here; the pages stand beside it. docs/decisions/0027-second-factor.md.
"""

import base64
import hashlib
import secrets

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from carsite.staff import people
from carsite.staff.leaving import sessions
from publishing.models import Access, access

APP, PAPER = "an app", "a recovery code"
CODES, LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper
ROUNDS = 50_000
DIGITS = 6  # of an app
# Each wrong code doubles the wait, up to 2**9 seconds: who has the password cannot close the account for its owner.
MOST_WRONG = 9
WAIT = "Too many wrong codes. Wait {} seconds, then try the next code."
# Wrong codes of an app since its last right one: then somebody is guessing who knows the password.
MOST_GUESSES = 50
CLOSED = (
    "Somebody who knows this password has guessed at codes, so codes of the app open nothing any more. Log in with a "
    "recovery code and then set another password; or set another one first (“Forgot your password?”, or ask an "
    "administrator or the operator): then codes of the app are taken again."
)
PASSWORD_SET = [Access.Verb.SET_PASSWORD, Access.Verb.OWN_PASSWORD, Access.Verb.ACCEPT]


def device_of(user):
    """The app that somebody set up, or None."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).first()


def begun(user):
    """An app that is being set up: its secret stays the same until a code of it has come."""
    device = TOTPDevice.objects.devices_for_user(user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def begin(user):
    """At each right password. Of who has no app yet: another secret, that nobody has seen before; its key, or None.

    Else what was guessed is forgotten if the password was set since: whoever guessed does not know this one.
    """
    device = device_of(user)
    if device is None:
        TOTPDevice.objects.devices_for_user(user, confirmed=False).delete()
        return begun(user).pk
    if last := device.throttling_failure_timestamp:
        lines = Access.objects.filter(subject=people.subject(user), verb__in=PASSWORD_SET, at__gte=last)
        if lines.exists():
            device.throttle_reset()
    return None


def is_closed(user):
    """Whether so many codes of the app were wrong that somebody is guessing: then only paper opens, and resets it."""
    return _is_guessed(device_of(user))


def _is_guessed(device):
    is_app = isinstance(device, TOTPDevice) and device.confirmed
    return is_app and device.throttling_failure_count >= MOST_GUESSES


def address_for(device):
    """What the picture that an app reads says: the secret, and whose it is where."""
    site = settings.SITE_URL.partition("://")[2]
    return device.config_url.replace("otpauth://totp/", f"otpauth://totp/{site}:", 1) + f"&issuer={site}"


def typed_by_hand(device):
    """The secret in groups of four, for who cannot photograph."""
    secret = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@transaction.atomic
def confirm(user, code, *, by):
    """Take the app that is being set up into use, by a code of it; return recovery codes, or None if it is wrong."""
    device = begun(user)
    if not _passes(device, code):
        return None
    TOTPDevice.objects.devices_for_user(user, confirmed=True).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    access.record(Access.Verb.FACTOR, people.subject(user), by=by, whom=user.get_username())
    return new_codes(user)


@transaction.atomic
def passed(user, code):
    """By what somebody comes in with that code: the app or paper; None where it is wrong, or comes too soon."""
    device, by, plain = _meant(user, code)
    if not device or not _passes(device, plain if by == APP else _digest(device, plain)):
        return None
    if by == PAPER and (app := device_of(user)):
        app.throttle_reset()  # the owner is there
    return by


def _meant(user, code):
    """(what the code is of, an app or paper, the code as it is compared): each has its own wait after wrong ones.

    So who has the password, and types numbers, keeps nobody from coming in by paper.
    """
    plain = "".join(code.split()).replace("-", "").lower()
    is_of_app = plain.isdecimal() and len(plain) == DIGITS
    return (device_of(user), APP, plain) if is_of_app else (_paper(user), PAPER, plain)


def _passes(device, code):
    """Whether it is right; of an app no code twice. What was wrong is counted until one is right."""
    kept = type(device).objects.select_for_update(no_key=True).get(pk=device.pk)
    wrong, allowed = kept.throttling_failure_count, not _is_guessed(kept) and _allowed(kept)[0]
    is_right = allowed and kept.verify_token(code)
    if allowed and not is_right:
        type(device).objects.filter(pk=device.pk).update(throttling_failure_count=wrong + 1)
    return is_right


def _allowed(device):
    """As django-otp says it, but the wait grows no longer than makes sense, however many were wrong."""
    device.throttling_failure_count = min(device.throttling_failure_count, MOST_WRONG)
    return device.verify_is_allowed()


def closes(user, code):
    """Whether this wrong code was the one too many: then its owner is told, once, though others came beside it."""
    device, by, _plain = _meant(user, code)
    if by != APP or not is_closed(user):
        return False
    # Whoever counts on from that number tells: the database lets one do it.
    last = type(device).objects.filter(pk=device.pk, throttling_failure_count=MOST_GUESSES)
    return bool(last.update(throttling_failure_count=MOST_GUESSES + 1))


def waits(user, code):
    """A sentence where codes of this sort open nothing now, or came too often; else nothing."""
    device, by, _plain = _meant(user, code)
    if by == APP and is_closed(user):
        return CLOSED
    allowed, told = _allowed(device) if device else (True, None)
    if allowed:
        return ""
    return WAIT.format(max(1, round((told["locked_until"] - timezone.now()).total_seconds())))


def _paper(user):
    return StaticDevice.objects.devices_for_user(user, confirmed=True).first()


def codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


def _digest(device, code):
    """What is kept of a recovery code, so that nobody who reads the database, or a backup of it, can use one."""
    made = hashlib.pbkdf2_hmac("sha256", code.encode(), f"recovery {device.pk}".encode(), ROUNDS)
    return made.hex()[:16]


@transaction.atomic
def new_codes(user):
    """Ten codes, each of which works once; the old ones end. They are shown now, and never again."""
    StaticDevice.objects.devices_for_user(user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(device, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def take_away(user, *, by):
    """End somebody's second factor and each of their log-ins: the next one sets another up. Returns whether one was."""
    had = bool(device_of(user))
    TOTPDevice.objects.devices_for_user(user).delete()
    StaticDevice.objects.devices_for_user(user).delete()
    Session.objects.filter(pk__in=sessions(user)).delete()
    if had:
        access.record(Access.Verb.END_FACTOR, people.subject(user), by=by, whom=user.get_username())
    return had
