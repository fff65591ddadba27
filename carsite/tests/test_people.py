"""The people's admin and the frame's number: what administrators cannot do by mistake."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.models import Frame

REFUSED = "You are the only administrator: make somebody else one first."


def saved(client, user, **changes):
    """Save the form of that person, who stays active and an administrator unless told otherwise."""
    administrators = Group.objects.get(name="administrators").pk
    sent = {"username": user.username, "first_name": user.first_name, "is_active": "on", "is_staff": "on"}
    sent |= {"groups": [administrators]} | changes
    return client.post(
        f"/admin/auth/user/{user.pk}/change/", {name: value for name, value in sent.items() if value is not None}
    )


@pytest.mark.parametrize("left_out", ["is_active", "is_staff", "groups"])
def test_the_only_administrator_cannot_give_that_up(left_out, omar, asha, client):
    User.objects.create_superuser("retired", is_active=False)
    client.force_login(omar)
    assert REFUSED in saved(client, omar, **{left_out: None}).text
    assert saved(client, omar, first_name="Omar Khan").status_code == 302
    User.objects.create_superuser("root")
    assert saved(client, omar, **{left_out: None}).status_code == 302


def test_the_only_superuser_may_leave_a_group_but_stays_active(db, client):
    root = User.objects.create_superuser("root")
    client.force_login(root)
    assert saved(client, root, groups=None).status_code == 302
    assert REFUSED in saved(client, root, is_active=None).text
    assert client.post(f"/admin/auth/user/{root.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("number", ["112", "+91 80 4567 8900", "(080) 4567-8900", "+1 (800) 555-0100"])
def test_a_number_that_a_phone_can_dial_is_taken(number):
    Frame(pk=1, emergency_number=number).clean_fields()


@pytest.mark.parametrize("number", ["call us", "11", "+", "112 or 108", "1+12", "112x", "११२", "112\n"])
def test_a_number_that_no_phone_can_dial_is_refused(number):
    with pytest.raises(ValidationError, match="Write the number as a phone dials it, for example 112"):
        Frame(pk=1, emergency_number=number).clean_fields()


def test_a_password_of_digits_or_of_few_letters_is_refused(client, omar):
    client.force_login(omar)
    for password in ("73920146", "739201465839201", "short-phrase"):
        given = {"username": "nila", "usable_password": "true", "password1": password, "password2": password}
        assert client.post("/admin/auth/user/add/", given).status_code == 200
    assert not User.objects.filter(username="nila").exists()


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
