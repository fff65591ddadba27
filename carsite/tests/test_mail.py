"""Mail that does not go out: nothing is lost with it, and somebody is told."""

import os
import socketserver
import subprocess
import sys
import threading

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from carsite import environment as env
from carsite.tests.conftest import answer, in_a_year
from conftest import hand
from publishing.models import Reminder, ReviewLink

NOWHERE = "smtp://127.0.0.1:1"
TIMEOUT = (
    "import django; django.setup(); from django.core import mail; "
    "print((mail.mailers.default if hasattr(mail, 'mailers') else mail.get_connection()).timeout)"
)


class Talk(socketserver.StreamRequestHandler):
    """One talk with a mail server that refuses the addresses in `refused` and keeps whom it took a mail for."""

    def handle(self):
        self.say(220)
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
                self.say(550 if to in self.server.refused else 250)
            elif word == b"DATA":
                self.say(354)
                while self.rfile.readline() != b".\r\n":
                    pass
                self.server.taken.append(to)
                self.say(250)
            else:
                self.say(221 if word == b"QUIT" else 250)

    def say(self, code):
        self.wfile.write(f"{code} No such person\r\n".encode() if code == 550 else f"{code} Well\r\n".encode())


def use(address, settings, monkeypatch):
    settings.HAS_MAIL = True
    monkeypatch.setenv("EMAIL_URL", address)
    for name, value in env.mail().items():
        setattr(settings, name, value)


@pytest.fixture
def article(owned):
    return owned


@pytest.fixture
def no_server(settings, monkeypatch):
    use(NOWHERE, settings, monkeypatch)


@pytest.fixture
def server(settings, monkeypatch):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads, server.refused, server.taken = True, set(), []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        use(f"smtp://127.0.0.1:{server.server_address[1]}", settings, monkeypatch)
        yield server
        server.shutdown()


@pytest.fixture
def unreviewed(make_article, asha, meena):
    """A text of Asha's and one of Meena's that nobody has reviewed."""
    for owner in (asha, meena):
        owner.email = f"{owner.username}@example.org"
        owner.save()
        make_article(f"Of {owner.username}", owner=owner).publish(by=hand("import"), note="file.txt")


def invite(article, client, email="nila@example.org"):
    sent = {"name": "Dr Nila Rao", "email": email}
    return client.post(f"/admin/articles/article/{article.pk}/ask/", sent, follow=True)


def test_a_link_is_shown_although_the_mail_could_not_be_sent(article, asha, client, no_server):
    client.force_login(asha)
    page = invite(article, client)
    assert page.status_code == 200 and ReviewLink.objects.count() == 1
    assert "The mail could not be sent (Connection refused): give this link yourself." in page.text
    assert "/review/?k=" in page.text and "was mailed" not in page.text


def test_a_mail_server_that_refuses_the_address_says_why(article, asha, client, server):
    server.refused = {"nila@example.org"}
    client.force_login(asha)
    assert "No such person" in invite(article, client).text
    page = invite(article, client, "ravi@example.org")
    assert "The link was mailed to ravi@example.org." in page.text and server.taken == ["ravi@example.org"]


def test_without_a_mail_server_nobody_believes_that_a_link_was_mailed(article, asha, client, settings):
    settings.HAS_MAIL = False
    client.force_login(asha)
    assert "could not be sent (no mail server is set): give this link yourself." in invite(article, client).text


def test_a_judgement_is_kept_whatever_happens_to_the_mail(article, asha, client, server):
    asha.email = "asha\n@example.org"
    asha.save()
    client.force_login(asha)
    link = "/review/?k=" + invite(article, client, "").text.partition("/review/?k=")[2][:43]
    client.logout()
    done = answer(client, link, next_due_on=in_a_year())
    assert done.status_code == 200 and "recorded" in done.text and article.reviews.count() == 1
    assert server.taken == []


def test_one_address_that_fails_does_not_stop_the_others(unreviewed, server, capsys):
    server.refused = {"asha@example.org"}
    with pytest.raises(SystemExit) as ended:
        call_command("send_reminders")
    out, err = capsys.readouterr()
    assert ended.value.code == 1 and server.taken == ["meena@example.org"]
    assert "asha@example.org was not told of 1 thing (" in err and "No such person" in err and err.count("\n") == 1
    assert out == "1 thing told to 1 person.\n"
    server.refused, server.taken[:] = set(), []
    call_command("send_reminders")
    call_command("send_reminders")
    assert server.taken == ["asha@example.org"]


def test_when_the_server_is_down_nobody_counts_as_told(unreviewed, no_server, capsys):
    with pytest.raises(SystemExit):
        call_command("send_reminders")
    assert capsys.readouterr().err.count("Connection refused") == 2 and not Reminder.objects.exists()


def test_of_two_administrators_only_the_one_who_was_not_reached_is_told_again(make_article, meena, omar, server):
    for person in (meena, omar):
        person.groups.set(Group.objects.filter(name="administrators"))
        person.email = f"{person.username}@example.org"
        person.save()
    make_article().publish(by=hand("import"), note="file.txt")
    server.refused = {"meena@example.org"}
    with pytest.raises(SystemExit):
        call_command("send_reminders")
    server.refused = set()
    call_command("send_reminders")
    assert server.taken == ["omar@example.org", "meena@example.org"]
    assert Reminder.objects.count() == 1


def test_a_mail_server_that_does_not_answer_is_given_up_soon(tmp_path):
    environment = os.environ | {
        "EMAIL_URL": NOWHERE,
        "VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "carsite.settings",
    }
    ask = [sys.executable, "-c", TIMEOUT]
    told = subprocess.run(ask, cwd=site_settings.BASE_DIR, env=environment, capture_output=True, check=True, text=True)
    assert told.stdout == "10\n"
