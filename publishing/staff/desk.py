"""The staff's pages that every working copy shares: form, side panel, preview, editions, and one page for each act."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from publishing.models import Hand, Picture, ReviewedCopy
from publishing.record import composed, spoken
from publishing.staff.acting import ACTS, ActPages, Preview
from publishing.staff.addresses import staff_url
from publishing.staff.editions import EditionPages
from publishing.staff.editor import MarkdownEditor
from publishing.staff.panel import uncounted
from publishing.staff.saving import WorkingCopyForm
from publishing.text import TooLong


class WorkingCopyAdmin(ActPages, EditionPages, admin.ModelAdmin):
    form = WorkingCopyForm
    change_form_template = "admin/publishing/change_form.html"
    actions = None
    save_on_top = False
    view_on_site = False

    # What patients read, in a sentence

    def situation(self, work, at):
        """Sentences that say what patients read now, whether the working copy differs, and what waits."""
        live, waiting = work.live(at), work.waiting(at)
        if live is None:
            yield "Patients cannot read this yet: it was never published."
        elif live.is_notice:
            yield f"It was withdrawn ({live.notice_reason}) on {spoken(live.in_force_at)}. Patients find a notice."
        else:
            yield f"Patients read edition {live.number}, since {spoken(live.in_force_at)}."
            try:
                differs = work.differs_from(live)
            except TooLong as problem:
                differs = True
                yield str(problem)
            yield (
                "They cannot see your later changes yet: the working copy differs from it."
                if differs
                else "The working copy says the same."
            )
        if waiting:
            what = "A withdrawal" if waiting.is_notice else f"Edition {waiting.number}"
            yield f"{what} waits: it comes into force on {spoken(waiting.in_force_at)}."

    def panel(self, request, work):
        """What stands beside the form."""
        at = request.moment()
        return {
            "situation": list(self.situation(work, at)),
            "acts": self.allowed_acts(request, work, at),
            "editions": list(work.editions.order_by("-number").defer("html")[:5]),
            "at": at,
            "live": work.live(at),
            "judged": self.judged(work, at),
            "may_revoke": self.may(request, ACTS["review"]),
        }

    def judged(self, work, at):
        """Who checked which of the texts, in sentences, and the newest judgements with their comments."""
        if not isinstance(work, ReviewedCopy):
            return None
        sentences, live = [], work.live(at)
        texts = [("The text being written", work.freeze())]
        if live and not live.is_notice:
            texts.insert(0, ("The text patients read", live))
        for called, edition in texts:
            review = work.review_of(edition, at)
            by = (
                review and f"{review.reviewer_name} on {spoken(review.made_at)}, next due {review.next_due_on:%d %B %Y}"
            )
            sentences.append(f"{called} was checked by {by}." if review else f"{called} is not yet checked.")
        return {"sentences": sentences, "reviews": work.reviews.order_by("-made_at")[:5]}

    def judgements(self, request, act, work, companions, at):
        found = super().judgements(request, act, work, companions, at)
        for judgement in found:
            is_asked = judgement.is_substance and judgement.lacks_review
            # A generator: it asks the database only where the page is shown.
            judgement.uncounted = uncounted(judgement) if is_asked else ()
        return found

    # The form

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == self.model.BODY:
            kwargs["widget"] = MarkdownEditor
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and obj.pk:
            context["panel"] = self.panel(request, type(obj)._base_manager.get(pk=obj.pk))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if form.has_changed() or not change:
            obj.keep(by=Hand.of(request.user), at=timezone.now())
            if self.model.BODY:
                Picture.objects.learn_words(getattr(obj, self.model.BODY))

    def save_formset(self, request, form, formset, change):
        for entry in formset.save(commit=False):
            entry.keep(by=Hand.of(request.user), at=timezone.now())
        for entry in formset.deleted_objects:
            entry.delete()

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and self.published_of(obj))

    def published_of(self, work):
        """What was ever published and would be deleted along with this working copy: itself, for one."""
        return [one for one in (work, *self.deleted_along(work)) if one.editions.exists()]

    def deleted_along(self, work):
        return []

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj and self.has_view_permission(request, obj) and (published := self.published_of(obj)):
            kept = f"“{published[0]}” was published, so it is kept for ever and cannot be deleted. You can withdraw it."
            beside = f" “{obj}”, beside which patients read it, is kept with it."
            messages.error(request, kept if published[0] == obj else kept + beside)
            return HttpResponseRedirect(staff_url(obj))
        return super().delete_view(request, object_id, extra_context)

    # The further pages

    def get_urls(self):
        def page(route, view, name):
            called = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
            return path(f"<int:pk>/{route}", self.admin_site.admin_view(view), name=called)

        def act_page(name):
            return lambda request, pk: self.act_view(request, pk, name)

        return [
            *[page(f"{name}/", act_page(name), name) for name in self.acts],
            page("revoke/<int:review>/", self.revoke_view, "revoke"),
            page("preview/", xframe_options_sameorigin(self.preview_view), "preview"),
            page("phone/", self.phone_view, "phone"),
            page("editions/", self.editions_view, "editions"),
            page("editions/<int:number>/", self.edition_view, "edition"),
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

    def editions_view(self, request, pk):
        work = self.found(request, pk)
        editions = work.editions.order_by("-number").defer("html")
        return self.page(
            request,
            "editions.html",
            work,
            title=f"Editions: {work}",
            editions=editions,
            at=request.moment(),
            may_restore=self.has_change_permission(request, work),
            may_redact=self.may_redact(request),
        )

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
        with translation.override(request.LANGUAGE_CODE):
            response = self.show(request, composed(edition, at))
            response.context_data |= context
            response.render()
        response.is_patient_page = True
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def show(self, request, composition):
        """The answer that shows patients this, not rendered yet."""
        raise NotImplementedError
