"""The second factor: demanded where others can reach the log-in, and nobody is ever locked out for good."""

import datetime
import re
import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from carsite import environment as env
from carsite.staff import factor
from publishing.models import Access
from publishing.record import sentence

LOG_IN, SECOND, OWN = "/admin/login/", "/admin/second/", "/admin/second/own/"
RIGHT = {"username": "omar", "password": "a-long-pass-phrase"}


@pytest.fixture(autouse=True)
def _demanded(settings):
    settings.SECOND_FACTOR = True


def code(user):
    """What the app shows now, as if its last code had been used long ago."""
    device = TOTPDevice.objects.get(user=user)
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1, throttling_failure_count=0)
    return f"{totp(device.bin_key):06}"


def set_up(client, user):
    """Come in for the first time; the recovery codes."""
    assert client.post(LOG_IN, RIGHT | {"username": user.username}).url == SECOND
    client.get(SECOND)
    return client.post(SECOND, {"code": code(user)}).context["codes"]


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_who_has_no_app_sets_one_up_before_anything_opens(omar, client):
    assert client.post(LOG_IN, RIGHT).url == SECOND and not is_in(client)
    page = client.get(SECOND)
    assert (
        "You set it up once" in page.text
        and page["Cache-Control"].startswith("no-store")
        or "max-age=0" in page["Cache-Control"]
    )
    assert client.get("/admin/second/picture/").content.startswith(b"<?xml")
    assert "not right" in client.post(SECOND, {"code": "000000"}).text and not is_in(client)
    codes = client.post(SECOND, {"code": f" {code(omar)} "}).context["codes"]
    assert len(set(codes)) == 10 and is_in(client)
    assert client.get("/admin/second/picture/").status_code == 404
    said = [sentence(line) for line in Access.objects.order_by("seq")]
    assert any("Set up a second factor" in one for one in said) and "an app" in said[-1]
    assert not any(one.replace("-", "") in str(StaticToken.objects.values_list("token")) for one in codes)


def test_the_password_alone_or_a_wrong_code_opens_nothing(omar, client):
    set_up(Client(), omar)
    client.post(LOG_IN, RIGHT)
    assert "The second step" in client.get(SECOND).text
    TOTPDevice.objects.update(throttling_failure_count=6)  # now it waits for longer than a busy machine takes
    assert "not right" in client.post(SECOND, {"code": "123456"}).text
    assert "Too many wrong codes" in client.post(SECOND, {"code": "123457"}).text
    assert not is_in(client) and client.get(OWN).status_code == 302
    assert Access.objects.filter(verb="refuse", subject=f"account/{omar.pk}").exists()
    used = code(omar)
    assert client.post(SECOND, {"code": used}).url == "/admin/" and is_in(client)
    again = Client()
    again.post(LOG_IN, RIGHT)
    assert "not right" in again.post(SECOND, {"code": used}).text  # a code works once


def test_a_recovery_code_works_once_and_is_told(omar, client):
    codes = set_up(Client(), omar)
    client.post(f"{LOG_IN}?next=/admin/people/", RIGHT)
    assert client.post(SECOND, {"code": codes[0].upper().replace("-", " ")}).status_code == 302 and is_in(client)
    assert "a recovery code" in sentence(Access.head())
    again = Client()
    again.post(LOG_IN, RIGHT)
    again.post(SECOND, {"code": codes[0]})
    assert not is_in(again)
    assert "9 recovery codes left" in " ".join(client.get("/admin/password_change/").text.split())
    new = client.post(OWN, {"code": code(omar), "codes": ""}).context["codes"]
    assert len(new) == 10 and not set(new) & set(codes)


def test_half_a_log_in_runs_out_and_ends_with_the_password(omar, client):
    set_up(Client(), omar)
    client.post(LOG_IN, RIGHT)
    session = client.session
    session["half"] = session["half"] | {"at": session["half"]["at"] - 601}
    session.save()
    assert client.get(SECOND).url == LOG_IN
    client.post(LOG_IN, RIGHT)
    omar.set_password("another-long-phrase")
    omar.save()
    assert client.post(SECOND, {"code": code(omar)}).url == LOG_IN and not is_in(client)


