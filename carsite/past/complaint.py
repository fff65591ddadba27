"""One file for a complaint: a page as it was, what was recorded of it, and how to verify that without us."""

import io
import json
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from carsite.past.as_it_was import PREFIX, AsItWasForm, NotShown, first_values, picking, public_page, read, sentence
from carsite.reader import FOREIGN
from publishing.models import NAME, Addressed, Line, kinds, media, name_of
from publishing.record import composed, spoken
from publishing.staff import Preview
from publishing.text import Ways, canonical

EVIDENCE = Path(__file__).parent / "evidence"
PAGE = re.compile(rf"/(?:({'|'.join(FOREIGN)})/)?([a-z]+)/([^/\0]+)/")


def download(request, when, public=""):
    """The .zip, made in memory."""
    try:
        at = read(when)
        if at > request.moment():
            raise NotShown("That moment has not come yet, so nobody can say what patients saw then.")
        head = made = None
        # Made anew after an act in between: else a review could stand in one file and its line not in the other.
        while made is None or Line.objects.head() != head:
            head, edition = Line.objects.head(), edition_at(f"/{public}", at)
            made = zipped(request, edition, at)
    except NotShown as problem:
        form = AsItWasForm(initial=first_values(request) | {"path": f"/{public}"})
        return picking(request, form, str(problem), 404)
    answer = HttpResponse(made, content_type="application/zip", headers={"Cache-Control": "no-store"})
    name = f"as-it-was-{timezone.localtime(at):%Y-%m-%d}-{edition.slug}.zip"
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def edition_at(path, at):
    """The edition that answered at the public path then. Raises NotShown."""
    found = PAGE.fullmatch(path)
    folders = {model.FOLDER: model for model in kinds.editions() if issubclass(model, Addressed)}
    if not found or found[2] not in folders:
        raise NotShown("Give the address of one guide or one question: the file is about a single page.")
    language, folder, slug = found.groups()
    edition = folders[folder].objects.at_address(language or settings.LANGUAGE_CODE, slug, at)
    if edition is None:
        raise NotShown("Patients could not read a page at that address then.")
    return edition


def zipped(request, edition, at):
    editions = composed(edition, at).editions
    now = request.moment()
    path, back = edition.address(), f"{PREFIX}?{urlencode({'path': edition.address()})}"
    page = public_page(request, path, at, Preview(sentence(at, now), back, " "), FileWays()).content
    pictures = sorted({name for one in editions for name in NAME.findall(one.html)})
    about = {
        "moment": f"{spoken(at)} (time zone {settings.TIME_ZONE})",
        "address": settings.SITE_URL + path,
        "made": f"{spoken(now)}",
        "by": name_of(request.user),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("README.txt", (EVIDENCE / "README.txt").read_text().format(**about))
        folder.writestr("verify.py", (EVIDENCE / "verify.py").read_text())
        folder.writestr("page.html", page)
        folder.writestr("record.json", json.dumps(record(editions, at), ensure_ascii=False, indent=1))
        folder.writestr("chain.json", json.dumps(chain(), ensure_ascii=False))
        for name in pictures:
            with suppress(FileNotFoundError), media.opened(name) as picture:
                folder.writestr(f"pictures/{name}", picture.read())
    return file.getvalue()


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


def record(editions, at):
    """All that was recorded of these editions, as JSON can say it."""
    names = [one.work.name for one in editions]
    lines = Line.objects.filter(work__in=names).order_by("seq")
    # Those made later too: only with them is it plain which of two like reviews a line revoked.
    reviewed = [one for one in editions if hasattr(one.work, "reviews")]
    reviews = [(one.work, review) for one in reviewed for review in one.work.reviews.order_by("made_at")]
    return {
        "at": plain(at),
        "page": names[0],
        "editions": [edition_record(one) for one in editions],
        "reviews": [review_record(work, one) for work, one in reviews],
        "lines": [dict(zip(Line.HASHED[one.format], hashed(one), strict=True)) | {"hash": one.hash} for one in lines],
    }


def edition_record(edition):
    # Of what the law had erased, nothing can be proved but that its digest is the one the ledger keeps.
    fields = edition.digested() if edition.redacted_at is None else {}
    return {
        "work": edition.work.name,
        "number": edition.number,
        "text_fields": list(edition.DIGESTED[edition.digest_format]["text"]),
        "text_digest": edition.text_digest,
        "page_digest": edition.page_digest,
        "fields": plain(fields),
    }


def review_record(work, review):
    """Only what a line of the ledger says too, and what the digest in that line covers."""
    about = {"work": work.name, "made_at": review.made_at, "made_by_name": review.made_by_name}
    about |= {"revoked_at": review.revoked_at}
    return plain(about | {"fields": {name: getattr(review, name) for name in review.DIGESTED}})


def chain():
    """Every line with what its hash covers."""
    lines = Line.objects.order_by("seq").iterator(1000)
    return {"lines": [{"values": hashed(one), "hash": one.hash} for one in lines]}


def hashed(line):
    return plain([getattr(line, name) for name in Line.HASHED[line.format]])
