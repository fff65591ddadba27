"""The word pairs of the search: what people type, and what guides say. Looked at, added, changed, taken away."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path

from publishing.models import Hand, Pair, Sides, say_pairs
from publishing.record import pairs_searched, spoken, starting_pairs, taken_pairs, who
from publishing.staff.addresses import called, list_url, staff_url
from publishing.staff.pages import led_on, page_number, sent, streamed_table, tool_page
from publishing.staff.written import RowForm, WrittenForm
from publishing.text import fold

ON_PAGE = 100
KINDS = {"": "All", "ours": "Kept here", "starting": "Starting list", "off": "Not searched by"}
KEY = 40


class PairForm(WrittenForm):
    word = forms.CharField(label="What people type", max_length=60)
    also = forms.CharField(label="What guides say", max_length=60)
    language = forms.ChoiceField(
        label="Language", choices=settings.LANGUAGES, help_text="English pairs help on the sites of all languages."
    )
    are_one_medicine = forms.BooleanField(
        label="Both are names of one and the same medicine",
        required=False,
        help_text="Only where both sides name a medicine. A search for one medicine must never lead to another.",
    )

    @property
    def sides(self):
        return Sides.written(*(self.cleaned_data[name] for name in Sides._fields))


class FileForm(WrittenForm):
    file = forms.FileField(label="CSV file", help_text="The first line is: word,also,language")


class PairAdmin(admin.ModelAdmin):
    """Each change is an act with a line of the ledger, so nothing here saves or deletes a row by itself."""

    form = RowForm
    actions = None

    def get_urls(self):
        views = {"table": self.table_view, "file": self.file_view}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=called(Pair, name)) for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._turn(request)
        sought, language = request.GET.get("q", "").strip()[:200], request.GET.get("language", "")
        known = shown_pairs()
        rows = [row for row in known if not language or row["sides"].language == language]
        if sought:
            rows = [row for row in rows if any(fold(sought) in fold(side) for side in row["sides"][:2])]
        counts = {kind: sum(row["kind"] == kind for row in rows) for kind in KINDS} | {"": len(rows)}
        kind = request.GET.get("kind", "")
        rows = [row for row in rows if not kind or row["kind"] == kind]
        start = ON_PAGE * (page_number(request, len(rows), ON_PAGE) - 1)
        look = {"q": sought, "language": language}
        languages = {row["sides"].language for row in known if row["kind"] != "off"} | {language}
        context = {
            **{"title": "Word pairs", "sought": sought, "language": language, "kind": kind},
            "languages": [(code, name) for code, name in settings.LANGUAGES if code in languages],
            "kinds": [(one, name, counts[one], _query(**look, kind=one)) for one, name in KINDS.items()],
            "rows": rows[start : start + ON_PAGE],
            "span": (start + 1, min(start + ON_PAGE, len(rows)), len(rows)),
            "next": _query(**look, kind=kind, p=start // ON_PAGE + 2) if start + ON_PAGE < len(rows) else "",
            "may_change": self.has_change_permission(request),
        }
        return tool_page(request, "pairs.html", **context)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        first = {name: request.GET.get(name, "")[:60] for name in Sides._fields}
        form = PairForm(request.POST or None, initial=first | {"language": first["language"] or settings.LANGUAGE_CODE})
        return self._kept(request, form, "New word pair", apart=())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pair = self.get_object(request, object_id)
        if not self.has_change_permission(request):
            raise PermissionDenied
        if pair is None or not pair.is_kept:
            raise Http404
        form = PairForm(request.POST or None, initial=pair.sides._asdict())
        return self._kept(request, form, "Change a word pair", apart=(pair.sides,))

    def _kept(self, request, form, title, *, apart):
        """Keep what the form says, in place of another pair or beside the others."""

        def act():
            told = {"by": Hand.of(request.user), "medicines": "one" if form.cleaned_data["are_one_medicine"] else ""}
            if form.sides in starting_pairs() and not Pair.objects.of([form.sides]):
                if apart:
                    say_pairs(apart=apart, by=told["by"])
                return led_on(request, f"“{form.sides.word}” is a pair of the starting list already.", _list())
            say_pairs(together=(form.sides,), apart=apart, **told)
            return led_on(request, f"Who types “{form.sides.word}” now finds “{form.sides.also}” too.", _list())

        done = sent(request, form, act)
        return done or tool_page(request, "pair.html", title=title, form=form, back=_list())

    def _turn(self, request):
        """Take a pair away, or put one back that was."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = TurnForm(request.POST)

        def act():
            way, sides = form.cleaned_data["way"], form.cleaned_data["pair"]
            # What was taken away had been looked at when it came.
            told = {"together": (sides,), "medicines": "said"} if way == "on" else {"apart": (sides,)}
            say_pairs(by=Hand.of(request.user), **told)
            said = "Patients search by it again" if way == "on" else "Patients no longer search by it"
            return led_on(request, f"{said}: “{sides.word}”, “{sides.also}”.", _list())

        done = sent(request, form, act)
        if done is None:
            raise Http404 if "pair" in form.errors or "way" in form.errors else PermissionDenied
        return done

    def table_view(self, request):
        """All pairs by which patients search, as a file that can be taken in again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return streamed_table("word-pairs", Sides._fields, pairs_searched())

    def file_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        problems = []

        def act():
            taken = taken_pairs(form.cleaned_data["file"].read(), by=Hand.of(request.user))
            if taken.problems:
                problems.extend(taken.problems)
                return None
            for said in taken.doubts:
                messages.warning(request, said)
            return led_on(request, f"Taken in: {len(taken.new)}. There already: {taken.known}.", _list())

        done = sent(request, form, act)
        told = {"title": "Take in word pairs from a file", "form": form, "problems": problems, "back": _list()}
        return done or tool_page(request, "pair.html", **told)


class TurnForm(WrittenForm):
    way = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])
    pair = forms.CharField(max_length=KEY)

    def clean_pair(self):
        key = self.cleaned_data["pair"]
        kept = Pair.objects.filter(key=key).first()
        found = kept.sides if kept else next((one for one in starting_pairs() if one.key == key), None)
        if found is None:
            raise forms.ValidationError("There is no such pair.")
        return found


def shown_pairs():
    """A row for each pair: kept here by newest first, then the starting list, each with what can be done with it."""
    kept, rows = {}, []
    for pair in Pair.objects.select_related("line").order_by("-line_id"):
        kept[pair.key] = pair
        said = f"{who(pair.line)}, {spoken(pair.line.at)}"
        rows.append(_row(pair.sides, "ours" if pair.is_kept else "off", said, staff_url(pair) if pair.is_kept else ""))
    return rows + [_row(sides, "starting", "", "") for sides in starting_pairs() if sides.key not in kept]


def _row(sides, kind, who, url):
    told = {"language": dict(settings.LANGUAGES).get(sides.language, sides.language), "called": KINDS[kind], "who": who}
    return told | {"sides": sides, "kind": kind, "url": url, "key": sides.key}


def _list():
    return list_url(Pair, "changelist")


def _query(**told):
    return "?" + urlencode({name: value for name, value in told.items() if value})
