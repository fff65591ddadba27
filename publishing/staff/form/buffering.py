"""What is typed into a form is kept on the server, offered again to whoever typed it, and told to who writes there too.

The form's script sends it here; where none runs, a form that was sent and refused is kept the same way.
"""

import json
import secrets
import time
from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import BESIDE, Buffer, name_of
from publishing.refusals import Refused
from publishing.staff.addresses import list_url, staff_url
from publishing.staff.form.steps import next_step

FIELD = "buffer"  # the hidden field with the key of the opened form
REDRAWN = "_redrawn"  # the form is shown again as it was typed, and nothing is saved
MOST_SIGNS = 1_000_000
TOO_LONG = "Not kept: this text is too long to be kept. Save it, or copy it to be safe."


def new_key():
    """The key of a form that is opened now: when, and by chance."""
    return f"{int(time.time()):x}-{secrets.token_urlsafe(12)}"


def ledger_name(desk, work):
    """How buffers name a text; a new one by its kind."""
    return work.name if work else desk.model.LEDGER_NAME


def beside_name(work):
    """How buffers name a translation that is written beside its original."""
    return f"{work.name}/{BESIDE}"


def typed_in(given):
    """The fields of a form as it was sent, without what belongs to the form and not to the text."""
    kept = {name: texts for name, texts in given.lists() if not name.startswith(("_", "csrf")) and name != FIELD}
    return {name: [text.replace("\r\n", "\n").replace("\0", "") for text in texts] for name, texts in kept.items()}


def keep_page(desk, request, pk=None, *, beside=False):
    """Keeps what the form's script sends, and says when, who else writes there, and what would come next.

    `beside` where that form is the one of a translation beside its original.

    Asked by GET it gives a new token, for who has logged in again in another tab.
    """
    work = desk.found(request, pk) if pk else None
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "person": request.user.pk})
    may = desk.has_change_permission(request, work) if work else desk.has_add_permission(request)
    if not may:
        raise PermissionDenied
    name, key = ledger_name(desk, work), request.POST.get(FIELD, "")
    if "throw" in request.POST:
        Buffer.end(key, person=request.user, work=beside_name(work) if beside else name, at=timezone.now())
        page = "translate" if beside else "change"
        return HttpResponseRedirect(staff_url(work, page) if work else list_url(desk.model, "add"))
    try:
        answer = kept(request, key, beside_name(work) if beside else name)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    answer["others"] = others(request.user, name, timezone.now())
    if not beside:
        step = next_step(request.user, as_typed(work, request.POST), request.moment()) if work else None
        answer["next"] = step and step._asdict()
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def kept(request, key, name):
    """Keep the form that was sent; return when. Raises Refused."""
    typed, base, at = typed_in(request.POST), {}, timezone.now()
    if sum(len(text) for texts in typed.values() for text in texts) > MOST_SIGNS:
        raise Refused(TOO_LONG)
    with suppress(ValueError, TypeError):
        opened = QueryDict(mutable=True)
        for field, text in json.loads(request.POST.get("_base", "[]")):
            opened.appendlist(str(field), str(text))
        base = typed_in(opened)
    row = Buffer.keep(key, person=request.user, work=name, typed=typed, base=base, at=at)
    return {"kept": clock(at), "is_saved": row is None or row.saved_at is not None}


def as_typed(work, given):
    """The working copy as it is in the form: enough to say what comes next. It is not saved."""
    for field in work._meta.fields:
        if field.name in given and field.get_internal_type() in ("CharField", "TextField"):
            setattr(work, field.name, given[field.name].replace("\r\n", "\n"))
    return work


def clock(at):
    """A moment of today as the bar says it, and of another day with its date."""
    local = timezone.localtime(at)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j F Y, H:i")


def others(user, name, at):
    """Who else has been writing in this text, in a sentence each."""
    found = {}
    for row in Buffer.objects.writing(name, at).exclude(person=user) if "/" in name else ():
        found.setdefault(row.person_id, f"{name_of(row.person)} is writing here since {clock(row.opened_at)}.")
    return list(found.values())


def offered(request, name, key=""):
    """(row, when) of what this person typed here and did not save, but for the form that is open."""
    rows = Buffer.objects.not_saved(request.user, name).exclude(key=key).defer("base")
    return [(row, clock(row.kept_at)) for row in rows[:20]]


def taken_up(request, name):
    """What the address asks to be taken up again; None where it asks for nothing. Raises Http404."""
    key = request.GET.get(FIELD)
    if request.method != "GET" or not key:
        return None
    row = Buffer.objects.not_saved(request.user, name).filter(key=key).first()
    if row is None:
        raise Http404("Nothing is kept under this address: it was saved, or thrown away.")
    given = QueryDict(mutable=True)
    for field, texts in row.typed.items():
        given.setlist(field, texts)
    given[FIELD], given[REDRAWN] = key, "1"
    return given


def keep_refused(request, name):
    """Keep what was sent and not saved: the page shows it again, and a crash or a link followed loses nothing."""
    with suppress(Refused):
        kept(request, request.POST.get(FIELD, ""), name)
