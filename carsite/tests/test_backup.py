"""One file holds the whole site; in an empty place it becomes that site again, and what was erased since stays so."""

import datetime
import errno
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pyrage
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from carsite.keeping import Bar, Renewing, later, rows, take
from carsite.keeping.archive import Archive
from carsite.keeping.sealing import seal
from conftest import edit, encoded, hand, two_coloured
from publishing.models import Line, Picture, Remark, StoredPage, say
from publishing.models.erasing import Words
from publishing.record import erasure, triggers

pytestmark = pytest.mark.databases

PAGES = ["/", "/articles/", "/articles/car-t-cell-therapy/", "/faq/", "/sitemap.xml", "/search/?q=nurse"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "site.backup"


@pytest.fixture
def picture(db, at):
    return Picture.take(encoded(two_coloured(), "PNG"), by=hand("Asha"), file_name="arm.png", at=at)


def wipe(settings, tmp_path):
    """An empty place: a database as migrations leave it, and no pictures."""
    triggers.remove()
    rows.empty(apps)
    connection.check_constraints()
    triggers.install()
    settings.MEDIA_ROOT = str(tmp_path / "other-media")


def held():
    return {model._meta.label: list(rows.lines(model)) for model in rows.kept()}


def read(client, picture):
    return [client.get(path).content for path in PAGES] + [b"".join(client.get(f"/media/{picture.name}"))]


def test_restored_it_is_the_same_row_by_row_and_page_by_page(guide, picture, client, file, settings, tmp_path, capsys):
    edit(guide, "Asha", lead="\u0915\u094d\u200d \U0001f642 'one' \"two\"\n\\", body="Three.")
    before, pages = held(), read(client, picture)
    call_command("backup", file)
    assert "checked" in capsys.readouterr().out and file.stat().st_mode & 0o777 == 0o600
    wipe(settings, tmp_path)
    call_command("restore", file)
    assert "Restored: the record holds" in capsys.readouterr().out
    assert held() == before and not StoredPage.objects.exists()
    assert read(client, picture) == pages
    call_command("verify_ledger")
    edit(guide, "Asha", body="Life goes on.")
    guide.publish(by=hand("Meena"), note="After")


def test_nothing_is_ever_overwritten(guide, file):
    file.write_text("Something else")
    with pytest.raises(CommandError, match="was not touched"):
        call_command("backup", file)
    assert file.read_text() == "Something else"
    file.unlink()
    call_command("backup", file)
    with pytest.raises(CommandError, match="holds a site already"):
        call_command("restore", file)
    with pytest.raises(CommandError, match="no folder"):
        call_command("backup", file.parent / "none" / "file")


def rewritten(file, name, change):
    """The backup with another content of one of its members."""
    with zipfile.ZipFile(file) as old:
        members = {one: old.read(one) for one in old.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(file, "w") as new:
        for one, content in members.items():
            new.writestr(one, content)


def newer(manifest):
    return json.dumps(json.loads(manifest) | {"format": 99}).encode()


def of_later_tables(manifest):
    told = json.loads(manifest)
    return json.dumps(told | {"migrations": [*told["migrations"], ["articles", "9999_later"]]}).encode()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda file: file.write_bytes(b"nothing of the kind"), "no backup of this site"),
        (lambda file: file.write_bytes(file.read_bytes()[:-2000]), "no backup of this site"),
        (lambda file: rewritten(file, "rows/publishing.Line.jsonl", lambda old: old.replace(b"1", b"2", 1)), "damaged"),
        (lambda file: rewritten(file, "manifest.json", newer), "newer version"),
        (lambda file: rewritten(file, "manifest.json", of_later_tables), "newer version"),
    ],
)
def test_a_damaged_or_newer_file_gets_a_sentence_and_nothing_is_taken_in(harm, said, guide, file, settings, tmp_path):
    call_command("backup", file)
    harm(file)
    (file.parent / "site.backup.later.json").unlink()
    wipe(settings, tmp_path)
    with pytest.raises(CommandError, match=said):
        call_command("restore", file)
    assert not Line.objects.exists()


def test_a_sealed_one_opens_with_its_key_alone(guide, file, settings, tmp_path, capsys):
    call_command("backup", new_key=str(tmp_path / "key"))
    settings.BACKUP_KEY = capsys.readouterr().out.splitlines()[0].removeprefix("BACKUP_KEY=")
    call_command("backup", file)
    assert b"CAR T" not in file.read_bytes() and not zipfile.is_zipfile(file)
    wipe(settings, tmp_path)
    (tmp_path / "wrong").write_text(str(pyrage.x25519.Identity.generate()))
    for key, said in ((None, "sealed"), ("wrong", "does not open"), ("site.backup", "no key")):
        with pytest.raises(CommandError, match=said):
            call_command("restore", file, key=key and str(tmp_path / key))
    assert not Line.objects.exists()
    call_command("restore", file, key=str(tmp_path / "key"))
    assert Line.objects.exists()
    settings.BACKUP_KEY = "AGE-SECRET-KEY-1NONSENSE"
    with pytest.raises(CommandError, match="only opens"):
        call_command("backup", tmp_path / "another")


