"""One file for a complaint: a page as it was, what was recorded of it, and how to verify that without us."""

import csv
import hashlib
import io
import json
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.html import format_html

from articles.models import TAKEN
from carsite.past.as_it_was import PREFIX, AsItWasForm, NotShown, first_values, picking, public_page, read, sentence
from carsite.reader import TAG
from publishing.models import (
    NAME,
    Access,
    Addressed,
    FrameEdition,
    Hand,
    Line,
    access,
    as_moment,
    consents_to,
    kinds,
    media,
    name_of,
    prepared,
)
from publishing.record import composed, grammar, spoken
from publishing.staff import Preview
from publishing.text import Ways, canonical, moment

TOGETHER = 2000  # lines
BETWEEN = '","'
EVIDENCE = Path(__file__).parent / "evidence"
PAGE = re.compile(rf"/(?:({TAG})/)?(?:([a-z]+)/)?([^/\0]+)/")


def download(request, when, public=""):
    """The .zip, made in memory."""
    try:
        at = read(when)
        if at > request.moment():
            raise NotShown("That moment has not come yet, so nobody can say what patients saw then.")
        head = parts = None
        # Made anew after an act in between: else a review could stand in one file and its line not in the other.
        while parts is None or Line.objects.head() != head:
            head, edition = Line.objects.head(), edition_at(f"/{public}", at)
            parts = files(request, edition, at)
    except NotShown as problem:
        form = AsItWasForm(initial=first_values(request) | {"path": f"/{public}"})
        return picking(request, form, str(problem), 404)
    access.record(Access.Verb.COMPLAINT, edition.work.name, by=Hand.of(request.user), text=str(edition.work), at=at)
    sent = zipped(parts, head)
    answer = StreamingHttpResponse(sent, content_type="application/zip", headers={"Cache-Control": "no-store"})
    name = f"as-it-was-{timezone.localtime(at):%Y-%m-%d}-{edition.slug}.zip"
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def edition_at(path, at):
    """The edition that answered at the public path then. Raises NotShown."""
    found = PAGE.fullmatch(path)
    folders = {model.FOLDER: model for model in kinds.editions() if issubclass(model, Addressed)}
    if not found or (found[2] or "") not in folders or (not found[2] and found[3] in TAKEN):
        raise NotShown("Give the address of one guide or one question: the file is about a single page.")
    language, folder, slug = found.groups()
    edition = folders[folder or ""].objects.at_address(language or settings.LANGUAGE_CODE, slug, at)
    if edition is None:
        raise NotShown("Patients could not read a page at that address then.")
    return edition


def files(request, edition, at):
    """What is in the file but for the chain and the pictures' bytes: (text by name, names of pictures)."""
    editions = composed(edition, at).editions
    # Of every language: who reads the file sees that no other words were in force around the text.
    editions += [one for one in FrameEdition.objects.live(at).order_by("pk") if one not in editions]
    now = request.moment()
    path, back = edition.address(), f"{PREFIX}?{urlencode({'path': edition.address()})}"
    page = public_page(request, path, at, Preview(sentence(at, now), back, " "), FileWays()).content
    about = {
        "moment": f"{spoken(at)} (time zone {settings.TIME_ZONE})",
        "address": settings.SITE_URL + path,
        "made": f"{spoken(now)}",
        "by": name_of(request.user),
    }
    texts = {
        "README.txt": (EVIDENCE / "README.txt").read_text().format(**about),
        **{name: (EVIDENCE / name).read_text() for name in ("verify.py", "shown.py")},
        "grammar.py": Path(grammar.__file__).read_text(),
        "page.html": page,
        "record.json": json.dumps(record(editions, at), ensure_ascii=False, indent=1),
    }
    names = {name for one in editions for name in NAME.findall(one.html)}
    over = {name for name, told in consents_to(names, at).items() if told.is_over(at)}
    return texts, sorted(names - over)


