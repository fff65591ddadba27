"""A forgotten password: its owner gets a link by mail, and nobody else learns anything."""

import re
import time

import pytest
from django.contrib.auth.models import User
from django.core import mail

from carsite.staff import forgotten
from carsite.staff.forgotten import HOUR, OF_ACCOUNT, OF_NETWORK, Asked
from publishing.models import Access
from publishing.record import sentence

URL = "/admin/forgotten/"


@pytest.fixture(autouse=True)
def nobody_asked(monkeypatch, settings):
    settings.HAS_MAIL = True
    monkeypatch.setattr(forgotten, "asked", Asked())


@pytest.fixture
def nila(db):
    return User.objects.create_user("nila", email="nila@clinic.example", password="a-long-pass-phrase", is_staff=True)


def mails(count):
    """The mails that went out: they go in their own time, so that nobody can measure them."""
    for _attempt in range(100):
        if len(mail.outbox) >= count:
            break
        time.sleep(0.02)
    return mail.outbox


def shown(answer):
    """What a page says, without the token that is another each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)


def test_the_log_in_leads_there_and_the_link_sets_a_new_password(nila, client):
    assert f'href="{URL}"' in client.get("/admin/login/").text
    for who in ("nila", "NILA@clinic.example"):
        client.post(URL, {"who": who})
    [first, second] = mails(2)
    assert first.to == ["nila@clinic.example"] and "Your user name is nila." in first.body
    address = re.search(r"/admin/invitation/\S+", second.body)[0]
    form = client.get(address, follow=True)
    new = {"new_password1": "another-long-phrase", "new_password2": "another-long-phrase"}
    client.post(form.redirect_chain[-1][0], new)
    came = client.post("/admin/login/", {"username": "nila", "password": "another-long-phrase"})
    assert came.status_code == 302
    assert list(Access.objects.order_by("seq").values_list("verb", flat=True)) == ["ask", "ask", "accept", "log in"]
    said = sentence(Access.objects.get(seq=1))
    assert said == "Asked at the log-in for a link to set the password of nila, from the address “127.0.0.1”."


def test_nobody_learns_whether_there_is_an_account(nila, client):
    User.objects.create_user("closed", email="closed@clinic.example", is_active=False, is_staff=True)
    User.objects.create_user("mailless", is_staff=True)
    answers = [client.post(URL, {"who": who}) for who in ("nila", "nobody", "closed@clinic.example", "mailless")]
    assert len({(answer.status_code, shown(answer)) for answer in answers}) == 1
    assert [one.to for one in mails(1)] == [["nila@clinic.example"]]


def test_one_account_gets_a_few_mails_an_hour_whoever_asks(nila, client):
    for number in range(OF_ACCOUNT + 3):
        assert "a link is on its way" in client.post(URL, {"who": "nila"}, REMOTE_ADDR=f"10.0.0.{number}").text
    assert len(mails(OF_ACCOUNT + 1)) == OF_ACCOUNT


def test_one_network_asks_a_few_times_an_hour_whatever_the_name(nila, client):
    for number in range(OF_NETWORK):
        assert client.post(URL, {"who": f"nobody{number}"}).status_code == 200
    for who in ("nila", "nobody"):
        answer = client.post(URL, {"who": who})
        assert answer.status_code == 429 and "Somebody asked often from your network" in answer.text
    assert client.post(URL, {"who": "nobody"}, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert Access.objects.count() == 2, "what strangers ask is counted by the hour"


def test_an_hour_later_it_may_be_asked_again():
    asked = Asked(clock=lambda: asked.now)
    asked.now = 0.0
    assert [asked.too_often("a") for _time in range(OF_NETWORK + 1)] == [False] * OF_NETWORK + [True]
    asked.now = HOUR + 1.0
    assert not asked.too_often("a")


def test_where_no_mail_goes_out_the_page_says_whom_to_ask(nila, client, settings):
    settings.HAS_MAIL = False
    assert "This site sends no mail. Ask an administrator" in client.get(URL).text
    assert "This site sends no mail" in client.post(URL, {"who": "nila"}).text and not mail.outbox


def test_who_changes_the_password_is_logged_out_everywhere_else(nila, client):
    from django.test import Client

    other = Client()
    for one in (client, other):
        one.force_login(nila)
    new = {"old_password": "a-long-pass-phrase"}
    new |= {"new_password1": "another-long-phrase", "new_password2": "another-long-phrase"}
    assert "user name nila, nila@clinic.example" in client.get("/admin/password_change/").text
    page = client.post("/admin/password_change/", new, follow=True)
    assert "Your password is changed. You are logged out everywhere else." in page.text
    assert other.get("/admin/").status_code == 302 and client.get("/admin/").status_code == 200
