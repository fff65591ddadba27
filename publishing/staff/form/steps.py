"""The one next step of a person with a text: the bar of its form and the desk's rows say the same."""

from typing import NamedTuple

from publishing.models import Hand
from publishing.staff.addresses import staff_url
from publishing.staff.pages import may
from publishing.text import TooLong


class Step(NamedTuple):
    """What comes next: its name, as the form sends it, the words on its button, and the page it leads to."""

    name: str
    title: str
    url: str


TITLES = {"ask": "Ask for a check …", "publish": "Publish …", "waits": "See what waits"}
PAGES = {"ask": "ask", "publish": "publish", "waits": "editions"}


def step(work, name):
    """A next step, as its button names it."""
    return Step(name, TITLES[name], staff_url(work, PAGES[name]) if work.pk else "") if name in TITLES else None


def next_step(user, work, at):
    """What this person does next with a text as it stands; None where there is nothing to do but to save it."""
    model = type(work)
    if work.pk is None:
        return step(work, "ask") if work.IS_REVIEWED else None
    if work.IS_READ_WHEN_SAVED or not may(user, "change", model):
        return None
    waiting = work.waiting(at)
    if waiting and not waiting.is_notice and not _differs(work, waiting):
        return step(work, "waits")
    if not work.IS_REVIEWED:
        return step(work, "publish") if may(user, "publish", model) else None
    judgement = work.judgement(work.unrendered(), at, by=Hand.of(user))
    is_checked = not (judgement.is_substance and judgement.lacks_review)
    is_open = _differs(work, judgement.live)
    if may(user, "publish", model) and (is_checked or not is_open):
        return step(work, "publish")
    return None if is_checked and judgement.review else step(work, "ask")


def _differs(work, edition):
    try:
        return work.differs_from(edition)
    except TooLong:
        return True
