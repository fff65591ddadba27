"""What every form of the house asks of the texts that people type, before anything is kept of them."""

from django import forms

from publishing.text import is_blank, isolated, refusal


class Written:
    """A form none of whose texts is turned round, or is made of letters that nobody sees. It stands before the form."""

    def clean(self):
        given = super().clean()
        for name, text in list(self.cleaned_data.items()):
            field = self.fields.get(name)
            is_secret = field and isinstance(field.widget, forms.PasswordInput)
            if not isinstance(field, forms.CharField) or not isinstance(text, str) or is_secret:
                continue
            self.cleaned_data[name] = "" if is_blank(text) and not field.required else isolated(text)
            if problem := refusal(text, is_required=field.required):
                self.add_error(name, problem)
        return given


class WrittenForm(Written, forms.Form):
    """Any form of ours that keeps no row by itself."""


class RowForm(Written, forms.ModelForm):
    """Any form of ours that keeps a row."""
