"""What a person says of the files that they brought: of one in its row, of many at once below the table."""

from django import forms
from django.conf import settings

from articles.importing import NEW, NEXT
from articles.models import Brought, Topic
from publishing.models import is_listed, name_of, unlisted
from publishing.staff import Person, WrittenForm, people
from publishing.text import all_languages, is_language


class LanguageField(forms.ChoiceField):
    """A language of the site, or any other that there is: pages in it have the words of the first around them."""

    def __init__(self, *, first=(), **told):
        super().__init__(choices=[*first, *languages()], **told)

    def also(self, *tags):
        """Take these too, as with a region: pt-br."""
        known = {code for _name, group in languages() for code, _called in group}
        more = unlisted(*(tag for tag in tags if tag not in known))
        self.choices = [*self.choices, *([("As in the file", more)] if more else [])]


def languages():
    """The languages that can be said of a text, in two groups."""
    others = [(tag, name) for tag, name in all_languages() if not is_listed(tag)]
    return [("This site’s", settings.LANGUAGES), ("Others: English words around them", others)]


class ChoiceForm(WrittenForm):
    """Language, topic and owner; what is left empty stays as it is in each file."""

    language = LanguageField(label="Language", required=False, first=[("", "As it is")])
    topic = forms.ModelChoiceField(Topic.objects.all(), label="Topic", required=False, empty_label="As it is")
    owner = Person(people(), label="Who owns them?", required=False)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()
        self.fields["owner"].empty_label = f"Me, {name_of(by)}"

    def told(self):
        """What was said, by name."""
        given = self.cleaned_data
        told = {"language": given["language"]} if given["language"] else {}
        return told | {name: given[name].pk for name in ("topic", "owner") if given[name]}


def keep_choices(request):
    """Keep what is chosen in the rows of the page: the language of one that could not be told, and as what it comes."""
    asked = {name.partition("-")[2] for name in request.POST if name.startswith(("as-", "language-"))}
    keys = [key for key in asked if key.isdecimal() and len(key) < 18]
    for row in Brought.objects.of(request.user).open().filter(pk__in=keys):
        before = dict(row.mended)
        language = request.POST.get(f"language-{row.pk}", "")
        take_as = request.POST.get(f"as-{row.pk}", "")
        if is_language(language):
            row.mended["language"] = language
        if take_as in (NEXT, NEW):
            row.mended["take_as"] = take_as
        if row.mended != before:
            row.save(update_fields=["mended"])
