"""Media: the files of pictures, each under the name that is its content. Where they are kept is a setting, STORAGES:
a folder, below, or a bucket of a store elsewhere.
"""

import os
import re
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")


def store(name, content):
    """Keep these bytes, whole or not at all; nothing is done when they are there. Raises OSError."""
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))


def is_there(name):
    """Whether there is such a file, which is not read. Raises OSError where that cannot be asked."""
    return default_storage.exists(name)


def opened(name):
    """The file, to be read. Raises FileNotFoundError where it is not there, OSError where it cannot be read."""
    return default_storage.open(name)


def delete(name):
    default_storage.delete(name)


def answers():
    """Whether a store elsewhere can be asked now; a folder of ours is looked at in other ways."""
    return getattr(default_storage, "answers", lambda: True)()


class Folder(FileSystemStorage):
    """Files in MEDIA_ROOT. A row is written once its file is on the disk, so none may ever be there by half."""

    def get_available_name(self, name, max_length=None):
        """The same: what has this name already has this content."""
        return name

    def _save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        number, part = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(number, "wb") as file:
                file.writelines(content.chunks())
                file.flush()
                os.fchmod(number, 0o644)  # a web server in front may run as someone else
                os.fsync(number)
            os.replace(part, target)
        except BaseException:
            os.unlink(part)
            raise
        _keep_name(target.parent)
        return name


def _keep_name(folder):
    """A row must not outlive its file after a power cut: the name of the file reaches the disk too."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
