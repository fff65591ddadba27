"""The printed guide: the same composition as its page, set for paper, with a code that says later whether it holds."""

import base64
import re
from functools import partial

import segno
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from articles.models import ArticleEdition
from articles.pages import ArticlePage
from articles.views import answer, found_at, notice
from carsite.reader.printing import LARGEST, Unprintable, pdf_of
from carsite.reader.stored import key_of
from publishing.models import StoredPage, home_of, media
from publishing.record import code_at, composed
from publishing.text import Ways

PICTURE = re.compile(r'<img src="/media/([^"]+)" alt="([^"]*)"[^<>]*>')
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


class PaperWays(Ways):
    """A sheet leads nowhere, and its pictures stand in it."""

    is_alone = True

    def attributes(self, address):
        return ""


@require_safe
def handout(request, slug, language, is_large=False):
    """The PDF of a guide. Where none can be made now, a page that says how to print with the browser (503)."""
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    if moved:
        return moved
    whole = composed(edition, request.moment())
    if edition.is_notice:
        return notice(request, whole)
    html = sheet_html(request, whole, is_large)
    try:
        pdf = pdf_of(with_pictures(html), settings.VAR, partial(stored, request.path_info))
        if len(pdf) > LARGEST and PICTURE.search(html):
            pdf = pdf_of(without_pictures(html), settings.VAR)
    except Unprintable as problem:
        context = {"edition": edition, "why": problem}
        return answer(request, "handout_instead.html", context, composition=whole, status=503)
    return HttpResponse(pdf, content_type="application/pdf")


def stored(path):
    """The sheet, where it was made meanwhile for somebody else."""
    found = StoredPage.find(key_of(path, ""), "identity")
    return found and found[0] == 200 and bytes(found[-1])


def sheet_html(request, whole, is_large):
    """The sheet, with pictures still named."""
    code = code_at(whole.edition, whole.at)
    address = f"{settings.SITE_URL}{home_of(whole.edition.language)}h/"
    page = ArticlePage(whole, PaperWays())
    context = {"page": page, "edition": whole.edition, "frame": whole.frame, "code": code, "paper": settings.PAPER}
    context |= {"square": square(f"{address}{code}/"), "place": address.partition("://")[2], "is_large": is_large}
    return render_to_string("handout.html", context, request)


def square(address):
    """The QR code of an address, as an address of its own."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=2, svgclass=None, lineclass=None)


def with_pictures(html):
    return PICTURE.sub(lambda found: _held(*found.groups()) or _told(found[2]), html)


def without_pictures(html):
    """What each picture shows, in its place."""
    return PICTURE.sub(lambda found: _told(found[2]), html)


def _held(name, alternative):
    try:
        with media.opened(name) as file:
            held = base64.b64encode(file.read()).decode()
    except OSError:
        return ""
    return f'<img src="data:{TYPES[name.rpartition(".")[2]]};base64,{held}" alt="{alternative}">'


def _told(alternative):
    return f'<span class="soft">[{alternative}]</span>' if alternative else ""
