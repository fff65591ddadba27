"""Replacing words in the working copies of many texts, and saving or publishing them all as one act or not at all."""

import copy
import re
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction

from publishing.models import Frame, Line, ledger
from publishing.record.recall.told import TOGETHER, TooShort
from publishing.refusals import Changed, NothingToPublish, Refused
from publishing.text import TooLong, pieces, shortened

# Texts that are shown, saved and published together: each has its rendering, its judgement and its form.
PAGE = 50
MOVED_ON = "Somebody saved one of these texts after you opened this page. Nothing was changed: look at them again."
BUSY = "Its working copy differs from what patients read: somebody is at work on it."
UNLIKE = (
    "It stands there only within a longer number or word, or in letters that may be another word: look whether it is "
    "meant."
)
# Enough of a picture's name to tell it from another.
FILE = re.compile(r"(/media/[0-9a-f]{8})[0-9a-f]{56}\.\w+")
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
        return shortened(pieces(*(FILE.sub(r"\1", text) for text in (self.before, self.after))))


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


def replaceable(what, at, hand, corrected=None, after=""):
    """What replacing would do to the texts that tell patients what is wanted now, a page of them.

    ([Change], [(work, why it has to be done by hand)], the place behind which the next page begins, or nothing).
    `what` is as `wanted_of` gives it; `corrected` are the paragraphs that a person wrote otherwise, by the name of the
    passage.
    """
    if not what.wanted:
        return [], [], ""
    try:
        found = list(islice(what.hits(at, after, PAGE + 1), PAGE + 1))
    except TooShort:
        return [], [], ""
    ready, apart = [], [] if after else what.elsewhere(at)
    for standing in _standing([hit.edition for hit in found[:PAGE] if not hit.edition.is_notice], at):
        try:
            change = change_of(standing, what, hand, at, corrected or {})
            ready += [change] if change else []
        except (Apart, TooLong) as problem:
            apart.append((standing.work, str(problem)))
    return ready, apart, found[PAGE - 1].place if len(found) > PAGE else ""


@dataclass(frozen=True)
class Standing:
    """A working copy beside what patients read of it, and what waits."""

    work: object
    live: object
    waiting: object
    frame: object


def _standing(found, at):
    """The working copies of live editions, in their order, with a few queries for each kind of them."""
    standing, frame = {}, Frame.around(at) if found else None
    for model in {type(edition) for edition in found}:
        keys = [edition.work_id for edition in found if type(edition) is model]
        works = model._meta.get_field("work").related_model._base_manager.filter(pk__in=keys)
        near = [field.name for field in works.model._meta.fields if field.many_to_one]
        live = {one.work_id: one for one in model.objects.live(at, of=works)}
        waiting = {one.work_id: one for one in model.objects.waiting(at).filter(work__in=keys).defer("html", "folded")}
        for work in works.select_related(*near) if near else works:
            standing[model, work.pk] = Standing(work, live[work.pk], waiting.get(work.pk), frame)
    return [standing[type(edition), edition.work_id] for edition in found]


def change_of(standing, what, hand, at, corrected):
    """What replacing would do to one working copy; None where no other words are given. Raises Apart, TooLong."""
    work, live = standing.work, standing.live
    if work.IS_READ_WHEN_SAVED:
        raise Apart("Patients read it as soon as it is saved, so an administrator changes it on its own page.")
    options = work._meta
    if not hand.user.has_perms(f"{options.app_label}.{verb}_{options.model_name}" for verb in ("change", "publish")):
        raise Apart("Only an administrator may change and publish this.")
    after = copy.copy(work)
    names = live.DIGESTED[live.digest_format]["text"]
    if {**work.frozen(), **dict.fromkeys(names)} != {**live.content(), **dict.fromkeys(names)}:
        raise Apart(BUSY)
    passages = []
    for name in names:
        parts = BREAK.split(getattr(work, name))
        passages += _passages(work, name, BREAK.split(getattr(live, name)), parts, what, corrected)
        setattr(after, name, "".join(parts))
    if standing.waiting:
        raise Apart("Something waits to come into force, which publishing would cancel.")
    if not what.changes:
        return None
    if not passages:
        raise Apart(UNLIKE)
    edition = after.freeze()
    judgement = after.judgement(edition, at, by=hand)
    # Known already: asked text by text, a page of a hundred would take seconds.
    judgement.live, judgement.needs_two_people = live, standing.frame.needs_two_people
    return Change(work, after, tuple(passages), judgement, what.left_in(edition.text()))


