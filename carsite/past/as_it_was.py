"""As it was: any page, or the whole site, as patients saw it at a moment that staff pick."""

import copy
import datetime
from contextlib import suppress
from urllib.parse import quote, unquote, urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve
from django.utils import timezone, translation

from carsite.reader import PATIENTS_POLICY, STORED_PATHS, language_of, pages
from publishing.models import Line, kinds, said_in
from publishing.record import spoken
from publishing.staff import Preview, WrittenForm, moment_field
from publishing.text import Ways, address_parts, one_address

PREFIX = "/admin/as-it-was/"
FILES = "/admin/complaint/"
YEARS = range(1900, 2200)


class NotShown(Exception):
    """Why nothing can be shown of that moment, as a sentence."""


class AsItWasForm(WrittenForm):
    path = forms.CharField(
        label="Which page",
        initial="/",
        max_length=400,
        help_text="Its address as it stands in the browser, for example /articles/having-a-blood-test/. "
        "“/” is the home page; its links lead through the whole site.",
    )

    def __init__(self, *args, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        asked = {"required": "Choose a date and a time."}
        self.fields["at"] = moment_field(label="When", error_messages=asked, ends_by=now)

    def clean_at(self):
        return checked(self.cleaned_data["at"], forms.ValidationError)

    def clean_path(self):
        parts = address_parts(self.cleaned_data["path"].strip())
        path = parts and one_address(unquote(parts.path)) or "/"
        if not parts or not STORED_PATHS.fullmatch(path):
            raise forms.ValidationError(
                "Patients have no page at such an address. Copy the address from the page, "
                "for example /articles/having-a-blood-test/"
            )
        return path


def checked(at, problem=NotShown):
    """The same moment, when the site can show anything of it; else raises `problem` with a sentence."""
    first = Line.objects.order_by("seq").values_list("at", flat=True).first()
    if first is None:
        raise problem("Nothing was ever published here, so there is nothing to show.")
    if at.year not in YEARS:
        raise problem("No page was ever read in that year. Choose another date.")
    if at < first:
        raise problem(f"Patients read nothing here then: the first act on this site was on {spoken(first)}.")
    return at


def read(when):
    """The moment that stands in an address, such as 2026-06-24T04:30:00Z. Raises NotShown."""
    try:
        at = datetime.datetime.fromisoformat(when)
        at = at.tzinfo and at.astimezone(datetime.UTC)  # as all moments are kept, which SQLite compares as words
    except (ValueError, OverflowError):
        at = None
    if at is None:
        raise NotShown("That is not a date and a time. Choose them here.")
    return checked(at)


def written(at):
    """A moment as it stands in an address: in UTC, so that no clock change makes it mean two."""
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def pick(request):
    """The page on which staff choose the moment and the page."""
    asked = request.GET if "at" in request.GET else None
    form = AsItWasForm(asked, initial=first_values(request), now=request.moment())
    if form.is_bound and form.is_valid():
        start = FILES if "file" in request.GET else PREFIX
        path = start + written(form.cleaned_data["at"]) + quote(form.cleaned_data["path"])
        return HttpResponseRedirect(path)
    return picking(request, form)


def picking(request, form, problem="", code=200):
    context = {"title": "As it was", "form": form, "problem": problem, "twice": list(each_of_two(request, form))}
    return render(request, "admin/as_it_was.html", admin.site.each_context(request) | context, status=code)


def each_of_two(request, form):
    """(the moment as it could have been typed, the address that asks for it) of an hour that comes twice."""
    for problem in form.errors.as_data().get("at", ()):
        for typed in problem.params.values() if problem.code == "twice" else ():
            asked = request.GET.copy()
            asked["at"] = typed
            yield typed, f"?{asked.urlencode()}"


def first_values(request):
    """What stands in the form at first: where the person came from."""
    values = {"path": request.GET.get("path", "/")[:400]}
    with suppress(NotShown):
        values["at"] = timezone.localtime(read(request.GET.get("was", ""))).strftime("%Y-%m-%dT%H:%M:%S")
    return values


def page(request, when, public=""):
    """The public page at that moment, under a bar that says so; its links lead on within the moment."""
    path = f"/{public}"
    try:
        at = read(when)
        if not STORED_PATHS.fullmatch(path):
            raise NotShown("Patients have no page at such an address, or it keeps nothing of the past.")
    except NotShown as problem:
        return picking(request, AsItWasForm(initial=first_values(request)), str(problem), 404)
    back = f"{PREFIX}?{urlencode({'path': path, 'was': written(at)})}"
    preview, ways = Preview(sentence(at, request.moment()), back, "Another moment, or a file"), PastWays(when)
    response = public_page(request, path, at, preview, ways)
    if "Location" in response.headers:
        response.headers["Location"] = ways.led(response.headers["Location"]) or back
    response.is_patient_page = True
    response.headers["Content-Security-Policy"] = PATIENTS_POLICY.replace("form-action 'self'", "form-action 'none'")
    response.headers["Content-Language"] = language_of(path)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def public_page(request, path, at, preview, ways):
    """The answer of the site's own view for that path, reading at that moment."""
    inner = copy.copy(request)
    inner.method, inner.path, inner.path_info = "GET", path, path
    inner.moment, inner.preview, inner.ways = lambda: at, preview, ways
    inner.LANGUAGE_CODE = language_of(path)
    with translation.override(said_in(inner.LANGUAGE_CODE)):
        try:
            inner.resolver_match = found = resolve(path)
            response = found.func(inner, *found.args, **found.kwargs)
        except Http404:
            response = pages.page_not_found(inner)
        return response.render() if hasattr(response, "render") else response


def sentence(at, now):
    """What the bar says of the page below it."""
    if at > now:
        said = f"As patients will read it on {spoken(at)}, if nothing else is done until then."
        waits = "; ".join(waiting_until(at, now))
        return f"{said} This waits until then: {waits}." if waits else f"{said} Nothing waits until then."
    said = f"As patients saw it on {spoken(at)}. Not what they read now."
    erased = Line.objects.filter(verb=Line.Verb.REDACT).exists()
    if erased and any(model.objects.live(at).exclude(redacted_at=None).exists() for model in kinds.editions()):
        said += " What the law had us erase since is blank."
    return said


def waiting_until(at, now):
    """What waits now and would be in force by then."""
    for model in kinds.editions():
        for edition in model.objects.waiting(now).exclude(in_force_at__gt=at).select_related("work"):
            what = "the withdrawal of " if edition.is_notice else ""
            yield f"{what}“{edition.work}”, {spoken(edition.in_force_at)}"


class PastWays(Ways):
    """Links lead on within the moment, or nowhere to what keeps nothing of the past; no form works."""

    inert = " inert"

    def __init__(self, when):
        self.prefix = f"{PREFIX}{when}"

    def attributes(self, address):
        if not address.startswith(("/", settings.SITE_URL)) or address.startswith("/admin/"):
            return super().attributes(address)
        led = self.led(address)
        return super().attributes(led) if led else ""

    def led(self, address):
        """The address of that public page at the moment; nothing for a page that keeps nothing of the past."""
        parts = address_parts(address.removeprefix(settings.SITE_URL))
        if parts is None or not STORED_PATHS.fullmatch(unquote(parts.path)):
            return ""
        query, fragment = (mark + text if text else "" for mark, text in (("?", parts.query), ("#", parts.fragment)))
        return f"{self.prefix}{parts.path}{query}{fragment}"
