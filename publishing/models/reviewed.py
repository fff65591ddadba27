"""Working copies that a clinician reviews: articles and questions. Two people, with a way out in an emergency."""

import datetime

from django.db import transaction
from django.utils import timezone

from publishing.models import ledger
from publishing.models.following import hold_back
from publishing.models.judging import Judgement, publishers_of
from publishing.models.ledger import Line
from publishing.models.reviews import Review, reviews_for
from publishing.models.savings import Saving
from publishing.models.works import WorkingCopy
from publishing.refusals import Refused, Unfit, Unreviewed
from publishing.text import visible

LONGEST_UNTIL_DUE = datetime.timedelta(days=3660)


class ReviewedCopy(WorkingCopy):
    IS_REVIEWED = True
    PLACED_BY = ("language",)  # fields that decide who reads the text, and beside what

    class Meta(WorkingCopy.Meta):
        abstract = True
        default_permissions = (*WorkingCopy.Meta.default_permissions, "review")

    @classmethod
    def review_model(cls):
        return cls._meta.get_field("reviews").related_model

    def review_of(self, edition, at):
        """The review that holds for exactly the text of this edition, a second person's or not; or None."""
        return reviews_for([edition], at)[0]

    @transaction.atomic
    def review(self, *, by, text_digest, result, next_due_on=None, invited_by_name="", **told):
        """Record a clinician's judgement on one exact text: the working copy's, or one patients read.

        `told` are reviewer_name, credential, evidence and note. Raises Refused.
        """
        now = ledger.lock()
        if text_digest not in self.reviewable(now):
            raise Refused("The text has changed since you read it, so your judgement was not recorded. Read it again.")
        review = self.review_model()(
            work=self,
            text_digest=text_digest,
            result=result,
            next_due_on=next_due_on,
            made_at=now,
            made_by=None if isinstance(by, str) else by,
            made_by_name=ledger.name_of(by),
            is_by_link=isinstance(by, str),
            invited_by_name=invited_by_name,
            **{name: visible(text) for name, text in told.items()},
        )
        self._refuse_incomplete(review)
        review.save()
        self._record(Line.Verb.REVIEW, review, now, by, review.note or review.get_result_display())
        said = f"{review.reviewer_name} calls it {review.get_result_display().lower()}"
        self._hold_back(review, now, by, "" if result == Review.Result.FIT else said)
        return review

    def _refuse_incomplete(self, review):
        if not (review.reviewer_name and review.credential):
            raise Unfit("Patients read who checked a guide: give a name and a credential.")
        if review.result == Review.Result.FIT:
            due, today = review.next_due_on, timezone.localdate(review.made_at)
            if due is None or not today < due < today + LONGEST_UNTIL_DUE:
                raise Unfit("Say when the text must be reviewed again: a day to come, at most ten years ahead.")
            edition = self.freeze()
            if review.text_digest == edition.text_digest:
                self.refuse_unfit(edition)

    @transaction.atomic
    def revoke(self, review, *, by, note):
        """Take a review back. What waits on the strength of it is held back: cancelled, and listed as due."""
        now = self._begin(note, None)
        if review.revoked_at is not None:
            raise Refused("This review was revoked before.")
        self.reviews.filter(pk=review.pk).mark_revoked(now)
        self._hold_back(review, now, by, f"the review by {review.reviewer_name} was revoked")
        self._record(Line.Verb.REVOKE, review, now, by, note)
        return review

    def _hold_back(self, review, now, by, why):
        """Cancel what waits with the text of this review, when nothing speaks for it any more, or not for long enough.

        `why` says what spoke against it; nothing where the review is fit, which can only fall due too soon.
        """
        waiting = self.editions.waiting(now).filter(text_digest=review.text_digest, is_notice=False).first()
        if waiting is None or not waiting.is_substance:
            return
        judgement = self.judgement(waiting, now)
        if judgement.review is None:
            reason = why
        elif waiting.emergency_reason or not judgement.needs_two_people:
            reason = ""  # it needs no review at all
        else:
            late = judgement.falls_due_before(waiting.in_force_at)
            reason = (
                late and f"the review by {late.reviewer_name} falls due on {_day(late)}, before it comes into force"
            )
        if reason:
            hold_back(self, waiting.in_force_at, now=now, by=by, why=reason)

    def open_emergencies(self, at):
        """The editions published in an emergency that no second person has called fit since, oldest first.

        A later small change does not end an emergency: nobody has looked at what it stands on. Who wrote any of it
        since the edition before, or asked by link for a review of what they published so, is no second person for it.
        """
        before, hurried = None, []
        for edition in self.editions.been_in_force(at).readable().order_by("in_force_at").defer("html", "folded"):
            if edition.emergency_reason:
                hurried.append(edition)
            if hurried:
                publishers = set().union(*map(publishers_of, hurried))
                review = self.second_person(edition, at, since=before, publishers=publishers)
                if review and (not edition.emergency_reason or review.made_at >= edition.made_at):
                    hurried = []
            if not hurried:
                before = edition
        return hurried

    def saving(self, by):
        """Never dated before the last act: else who writes with the clock set back had written before the edition."""
        saving = super().saving(by)
        # A new text has no edition yet, and thousands of them are saved at once.
        head = Line.objects.head() if self.edits > 1 else None
        if head and saving.saved_at <= head.at:
            saving.saved_at = head.at + datetime.timedelta(microseconds=1)
        return saving

    def reviewable(self, at):
        """The digests of the texts that may be reviewed: as it is being written, as it waits, as patients read it."""
        texts = [self.freeze(), self.live(at), self.waiting(at)]
        return {text.text_digest for text in texts if text is not None and not text.is_notice}

    def second_person(self, edition, at, *, since, not_before=None, publishers=frozenset()):
        """The fit review of exactly this text by somebody who saved nothing in it since that edition, or None.

        One by link does not count for the publisher (by name) who made the link: that would be one person alone.
        """
        if self.review_of(edition, at) is None:
            return None
        savings = Saving.objects.filter(work=self.name)
        if since is not None:
            savings = savings.filter(saved_at__gt=since.made_at)
        people, names = set(), set()
        for person, name in savings.values_list("saved_by", "saved_by_name"):
            people.add(person)
            names.add(name.casefold())
        for one in self.reviews.holding(at).filter(text_digest=edition.text_digest):
            wrote_it = one.made_by_id in people if one.made_by_id else one.reviewer_name.casefold() in names
            is_own = one.is_by_link and one.invited_by_name in publishers
            if not (wrote_it or is_own or (not_before and one.made_at < not_before)):
                return one
        return None

    def changes_again_at(self, edition, now):
        """When the review that holds for its text falls due, wherever the text stands from now on."""
        review = self.review_of(edition, now)
        return review.overdue_from if review else None

    def judgement(self, edition, at, *, by=None):
        """What a second person has to look at before patients read this edition, which `by` wants to publish."""
        return Judgement(self, edition, at, by)

    def judge(self, edition, *, by, now, at, emergency, raises_substance, ticks):
        judgement = self.judgement(edition, now, by=by)
        edition.is_substance = judgement.is_substance or raises_substance
        if isinstance(by, str):
            return {}
        told = judgement.ticked(ticks)
        if edition.is_substance and judgement.needs_two_people:
            edition.emergency_reason = self._refuse_unreviewed(judgement, at, visible(emergency))
        return told

    def _refuse_unreviewed(self, judgement, at, emergency):
        """The reason why it goes out unreviewed, or nothing where a review holds. Raises Unreviewed."""
        review = judgement.review
        late = judgement.falls_due_before(at) if review and at else None
        if late:
            raise Unreviewed(
                f"The review by {late.reviewer_name} falls due on {_day(late)}, before this would come into force. "
                "Have it reviewed again first."
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


def _day(review):
    return f"{review.next_due_on:%d %B %Y}"
