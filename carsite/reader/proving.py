"""Stored pages and pictures are what patients are sent: each is made anew, or read, and compared."""

import gzip
import hashlib
import io
import re
import zlib

import brotli
from PIL import Image

from carsite.reader.made import answer_of
from carsite.reader.paper import since
from carsite.reader.stored import release, tag_of
from publishing.models import ENCODINGS, Picture, Rendition, StoredPage, index, kinds, media
from publishing.record import owed_faults
from publishing.text import alike

SHOWN = 'src="/media/'
PICTURE = re.compile(SHOWN + r'([^"]+)"')
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}


def altered():
    """Yield, as a sentence each, the stored pages that hold now and are not what this site makes, such pictures, and
    what of the search index, and of what is owed of each text, is not made of the record."""
    yield from index.faults(StoredPage.head()[1])
    yield from owed_faults(StoredPage.head()[1])
    start = f"{release()} "
    for key in StoredPage.objects.filter(key__startswith=start).order_by("key").values_list("key", flat=True):
        if _differs(key, key.removeprefix(start)) and _differs(key, key.removeprefix(start)):
            # Twice, since an act in between makes another page of it.
            yield f"the stored page {key.removeprefix(start)} is not what the site makes"
    yield from _gone()
    for name, *size in Picture.objects.order_by("pk").values_list("name", "width", "height").iterator():
        if not _is_whole(name, tuple(size)):
            yield f"the picture {name} is not the one that was uploaded, or is missing"
    for rendition in Rendition.objects.select_related("picture").order_by("pk").iterator():
        if not _is_whole(rendition.name, (rendition.width, rendition.height)) or not _is_alike(rendition):
            yield f"the file {rendition.name} does not show its picture, or is missing: renew_pictures makes it anew"


def _gone():
    """The pictures that patients' texts show and nobody keeps any more."""
    known = set(Picture.objects.values_list("name", flat=True))
    for model in kinds.works():
        live = model.edition_model().objects.live(StoredPage.head()[1]).readable().filter(html__contains=SHOWN)
        for work, html in live.order_by("work").values_list("work_id", "html").iterator():
            for name in sorted({*PICTURE.findall(html)} - known):
                yield f"the picture {name}, which {model.LEDGER_NAME}/{work} shows, is kept no more"


def _is_whole(name, size):
    """Whether the file is there, and is what its name and the size of its place on a page say."""
    try:
        with media.opened(name) as file:
            content = file.read()
        return hashlib.sha256(content).hexdigest() == name[:64] and Image.open(io.BytesIO(content)).size == size
    except OSError:
        return False


def _is_alike(rendition):
    try:
        with media.opened(rendition.picture.name) as whole, media.opened(rendition.name) as file:
            return alike(whole.read(), file.read())
    except OSError:
        return False


def _differs(key, address):
    _seq, at = StoredPage.head()
    encodings = ["identity"] if address.endswith(".pdf") else ENCODINGS
    stored = {encoding: found for encoding in encodings if (found := StoredPage.find(key, encoding))}
    if not stored:
        return False  # it holds no longer, and nobody is sent it
    if "identity" not in stored:
        return True  # what is packed is made of it
    if not address.startswith("/"):
        return since.is_altered(address, bytes(stored["identity"][-1]), at)
    made = answer_of(address, at)
    if made is None:
        return True
    if made.status_code == 503:
        return getattr(made, "was_never_printed", False)  # where it could not be printed just now, nobody can tell
    expected = (made.status_code, made.headers["Content-Type"], made.headers.get("Location", ""))
    expected += (tag_of(made.content),)
    for encoding, (*about, body) in stored.items():
        try:
            if tuple(about) != expected or OPENED[encoding](bytes(body)) != made.content:
                return True
        except (OSError, EOFError, zlib.error, brotli.error):
            return True
    return False
