"""The form that a working copy is saved by, with its guard against overwriting what somebody else saved."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import unlisted
from publishing.staff.form import clashing
from publishing.staff.form.buffering import REDRAWN
from publishing.staff.written import RowForm


class WorkingCopyForm(RowForm):
    """Refuses to overwrite what somebody else saved after this form was opened, and shows both texts."""

    clash = None  # what differs, where somebody saved meanwhile
    is_left = False  # nothing was changed here, so what somebody saved meanwhile stays
    edits_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(with_plain_line_ends(data), *args, **{"label_suffix": ""} | kwargs)
        if "language" in self.fields:
            # A list without its own language would turn the text into one of the first.
            said = (self.initial.get("language"), self.data.get(self.add_prefix("language")))
            self.fields["language"].choices = [*self.fields["language"].choices, *unlisted(*said)]
        self.initial["edits_seen"] = self.instance.edits if self.instance.pk else None

    def full_clean(self):
        if REDRAWN in self.data:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self):
        """What is only shown again is never saved, and not told of its faults either."""
        return REDRAWN not in self.data and super().is_valid()

    def has_changed(self):
        return not self.is_left and super().has_changed()

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.has_changed():
            # The admin saves in one transaction: the row stays locked until it commits.
            held = type(self.instance)._base_manager.select_for_update(no_key=True)
            current = held.filter(pk=self.instance.pk).first()
            if current and current.edits != cleaned.get("edits_seen"):
                self._meet(current)
        return cleaned

    def _meet(self, current):
        """Somebody saved meanwhile. What was not touched here is theirs; else the page shows what differs."""
        model = self._meta.model
        names, base = [one.name for one in model._meta.fields if one.name in self.fields], clashing.base_of(self)
        if not model.IS_READ_WHEN_SAVED and clashing.is_untouched(self, base, names):
            self.is_left = True
            return
        self.clash = clashing.clash(self, current, names, base)
        if self.clash is None:
            return
        who, when = self.clash.who, date_format(timezone.localtime(current.changed_at), "j F, H:i")
        self.add_error(None, f"{who} saved this on {when}, after you opened it. Nothing you typed is lost.")
        # Having seen both, the person may save over it.
        self.data = self.data.copy()
        self.data[self.add_prefix("edits_seen")] = str(current.edits)


def with_plain_line_ends(data):
    """What a browser sent, with the line ends that are stored: else saving without a change would change every text."""
    if data is None:
        return None
    plain = data.copy()
    for name, values in data.lists():
        plain.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return plain
