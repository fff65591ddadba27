"""The pages that say what went wrong: 400, 403 and 500. They may come from before the layer that guards all others."""

import sys
from functools import wraps

from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from carsite.reader import guarded
from carsite.staff import unsaved
from publishing.staff import editor
from publishing.text import LONGEST


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
    if not request.path.startswith("/admin/"):
        return HttpResponse(render_to_string("500.html"), status=500)
    problem = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
    is_busy = isinstance(problem, OperationalError)
    return HttpResponse(render_to_string("500_staff.html", {"is_busy": is_busy}), status=503 if is_busy else 500)