def test_a_lost_telephone_locks_nobody_out_for_good(omar, asha, client, capsys):
    set_up(client, omar)
    set_up(theirs := Client(), asha)
    client.post(f"/admin/auth/user/{asha.pk}/end_factor/")
    assert not is_in(theirs) and Access.objects.filter(verb="end factor", subject=f"account/{asha.pk}").exists()
    assert client.post(f"/admin/auth/user/{omar.pk}/end_factor/").status_code == 403
    call_command("forget_factor", "omar")
    assert not is_in(client) and "sets up another" in capsys.readouterr().out
    assert len(set_up(client, omar)) == 10 and is_in(client)
    assert client.post(OWN, {"code": code(omar), "another": ""}).url == LOG_IN
    assert not is_in(client) and not TOTPDevice.objects.filter(user=omar).exists()


def test_a_log_in_from_before_it_was_demanded_ends(omar, client, settings):
    settings.SECOND_FACTOR = False
    assert client.post(LOG_IN, RIGHT).url == "/admin/" and is_in(client)
    settings.SECOND_FACTOR = True
    assert not is_in(client)


@pytest.mark.parametrize(("url", "is_local"), [("http://127.0.0.1:8000", True), ("https://guides.example.org", False)])
def test_it_is_demanded_where_others_can_reach_the_site(url, is_local):
    assert env.is_local(url) is is_local


def test_changing_the_password_ends_every_other_log_in(omar, client):
    set_up(client, omar)
    set_up_other = Client()
    set_up_other.post(LOG_IN, RIGHT)
    set_up_other.post(SECOND, {"code": code(omar)})
    assert is_in(set_up_other)
    new = {
        "old_password": RIGHT["password"],
        "new_password1": "another-long-phrase",
        "new_password2": "another-long-phrase",
    }
    assert client.post("/admin/password_change/", new).status_code == 302
    assert is_in(client) and not is_in(set_up_other)


def test_the_wait_after_wrong_codes_has_an_end(omar, client):
    set_up(client, omar)
    other = Client()
    other.post(LOG_IN, RIGHT)
    device = TOTPDevice.objects.filter(user=omar)
    five_minutes_ago = timezone.now() - datetime.timedelta(minutes=5)
    device.update(throttling_failure_count=40, throttling_failure_timestamp=five_minutes_ago)
    assert "not right" in other.post(SECOND, {"code": "000000"}).text
    assert device.get().throttling_failure_count == 41
    assert re.search(r"Wait 2[0-9]{2} seconds", other.post(SECOND, {"code": "000000"}).text)


def test_wrong_codes_of_an_app_keep_nobody_from_coming_in_by_paper(omar, client):
    codes = set_up(client, omar)
    other = Client()
    other.post(LOG_IN, RIGHT)
    for _wrong in range(3):
        other.post(SECOND, {"code": "000000"})
    assert "Wait" in other.post(SECOND, {"code": "000000"}).text
    other.post(SECOND, {"code": codes[0]})
    assert is_in(other)


def test_whoever_saw_the_secret_before_its_owner_has_nothing_of_it(omar, client):
    client.post(LOG_IN, RIGHT)
    client.get(SECOND)
    seen = TOTPDevice.objects.get(user=omar).bin_key
    set_up(Client(), omar)
    assert TOTPDevice.objects.get(user=omar).bin_key != seen


def guess(client, user, times):
    """Type wrong codes, each as if the wait after the one before were over; what the last page says."""
    for _one in range(times):
        long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        TOTPDevice.objects.filter(user=user).update(throttling_failure_timestamp=long_ago)
        said = client.post(SECOND, {"code": "000000"}).text
    return said


@pytest.fixture
def guessed(omar, client, settings):
    """Somebody who knows the password of the only administrator has guessed; (recovery codes, the guesser)."""
    settings.HAS_MAIL = True
    omar.email = "omar@example.org"
    omar.save()
    codes = set_up(client, omar)
    guesser = Client()
    guesser.post(LOG_IN, RIGHT)
    TOTPDevice.objects.filter(user=omar).update(throttling_failure_count=48)
    assert "not right" in guess(guesser, omar, 1)
    assert "codes of the app open nothing" in guess(guesser, omar, 1)
    return codes, guesser


