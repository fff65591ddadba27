"""Redaction: what the law makes a clinic erase is gone, and the record still holds."""

import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.models.articles import ArticleEdition
from conftest import alter, encoded, hand, two_coloured
from publishing.models import Line, Picture, Publisher, StoredPage
from publishing.record.recall.told import find
from publishing.refusals import NoteMissing, Refused

pytestmark = pytest.mark.databases


@pytest.fixture
def picture(db):
    return Picture.take(encoded(two_coloured(), "JPEG"), by=hand("Asha"), file_name="arm.jpg", at=timezone.now())


@pytest.fixture
def article(make_article, picture, client):
    """Edition 1 tells of a person and shows a picture of them; edition 2 does neither, and is live."""
    publisher = Publisher.objects.create(name="Jane Roe Press")
    article = make_article(body=f"Jane Roe says so.\n\n![Jane](/media/{picture.name})", publisher=publisher)
    article.publish(by=hand("Meena"), note="First")
    article.then = Line.objects.moment_of_reading()
    client.get(article.address())
    article.body, article.publisher = "A patient says so.", None
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Second")
    return article


def first(article):
    return article.editions.get(number=1)


def test_the_words_are_gone_everywhere_and_the_line_and_the_digests_stay(article, client):
    digests = first(article).text_digest, first(article).page_digest
    stored = StoredPage.objects.get(key__endswith=article.address())
    assert b"Jane Roe" in bytes(stored.identity)
    erased = article.redact(first(article), by=hand("Omar"), reason="She asked for it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM articles_articleedition WHERE id = %s", [erased.pk])
        assert "Jane" not in repr(cursor.fetchone())
        if (
            connection.vendor == "sqlite"
        ):  # which keeps words that were taken out of an index until its lists are merged
            cursor.execute("SELECT block FROM publishing_indexed_words_data")
            assert not any(b"jane" in bytes(block).lower() for (block,) in cursor.fetchall())
    assert (erased.text_digest, erased.page_digest, erased.number, erased.note) == (*digests, 1, "First")
    assert not StoredPage.objects.filter(key__endswith=article.address()).exists()
    assert find("Jane Roe", Line.objects.moment_of_reading()) == []
    line = Line.objects.head()
    assert (line.verb, line.number, line.note, line.page_digest) == ("redact", 1, "She asked for it", digests[1])
    assert "A patient says so." in client.get(article.address()).text


def test_the_record_holds_and_names_what_was_redacted(article, capsys):
    article.redact(first(article), by=hand("Omar"), reason="She asked for it")
    call_command("verify_ledger")
    said = capsys.readouterr().out
    assert "The record holds" in said
    assert f"Redacted by law, so its text cannot be checked any more: edition 1 of articles/{article.pk}, on " in said


def test_what_patients_read_what_waits_and_what_is_erased_is_refused(article, later):
    with pytest.raises(Refused, match="Patients read this now"):
        article.redact(article.editions.get(number=2), by=hand("Omar"), reason="She asked for it")
    article.body = "For later."
    article.keep(by=hand("Asha"), at=timezone.now())
    waiting = article.publish(by=hand("Meena"), note="Third", at=later)
    with pytest.raises(Refused, match="Cancel it first"):
        article.redact(waiting, by=hand("Omar"), reason="She asked for it")
    with pytest.raises(NoteMissing):
        article.redact(first(article), by=hand("Omar"), reason=" ")
    article.redact(first(article), by=hand("Omar"), reason="She asked for it")
    with pytest.raises(Refused, match="erased before"):
        article.redact(first(article), by=hand("Omar"), reason="She asked for it")


