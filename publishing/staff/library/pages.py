"""The library of pictures: found, added, described; who can be known in them and until when; which texts show them."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from publishing.models import FOLDER, Among, Hand, Line, Picture, consents_to, say
from publishing.record import names_by_state, uses_of
from publishing.refusals import Refused
from publishing.staff.addresses import called, list_url, staff_url
from publishing.staff.form.editor import NOT_STORED, log
from publishing.staff.library.saying import PictureForm, RetractForm
from publishing.staff.library.telling import SOON, told_of
from publishing.staff.pages import led_on, page_number
from publishing.staff.recalling import may_replace, replace_url
from publishing.staff.written import RowForm
from publishing.text import MOST_BYTES, TOO_MANY_BYTES, Unusable, pictures

ON_PAGE = 48
AT_ONCE = 20  # files
STATES = {
    "": "All",
    "wordless": "No words",
    "people": "People in it",
    "ending": "Consent ends",
    "live": "Patients see it",
    "unused": "Not used",
}
WORDLESS = Q(alt_text="", is_decorative=False)


class PictureAdmin(admin.ModelAdmin):
    """One page: the shelf, and beside it the picture that was chosen. One that was ever shown must stay."""

    form = RowForm
    actions = None

    def get_urls(self):
        own = [("consent", self.retract_view), ("instead", self.instead_view)]
        ways = [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=called(Picture, name))
            for name, view in own
        ]
        return [*ways, *super().get_urls()]

    def has_add_permission(self, request):
        return False  # by a form of its own: many are added at once

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._add(request) if request.method == "POST" else self._page(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The same page with a picture chosen; a POST keeps what is said of it."""
        picture = self._picture(request, object_id)
        consent = consents_to([picture.name], request.moment()).get(picture.name)
        if not self.has_change_permission(request):
            if request.method == "POST":
                raise PermissionDenied
            return self._page(request, picture, consent)
        form = PictureForm(_posted(request), instance=picture, consent=consent, at=request.moment())
        if request.method == "POST" and _kept(form, Hand.of(request.user)):
            return led_on(request, f"Saved “{picture.called}”.", _with_look(request, staff_url(picture)))
        if form.errors:
            picture = self.get_object(request, object_id)  # as it is, not as it was typed
        return self._page(request, picture, consent, form)

    def retract_view(self, request, object_id):
        """Consent was taken back: what that does, why, and the act."""
        picture = self._picture(request, object_id)
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = RetractForm(_posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                say(picture, Line.Verb.RETRACT, by=Hand.of(request.user), note=form.cleaned_data["note"])
                said = f"Patients no longer see “{picture.called}”. They read its words."
                return led_on(request, said, staff_url(picture))
            except Refused as why:
                form.add_error(None, str(why))
        told = consents_to([picture.name], request.moment()).get(picture.name)
        context = {"picture": told_of(picture, told, request.moment()), "form": form, "title": "Consent was taken back"}
        context["uses"] = uses_of([picture.name], request.moment()).get(picture.name, [])
        context["was_nobody"] = bool(told and told.shows_nobody)
        return self._shown(request, "pictures_consent.html", context)

    def instead_view(self, request, object_id):
        """The pictures among which another is chosen, to be shown everywhere in place of this one."""
        picture, at = self._picture(request, object_id), request.moment()
        if not may_replace(request.user):
            raise PermissionDenied
        sought = request.GET.get("q", "").strip()[:200]
        fit = Picture.objects.exclude(WORDLESS).exclude(pk=picture.pk)
        fit = fit.found_by(sought) if sought else fit
        shelf = list(fit.order_by("-uploaded_at", "-pk").prefetch_related("renditions")[:ON_PAGE])
        told = consents_to({one.name for one in [picture, *shelf]}, at)
        rows = [told_of(one, told.get(one.name), at) for one in shelf]
        context = {
            "title": "Show another picture everywhere",
            "old": told_of(picture, told.get(picture.name), at, uses_of([picture.name], at).get(picture.name, ())),
            "rows": [(row, replace_url(address_of(picture), address_of(row["picture"]))) for row in rows],
            "sought": sought,
            "is_cut": len(shelf) == ON_PAGE,
        }
        return self._shown(request, "pictures_instead.html", context)

    def _picture(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        picture = self.get_object(request, object_id)
        if picture is None:
            raise Http404
        return picture

    def _shown(self, request, template, context):
        context = self.admin_site.each_context(request) | {"opts": Picture._meta, "media": self.media} | context
        return render(request, f"admin/publishing/{template}", context)

    def _add(self, request):
        """Take files, one by one; what is refused is said of each by its name."""
        if not request.user.has_perm("publishing.add_picture"):
            raise PermissionDenied
        files = request.FILES.getlist("files")
        taken = [one for file in files[:AT_ONCE] if (one := _taken(request, file))]
        if not files:
            messages.error(request, "No picture was chosen. Choose a JPEG, PNG or WebP picture, then add it.")
        if len(files) > AT_ONCE:
            messages.warning(request, f"Only {AT_ONCE} pictures are taken at once: add the others after them.")
        if not taken:
            return HttpResponseRedirect(_with_look(request, list_url(Picture, "changelist")))
        wordless = [one for one in taken if not one.alt_text and not one.is_decorative]
        said = f"Added {len(taken)} picture{'s' * (len(taken) > 1)}."
        if wordless:
            said += " Say now what patients hear who cannot see it." if len(taken) == 1 else " Each still needs words."
        return led_on(request, said, staff_url((wordless or taken)[0]))

    def _page(self, request, chosen=None, consent=None, form=None):
        at, sought = request.moment(), request.GET.get("q", "").strip()[:200]
        state = request.GET.get("state", "") if request.GET.get("state") in STATES else ""
        names = names_by_state(at, SOON)
        wordless = Picture.objects.filter(WORDLESS)
        counts = {name: len(found) for name, found in names.items()}
        counts |= {"": Picture.objects.count(), "wordless": wordless.count()}
        found = wordless if state == "wordless" else Picture.objects.all()
        if state in names:
            found = found.filter(Among("name", sorted(names[state])))
        found = found.found_by(sought) if sought else found
        first = Case(When(WORDLESS, then=Value(0)), default=Value(1))
        total = found.count()
        number = page_number(request, total, ON_PAGE)
        start = (number - 1) * ON_PAGE
        shelf = list(found.order_by(first, "-uploaded_at", "-pk").prefetch_related("renditions")[start:][:ON_PAGE])
        asked = {one.name for one in shelf} | ({chosen.name} if chosen else set())
        told, uses = consents_to(asked, at), uses_of(asked, at)
        look = partial(_query, q=sought)
        context = {
            "title": chosen.called if chosen else "Pictures",
            "sought": sought,
            "state": state,
            "states": [(one, title, counts[one], look(state=one)) for one, title in STATES.items()],
            "shelf": [told_of(one, told.get(one.name), at, uses.get(one.name, ())) for one in shelf],
            "chosen": chosen and told_of(chosen, consent, at, uses.get(chosen.name, ())),
            "look": look(state=state, p=number if number > 1 else ""),
            "form": form,
            "may_replace": may_replace(request.user),
            "may_add": request.user.has_perm("publishing.add_picture"),
            "span": (start + 1, start + len(shelf), total),
            "next": look(state=state, p=number + 1) if start + ON_PAGE < total else "",
            "before": look(state=state, p=number - 1) if number > 1 else "",
            "following": min(ON_PAGE, total - start - ON_PAGE),
        }
        return self._shown(request, "pictures.html", context)


def address_of(picture):
    return f"{FOLDER}{picture.name}"


def _posted(request):
    return request.POST if request.method == "POST" else None


def _taken(request, file):
    """The picture made of a file, or None: then a message says why it was not taken."""
    try:
        if file.size > MOST_BYTES:
            raise Unusable(TOO_MANY_BYTES)
        return Picture.take(file.read(), by=Hand.of(request.user), file_name=file.name, at=timezone.now())
    except Unusable as why:
        said = (
            "only JPEG, PNG, WebP." if str(why) == pictures.NOT_A_PICTURE else f"{str(why)[:1].lower()}{str(why)[1:]}"
        )
        messages.error(request, f"“{file.name[:100]}” was not taken: {said}")
    except OSError:
        log.exception("A picture could not be stored.")
        messages.error(request, NOT_STORED)
    return None


def _query(**told):
    told = {name: value for name, value in told.items() if value}
    return f"?{urlencode(told)}" if told else ""


def _with_look(request, url):
    """The address of a page with what was looked for before."""
    return url + _query(**{name: request.GET.get(name, "")[:200] for name in ("q", "state", "p")})


def _kept(form, by):
    """Whether what was sent is saved; else the form says why. Nobody saves the row between the look and the saving."""
    try:
        with transaction.atomic():
            if not form.is_valid():
                return False
            form.keep(by)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True
