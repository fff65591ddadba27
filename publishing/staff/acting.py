"""One page for each act: it shows what will change, asks for the change note, confirms, and acts."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from publishing.mail import tell_owner
from publishing.models import Hand, ReviewedCopy
from publishing.record import spoken
from publishing.refusals import Refused
from publishing.staff.addresses import staff_url
from publishing.staff.editions import compared
from publishing.staff.forms import ActForm, PublishForm, ReviewForm, ScheduleForm, WithdrawForm, in_words
from publishing.text import TooLong


class ActPages:
    """Mixed into the admin of a working copy."""

    acts = ("review", "publish", "schedule", "withdraw", "cancel")

    def may(self, request, act):
        return request.user.has_perm(f"{self.opts.app_label}.{act.permission}_{self.opts.model_name}")

    def allowed_acts(self, request, work, at):
        live, waiting = work.live(at), work.waiting(at)
        possible = {
            "review": True,
            "publish": True,
            "schedule": True,
            "withdraw": live is not None and not live.is_notice,
            "cancel": waiting is not None,
            "confirm": bool(work.FOLLOWS) and type(work).objects.due_for_check(at).filter(pk=work.pk).exists(),
        }
        return [(name, ACTS[name].title) for name in self.acts if possible[name] and self.may(request, ACTS[name])]

    def companions(self, work, name, at):
        """Other working copies that people expect to go along with this act."""
        return []

    def followers(self, work, companions, at):
        """Texts that may be wrong once this one changes in substance, without those that go along with it."""
        return []

    def act_view(self, request, pk, name):
        work, act = self.found(request, pk), ACTS[name]
        if not self.may(request, act):
            raise PermissionDenied
        at = request.moment()
        companions = self.companions(work, name, at)
        judgements = self.judgements(request, act, work, companions, at)
        followers = self.followers(work, companions, at) if judgements else []
        form = act.form(
            request.POST or None, work=work, companions=companions, judgements=judgements, followers=followers
        )
        if name == "review":
            form.initial["reviewer_name"] = request.user.get_full_name()
        if request.method == "POST" and form.is_valid():
            try:
                self.act(request, work, act, form, companions)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                form.see_anew()
            else:
                messages.success(request, act.done)
                return HttpResponseRedirect(staff_url(work))
        return self.page(
            request,
            "act.html",
            work,
            title=f"{act.title}: {work}",
            act=act,
            name=name,
            form=form,
            judgements=judgements,
            changes=list(self.changes(work, at)) if act.method in ("publish", "review") else [],
            companion_changes=[
                (one, list(self.changes(one, at))) for one in companions if judgements or name == "review"
            ],
            waiting=None if name in ("review", "confirm") else work.waiting(at),
            situation=list(self.situation(work, at)),
            **(self.beside(work, at) if name == "confirm" else {}),
            **(self.look_first([work, *companions], at) if name == "review" else {}),
        )

    def revoke_view(self, request, pk, review):
        """A clinician takes a review back; what waits on the strength of it is held back."""
        work = self.found(request, pk)
        if not self.may(request, ACTS["review"]):
            raise PermissionDenied
        found = get_object_or_404(work.reviews, pk=review) if isinstance(work, ReviewedCopy) else None
        if found is None:
            raise Http404
        form = ActForm(request.POST or None, work=work)
        if request.method == "POST" and form.is_valid():
            try:
                work.revoke(found, by=Hand.of(request.user), note=form.cleaned_data["note"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Revoked. What waited on the strength of it is held back.")
                return HttpResponseRedirect(staff_url(work))
        act = {"button": "Revoke the review", "method": "revoke"}
        said = [f"{found}, {spoken(found.made_at)}. {found.note}"]
        return self.page(
            request, "act.html", work, title=f"Revoke a review: {work}", form=form, act=act, situation=said
        )

    def judgements(self, request, act, work, companions, at):
        """What a second person has to look at before this act, text by text."""
        if act.method != "publish":
            return []
        try:
            return [one.judgement(one.freeze(), at, by=Hand.of(request.user)) for one in (work, *companions)]
        except TooLong:
            return []

    @transaction.atomic
    def act(self, request, work, act, form, companions):
        # The page showed the texts as these counts name them; nothing happens to one that anybody has saved since.
        chosen = form.chosen()
        seen = {work: form.cleaned_data["edits"]} | {one: chosen[one.pk] for one in companions if one.pk in chosen}
        for one, edits in seen.items():
            one.refuse_changed_since(edits)
            try:
                made = getattr(one, act.method)(by=Hand.of(request.user), **form.arguments(one))
            except Refused as refusal:
                raise type(refusal)(str(refusal) if one == work else f"“{one}”: {refusal}") from refusal
            if act.method == "review":
                transaction.on_commit(partial(tell_owner, one, made))
            if one == work and act.method == "publish" and made.is_substance:
                for follower in form.followers:
                    follower.decide(form.decision(follower), against=made, by=Hand.of(request.user), note=made.note)

    def changes(self, work, at):
        """(label, pieces) of each field that will read differently, compared with what patients read now."""
        try:
            after = work.freeze()
        except TooLong:
            return
        live = work.live(at)
        yield from compared(live if live and not live.is_notice else None, after)

    def look_first(self, works, at):
        """What can hurt, for a clinician who is to judge these texts."""
        try:
            judgements = [one.judgement(one.freeze(), at) for one in works]
        except TooLong:
            return {}
        return {"dangers": [in_words(danger) for judgement in judgements for danger in judgement.dangers]}

    def beside(self, work, at):
        """What somebody has to look at who says that a text is still right: the text, and what changed beside it."""
        before, after = work.changed_beside(at) or (None, None)
        return {"follower": work.live(at), "beside": list(compared(before, after)) if before else [], "changed": after}


@dataclass(frozen=True)
class Act:
    """One thing a publisher can do: the model's method, its form, and its words."""

    method: str
    form: type
    title: str
    button: str
    done: str
    permission: str = "publish"


ACTS = {
    "publish": Act("publish", PublishForm, "Publish now", "Publish now", "Published. Patients read it from now on."),
    "schedule": Act("publish", ScheduleForm, "Publish later", "Publish at that time", "It waits until its time."),
    "withdraw": Act(
        "withdraw", WithdrawForm, "Withdraw", "Withdraw", "Withdrawn. Patients find a notice in its place."
    ),
    "review": Act("review", ReviewForm, "Review", "Record my judgement", "Recorded. Thank you.", permission="review"),
    "confirm": Act(
        "confirm", ActForm, "Still right beside its guide", "It is still right", "Recorded. It is no longer due."
    ),
    "cancel": Act("cancel", ActForm, "Cancel what waits", "Cancel it", "Cancelled. What patients read now stays."),
}


@dataclass(frozen=True)
class Preview:
    """What the bar above a page says that is not what patients read."""

    message: str
    back_url: str
    back_label: str = ""
