"""The page *Bring in texts*: what a request asks of the files that somebody brought, in steps of a few seconds."""

from functools import partial
from time import monotonic

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils import timezone

from articles.bringing import table
from articles.bringing.choices import ChoiceForm, keep_choices
from articles.bringing.old_addresses import old_addresses_page
from articles.bringing.one import one_page
from articles.bringing.publishing import may_publish, publish_brought_page
from articles.bringing.receiving import receive
from articles.importing import may_be_asked, needs_choice, read_some, take_some
from articles.models import Article, Brought
from publishing.models import Hand
from publishing.refusals import Refused
from publishing.staff import called, list_url

SECONDS = 3  # of one request, and what the file then in hand still takes


def bring_pages(desk):
    """The addresses of these pages below those of the guides."""
    view = desk.admin_site.admin_view
    return [
        path("bring/", view(partial(bring_page, desk)), name=called(Article, "bring")),
        path("bring/publish/", view(partial(publish_brought_page, desk)), name=called(Article, "bring_publish")),
        path("bring/<int:pk>/", view(partial(bring_one_page, desk)), name=called(Article, "bring_one")),
        path("old-addresses/", view(partial(old_addresses_page, desk)), name=called(Article, "old_addresses")),
    ]


def counted(number, noun="file"):
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def bring_page(desk, request):
    """What somebody brought, and what was understood of it. Each act is one short step, so the page may be left."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return shown(desk, request)
    act = ACTS.get(request.POST.get("act"), _read_on)
    try:
        act(request)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(list_url(Article, "bring") + table.query(request.POST))


def bring_one_page(desk, request, pk):
    """One of them, beside its source."""
    return one_page(desk, request, pk, at=timezone.now())


def shown(desk, request):
    context = table.context(request.user, request.GET)
    left = context["not_read"] or context["asked"]
    context |= {"form": ChoiceForm(by=request.user), "is_going": bool(left), "title": "Bring in texts"}
    context["may_publish"] = may_publish(request.user)
    return desk.page(request, "bring.html", None, **context)


def over():
    """Whether the time of one step is over."""
    until = monotonic() + SECONDS
    return lambda: monotonic() > until


def _add(request):
    """Keep the files, and begin to read them."""
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, "No file was chosen. Choose files, then add them.")
        return
    is_over = over()
    count = receive(request.user, files, request.POST.getlist("paths"), at=timezone.now())
    messages.success(request, f"Added {counted(count)}.")
    read_some(request.user, Hand.of(request.user), timezone.now(), is_over)


def _read_on(request):
    by, at, is_over = Hand.of(request.user), timezone.now(), over()
    if not read_some(request.user, by, at, is_over):
        _take_on(request, is_over)


def _chosen(request):
    """The files that are ticked, or all of those that are shown."""
    if request.POST.get("scope") == "all":
        return table.rows(request.user, request.POST.get("show", ""))
    keys = [key for key in request.POST.getlist("work") if key.isdecimal() and len(key) < 18]
    return Brought.objects.of(request.user).open().filter(pk__in=keys)


def _set(request):
    """Say of many at once which language, topic and owner they have."""
    keep_choices(request)
    form = ChoiceForm(request.POST, by=request.user)
    if not form.is_valid():
        raise Refused("Not set: choose a language, a topic or an owner from the lists.")
    told = form.told()
    count = 0
    for row in _chosen(request) if told else ():
        row.mended |= told
        row.save(update_fields=["mended"])
        count += 1
    if not count:
        raise Refused("Nothing was set. Tick the files, and choose what they have.")
    messages.success(request, f"Set for {counted(count)}.")


def _take(request):
    """Take in what is chosen, as far as the time goes; what needs a choice first stays."""
    keep_choices(request)
    chosen = list(_chosen(request))
    fit = [row.pk for row in chosen if may_be_asked(row)]
    waits = sum(needs_choice(row) for row in chosen)
    for start in range(0, len(fit), 500):
        some = Brought.objects.of(request.user).open().filter(pk__in=fit[start : start + 500])
        some.update(asked_at=timezone.now(), told="")
    if waits:
        messages.warning(request, f"{counted(waits)} stayed: say first as what each is taken.")
    if not chosen:
        messages.warning(request, "Nothing was chosen. Tick the files that you want to bring in.")
    _take_on(request, over())


def _take_on(request, is_over):
    left = Brought.objects.of(request.user).asked().count()
    if not left:
        return
    remain = take_some(request.user, Hand.of(request.user), timezone.now(), is_over)
    if not remain:
        messages.success(request, "Done. What came in is a draft now: patients read nothing of it yet.")


def _stop(request):
    count = Brought.objects.of(request.user).asked().update(asked_at=None)
    messages.success(request, f"Stopped. {counted(count)} wait here.")


def _drop(request):
    keys = [row.pk for row in _chosen(request)]
    count = 0
    for start in range(0, len(keys), 500):
        count += Brought.objects.of(request.user).filter(pk__in=keys[start : start + 500]).delete()[0]
    messages.success(request, f"{counted(count)} thrown away." if count else "Nothing was chosen.")


def _clear(request):
    """What is taken in, passed over, or a picture that nothing waits for leaves the page."""
    mine = Brought.objects.of(request.user)
    mine.filter(taken_at__isnull=False).delete()
    mine.filter(kind=Brought.Kind.PASSED).delete()
    if not mine.texts().exists():
        mine.delete()


ACTS = {
    "add": _add,
    "read": _read_on,
    "set": _set,
    "take": _take,
    "stop": _stop,
    "drop": _drop,
    "clear": _clear,
}
