"""The desk of words and of the site's own pages."""

from django.conf import settings
from django.contrib import admin

from articles.beside import views
from articles.models import MANY, Page, Term, holding
from publishing.models import kinds
from publishing.staff import WorkingCopyAdmin, staff_url
from publishing.text import Terms


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
        language = dict(settings.LANGUAGES).get(value("language"), "")
        slug = value("slug")
        return name, f"{language}; {self.path.format(slug) if slug else 'address comes from the title'}"


@admin.register(Term)
class TermAdmin(BesideAdmin):
    """A word with its meaning, and the texts in which patients will read it explained."""

    path = "/words/{}/"
    fieldsets = [
        (None, {"fields": ["title", "also", "meaning"]}),
        ("Place", {"fields": ["language", "slug", "owner"]}),
    ]

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
