"""What staff say of a picture, as forms: words, where it is from, who can be known in it, and that consent ended."""

import datetime

from django import forms
from django.db import transaction
from django.utils import timezone

from publishing.models import Line, Picture, say
from publishing.staff.moments import DayField
from publishing.staff.written import SharedRowForm, WrittenForm

PEOPLE = {Line.Verb.NOBODY: "No", Line.Verb.CONSENT: "Yes, and we have their consent"}


class PictureForm(SharedRowForm):
    """What staff say of a picture. Who can be known in it is an act, so it is written where it differs alone."""

    people = forms.ChoiceField(
        label="Can a person be known in it?", choices=PEOPLE.items(), required=False, widget=forms.RadioSelect
    )
    until = DayField(
        label="until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="From that day on patients read the words in place of the picture. Empty: without end.",
    )

    class Meta:
        model = Picture
        fields = ["alt_text", "is_decorative", "source", "licence"]
        labels = {
            "alt_text": "Words for people who cannot see it",
            "is_decorative": "It only decorates: leave it out for them",
            "source": "Where is it from?",
            "licence": "What may we do with it?",
        }
        help_texts = {"is_decorative": ""}
        widgets = {
            "alt_text": forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
            "source": forms.TextInput(attrs={"class": "full"}),
        }

    def __init__(self, *args, consent, at, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name in ("people", "until"):
            self.fields[name].show_hidden_initial = True
        self.at, self.told = at, ("", None)
        if consent and not consent.is_taken_back:
            self.told = (str(consent.verb), consent.ends_at)
            self.initial["people"] = consent.verb
            self.initial["until"] = consent.ends_at and timezone.localtime(consent.ends_at).date()

    def clean(self):
        given = super().clean()
        self.is_said = {"people", "until"} & set(self.changed_data)
        if self.is_said and self.was_said_otherwise():
            self.add_error("people", "Somebody said meanwhile who can be known in it. Open the picture anew and look.")
        day = given.get("until") if given.get("people") == Line.Verb.CONSENT else None
        self.ends_at = timezone.make_aware(datetime.datetime.combine(day, datetime.time())) if day else None
        is_new = (given.get("people", ""), self.ends_at) != self.told
        if self.ends_at and is_new and self.ends_at <= self.at:
            self.add_error("until", "That day has come. Choose a later one, or say that the consent was taken back.")
        return given

    @property
    def people_as_shown(self):
        return self["people"].as_hidden(only_initial=True)

    def was_said_otherwise(self):
        """Whether that is not what the page was opened with, where it tells what that was."""
        sent = [self.data.get(self[name].html_initial_name) for name in ("people", "until")]
        day = self.initial.get("until")
        return None not in sent and sent != [str(self.initial.get("people") or ""), day.isoformat() if day else ""]

    @transaction.atomic
    def keep(self, by):
        """Save the row, and say what is new of who can be known in it. Raises Refused."""
        people = self.cleaned_data["people"]
        if people and self.is_said and (people, self.ends_at) != self.told:
            say(self.instance, people, by=by, ends_at=self.ends_at)
        self.save()


class RetractForm(WrittenForm):
    note = forms.CharField(
        label="Who took it back, and how?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A few words for the record, without the person’s name: “By letter of 3 December.”",
    )
