"""What machines that watch are told, and what nobody else is."""

import datetime
import json

import pytest
from django.db import connection
from django.utils import timezone

from carsite import VERSION, health
from publishing.models import Chore, Verified

pytestmark = pytest.mark.databases

SECRETS = ("password", "postgres", "sqlite", "/tmp", "/var", "SECRET", "127.0.0.1")


def told(client, query=""):
    answer = client.get(f"/health/{query}")
    return answer.status_code, json.loads(answer.content)


def test_it_says_in_few_queries_how_everything_is(guide, client, settings, tmp_path, django_assert_max_num_queries):
    settings.BACKUPS = str(tmp_path)
    now = timezone.now()
    Verified.objects.create(of="record", began_at=now - datetime.timedelta(hours=5), is_held=True)
    Chore.objects.create(day=now.date(), what="backup", began_at=now, ended_at=now, is_done=True)
    with django_assert_max_num_queries(10):
        code, answer = told(client)
    assert code == 200 and answer["healthy"] and answer["warnings"] == [] and answer["version"] == VERSION
    assert answer["migrations"] == "done" and answer["media"] == "writable" and answer["disk"]["bytes_left"] > 0
    assert answer["verified"]["record"]["hours"] == 5 and answer["daily"]["backup"]["hours"] == 0
    assert not any(word in json.dumps(answer) for word in SECRETS)


def test_the_foot_of_the_desk_says_which_release_it_is(omar, client):
    client.force_login(omar)
    assert f"Patient guides {VERSION}</p></footer>" in client.get("/admin/").text


def test_what_people_should_see_to_is_a_warning_and_strictly_a_fault(db, client, settings, tmp_path):
    settings.BACKUPS = str(tmp_path)
    old = timezone.now() - datetime.timedelta(days=3)
    Chore.objects.create(day=old.date(), what="backup", began_at=old, ended_at=old, is_done=True)
    Verified.objects.create(of="record", began_at=old, is_held=False, said="line 3 of Jane Roe")
    code, answer = told(client)
    assert code == 200 and len(answer["warnings"]) == 2 and "Jane" not in json.dumps(answer)
    assert told(client, "?strict")[0] == 503


def test_pending_migrations_and_a_full_disk_are_problems(db, client, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'faq'")
    monkeypatch.setattr(health, "room_left", lambda: 1_000)
    code, answer = told(client)
    assert code == 503 and "pending" in answer["problems"][0] and "full" in answer["problems"][1]


@pytest.mark.parametrize(
    ("told_by", "code"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "10.0.0.9"}, 404),
        ({"HTTP_X_FORWARDED_FOR": "10.0.0.9"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
    ],
)
def test_figures_are_for_this_machine_alone(told_by, code, guide, client):
    answer = client.get("/metrics/", **told_by)
    assert answer.status_code == code
    assert ("guides_healthy 1" in answer.text) == (code == 200)


def test_a_night_that_never_went_well_and_one_that_lies_ahead_are_warned_of(db, client, settings, tmp_path):
    settings.BACKUPS, now = str(tmp_path), timezone.now()
    old, ahead = now - datetime.timedelta(days=3), now + datetime.timedelta(days=300)
    Chore.objects.create(day=old.date(), what="verify", began_at=old, ended_at=old, said="It failed.")
    Chore.objects.create(day=ahead.date(), what="backup", began_at=ahead, ended_at=ahead, is_done=True)
    assert [one.split(" is too")[0] for one in told(client)[1]["warnings"]] == [
        "the last backup",
        "the last verification",
    ]
    for what in ("verify", "backup"):
        Chore.objects.create(day=now.date(), what=what, began_at=now, ended_at=now, is_done=True)
    assert told(client)[1]["warnings"] == []


@pytest.mark.parametrize("folder", ["/no/such/folder", f"/{'x' * 300}/backups"])
def test_a_folder_for_backups_that_cannot_be_used_is_a_warning(folder, db, client, settings):
    settings.BACKUPS, now = folder, timezone.now()
    Chore.objects.create(day=now.date(), what="backup", began_at=now, ended_at=now, is_done=True)
    code, answer = told(client)
    assert code == 200 and answer["warnings"] == ["the folder for backups cannot be written: BACKUPS"]
    assert client.get("/metrics/").status_code == 200