def test_the_list_beside_a_backup_tells_of_an_erasure_within_a_minute(make_article, asha, file, tmp_path):
    article = make_article(body="Jane Roe says so.")
    article.publish(by=hand("Meena"), note="First")
    call_command("backup", file)
    renew, beside = Renewing(tmp_path), tmp_path / "site.backup.later.json"
    renew()
    edit(article, asha, body="A patient says so.")
    article.publish(by=hand("Meena"), note="Without the name")
    renew()
    assert json.loads(beside.read_text())["later"] == []
    article.redact(article.editions.get(number=1), by=hand("Omar"), reason="A court")
    renew()
    (told,) = json.loads(beside.read_text())["later"]
    assert (told["work"], told["number"]) == (article.name, 1) and "Jane" not in beside.read_text()
    kept = beside.stat().st_mtime_ns
    renew()
    assert beside.stat().st_mtime_ns == kept and not list(tmp_path.glob("*.part"))


def test_a_list_is_whole_though_two_write_it_at_once_as_processes_of_one_number(make_article, file):
    """In two containers each is process 1, and their backups lie in one folder."""
    make_article().publish(by=hand("Meena"), note="First")
    taken = take(file, whom=[], bar=Bar(None), at=timezone.now())
    with ThreadPoolExecutor(4) as writers:
        for done in [writers.submit(later.begin, taken) for _one in range(60)]:
            done.result()
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name, f"{file.name}.later.json"]


def words_stand(words):
    return [place.key for place in erasure.places(words, timezone.now())]


def test_what_was_erased_and_whose_consent_ended_after_the_backup_is_so_after_restoring(
    make_article, picture, asha, file, settings, tmp_path, capsys, at
):
    article = make_article(body="Jane Roe says so.")
    article.publish(by=hand("Jane Roe"), note="First")
    remark = {"passage": "one", "text": "Ask Jane Roe", "by_name": "Asha", "made_at": at}
    Remark.objects.create(work=article.name, before="", after="", **remark)
    say(picture, Line.Verb.CONSENT, by=hand("Asha"), note="By letter")
    call_command("backup", file)
    edit(article, asha, body="A patient says so.")
    article.publish(by=hand("Meena"), note="Without the name")
    words = Words("Jane Roe")
    erasure.erase(words, set(words_stand(words)), by=hand("Omar"), reason="A court")
    say(picture, Line.Verb.RETRACT, by=hand("Asha"), note="Telephoned")
    call_command("backup", tmp_path / "second.backup")
    listed = (tmp_path / "site.backup.later.json").read_text()
    assert "Jane" not in listed and "Telephoned" not in listed and json.loads(listed)["later"]
    wipe(settings, tmp_path)
    capsys.readouterr()
    call_command("restore", file)
    said = capsys.readouterr().out
    assert "were repeated" in said and f"{article.name}: withdrawn" in said and "write it anew" in said
    assert words_stand(words) == [] and not article.live(Line.objects.moment_of_reading()).body
    assert Remark.objects.get().text == "[erased]"
    assert Line.objects.filter(verb=Line.Verb.RETRACT, work__startswith="pictures/").exists()
    call_command("verify_ledger")
    with pytest.raises(CommandError, match="belongs to another backup"):
        wipe(settings, tmp_path)
        (tmp_path / "site.backup.later.json").write_text((tmp_path / "second.backup.later.json").read_text())
        call_command("restore", file)


def test_a_backup_from_before_another_was_restored_says_that_its_list_is_not_whole(
    make_article, file, settings, tmp_path, capsys
):
    """What is erased later has numbers of another history."""
    article, second = make_article(body="Jane Roe says so."), tmp_path / "second.backup"
    article.publish(by=hand("Meena"), note="First")
    call_command("backup", file)
    edit(article, "Asha", body="A patient says so.")
    article.publish(by=hand("Meena"), note="Without the name")
    call_command("backup", second)
    wipe(settings, tmp_path)
    call_command("restore", file)
    edit(article, "Asha", body="Somebody says so.")
    for _number in range(3):
        article.publish(by=hand("Meena"), note="Without the name")
        edit(article, "Asha", body=f"{article.body} Yes.")
    article.redact(article.editions.get(number=1), by=hand("Omar"), reason="A court")
    Renewing(tmp_path)()
    lists = [json.loads((tmp_path / f"{one}.backup.later.json").read_text()) for one in ("site", "second")]
    assert len(lists[0]["later"]) == 1 and lists[1]["later"] == []
    capsys.readouterr()
    wipe(settings, tmp_path)
    call_command("restore", second)
    assert "another backup was restored after it was made" in capsys.readouterr().out
    wipe(settings, tmp_path)
    call_command("restore", file)
    assert "another backup" not in capsys.readouterr().out


def test_a_clock_behind_the_last_act_hinders_no_restore(make_article, file, settings, tmp_path, monkeypatch):
    make_article().publish(by=hand("Meena"), note="First")
    call_command("backup", file)
    wipe(settings, tmp_path)
    then = timezone.now() - datetime.timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: then)
    call_command("restore", file)
    assert Line.objects.exists()


def test_a_site_that_began_while_the_file_was_checked_is_not_emptied(
    make_article, file, settings, tmp_path, monkeypatch
):
    make_article().publish(by=hand("Meena"), note="First")
    call_command("backup", file)
    wipe(settings, tmp_path)
    check = Archive.check

    def checked_slowly(archive, bar):
        check(archive, bar)
        User.objects.create(username="early")

    monkeypatch.setattr(Archive, "check", checked_slowly)
    with pytest.raises(CommandError, match="holds a site already"):
        call_command("restore", file)
    assert User.objects.filter(username="early").exists() and not Line.objects.exists()


def test_a_full_disk_while_sealing_is_told_as_such():
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="space") as told:
        seal(io.BytesIO(b"x" * 2_000_000), full, [])
    assert told.value.errno == errno.ENOSPC
