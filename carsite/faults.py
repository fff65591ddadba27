"""The pages that say what went wrong: 400, 403 and 500. They may come from before the layer that guards all others."""

import sys
from contextlib import suppress
from functools import wraps

from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from carsite.reader import guarded
from carsite.staff import unsaved
from publishing.models import Frame, Line
from publishing.staff import editor
from publishing.text import LONGEST

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


@on_guard
def server_error(request):
    """500, for staff with what became of their text. Needs neither the database nor a session."""
    problem = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
    if not request.path.startswith("/admin/"):
        if not isinstance(problem, DatabaseError):
            remember()
        return HttpResponse(render_to_string("500.html", {"frame": _known.get(get_language())}), status=500)
    is_busy = isinstance(problem, OperationalError)
    return HttpResponse(render_to_string("500_staff.html", {"is_busy": is_busy}), status=503 if is_busy else 500)
