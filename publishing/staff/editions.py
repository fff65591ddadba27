"""Old editions: any two compared, and one restored into the working copy."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path

from publishing.models import Hand, pictures_only_in
from publishing.refusals import Refused
from publishing.staff.addresses import staff_url
from publishing.staff.forms import RedactForm, RestoreForm
from publishing.text import pieces, shortened


class EditionPages:
    """Mixed into the admin of a working copy."""

    def get_urls(self):
        called = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/editions/compare/", wrap(self.compare_view), name=f"{called}_compare"),
            path("<int:pk>/editions/<int:number>/restore/", wrap(self.restore_view), name=f"{called}_restore"),
            path("<int:pk>/editions/<int:number>/redact/", wrap(self.redact_view), name=f"{called}_redact"),
            *super().get_urls(),
        ]

    def compare_view(self, request, pk):
        work = self.found(request, pk)
        editions = list(work.editions.order_by("-number").defer("html", "folded"))
        by_number = {str(edition.number): edition for edition in editions}
        newest = [edition.number for edition in editions[:2]] or [0]
        before = by_number.get(request.GET.get("before", str(newest[-1])))
        after = by_number.get(request.GET.get("after", str(newest[0])))
        if editions and not (before and after):
            raise Http404("There is no such edition.")
        changes = list(compared(before, after)) if before and after else []
        shown = {"editions": editions, "before": before, "after": after, "changes": changes}
        return self.page(request, "compare.html", work, title=f"Compare editions: {work}", **shown)

    def restore_view(self, request, pk, number):
        work = self.found(request, pk)
        if not self.has_change_permission(request, work):
            raise PermissionDenied
        edition = work.editions.filter(number=number, is_notice=False, redacted_at=None).first()
        if edition is None:
            raise Http404("There is no such edition.")
        form = RestoreForm(request.POST or None, initial={"edits": work.edits})
        if request.method == "POST" and form.is_valid():
            try:
                work.restore(edition, by=Hand.of(request.user), at=request.moment(), edits=form.cleaned_data["edits"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"The working copy says again what edition {number} says. Patients do not.")
                return HttpResponseRedirect(staff_url(work))
        changes = list(compared(work, edition, work.restorable(edition)))
        title = f"Restore edition {number}: {work}"
        return self.page(request, "restore.html", work, title=title, edition=edition, changes=changes, form=form)

    def may_redact(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.redact_{self.opts.model_name}")

    def redact_view(self, request, pk, number):
        work = self.found(request, pk)
        if not self.may_redact(request):
            raise PermissionDenied
        edition = work.editions.filter(number=number).first()
        if edition is None:
            raise Http404("There is no such edition.")
        form = RedactForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            chosen = {name: form.cleaned_data[name] for name in ("reason", "with_pictures")}
            try:
                work.redact(edition, by=Hand.of(request.user), **chosen)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"Edition {number} is erased. Its line in the ledger stays.")
                return HttpResponseRedirect(staff_url(work))
        shown = {"edition": edition, "form": form, "pictures": pictures_only_in(edition)}
        return self.page(request, "redact.html", work, title=f"Erase edition {number}: {work}", **shown)


def compared(before, after, names=None):
    """(label, pieces) of each field in which two texts differ; `before` may be None."""
    for name in names or [*[name for name, _attname in type(after).content_fields()], "notice_text"]:
        old, new = (_shown(getattr(one, name, None)) for one in (before, after))
        if old != new:
            label = type(after)._meta.get_field(name).verbose_name
            yield label[:1].upper() + label[1:], shortened(pieces(old, new))


def _shown(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
