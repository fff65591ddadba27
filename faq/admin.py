from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Max

from articles.models import Article
from faq import views
from faq.models import Entry
from publishing.staff import ShortEditor, WorkingCopyAdmin, WorkingCopyForm, written_below


class KeySelect(AutocompleteSelect):
    """Where something else than a key was sent nothing is chosen; Django would ask the database for it."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if str(one).isdecimal()], attr)


@admin.register(Entry)
class EntryAdmin(WorkingCopyAdmin):
    acts = (*WorkingCopyAdmin.acts, "confirm")
    list_per_page = 50
    search_fields = ["question", "article__title"]
    autocomplete_fields = ["article"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KeySelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    labels = {"article": "Guide", "place": "Place among the questions", "slug": "Address"}

    def said_of(self, name, value):
        guide = Article.objects.filter(pk=value("article")).first() if str(value("article") or "").isdecimal() else None
        address = f"/faq/{value('slug')}/" if value("slug") else "address comes from the question"
        return name, f"{guide or 'A general question'}; {address}"

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": ["question", "answer", *self.guard(request, obj)]}),
            ("Place", {"fields": ["article", "topic", "place", "language", "slug"]}),
        ]

    def show(self, request, composition):
        return views.show(request, composition)


class InlineForm(WorkingCopyForm):
    """A question written beside its article: its address and language come by themselves."""

    class Meta:
        model = Entry
        fields = ["question", "answer", "place"]
        auto = {"dir": "auto"}
        widgets = {"question": forms.TextInput({"class": "full"} | auto), "answer": ShortEditor(auto)}

    place = forms.IntegerField(required=False, min_value=0, max_value=32767, widget=forms.HiddenInput)

    def clean_place(self):
        """A new question comes behind the others of its guide."""
        if self.cleaned_data["place"] is not None:
            return self.cleaned_data["place"]
        last = Entry.objects.filter(article=self.instance.article_id).aggregate(last=Max("place"))["last"]
        return self.instance.place if self.instance.pk else (last or 0) + 1

    @property
    def changed_data(self):
        """A new row in which nothing is written but its place is none."""
        changed = super().changed_data
        return changed if self.instance.pk or changed != ["place"] else []

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
    template = "admin/publishing/_questions.html"
    titled_by = "question"

    def get_fields(self, request, obj=None):
        guard = ["edits_seen"] if self.has_change_permission(request, obj) else []
        return ["question", "answer", "place", *guard]

    def has_delete_permission(self, request, obj=None):
        return False
