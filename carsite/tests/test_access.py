"""The access record: who came in, who may do what, and who took what out; chained, and cut without breaking."""

import datetime
import getpass
import json
import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from carsite.tests.conftest import answer, in_a_year
from conftest import alter, edit, hand, judge, person, when
from publishing.models import Access, Hand, Line, Reviewer, access
from publishing.record import heads, holds, read, sentence

PASSWORD = "a-long-pass-phrase"


def verbs():
    return list(Access.objects.order_by("seq").values_list("verb", flat=True))


def log_in(client, name, password=PASSWORD, **more):
    return client.post("/admin/login/", {"username": name, "password": password}, **more)


def test_who_comes_in_and_leaves_stands_there(asha, client):
    log_in(client, "asha")
    client.post("/admin/logout/")
    first, last = Access.objects.order_by("seq")
    assert (first.verb, first.by_name, first.subject) == ("log in", "Asha", f"account/{asha.pk}")
    assert "127.0.0.1" in sentence(first) and (last.verb, last.by_account) == ("log out", asha.pk)
    call_command("verify_ledger")


def test_refused_log_ins_are_one_line_an_hour_and_never_name_what_may_be_a_password(asha, client, settings):
    settings.AXES_ENABLED = False
    for name in ("my secret password", "asha", "asha"):
        assert log_in(client, name, "wrong").status_code == 200
    [line] = Access.objects.all()
    assert (line.verb, line.subject) == ("refuse", "") and "secret" not in line.detail
    log_in(client, "asha", "wrong", REMOTE_ADDR="10.0.0.9")
    assert Access.head().told()["whom"] == "asha"
    later = timezone.now() - datetime.timedelta(hours=2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_counted SET began_at = %s", [later])
    log_in(client, "nobody", "wrong")
    assert Access.head().told()["before"] == 2 and "2 more" in sentence(Access.head())


def test_what_is_changed_of_an_account_stands_there_from_and_to(omar, client):
    client.force_login(omar)
    new = {"name": "Nila Rao", "mail": "nila@example.org", "roles": ["writers"]}
    client.post("/admin/auth/user/add/", new)
    nila = User.objects.get(username="nila")
    changed = {"name": "Nila Rau", "mail": "other@example.org", "roles": ["publishers"]}
    client.post(f"/admin/auth/user/{nila.pk}/change/", changed)
    client.post(f"/admin/auth/user/{nila.pk}/leaves/")
    client.post(f"/admin/auth/user/{nila.pk}/open/")
    assert verbs() == ["make", "give", "rename", "mail", "give", "take", "close", "open"]
    assert set(Access.objects.values_list("subject", "by_name")) == {(f"account/{nila.pk}", "Omar")}
    said = [sentence(line) for line in Access.objects.order_by("seq")]
    assert (
        "from “nila@example.org” to “other@example.org”" in said[3] and said[5] == "Took from nila the role “writers”."
    )


def test_who_sets_their_own_password_is_told_from_who_sets_anothers(asha, client):
    client.force_login(asha)
    new = {"old_password": PASSWORD, "new_password1": "another-long-phrase", "new_password2": "another-long-phrase"}
    assert client.post("/admin/password_change/", new).status_code == 302
    assert verbs() == ["own password"]


def test_whom_the_operator_lets_in_by_a_command_stands_there(db, monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-long-pass-phrase")
    call_command("createsuperuser", interactive=False, username="root", email="root@clinic.example")
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "another-long-pass-phrase")
    call_command("changepassword", "root")
    assert [(line.verb, json.loads(line.detail)["whom"], line.by_name) for line in Access.objects.order_by("seq")] == [
        (Access.Verb.MAKE, "root", "operator"),
        (Access.Verb.GIVE, "root", "operator"),
        (Access.Verb.SET_PASSWORD, "root", "operator"),
    ]


def test_a_page_without_the_right_to_it_is_counted(asha, client):
    client.force_login(asha)
    for _again in range(3):
        assert client.get("/admin/auth/user/").status_code == 403
    [line] = Access.objects.all()
    assert (line.verb, line.told()["path"], line.by_name) == ("forbid", "/admin/auth/user/", "Asha")


def test_what_is_taken_out_stands_there(guide, asha, client):
    client.force_login(asha)
    client.get(f"/admin/complaint/{when(Line.objects.moment_of_reading())}{guide.address()}").getvalue()
    client.get("/admin/recall/?q=cell&csv=1")
    assert verbs() == ["complaint", "table"]
    assert Access.objects.order_by("seq").first().subject == guide.name


def test_a_link_is_told_from_its_making_to_its_answer(make_article, asha, client, settings):
    article = make_article()
    client.force_login(asha)
    client.post(f"/admin/articles/article/{article.pk}/ask/", {"name": "Dr Nila Rao"})
    said = map(str, client.get(f"/admin/articles/article/{article.pk}/ask/").context["messages"])
    address = next(one for one in said if "/review/" in one)
    client.logout()
    path = address[address.index("/review/") :]
    for _again in range(2):
        assert client.get(path).status_code == 200
    assert verbs() == ["link", "open link"]
    assert Access.head().told()["whom"] == "Dr Nila Rao"


def test_administrators_read_it_in_sentences_and_as_a_table(asha, omar, client):
    log_in(client, "asha")
    client.force_login(omar)
    page = client.get("/admin/publishing/access/").text
    assert "Asha logged in, from the address “127.0.0.1”." in page
    table = b"".join(client.get("/admin/publishing/access/table.csv")).decode()
    assert "Logged in" in table and table.count("\n") == 3
    client.force_login(asha)
    assert client.get("/admin/publishing/access/").status_code == 403
    assert client.get("/admin/publishing/access/table.csv").status_code == 403


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE publishing_access SET by_name = 'Other' WHERE seq = 1",
        "UPDATE publishing_access SET verb = 'log out' WHERE seq = 1",
        "UPDATE publishing_access SET by_name = '', by_account = NULL, by_salt = '' WHERE seq = 2",
        "DELETE FROM publishing_access WHERE seq = 2",
    ],
)
def test_an_altered_line_is_refused_and_noticed(sql, asha, db):
    for _again in range(3):
        access.record("log in", "account/1", by=hand(asha))
    if "NULL" not in sql:
        with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    alter(sql)
    with pytest.raises(CommandError, match="of the access record"):
        call_command("verify_ledger")


