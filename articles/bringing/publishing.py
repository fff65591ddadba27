"""*Publish what nothing holds back*: one page for the guides that were brought in, in steps of a few seconds."""

from time import monotonic
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.importing import as_seen, brought_in, coming_out, publish_some, settle
from articles.models import Article, ArticleEdition
from publishing.models import Hand, kinds
from publishing.staff import WrittenForm, list_url, may, staff_url

A_PAGE = 40  # each with its questions: some seconds
SECONDS = 3  # of one request, and what the guides then in hand still take
MOST_DONE, MOST_TOLD = 500, 10


class OneNote(WrittenForm):
    """What is said once of all that is published here."""

    note = forms.CharField(
        label="Change note",
        widget=forms.TextInput(attrs={"class": "full"}),
        help_text="One for all of them. Patients can read it under “What changed”.",
    )
    passing = forms.CharField(
        label="Publish without what is missing? Say why in one sentence",
        required=False,
        widget=forms.TextInput(attrs={"class": "full"}),
        help_text="It is kept with each of these editions for ever. Empty: what lacks something stays.",
    )


def publish_brought_page(desk, request):
    """What would be published of what was brought in, what is held back and why; then what was published."""
    if not may_publish(request.user):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    whose = _whose(request, asked)
    if request.method == "POST" and asked.get("act") == "settle":
        return _settled(desk, request, whose)
    form = OneNote(asked if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _step(desk, request, form.cleaned_data, whose)
    return _shown(desk, request, form, whose)


def _whose(request, asked):
    """Whose guides are shown: who has brought none, and does not say, sees everybody's."""
    if asked.get("whose") in ("mine", "all"):
        return asked["whose"]
    return "mine" if brought_in(request.moment(), request.user).exists() else "all"


def may_publish(user):
    """Whether this person may publish guides and what goes along with them."""
    return all(may(user, "publish", model) for model in (Article, *(one for one, _key in kinds.following(Article))))


def _settled(desk, request, whose):
    key = request.POST.get("work", "")
    article = (
        Article.objects.filter(pk=int(key), intake__isnull=False).first() if key.isdecimal() and len(key) < 18 else None
    )
    if article is None or not desk.has_change_permission(request, article):
        raise PermissionDenied
    if settle(article, request.POST.get("file", "")):
        messages.success(request, f"Looked at: nothing of the file of “{article}” is doubted any more.")
    else:
        messages.warning(request, f"The file of “{article}” was brought in again meanwhile. Look at it once more.")
    return HttpResponseRedirect(_address(whose=whose, p=request.POST.get("p", "")))


def _step(desk, request, said, whose):
    """Publish as many as the time allows; then either go on, or show what was published."""
    seen, since = _seen(request.POST), _moment(request.POST.get("since", "")) or request.moment()
    if not seen:
        messages.warning(request, "Nothing was chosen. Tick the guides that you want to publish.")
        return HttpResponseRedirect(_address(whose=whose, p=request.POST.get("p", "")))
    until = monotonic() + SECONDS
    told = {"by": Hand.of(request.user), "at": request.moment(), "is_over": lambda: monotonic() > until}
    left, refused = publish_some(seen, **told, **said)
    for article, why in list(refused.items())[:MOST_TOLD]:
        messages.warning(request, f"“{article}” was not published: {why}")
    if not left:
        return HttpResponseRedirect(_address(whose=whose, since=since.isoformat()))
    going = {"left": len(left), "seen": " ".join(f"{key}:{seen[key]}" for key in left), "said": said}
    context = {"going": going, "since": since.isoformat(), "whose": whose, "done": _done(request.user, since)}
    return desk.page(request, "bring_publish.html", None, title="Publish what nothing holds back", **context)


def _seen(given):
    """{key: as it was seen} of what is chosen: what is ticked, or all of the list."""
    pairs = [one.partition(":") for one in given.get("seen", "").split()]
    seen = {int(key): told for key, _colon, told in pairs if key.isdecimal() and len(key) < 18}
    if given.get("scope") == "all":
        return seen
    ticked = {int(key) for key in given.getlist("work") if key.isdecimal() and len(key) < 18}
    return {key: told for key, told in seen.items() if key in ticked}


def _shown(desk, request, form, whose):
    at, by = request.moment(), Hand.of(request.user)
    number = request.GET.get("p", "")
    number = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    counts = {"mine": brought_in(at, request.user).count(), "all": brought_in(at).count()}
    works = brought_in(at, request.user if whose == "mine" else None)
    keys = list(works.values_list("pk", flat=True))
    found = coming_out(keys[(number - 1) * A_PAGE : number * A_PAGE], by, at)
    found = [one for one in found if one.judgements or one.why]
    ready = [one for one in found if not one.why]
    since = _moment(request.GET.get("since", ""))
    context = {
        "form": form,
        "whose": whose,
        "p": number,
        "strip": [("mine", "Mine", counts["mine"]), ("all", "Everybody’s", counts["all"])],
        "total": counts[whose],
        "ready": [(one, staff_url(one.article, "preview")) for one in ready],
        "held": [
            (one, [(said, staff_url(work, page), word) for said, work, page, word in one.why])
            for one in found
            if one.why
        ],
        "lacking": sum(bool(one.to_add) for one in ready),
        "seen": " ".join(f"{key}:{told}" for key, told in as_seen(works).items()),
        "next": number + 1 if len(keys) > number * A_PAGE else 0,
        "previous": number - 1,
        "done": _done(request.user, since) if since else (),
    }
    return desk.page(request, "bring_publish.html", None, title="Publish what nothing holds back", **context)


def _done(person, since):
    """What this person has published since a moment, that was brought in."""
    made = ArticleEdition.objects.filter(made_by=person, made_at__gte=since, work__intake__isnull=False)
    return list(made.only("title", "language", "slug", "number").order_by("made_at", "pk")[:MOST_DONE])


def _moment(told):
    try:
        found = parse_datetime(told)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def _address(**told):
    return list_url(Article, "bring_publish") + "?" + urlencode({name: one for name, one in told.items() if one})
