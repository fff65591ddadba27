"""The pages that say what went wrong: 400, 403, 413 and 500. They may come from before what guards all others."""

import sys
from contextlib import suppress
from functools import wraps

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from carsite.reader import guarded, language_of
from carsite.staff import unsaved
from publishing.models import Frame, Line, said_in
from publishing.staff import editor
from publishing.text import LONGEST

AWAY = (OperationalError, InterfaceError)
# Whom to call, as it was last known: the page that says so may be needed while the database does not answer.
_known = {}


def remember():
    """Keep the frame of each language in memory, if the database answers."""
    with suppress(Exception):
        at = Line.objects.moment_of_reading()
        _known.update({code: Frame.around(at, code) for code, _name in settings.LANGUAGES})


def on_guard(fault):
    @wraps(fault)
    def shown(request, *args, **kwargs):
        return guarded(request, fault(request, *args, **kwargs))

    return shown


@on_guard
def bad_request(request, exception=None):
    """400, for staff with what became of their text and how long one may be."""
    if not request.path.startswith("/admin/"):
        return HttpResponse(render_to_string("400.html"), status=400)
    return HttpResponse(render_to_string("400_staff.html", {"longest": f"{LONGEST:,}"}), status=400)


@on_guard
def forbidden(request, exception=None, reason=""):
    """403. `reason` is given where the token of a form is refused; staff never lose what they typed."""
    if request.path.startswith("/admin/editor/"):
        return editor.token_refused(request)
    if request.method == "POST" and request.path.startswith("/admin/"):
        return unsaved.page(request, is_token_refused=bool(reason))
    return HttpResponse(render_to_string("403.html"), status=403)


def _for_readers(request, is_away):
    """In the language of the address: 503 while the database is away, so that a shared cache serves what it has."""
    language = language_of(request.path_info)
    with translation.override(said_in(language)):
        page = render_to_string("500.html", {"frame": _known.get(language, _known.get(settings.LANGUAGE_CODE))})
    answer = HttpResponse(page, status=503 if is_away else 500, headers={"Cache-Control": "no-store"})
    if is_away:
        answer.headers["Retry-After"] = "30"
    return answer


@on_guard
def too_large(request):
    """413, before anything of it is read: the connection ends, so that nobody sends the rest."""
    answer = HttpResponse(render_to_string("413.html"), status=413)
    answer.headers["Connection"] = "close"
    return answer


@on_guard
def server_error(request):
    """500 or 503, for staff with what became of their text. Needs neither the database nor a session."""
    problem = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
    if not request.path.startswith("/admin/"):
        if not isinstance(problem, DatabaseError):
            remember()
        return _for_readers(request, isinstance(problem, AWAY))
    is_busy = isinstance(problem, OperationalError)
    return HttpResponse(render_to_string("500_staff.html", {"is_busy": is_busy}), status=503 if is_busy else 500)
