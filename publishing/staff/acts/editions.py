"""Old editions: all of a text, any two compared, one restored into the working copy, one erased by law."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from publishing.models import Hand, pictures_only_in
from publishing.record import erasure
from publishing.staff.acts.forms import RedactForm, RestoreForm
from publishing.staff.acts.paired import called
from publishing.staff.addresses import staff_url
from publishing.staff.pages import led_on, sent
from publishing.text import pieces, shortened


def editions_page(desk, request, work):
    editions = work.editions.order_by("-number").defer("html").select_related("line")
    read = desk.patients_read(work, request.moment())
    for edition in editions:
        edition.is_read = read.get(edition.number)
    context = {
        "editions": editions,
        "may_open": desk.may(request, "publish"),
        "at": request.moment(),
        "may_restore": desk.has_change_permission(request, work),
        "may_redact": desk.may(request, "redact"),
    }
    return desk.page(request, "editions.html", work, title=f"Editions: {work}", **context)


def compare_page(desk, request, work):
    editions = list(work.editions.order_by("-number").defer("html", "folded"))
    by_number = {str(edition.number): edition for edition in editions}
    newest = [edition.number for edition in editions[:2]] or [0]
    before = by_number.get(request.GET.get("before", str(newest[-1])))
    after = by_number.get(request.GET.get("after", str(newest[0])))
    if editions and not (before and after):
        raise Http404("There is no such edition.")
    changes = list(compared(before, after)) if before and after else []
    shown = {"editions": editions, "before": before, "after": after, "changes": changes}
    return desk.page(request, "compare.html", work, title=f"Compare editions: {work}", **shown)


def restore_page(desk, request, work, number):
    if not desk.has_change_permission(request, work):
        raise PermissionDenied
    edition = get_object_or_404(work.editions, number=number, is_notice=False, redacted_at=None)
    form = RestoreForm(request.POST or None, initial={"edits": work.edits})

    def done():
        work.restore(edition, by=Hand.of(request.user), at=request.moment(), edits=form.cleaned_data["edits"])
        said = f"The working copy says again what edition {number} says. Patients do not."
        return led_on(request, said, staff_url(work))

    answer = sent(request, form, done)
    if answer:
        return answer
    shown = {"edition": edition, "form": form, "changes": list(compared(work, edition, work.restorable(edition)))}
    return desk.page(request, "restore.html", work, title=f"Restore edition {number}: {work}", **shown)


def redact_page(desk, request, work, number):
    if not desk.may(request, "redact"):
        raise PermissionDenied
    edition = get_object_or_404(work.editions, number=number)
    form = RedactForm(request.POST or None)

    def done():
        chosen = {name: form.cleaned_data[name] for name in ("reason", "with_pictures")}
        work.redact(edition, by=Hand.of(request.user), **chosen)
        said = f"Edition {number} is erased. Its line in the ledger stays."
        return led_on(request, said if erasure.scrub() else f"{said} {erasure.STILL_HELD}", staff_url(work))

    answer = sent(request, form, done)
    if answer:
        return answer
    shown = {"edition": edition, "form": form, "pictures": pictures_only_in(edition)}
    return desk.page(request, "redact.html", work, title=f"Erase edition {number}: {work}", **shown)


def compared(before, after, names=None):
    """(label, pieces) of each field in which two texts differ; `before` may be None."""
    for name in names or [*[name for name, _attname in type(after).content_fields()], "notice_text"]:
        old, new = (_shown(one, name) for one in (before, after))
        if old != new:
            label = type(after)._meta.get_field(name).verbose_name
            yield label[:1].upper() + label[1:], shortened(pieces(old, new))


def _shown(edition, name):
    value = called(edition, name) if hasattr(edition, name) else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
