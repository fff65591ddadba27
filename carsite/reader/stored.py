"""Public pages made and stored, by the outermost middleware; `front` answers with what was stored.

It overtakes everything else, so it checks the Host and redirects to https itself. A page that is not stored, or no
longer holds, is made by the ordinary way, and stored under the ledger's head as it was read before that.
"""

import hashlib
import re
from contextlib import nullcontext, suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from articles.models import OWN
from carsite.reader.encodings import PACKED, best_encoding
from carsite.reader.guard import ALWAYS, guarded
from carsite.reader.kept import kept
from carsite.reader.languages import TAG, is_unwritten, language_of
from carsite.reader.printing import missing
from publishing.models import STORABLE, StoredPage, noted, page_of, said_in
from publishing.text import Busy, Turns, one_address

STORED_PATHS = re.compile(
    rf"/(?:(?:{TAG})/)?(?:(?:articles|faq|words|letters)/(?:[^/\0]+/)?|articles/[^/\0]+/history/"
    rf"|topics/[^/\0]+/|new/|unsafe/(?:feed/)?|{OWN}/(?:history/)?)?"
)
# Printed guides: stored as they are, since what is compressed already gets no shorter.
HANDOUTS = re.compile(rf"/(?:(?:{TAG})/)?articles/[^/\0]+/handout(?:-large)?\.pdf")
# What machines read of the guides
FEEDS = re.compile(rf"/(?:(?:{TAG})/)?(?:topics/[^/\0]+/)?feed/|/llms\.txt")
# What reads many texts, and is never stored
OLD = r"articles/[^/\0]+/history/\d+/(?:since/)?"
SEARCHES = re.compile(rf"/(?:(?:{TAG})/)?(?:search/|{OLD})|/sitemap[^/]*\.xml")
# What compares the texts of a sheet with what is said now; the letters of its code are capitals
CODES = re.compile(rf"/(?:(?:{TAG})/)?h/[^/\0]+/")
# Only these have further pages: anywhere else every number would be one more key to store.
LISTS = re.compile(rf"/(?:(?:{TAG})/)?(articles|faq|(?:topics|letters)/[^/\0]+)/")
PAGED = re.compile(r"(?:^|&)(page=[1-9]\d{0,5})(?=&|$)")
# The questions of guides go on behind a guide's number.
BEHIND = re.compile(r"(?:^|&)(after=(?:0|[1-9]\d{0,5}))(?=&|$)")
LONGEST_KEY = 500
PDF = "application/pdf"
# Where the page that was just made lies for the front, in the request's environ
MADE = "carsite.made"


@cache
def release():
    """Names everything a page is made with, so that no page survives an upgrade of code, packages, templates, style."""
    packages = sorted((str(one.name), one.version) for one in metadata.distributions())
    told = (settings.SITE_URL, settings.TIME_ZONE, settings.LANGUAGES, settings.PAPER, missing())
    made_of = hashlib.sha256(repr((*told, packages)).encode())
    for room in ("publishing", "articles", "faq", "carsite", "templates"):
        for path in sorted((settings.BASE_DIR / room).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".mo", ".svg"} and "tests" not in path.parts:
                made_of.update(path.read_bytes())
    for folder in settings.LOCALE_PATHS:  # a clinic may keep catalogues of its own
        for path in sorted(Path(folder).rglob("*.mo")):
            made_of.update(path.read_bytes())
    return made_of.hexdigest()[:12]


def encoding_for(environ):
    """In which a reader is sent a stored page."""
    is_sheet = environ["PATH_INFO"].endswith(".pdf")  # which gets no shorter
    return "identity" if is_sheet else best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))


def stored_pages(get_response):
    def middleware(request):
        if moved := respelled(request):
            return moved
        if not is_stored(request.path_info):
            return compressed(request, in_turn(request, get_response))
        if request.method not in ("GET", "HEAD"):
            return guarded(request, HttpResponseNotAllowed(["GET", "HEAD"]))
        request.get_host()  # raises for a stranger
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return guarded(request, HttpResponsePermanentRedirect(settings.SITE_URL + request.get_full_path()))
        query = known_query(request.path_info, request.META.get("QUERY_STRING", ""))
        if key := key_of(request.path_info, query):
            return compressed(request, make(request, get_response, key, query))
        return get_response(request)

    return middleware


def is_stored(path):
    return STORED_PATHS.fullmatch(path) or HANDOUTS.fullmatch(path) or FEEDS.fullmatch(path)


def key_of(path, query):
    """What the page of an address is stored under, or None where it is too long; `query` is a `known_query`."""
    key = f"{release()} {path}{query}"
    return key if len(key) <= LONGEST_KEY else None


def respelled(request):
    """To the one spelling of an address of a page, or None: no page has capitals in its address, or another form.

    It is never stored: there is no end of spellings.
    """
    path = request.path_info
    spelled = one_address(path)
    is_reading = request.method in ("GET", "HEAD")
    if spelled == path or not is_reading or not (STORED_PATHS.fullmatch(spelled) or SEARCHES.fullmatch(spelled)):
        return None
    request.get_host()  # raises for a stranger
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(escape_uri_path(spelled) + (f"?{query}" if query else ""), headers=ALWAYS)


