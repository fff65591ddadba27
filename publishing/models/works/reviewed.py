"""Working copies that a clinician reviews: articles and questions. Two people, with a way out in an emergency."""

import datetime

from django.db import models, transaction
from django.utils import timezone

from publishing.models import kinds
from publishing.models.chained import ledger, owed
from publishing.models.chained.ledger import Line
from publishing.models.checks.carried import told_for
from publishing.models.checks.reviews import Review, reviews_for
from publishing.models.works import WorkingCopy, acts
from publishing.models.works.following import hold_back
from publishing.models.works.judging import Judgement
from publishing.refusals import Refused, Unfit
from publishing.text import made_once, visible

Kind = Review.Kind
A_YEAR = datetime.timedelta(days=365)
LONGEST_UNTIL_DUE = datetime.timedelta(days=3660)


class ReviewedCopy(WorkingCopy):
    IS_REVIEWED = True
    JUDGEMENT = Judgement
    PLACED_BY = ("language",)  # fields that decide who reads the text, and beside what

    # Of the text as it was last saved, as an edition made from it would have them: so no list reads texts.
    text_digest = models.CharField(max_length=64, editable=False, blank=True)
    content_digest = models.CharField(max_length=64, editable=False, blank=True)

    class Meta(WorkingCopy.Meta):
        abstract = True
        default_permissions = (*WorkingCopy.Meta.default_permissions, "review")

    @classmethod
    def review_model(cls):
        return cls._meta.get_field("reviews").related_model

    @classmethod
    def owed_model(cls):
        """The class of what is kept of what is owed of each."""
        return cls._meta.get_field("owed").related_model

    def sum_up(self):
        edition = self.unrendered()
        self.text_digest, self.content_digest = edition.text_digest, edition.digest_of_content()
        self.folded = edition.searched()

    def review_of(self, edition, at):
        """The review that holds for exactly the text of this edition, a second person's or not; or None."""
        return reviews_for([edition], at)[0]

    def review(self, *, by, text_digest, result, **told):
        """Record a judgement on one exact text: the working copy's, or one patients read.

        Only a clinician's speaks for the substance, or against it. `told` are reviewer_name, credential, evidence and
        note, and where it differs from a clinician's next_due_on, kind, is_machine. Raises Refused.
        """
        with made_once():
            if result == Review.Result.FIT:
                self.read_before()
            return self._review(by=by, text_digest=text_digest, result=result, **told)

    @transaction.atomic
    def _review(self, *, by, text_digest, result, next_due_on=None, kind=Kind.CLINICIAN, is_machine=False, **told):
        now = ledger.lock()
        reviewable = self.reviewable(now)
        judged = next((one for one in reviewable if one.text_digest == text_digest), None)
        if judged is None:
            raise Refused("The text has changed since you read it, so your judgement was not recorded. Read it again.")
        review = self.review_model()(
            work=self,
            digest_format=judged.digest_format,
            text_digest=text_digest,
            language=judged.language,
            beside=judged.beside,
            kind=kind,
            is_machine=is_machine and kind == Kind.TRANSLATOR,
            result=result,
            next_due_on=next_due_on,
            made_at=now,
            made_by=by.user,
            made_by_name=by.name,
            is_by_link=by.is_guest,
            invited_by_name=by.invited_by,
            invited_by_account=by.invited_by_account,
            listed=by.listed,
            **{name: visible(text) for name, text in told.items()},
        )
        self._refuse_incomplete(review)
        review.seal()
        around = {one.digest_of_around() for one in reviewable if one.text_digest == text_digest} - {""}
        told = {"detail": {"around": sorted(around)}} if around else {}
        line = self._line(Line.Verb.REVIEW, review, now, by, review.note, **told)
        Line.take_numbers([line])
        review.line_id = line.seq
        review.save()
        ledger.append_all([(line, self.touches(), review.overdue_at)])
        if review.kind == Kind.CLINICIAN:
            said = f"{review.reviewer_name} calls it {review.get_result_display().lower()}"
            self._hold_back(review, now, by, "" if result == Review.Result.FIT else said)
        return review

    def call_still_fit(self, *, by, text_digest):
        """Record that what patients read, small changes and all, is as fit as its reviewer said. Raises Refused."""
        with made_once():
            self.read_before()
            return self._call_still_fit(by, text_digest)

    @transaction.atomic
    def _call_still_fit(self, by, text_digest):
        now = ledger.lock()
        live = self.live(now)
        if live is None or live.text_digest != text_digest:
            raise Refused("Patients read another text than the one you saw, so nothing was recorded. Look at it again.")
        (told,) = told_for([live], now)
        if told is None or not told.is_carried or by.account is None or told.made_by_id != by.account:
            raise Refused("What patients read is not told as your check any more. Open the text, and check it anew.")
        same = {"reviewer_name": told.reviewer_name, "credential": told.credential}
        due = timezone.localdate(now) + A_YEAR
        return self.review(by=by, text_digest=text_digest, result=Review.Result.FIT, next_due_on=due, **same)

    def _refuse_incomplete(self, review):
        if not (review.reviewer_name and review.credential):
            raise Unfit("Patients read who checked a guide: give a name and a credential.")
        if review.result == Review.Result.FIT:
            due, today = review.next_due_on, timezone.localdate(review.made_at)
            if due is None or not today < due < today + LONGEST_UNTIL_DUE:
                raise Unfit("Say when the text must be reviewed again: a day to come, at most ten years ahead.")
            if review.text_digest == self.unrendered().text_digest:
                self.refuse_unfit(self.freeze())

    @transaction.atomic
    def revoke(self, review, *, by, note):
        """Take a review back. What waits on the strength of it is held back: cancelled, and listed as due."""
        now = acts.begin({self: note})
        review.refresh_from_db(fields=["revoked_at"])  # somebody may have done it while we waited
        if review.revoked_at is not None:
            raise Refused("This review was revoked before.")
        self.reviews.filter(pk=review.pk).mark_revoked(now)
        if review.kind == Kind.CLINICIAN:
            self._hold_back(review, now, by, f"the review by {review.reviewer_name} was revoked")
        line = self._line(Line.Verb.REVOKE, review, now, by, visible(note), number=review.line_id)
        ledger.append_all([(line, self.touches(), None)])
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
                late and f"the review by {late.reviewer_name} falls due on {late.due_day}, before it comes into force"
            )
        if reason:
            hold_back(self, waiting.in_force_at, now=now, by=by, why=reason)

    def saving(self, by):
        """Never dated before the last act: else who writes with the clock set back had written before the edition."""
        saving = super().saving(by)
        # A new text has no edition yet, and thousands of them are saved at once.
        head = Line.objects.head() if self.edits > 1 else None
        if head and saving.saved_at <= head.at:
            saving.saved_at = head.at + datetime.timedelta(microseconds=1)
        return saving

    def reviewable(self, at):
        """The texts that may be reviewed: as it is being written, as it waits, as patients read it."""
        texts = [self.unrendered(), self.waiting(at), self.live(at)]
        return [text for text in texts if text is not None and not text.is_notice]

    @classmethod
    def changes_again_at(cls, editions, now):
        """When the review that patients read of its text falls due, wherever the text stands from now on."""
        return [review and review.overdue_at for review in told_for(editions, now)]

    def _line(self, verb, review, now, by, note, **told):
        told |= {"beside": review.beside, "text_digest": review.text_digest, "page_digest": review.own_digest}
        return ledger.line(verb, self.name, at=now, by=by, note=note, **told)


def sum_up_all(row):
    """Sum up anew every text in which a publisher or sponsor stands, whose own words have just changed."""
    if getattr(row, "original", None):
        sum_up_all(row.original)
    for model in kinds.reviewed():
        for key in (one.name for one in model._meta.fields if one.related_model is type(row)):
            for work in model._base_manager.filter(**{key: row}).iterator(200):
                work.sum_up()
                with transaction.atomic():
                    model._base_manager.filter(pk=work.pk).update(content_digest=work.content_digest)
                    owed.mark_all({model: {work.pk}})
