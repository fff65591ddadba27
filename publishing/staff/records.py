"""The two records as staff read them: in sentences with titles, newest first, to look at and never to change."""

from typing import NamedTuple

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.utils.html import format_html

from publishing.models import Pair, name_of
from publishing.record import about, acted, done, pair_named, results, spoken, titled, who
from publishing.staff.addresses import list_url, staff_url
from publishing.staff.written import RowForm


class Told(NamedTuple):
    """A line as a sentence: the title leads to what it is about; who and what stand before it, the note behind."""

    line: object
    when: str
    before: str
    title: str
    url: str
    after: str

    @property
    def html(self):
        title = format_html('<a href="{}"><bdi>{}</bdi></a>', self.url, self.title) if self.url else self.title
        return format_html("{}{}{}", self.before, title, self.after)


def acts(lines):
    """Lines of the ledger in sentences; a query for each kind of text, however many lines there are."""
    known, said = titled({line.work for line in lines}), results(lines)
    for line in lines:
        before, after = acted(line, said)
        title, url = _named(known, line.work, f"a text that is no more ({line.work})")
        if pair := pair_named(line):
            title, url = pair, list_url(Pair, "changelist")
        yield Told(line, spoken(line.at), f"{who(line)} {before} ", title, url, after)


def entries(lines):
    """Lines of the access record in sentences, in the same way."""
    known = about(lines)
    for line in lines:
        name, url = _named(known, line.subject)
        before, title, after = done(line, name)
        yield Told(line, spoken(line.at), f"{who(line)} {before}", title, url if title else "", after)


def _named(known, name, otherwise=""):
    model, pk, title = known.get(name, (None, None, otherwise))
    return title, staff_url(model(pk=pk)) if model else ""


class Who(admin.SimpleListFilter):
    """By whose account it was done. The address may name one that is closed, or gone."""

    title, parameter_name = "who did it", "by_account"

    def lookups(self, request, model_admin):
        people = [(str(one.pk), name_of(one)) for one in get_user_model().objects.all()]
        return sorted(people, key=lambda pair: pair[1].casefold())

    def queryset(self, request, queryset):
        account = self.value() or ""
        return queryset.filter(by_account=account) if account.isdecimal() else queryset


class What(admin.ChoicesFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "what was done"


class When(admin.DateFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "day"


class InSentences(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.model_admin.told(list(self.result_list)))


class RecordAdmin(admin.ModelAdmin):
    """`told` makes sentences of the lines of one page, `heading` stands above them."""

    actions = None
    form = RowForm
    list_display_links = None
    list_filter = [("verb", What), Who, ("at", When)]
    show_full_result_count = False
    change_list_template = "admin/publishing/record.html"
    change_form_template = "admin/publishing/record_line.html"

    def get_changelist(self, request, **kwargs):
        return InSentences

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": self.heading} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        line = self.get_object(request, object_id)
        told = {"title": f"Line {line.seq}", "subtitle": "", "said": next(self.told([line]))} if line else {}
        told["heading"] = self.heading
        return super().change_view(request, object_id, form_url, told | (extra_context or {}))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
