"""Texts with small changes since somebody's check: on that person's desk, to be called still fit by one click."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect

from publishing.mail import tell_owner
from publishing.models import Among, Hand, kinds
from publishing.refusals import Refused
from publishing.staff.addresses import staff_url, tool_url
from publishing.staff.home.worklist import MOST, at_said, row
from publishing.staff.pages import led_on
from publishing.text import Piece, pieces, shortened

BESIDE = 60  # signs before and after a change
SIGN = re.compile(r"^(?:#{1,6}|[-*+>]|\d{1,3}[.)])[ \t]+")


def still_fit(desk):
    """What this person checked, and patients read with small changes since, with those."""
    for model in desk.kinds("review"):
        keys = [one.pk for one in _due(desk, model)]
        if not keys:
            continue
        editions, title = model.edition_model().objects, kinds.title_of(model)
        mine = model.review_model().objects.judging(desk.at).filter(Among("work", keys), made_by=desk.user)
        reviews = {one.line_id: one for one in mine}
        live = editions.live(desk.at, of=model.objects.filter(Among("pk", keys)))
        read = list(live.filter(Among("carried", reviews)).order_by("-in_force_at").defer("html", "folded")[:MOST])
        judged = editions.been_in_force(desk.at).filter(Among("work", [one.work_id for one in read]), is_notice=False)
        judged = judged.filter(Among("text_digest", [reviews[one.carried].text_digest for one in read]))
        known = {(one.work_id, one.text_digest): one for one in judged.order_by("in_force_at").defer("html", "folded")}
        for edition in read:
            review = reviews[edition.carried]
            before = known[edition.work_id, review.text_digest]
            said = f"You checked it {at_said(review.made_at, desk)}. Since then small changes of wording:"
            told = ("due", "Still fit?", getattr(edition, title), said, "Still fit", "review")
            yield row(model, edition.work_id, *told)._replace(
                changed=_changed(_told(before), _told(edition)),
                sends=(staff_url(model(pk=edition.work_id), "still_fit"), edition.text_digest),
            )


def left_to_owner(desk):
    """The same of texts that this person looks after, where nobody who checked them has a desk."""
    for model in desk.kinds("change"):
        mine = {one.pk: one for one in _due(desk, model) if one.owner_id == desk.user.pk}
        if mine:
            live = model.edition_model().objects.live(desk.at, of=model.objects.filter(Among("pk", list(mine))))
            reviews = model.review_model().objects.filter(line__in=live.values("carried"), made_by__is_active=True)
            for pk in mine.keys() - set(reviews.values_list("work", flat=True)):
                said = f"{mine[pk].why} Since then small changes of wording, which nobody has checked."
                yield row(model, pk, "due", "Due", mine[pk].title, said, "Ask for a check", "ask")


def _changed(before, after):
    """What changed with the words beside it in its line, in the row itself: the rest is read on the page."""
    changes, found = pieces(before, after), []
    end = len(changes) - 1
    for at, one in enumerate(changes):
        first, *more = one.text.split("\n")
        if one.kind == "same" and (more or at in (0, end)):
            last = SIGN.sub("", more[-1] if more else first)
            one = Piece("same", last if at == 0 else first if at == end else f"{first} … {last}")
        found.append(one)
    return shortened(found, around=BESIDE)


def _told(edition):
    """Its text without the gaps of fields that are empty."""
    return "\n\n".join(part for part in edition.text().split("\n\n") if part.strip())


def _due(desk, model):
    return [one for one in desk.due if one.model is model and one.state == "still fit"]


def still_fit_page(desk, request, work):
    """Record that exactly what patients read is still fit, in the name and with the credential of the check before."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not desk.may(request, "review"):
        raise PermissionDenied
    try:
        made = work.call_still_fit(by=Hand.of(request.user), text_digest=request.POST.get("text", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(tool_url("index"))
    tell_owner(work, made)
    said = f"Recorded: “{work}” is still fit. Its check is due again on {made.due_day}."
    return led_on(request, said, tool_url("index"))
