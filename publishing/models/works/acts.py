"""Acts: how each begins, and the one way by which working copies, one or many, become editions with their lines."""

from contextlib import suppress
from copy import copy
from itertools import groupby, zip_longest

from django.db import transaction
from django.db.models import Max

from publishing.models.chained import ledger, owed
from publishing.models.chained.ledger import Line
from publishing.models.checks.reviews import keep_older_digests
from publishing.models.frozen.editions import waiting_edition
from publishing.models.frozen.savings import Saving, savings_until
from publishing.models.search import index
from publishing.models.shelf.uses import Use
from publishing.refusals import (
    AddressTaken,
    Changed,
    MomentPassed,
    NeedsPerson,
    NoteMissing,
    NothingToPublish,
    Refused,
)
from publishing.text import digest, made_once, visible


def keep_new(works, *, by, at, wanted, hints=()):
    """Save new working copies of one kind, each at an address made from the text that is wanted for it.

    Hints are numbers that are likely to be free behind such an address.
    """
    model, told = type(works[0]), list(zip_longest(works, wanted, hints, fillvalue=10))
    for language in {work.language for work in works}:
        asked = [one for one in told if one[0].language == language]
        slugs = model.free_slugs([text for _work, text, _hint in asked], language, [hint for *_rest, hint in asked])
        for (work, *_rest), slug in zip(asked, slugs, strict=True):
            work.slug = slug
    for work in works:
        work.edits, work.changed_at, work.changed_by_name = 1, at, by.name
        work.sum_up()
    model._base_manager.bulk_create(works)
    Saving.objects.bulk_create(work.saving(by) for work in works)
    if model.BODY:
        Use.written([(work.name, getattr(work, model.BODY)) for work in works])
    owed.mark_all({model: {work.pk for work in works}} if model.IS_REVIEWED else {})


def begin(notes, at=None):
    """Take the ledger for an act on texts, each given with its change note; return the act's moment. Raises Refused."""
    if not all(map(visible, notes.values())):
        raise NoteMissing("Say in a few words what changed and why: the change note stays with the record.")
    now = ledger.lock()
    if at is not None and at <= now:
        raise MomentPassed(
            "That moment has passed. Choose one in the future, or go back and do it at once instead of later."
        )
    for model, works in _by_kind(notes):
        known = model._base_manager.only("edits", "changed_by_name").in_bulk([work.pk for work in works])
        for work in works:
            if work.pk not in known:
                raise Changed("Somebody deleted this after you opened it. Nothing was done.")
            known[work.pk].refuse_changed_since(work.edits)
    return now


def _by_kind(works):
    return [(model, list(group)) for model, group in groupby(works, type)]


def publish_all(notes, *, by, seen=(), **told):
    """Publish texts, each given with its change note, each by an act of its own; all or none. Return the editions.

    What a text follows comes before it; the rest is told in WorkingCopy.publish. Raises Refused.
    """
    with made_once() as is_first:
        # Rendering and comparing take long: before the lock is taken, under which what was seen must still hold.
        known = {judgement.work for judgement in seen}
        left = [work for work in notes if work not in known] if is_first else []
        return _publish_all(notes, by=by, seen=[*seen, *_seen_before(left, by)], **told)


def _seen_before(works, by):
    """What stands between these and their publication, as far as it can be said; under the lock it is refused."""
    now, seen = Line.objects.moment_of_reading(), []
    for _model, some in _by_kind(works):
        with suppress(Refused):
            seen += judged_together(some, now, by=by)
    for one in seen:
        one.look_ahead()
    return seen


@transaction.atomic
def _publish_all(notes, *, by, at=None, seen=(), emergency="", raises_substance=False, ticks=(), passing=""):
    now, made = begin(notes, at), {}
    verb = Line.Verb.PUBLISH if at is None else Line.Verb.SCHEDULE
    known, head = {judgement.work: judgement for judgement in seen}, Line.objects.head()
    for model, works in _by_kind(notes):
        numbers = last_numbers(model, works)
        judged = [_judgement(work, numbers.get(work.pk, 0), now, by, known.get(work), head) for work in works]
        _refuse_taken_addresses(model, judged, now)
        _look_together(judged)
        details = []
        for one in judged:
            one.refuse_faulty()
            if by.is_command:
                _leave_to_a_person(one, made, raises_substance)
            if one.work.FOLLOWS:
                one.edition.checked_against = one.work.original_edition(now, at, made)
            told = one.admit(at=at, emergency=emergency, raises_substance=raises_substance, ticks=ticks)
            details.append(told | one.passed(passing))
        editions = [one.edition for one in judged]
        enact(verb, editions, notes, details, now=now, at=at, by=by)
        made |= {edition.work: edition for edition in editions}
    return list(made.values())


def judged_together(works, at, *, by):
    """What stands between working copies of one kind and their publication, with what is found. Raises Unfit."""
    numbers = last_numbers(type(works[0]), works) if works else {}
    made = [work.judgement(work.fit_edition(), at, by=by) for work in works]
    for one in made:
        if one.work.pk not in numbers:
            one.live = None
    _look_together(made)
    return made


def _look_together(judgements):
    left = [one for one in judgements if "findings" not in vars(one)]
    if left:
        left[0].look_together(left)


def last_numbers(model, works):
    """By key of its text, the number of its last edition; nothing for a text that never had one."""
    editions = model.edition_model().objects.filter(work__in=[work.pk for work in works]).order_by()
    return dict(editions.values_list("work").annotate(Max("number")))


