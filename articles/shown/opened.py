"""Which old editions patients may read: none that was unsafe, not fit or replaced in an emergency, nor earlier ones.

A publisher may open one that is closed, until something closes it anew.
"""

import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from articles.models import Reopened
from publishing.models import Among, Edition, Frame, Line, kinds, note
from publishing.text import fold

LAST = datetime.timedelta(microseconds=1)  # before the next edition came into force


class Old(NamedTuple):
    """An old edition, when it was read last, and whether something closed it or a publisher then opened it."""

    edition: Edition
    last_at: datetime.datetime
    is_closed: bool
    is_opened: bool

    @property
    def is_open(self):
        return not self.is_closed or self.is_opened


def open_editions(work, at):
    """By number those old editions of a text that patients may read at a moment."""
    return {number: old for number, old in old_editions(work, at).items() if old.is_open}


def old_editions(work, at):
    """By number all old editions of a text that are there, open or not; none of a kind that opens none, or where the
    clinic shows no old ones."""
    if not isinstance(work, Reopened) or not Frame.around(at).shows_old_editions:
        return {}
    beside = list(_named_and_around(work, at))
    for one in beside:
        note(one.name)
    shown = (*_shown_with(work, at), *beside)
    moments = [*(_shut_at(one, at) for one in shown), *_shut_with_words(work, at)]
    shut, said = max(filter(None, moments), default=None), work.said_of_old(at)
    found, following = {}, None
    for one in work.editions.been_in_force(at).defer("body", "html"):
        if following and not one.is_notice and one.redacted_at is None:
            is_closed, line = shut is not None and one.in_force_at <= shut, said.get(one.number)
            is_opened = bool(is_closed and line and line.verb == Line.Verb.OPEN and line.at > shut)
            found[one.number] = Old(one, following.in_force_at - LAST, is_closed, is_opened)
        following = one
    return found


def _shown_with(work, at):
    """The text, and all that ever followed it."""
    yield work
    for model, key in kinds.following(type(work)):
        beside = model.edition_model().objects.been_in_force(at).filter(**{key: work.pk}).order_by()
        # Each of the two is found by an index of its own.
        keys = {pk for some in (False, True) for pk in beside.filter(is_notice=some).values_list("work", flat=True)}
        yield from model._base_manager.filter(Among("pk", keys)).order_by("pk").only("pk")


def _named_and_around(work, at):
    """The topics that its page ever named, and the frames that stand around it."""
    editions = type(work).edition_model()
    for key in editions.SHOWS:
        ever = work.editions.been_in_force(at).order_by().exclude(**{key: None}).values(key)
        named = editions._meta.get_field(key).related_model._base_manager.filter(pk__in=ever)
        yield from named.order_by("pk").only("pk")
    yield from Frame._base_manager.filter(language__in={settings.LANGUAGE_CODE, work.language}).only("pk")


def _shut_at(work, at):
    """Until when nothing of a text may be read any more: when it was unsafe or not fit, or replaced in an emergency."""
    been = list(work.editions.been_in_force(at).values_list("in_force_at", "notice_reason", "emergency_reason"))
    # The first was no replacement, however hurried it was.
    moments = [since for since, reason, hurried in been if reason == "unsafe" or (hurried and since != been[-1][0])]
    if type(work).IS_REVIEWED:
        unfit = work.reviews.filter(result="not fit", made_at__lte=at)
        moments += unfit.filter(text_digest__in=work.editions.values("text_digest")).values_list("made_at", flat=True)
    return max(moments, default=None)


def _shut_with_words(work, at):
    """The same of the words that pages explain: of each, when the last text in which it stands was shown with it."""
    model = kinds.word_list()
    been = model.edition_model().objects.been_in_force(at).filter(language=work.language)
    faulty = been.filter(Q(notice_reason="unsafe") | ~Q(emergency_reason="")).order_by().values("work")
    unfit = model.review_model().objects.filter(result="not fit", made_at__lte=at).values("work")
    shown = model._base_manager.filter(Q(pk__in=faulty) | Q(pk__in=unfit), language=work.language)
    for term in shown.order_by("pk").only("pk", "language"):
        shut = _shut_at(term, at)
        spelled = {fold(form) for one in been.filter(work=term.pk, is_notice=False) for form in one.forms} - {""}
        for one in _shown_with(work, at) if shut and spelled else ():
            held = reduce(or_, [Q(folded__contains=form) for form in spelled])
            stood = one.editions.been_in_force(shut).filter(held).values_list("in_force_at", flat=True).first()
            # Of a question it is not known beside which edition of the guide it was read.
            yield stood and (stood if one == work else shut)
