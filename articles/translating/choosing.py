"""The field of a form in which a guide is named by its address or its title: a list of ten thousand helps nobody."""

import re

from django import forms

from articles.models import Article

ADDRESS = re.compile(r"(?:https?://[^/]+)?(?:/?([a-z]{2,3}(?:-[a-z]{2,4})?))?/?articles/([^/\s]+)/?")


class GuideField(forms.Field):
    """A guide of which another may be the translation; its value is that guide, or None."""

    widget = forms.TextInput

    def __init__(self, **told):
        super().__init__(**{"required": False} | told)

    def to_python(self, value):
        if value is None or isinstance(value, Article):
            return value
        if isinstance(value, int):
            return Article.objects.filter(pk=value).first()
        value = " ".join(str(value).split())
        return named(value) if value else None

    def prepare_value(self, value):
        if isinstance(value, int):
            value = self.to_python(value)
        return value.get_absolute_url() if isinstance(value, Article) else value or ""

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != " ".join(str(data or "").split())


def named(text):
    """The guide at an address, or with a title. Raises ValidationError."""
    if at := ADDRESS.fullmatch(text):
        language = at[1] or Article._meta.get_field("language").default
        found = list(Article.objects.filter(language=language, slug=at[2])[:2])
    else:
        found = list(Article.objects.filter(title=text, original=None)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(f"Several guides are called “{text}”. Write the address of one: /articles/…/")
    raise forms.ValidationError(
        f"There is no guide “{text[:80]}”. Write its address, as /articles/asthma/, or its title as it stands."
    )
