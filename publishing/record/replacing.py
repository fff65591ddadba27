"""Replacing words in the working copies of many texts, and saving or publishing them all as one act or not at all."""

import copy
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from publishing.models import ledger
from publishing.record.told import TooShort, find
from publishing.refusals import Changed, NothingToPublish, Refused
from publishing.text import TooLong, around_found, fold, left_in, pieces, rewritten, shortened

MOVED_ON = "Somebody saved one of these texts after you opened this page. Nothing was changed: look at them again."
BUSY = "Its working copy differs from what patients read: somebody is at work on it."
UNLIKE = (
    "It stands there only within a longer number or word, or in letters that may be another word: look whether it is "
    "meant."
)
# What parts the paragraphs of a text; it is caught, so that joined they are the text again.
BREAK = re.compile(r"(\n[ \t]*\n\s*)")


class Apart(Refused):
    """This text cannot be done together with the others; the message says why."""


@dataclass(frozen=True)
class Passage:
    """One paragraph of a field that tells patients what is wanted: as they read it, and as they would."""

    name: str
    field: str
    before: str
    after: str

    @property
    def found(self):
        return shortened(pieces(self.before, self.after))


@dataclass(frozen=True)
class Change:
    """What replacing would do to one text; `after` is its working copy with the new words, not saved."""

    work: object
    after: object
    passages: tuple[Passage, ...]
    judgement: object
    left: tuple[str, str, str] | None

    @property
    def seen(self):
        """The working copy as this page showed it."""
        return f"{self.work.name}:{self.work.edits}"

    @property
    def is_change(self):
        """Not where a person put the old words back: so a text is left out."""
        return any(one.before != one.after for one in self.passages)

    @property
    def is_saved(self):
        """Whether the working copy already says so: it was saved here to be reviewed first."""
        return self.work.frozen() == self.after.frozen()

    @property
    def needs_review(self):
        return self.is_change and self.judgement.is_substance and self.judgement.lacks_review


def replaceable(wanted, by, at, hand, corrected=None):
    """([Change], [(work, why it has to be done by hand)]) for the texts that tell patients what is wanted now.

    `corrected` are the paragraphs that a person wrote otherwise, by the name of the passage.
    """
    if not wanted:
        return [], []
    try:
        works = [hit.edition.work for hit in find(wanted, at) if hit.until is None and not hit.edition.is_notice]
    except TooShort:
        return [], []
    ready, apart = [], []
    for work in works:
        try:
            change = change_of(work, wanted, by or wanted, at, hand, corrected or {})
            ready += [change] if change else []
        except (Apart, TooLong) as problem:
            apart.append((work, str(problem)))
    return ready, apart


def change_of(work, wanted, by, at, hand, corrected):
    """What replacing would do to one working copy; None where no other words are given. Raises Apart, TooLong."""
    if work.IS_READ_WHEN_SAVED:
        raise Apart("Patients read it as soon as it is saved, so an administrator changes it on its own page.")
    options = work._meta
    if not hand.user.has_perms(f"{options.app_label}.{verb}_{options.model_name}" for verb in ("change", "publish")):
        raise Apart("Only an administrator may change and publish this.")
    live, after = work.live(at), copy.copy(work)
    names = live.DIGESTED[live.digest_format]["text"]
    if {**work.frozen(), **dict.fromkeys(names)} != {**live.content(), **dict.fromkeys(names)}:
        raise Apart(BUSY)
    passages = []
    for name in names:
        parts = BREAK.split(getattr(work, name))
        passages += _passages(work, name, BREAK.split(getattr(live, name)), parts, wanted, by, corrected)
        setattr(after, name, "".join(parts))
    if work.waiting(at):
        raise Apart("Something waits to come into force, which publishing would cancel.")
    if by == wanted:
        return None
    if not passages:
        raise Apart(UNLIKE)
    edition = after.freeze()
    judgement = after.judgement(edition, at, by=hand)
    return Change(work, after, tuple(passages), judgement, left_in(edition.text(), wanted, by))


def _passages(work, field, olds, parts, wanted, by, corrected):
    """The changed paragraphs of a field, whose `parts` in the working copy become what they would be. Raises Apart."""
    if len(olds) != len(parts):
        raise Apart(BUSY)
    for place, (old, part) in enumerate(zip(olds, parts, strict=True)):
        would = rewritten(old, wanted, by)
        # Nothing else than what was saved here, to be reviewed first, may differ from what patients read.
        is_saved = would != old and rewritten(part, wanted, by) == part and around_found(part, fold(by))[1]
        if part not in (old, would) and not is_saved:
            raise Apart(BUSY)
        if would != old:
            name = f"text:{work.name}:{work.edits}:{field}:{place}"
            parts[place] = corrected.get(name, would if part == old else part)
            yield Passage(name, field, old, parts[place])


def still_told(wanted, by, at):
    """The live editions that tell patients what was to be replaced, in whatever form."""
    return [hit.edition for hit in find(wanted, at) if hit.until is None and left_in(hit.edition.text(), wanted, by)]


@dataclass(frozen=True)
class Replacement:
    """Words, and what to put in their place."""

    wanted: str
    by: str

    @transaction.atomic
    def act(self, *, hand, seen, note="", emergency="", ticks=(), corrected=None, publishes=True):
        """Save every text that was seen and, if asked, publish it; all or none. Return how many. Raises Refused."""
        now = ledger.lock()
        ready, _apart = replaceable(self.wanted, self.by, now, hand, corrected)
        if " ".join(change.seen for change in ready) != seen:
            raise Changed(MOVED_ON)
        ready = [change for change in ready if change.is_change and (publishes or not change.is_saved)]
        if not ready:
            raise NothingToPublish("There is nothing to replace. Nothing was changed.")
        for change in ready:
            try:
                self._save(change, hand, now)
                if publishes:
                    change.after.publish(by=hand, note=note, emergency=emergency, ticks=ticks, seen=[change.judgement])
            except (Refused, ValidationError) as problem:
                said = " ".join(getattr(problem, "messages", [str(problem)]))
                raise Refused(f"Nothing was changed, in no text. “{change.work}”: {said}") from problem
        return len(ready)

    def _save(self, change, hand, now):
        work = change.work
        current = type(work)._base_manager.select_for_update().values_list("edits", flat=True).get(pk=work.pk)
        if current != work.edits:
            raise Changed(MOVED_ON)
        # Whoever saves a text cannot be its second person, so what is saved already is not saved again.
        if not change.is_saved:
            change.after.full_clean()
            change.after.keep(by=hand, at=now)
