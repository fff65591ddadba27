"""Replacing words in the working copies of many texts, and publishing them all as one act or not at all."""

import copy
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from publishing.differences import pieces, shortened
from publishing.exceptions import Changed, NothingToPublish, Refused
from publishing.folding import around, fold
from publishing.forms import in_words
from publishing.models import ReviewedCopy, ledger
from publishing.recall import TooShort, find
from publishing.rendering import TooLong

STALE = "Somebody saved one of these texts meanwhile: look at what can hurt again."
MOVED_ON = "Somebody saved one of these texts after you opened this page. Nothing was changed: look at them again."
# No text that is kept holds this sign.
HOLE = "\0"


@dataclass(frozen=True)
class Change:
    """What replacing would do to one working copy that says exactly what patients read."""

    work: object
    fields: tuple[str, ...]
    judgement: object
    found: list
    left: tuple[str, str, str] | None

    @property
    def seen(self):
        """The working copy as this page showed it."""
        return f"{self.work.name}:{self.work.edits}"


def replaceable(wanted, by, at, user):
    """([Change], [(work, why it has to be done by hand)]) for the texts that tell patients what is wanted now."""
    if not wanted:
        return [], []
    try:
        works = [hit.edition.work for hit in find(wanted, at) if hit.until is None and not hit.edition.is_notice]
    except TooShort:
        return [], []
    ready, apart = [], []
    for work in works:
        why = why_by_hand(work, wanted, at, user)
        try:
            if not why and by and by != wanted:
                ready.append(change_of(work, wanted, by, at))
        except TooLong as problem:
            why = str(problem)
        if why:
            apart.append((work, why))
    return ready, apart


def why_by_hand(work, wanted, at, user):
    """A sentence where this text cannot be done together with the others; nothing where it can."""
    options = work._meta
    if not user.has_perms(f"{options.app_label}.{verb}_{options.model_name}" for verb in ("change", "publish")):
        return "Only an administrator may change and publish this."
    try:
        if work.differs_from(work.live(at)):
            return "Its working copy differs from what patients read: somebody is at work on it."
    except TooLong as problem:
        return str(problem)
    if not fields_with(work, wanted):
        return "It is written in another way there, for example with other blanks or in capitals."
    if work.waiting(at):
        return "Something waits to come into force, which publishing would cancel."
    return ""


def fields_with(work, wanted):
    """The names of the fields patients read in which exactly these words stand."""
    edition = work.edition_model()
    names = edition.DIGESTED[edition._meta.get_field("digest_format").default]["text"]
    return tuple(name for name in names if wanted in str(getattr(work, name) or ""))


def replaced(work, wanted, by):
    """A copy of the working copy with the words replaced, not saved."""
    other = copy.copy(work)
    for name in fields_with(work, wanted):
        setattr(other, name, getattr(work, name).replace(wanted, by))
    return other


def change_of(work, wanted, by, at):
    after = replaced(work, wanted, by)
    fields = fields_with(work, wanted)
    found = [(name, shortened(pieces(getattr(work, name), getattr(after, name)))) for name in fields]
    edition = after.freeze()
    judgement = after.judgement(edition, at) if isinstance(work, ReviewedCopy) else None
    return Change(work, fields, judgement, found, left_in(edition.text(), wanted, by))


def left_in(text, wanted, by):
    """(before, found, after) where a text says what is wanted other than as part of what replaced it; else None."""
    folded = fold(wanted)
    # Only what holds the old words itself is left out: anything else taken out could hide them.
    if around(by, folded)[1]:
        text = text.replace(by, HOLE)
    words = around(text, folded)
    return tuple(part.replace(HOLE, by) for part in words) if words[1] else None


def still_told(wanted, by, at):
    """The live editions that tell patients what was to be replaced, in whatever form."""
    return [hit.edition for hit in find(wanted, at) if hit.until is None and left_in(hit.edition.text(), wanted, by)]


class ReplaceForm(forms.Form):
    """The change note, and what the dangerous changes and the missing second person need."""

    note = forms.CharField(
        label="Change note",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One for all of them. Patients can read it under “What changed”.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, changes, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = " ".join(change.seen for change in changes)
        judgements = [change.judgement for change in changes if change.judgement]
        dangers = {danger.key: danger for judgement in judgements for danger in judgement.dangers}
        if dangers:
            self.fields["ticks"] = forms.MultipleChoiceField(
                label="What can hurt: tick each change when you have looked at it",
                choices=[(key, in_words(danger)) for key, danger in dangers.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": STALE},
            )
        if any(judgement.needs_two_people for judgement in judgements):
            self.fields["emergency"] = forms.CharField(
                label="Reason to publish without a review",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="No second person has reviewed the new texts. Where that changes their substance, say why it "
                "cannot wait: each stays on the list of things due until it is reviewed.",
            )
        self.order_fields(["ticks", "emergency", "note"])

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.initial["seen"]:
            # The page now shows the texts as they are; having seen them, the person may confirm.
            self.data = self.data.copy()
            self.data["seen"] = self.initial["seen"]
            raise ValidationError(MOVED_ON)
        return self.cleaned_data["seen"]


@dataclass(frozen=True)
class Replacement:
    """Words, and what to put in their place."""

    wanted: str
    by: str

    @transaction.atomic
    def act(self, *, user, note, seen, emergency="", ticks=()):
        """Save and publish every text that was seen, or none; return how many. Raises Refused, naming the text."""
        now = ledger.lock()
        ready, _apart = replaceable(self.wanted, self.by, now, user)
        if not ready:
            raise NothingToPublish("There is nothing to replace. Nothing was changed.")
        if " ".join(change.seen for change in ready) != seen:
            raise Changed(MOVED_ON)
        for change in ready:
            work = replaced(change.work, self.wanted, self.by)
            try:
                work.full_clean()
                work.keep(by=user, at=now)
                self._publish(work, user, note, emergency, ticks)
            except (Refused, ValidationError) as problem:
                said = " ".join(getattr(problem, "messages", [str(problem)]))
                raise Refused(f"Nothing was changed, in no text. “{change.work}”: {said}") from problem
        return len(ready)

    def _publish(self, work, user, note, emergency, ticks):
        chosen = {"emergency": emergency, "ticks": ticks} if isinstance(work, ReviewedCopy) else {}
        work.publish(by=user, note=note, **chosen)
