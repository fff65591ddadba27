"""The printed guide: the same composition as its page, set for paper, with a code that says later whether it holds."""

import base64
import re
from functools import partial
from math import sqrt

import segno
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from articles.models import ArticleEdition
from articles.shown.pages import ArticlePage
from articles.views import answer, found_at, notice
from carsite.reader.kept import kept
from carsite.reader.printing import LARGEST, Hindered, Unlettered, Unprintable, pdf_of
from carsite.reader.stored import key_of
from publishing.models import home_of, media
from publishing.record import code_at, composed
from publishing.text import Ways

PICTURE = re.compile(r'<img src="/media/([^"]+)" alt="([^"]*)"[^<>]*>')
# How the library for paper, which lays out each element by itself, is told what a browser sees: the letters before the
# one of another script belong to it (CAR T-سیل), and a range to the words that it counts (2-3 دن).
JOINED = re.compile(r'(?<![A-Za-z])((?:[A-Za-z]{1,30} ){1,6})(<span class="keep" dir="rtl">)')
COUNTED = re.compile(r'<span class="keep">(?=<span class="keep">[^<]*</span>[^<]*[\u0590-\u08ff])')
# Addresses of sheets that a reader waited for in vain, since the machine was busy: soon they lie ready.
HINDERED: set[str] = set()
MOST_HINDERED = 50
# How many letters two sheets of A4 hold at 10 points, and the sizes that a language may be set in; the last for what
# takes more than two sheets. Letters of Nastaliq stand high.
ROOM = {settings.LANGUAGE_CODE: 7200, "hi": 6350, "mr": 6350, "ur": 5900}
STEPS = {settings.LANGUAGE_CODE: (12, 11.3, 10.9, 10.4, 10, 9.6, 11), "ur": (11.4, 10.5, 10, 9.5, 9.2, 10.5)}
STEPS |= dict.fromkeys(("hi", "mr"), (12, 10.7, 10.3, 10, 9.6, 10.7))
WORDS = re.compile(r">([^<>]+)<")
HELD = '<img src="data:'
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
    html, is_patient = sheet_html(request, whole, is_large), getattr(request, "is_patient", False)
    whole_html = with_pictures(html)
    try:
        pdf = pdf_of(whole_html, settings.VAR, partial(stored, request.path_info), is_patient=is_patient)
        if len(pdf) > LARGEST and PICTURE.search(html):
            pdf = pdf_of(without_pictures(html), settings.VAR, is_patient=is_patient)
    except Unprintable as problem:
        if isinstance(problem, Hindered) and len(HINDERED) < MOST_HINDERED:
            HINDERED.add(request.path_info)
        context = {"edition": edition, "why": problem}
        page = answer(request, "handout_instead.html", context, composition=whole, status=503)
        page.was_never_printed = isinstance(problem, Unlettered)
        return page
    sheet = HttpResponse(pdf, content_type="application/pdf")
    # A picture that cannot be read just now is told in words, and stands on the next sheet.
    sheet.is_passing = whole_html.count(HELD) - html.count(HELD) < len(PICTURE.findall(html))
    return sheet


def stored(path):
    """The sheet, where it was made meanwhile for somebody else."""
    found = kept().find(key_of(path, ""), "identity")
    return found and found[0] == 200 and bytes(found[-1])


def sheet_html(request, whole, is_large):
    """The sheet, with pictures still named."""
    code = code_at(whole.edition, whole.at)
    address = f"{settings.SITE_URL}{home_of(whole.edition.language)}h/"
    page = ArticlePage(whole, PaperWays())
    context = {"page": page, "edition": whole.edition, "frame": whole.frame, "code": code, "paper": settings.PAPER}
    context["meanings"] = page.meanings
    context |= {"square": square(f"{address}{code}/"), "place": address.partition("://")[2], "is_large": is_large}
    html = render_to_string("handout.html", context, request)
    if not is_large:
        sizes = " ".join(map(str, sizes_of(html, whole.edition.language)))
        html = html.replace("<html ", f'<html data-sizes="{sizes}" ', 1)
    return from_right_to_left(html) if get_language_bidi() else html


def sizes_of(html, language):
    """The sizes of type in which a guide may fit on two sheets, the largest first, and at the end that of a longer one:
    type is small only where that saves a sheet.
    """
    letters = sum(map(len, WORDS.findall(html.partition("<body")[2])))
    room = ROOM.get(language, ROOM[settings.LANGUAGE_CODE]) * (0.93 if settings.PAPER == "letter" else 1)
    most = 10.3 * sqrt(room / max(letters, 1))  # some more than is likely: what does not fit is tried smaller
    *sizes, longer = STEPS.get(language, STEPS[settings.LANGUAGE_CODE])
    return [*(size for size in sizes if size <= most), longer]


def from_right_to_left(html):
    """The same with words of both directions in the order in which they are read."""
    return COUNTED.sub('<span class="keep" dir="rtl">', JOINED.sub(r"\2\1", html))


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
    return f'{HELD}{TYPES[name.rpartition(".")[2]]};base64,{held}" alt="{alternative}">'


def _told(alternative):
    return f'<span class="soft">[{alternative}]</span>' if alternative else ""
