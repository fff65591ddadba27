"""*Translate this*: the page on which a translation is written, and that on which one is begun."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Term
from articles.translating.across import Beside, asked_kinds, begin
from articles.translating.places import places_of
from articles.translating.wording import words_for
from publishing.models import Buffer, Hand
from publishing.refusals import Refused
from publishing.staff import WrittenForm, buffering, led_on, list_url, may, staff_url
from publishing.text import is_from_right


class BeginForm(WrittenForm):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


def translate_page(desk, request, work):
    """Of a translation its passages; of any other guide the languages that it is told in, and those it could be."""
    if work.original_id is None:
        return languages_page(desk, request, work)
    may_write, told, name = desk.has_change_permission(request, work), "", buffering.beside_name(work)
    asked = [model for model in asked_kinds() if may(request.user, "change", model)]
    given = buffering.taken_up(request, name) or (request.POST if request.method == "POST" else None)
    found = Beside(work, request.moment(), given, asked)
    if request.method == "POST" and found.now:
        if not may_write:
            raise PermissionDenied
        told = saved(request, found)
        if not told:
            Buffer.end(request.POST.get(buffering.FIELD, ""), person=request.user, work=name, at=timezone.now())
            shown = "?all" if "all" in request.GET else ""
            return HttpResponseRedirect(staff_url(work, "translate") + shown)
        buffering.keep_refused(request, name)
    if given is not None:
        for text in found.texts:
            text.take(given)
    return desk.page(request, "translate.html", work, **shown_of(request, found, told, given, may_write=may_write))


def keep_beside(desk, request, work):
    """Keeps what is typed on that page, as on the form of a text."""
    return buffering.keep_page(desk, request, work.pk, beside=True)


def add_url(word, work):
    """Where the word is added that tells this one in the language of a text."""
    return f"{list_url(Term, 'add')}?{urlencode({'language': work.language, 'original': word.get_absolute_url()})}"


def saved(request, found):
    """Save what was typed; a sentence where that was not done: then the page shows it again, and nothing is lost."""
    at = timezone.now()
    if changed := next((one.work for one in found.texts if not one.is_same_as(request.POST)), None):
        when = f" on {date_format(timezone.localtime(changed.changed_at), 'j F, H:i')}" if changed.changed_at else ""
        return (
            f"{changed.changed_by_name or 'Somebody'} saved this{when}, after you opened it. What you typed is still "
            "here: look at it again, then save."
        )
    try:
        is_changed = found.save(request.POST, by=Hand.of(request.user), at=at)
    except Refused as problem:
        return str(problem)
    count = len(found.left)
    left = f"{count} passage{'s' * (count != 1)} left." if count else "Nothing is left to translate."
    messages.success(request, f"Saved {buffering.clock(at)}. {left}" if is_changed else f"Nothing had changed. {left}")
    return ""


def shown_of(request, found, told, given, *, may_write):
    work, name = found.work, buffering.beside_name(found.work)
    everything, key = (
        "all" in request.GET or given is not None,
        (given or {}).get(buffering.FIELD) or buffering.new_key(),
    )
    may_add = may(request.user, "add", Term)
    terms = words_for(found.rows, work.original.language, work.language, request.moment())
    # A question that was taken for the one beside it is looked at whole.
    rows = [(text, text.rows if everything or text.is_changed else text.left) for text in found.texts]
    return {
        "title": f"{work.original}, in {work.get_language_display()}",
        "refused": told,
        "found": found,
        "terms": [one for one in terms if one.own],
        "missing": [(one.word, add_url(one.word, work)) for one in terms if not one.own and may_add],
        "shown": [(text, some) for text, some in rows if some],
        "is_all": everything,
        "live": work.live(request.moment()),
        "direction": "rtl" if is_from_right(work.language) else "ltr",
        "of_original": "rtl" if is_from_right(work.original.language) else "ltr",
        "language": work.language_name,
        "original_language": work.original.language_name,
        "may_write": may_write,
        "key": key,
        "keep_url": staff_url(work, "keep_beside"),
        "add_url": staff_url(work, "translate"),
        "is_typed": given is not None,
        "offered": buffering.offered(request, name, key),
        "others": buffering.others(request.user, work.name, timezone.now()),
        "saved_at": work.changed_at and buffering.clock(work.changed_at),
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
