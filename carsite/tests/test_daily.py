"""`manage.py daily`: all that cron calls; once a day, each thing by itself, and what failed is tried again."""

import datetime
from pathlib import Path

import pytest
from axes.models import AccessLog
from django.core.management import CommandError, call_command
from django.utils import timezone

from carsite.keeping import asked_for
from carsite.keeping.nightly import past
from conftest import alter, encoded, hand, let_pass, two_coloured
from publishing.models import Access, Chore, Picture, Verified


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.HAS_MAIL = True


@pytest.fixture
def backups(settings, tmp_path):
    settings.BACKUPS = str(tmp_path / "backups")
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def made(folder):
    return len(list(folder.glob("site-*.backup")))


def test_a_second_run_on_the_same_day_does_nothing(guide, backups, capsys):
    call_command("daily")
    said = capsys.readouterr().out
    assert "Backup: " in said and "The record holds" in said and "told to" in said
    count = Verified.objects.count(), Access.objects.count()
    call_command("daily")
    assert capsys.readouterr().out == "All was done today already.\n"
    assert made(backups) == 1 and (Verified.objects.count(), Access.objects.count()) == count


def test_what_fails_stops_nothing_else_is_told_and_tried_again(guide, backups, settings, capsys):
    settings.BACKUPS = str(backups / "none")
    with pytest.raises(CommandError, match="backup: There is no folder"):
        call_command("daily")
    assert set(Chore.objects.filter(is_done=False).values_list("what", flat=True)) == {"backup"}
    settings.BACKUPS = str(backups)
    call_command("daily")
    assert made(backups) == 1 and not Chore.objects.filter(is_done=False).exists()
    assert "told to" not in capsys.readouterr().out.partition("Backup: ")[2]


def test_a_site_without_mail_does_not_fail_each_night(guide, settings, capsys):
    settings.HAS_MAIL = False
    call_command("daily")
    assert "Nobody was reminded" in capsys.readouterr().out


def test_what_lacks_its_setting_is_done_on_the_day_on_which_that_is_set(guide, backups, settings, capsys):
    settings.BACKUPS, settings.HAS_MAIL = "", False
    call_command("daily")
    settings.BACKUPS, settings.HAS_MAIL = str(backups), True
    call_command("daily")
    assert made(backups) == 1 and "told to" in capsys.readouterr().out
    call_command("daily")
    assert capsys.readouterr().out == "All was done today already.\n"


def test_what_another_run_is_at_is_not_called_done(guide, backups, capsys):
    for what in asked_for():
        Chore.take(what, day=timezone.localdate(), at=timezone.now())
    call_command("daily")
    said = capsys.readouterr().out
    assert "Left to another run" in said and "verification" in said and "All was done" not in said
    assert made(backups) == 0


def test_a_picture_that_was_altered_hinders_no_backup_and_is_told(guide, backups, settings, at, capsys):
    picture = Picture.take(encoded(two_coloured(), "PNG"), by=hand("Asha"), file_name="arm.png", at=at)
    (Path(settings.MEDIA_ROOT) / picture.name).write_bytes(b"another")
    with pytest.raises(CommandError, match="verification"):
        call_command("daily")
    said = capsys.readouterr().out
    assert made(backups) == 1 and f"1 pictures are not those that were uploaded: {picture.name}" in said


def test_a_log_in_is_noted_in_the_access_record_alone(client, asha):
    client.post("/admin/login/", {"username": "asha", "password": "a-long-pass-phrase"}, REMOTE_ADDR="192.0.2.77")
    assert Access.objects.filter(verb=Access.Verb.LOG_IN).count() == 1 and not AccessLog.objects.exists()


def test_a_record_that_does_not_hold_is_told_by_it(guide, capsys):
    alter("UPDATE articles_articleedition SET title = 'Another'")
    with pytest.raises(CommandError, match="verification: The record does not hold"):
        call_command("daily")


def test_what_another_run_is_at_is_left_to_it_unless_that_was_killed(db, at):
    day = at.date()
    assert Chore.take("verify", day=day, at=at) and Chore.take("verify", day=day, at=at) is None
    assert Chore.take("verify", day=day, at=at + datetime.timedelta(hours=7))


def test_each_day_has_its_own_run(guide, backups):
    call_command("daily")
    let_pass(days=1)
    with pytest.raises(CommandError, match="does not hold"):  # let_pass alters what is proven
        call_command("daily")
    assert Chore.objects.filter(what="reminders").count() == 2


def test_old_backups_go_but_not_the_newest_nor_the_first_of_a_month(tmp_path):
    today = datetime.date(2026, 11, 29)
    for days in range(0, 500):
        (tmp_path / f"site-{today - datetime.timedelta(days=days)}-0230.backup").touch()
    (tmp_path / "site-of-mine.backup").touch()
    going = {path.name for path in past(tmp_path, today, 30)}
    left = {path.name for path in tmp_path.iterdir()} - going
    assert "site-2026-11-01-0230.backup" in left and "site-2026-03-01-0230.backup" in left
    assert "site-of-mine.backup" in left and "site-2026-10-15-0230.backup" in going
    assert "site-2025-09-01-0230.backup" in going and len(left) == 31 + 12 + 1
