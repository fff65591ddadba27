"""What was erased after a backup is erased again in what was restored from it; nothing here knows the words.

Where words stood in a column, the whole column goes: nobody says any more which of them they were. A working copy takes
from the edition that patients read what it lacks then.
"""

from copy import copy
from datetime import datetime

from django.db import transaction

from publishing.models import (
    Access,
    Edition,
    Line,
    Picture,
    consents_to,
    erasing,
    forget_pictures,
    kinds,
    ledger,
    say,
)
from publishing.record.erasing.erasure import Erasure, finish
from publishing.record.erasing.places import Rewritten, tables, words_of
from publishing.record.rules.conditions import rows_of
from publishing.record.rules.grammar import REVIEW

WHY = "Erased by law before, and repeated, since a backup from before was restored."
ENDED = "The consent had ended before, and this is repeated, since a backup from before was restored."


@transaction.atomic
def repeat(told, *, by):
    """Repeat what `erased_since` told, as far as it is there; return a sentence for each thing that people must see to.

    Raises Refused. Where nothing is told, nothing is done, so that a clock that is behind the last act hinders nobody.
    """
    if not told:
        return []
    erasure, said = Erasure(erasing.Whole(), by, WHY, ledger.lock()), []
    for one in told:
        if one["do"] == Line.Verb.REDACT:
            said += _redact(one, by)
        elif one["do"] == Line.Verb.FORGET:
            said += _forget(one, erasure)
        elif one["do"] == "erase":
            said += _erase(one, erasure)
        elif one.get("picture"):
            _end(one, by)
    finish(erasure)
    return said


def _redact(one, by):
    work = kinds.named(one["work"])
    edition = work and work.editions.filter(number=one["number"], redacted_at=None).first()
    if edition is None:
        return
    now = ledger.lock()
    if edition == work.waiting(now):
        work.cancel(by=by, note=WHY)
        yield f"{work.name}: what waited was cancelled, because it was erased later."
    elif edition == work.live(now):
        if edition.is_notice or not work.IS_REVIEWED:
            yield f"{work.name}: patients read edition {edition.number}, erased later. Publish another, then erase it."
            return
        work.withdraw(by=by, note=WHY, reason=Edition.Reason.OUT_OF_DATE)
        yield f"{work.name}: withdrawn, because its edition {edition.number} was erased later. Publish it anew."
    if not work.IS_READ_WHEN_SAVED:
        same = [name for name in words_of(type(work)) if name != "slug" and _says_the_same(work, edition, name)]
        yield from _rewrite(work, same, by, now)
    work.redact(edition, by=by, reason=WHY)


def _says_the_same(work, edition, name):
    """Whether a working copy holds a text that the edition is erased with; nobody may have changed it since."""
    return name in edition.erased_fields() and getattr(work, name) == getattr(edition, name) != ""


def _rewrite(work, columns, by, at):
    """Texts of a working copy become those that patients read, or are gone."""
    live = work.live(at)
    for name in columns:
        new = getattr(live, name, "") if live and not live.is_notice else ""
        setattr(work, name, new if new != getattr(work, name) and new else erasing.INSTEAD)
    if columns:
        work.keep(by=by, at=at)
        yield f"{work.name}: what its working copy said ({', '.join(columns)}) went whole. Read it, and write it anew."


def _forget(one, erasure):
    """Parts of a line; the review that patients read of is taken back before."""
    line = Line.objects.filter(seq=one["number"], work=one["work"]).first()
    if line is None:
        return
    parts = [part for part in one["parts"] if not _is_gone(line, part)]
    if "words" in parts:
        work, review_model = kinds.named(line.work), _reviews(line)
        review = review_model and review_model.objects.filter(line_id=line.seq).first()
        live = work and work.live(erasure.at)
        if review and live and work.review_of(live, erasure.at) == review and not review.revoked_at:
            work.revoke(review, by=erasure.by, note=WHY)
            yield f"{work.name}: its review was taken back, because the reviewer's name was erased later."
    erasure.lines[line.seq] |= set(parts)


def _reviews(line):
    work = kinds.named(line.work)
    return rows_of(type(work)).get(REVIEW) if work else None


def _is_gone(line, part):
    if part == "words":
        reviews = _reviews(line)
        return reviews is None or not reviews.objects.filter(line_id=line.seq).exclude(salt="").exists()
    return line.is_forgotten(part) or not getattr(line, f"{part}_digest")


def _erase(one, erasure):
    for seq, parts in one["lines"]:
        line = Access.objects.filter(seq=seq).first()
        left = {part for part in parts if line and not _is_gone(line, part)}
        if left:
            erasure.access[seq] |= left
    for label, key, columns in one["places"]:
        yield from _empty(label, key, columns, erasure)
    there = Picture.objects.filter(name__in=one["pictures"]).values_list("name", flat=True)
    erasure.pictures += there
    forget_pictures(there)


def _empty(label, key, columns, erasure):
    """These columns of one row, in the way that its table has for them."""
    model, ways = next(((model, ways) for model, ways in tables() if model._meta.label == label), (None, ()))
    row = model and model._base_manager.filter(pk=key).first()
    way = next((way for way in ways if set(columns) <= set(way.columns)), None)
    if row is None or way is None or way.is_told or isinstance(way, erasing.Kept | erasing.Beside):
        return
    erasure.places.append([label, key, columns])
    if isinstance(way, Rewritten):
        yield from _rewrite(row, columns, erasure.by, erasure.at)
    else:
        of_these = copy(way)
        of_these.columns = tuple(columns)
        of_these.erase(row, erasure)


def _end(one, by):
    """Say again of a picture that a consent ended, or when it will."""
    picture = Picture.objects.filter(name__startswith=one["picture"]).first()
    now = ledger.lock()
    ends_at = one["ends"] and datetime.fromisoformat(one["ends"])
    verb = Line.Verb.RETRACT if ends_at is None or ends_at <= now else Line.Verb.CONSENT
    known = picture and consents_to([picture.name], now).get(picture.name)
    ends_at = ends_at if verb == Line.Verb.CONSENT else None
    if picture and (known is None or (known.verb, known.ends_at) != (verb, ends_at)):
        say(picture, verb, by=by, note=ENDED, ends_at=ends_at)
