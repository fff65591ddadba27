"""`manage.py daily`: all that cron calls; once a day, each thing by itself, and what failed is tried again."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from carsite.keeping.nightly import past
from conftest import alter, let_pass
from publishing.models import Access, Chore, Verified


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
