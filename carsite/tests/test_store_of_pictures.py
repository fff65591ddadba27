"""Pictures in a store that speaks S3: a real server of it in a process of its own, whose address patients never see."""

import json
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from carsite import health
from carsite.keeping import rows
from carsite.meanings import store_of_pictures
from conftest import encoded, hand, two_coloured
from publishing.models import Line, Picture, media, say
from publishing.record import triggers

pytest.importorskip("moto", reason="the newest Django is tried without a store")
pytestmark = pytest.mark.xdist_group("processes")


@pytest.fixture
def server():
    """moto's server, as a process: yields the process and its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while True:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        assert time.monotonic() < end and process.poll() is None, "the store does not start"
        time.sleep(0.1)
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def lie_in(bucket, address, settings):
    """From now on pictures lie in that bucket of the store, which is new."""
    found = store_of_pictures(f"{address}/{bucket}", "eu-central-1")
    settings.STORAGES = settings.STORAGES | {"default": found}
    where = {"LocationConstraint": "eu-central-1"}
    default_storage.client.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)


def names():
    found = default_storage.client.list_objects_v2(Bucket=default_storage.bucket)
    return {one["Key"] for one in found.get("Contents", ())}


@pytest.fixture
def store(server, settings, monkeypatch):
    process, address = server
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "for-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "for-tests")
    lie_in("guides", address, settings)
    return process


@pytest.fixture
def picture(store, db, at):
    return Picture.take(encoded(two_coloured(900), "PNG"), by=hand("Asha"), file_name="arm.png", at=at)


@pytest.fixture
def shown(picture, make_article):
    article = make_article(body=f"## Sling\n\n![An arm in a sling](/media/{picture.name})")
    article.publish(by=hand("Meena"), note="First")
    return article


def loaded(client, picture):
    answer = client.get(f"/media/{picture.name}")
    return answer.status_code, answer.getvalue(), answer.headers


def test_a_picture_in_the_store_is_served_by_us_and_the_stores_address_stands_nowhere(
    shown, picture, client, settings, tmp_path
):
    assert names() == {picture.name, *picture.renditions.values_list("name", flat=True)} and len(names()) > 2
    assert not (tmp_path / "media").exists()
    page = client.get(shown.address())
    code, content, headers = loaded(client, picture)
    assert (code, headers["Content-Type"], headers["X-Content-Type-Options"]) == (200, "image/png", "nosniff")
    assert content.startswith(b"\x89PNG") and headers["Content-Length"] == str(len(content))
    assert client.get(f"/media/{picture.name}", headers={"If-None-Match": headers["ETag"]}).status_code == 304
    told = page.text + str(page.headers) + str(headers) + default_storage.url(picture.name)
    assert f"/media/{picture.name}" in page.text and default_storage.endpoint.partition("//")[2] not in told
    held = default_storage.client.get_object_acl(Bucket="guides", Key=picture.name)
    assert [one["Grantee"]["Type"] for one in held["Grants"]] == ["CanonicalUser"], "others may read the bucket"
    call_command("verify_ledger", "--pages")


def test_storing_again_changes_nothing_and_what_was_deleted_is_gone(picture, client):
    before = default_storage.client.head_object(Bucket="guides", Key=picture.name)["LastModified"]
    time.sleep(1.1)  # the store counts in seconds
    with media.opened(picture.name) as file:
        media.store(picture.name, file.read())
    assert default_storage.client.head_object(Bucket="guides", Key=picture.name)["LastModified"] == before
    for _again in range(2):
        media.delete(picture.name)
    assert loaded(client, picture)[0] == 404
    with pytest.raises(FileNotFoundError):
        media.opened(picture.name)


def test_a_picture_that_the_reader_has_already_is_not_fetched_from_the_store(picture, client):
    fetched = []
    default_storage.client.meta.events.register("before-call.s3.GetObject", lambda **told: fetched.append(told))
    tag = {"If-None-Match": loaded(client, picture)[2]["ETag"]}
    assert len(fetched) == 1
    assert client.get(f"/media/{picture.name}", headers=tag).status_code == 304 and len(fetched) == 1
    media.delete(picture.name)
    assert client.get(f"/media/{picture.name}", headers=tag).status_code == 404


def test_who_takes_a_consent_back_is_shown_no_more_and_what_is_erased_leaves_the_store(
    shown, picture, client, django_capture_on_commit_callbacks
):
    say(picture, Line.Verb.CONSENT, by=hand("Asha"), note="By letter")
    assert loaded(client, picture)[0] == 200
    say(picture, Line.Verb.RETRACT, by=hand("Asha"), note="Telephoned")
    code, content, _headers = loaded(client, picture)
    assert (code, b"PNG" in content) == (410, False)
    assert "<img" not in client.get(shown.address()).text
    shown.body = "Nothing."
    shown.keep(by=hand("Asha"), at=timezone.now())
    shown.publish(by=hand("Meena"), note="Second")
    with django_capture_on_commit_callbacks(execute=True):
        shown.redact(shown.editions.get(number=1), by=hand("Omar"), reason="She asked for it", with_pictures=True)
    assert names() == set() and loaded(client, picture)[0] == 410


def test_a_backup_reads_the_store_and_restores_into_another(shown, picture, client, server, settings, tmp_path):
    page, content = client.get(shown.address()).content, loaded(client, picture)[1]
    kept = names()
    call_command("backup", tmp_path / "site.backup")
    triggers.remove()
    rows.empty(apps)
    connection.check_constraints()
    triggers.install()
    lie_in("another", server[1], settings)
    call_command("restore", tmp_path / "site.backup")
    assert names() == kept and loaded(client, picture)[1] == content
    assert client.get(shown.address()).content == page
    call_command("verify_ledger", "--pages")


@pytest.fixture
def watched(monkeypatch):
    """The store as a process watches it, but that nobody is patient with it."""
    monkeypatch.setattr(health, "STORE", health.Watched(media.answers, patience=0.05))
    return health.STORE


def test_a_store_that_never_answers_holds_nobody_who_asks_how_the_site_is(client, db, settings, monkeypatch, watched):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/guides"
        settings.STORAGES = settings.STORAGES | {"default": store_of_pictures(address, "eu-central-1")}
        ended = watched.start()
        asked, _whom = silent.accept()
        time.sleep(0.1)
        told = client.get("/health/").json()
        assert watched.asked_at, "the question was answered, or given up, before the health was told"
        assert told["media"] == "does not answer" and any("MEDIA_STORE" in one for one in told["warnings"])
        ended.set()
        asked.close()


def test_while_the_store_is_away_pages_stand_and_everybody_is_told(shown, picture, client, store, at, watched):
    watched.look()
    assert json.loads(client.get("/health/").content)["media"] == "elsewhere"
    store.kill()
    store.wait()
    assert "An arm in a sling" in client.get(shown.address()).text
    code, content, headers = loaded(client, picture)
    assert (code, headers["Cache-Control"]) == (503, "private, no-store") and b"just now" in content
    watched.look()
    told = client.get("/health/")
    assert (told.status_code, told.json()["media"]) == (200, "does not answer")
    assert any("MEDIA_STORE" in one for one in told.json()["warnings"])
    with pytest.raises(OSError, match="does not answer"):
        Picture.take(encoded(two_coloured(50), "PNG"), by=hand("Asha"), file_name="b.png", at=at)
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    ["guides", "s3://guides", "https://store.example.org", "https://store.example.org/a", "https:///guides"]
    + ["https://who:key@store.example.org/guides", "https://store.example.org/guides?key=secret"]
    + ["https://store.example.org/Guides", "https://store.example.org:99999/guides", "https://a b/guides"],
)
def test_what_is_no_bucket_gets_a_sentence_that_tells_no_key(address):
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORE is not the address of a bucket") as told:
        store_of_pictures(address, "eu-central-1")
    assert "secret" not in str(told.value) and "who:key" not in str(told.value)


def test_without_an_address_pictures_lie_in_a_folder():
    assert store_of_pictures("", "eu-central-1") == {"BACKEND": "publishing.models.shelf.media.Folder"}
