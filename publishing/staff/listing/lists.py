"""The list of one kind of text: found by words, owner, topic, language and state, newest change first."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q, TextField
from django.http import HttpResponseRedirect
from django.utils import timezone

from publishing.models import FORMAT, Among, askings_open, kinds, name_of, reviews_for
from publishing.record import URGENCY, Pressing, Wanted, counted, day_said, lately, owner_key, with_states
from publishing.staff.addresses import list_url, staff_url
from publishing.staff.listing.choosing import selects
from publishing.staff.listing.many import ACTS, acts_on, many_page
from publishing.text import is_language, language_called

A_PAGE = 50
LONGEST, SUGGESTED, COUNTED = 200, 30, 100
IN_ORDER = ("draft", "changed", "checked", "ready", "waits", "live", "due", "gone")
ORDERS = {"": ("-changed_at", "-pk"), "title": ()}


class Choice:
    """What somebody asks of the list, as its address says it; what makes no sense there is left out."""

    def __init__(self, model, given, user):
        self.model, self.user, self.given = model, user, given
        self.q = given.get("q", "").strip()[:LONGEST]
        state, order = given.get("state", ""), given.get("o", "")
        self.state, self.order = state if state in URGENCY else "", order if order in ORDERS else ""
        self.owner, self.topic = self._key("owner", "me", "nobody"), self._key("topic", "none")
        language = given.get("language", "")
        self.language = language if is_language(language) else ""
        page = given.get("p", "")
        self.page = min(max(1, int(page)), 10_000) if page.isdecimal() and len(page) < 6 else 1

    def _key(self, name, *words):
        value = self.given.get(name, "")
        return value if value in words or (value.isdecimal() and len(value) < 18) else ""

    @property
    def is_narrow(self):
        return bool(self.q or self.owner or self.topic or self.language)

    def works(self, wanted):
        works, owner = self.model.objects.all(), owner_key(self.model)
        if self.owner == "nobody":
            works = works.filter(Q(**{f"{owner}__isnull": True}) | Q(**{f"{owner}__is_active": False}))
        elif self.owner:
            works = works.filter(**{owner: self.user.pk if self.owner == "me" else int(self.owner)})
        if self.topic and kinds.has_topic(self.model):
            works = works.filter(topic=None if self.topic == "none" else int(self.topic))
        if self.language:
            works = works.filter(language=self.language)
        return works.filter(Among("pk", wanted.texts(self.model))) if self.q else works

    def address(self, **told):
        told = {"q": self.q, "owner": self.owner, "topic": self.topic, "language": self.language} | (
            {"state": self.state, "o": self.order} | told
        )
        return "?" + urlencode({name: value for name, value in told.items() if value})


def list_page(desk, request):
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("action") in ACTS:
        return many_page(desk, request)
    at, choice = request.moment(), Choice(desk.model, request.GET, request.user)
    wanted = Wanted(choice.q, at)
    pressing, works = Pressing.at(at, only=desk.model), choice.works(wanted)
    counts = counted(with_states(works, at, pressing)) if choice.is_narrow else pressing.counted(desk.model)
    total = sum(counts.values())
    if choice.q and total == 1 and not choice.state:
        return HttpResponseRedirect(staff_url(works.only("pk").get()))
    count = counts.get(choice.state, 0) if choice.state else total
    per_page = desk.list_per_page
    start = (min(choice.page, max(1, -(-count // per_page))) - 1) * per_page
    rows = shown(choice, works, at, pressing, start, per_page)
    page = start // per_page + 1
    plural = str(desk.opts.verbose_name_plural)
    context = {
        "title": plural.capitalize(),
        "plural": plural,
        "noun": plural.removesuffix("s"),
        "choice": choice,
        "rows": rows,
        "states": [("", "All", total, choice.address(state=""))]
        + [(one, URGENCY[one], counts.get(one, 0), choice.address(state=one)) for one in IN_ORDER],
        "first": start + 1,
        "last": start + len(rows),
        "count": count,
        "previous": choice.address(p=page - 1) if page > 1 else "",
        "next": choice.address(p=page + 1) if start + len(rows) < count else "",
        "by_title": choice.address(o="title"),
        "by_last": choice.address(o=""),
        "acts": acts_on(desk.model) if desk.has_change_permission(request) else {},
        "add_url": list_url(desk.model, desk.begins_at) if desk.has_add_permission(request) else "",
        **selects(desk.model, request.user),
        **beside_words(choice, wanted, total),
        "everything": desk.model.objects.count() if not rows else 0,
    }
    return desk.page(request, "list.html", None, **context)


def beside_words(choice, wanted, total):
    """What stands beside the box of words: what it suggests, where else they stand, what may have been meant."""
    return {
        "suggested": suggested(choice.model),
        "elsewhere": elsewhere(choice.model, wanted),
        "meant": [(one, choice.address(q=one)) for one in wanted.meant()] if choice.q and not total else [],
    }


def suggested(model):
    """Titles for the box in which words are typed: of the texts that changed last."""
    newest = model.objects.order_by("-changed_at", "-pk").values_list(kinds.title_of(model), flat=True)
    return list(dict.fromkeys(newest[:SUGGESTED]))


def elsewhere(model, wanted):
    """Where else these words stand: (name, how many at least, address) of the other kinds."""
    if not wanted.text:
        return []
    found = []
    for other in kinds.reviewed():
        if other is not model and (count := min(len(wanted.texts(other, most=COUNTED)), COUNTED)):
            url = f"{list_url(other, 'changelist')}?{urlencode({'q': wanted.text})}"
            found.append((str(other._meta.verbose_name_plural), count, url))
    return found


def shown(choice, works, at, pressing, start, per_page):
    """The rows of a page: keys first, by an index, then those texts without what is long."""
    model = choice.model
    title = kinds.title_of(model)
    found = with_states(works, at, pressing).filter(state=choice.state) if choice.state else works
    order = ORDERS[choice.order] or (title, "pk")
    keys = list(found.order_by(*order).values_list("pk", flat=True)[start : start + per_page])
    near = [owner_key(model), *(["topic"] if kinds.has_topic(model) else [])]
    rows = with_states(model.objects.filter(pk__in=keys), at, pressing).select_related(*near)
    texts = [one.name for one in model._meta.fields if isinstance(one, TextField)]
    if model.FOLLOWS:
        original = model.original_model()
        texts += [f"{model.FOLLOWS}__{one.name}" for one in original._meta.fields if isinstance(one, TextField)]
    rows = {one.pk: one for one in rows.defer(*texts)}
    rows = [rows[key] for key in keys if key in rows]
    told = Told(model, rows, at, pressing)
    for one in rows:
        one.chip, one.said = told.chip(one), told.said(one)
        codes = [one.language, *(code for code in told.languages.get(one.pk, ()) if code != one.language)]
        one.language_names = ", ".join(map(language_called, codes))
        one.owner_name = name_of(one.owner) if one.owner else "nobody"
        one.last = ", ".join(filter(None, [one.changed_at and lately(one.changed_at, at), one.changed_by_name]))
        one.url = staff_url(one)
        one.under = getattr(one, "topic", None) or (getattr(one, model.FOLLOWS) if model.FOLLOWS else None)
        one.under = one.under or ("No topic" if kinds.has_topic(model) else one.address())
    return rows


def spoken_in(works):
    """By key of each text the languages in which it or its translations are written."""
    if not works:
        return {}
    model, key = type(works[0]), f"{works[0].TRANSLATES}_id"
    roots = {one.pk: getattr(one, key) or one.pk for one in works}
    wanted, found = sorted(set(roots.values())), {}
    # Two questions: of both at once SQLite reads the whole table.
    near = [
        model.objects.filter(Among(name, wanted)).order_by().values_list("pk", key, "language") for name in ("pk", key)
    ]
    for pk, root, language in sorted(set().union(*near)):
        found.setdefault(root or pk, []).append(language)
    return {pk: found.get(root, ()) for pk, root in roots.items()}


class Told:
    """What stands beside the states of some texts, in sentences."""

    def __init__(self, model, works, at, pressing):
        self.at, self.today = at, timezone.localdate(at)
        editions, keys = model.edition_model(), [one.pk for one in works]
        self.live = {
            one.work_id: one
            for one in editions.objects.live(at, of=model.objects.filter(pk__in=keys))
            .select_related("replaced_by")
            .only("work_id", "number", "is_notice", "digest_format", "text_digest", "replaced_by__title")
        }
        waiting = editions.objects.waiting(at).filter(work__in=keys)
        self.waiting = {one.work_id: one for one in waiting.only("work_id", "number", "is_notice", "in_force_at")}
        now = [editions(work_id=one.pk, digest_format=FORMAT, text_digest=one.text_digest) for one in works]
        self.reviews = dict(zip(keys, reviews_for(now, at), strict=True))
        read = list(self.live.values())
        self.read = dict(zip((one.work_id for one in read), reviews_for(read, at), strict=True))
        self.asked = askings_open(works, at)
        self.languages = spoken_in(works) if model.TRANSLATES else {}
        self.due = {one.pk: one for one in reversed(pressing.due_of(model, keys))}

    def chip(self, work):
        if work.state == "waits" and work.pk in self.waiting:
            return f"Waits until {day_said(timezone.localdate(self.waiting[work.pk].in_force_at), self.today)}"
        return URGENCY[work.state]

    def said(self, work):
        live = self.live.get(work.pk)
        read = "Patients cannot read it yet" if live is None else f"Patients read edition {live.number}"
        read = "Patients find a notice" if live and live.is_notice else read
        return getattr(self, f"_{work.state}")(work, live) or read

    def _due(self, work, live):
        one = self.due.get(work.pk)
        if one is None:  # somebody did it since the states were asked
            return ""
        if one.state == "overdue":
            return f"The check ran out on {day_said(one.on, self.today)}"
        return one.what

    def _checked(self, work, live):
        return "; ".join(
            f"With {one.asked_name}, by {day_said(one.until_on, self.today)}" for one in self.asked.get(work.name, ())
        )

    def _waits(self, work, live):
        one = self.waiting.get(work.pk)
        if one is None:  # somebody cancelled it since the states were asked
            return ""
        what = "A withdrawal" if one.is_notice else f"Edition {one.number}"
        return f"{what}, at {timezone.localtime(one.in_force_at):%H:%M}"

    def _ready(self, work, live):
        review = self.reviews[work.pk]
        return review and f"{review.reviewer_name} checked it, {lately(review.made_at, self.at)}"

    def _gone(self, work, live):
        return live.replaced_by and f"Leads to {live.replaced_by}"

    def _live(self, work, live):
        review = self.read.get(work.pk)
        return f"Edition {live.number}, checked by {review.reviewer_name}" if review else ""

    def _draft(self, work, live):
        return ""

    _changed = _draft