def test_pictures_go_only_when_asked_and_when_nothing_else_shows_them(
    article, picture, make_article, django_capture_on_commit_callbacks
):
    file = Path(settings.MEDIA_ROOT, picture.name)
    other = make_article("Other", body=f"![Jane](/media/{picture.name})")
    with django_capture_on_commit_callbacks(execute=True):
        article.redact(first(article), by=hand("Omar"), reason="She asked for it", with_pictures=True)
    assert file.is_file()
    other.publish(by=hand("Meena"), note="First")
    other.withdraw(by=hand("Meena"), note="Private", reason="out of date")
    other.body = "Nothing."
    other.keep(by=hand("Asha"), at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        other.redact(first(other), by=hand("Omar"), reason="She asked for it", with_pictures=True)
    assert not file.exists() and not Picture.objects.exists()
    call_command("verify_ledger")


@pytest.mark.parametrize(
    "change",
    [
        "redacted_at = made_at",
        "redacted_at = made_at, {blank}, note = 'Other'",
        "redacted_at = made_at, {blank}, page_digest = ''",
        "redacted_at = made_at, {blank}, cancelled_at = made_at",
        "redacted_at = made_at, {blank}, title = 'Other'",
        "{blank}",
    ],
)
def test_the_database_lets_nothing_else_pass_as_a_redaction(change, article):
    blank = ", ".join(
        f"{name} = ''" for name in ArticleEdition.erased_fields() if name != "title" or "title" not in change
    )
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE articles_articleedition SET {change.format(blank=blank)} WHERE number = 1")


def test_a_redacted_edition_is_as_permanent_as_any(article):
    article.redact(first(article), by=hand("Omar"), reason="She asked for it")
    for change in ("redacted_at = NULL", "title = 'Jane'", "redacted_at = made_at"):
        with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE articles_articleedition SET {change} WHERE number = 1")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE articles_articleedition SET redacted_at = NULL WHERE number = 1",
        "UPDATE articles_articleedition SET title = 'Jane' WHERE number = 1",
        "UPDATE articles_articleedition SET redacted_at = made_at WHERE number = 2",
    ],
)
def test_a_redaction_without_its_line_is_noticed(sql, article):
    article.redact(first(article), by=hand("Omar"), reason="She asked for it")
    alter(sql)
    with pytest.raises(CommandError, match="The record does not hold"):
        call_command("verify_ledger")


def test_only_an_administrator_erases_and_says_twice_that_it_is_meant(article, meena, omar, client):
    url = f"/admin/articles/article/{article.pk}/editions/1/redact/"
    client.force_login(meena)
    assert client.post(url, {"reason": "No", "is_sure": "on"}).status_code == 403
    client.force_login(omar)
    assert "cannot be undone" in client.get(url).text
    assert client.post(url, {"reason": "She asked for it"}).status_code == 200
    assert first(article).redacted_at is None
    said = client.post(url, {"reason": "She asked for it", "is_sure": "on"}, follow=True).text
    assert "is erased" in said and "may still hold it in its journal" in said  # within a test's transaction it does
    assert first(article).redacted_at is not None and Line.objects.head().by_name == "Omar"
    assert "Erased by law on" in client.get(f"/admin/articles/article/{article.pk}/editions/").text
    assert client.get(f"/admin/articles/article/{article.pk}/editions/1/restore/").status_code == 404


def test_as_it_was_says_that_something_is_blank_and_the_complaint_file_still_verifies(article, asha, client, tmp_path):
    article.redact(first(article), by=hand("Omar"), reason="She asked for it")
    client.force_login(asha)
    when = article.then.isoformat().replace("+00:00", "Z")
    page = client.get(f"/admin/as-it-was/{when}{article.address()}").text
    assert "What the law had us erase since is blank." in page and "Jane" not in page
    answer = client.get(f"/admin/complaint/{when}{article.address()}")
    zipfile.ZipFile(BytesIO(answer.getvalue())).extractall(tmp_path)
    check = subprocess.run([sys.executable, "-I", tmp_path / "verify.py"], capture_output=True, text=True, timeout=60)
    assert check.returncode == 0, check.stdout


def test_what_was_ticked_leaves_no_words_in_the_ledger(article, asha, meena):
    article.body = "A patient says so. Call 080 2222 3333 if you bleed."
    article.keep(by=hand(asha), at=timezone.now())
    publish_ticked(article, meena, "Third")
    article.body = "A patient says so."
    article.keep(by=hand(asha), at=timezone.now())
    publish_ticked(article, meena, "Fourth")
    article.redact(article.editions.get(number=3), by=hand("Omar"), reason="She asked for it")
    assert Line.objects.filter(detail__contains="ticked").count() == 2
    rows = repr(list(Line.objects.values())) + repr(list(ArticleEdition.objects.values()))
    words = re.sub(r"[0-9a-f]{12,}|datetime\.datetime\([^)]*\)", "", rows)  # digests and moments hold any digits
    assert "She asked for it" in words and "2222" not in words and "bleed" not in words
    call_command("verify_ledger")


def publish_ticked(article, by, note):
    ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    article.publish(by=hand(by), note=note, ticks=ticks, emergency="A test")
