"""The staff's pages that every working copy shares: form, side panel, preview, editions, and one page for each act."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from publishing.models import findings_of, kinds, said_in
from publishing.record import Pressing, composed, spoken
from publishing.staff.acts.acting import Preview, act_page, allowed, revoke_page
from publishing.staff.acts.editions import compare_page, editions_page, redact_page, restore_page
from publishing.staff.acts.publishing import PUBLISHING, changes_page
from publishing.staff.addresses import called, staff_url
from publishing.staff.checks.asking import ask_page
from publishing.staff.checks.checking import check_page
from publishing.staff.checks.reading import open_remarks
from publishing.staff.checks.remarking import remarks_page
from publishing.staff.form.beside_form import chip, history, look_again
from publishing.staff.form.buffering import keep_page
from publishing.staff.form.mending import mend_page
from publishing.staff.form.panel import judged, situation
from publishing.staff.form.writing import WritingAdmin
from publishing.staff.home.still_fit import still_fit_page
from publishing.staff.listing.lists import list_page
from publishing.staff.pages import may
from publishing.text import TooLong, shown

OWN_PAGES = ("publish", "review")
CHECKING = [
    ("review/", "review", check_page),
    ("still-fit/", "still_fit", still_fit_page),
    ("ask/", "ask", ask_page),
    ("remarks/", "remarks", remarks_page),
]
HURTING = ("withdraw",)


class KeysFirst(Paginator):
    """Finds the keys of a page by an index, then reads those texts: else all that stand before it were read too."""

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[start : start + self.per_page])
        found = {one.pk: one for one in self.object_list.filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], number, self)


class WorkingCopyAdmin(WritingAdmin):
    """The desk of one kind of text. Its further pages are functions of the modules beside this one."""

    acts = ("review", "publish", "withdraw", "cancel")
    begins_at = "add"  # the page on which a new text begins
    actions = None
    paginator = KeysFirst
    check_template = "admin/publishing/check.html"
    check_facts = check_below = ""

    def may(self, request, verb):
        """Whether this person may do that to texts of this kind: review, publish, redact."""
        return may(request.user, verb, self.model)

    def changelist_view(self, request, extra_context=None):
        if not self.model.IS_REVIEWED:
            return super().changelist_view(request, extra_context)
        return list_page(self, request)

    # What stands beside the form

    def panel(self, request, work):
        at, acts = request.moment(), allowed(self, request, work, request.moment())
        pressing = Pressing.of([work], at) if work.IS_REVIEWED else None
        return {
            "chip": chip(work, at, pressing),
            "situation": list(situation(work, at)),
            "acts": [one for one in acts if one[0] not in ("publish", *HURTING)],
            "hurting": [one for one in acts if one[0] in HURTING],
            "editions": work.editions.exists(),
            "live": work.live(at),
            "judged": judged(work, at),
            "remarks": open_remarks(work) if work.IS_REVIEWED else [],
            "look_again": look_again(work, at),
            "history": history(work, request.user),
            "findings": findings_of(work, at),
            "may_revoke": self.may(request, "review"),
            "is_withdrawn": "withdraw" in self.acts,
            "stands_in": self.stands_in(work, at),
            "languages": self.languages(work, at, pressing),
        }

    def stands_in(self, work, at):
        """(title, address) of the texts on whose pages patients will read this one; None where it has its own alone."""
        return None

    def patients_read(self, work, at):
        """By number of each old edition that patients may look up: whether they can, or "opened" by an act."""
        return {}

    def languages(self, work, at, pressing):
        """The places of a text in each language: code, language, sign, word, url; none where it is not translated."""
        return []

    # What was published is kept

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and self.published_of(obj))

    def published_of(self, work):
        """What was ever published and would be deleted along with this working copy: itself, for one."""
        return [one for one in (work, *kinds.followers(work)) if one.editions.exists()]

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj and self.has_view_permission(request, obj) and (published := self.published_of(obj)):
            kept = f"“{published[0]}” was published, so it is kept for ever and cannot be deleted."
            if "withdraw" in self.acts:
                kept += " You can withdraw it."
            beside = f" “{obj}”, beside which patients read it, is kept with it."
            messages.error(request, kept if published[0] == obj else kept + beside)
            return HttpResponseRedirect(staff_url(obj))
        return super().delete_view(request, object_id, extra_context)

    # The further pages

    def get_urls(self):
        def address(route, name, view):
            return path(f"<int:pk>/{route}", self.admin_site.admin_view(view), name=called(self.model, name))

        def page(route, name, view):
            def shown(request, pk, **parts):
                return view(self, request, self.found(request, pk), **parts)

            return address(route, name, shown)

        return [
            *[page(f"{name}/", name, partial(act_page, name=name)) for name in self.acts if name not in OWN_PAGES],
            *([page(*one) for one in PUBLISHING] if "publish" in self.acts else []),
            path("keep/", self.admin_site.admin_view(partial(keep_page, self)), name=called(self.model, "keep_new")),
            address("keep/", "keep", partial(keep_page, self)),
            page("revoke/<int:review>/", "revoke", revoke_page),
            *([page(*one) for one in CHECKING] if self.model.IS_REVIEWED else []),
            page("changes/", "changes", changes_page),
            *([page("mend/", "mend", mend_page)] if self.model.edition_model().CHECKED else []),
            page("editions/", "editions", editions_page),
            page("editions/compare/", "compare", compare_page),
            page("editions/<int:number>/restore/", "restore", restore_page),
            page("editions/<int:number>/redact/", "redact", redact_page),
            address("editions/<int:number>/", "edition", self.edition_view),
            address("preview/", "preview", xframe_options_sameorigin(self.preview_view)),
            address("phone/", "phone", self.phone_view),
            *super().get_urls(),
        ]

    def found(self, request, pk):
        """The working copy, for who may see it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        work = self.get_queryset(request).filter(pk=pk).first()
        if work is None:
            raise Http404
        return work

    def page(self, request, template, work, **context):
        return TemplateResponse(
            request,
            f"admin/publishing/{template}",
            {**self.admin_site.each_context(request), "opts": self.opts, "original": work, "work": work, **context},
        )

    def preview_view(self, request, pk):
        work = self.found(request, pk)
        try:
            edition = work.freeze()
        except TooLong as problem:
            messages.error(request, str(problem))
            return HttpResponseRedirect(staff_url(work))
        return self.patient_page(
            request, edition, Preview("Not published. Patients cannot see this page.", staff_url(work))
        )

    def phone_view(self, request, pk):
        work = self.found(request, pk)
        return self.page(request, "phone.html", work, title=f"On a phone: {work}")

    def edition_view(self, request, pk, number):
        work = self.found(request, pk)
        edition = work.editions.filter(number=number, is_notice=False).first()
        if edition is None:
            raise Http404
        live = work.live(request.moment())
        message = (
            "This is what patients read now."
            if edition == live
            else f"Edition {edition.number}, made on {spoken(edition.made_at)}. Not what patients read now."
        )
        request.moment = lambda: edition.in_force_at
        return self.patient_page(request, edition, Preview(message, staff_url(work)))

    def patient_page(self, request, edition, preview, **context):
        """The real patient page of an edition that may not be public: for staff only, never stored or indexed."""
        request.LANGUAGE_CODE, request.preview = getattr(edition, "language", request.LANGUAGE_CODE), preview
        at = max(request.moment(), edition.in_force_at) if edition.pk else request.moment()
        with translation.override(said_in(request.LANGUAGE_CODE)):
            response = self.show(request, composed(edition, at))
            response.context_data |= context
            response.render()
        response.is_patient_page = True
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    # What the page of a check shows of a text beside its title

    def lead_html(self, edition):
        """What stands in the page's head, below the title."""
        return ""

    def body_html(self, edition, sizes):
        """All below it that changes with the text."""
        return shown(edition.html, sizes)

    def check_context(self, composition):
        """What `check_facts` and `check_below`, the patients' own templates around that, are told."""
        return {"check_facts": self.check_facts, "check_below": self.check_below}

    def show(self, request, composition):
        """The answer that shows patients this, not rendered yet."""
        raise NotImplementedError
