"""The pages of people: who is invited, changed, and what administrators cannot do by mistake; the frame's number."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from carsite.tests.conftest import change_url
from conftest import by_link, edit, hand, person
from publishing.models import Access, Frame, Reviewer, access

PEOPLE = "/admin/auth/user/"
ONLY = "This is the only administrator: make somebody else one first."
NILA = {"name": "Nila  Rao", "mail": "nila@clinic.example", "roles": ["writers", "publishers"]}


def page_of(user, name="change"):
    return f"{PEOPLE}{user.pk}/{name}/"


def saved(client, user, **changes):
    """Save the page of that person, who stays an administrator unless told otherwise."""
    return client.post(page_of(user), {"name": user.get_full_name(), "roles": ["administrators"]} | changes)


def roles_of(user):
    return {group.name for group in user.groups.all()}


def test_who_is_invited_gets_an_account_its_roles_and_a_mail_to_set_a_password(omar, client, settings):
    settings.HAS_MAIL = True
    client.force_login(omar)
    page = client.post(f"{PEOPLE}add/", NILA, follow=True).text
    assert "The invitation was mailed to nila@clinic.example." in page and "/admin/invitation/" not in page
    nila = User.objects.get(email="nila@clinic.example")
    assert (nila.username, nila.first_name, nila.last_name) == ("nila", "Nila", "Rao")
    assert nila.is_staff and not nila.has_usable_password() and roles_of(nila) == {"writers", "publishers"}
    row = re.search(r"<tr>(?:(?!</tr>).)*Nila Rao.*?</tr>", page, re.DOTALL)[0]
    assert "Invited" in row and "Writes, publishes" in row and "0 guides" in row and "not yet" in row
    assert "Your user name is nila." in mail.outbox[-1].body and "/admin/invitation/" in mail.outbox[-1].body
    verbs = list(Access.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["make", "give", "give", "invite"]


def test_two_with_one_name_before_the_at_get_two_user_names_and_no_two_one_address(omar, client):
    User.objects.create_user("NILA.RAO")
    client.force_login(omar)
    client.post(f"{PEOPLE}add/", NILA | {"mail": "Nila.Rao@clinic.example"})
    assert User.objects.filter(username="nila.rao2").exists()
    client.post(f"{PEOPLE}add/", NILA)
    page = client.post(f"{PEOPLE}add/", NILA | {"mail": "NILA@clinic.example", "name": "Another"}).text
    assert "This is the address of Nila already." in page and 'value="Another"' in page
    client.post(f"{PEOPLE}add/", NILA | {"mail": "nila@other.example"})
    assert User.objects.get(email="nila@other.example").username == "nila2"


@pytest.mark.parametrize("wrong", [{"name": " "}, {"mail": "nila"}, {"roles": []}, {"roles": ["superusers"]}])
def test_an_invitation_that_is_refused_is_still_in_the_form(wrong, omar, client):
    client.force_login(omar)
    page = client.post(f"{PEOPLE}add/", NILA | wrong)
    assert page.status_code == 200 and "Nothing was done yet" in page.text
    kept = NILA | wrong
    assert (kept["name"] == " " or f'value="{kept["name"]}"' in page.text) and f'value="{kept["mail"]}"' in page.text
    assert User.objects.count() == 1


def test_without_mail_the_account_is_made_and_the_operator_prints_the_link(omar, client):
    client.force_login(omar)
    assert "manage.py invite nila" in client.post(f"{PEOPLE}add/", NILA, follow=True).text
    assert User.objects.filter(username="nila").exists() and not Access.objects.filter(verb="invite")


def test_a_person_is_changed_and_each_change_is_told(omar, asha, client):
    client.force_login(omar)
    told = {"name": "Asha Nair", "mail": "asha@clinic.example", "roles": ["writers", "clinical reviewers"]}
    assert "Saved." in client.post(page_of(asha), told, follow=True).text
    asha.refresh_from_db()
    assert (asha.get_full_name(), asha.email) == ("Asha Nair", "asha@clinic.example")
    assert roles_of(asha) == {"writers", "clinical reviewers"} and asha.is_staff
    assert list(Access.objects.order_by("seq").values_list("verb", flat=True)) == ["rename", "mail", "give"]
    assert saved(client, asha, name="Asha Nair", mail="asha@clinic.example", roles=told["roles"]).status_code == 302
    assert Access.objects.count() == 3
    assert "Changed: name, mail, roles." in client.get(page_of(asha, "history")).text


def test_a_page_that_was_opened_before_gives_no_role_back(omar, asha, client):
    client.force_login(omar)
    saved(client, asha, roles=["writers", "publishers"])
    page = client.get(page_of(asha))
    had = re.findall(r'name="had" value="(\w*)"', page.text)
    saved(client, asha, roles=["writers"])  # a colleague takes one away
    saved(client, asha, mail="asha@clinic.example", roles=["writers", "publishers"], had=had)
    assert roles_of(asha) == {"writers"}
    saved(client, asha, mail="asha@clinic.example", roles=["writers", "clinical reviewers"], had=had)
    assert roles_of(asha) == {"writers", "clinical reviewers"}


def test_a_role_that_is_none_of_ours_stays(omar, asha, client):
    from django.contrib.auth.models import Group

    asha.groups.add(Group.objects.create(name="library"))
    client.force_login(omar)
    saved(client, asha, roles=["publishers"])
    assert roles_of(asha) == {"publishers", "library"}


def test_the_only_administrator_cannot_give_that_up(omar, asha, client):
    User.objects.create_superuser("retired", is_active=False)
    client.force_login(omar)
    assert ONLY in saved(client, omar, roles=["writers"]).text and roles_of(omar) == {"administrators"}
    assert saved(client, omar, name="Omar Khan").status_code == 302
    person("Olga", "administrators")
    assert "Nobody gives themselves a role" in saved(client, omar, name="Omar Khan", roles=["writers"]).text


def test_nobody_gives_themselves_a_role(omar, client):
    person("Olga", "administrators")
    client.force_login(omar)
    page = saved(client, omar, roles=["administrators", "clinical reviewers"])
    assert "Nobody gives themselves a role" in page.text and roles_of(omar) == {"administrators"}


def test_a_superuser_may_be_without_a_role_and_nobody_below_changes_one(omar, client):
    root = User.objects.create_superuser("root", first_name="Root")
    client.force_login(root)
    assert saved(client, root, roles=[]).status_code == 302
    assert client.post(f"{PEOPLE}{root.pk}/delete/", {"post": "yes"}).status_code == 403
    client.force_login(omar)
    page = client.get(page_of(root))
    assert page.status_code == 200 and 'name="roles"' not in page.text and "leaves" not in page.text
    for name in ("change", "leaves", "open", "invite", "confirm", "password"):
        assert client.post(page_of(root, name), {"name": "Mine", "roles": ["writers"]}).status_code == 403


def test_nobody_sets_the_password_of_another(omar, asha, client):
    client.force_login(omar)
    for answer in (client.get(page_of(asha, "password")), client.post(page_of(asha, "password"), {"password1": "x"})):
        assert answer["Location"] == page_of(asha)
    asha.refresh_from_db()
    assert asha.check_password("a-long-pass-phrase")


def test_what_somebody_did_stands_on_their_page_with_titles(make_article, asha, meena, omar, client):
    article = make_article("Kidney biopsy", by=hand(asha), owner=asha)
    make_article("A draft", by=hand(asha), owner=asha)
    article.publish(by=hand("Meena"), note="First")
    edit(article, meena, lead="A shorter test.")
    article.publish(by=hand(meena), note="New telephone number", emergency="Bed 4")
    client.force_login(omar)
    page = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", client.get(page_of(meena)).text))
    assert "Published edition 2 of Kidney biopsy: New telephone number." in page and "Saved Kidney biopsy" in page
    assert "Saved 1 time, checked 0 times, published 1 time." in page
    page = client.get(page_of(asha)).text
    assert "2 guides" in page and "1 never published" in page and change_url(article) in page
    assert f"?by_account={meena.pk}" in client.get(page_of(meena)).text


def test_the_list_asks_no_more_for_more_people(omar, client, django_assert_max_num_queries):
    Reviewer.objects.create(name="Dr First", email="first@example.org")
    client.force_login(omar)
    client.get(PEOPLE)
    with django_assert_max_num_queries(100) as first:
        client.get(PEOPLE)
    for number in range(12):
        person(f"Person{number}", "writers")
        Reviewer.objects.create(name=f"Dr {number}", email=f"{number}@example.org")
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(PEOPLE)


def test_outside_reviewers_stand_on_the_page_with_what_they_checked_and_who_made_sure(make_article, asha, omar, client):
    client.force_login(omar)
    new = {"name": "Dr Nila Rao", "email": "nila@example.org", "credential": "Haematologist"}
    client.post("/admin/publishing/reviewer/add/", new)
    by_link(make_article(by=hand(asha)), asha)
    page = re.sub(r"\s+", " ", client.get(PEOPLE).text)
    assert "Haematologist. Checked 1 text, last on" in page and "Not confirmed" in page
    nila = Reviewer.objects.get()
    access.record("confirm", f"reviewer/{nila.pk}", by=hand(person("Olga", "administrators")), whom=str(nila))
    page = client.get(PEOPLE).text
    assert "Olga made sure on" in page and "Not confirmed" not in page
    assert client.get("/admin/publishing/reviewer/")["Location"] == f"{PEOPLE}#outside"


@pytest.mark.parametrize("number", ["112", "+91 80 4567 8900", "(080) 4567-8900", "+1 (800) 555-0100"])
def test_a_number_that_a_phone_can_dial_is_taken(number):
    Frame(pk=1, emergency_number=number).clean_fields()


@pytest.mark.parametrize("number", ["call us", "11", "+", "112 or 108", "1+12", "112x", "११२", "112\n"])
def test_a_number_that_no_phone_can_dial_is_refused(number):
    with pytest.raises(ValidationError, match="Write the number as a phone dials it, for example 112"):
        Frame(pk=1, emergency_number=number).clean_fields()


@pytest.mark.parametrize("password", ["73920146", "739201465839201", "short-phrase"])
def test_a_password_of_digits_or_of_few_letters_is_refused(password, client, omar):
    client.force_login(omar)
    given = {"old_password": "a-long-pass-phrase", "new_password1": password, "new_password2": password}
    assert client.post("/admin/password_change/", given).status_code == 200
    given |= {"new_password1": "another-long-phrase", "new_password2": "another-long-phrase"}
    assert "Your password is changed." in client.post("/admin/password_change/", given, follow=True).text


def test_a_log_in_ends_a_working_day_after_the_last_page(client, omar, settings):
    client.force_login(omar)
    session = client.session
    session["used_at"] = int(timezone.now().timestamp()) - 3600
    session.save()
    Session.objects.update(expire_date=timezone.now() + datetime.timedelta(hours=1))
    answer = client.get("/admin/")
    assert answer.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE == 9 * 3600
    assert Session.objects.get().expire_date > timezone.now() + datetime.timedelta(hours=8)
    assert "sessionid" not in client.get("/admin/").cookies
    assert not client.get("/articles/").cookies
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/admin/").url.startswith("/admin/login/")
