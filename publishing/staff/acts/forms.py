"""Forms of the staff: one for each act."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from publishing.models import Edition, Review
from publishing.safety import still_said
from publishing.staff.acts.choosing import TextField
from publishing.staff.moments import DayField, moment_field
from publishing.staff.written import WrittenForm


class ActForm(WrittenForm):
    """What every act asks: a change note, and the working copy as it was when the page was shown."""

    MAKES_EDITION = False  # patients read the notes of editions and of notices, and no other

    edits = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Change note",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you do and why, in a few words. It stays in the record; patients do not read it.",
    )

    def __init__(self, *args, work, companions=(), judgements=(), followers=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.work, self.judgements, self.followers = work, judgements, followers
        self.initial.setdefault("edits", work.edits)
        if self.MAKES_EDITION and work.TELLS_CHANGES:
            told = "What changed and why, in a few words. Patients can read it under “What changed”."
            self.fields["note"].help_text = told
            self.fields["note"].label = "What changed?"
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

    def see_anew(self):
        """After a refusal the page shows the texts as they are now, so that a person who looks again may confirm."""
        self.data = self.data.copy()
        self.data["edits"] = str(self.work.edits)
        if "companions" in self.fields:
            ticked = {value.split(":")[0] for value in self.data.getlist("companions")}
            choices = [value for value, _label in self.fields["companions"].choices]
            self.data.setlist("companions", [value for value in choices if value.split(":")[0] in ticked])

    def arguments(self, work):
        """What the act's method of this working copy is called with, besides who acts."""
        return {"note": self.cleaned_data["note"]}

    def chosen(self):
        """{pk: edits as seen} of the ticked companions."""
        pairs = (value.split(":") for value in self.cleaned_data.get("companions", []))
        return {int(pk): int(edits) for pk, edits in pairs}


class RestoreForm(WrittenForm):
    """The working copy as it was when the page was shown: restoring must not overwrite what somebody saved since."""

    edits = forms.IntegerField(widget=forms.HiddenInput)


class RedactForm(WrittenForm):
    """Why the law has this erased, twice confirmed: it cannot be undone."""

    reason = forms.CharField(
        label="Why the law has it erased",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays in the ledger for ever, so do not repeat in it what is to be erased.",
    )
    with_pictures = forms.BooleanField(label="Delete the pictures that nothing else shows, too", required=False)
    is_sure = forms.BooleanField(label="Erase it for ever: this cannot be undone")


