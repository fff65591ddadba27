"""Files of pictures are kept whole or not at all, wherever the settings say that they are kept."""

import resource
from pathlib import Path

import pytest

from conftest import hand
from publishing.models import Picture, media
from publishing.tests.test_pictures import encoded, two_coloured

NAME = f"{'0f' * 32}.png"


@pytest.fixture
def folder(settings):
    return Path(settings.MEDIA_ROOT)


def test_a_stored_file_is_whole_and_alone_in_its_folder(folder):
    media.store(NAME, b"A picture")
    with media.opened(NAME) as file:
        assert file.read() == b"A picture"
    (path,) = folder.iterdir()
    assert (path.name, path.read_bytes()) == (NAME, b"A picture")
    assert path.stat().st_mode & 0o777 == 0o644


def test_storing_again_leaves_the_file_as_it_is(folder):
    media.store(NAME, b"A picture")
    before = (folder / NAME).stat()
    media.store(NAME, b"A picture")
    after = (folder / NAME).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [one.name for one in folder.iterdir()] == [NAME]


def test_what_was_deleted_is_gone_and_may_be_deleted_again(folder):
    media.store(NAME, b"A picture")
    for _again in range(2):
        media.delete(NAME)
    assert not list(folder.iterdir())
    with pytest.raises(OSError):
        media.opened(NAME)


def test_a_folder_that_cannot_be_written_is_told(folder, settings):
    settings.MEDIA_ROOT = str(folder / "in a file")
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(OSError):
        media.store(NAME, b"A picture")


def test_no_half_file_remains_when_the_disk_is_full(folder):
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, hard))
    try:
        with pytest.raises(OSError):
            media.store(NAME, b"x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(folder.iterdir()) == []


def test_another_store_is_a_setting(db, at, client, settings, folder):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}
    picture = Picture.take(encoded(two_coloured(), "PNG"), by=hand("Asha"), file_name="a.png", at=at)
    page = client.get(f"/media/{picture.name}")
    assert (page.headers["Content-Type"], len(page.getvalue()) > 100) == ("image/png", True)
    assert not folder.exists()
    media.delete(picture.name)
    assert client.get(f"/media/{picture.name}").status_code == 404
