"""One page for each act: it shows what will change, asks for the change note, confirms, and acts.

A page is a function that is given the desk (the admin of that kind of text), the request and the working copy.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from publishing.models import Hand
from publishing.record import spoken
from publishing.refusals import Refused
from publishing.staff import beside
from publishing.staff.acts.editions import compared
from publishing.staff.acts.forms import ActForm, PublishForm, ReviewForm, WithdrawForm
from publishing.staff.addresses import staff_url
from publishing.staff.form.panel import situation, uncounted
from publishing.staff.pages import led_on, sent
from publishing.text import TooLong


@dataclass(frozen=True)
class Act:
    """One thing a publisher can do: the model's method, its form, and its words."""

    method: str
    form: type
    title: str
    button: str
    done: str
    will: str = ""
    permission: str = "publish"


ACTS = {
    "publish": Act("publish", PublishForm, "Publish …", "Publish", ""),
    "withdraw": Act(
        "withdraw",
        WithdrawForm,
        "Withdraw",
        "Withdraw",
        "Withdrawn. Patients find a notice in its place",
        "At once, or from the moment you choose, patients find a notice at its address, with the reason you give.",
    ),
    "review": Act("review", ReviewForm, "Check", "", "", permission="review"),
    "confirm": Act(
        "confirm",
        ActForm,
        "Still right beside its guide",
        "It is still right",
        "Recorded. It is no longer due.",
        "Patients read the same as before. It is no longer due, and the record keeps that you looked.",
    ),
    "cancel": Act(
        "cancel",
        ActForm,
        "Cancel what waits",
        "Cancel it",
        "Cancelled. What patients read now stays.",
        "What waits does not come into force. What patients read now stays.",
    ),
}


REVOKED = "Patients no longer read that it was checked by this person. What waits on the strength of it is held back."


@dataclass(frozen=True)
class Preview:
    """What the bar above a page says that is not what patients read."""

    message: str
    back_url: str
    back_label: str = ""


def allowed(desk, request, work, at):
    """(name, title) of each act that is possible now and that this person may do."""
    possible = {
        "review": True,
        "publish": True,
        "withdraw": beside.is_read(work, at),
        "cancel": work.waiting(at) is not None,
        "confirm": bool(work.FOLLOWS) and type(work).objects.due_for_check(at).filter(pk=work.pk).exists(),
    }
    acts = [(name, ACTS[name]) for name in desk.acts if possible[name]]
    return [(name, act.title) for name, act in acts if desk.may(request, act.permission)]


def act_page(desk, request, work, name):
    act, at = ACTS[name], request.moment()
    if not desk.may(request, act.permission):
        raise PermissionDenied
    companions = beside.companions(work, name, at)
    form = act.form(request.POST or None, work=work, companions=companions)

    def done():
        perform(request, work, act, form, companions)
        return led_on(request, told_of(act, form), staff_url(work))

    answer = sent(request, form, done, refused=form.see_anew)
    if answer:
        return answer
    context = {"act": act, "name": name, "form": form, "stands_in": desk.stands_in(work, at)}
    if name == "withdraw":
        context["suggested"] = form.fields["replaced_by"].suggested()
    context |= to_look_at(name, work, at)
    return desk.page(request, "act.html", work, title=f"{act.title}: {work}", **context)


def told_of(act, form):
    """What was done, in a sentence; of what was named by a part of its title, the whole of it."""
    if act.method != "withdraw":
        return act.done
    instead = form.cleaned_data["replaced_by"]
    return f"{act.done}, which leads to “{instead}”." if instead else f"{act.done}."


def revoke_page(desk, request, work, review):
    """A clinician takes a review back; what waits on the strength of it is held back."""
    if not desk.may(request, "review"):
        raise PermissionDenied
    if not work.IS_REVIEWED:
        raise Http404
    found = get_object_or_404(work.reviews, pk=review)
    form = ActForm(request.POST or None, work=work)

    def done():
        work.revoke(found, by=Hand.of(request.user), note=form.cleaned_data["note"])
        return led_on(request, "Revoked. What waited on the strength of it is held back.", staff_url(work))

    context = {
        "form": form,
        "act": {"button": "Revoke the review", "method": "revoke", "will": REVOKED},
        "situation": [f"{found}, {spoken(found.made_at)}. {found.note}"],
    }
    return sent(request, form, done) or desk.page(
        request, "act.html", work, title=f"Revoke a review: {work}", **context
    )


def render_before(judgements):
    """Rendering takes up to half a second, for which nobody should wait: so it is done before the lock is taken."""
    for judgement in judgements:
        with suppress(TooLong):  # publishing says so
            judgement.edition = judgement.work.freeze()
        judgement.look_ahead()


@transaction.atomic
def perform(request, work, act, form, companions):
    """Do the act to the text and to what was chosen to go along, or to none of them. Raises Refused."""
    # The page showed the texts as these counts name them; nothing happens to one that anybody has saved since.
    chosen = form.chosen()
    seen = {work: form.cleaned_data["edits"]} | {one: chosen[one.pk] for one in companions if one.pk in chosen}
    for one, edits in seen.items():
        one.refuse_changed_since(edits)
        try:
            made = getattr(one, act.method)(by=Hand.of(request.user), **form.arguments(one))
        except Refused as refusal:
            raise type(refusal)(str(refusal) if one == work else f"“{one}”: {refusal}") from refusal
        if one == work and act.method == "publish" and made.is_substance:
            for follower in form.followers:
                follower.decide(form.decision(follower), against=made, by=Hand.of(request.user), note=made.note)


def judgements_of(request, works, at):
    """What a second person has to look at before these are published, text by text, and why a review does not count."""
    found = [one.judgement(one.unrendered(), at, by=Hand.of(request.user)) for one in works]
    for judgement in found:
        is_asked = judgement.is_substance and judgement.lacks_review
        # A generator: it asks the database only where the page is shown.
        judgement.uncounted = uncounted(judgement) if is_asked else ()
    return found


def to_look_at(name, work, at):
    """What stands on the page of an act, so that who confirms it has seen it."""
    context = {"situation": list(situation(work, at))}
    if name != "confirm":
        context["waiting"] = work.waiting(at)
    if name == "confirm":
        # Whether a text is still right can say who reads it beside what changed.
        before, after = work.changed_beside(at) or (None, None)
        live = work.live(at)
        context |= {"follower": live, "read": live and getattr(live, work.BODY), "changed": after}
        context["beside"] = list(compared(before, after)) if before else []
    return context
