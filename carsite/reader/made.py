"""What the site's own views answer at a moment, without a server and without a reader."""

import io

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import resolve
from django.utils import translation

from carsite.reader.languages import language_of
from carsite.reader.stored import bodies, key_of
from publishing.models import StoredPage, noted, page_of, said_in


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


def answer_of(address, at, *, view=None, copied=None):
    """The answer of the view of that address, or None where there is no page. `copied` tells of a copy."""
    request = request_for(address, at)
    request.copied = copied
    with translation.override(said_in(request.LANGUAGE_CODE)):
        try:
            if view:
                answer = view(request)
            else:
                request.resolver_match = found = resolve(request.path_info)
                answer = found.func(request, *found.args, **found.kwargs)
            return answer.render() if hasattr(answer, "render") else answer
        except Http404:
            return None


def stored_sheet(path):
    """The bytes of a printed guide: as they are stored, or made now, and stored. None where none can be made."""
    key = key_of(path, "")
    if key and (found := StoredPage.find(key, "identity")) and found[0] == 200:
        return bytes(found[-1])
    seq, at = StoredPage.head()
    with noted() as names:
        answer = answer_of(path, at)
    if answer is None or answer.status_code != 200:
        return None
    kind = answer.headers["Content-Type"]
    if key:
        held = bodies(answer.content, kind)
        page_of(key, seq, at, names, http=200, content_type=kind, location="", **held).put()
    return answer.content
