"""What somebody typed, where it could not be saved: a page that shows it again, to be copied.

Nothing on it sends the text once more. A form that another site made must never become a change by one click here, and
who logs in meanwhile may be somebody else, in whose name it would then be saved.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import IntegerField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.text import capfirst

from publishing.staff import tool_url

SECRET = re.compile(r"pass|token|secret", re.IGNORECASE)
# What a form carries along and nobody types; what was ticked, where only its key is known.
CARRIED = re.compile(
    r"_.*|initial-.*|(?:.*-)?(?:id|edits_seen|edition|\w+_FORMS)|edits|had|text_digest|seen|k|next|post|revoke|buffer"
)
MOST_ROWS = 200  # below one form, questions for example: a browser sends a thousand fields at most
ROWS = re.compile(r".*-(?:TOTAL|INITIAL)_FORMS", re.DOTALL)
LONGEST_NAME = 200  # no field of ours has a longer one
TICKED = re.compile(r"on|\d+:\d+|[0-9a-f]{64}")
KEY = re.compile(r"[0-9]{1,18}")
INLINE = re.compile(r"(\w+)-(\d{1,4})-(\w+)")
NARROW, TALLEST = 36, 20  # signs in a line on a telephone; lines
TITLES = {
    "log in": "You are not logged in yet",
    "log out": "You are still logged in",
    "logged out": "Nothing was saved: you were logged out",
    "logged in anew": "Nothing was saved",
    "not allowed": "Nothing was saved: your account may not do this",
    "deleted": "Nothing was saved: something was deleted",
    "other site": "Nothing was saved",
    "too many rows": "Nothing was saved: the form has too many rows",
    "not known": "This form arrived twice, and it is not known yet whether it was done",
}

STATUS = {"deleted": 410, "too many rows": 400, "not known": 409}


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
        if not texts or len(name) > LONGEST_NAME or "__prefix__" in name:
            continue
        if SECRET.search(name) or CARRIED.fullmatch(name):
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
        model = beside(model, accessor)
        before = f"{model._meta.verbose_name if model else in_words(accessor)} {int(number) + 1}: "
    found = {one.name: one for one in model._meta.get_fields() if one.concrete} if model else {}
    field = found.get(name)
    if field is None:
        return before + in_words(name), False
    if inline and field.is_relation:
        return "", True
    is_choice = field.is_relation or bool(field.choices) or field.get_internal_type() == "BooleanField"
    return before + str(field.verbose_name), is_choice


def beside(model, accessor: str):
    """The model of the rows below a model's form, by the name they have there; None where there are none."""
    others = (one for one in model._meta.get_fields() if one.auto_created and not one.concrete) if model else ()
    return next((one.related_model for one in others if one.get_accessor_name() == accessor), None)


def in_words(name: str) -> str:
    return name.replace("_", " ")


def rows(text: str) -> int:
    return min(TALLEST, sum(1 + len(line) // NARROW for line in text.split("\n")))


def lost(request: HttpRequest) -> HttpResponse | None:
    """The page of what was sent to the admin and cannot be saved there; None where it may go on.

    The log-in has ended meanwhile, or the text that it was written for has been deleted.
    """
    if not admin.site.has_permission(request):
        return None if request.path == tool_url("logout") else page(request)
    if any(is_too_many(text) for name, text in request.POST.items() if ROWS.fullmatch(name)):
        return page(request, has_too_many_rows=True)
    gone = deleted(request)
    return page(request, gone=gone) if gone else None


def is_too_many(rows: str) -> bool:
    """Whether that many rows are more than any form has: each would be made before it was found empty."""
    try:
        return (IntegerField(required=False).clean(rows) or 0) > MOST_ROWS
    except ValidationError:
        return False  # Django's own form of the numbers says what is wrong with it


def deleted(request: HttpRequest) -> str:
    """What is no more of what a form is for, and that this person might see; nothing where all is still there."""
    model, *rest = model_at(request.path), *request.path.split("/")[4:6]
    # To delete it twice is no loss.
    if model is None or len(rest) < 2 or not KEY.fullmatch(rest[0]) or rest[1] == "delete":
        return ""
    if not admin.site.is_registered(model) or not admin.site.get_model_admin(model).has_view_permission(request):
        return ""
    return "this" if is_gone(model, rest[0]) else deleted_row(request.POST, model)


def deleted_row(given: QueryDict, model) -> str:
    """The first row below the form that is no more. The admin's own form would leave it out, with what was typed."""
    for name, key in given.items():
        inline = INLINE.fullmatch(name)
        rows_of = beside(model, inline[1]) if inline and inline[3] == "id" else None
        if rows_of and KEY.fullmatch(key) and is_gone(rows_of, key):
            return f"{rows_of._meta.verbose_name} {int(inline[2]) + 1}"
    return ""


def is_gone(model, key: str) -> bool:
    return not model._base_manager.filter(pk=key).exists()


def page(
    request: HttpRequest,
    *,
    is_token_refused: bool = False,
    gone: str = "",
    has_too_many_rows: bool = False,
    is_unknown: bool = False,
) -> HttpResponse:
    """400, 403, 409 or 410: why nothing was saved, what to do, what was typed. Never what another site sent here."""
    known = {"deleted": gone, "too many rows": has_too_many_rows, "not known": is_unknown}
    why = next((why for why, is_so in known.items() if is_so), None) or reason(request, is_token_refused)
    context = {"why": why, "title": TITLES[why], "gone": gone, "site_url": settings.SITE_URL}
    if why not in ("log in", "log out", "other site"):
        context["typed"] = typed(request.POST, model=model_at(request.path), has_files=bool(request.FILES))
    answer = render(request, "admin/unsaved.html", context, status=STATUS.get(why, 403))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def reason(request: HttpRequest, is_token_refused: bool) -> str:
    if is_token_refused and request.path == tool_url("login"):
        return "log in"
    if is_token_refused and not came_from_here(request):
        return "other site"
    if not request.user.is_authenticated:
        return "logged out"
    if not is_token_refused:
        return "not allowed"
    return "log out" if request.path == tool_url("logout") else "logged in anew"


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