def _judgement(work, last_number, now, by, seen, head):
    """What stands between a working copy and its publication, under the lock; what was seen holds where it still is so.

    Raises NothingToPublish, Unfit.
    """
    live = work.live(now) if last_number else None
    if not work.differs_from(live):
        raise NothingToPublish("Patients already read exactly this text, so there is nothing to publish.")
    is_same = seen is not None and not work.differs_from(seen.edition)
    judgement = work.judgement(
        work.fit_edition(copy(seen.edition) if is_same and seen.edition.html else None), now, by=by
    )
    judgement.edition.number, judgement.live = last_number + 1, live
    if is_same and seen.last == judgement.last:
        judgement.changed = seen.changed
        # They speak of other texts and pictures too: an act since may have changed those.
        if "findings" in vars(seen) and (head is None or head.at <= seen.at):
            judgement.findings = seen.findings
    return judgement


def _leave_to_a_person(judgement, made, raises_substance):
    """What a command does not publish. Raises NeedsPerson."""
    work, at = judgement.work, judgement.at
    original = getattr(work, work.FOLLOWS) if work.FOLLOWS else None
    if judgement.edition.number == 1:
        # A new question changes what a guide says, so patients get it from a person once they have had the guide.
        is_left = original is not None and original not in made and original.editions.exists()
        why = f"it is new beside “{original}”" if is_left else judgement.said if judgement.dangers else ""
    elif judgement.live is not None and judgement.live.is_notice:
        why = "it was withdrawn"
    elif work.waiting(at):
        why = "something of it waits to come into force"
    elif original is not None and work.changed_beside(at):
        why = f"it is not yet checked beside “{original}” as patients read it now"
    else:
        why = judgement.said if judgement.is_substance or raises_substance else ""
        if not why and work.IS_REVIEWED and not judgement.compares_words:
            why = "the words of its language are not compared, so nobody knows whether this changes the substance"
    if why:
        raise NeedsPerson(f"“{work}” is kept in its working copy only: {why}. A person has to publish it.")


def _refuse_taken_addresses(model, judged, now):
    # Nobody can have taken the address that a text has now.
    moved = [one for one in judged if one.has_moved]
    if not moved:
        return
    languages, slugs = ({getattr(one.edition, name) for one in moved} for name in ("language", "slug"))
    given = model.edition_model().objects.filter(language__in=languages, slug__in=slugs).order_by()
    known = set(given.values_list("language", "slug", "work"))
    for one in moved:
        edition = one.edition
        # Seldom has another text ever had this address, and that is soon known.
        if not any(work != edition.work_id for *had, work in known if had == [edition.language, edition.slug]):
            one.taken = []
            continue
        theirs = given.exclude(work=edition.work).filter(language=edition.language, slug=edition.slug)
        taken = theirs.live(now).first() or theirs.waiting(now).first()
        if taken:
            raise AddressTaken(
                f"“{taken.work}” answers at the address “{edition.slug}”. Give this one another address, "
                "or first publish that one under another."
            )


def enact(verb, editions, notes, details, *, now, at, by):
    """Write numbered editions of one kind and their lines; what waits of their texts is cancelled."""
    for edition in editions:
        if edition.number > 1:
            cancel_waiting(edition.work, now, by, notes[edition.work])
    written = digests_of_savings(editions, now)
    told = [(one, (detail or {}) | written[one.work.name]) for one, detail in zip(editions, details, strict=True)]
    lines = [sealed(one, verb, now, at or now, by, notes[one.work], detail) for one, detail in told]
    Line.take_numbers(lines)
    for edition, line in zip(editions, lines, strict=True):
        edition.line_id = line.seq
    model = type(editions[0])
    touches = [edition.work.touches(edition) for edition in editions]
    model.objects.bulk_create(editions)
    keep_older_digests(editions)
    Use.published(editions, now)
    moments = type(editions[0].work).changes_again_at(editions, now)
    ledger.append_all(list(zip(lines, touches, moments, strict=True)))
    index.renew([edition.work for edition in editions], now)


def digests_of_savings(editions, now):
    """By the name of its text, what the line of each edition keeps of who saved the text since the edition before."""
    earlier = type(editions[0]).objects.filter(work__in=[one.work_id for one in editions if one.number > 1])
    since = dict(earlier.order_by().values_list("work").annotate(Max("made_at")))
    names = {edition.work.name: since.get(edition.work_id) for edition in editions}
    saved = {name: [] for name in names}
    for one in savings_until(at=now, names=list(names)):
        if names[one.work] is None or one.saved_at > names[one.work]:
            saved[one.work].append([one.saved_at, one.account, one.text_digest])
    return {name: {"savings": digest(found)} if found else {} for name, found in saved.items()}


def sealed(edition, verb, now, in_force_at, by, note, detail):
    """Complete the edition with what its act says; return the unsaved line of the ledger that proves it."""
    edition.made_at, edition.in_force_at = now, in_force_at
    edition.made_by, edition.made_by_name, edition.note = by.user, by.name, visible(note)
    edition.seal()
    detail = detail | ({"emergency": edition.emergency_reason} if edition.emergency_reason else {})
    proven = {
        name: getattr(edition, name) for name in ("number", "in_force_at", "beside", "text_digest", "page_digest")
    }
    return ledger.line(verb, edition.work.name, at=now, by=by, note=edition.note, detail=detail, **proven)


def cancel_waiting(work, now, by, note):
    """Cancel what waits of a text."""
    for edition in waiting_edition(work.edition_model(), at=now, work=work.pk):
        work.editions.filter(pk=edition.pk).mark_cancelled(now)
        told = {"at": now, "by": by, "note": visible(note), "number": edition.number, "beside": edition.beside}
        ledger.append(Line.Verb.CANCEL, work.name, touches=work.touches(edition), **told)
        index.renew([work], now)