def ticks_field(judgements):
    """{name: the field that takes a tick for each change that can hurt}; nothing where none can."""
    dangers = {danger.key: danger for judgement in judgements for danger in judgement.dangers}
    if not dangers:
        return {}
    field = forms.MultipleChoiceField(
        label="What can hurt: tick each change when you have looked at it",
        choices=[(key, in_words(danger)) for key, danger in dangers.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Somebody saved this meanwhile: look at what can hurt again."},
    )
    return {"ticks": field}


def emergency_field(advice):
    return forms.CharField(
        label="Reason to publish without a review",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=advice,
    )


def passing_field(judgements):
    """{name: the field for the reason to publish without what should be added}; nothing where nothing is missing."""
    if not any(judgement.to_add for judgement in judgements):
        return {}
    label, kept = "Publish without it? Say why in one sentence", "It is kept with this edition for ever."
    full = forms.TextInput(attrs={"class": "full"})
    return {"passing": forms.CharField(label=label, required=False, help_text=kept, widget=full, label_suffix="")}


class PublishForm(ActForm):
    """With the ticks that dangerous changes need, and the way out where nobody has reviewed a change of substance."""

    MAKES_EDITION = True
    NOW, LATER = "now", "later"

    def __init__(self, *args, is_later=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= ticks_field(self.judgements) | passing_field(self.judgements)
        whens = [(self.NOW, "Now"), (self.LATER, "Later")]
        self.fields["when"] = forms.ChoiceField(label="When?", choices=whens, widget=forms.RadioSelect, required=False)
        self.fields["at"] = moment_field(label="From when patients read it", required=False)
        self.initial["when"] = self.LATER if is_later else self.NOW
        if any(not judgement.is_substance for judgement in self.judgements):
            self.fields["raises_substance"] = forms.BooleanField(
                label="This changes the substance, although nothing here says so",
                required=False,
                help_text="Tick it when the meaning changes: then it needs a second person, and its questions a look.",
            )
        self._ask_what_substance_takes(is_raised=bool(self.data.get("raises_substance")))

    def clean(self):
        given = super().clean()
        is_later = (given.get("when") or self.initial["when"]) == self.LATER
        if is_later and "at" not in self.errors and not given.get("at"):
            self.add_error("at", "Say from which day and time patients read it.")
        given["at"] = given.get("at") if is_later else None
        return given

    def _ask_what_substance_takes(self, is_raised):
        """Of a mere change of wording nothing is asked that would have no effect."""
        lacking = [one for one in self.judgements if one.lacks_review and (one.is_substance or is_raised)]
        if lacking:
            self.fields["emergency"] = emergency_field(
                f"No second person has reviewed {', '.join(f'“{one.work}”' for one in lacking)}. Have it reviewed "
                "first. Only in an emergency: say why it cannot wait. It stays on the list of things due until it is "
                "reviewed."
            )
        if not (is_raised or any(one.is_substance for one in self.judgements if one.work == self.work)):
            self.followers = ()
        for follower in self.followers:
            read = getattr(follower.live(timezone.now()), follower.BODY)
            self.fields[f"follows_{follower.pk}"] = forms.ChoiceField(
                label=f"Beside the changed text: {follower}",
                choices=follower.DECISIONS,
                widget=forms.RadioSelect,
                initial="change",
                error_messages={"required": "Say what becomes of this answer."},
                help_text=f"{self._still_said(read)}Patients read: {Truncator(read).words(200)}",
            )

    def _still_said(self, read):
        """What a text that stays as it is says of what changes beside it."""
        dangers = [one for judgement in self.judgements if judgement.work == self.work for one in judgement.dangers]
        found = still_said(dangers, read, language=getattr(self.work, "language", "en"))
        return f"It is not changed, but it says {_quoted(found)}. " if found else ""

    def decision(self, follower):
        """What was decided about a text that follows this one."""
        return self.cleaned_data[f"follows_{follower.pk}"]

    def arguments(self, work):
        chosen = {
            name: self.cleaned_data[name]
            for name in ("emergency", "raises_substance", "at", "ticks", "passing")
            if name in self.cleaned_data
        }
        return super().arguments(work) | chosen | {"seen": self.judgements}


class ReviewForm(ActForm):
    """A clinician's judgement on the text as it stands on this page."""

    text_digest = forms.CharField(widget=forms.HiddenInput)
    result = forms.ChoiceField(label="Your judgement", choices=Review.Result, widget=forms.RadioSelect)
    reviewer_name = forms.CharField(label="Your name, as patients will read it", max_length=200)
    credential = forms.CharField(label="What you are", max_length=200, help_text="For example “haematologist”.")
    evidence = forms.CharField(label="Evidence you looked at", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next_due_on = DayField(
        label="Next review due",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="When the text is fit: patients read this date. A year from now unless you say otherwise.",
    )
    field_order = ["result", "reviewer_name", "credential", "evidence", "next_due_on", "companions", "note"]

    def __init__(self, *args, work, **kwargs):
        super().__init__(*args, work=work, **kwargs)
        self.fields["note"].required = False
        self.fields["note"].label = "What should change, or what you want to say to the writer"
        self.fields["note"].help_text = "Staff read it beside the text; it stays with the record."
        self.initial |= {
            "text_digest": work.unrendered().text_digest,
            "next_due_on": timezone.localdate() + datetime.timedelta(days=365),
        }

    def see_anew(self):
        super().see_anew()
        self.data["text_digest"] = self.initial["text_digest"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("result") != Review.Result.FIT:
            cleaned["next_due_on"] = None
            if cleaned.get("result") and not cleaned.get("note", "").strip():
                raise ValidationError({"note": "Say what should change, so that the writer knows."})
        return cleaned

    def arguments(self, work):
        names = ("result", "reviewer_name", "credential", "evidence", "next_due_on", "note")
        digest = self.cleaned_data["text_digest"] if work == self.work else work.unrendered().text_digest
        return {name: self.cleaned_data[name] for name in names} | {"text_digest": digest}


def _quoted(found):
    return ", ".join(f"“{one}”" for one in found)


def in_words(danger):
    was = format_html("<del>{}</del> ", danger.before) if danger.before else ""
    now = format_html("<ins>{}</ins>", danger.after) if danger.after else ""
    return format_html("<b>{}</b><br>{}{}", "; ".join(danger.what), was, now)


class WithdrawForm(ActForm):
    """Why first, then where patients go instead."""

    MAKES_EDITION = True
    reason = forms.ChoiceField(
        label="Why? Patients read this sentence.", choices=Edition.Reason, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="What else should patients know?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Plain text. Stands on the notice, below the reason. For example what to do instead.",
    )
    field_order = ["reason", "text", "replaced_by", "companions", "at", "note"]

    def __init__(self, *args, work, **kwargs):
        super().__init__(*args, work=work, **kwargs)
        articles = work.edition_model()._meta.get_field("replaced_by").related_model
        editions, now = articles.edition_model().objects.readable(), timezone.now()
        to_read = Q(pk__in=editions.live(now).values("work")) | Q(pk__in=editions.waiting(now).values("work"))
        self.fields["replaced_by"] = TextField(
            articles.objects.filter(to_read).exclude(pk=work.pk if articles is type(work) else None),
            label="Where should they go instead?",
            required=False,
            help_text="The title, or the address, of a guide that has replaced this one: the notice leads there.",
        )
        self.fields["at"] = moment_field(label="From when", required=False, more="Empty: now.")
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean()
        is_replaced = cleaned.get("reason") == Edition.Reason.REPLACED
        if is_replaced and not cleaned.get("replaced_by") and "replaced_by" not in self.errors:
            raise ValidationError({"replaced_by": "Name the guide that has replaced this one."})
        return cleaned

    def arguments(self, work):
        names = ("reason", "text", "replaced_by", "at")
        return super().arguments(work) | {name: self.cleaned_data[name] for name in names}
