"""A form that is sent twice, by two clicks or by a browser that tries again, does one thing."""

import hashlib
import json
import time

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone

from carsite.staff.unsaved import page
from publishing.models import SentForm

MASKED = 64  # signs of the token that Django gives out anew with each page
WAITS = 20.0  # seconds
DONE = "This form arrived twice, and was done once."


def once(request, answer):
    """What `answer` says to the form; where the same form was sent before and led on, the way to where that led.

    Where it led nowhere yet, since its process died or is still at work, what was typed is shown, and lost to nobody.
    The token is another on each page that shows a form, so only what was sent twice from one page is the same; whoever
    went back and wrote something else is heard.
    """
    token = request.POST.get("csrfmiddlewaretoken", "")
    if len(token) != MASKED:
        return answer()
    digest, until = digest_of(request), time.monotonic() + WAITS
    row, is_mine = SentForm.take(digest, at=timezone.now())
    while not is_mine and not row.led_to and time.monotonic() < until:
        time.sleep(0.05)
        row, is_mine = SentForm.take(digest, at=timezone.now())
    if is_mine:
        return first(row, answer)
    if not row.led_to:
        return page(request, is_unknown=True)
    messages.info(request, DONE)
    return HttpResponseRedirect(row.led_to)


def first(row, answer):
    led_to = ""
    try:
        response = answer()
        led_to = response.get("Location", "")
        return response
    finally:
        row.answered(led_to)


def digest_of(request):
    files = [(name, one.name, one.size) for name, many in request.FILES.lists() for one in many]
    sent = [request.user.pk, request.get_full_path(), list(request.POST.lists()), files]
    return hashlib.sha256(json.dumps(sent).encode("utf-8", "surrogatepass")).hexdigest()
