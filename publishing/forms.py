"""Forms of the staff: the working copy with its guard against overwriting, and one form per act."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Edition


class WorkingCopyForm(forms.ModelForm):
    """Refuses to overwrite what somebody else saved after this form was opened, and shows both texts."""

    edits_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["edits_seen"] = self.instance.edits if self.instance.pk else None

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
    """Browsers send CRLF; a difference in line ends alone is none."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


class ActForm(forms.Form):
    """What every act asks: a change note, and the working copy as it was when the page was shown."""

    edits = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Change note",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What changed and why, in a few words. Patients can read it under “What changed”.",
    )

    def __init__(self, *args, work, companions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("edits", work.edits)
        if companions:
            choices = [(f"{one.pk}:{one.edits}", str(one)) for one in companions]
            self.fields["companions"] = forms.MultipleChoiceField(
                label="Together with it",
                choices=choices,
                required=False,
                initial=[value for value, _label in choices],
                widget=forms.CheckboxSelectMultiple,
                help_text="Untick what should stay as it is.",
            )

    def arguments(self):
        """What the act's method is called with, besides who acts."""
        return {"note": self.cleaned_data["note"]}

    def chosen(self):
        """{pk: edits as seen} of the ticked companions."""
        pairs = (value.split(":") for value in self.cleaned_data.get("companions", []))
        return {int(pk): int(edits) for pk, edits in pairs}


def moment_field(**kwargs):
    now = timezone.localtime()
    return forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=f"In the clinic's time zone, {timezone.get_current_timezone_name()} (UTC{now:%z}). "
        f"It is now {date_format(now, 'j F Y, H:i')} there. " + kwargs.pop("more", ""),
        **kwargs,
    )


class ScheduleForm(ActForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"] = moment_field(label="From when patients read it")

    def arguments(self):
        return super().arguments() | {"at": self.cleaned_data["at"]}


class WithdrawForm(ActForm):
    reason = forms.ChoiceField(label="Why", choices=Edition.Reason, widget=forms.RadioSelect)
    text = forms.CharField(
        label="What patients should know",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands on the notice, below the reason. For example what to do instead.",
    )

    def __init__(self, *args, work, **kwargs):
        super().__init__(*args, work=work, **kwargs)
        articles = work.edition_model()._meta.get_field("replaced_by").related_model.objects
        self.fields["replaced_by"] = forms.ModelChoiceField(
            articles.exclude(pk=work.pk) if articles.model is type(work) else articles.all(),
            label="Replaced by",
            required=False,
            help_text="Only when another guide has replaced it: the notice leads patients there.",
        )
        self.fields["at"] = moment_field(label="From when", required=False, more="Empty: now.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == Edition.Reason.REPLACED and not cleaned.get("replaced_by"):
            raise ValidationError({"replaced_by": "Choose the guide that has replaced this one."})
        return cleaned

    def arguments(self):
        return super().arguments() | {name: self.cleaned_data[name] for name in ("reason", "text", "replaced_by", "at")}
