"""Beside the form of a text: its state in a word, what stands to be looked at again, and its history in sentences."""

from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Saving, kinds
from publishing.record import URGENCY, state_of
from publishing.staff.beside import is_read
from publishing.text import TooLong

SHOWN = 6


def chip(work, at, pressing):
    """(name of its sign, word) of the state of a text; `pressing` is of that moment, where its kind is checked."""
    if pressing is not None:
        state = state_of(work, pressing, at)
        return state, URGENCY[state]
    live, waiting = work.live(at), work.waiting(at)
    if waiting:
        return "waits", "Waits"
    if not _differs(work, live):
        return "live", "Live"
    if live is None:
        return "draft", "Draft"
    return ("gone", "Withdrawn") if live.is_notice else ("changed", "Changed")


def _differs(work, live):
    try:
        return work.differs_from(live)
    except TooLong:
        return True


def look_again(work, at):
    """The texts that follow this one and were last checked beside an older edition of it."""
    return [
        one
        for model, key in kinds.following(type(work))
        for one in model.objects.due_for_check(at).filter(**{key: work})
        if is_read(one, at)
    ]


def history(work, user):
    """(when, sentence) of who saved and who published last, newest first; of saves in a row one."""
    told, last = [], None
    for row in Saving.objects.filter(work=work.name).order_by("-saved_at", "-pk")[: 5 * SHOWN]:
        who = "You" if row.account == user.pk else row.saved_by_name or "Somebody"
        day = timezone.localdate(row.saved_at)
        if (who, day) != last:
            told.append((row.saved_at, f"{who} saved it."))
        last = who, day
    for edition in work.editions.order_by("-number").defer("html", "folded")[:SHOWN]:
        told.append((edition.made_at, _made(edition)))
    return [(said_day(at), sentence) for at, sentence in sorted(told, reverse=True)[:SHOWN]]


def _made(edition):
    who = edition.made_by_name or "Somebody"
    if edition.is_notice:
        return f"{who} withdrew it: {edition.note}"
    later = f" for {said_day(edition.in_force_at)}" if edition.in_force_at != edition.made_at else ""
    gone = ", cancelled since" if edition.cancelled_at else ""
    return f"{who} published edition {edition.number}{later}{gone}: {edition.note}"


def said_day(at):
    """A moment as the desk says it: today with its time, else its day."""
    local, today = timezone.localtime(at), timezone.localdate()
    return date_format(local, "\\T\\o\\d\\a\\y, H:i" if local.date() == today else "j F Y")