def known_query(path, query):
    """The part of a query string that changes the page: ?page=2. A link's tracking words do not."""
    if not query or not (asked := LISTS.fullmatch(path)):
        return ""
    found = asked[1] == "faq" and BEHIND.search(query) or PAGED.search(query)
    return f"?{found[1]}" if found and found[1] != "page=1" else ""


# Pages made, and searches, at the same time in one process. More would be no quicker, and each holds all it reads. As
# many wait as leaves a fourth of a process's threads to readers of stored pages, whatever is asked; of the rest neither
# kind takes all.
ROOM = BoundedSemaphore(24)
MAKING, LOOKING = Turns(4, 8, ROOM), Turns(2, 14, ROOM)


def make(request, get_response, key, query):
    """Make the page and store it: the front sends what was stored, and the plain answer where nothing is."""
    # Printing takes turns of its own, and keeps no page waiting.
    try:
        with nullcontext() if HANDOUTS.fullmatch(request.path_info) else MAKING.taken():
            return _make(request, get_response, key, query)
    except Busy:
        return busy(request)


def in_turn(request, get_response):
    """The answer of what is not stored; what reads many texts, or compares two, takes turns."""
    path = request.path_info
    if not (SEARCHES.fullmatch(path) or CODES.fullmatch(path)):
        return get_response(request)
    try:
        with LOOKING.taken():
            return get_response(request)
    except Busy:
        return busy(request)


def busy(request):
    """Asks to come again: whoever waited too would keep a thread from readers of stored pages."""
    with translation.override(language_of(request.path_info)):
        page = render_to_string("503.html")
    return guarded(request, HttpResponse(page, status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"}))


def _make(request, get_response, key, query):
    seq, at = StoredPage.head()
    of_nobody = cleaned(request, query)
    of_nobody.moment, of_nobody.asked = lambda: at, request.get_full_path()
    with noted() as names:
        response = _alone(of_nobody) or get_response(of_nobody)
        if not is_storable(response):
            return response
        page = page_of(
            key,
            seq,
            at,
            names,
            http=response.status_code,
            content_type=response.headers["Content-Type"],
            location=response.headers.get("Location", ""),
            **bodies(response.content, encoding_for(request.environ)),
        )
    kept().keep(page)
    request.environ[MADE] = page
    return response


def is_storable(response):
    """Whether an answer is the same for all until an act changes it. One that `is_passing` may be another before."""
    is_of_nobody = not (response.streaming or response.cookies or getattr(response, "is_passing", False))
    return response.status_code in STORABLE and is_of_nobody


def _alone(request):
    """What the view answers by itself: whatever the layers around it add, none changes a page of nobody, and together
    they take a tenth of the time. None where they are to say why there is no page."""
    request.LANGUAGE_CODE = language_of(request.path_info)
    if HANDOUTS.fullmatch(request.path_info) or is_unwritten(request.LANGUAGE_CODE):
        return None
    with suppress(Exception):
        response = by_view(request)
        return guarded(request, response) if response.status_code in STORABLE else None
    return None


def by_view(request, view=None):
    """The whole answer of a view, by default that of the address, with the words of its language."""
    with translation.override(said_in(request.LANGUAGE_CODE)):
        if view:
            answer = view(request)
        else:
            request.resolver_match = found = resolve(request.path_info)
            answer = found.func(request, *found.args, **found.kwargs)
        return answer.render() if hasattr(answer, "render") else answer


def cleaned(request, query):
    """The same request of nobody in particular: no cookie, no wish and no tracking word can change a page."""
    # Besides headers, a wish for another charset or another root would change what is stored for everybody.
    kept, changing = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO"), ("CONTENT_TYPE", "CONTENT_LENGTH", "SCRIPT_NAME")
    environ = {
        name: value
        for name, value in request.environ.items()
        if name in kept or not name.startswith("HTTP_") and name not in changing
    }
    # The first request has replaced the path by its decoded form; a request is made from its bytes.
    path = request.path_info.encode().decode("iso-8859-1")
    return WSGIRequest(environ | {"PATH_INFO": path, "QUERY_STRING": query[1:], "REQUEST_METHOD": "GET"})


def bodies(content, *encodings):
    """The bytes as they are, and in these encodings; in others they are packed when somebody asks."""
    # What says nothing is packed at once: an empty column would say that it is not yet.
    packed = {one: pack(content) for one, pack in PACKED.items() if one in encodings or not content}
    return dict.fromkeys(PACKED, b"") | packed | {"etag": tag_of(content), "identity": content}


def tag_of(content):
    """The tag that names the bytes."""
    return f'W/"{hashlib.sha256(release().encode() + content).hexdigest()[:32]}"'


def compressed(request, response):
    """What is not stored, in the encoding asked for: results of a search, a map, a page that says there is none.

    It holds no secret that somebody could guess from its length.
    """
    is_open = SEARCHES.fullmatch(request.path_info) or response.status_code == 404
    if not is_open or response.streaming or not response.content or request.path_info.startswith("/admin/"):
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    encoding = best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if encoding != "identity" and "Content-Encoding" not in response.headers:
        response.content = PACKED[encoding](response.content)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
    return response
