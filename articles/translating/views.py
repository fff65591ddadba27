"""*Translate this*: the page on which a translation is written, and that on which one is begun."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format

from articles.translating.across import Beside, begin
from articles.translating.places import places_of
from publishing.models import Hand, kinds
from publishing.refusals import Refused
from publishing.staff import WrittenForm, led_on, staff_url


class BeginForm(WrittenForm):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


def translate_page(desk, request, work):
    """Of a translation its passages; of any other guide the languages that it is told in, and those it could be."""
    if work.original_id is None:
        return languages_page(desk, request, work)
    may_write = desk.has_change_permission(request, work)
    number = request.POST.get("edition", "")
    at, told = request.moment(), ""
    found = Beside(work, at, int(number) if number.isdecimal() and len(number) < 9 else 0)
    if request.method == "POST" and found.now:
        if not may_write:
            raise PermissionDenied
        told = saved(request, found)
        if not told:
            shown = "?all" if "all" in request.GET else ""
            return HttpResponseRedirect(staff_url(work, "translate") + shown)
    return desk.page(request, "translate.html", work, **shown_of(request, found, told, may_write=may_write))


def saved(request, found):
    """Save what was typed; a sentence where that was not done: then the page shows it again, and nothing is lost."""
    work, at = found.work, timezone.now()
    if str(work.edits) != request.POST.get("edits_seen"):
        when = date_format(timezone.localtime(work.changed_at), "j F, H:i")
        for row in found.rows:
            row.own = request.POST.get(row.name, row.own)
        return (
            f"{work.changed_by_name or 'Somebody'} saved this on {when}, after you opened it. What you typed is still "
            "here: look at it again, then save."
        )
    try:
        is_changed = found.save(request.POST, by=Hand.of(request.user), at=at)
    except Refused as problem:
        return str(problem)
    count = len(found.left)
    left = f"{count} passage{'s' * (count != 1)} left." if count else "Nothing is left to translate."
    clock = date_format(timezone.localtime(at), "H:i")
    messages.success(request, f"Saved {clock}. {left}" if is_changed else f"Nothing had changed. {left}")
    return ""


def shown_of(request, found, told, *, may_write):
    work = found.work
    everything = "all" in request.GET or bool(told)
    languages = dict(settings.LANGUAGES)
    return {
        "title": f"{work.original}, in {work.get_language_display()}",
        "refused": told,
        "found": found,
        "shown": found.rows if everything else found.left,
        "is_all": everything,
        "live": work.live(request.moment()),
        "direction": "rtl" if work.language in settings.LANGUAGES_BIDI else "ltr",
        "of_original": "rtl" if work.original.language in settings.LANGUAGES_BIDI else "ltr",
        "language": languages.get(work.language, work.language),
        "original_language": languages.get(work.original.language, work.original.language),
        "questions": len(kinds.followers(work.original)),
        "may_write": may_write,
    }


def languages_page(desk, request, work):
    """In which languages a guide is told, and into which it could be translated."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not desk.has_add_permission(request):
            raise PermissionDenied
        language, at = form.cleaned_data["language"], timezone.now()
        try:
            made = begin(work, language, by=Hand.of(request.user), owner=request.user, at=at)
        except (Refused, IntegrityError) as problem:
            said = str(problem) if isinstance(problem, Refused) else "Somebody has just begun this translation."
            messages.error(request, said)
            return HttpResponseRedirect(staff_url(work, "translate"))
        return led_on(request, "This is your working copy. Nothing is public yet.", staff_url(made, "translate"))
    context = {
        "title": f"Translate “{work}”",
        "places": places_of([work], request.moment())[work.pk],
        "may_add": desk.has_add_permission(request),
    }
    return desk.page(request, "translate_into.html", work, **context)
