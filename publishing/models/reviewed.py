"""Working copies that a clinician reviews: articles and questions. Two people, with a way out in an emergency."""

from dataclasses import dataclass

from django.db import transaction

from publishing import dangers
from publishing.exceptions import NotTicked, Refused, Unfit, Unreviewed
from publishing.models import ledger
from publishing.models.frame import Frame
from publishing.models.ledger import Line
from publishing.models.reviews import Review, Saving
from publishing.models.works import WorkingCopy


@dataclass(frozen=True)
class Judgement:
    """What stands between a text and its publication."""

    work: WorkingCopy
    dangers: list
    is_substance: bool
    review: Review | None
    needs_two_people: bool

    @property
    def lacks_review(self):
        return self.needs_two_people and self.review is None


class ReviewedCopy(WorkingCopy):
    HELD_BACK = "Held back: "

    class Meta(WorkingCopy.Meta):
        abstract = True
        default_permissions = (*WorkingCopy.Meta.default_permissions, "review")

    @classmethod
    def review_model(cls):
        return cls._meta.get_field("reviews").related_model

    @transaction.atomic
    def review(self, *, by, text_digest, result, reviewer_name, credential, evidence="", note="", next_due_on=None):
        """Record a clinician's judgement on one exact text: the working copy's, or one patients read.

        Raises Refused.
        """
        now = ledger.lock()
        if text_digest not in self.reviewable(now):
            raise Refused("The text has changed since you read it, so your judgement was not recorded. Read it again.")
        if not (reviewer_name.strip() and credential.strip()):
            raise Unfit("Patients read who checked a guide: give a name and a credential.")
        if result == Review.Result.FIT and (next_due_on is None or next_due_on <= now.date()):
            raise Unfit("Say when the text must be reviewed again, on a day that is still to come.")
        review = self.review_model()(
            work=self,
            text_digest=text_digest,
            result=result,
            reviewer_name=reviewer_name.strip(),
            credential=credential.strip(),
            evidence=evidence.strip(),
            note=note.strip(),
            next_due_on=next_due_on,
            made_at=now,
            made_by=None if isinstance(by, str) else by,
            made_by_name=ledger.name_of(by),
            is_by_link=isinstance(by, str),
        )
        review.save()
        self._record(Line.Verb.REVIEW, review, now, by, review.note or review.get_result_display())
        return review

    @transaction.atomic
    def revoke(self, review, *, by, note):
        """Take a review back. What waits on the strength of it is held back: cancelled, and listed as due."""
        now = self._begin(note, None)
        if review.revoked_at is not None:
            raise Refused("This review was revoked before.")
        self.reviews.filter(pk=review.pk).mark_revoked(now)
        waiting = self.editions.waiting(now).filter(text_digest=review.text_digest, is_notice=False).first()
        if waiting and waiting.is_substance and not self.second_person(waiting, now):
            self._cancel_waiting(now, by, f"{self.HELD_BACK}the review by {review.reviewer_name} was revoked")
        self._record(Line.Verb.REVOKE, review, now, by, note)
        return review

    def reviewable(self, at):
        """The digests of the texts that may be reviewed: as it is being written, as it waits, as patients read it."""
        texts = [self.freeze(), self.live(at), self.waiting(at)]
        return {text.text_digest for text in texts if text is not None and not text.is_notice}

    def second_person(self, edition, at):
        """The fit review of exactly this text by somebody who saved nothing in it since patients' text, or None."""
        review = self.reviews.holding(at).filter(text_digest=edition.text_digest)
        savings = Saving.objects.filter(work=self.name)
        since = self.last_text(at)
        if since is not None:
            savings = savings.filter(saved_at__gt=since.made_at)
        people, names = set(), set()
        for person, name in savings.values_list("saved_by", "saved_by_name"):
            people.add(person)
            names.add(name.casefold())
        for one in review:
            wrote_it = one.made_by_id in people if one.made_by_id else one.reviewer_name.casefold() in names
            if not wrote_it:
                return one
        return None

    def last_text(self, at):
        """The newest edition patients could read up to that moment, passing over notices; None at first."""
        return self.editions.been_in_force(at).readable().first()

    def dangers(self, edition, at):
        """What changed in a way that can hurt, compared with what patients read last; nothing for a first edition."""
        last = self.last_text(at)
        return dangers.find(last.text(), edition.text(), language=edition.language) if last else []

    def judgement(self, edition, at):
        """What a second person has to look at before patients read this edition."""
        found = self.dangers(edition, at)
        is_substance = bool(found) or self.last_text(at) is None
        review = self.second_person(edition, at)
        return Judgement(self, found, is_substance, review, Frame.around(at).needs_two_people)

    def judge(self, edition, *, by, now, at, emergency, raises_substance, ticks):
        judgement = self.judgement(edition, now)
        edition.is_substance = judgement.is_substance or raises_substance
        if isinstance(by, str):
            return {}
        unticked = [danger for danger in judgement.dangers if danger.key not in ticks]
        if unticked:
            raise NotTicked(f"Look at each change that could hurt, and tick it: {_said(unticked[0])}")
        if edition.is_substance and judgement.needs_two_people:
            edition.emergency_reason = self._refuse_unreviewed(judgement.review, at, emergency.strip())
        ticked = [{"before": one.before, "after": one.after, "what": list(one.what)} for one in judgement.dangers]
        return {"ticked": ticked} if ticked else {}

    def _refuse_unreviewed(self, review, at, emergency):
        """The reason why it goes out unreviewed, or nothing where a review holds. Raises Unreviewed."""
        if review and at and review.is_overdue(at):
            raise Unreviewed(
                f"The review by {review.reviewer_name} falls due on {review.next_due_on:%d %B %Y}, before this would "
                "come into force. Have it reviewed again first."
            )
        if review is None and not emergency:
            raise Unreviewed(
                "This changes the substance, so a clinician who did not write it has to review exactly this text "
                "first. In an emergency you may publish it now and say why: it stays on the list of things due."
            )
        return "" if review else emergency

    def _record(self, verb, review, now, by, note):
        ledger.append(
            verb,
            self.name,
            at=now,
            by=by,
            note=note,
            text_digest=review.text_digest,
            page_digest=review.digest(),
            touches=self.touches(self.live(now) or self.freeze()),
            also_at=review.overdue_from if review.next_due_on else None,
        )


def _said(danger):
    return f"{', '.join(danger.what)} (“{danger.after or danger.before}”)"
