from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.html import format_html

from faq import views
from faq.models import Entry
from publishing.staff import WorkingCopyAdmin, WorkingCopyForm, patients_read, staff_url, written_below


class KeySelect(AutocompleteSelect):
    """Where something else than a key was sent nothing is chosen; Django would ask the database for it."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if str(one).isdecimal()], attr)


@admin.register(Entry)
class EntryAdmin(WorkingCopyAdmin):
    acts = (*WorkingCopyAdmin.acts, "confirm")
    list_display = ["question", "article", "topic", patients_read, "changed_at", "changed_by_name"]
    list_filter = ["language", "topic"]
    list_select_related = ["article", "topic"]
    list_per_page = 50
    search_fields = ["question", "article__title"]
    autocomplete_fields = ["article"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KeySelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        return [
            ("What patients read", {"fields": ["question", "answer", *self.guard(request, obj)]}),
            ("Where it stands", {"fields": ["article", "topic", "place", "language", "slug"]}),
        ]

    def show(self, request, composition):
        return views.show(request, composition)


class InlineForm(WorkingCopyForm):
    """A question written beside its article: its address and language come by themselves."""

    class Meta:
        model = Entry
        fields = ["question", "answer", "place"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.language = self.instance.article.language
        return super().save(commit)


@written_below
class EntryInline(admin.StackedInline):
    """An article's questions, in reach of it."""

    model = Entry
    form = InlineForm
    extra = 0
    view_on_site = False
    verbose_name_plural = "questions"
    readonly_fields = ["page"]

    def get_fields(self, request, obj=None):
        guard = ["edits_seen"] if self.has_change_permission(request, obj) else []
        return ["question", "answer", "place", "page", *guard]

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="More")
    def page(self, entry):
        if not entry.pk:
            return "Save it, then preview and publish it on its own page, or together with the article."
        url = staff_url(entry)
        return format_html('<a href="{}">Its own page: preview, publish, withdraw, editions</a>', url)