def _passages(work, field, olds, parts, what, corrected):
    """The changed paragraphs of a field, whose `parts` in the working copy become what they would be. Raises Apart."""
    if len(olds) != len(parts):
        raise Apart(BUSY)
    for place, (old, part) in enumerate(zip(olds, parts, strict=True)):
        would = what.rewritten(old)
        # Nothing else than what was saved here, to be reviewed first, may differ from what patients read.
        is_saved = would != old and what.rewritten(part) == part and what.has_new(part)
        if part not in (old, would) and not is_saved:
            raise Apart(BUSY)
        if would != old:
            name = f"text:{work.name}:{work.edits}:{field}:{place}"
            parts[place] = corrected.get(name, would if part == old else part)
            yield Passage(name, field, old, parts[place])


def still_told(what, at, most):
    """The first live editions, so many, that tell patients what was to be replaced, in whatever form."""
    living = (hit.edition for hit in what.hits(at, "", TOGETHER))
    return list(islice((edition for edition in living if what.is_left(edition)), most))


@dataclass(frozen=True)
class Replacement:
    """Words or a picture, and what to put in their place."""

    what: object
    after: str = ""  # where the page of texts begins that it is for

    def act(self, *, hand, seen, corrected=None, publishes=True, **told):
        """Save every text that was seen and, if asked, publish it; all or none. Return how many. Raises Refused.

        What takes long, finding and rendering, is done before the lock is taken, under which it must still hold.
        """
        now = Line.objects.moment_of_reading()
        ready, _apart, _behind = replaceable(self.what, now, hand, corrected, self.after)
        if " ".join(change.seen for change in ready) != seen:
            raise Changed(MOVED_ON)
        ready = [change for change in ready if change.is_change and (publishes or not change.is_saved)]
        if not ready:
            raise NothingToPublish("There is nothing to replace. Nothing was changed.")
        return self._do(ready, hand, told if publishes else None)

    @transaction.atomic
    def _do(self, ready, hand, told):
        """Save them; publish them with what is told, or nothing."""
        now = ledger.lock()
        self._refuse_moved(ready, now)
        for change in ready:
            try:
                self._save(change, hand, now)
                if told is not None:
                    # What each of them lacks, it lacked before: why this is done says why it is not added now.
                    told = told | {"passing": told.get("note", "")}
                    change.after.publish(by=hand, seen=[change.judgement], **told)
            except (Refused, ValidationError) as problem:
                said = " ".join(getattr(problem, "messages", [str(problem)]))
                raise Refused(f"Nothing was changed, in no text. “{change.work}”: {said}") from problem
        return len(ready)

    def _refuse_moved(self, ready, now):
        """Raises Changed where a working copy, what patients read of it, or what waits is another than was found."""
        for model in {type(change.work) for change in ready}:
            keys = [change.work.pk for change in ready if type(change.work) is model]
            list(
                model._base_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk")
            )
        shown = [change.judgement.live for change in ready]
        for standing, change in zip(_standing(shown, now), ready, strict=True):
            is_same = standing.work.edits == change.work.edits and standing.live == change.judgement.live
            if not is_same or standing.waiting:
                raise Changed(MOVED_ON)

    def _save(self, change, hand, now):
        # Whoever saves a text cannot be its second person, so what is saved already is not saved again.
        if not change.is_saved:
            change.after.full_clean()
            change.after.keep(by=hand, at=now)