def test_cut_by_its_age_it_still_verifies_and_an_older_anchor_holds(asha, make_article):
    make_article().publish(by=hand("Meena"), note="First")
    for _again in range(3):
        access.record("log in", "account/1", by=hand(asha), network="10.0.0.1")
    noted = heads()
    assert read(noted).access.seq == 3
    assert access.cut(timezone.now(), by=Hand.command("daily")) == 3
    assert "Asha" not in repr(list(Access.objects.values())) and "10.0.0.1" not in repr(list(Access.objects.values()))
    call_command("verify_ledger")
    assert holds(read(noted))[0]
    alter("UPDATE publishing_access SET hash = 'other' WHERE seq = 3")
    assert not holds(read(noted))[0]
    assert access.cut(timezone.now() - datetime.timedelta(days=1), by=Hand.command("daily")) is None


def test_many_at_once_make_one_chain(press):
    import threading

    def come():
        access.record("log in", "account/1", by=Hand("Asha"))
        connection.close()

    threads = [threading.Thread(target=come) for _number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert list(Access.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_an_owner_sets_the_password_by_the_address_that_was_mailed_and_a_third_person_confirms(
    omar, meena, client, settings
):
    settings.HAS_MAIL = True
    nila = User.objects.create_user("nila", email="nila@example.org", first_name="Nila", is_staff=True)
    client.force_login(omar)
    page = client.post(f"/admin/auth/user/{nila.pk}/invite/", follow=True)
    assert "was mailed to nila@example.org" in page.text and "/admin/invitation/" not in page.text
    address = re.search(r"/admin/invitation/\S+", mail.outbox[-1].body)[0]
    client.logout()
    form = client.get(address, follow=True)
    new = {"new_password1": "another-long-phrase", "new_password2": "another-long-phrase"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert "Your password is set" in done.text and log_in(client, "nila", "another-long-phrase").status_code == 302
    client.logout()
    assert "has been used, or has run out" in client.get(address, follow=True).text
    client.force_login(omar)
    access.record("make", f"account/{nila.pk}", by=hand(omar))
    assert "cannot confirm it" in client.post(f"/admin/auth/user/{nila.pk}/confirm/", follow=True).text
    other = person("Olga", "administrators")
    client.force_login(other)
    assert "You have confirmed" in client.post(f"/admin/auth/user/{nila.pk}/confirm/", follow=True).text
    assert verbs() == ["invite", "accept", "log in", "make", "confirm"]
    assert not access.is_vouched(f"account/{nila.pk}", {omar.pk}, nila.pk)
    access.record("accept", f"account/{nila.pk}", by=hand(nila))
    assert access.is_vouched(f"account/{nila.pk}", {omar.pk}, nila.pk)


def test_without_mail_the_invitation_is_printed_by_the_operators_command(omar, client, capsys):
    nila = User.objects.create_user("nila", is_staff=True)
    client.force_login(omar)
    assert "manage.py invite nila" in client.post(f"/admin/auth/user/{nila.pk}/invite/", follow=True).text
    assert verbs() == []
    call_command("invite", "nila", "--confirmed")
    address = re.search(r"/admin/invitation/\S+", capsys.readouterr().out)[0]
    client.logout()
    assert "Set your password" in client.get(address, follow=True).text
    assert verbs() == ["invite", "confirm"] and Access.head().told()["by_command"]
    with pytest.raises(CommandError, match="Nobody here is called"):
        call_command("invite", "nobody")


def test_a_listed_reviewer_gets_the_link_alone_and_it_counts(make_article, asha, omar, meena, client, settings):
    settings.HAS_MAIL = True
    client.force_login(omar)
    client.post("/admin/publishing/reviewer/add/", {"name": "Dr Nila Rao", "email": "nila@example.org"})
    nila = Reviewer.objects.get()
    article = make_article(by=hand(asha))
    client.force_login(asha)
    url = f"/admin/articles/article/{article.pk}/ask/"
    assert "Choose somebody from the list" in client.post(url, {"name": " "}).text
    page = client.post(url, {"listed": nila.pk}, follow=True)
    assert "was mailed to nila@example.org" in page.text and "/review/?k=" not in page.text
    address = re.search(r"/review/\?k=\S+", mail.outbox[-1].body)[0]
    client.logout()
    assert "recorded" in answer(client, address, next_due_on=in_a_year()).text
    assert article.publish(by=hand(meena), note="First").emergency_reason == ""
    assert verbs() == ["list", "link", "open link", "answer link"]
    settings.HAS_MAIL = False
    client.force_login(asha)
    assert "so the link was taken back" in client.post(url, {"listed": nila.pk}, follow=True).text


def test_the_page_of_publishing_says_what_patients_read_about_checks_before_and_after(
    make_article, asha, ravi, meena, client
):
    article = make_article(by=hand(asha))
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    edit(article, asha, lead="Another lead.")
    client.force_login(meena)
    page = client.get(f"/admin/articles/article/{article.pk}/publish/").text
    assert "Patients read of this text now: checked by Ravi on" in page
    assert "by Ravi. Since then small changes of wording, not checked”" in page
    edit(article, asha, body="Call 111.")
    page = client.get(f"/admin/articles/article/{article.pk}/publish/").text
    assert "After this: not yet checked." in page