def secret_code(user):
    return f"{totp(TOTPDevice.objects.get(user=user).bin_key):06}"


def test_guessing_at_codes_ends_and_the_owner_is_told_once(guessed, omar, client, mailoutbox):
    _codes, guesser = guessed
    guess(guesser, omar, 2)
    (mail,) = mailoutbox
    assert mail.to == ["omar@example.org"] and "Somebody knows your password" in mail.subject
    said = [sentence(line) for line in Access.objects.filter(verb="refuse", subject=f"account/{omar.pk}")]
    assert sum("the app’s are closed" in one for one in said) == 1
    # A right code, by luck, opens nothing either
    TOTPDevice.objects.filter(user=omar).update(last_t=-1)
    assert "open nothing" in guesser.post(SECOND, {"code": secret_code(omar)}).text and not is_in(guesser)
    assert is_in(client)  # who was in stays in
    assert "guessed at codes" in client.get(f"/admin/auth/user/{omar.pk}/change/").text


@pytest.mark.slow
def test_guesses_that_come_together_tell_the_owner_once(press, omar, client, settings, mailoutbox):
    settings.HAS_MAIL = True
    omar.email = "omar@example.org"
    omar.save()
    set_up(client, omar)
    guessers = [Client() for _one in range(3)]
    for one in guessers:
        one.post(LOG_IN, RIGHT)
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    device = TOTPDevice.objects.filter(user=omar)
    device.update(throttling_failure_count=49, throttling_failure_timestamp=long_ago)

    def guess_at_once(one):
        try:
            one.post(SECOND, {"code": "000000"})
        finally:
            connection.close()

    threads = [threading.Thread(target=guess_at_once, args=(one,)) for one in guessers]
    with transaction.atomic():  # all of them have looked whether they may, and wait for the lock
        device.select_for_update().get()
        for one in threads:
            one.start()
        time.sleep(1)
    for one in threads:
        one.join()
    assert len(mailoutbox) == 1 and factor.is_closed(omar)


def test_a_recovery_code_lets_the_owner_in_and_opens_the_app_again(guessed, omar):
    codes, _guesser = guessed
    own = Client()
    own.post(LOG_IN, RIGHT)
    assert own.post(SECOND, {"code": codes[0]}).url == "/admin/" and is_in(own)
    other = Client()
    other.post(LOG_IN, RIGHT)
    assert other.post(SECOND, {"code": code(omar)}).url == "/admin/"


def test_another_password_opens_the_app_again_and_shuts_out_who_guessed(guessed, omar, client):
    _codes, guesser = guessed
    new = {"old_password": RIGHT["password"]} | dict.fromkeys(["new_password1", "new_password2"], "another-long-phrase")
    assert client.post("/admin/password_change/", new).status_code == 302
    assert guesser.post(SECOND, {"code": secret_code(omar)}).url == LOG_IN
    own = Client()
    own.post(LOG_IN, RIGHT | {"password": "another-long-phrase"})
    TOTPDevice.objects.filter(user=omar).update(last_t=-1)
    assert own.post(SECOND, {"code": secret_code(omar)}).url == "/admin/" and is_in(own)


def test_who_does_not_know_the_password_closes_nothing(omar, client):
    set_up(client, omar)
    stranger = Client()
    for number in range(60):
        assert stranger.post(SECOND, {"code": f"{number:06}"}).url == LOG_IN
    own = Client()
    own.post(LOG_IN, RIGHT)
    assert own.post(SECOND, {"code": code(omar)}).url == "/admin/" and is_in(own)


def test_who_knew_the_password_before_never_sees_the_secret_that_the_owner_sets_up(omar):
    stranger, owner = Client(), Client()
    stranger.post(LOG_IN, RIGHT)
    assert "photograph" in stranger.get(SECOND).text
    set_up_by = owner.post(LOG_IN, RIGHT).url
    assert stranger.get(SECOND).url == LOG_IN and stranger.get("/admin/second/picture/").status_code == 404
    assert owner.post(set_up_by, {"code": code(omar)}).context["codes"]
    page = stranger.get(SECOND).text
    assert "The second step" in page and "photograph" not in page and not is_in(stranger)
