"""What somebody typed, where it could not be saved: a page that shows it again, to be copied.

Nothing on it sends the text once more. A form that another site made must never become a change by one click here, and
who logs in meanwhile may be somebody else, in whose name it would then be saved.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

SECRET = re.compile(r"pass|token|secret", re.IGNORECASE)
# What a form carries along and nobody types; what was ticked, where only its key is known.
CARRIED = re.compile(
    r"_.*|.*__prefix__.*|initial-.*|(?:.*-)?(?:id|edits_seen|\w+_FORMS)|edits|text_digest|seen|k|next|post|revoke"
)
TICKED = re.compile(r"on|\d+:\d+|[0-9a-f]{64}")
INLINE = re.compile(r"(\w+)-(\d{1,4})-(\w+)")
NARROW, TALLEST = 36, 20  # signs in a line on a telephone; lines


class Field(NamedTuple):
    """One field as it was typed, and the height of the box that shows it, in lines."""

    label: str
    text: str
    rows: int


class Typed(NamedTuple):
    """All fields, the labels of what was chosen from lists, and whether files or secrets, never shown, came along."""

    fields: list[Field]
    chosen: list[str]
    has_files: bool = False
    has_secrets: bool = False


def typed(given: QueryDict, *, labels: dict[str, str] | None = None, model=None, has_files: bool = False) -> Typed:
    """What a person typed into a form. Labels come from `labels`, else from the model's fields, else from the names."""
    fields, chosen = [], []
    for name, values in given.lists():
        texts = [text.replace("\r\n", "\n") for text in values if text.strip()]
        if not texts or SECRET.search(name) or CARRIED.fullmatch(name):
            continue
        label, is_choice = described(name, model)
        label = capfirst((labels or {}).get(name, label))
        if not label:
            continue
        if is_choice or all(TICKED.fullmatch(text) for text in texts):
            chosen.append(label)
        else:
            fields += [Field(label, text, rows(text)) for text in texts]
    return Typed(fields, chosen, has_files, any(SECRET.search(name) for name in given if name != "csrfmiddlewaretoken"))


def described(name: str, model) -> tuple[str, bool]:
    """(label, whether it is chosen from a list) of a field of a form or of a row below it; no label for a row's key."""
    before, inline = "", INLINE.fullmatch(name)
    if inline:
        accessor, number, name = inline.groups()
        others = model._meta.related_objects if model else ()
        model = next((one.related_model for one in others if one.get_accessor_name() == accessor), None)
        before = f"{model._meta.verbose_name if model else spoken(accessor)} {int(number) + 1}: "
    found = {one.name: one for one in (*model._meta.fields, *model._meta.many_to_many)} if model else {}
    field = found.get(name)
    if field is None:
        return before + spoken(name), False
    if inline and field.is_relation:
        return "", True
    is_choice = field.is_relation or bool(field.choices) or field.get_internal_type() == "BooleanField"
    return before + str(field.verbose_name), is_choice


def spoken(name: str) -> str:
    return name.replace("_", " ")


def rows(text: str) -> int:
    return min(TALLEST, sum(1 + len(line) // NARROW for line in text.split("\n")))


def instead_of_log_in(admin_view):
    """The admin's guard of its pages, but what was sent after the log-in had ended is shown, not thrown away."""

    def guarding(view, cacheable=False):
        guarded = admin_view(view, cacheable)

        @wraps(guarded)
        def shown(request, *args, **kwargs):
            is_lost = request.method == "POST" and not admin.site.has_permission(request)
            if is_lost and request.path != reverse("admin:logout"):
                return page(request)
            return guarded(request, *args, **kwargs)

        return shown

    return guarding


def page(request: HttpRequest, *, is_token_refused: bool = False) -> HttpResponse:
    """403: why nothing was saved, what to do, and what was typed. Never anything that another site sent here."""
    why = reason(request, is_token_refused)
    context = {"why": why, "site_url": settings.SITE_URL}
    if why in ("logged out", "logged in anew", "not allowed"):
        context["typed"] = typed(request.POST, model=model_at(request.path), has_files=bool(request.FILES))
    answer = render(request, "admin/unsaved.html", context, status=403)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def reason(request: HttpRequest, is_token_refused: bool) -> str:
    if is_token_refused and request.path == reverse("admin:login"):
        return "log in"
    if is_token_refused and not came_from_here(request):
        return "other site"
    if not request.user.is_authenticated:
        return "logged out"
    if not is_token_refused:
        return "not allowed"
    return "log out" if request.path == reverse("admin:logout") else "logged in anew"


def came_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form. Browsers say so of every form, and no page can make them lie."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    ours = (settings.SITE_URL, f"{request.scheme}://{request.get_host()}")
    return said in ours or said.startswith(tuple(f"{one}/" for one in ours))


def model_at(path: str):
    """The model whose form stands at an address of the admin; None where there is none."""
    parts = path.split("/")
    try:
        return apps.get_model(*parts[2:4])
    except (LookupError, TypeError, ValueError):
        return None
