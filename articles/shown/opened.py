"""Which old editions patients may read: none that was unsafe, not fit or replaced in an emergency, nor earlier ones.

A publisher may open one that is closed, until something closes it anew.
"""

import datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from articles.models import Reopened
from publishing.models import Among, Edition, Frame, Line, as_moment, kinds, note, prepared
from publishing.text import fold

# A notice that a text was unsafe, or an edition that replaced one in an emergency
FAULTY = Q(notice_reason="unsafe") | ~Q(emergency_reason="")
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
    beside = _named_and_around(work, at)
    shown = (*_shown_with(work, at), *beside)
    _note_what_may_shut(work, shown)
    moments = [_shut_at(shown, at), *_shut_with_words(work, at)]
    shut, said = max(filter(None, moments), default=None), work.said_of_old(at)
    found, following = {}, None
    for one in work.editions.been_in_force(at).defer("body", "html"):
        if following and not one.is_notice and one.redacted_at is None:
            is_closed, line = shut is not None and one.in_force_at <= shut, said.get(one.number)
            is_opened = bool(is_closed and line and line.verb == Line.Verb.OPEN and line.at > shut)
            found[one.number] = Old(one, following.in_force_at - LAST, is_closed, is_opened)
        following = one
    return found


def _note_what_may_shut(work, shown):
    """What follows the text, what will follow it, and words that pages explain shut its old editions too."""
    for one in shown:
        note(one.name)
    for model, _key in kinds.following(type(work)):
        note(f"{model.LEDGER_NAME} for {work.name}")
    note(kinds.word_list().LEDGER_NAME)


def _shown_with(work, at):
    """The text, and all that ever followed it."""
    yield work
    for model, key in kinds.following(type(work)):
        # Each of the two is found by an index of its own.
        keys = {pk for some in (False, True) for (pk,) in ever_beside.rows(model, key, some, of=work.pk, at=at)}
        yield from of_keys(model, keys=sorted(keys))


def _named_and_around(work, at):
    """The topics that its page ever named, and the frames that stand around it."""
    editions = type(work).edition_model()
    for key in editions.SHOWS:
        ever = {pk for (pk,) in ever_named.rows(editions, key, work=work.pk, at=at)} - {None}
        yield from of_keys(editions._meta.get_field(key).related_model, keys=sorted(ever))
    yield from frames_in(Frame, languages=sorted({settings.LANGUAGE_CODE, work.language}))


@prepared
def of_keys(model, *, keys):
    return model._base_manager.filter(Among("pk", keys)).order_by("pk").only("pk")


@prepared
def frames_in(frame, *, languages):
    return frame._base_manager.filter(Among("language", languages)).order_by("pk").only("pk")


@prepared
def ever_named(editions, key, *, work, at):
    return editions.objects.been_in_force(at).filter(work=work).order_by().values_list(f"{key}_id")


@prepared
def ever_beside(model, key, is_notice, *, of, at):
    been = model.edition_model().objects.been_in_force(at)
    return been.filter(is_notice=is_notice, **{key: of}).order_by().values_list("work_id")


def _shut_at(works, at):
    """Until when nothing of such texts may be read any more: when one of them was unsafe or not fit, or replaced in an
    emergency; None where there is no such moment. Those of a kind are asked at once.
    """
    moments = []
    for model, some in groupby(works, type):
        keys = [one.pk for one in some]
        for pk, since, reason in faulty_editions.rows(model, works=keys, at=at):
            # The first was no replacement, however hurried it was.
            if reason == "unsafe" or first_edition.rows(model, work=pk, at=at)[0][0] != since:
                moments.append(as_moment(since))
        if model.IS_REVIEWED:
            moments += [as_moment(made) for (made,) in unfit_reviews.rows(model, works=keys, at=at)]
    return max(moments, default=None)


@prepared
def faulty_editions(model, *, works, at):
    been = model.edition_model().objects.been_in_force(at).filter(Among("work", works)).order_by()
    return been.filter(FAULTY).values_list("work_id", "in_force_at", "notice_reason")


@prepared
def first_edition(model, *, work, at):
    been = model.edition_model().objects.been_in_force(at).filter(work=work)
    return been.order_by("in_force_at").values_list("in_force_at")[:1]


@prepared
def unfit_reviews(model, *, works, at):
    """Of texts that were editions; of what was only a draft nobody read a word."""
    unfit = model.review_model().objects.filter(Among("work", works), result="not fit", made_at__lte=at)
    read = model.edition_model().objects.filter(work=OuterRef("work"), text_digest=OuterRef("text_digest"))
    return unfit.filter(Exists(read)).order_by().values_list("made_at")


def _shut_with_words(work, at):
    """The same of the words that pages explain: of each, when the last text in which it stands was shown with it."""
    model = kinds.word_list()
    for term in faulty_words(model, language=work.language, at=at):
        shut = _shut_at([term], at)
        was = model.edition_model().objects.been_in_force(at).filter(work=term.pk, language=work.language)
        spelled = {fold(form) for one in was.filter(is_notice=False) if shut for form in one.forms} - {""}
        for one in _shown_with(work, at) if shut and spelled else ():
            held = reduce(or_, [Q(folded__contains=form) for form in spelled])
            stood = one.editions.been_in_force(shut).filter(held).values_list("in_force_at", flat=True).first()
            # Of a question it is not known beside which edition of the guide it was read.
            yield stood and (stood if one == work else shut)


@prepared
def faulty_words(model, *, language, at):
    been = model.edition_model().objects.been_in_force(at).filter(language=language)
    faulty = been.filter(FAULTY).order_by().values("work")
    unfit = model.review_model().objects.filter(result="not fit", made_at__lte=at).values("work")
    shown = model._base_manager.filter(Q(pk__in=faulty) | Q(pk__in=unfit), language=language)
    return shown.order_by("pk").only("pk", "language")
