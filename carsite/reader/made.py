"""What the site's own views answer at a moment, without a server and without a reader."""

import io

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404

from carsite.reader.kept import kept
from carsite.reader.languages import language_of
from carsite.reader.stored import bodies, by_view, is_storable, key_of
from publishing.models import StoredPage, noted, page_of


def request_for(address, at):
    """A reader's request for an address of the site, at that moment."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("iso-8859-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": settings.SITE_URL.partition("://")[2],
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": settings.SITE_URL.partition(":")[0],
    }
    request = WSGIRequest(environ)
    request.moment = lambda: at
    request.LANGUAGE_CODE = language_of(path)
    return request


def answer_of(address, at, *, view=None, copied=None, is_patient=False):
    """The answer of the view of that address, or None where there is no page. `copied` tells of a copy.

    Who `is_patient` can wait for what is printed.
    """
    request = request_for(address, at)
    request.copied, request.is_patient = copied, is_patient
    try:
        return by_view(request, view)
    except Http404:
        return None


def stored_sheet(path):
    """The bytes of a printed guide: as they are stored, or made now, and stored. None where none can be made."""
    key = key_of(path, "")
    if key and (found := kept().find(key, "identity")) and found[0] == 200:
        return bytes(found[-1])
    seq, at = StoredPage.head()
    with noted() as names:
        answer = answer_of(path, at, is_patient=True)
    if answer is None or answer.status_code != 200:
        return None
    kind = answer.headers["Content-Type"]
    if key and is_storable(answer):
        held = bodies(answer.content)
        kept().keep(page_of(key, seq, at, names, http=200, content_type=kind, location="", **held))
    return answer.content
