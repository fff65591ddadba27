"""Public pages answered from stored bytes, in front of Django: a WSGI function that asks with one raw query.

It overtakes everything else, so it looks at the Host and at https itself; whatever it does not answer goes to Django,
whose outermost layer (`stored`) makes the page, stores it, and hands it back to be answered here. So a page goes out in
one way, whether it was made now or long ago.
"""

import re
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest

from carsite.reader.counting import COUNTING
from carsite.reader.encodings import PACKED
from carsite.reader.guard import ALWAYS, PATIENTS_POLICY
from carsite.reader.kept import kept
from carsite.reader.languages import language_of
from carsite.reader.paper.foreseen import WOKEN
from carsite.reader.stored import CODES, MADE, PDF, encoding_for, is_stored, key_of, known_query

STATUS = {200: "200 OK", 301: "301 Moved Permanently", 410: "410 Gone"}
GUARDED = list(ALWAYS.items())
# Browsers show a PDF in a page of their own, which holds it as an object; who searches is led to the page.
OF_SHEETS = {
    "Content-Security-Policy": PATIENTS_POLICY.replace("style-src", "object-src 'self'; style-src"),
    "X-Robots-Tag": "noindex",
}
# Where acts are done
OF_STAFF = ("/admin/", "/review/")
# Names that readers came by; whoever sends others fills no more than this.
HOSTS = 100


class Front:
    """A WSGI application: stored pages from here, all else from the application it is given."""

    def __init__(self, django):
        self.django, self.hosts = django, set()

    def __call__(self, environ, start_response):
        if (key := self.key(environ)) is None:
            return self.unstored(environ, start_response)
        found, encoding = None, encoding_for(environ)
        with suppress(Exception):  # whatever is wrong, Django says so, and guards what it says
            found = kept().find(key, encoding) or packed(key, encoding)
        if found:
            return answer(environ, start_response, encoding, *found)
        said = []
        body = self.django(environ, lambda *status_and_headers: said.append(status_and_headers))
        if page := environ.pop(MADE, None):
            if hasattr(body, "close"):
                body.close()
            found = page.http, page.content_type, page.location, page.etag, getattr(page, encoding)
            return answer(environ, start_response, encoding, *found)
        start_response(*said[-1])
        return body

    def unstored(self, environ, start_response):
        """The answer of Django. What staff sent may be an act, of which sheets are to be looked at."""
        try:
            return self.django(environ, start_response)
        finally:
            if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].startswith(OF_STAFF):
                WOKEN.set()

    def key(self, environ):
        """What the page is stored under, or None where Django is to answer: it also refuses what is to be refused."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path = environ["PATH_INFO"]
        if not path.isascii():
            try:
                path = path.encode("iso-8859-1").decode()
            except UnicodeError:
                return None
        if not (is_stored(path) or CODES.fullmatch(path)) or not self.knows(environ):
            return None
        query = environ.get("QUERY_STRING")
        return key_of(path, known_query(path, query) if query else "")

    def knows(self, environ):
        """Whether the reader came by a name of this site, and by https where the site asks for it."""
        host = environ.get("HTTP_HOST")
        if host not in self.hosts:
            try:
                WSGIRequest(environ.copy()).get_host()  # which would replace the path by its decoded form
            except DisallowedHost:
                return False
            if len(self.hosts) < HOSTS:
                self.hosts.add(host)
        return not settings.SECURE_SSL_REDIRECT or is_secure(environ)


def packed(key, encoding):
    """The page in an encoding that nobody had asked for, kept for the next who does; None where none is stored."""
    if encoding == "identity" or not (found := kept().find(key, "identity")):
        return None
    *about, etag, content = found
    body = PACKED[encoding](bytes(content))
    kept().add(key, etag, encoding, body)
    return *about, etag, body


def is_secure(environ):
    """Whether the reader came by https: what Django says of the same request, at a tenth of the cost."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if (said := environ.get(header)) is not None:
            return said.split(",", 1)[0].strip() == secure
    return environ.get("wsgi.url_scheme") == "https"


def answer(environ, start_response, encoding, http, content_type, location, etag, body):
    """Send a stored page, or say that the reader has it already."""
    if http == 200 and environ["REQUEST_METHOD"] == "GET":
        COUNTING.count(environ["PATH_INFO"])
    guarded = (ALWAYS | OF_SHEETS).items() if content_type == PDF else GUARDED
    if http == 200 and (known := environ.get("HTTP_IF_NONE_MATCH")) and is_known(etag, known):
        start_response("304 Not Modified", [("ETag", etag), *guarded])
        return []
    headers = [
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("Content-Language", language_of(environ["PATH_INFO"])),
        ("ETag", etag),
        *guarded,
    ]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    if location:
        headers.append(("Location", location))
    start_response(STATUS[http], headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [bytes(body)]


def is_known(etag, known):
    """Whether the client has this page already (RFC 9110, 13.1.2, weak comparison)."""
    return known.strip() == "*" or etag[2:] in re.findall(r'"[^"]*"', known)
