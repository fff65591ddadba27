"""The log-in: who waits for whom when many come at once, and what wrong passwords cost."""

import re
import shutil
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.cookiejar import CookieJar

import pytest
from django import forms
from django.contrib.auth.hashers import check_password, make_password

from carsite.staff import log_in
from carsite.staff.log_in import FREE, LONGEST_PAUSE, MOST_ADDRESSES, OF_ONE, PLACES, LogIns
from carsite.tests.conftest import House


@pytest.fixture
def door():
    """A log-in whose pauses are written down, not waited for, and whose clock is turned by hand."""
    door = LogIns(pause=lambda seconds: door.pauses.append(seconds), clock=lambda: door.now)
    door.pauses, door.now = [], 0.0
    return door


def mistype(door, address, times=1):
    for _ in range(times):
        with pytest.raises(forms.ValidationError, match="wrong"), door.place(address):
            raise forms.ValidationError("wrong")


def test_wrong_passwords_slow_down_their_address_more_and_more_up_to_a_limit(door):
    mistype(door, "192.0.2.1", FREE)
    assert door.pauses == []
    mistype(door, "192.0.2.1", 40)
    assert door.pauses == sorted(door.pauses) and door.pauses[0] < 1 and door.pauses[-1] == LONGEST_PAUSE
    mistype(door, "192.0.2.2")
    assert len(door.pauses) == 40


def test_a_right_password_is_never_slowed_down_nor_refused_where_wrong_ones_came_from(door):
    mistype(door, "192.0.2.1", 1000)
    del door.pauses[:]
    with door.place("192.0.2.1"):
        pass
    assert door.pauses == []


def test_wrong_passwords_are_forgotten_after_a_quarter_of_an_hour(door):
    mistype(door, "192.0.2.1", 100)
    door.now, door.pauses = 901.0, []
    mistype(door, "192.0.2.1")
    assert door.pauses == []


def test_a_network_of_ipv6_is_one_address(door):
    for number in range(FREE + 1):
        mistype(door, f"2001:db8::{number:x}")
    assert len(door.pauses) == 1


def test_an_address_with_wrong_passwords_takes_a_few_places_and_leaves_the_others(door):
    mistype(door, "192.0.2.1", FREE + 1)
    held = [door.place("192.0.2.1") for _ in range(OF_ONE)]
    for one in held:
        one.__enter__()
    with pytest.raises(forms.ValidationError, match="Nothing is locked"), door.place("192.0.2.1"):
        pass
    with door.place("192.0.2.2"):
        pass
    for one in held:
        one.__exit__(None, None, None)
    with door.place("192.0.2.1"):
        pass


def test_more_than_the_places_are_told_to_come_again(door):
    held = [door.place(f"192.0.2.{number}") for number in range(PLACES)]
    for one in held:
        one.__enter__()
    with pytest.raises(forms.ValidationError, match="Wait a few seconds"), door.place("192.0.2.99"):
        pass
    for one in held:
        one.__exit__(None, None, None)
    assert not door.here


def test_what_is_remembered_of_addresses_has_an_end(door):
    for number in range(MOST_ADDRESSES + 50):
        mistype(door, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    mistype(door, "192.0.2.1", 200)
    assert len(door.wrong) == MOST_ADDRESSES and max(map(len, door.wrong.values())) < 50 and not door.here


@pytest.mark.parametrize("address", ["", None, "unknown", "10.0.0.1:80"])
def test_an_address_that_is_none_is_slowed_down_with_its_like(door, address):
    mistype(door, address, FREE + 1)
    assert len(door.pauses) == 1


def test_the_log_in_is_slowed_by_wrong_passwords_for_many_names(client, asha, monkeypatch, settings):
    door = LogIns(pause=lambda seconds: pauses.append(seconds))
    pauses = []
    monkeypatch.setattr(log_in, "log_ins", door)
    for number in range(FREE + 3):
        forged = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": f"10.0.0.{number}"}
        page = client.post("/admin/login/", {"username": f"nobody-{number}", "password": "wrong"}, **forged)
        assert "Please enter the correct" in page.text
    assert len(pauses) == 3
    settings.BEHIND_PROXY = True
    client.post("/admin/login/", {"username": "nobody", "password": "wrong"}, **forged)
    assert len(pauses) == 3
    right = {"username": "asha", "password": "a-long-pass-phrase"}
    assert client.post("/admin/login/", right, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_passwords_are_hashed_one_at_a_time(settings):
    settings.PASSWORD_HASHERS = ["carsite.staff.log_in.TurnsHasher"]
    kept = make_password("a-long-pass-phrase")
    assert kept.startswith("pbkdf2_sha256$") and check_password("a-long-pass-phrase", kept)
    waiting = threading.Thread(target=make_password, args=("another",))
    with log_in.TurnsHasher.turn:
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join()


def wait_for(base):
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(base + "/health/", timeout=20):
            return
        time.sleep(0.1)


def log_in_to(base):
    """A person at the log-in page, who has just pressed the button: what the site answers, and whether it let them in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(base + "/admin/login/", timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    def press(username, password):
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "username": username, "password": password})
        try:
            with browser.open(base + "/admin/login/", sent.encode(), timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()

    return press


@pytest.mark.night  # the drill log_ins_at_once holds the same
@pytest.mark.slow
@pytest.mark.xdist_group("processes")
def test_readers_do_not_wait_for_sixty_four_log_ins(tmp_path, furnished):
    house = House(shutil.copytree(furnished, tmp_path / "house"), "")
    passwords = tmp_path / "house" / "first-passwords.txt"
    try:
        house.run("collectstatic", "--noinput", "--verbosity", "0")
        base = house.serve()
        wait_for(base)
        people = [log_in_to(base) for _ in range(64)]
        read, is_over, count = f"{base}/articles/car-t-cell-therapy/", threading.Event(), []

        def reader():
            while not is_over.is_set():
                with urllib.request.urlopen(read, timeout=60) as answer:
                    count.append(answer.status)

        with ThreadPoolExecutor(65) as crowd:
            reading = crowd.submit(reader)
            told = list(crowd.map(lambda one: one[1](f"nobody-{one[0]}", "wrong"), enumerate(people)))
            is_over.set()
            reading.result()
        tried = [page for _code, page in told if "Please enter the correct" in page]
        refused = [page for _code, page in told if log_in.BUSY in page or log_in.SLOWED in page]
        assert len(tried) + len(refused) == 64 and len(tried) >= FREE
        # To hash one password takes as long as a hundred stored pages; without turns a reader got one or two in all.
        assert len(count) > 5 * len(tried)
        code, page = people[0](
            "administrator", re.search(r"^administrator +(\S+)", passwords.read_text(), re.MULTILINE)[1]
        )
        assert code == 200 and "Log out" in page
    finally:
        house.stop()