class Outlet(io.RawIOBase):
    """What is written into it is taken out piece by piece, so that a long file is never held as a whole."""

    def __init__(self):
        self.pieces = []

    def writable(self):
        return True

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def zipped(parts, head):
    """The bytes of the .zip, as they are made."""
    (texts, pictures), outlet = parts, Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as folder:
        for name, text in texts.items():
            folder.writestr(name, text)
        for name in pictures:
            with suppress(FileNotFoundError), media.opened(name) as picture:
                folder.writestr(f"pictures/{name}", picture.read(), zipfile.ZIP_STORED)
                yield outlet.taken()
        with folder.open("chain.csv", "w") as file:
            for rows in chain_up_to(head.seq):
                text = io.StringIO(newline="")
                csv.writer(text, lineterminator="\n").writerows(rows)
                file.write(text.getvalue().encode())
                yield outlet.taken()
    yield outlet.taken()


class FileWays(Ways):
    """The page as a file of its own: pictures beside it, links without a place to lead to, no form that works."""

    folder, inert, is_alone = "pictures/", " inert", True

    def attributes(self, address):
        is_ours = address.startswith(("/", "?", settings.SITE_URL))
        # Kept, so that the page can still be compared with its edition, but not where a browser follows it.
        return format_html(' data-to="{}"', address) if is_ours else super().attributes(address)


def plain(value):
    """A value as its canonical JSON says it: moments and days as text."""
    return json.loads(canonical(value))


def chain_up_to(seq):
    """Of each line its skeleton and its rest, as text, some at a time; all columns that are read are digests, or lie
    in the open."""
    wide, last = len(Line.SKELETON[Line.FORMAT]), 0
    while rows := chain_after.rows(seq=last, until=seq):
        last = rows[-1][SEQ]
        yield [[*skeleton_of(row), rest_of(row[wide:])] for row in rows]


@prepared
def chain_after(*, seq, until):
    columns = (*Line.SKELETON[Line.FORMAT], *Line.RESTING[Line.FORMAT])
    lines = Line.objects.filter(seq__gt=seq, seq__lte=until, format=Line.FORMAT).order_by("seq")
    return lines.values_list(*columns)[:TOGETHER]


SEQ, *MOMENTS = map(Line.SKELETON[Line.FORMAT].index, ("seq", "at", "in_force_at"))


def skeleton_of(row):
    said = list(row[: len(Line.SKELETON[Line.FORMAT])])
    for place in MOMENTS:
        said[place] = said[place] and moment(as_moment(said[place]))
    return said


def rest_of(digests):
    """The canonical JSON of a list of digests, as `Line.rest` makes it, in a tenth of a line's time, digested."""
    return hashlib.sha256(f'["{BETWEEN.join(digests)}"]'.encode()).hexdigest()


def record(editions, at):
    """All that was recorded of these editions, as JSON can say it."""
    names = [one.work.name for one in editions]
    lines = Line.objects.filter(work__in=names).order_by("seq")
    reviewed = [one.work for one in editions if hasattr(one.work, "reviews")]
    reviews = [review for work in reviewed for review in work.reviews.order_by("made_at")]
    return {
        "at": plain(at),
        "page": names[0],
        "editions": [edition_record(one) for one in editions],
        "reviews": [review_record(one) for one in reviews],
        "lines": [line_record(one) for one in lines],
    }


def edition_record(edition):
    # Of the words that the law had erased, nothing can be proved but that their digest is the one the ledger keeps.
    words, left = edition.digested()
    return {
        "work": edition.work.name,
        "number": edition.number,
        "text_fields": list(edition.DIGESTED[edition.digest_format]["text"]),
        "text_digest": edition.text_digest,
        "words_digest": edition.words_digest,
        "page_digest": edition.page_digest,
        "words": plain(words) if edition.redacted_at is None else {},
        "fields": plain(left),
    }


def review_record(review):
    """What a line of the ledger says too, and what the digest in that line covers."""
    about = {name: getattr(review, name) for name in ("made_by_name", "note", "revoked_at", "salt")}
    about |= {"line": review.line_id, "words": {name: getattr(review, name) for name in review.WORDS}}
    return plain(about | {"fields": {name: getattr(review, name) for name in review.PROVEN}})


def line_record(line):
    """A line about a text in the file, with all that its digests are of."""
    names = [*line.SKELETON[line.format], *line.RESTING[line.format], *(f"{part}_salt" for part in line.SALTED)]
    return plain({name: getattr(line, name) for names in (names, *line.SALTED.values()) for name in names})
