"""Which old editions patients may read: none that was unsafe, not fit or replaced in an emergency, nor earlier ones."""

import datetime

from publishing.models import Frame, kinds

LAST = datetime.timedelta(microseconds=1)  # before the next edition came into force


def open_editions(work, at):
    """By number those old editions of a text that patients may read at a moment, each with when it was read last."""
    if not Frame.around(at).shows_old_editions:
        return {}
    shut = max(filter(None, (_shut_at(one, at) for one in _shown_with(work, at))), default=None)
    found, following = {}, None
    for one in work.editions.been_in_force(at).defer("body", "html"):
        is_there = following and not one.is_notice and one.redacted_at is None
        if is_there and (shut is None or one.in_force_at > shut):
            found[one.number] = (one, following.in_force_at - LAST)
        following = one
    return found


def _shown_with(work, at):
    """The text, and all that ever followed it."""
    yield work
    for model, key in kinds.following(type(work)):
        beside = model.edition_model().objects.been_in_force(at).filter(**{key: work.pk}).order_by()
        yield from model._base_manager.filter(pk__in=beside.values("work"))


def _shut_at(work, at):
    """Until when nothing of a text may be read any more: when it was unsafe or not fit, or replaced in an emergency."""
    been = list(work.editions.been_in_force(at).values_list("in_force_at", "notice_reason", "emergency_reason"))
    # The first was no replacement, however hurried it was.
    moments = [since for since, reason, hurried in been if reason == "unsafe" or (hurried and since != been[-1][0])]
    if type(work).IS_REVIEWED:
        unfit = work.reviews.filter(result="not fit", made_at__lte=at)
        moments += unfit.filter(text_digest__in=work.editions.values("text_digest")).values_list("made_at", flat=True)
    return max(moments, default=None)
