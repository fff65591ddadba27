"""The form that a working copy is saved by, with its guard against overwriting what somebody else saved."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.formats import date_format

from publishing.staff.buffering import REDRAWN
from publishing.staff.written import RowForm


class WorkingCopyForm(RowForm):
    """Refuses to overwrite what somebody else saved after this form was opened, and shows both texts."""

    edits_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(with_plain_line_ends(data), *args, **{"label_suffix": ""} | kwargs)
        self.initial["edits_seen"] = self.instance.edits if self.instance.pk else None

    def full_clean(self):
        if REDRAWN in self.data:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self):
        """What is only shown again is never saved, and not told of its faults either."""
        return REDRAWN not in self.data and super().is_valid()

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.has_changed():
            # The admin saves in one transaction: the row stays locked until it commits.
            current = type(self.instance)._base_manager.select_for_update().filter(pk=self.instance.pk).first()
            if current and current.edits != cleaned.get("edits_seen"):
                self._show_both(current)
        return cleaned

    def _show_both(self, current):
        differing = [
            name
            for name in self._meta.model._meta.fields
            if name.name in self.cleaned_data and self._differs(name, current)
        ]
        if not differing:
            return
        who, when = current.changed_by_name, date_format(timezone.localtime(current.changed_at), "j F, H:i")
        self.add_error(
            None,
            f"{who} saved this on {when}, after you opened it. Nothing you typed is lost: it is still in the form, and "
            f"beside it stands what {who} wrote. Put together what you want to keep, then save again.",
        )
        for field in differing:
            theirs = field.value_from_object(current)
            label = getattr(current, field.name, theirs) if field.is_relation else theirs
            self.add_error(field.name, f"{who} saved: {label if label not in (None, '') else '(nothing)'}")
        # Having seen both, the person may save over it.
        self.data = self.data.copy()
        self.data[self.add_prefix("edits_seen")] = str(current.edits)

    def _differs(self, field, current):
        mine = self.cleaned_data[field.name]
        theirs = getattr(current, field.name)
        return _lines(mine) != _lines(theirs)


def _lines(value):
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def with_plain_line_ends(data):
    """What a browser sent, with the line ends that are stored: else saving without a change would change every text."""
    if data is None:
        return None
    plain = data.copy()
    for name, values in data.lists():
        plain.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return plain
