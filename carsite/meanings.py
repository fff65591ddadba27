"""What some settings mean: the paper of printed guides, and where the files of pictures are kept."""

from __future__ import annotations

import re
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from carsite import environment as env

SIZES = {"a4": "A4", "letter": "letter"}
NAME_OF_BUCKET = re.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def paper() -> str:
    """PAPER, as CSS calls it: A4 or letter. Raises ImproperlyConfigured for anything else."""
    word = env.text("PAPER", "A4").lower()
    if word not in SIZES:
        raise ImproperlyConfigured(f"PAPER is “{word}”. Write A4 or letter: it is the size of printed guides.")
    return SIZES[word]


def store_of_pictures(address: str, region: str) -> dict:
    """What STORAGES says of it: the folder without an address. Raises ImproperlyConfigured for what is no bucket."""
    if not address:
        return {"BACKEND": "publishing.models.shelf.media.Folder"}
    try:
        parts = urlsplit(address)
        is_right = parts.scheme in ("https", "http") and env.is_host(parts.hostname or "") and parts.port != 0
    except ValueError:
        parts, is_right = None, False
    if not is_right or parts.query or parts.fragment or "@" in parts.netloc or not _bucket(parts.path):
        # It may hold a key that somebody put there, so the message never repeats it.
        raise ImproperlyConfigured(
            "MEDIA_STORE is not the address of a bucket. Write the store's address and the bucket behind it, "
            "for example MEDIA_STORE=https://store.example.org/guides, and the keys into AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY."
        )
    if find_spec("botocore") is None:
        raise ImproperlyConfigured(
            "MEDIA_STORE needs what is not installed yet. Type: "
            ".venv/bin/python -m pip install --require-hashes -r requirements-s3.lock"
        )
    place = {"endpoint": f"{parts.scheme}://{parts.netloc}", "bucket": _bucket(parts.path), "region": region}
    return {"BACKEND": "publishing.models.shelf.bucket.Bucket", "OPTIONS": place}


def _bucket(path: str) -> str:
    name = path.strip("/")
    return name if NAME_OF_BUCKET.fullmatch(name) else ""
