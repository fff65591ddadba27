"""The field of a form in which a text is named by its address or its title: a list of ten thousand helps nobody."""

import re

from django import forms

from articles.models import Article, Term


class NamedField(forms.Field):
    """A text of which another may be the translation; its value is that text, or None."""

    widget = forms.TextInput

    def __init__(self, model, **told):
        self.model = model
        super().__init__(**{"required": False} | told)

    def to_python(self, value):
        if value is None or isinstance(value, self.model):
            return value
        if isinstance(value, int):
            return self.model.objects.filter(pk=value).first()
        value = " ".join(str(value).split())
        return named(value, self.model) if value else None

    def prepare_value(self, value):
        if isinstance(value, int):
            value = self.to_python(value)
        return value.get_absolute_url() if isinstance(value, self.model) else value or ""

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != " ".join(str(data or "").split())


def named(text, model):
    """The text at an address, or with a title. Raises ValidationError."""
    called, address = model._meta.verbose_name, rf"(?:/?([a-z]{{2,3}}(?:-[a-z]{{2,4}})?))?/?{model.FOLDER}/([^/\s]+)/?"
    if at := re.fullmatch(rf"(?:https?://[^/]+)?{address}", text):
        language = at[1] or model._meta.get_field("language").default
        found = list(model.objects.filter(language=language, slug=at[2])[:2])
    else:
        found = list(model.objects.filter(title=text, original=None)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(
            f"Several {called}s are called “{text}”. Write the address of one: /{model.FOLDER}/…/"
        )
    raise forms.ValidationError(
        f"There is no {called} “{text[:80]}”. Write its address, as {EXAMPLES[model]}, or its title as it stands."
    )


EXAMPLES = {Article: "/articles/asthma/", Term: "/words/dose/"}
