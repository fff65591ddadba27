"""What every form of the house asks of the texts that people type, before anything is kept of them."""

from django import forms
from django.db import connection

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


class SharedRowForm(RowForm):
    """Any form of a row that counts no saves: what a colleague changed since it was opened is not overwritten.

    Each field is sent with what it was shown with. One that this person left alone keeps what it says by now; of one
    that both changed the form tells the other's, and is sent again by whoever has looked at it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shared = [name for name in self.fields if name in {one.name for one in self._meta.model._meta.fields}]
        for name in self.shared:
            self.fields[name].show_hidden_initial = True

    def clean(self):
        given = super().clean()
        now = self._row() if self.instance.pk else None
        for name in self.shared if now else ():
            kept = now.serializable_value(name)
            if self[name].html_initial_name not in self.data:
                continue
            if name not in self.changed_data:
                given[name] = getattr(now, name)
            elif name in given and _said(self.shown(name)) != _said(kept) != _said(self[name].data):
                told = f"It says now: “{getattr(now, name)}”. Look at both, and save again."
                self.add_error(name, f"Somebody changed this meanwhile. {told}")
                self.data = self.data.copy()
                self.data[self[name].html_initial_name] = kept
        return given

    def _row(self):
        """As it is now, and stays until it is saved: whoever calls this in a transaction is alone with it."""
        rows = self._meta.model._base_manager.filter(pk=self.instance.pk)
        return (rows if connection.get_autocommit() else rows.select_for_update(no_key=True)).first()

    def shown(self, name):
        """What a field said when its page was opened, as it was sent."""
        return self.data[self[name].html_initial_name]


def _said(value):
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
