"""The desk of words and of the site's own pages."""

from django.contrib import admin

from articles.beside import views
from articles.models import MANY, Page, Term, holding
from articles.translating.choosing import NamedField
from publishing.models import kinds
from publishing.staff import WorkingCopyAdmin, staff_url
from publishing.text import Terms, language_called


class BesideAdmin(WorkingCopyAdmin):
    list_per_page = 50
    search_fields = ["title", "slug"]
    labels = {"slug": "Address"}

    def get_fieldsets(self, request, obj=None):
        (first, fields), *others = super().get_fieldsets(request, obj)
        return [(first, {"fields": [*fields["fields"], *self.guard(request, obj)]}), *others]

    def get_changeform_initial_data(self, request):
        return super().get_changeform_initial_data(request) | {"owner": request.user.pk}

    def said_of(self, name, value):
        language = language_called(value("language") or "")
        slug = value("slug")
        return name, f"{language}; {self.path.format(slug) if slug else 'address comes from the title'}"


@admin.register(Term)
class TermAdmin(BesideAdmin):
    """A word with its meaning, and the texts in which patients will read it explained."""

    path = "/words/{}/"
    fieldsets = [
        (None, {"fields": ["title", "also", "meaning"]}),
        ("Place", {"fields": ["language", "original", "slug", "owner"]}),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "original":
            told = "The word that says the same in another language: its address, or the word. Empty: it is none."
            return NamedField(Term, label="Translation of", help_text=told)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def stands_in(self, work, at):
        return standing_in(work, at)

    def show(self, request, composition):
        return views.show_word(request, composition)


@admin.register(Page)
class PageAdmin(BesideAdmin):
    """A page about the site or the clinic."""

    path = "/{}/"
    fieldsets = [
        (None, {"fields": ["title", "body"]}),
        ("Place", {"fields": ["place", "language", "slug", "owner"]}),
    ]

    def show(self, request, composition):
        return views.show_page(request, composition)


def standing_in(term, at):
    """(title, address of the desk) of the live texts in which patients would read the term explained as it is now.

    Those that another, longer term takes it from are among them; more than MANY are not counted.
    """
    terms, found = Terms([(0, term.forms)]), []
    for model in kinds.explained():
        rows = holding(model.edition_model(), term, at).defer("folded")[: MANY + 1 - len(found)]
        title = kinds.title_of(model)
        found += [(getattr(one, title), staff_url(one)) for one in rows if terms.found(one.html)]
    return found
