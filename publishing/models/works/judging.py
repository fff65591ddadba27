"""What stands between an edition and its publication, and who is the second person for it."""

from functools import cached_property

from django.contrib.auth import get_user_model

from publishing.models import kinds
from publishing.models.chained import access
from publishing.models.checks.asked import Reviewer
from publishing.models.checks.carried import carried_to
from publishing.models.checks.reviews import Review, judgements_of
from publishing.models.frozen.editions import Edition
from publishing.models.frozen.savings import Saving
from publishing.models.works.comparing import Comparison
from publishing.refusals import Unreviewed
from publishing.text import visible

RULE_OFF = "The rule of two people was switched off."


class Judgement(Comparison):
    """What stands between an edition and its publication. What costs a query is asked for once, when it is needed."""

    @cached_property
    def unsafe_since(self):
        """The moment since which patients find this withdrawn as unsafe, or None."""
        return self.live.in_force_at if self.live and self.live.notice_reason == Edition.Reason.UNSAFE else None

    @property
    def is_substance(self):
        """A new text, a dangerous change, another place, or one that comes back after it was called unsafe.

        So is a translation that follows such a change of its original, whatever its own words say.
        What follows an erased edition is of substance too: nobody can say any more what changed.
        """
        return (
            self.last is None
            or self.last.redacted_at is not None
            or bool(self.dangers)
            or any(getattr(self.last, name) != getattr(self.edition, name) for name in self.work.PLACED_BY)
            or self.unsafe_since is not None
            or self.edition.rests_on_substance(self.last)
        )

    def look_ahead(self):
        super().look_ahead()
        self.edition.is_substance = self.is_substance
        carried_to(self.work, self.edition, self.at)

    @cached_property
    def second(self):
        publishers = publishers_of(self.edition, self.by)
        return Second(self.edition, replaced=self.last, not_before=self.unsafe_since, publishers=publishers)

    @cached_property
    def review(self):
        """The second person's, or None."""
        return self.second.review(self.at)

    def falls_due_before(self, moment):
        """The review that is overdue by then, or None: the second person's, or the newest, which patients read of."""
        newest = self.work.review_of(self.edition, self.at)
        return next((one for one in (self.review, newest) if one and one.is_overdue(moment)), None)

    @cached_property
    def needs_two_people(self):
        return kinds.frame().around(self.at).needs_two_people

    @property
    def lacks_review(self):
        return self.review is None and self.needs_two_people

    def admit(self, *, at, emergency, raises_substance, ticks):
        self.edition.is_substance = self.is_substance or raises_substance
        carried = carried_to(self.work, self.edition, self.at, until=at)
        self.edition.carried = carried and carried.line_id
        told = super().admit(ticks=ticks)
        if self.by.is_asked and self.edition.is_substance and not self.needs_two_people and self.review is None:
            # It stands on the list of things due until somebody has looked at it.
            self.edition.emergency_reason = RULE_OFF
        elif self.by.is_asked and self.edition.is_substance and self.needs_two_people:
            self.edition.emergency_reason = self._refuse_unreviewed(at, visible(emergency))
            told |= {"review": self.review.line_id} if self.review else {}
        return told

    def _refuse_unreviewed(self, at, emergency):
        """The reason why it goes out unreviewed, or nothing where a review holds. Raises Unreviewed."""
        late = self.falls_due_before(at) if self.review and at else None
        if late:
            raise Unreviewed(
                f"The review by {late.reviewer_name} falls due on {late.due_day}, before this would come into force. "
                "Have it reviewed again first."
            )
        if self.review is None and not emergency:
            raise Unreviewed(
                "This changes the substance, so a clinician who did not write it has to review exactly this text "
                "first. In an emergency you may publish it now and say why: it stays on the list of things due."
            )
        return "" if self.review else emergency


def publishers_of(edition, by=None):
    """The accounts of who made an edition, or is about to."""
    made = edition.line.by_account if edition.line_id and edition.pk else None
    return {made, by and by.account} - {None}


class Second:
    """Who is the second person for an edition: another account, or a listed reviewer; never a matter of names.

    `replaced` is what patients read before it: whoever saved the text since is none, and no review counts that is
    older. `not_before` is since when it is withdrawn as unsafe; `publishers` are the accounts of who publishes.
    """

    def __init__(self, edition, *, replaced, not_before=None, publishers=frozenset()):
        self.edition, self.replaced, self.not_before, self.publishers = edition, replaced, not_before, publishers

    def review(self, at):
        """The newest review that counts, or None; also where anybody calls the text not fit since.

        What does not count lifts no "not fit" either: else who wrote a text could answer it by a link of their own.
        """
        judged = [one for one in self.judged(at) if one.result != Review.Result.FIT or self.counts(one)]
        return judged[-1] if judged and judged[-1].result == Review.Result.FIT else None

    def judged(self, at):
        """The judgements on exactly this text, oldest first."""
        return judgements_of([self.edition], at)[0]

    def counts(self, review):
        return review.result == Review.Result.FIT and not self.why_not(review)

    @cached_property
    def writers(self):
        """The accounts that saved the text since, and the one that first saved these very words, wherever."""
        savings = Saving.objects.filter(work=self.edition.work.name)
        if self.replaced is not None:
            savings = savings.filter(saved_at__gt=self.replaced.made_at)
        first = Saving.objects.filter(text_digest=self.edition.text_digest).order_by("saved_at", "pk").first()
        return {*savings.values_list("account", flat=True), first and first.account} - {None}

    def why_not(self, review):
        """Why a review does not make its author the second person, as the end of a sentence; nothing where it does."""
        if self.replaced is not None and review.made_at <= self.replaced.made_at:
            return f"is older than edition {self.replaced.number}, which patients have read since"
        if self.not_before and review.made_at < self.not_before:
            return "was made before it was withdrawn as unsafe"
        if review.place != (self.edition.language, self.edition.beside):
            return "was given where it stood in another place"
        around = review.line.told().get("around")
        if around and self.edition.digest_of_around() not in around:
            return "was given before its sources, byline, publisher or sponsor were changed"
        return self._why_not_by_link(review) if review.is_by_link else self._why_not_by_account(review)

    def _why_not_by_account(self, review):
        account = review.line.by_account
        if account is None or account in self.publishers:
            return "is by who publishes it" if account else "has no account"
        if account in self.writers:
            return "is by somebody who also wrote this text"
        if not self.is_vouched(f"account/{account}", self.publishers | self.writers, account):
            return "is by an account that who wrote or publishes it set up or changed, and nobody else confirmed"
        return ""

    def _why_not_by_link(self, review):
        if review.listed is None:
            return "came by a link that was not mailed to a listed reviewer alone"
        if review.invited_by_account in self.publishers:
            return "came by a link that who publishes it made"
        listed = self.listed(review.listed)
        if listed and listed.casefold() in {mail.casefold() for mail in self.mails(self.publishers | self.writers)}:
            return "came by a link that was mailed to somebody who wrote or publishes it"
        if not self.is_vouched(f"reviewer/{review.listed}", self.publishers | self.writers):
            return "is by a listed reviewer whom who wrote or publishes it entered, and nobody else has confirmed"
        return ""

    # What it asks of the record; for many texts at once, publishing.record.owed.hurried asks otherwise.

    def mails(self, accounts):
        return list(get_user_model().objects.filter(pk__in=accounts).values_list("email", flat=True))

    def listed(self, pk):
        """The address of a listed reviewer; nothing where there is none any more."""
        return Reviewer.objects.filter(pk=pk).values_list("email", flat=True).first() or ""

    def is_vouched(self, *asked):
        return access.is_vouched(*asked)


def open_emergencies(editions, at, second=Second):
    """Of what patients could read of one text, oldest first: what was published in an emergency, and is still open.

    That is, no second person has called it fit since. A later small change does not end an emergency: nobody has
    looked at what it stands on. Who wrote any of it since the edition before, or asked by link for a review of what
    they published so, is no second person for it.
    """
    before, hurried = None, []
    for edition in editions:
        if edition.emergency_reason:
            hurried.append(edition)
        if hurried:
            publishers = set().union(*map(publishers_of, hurried))
            review = second(edition, replaced=before, publishers=publishers).review(at)
            if review and (not edition.emergency_reason or review.made_at >= edition.made_at):
                hurried = []
        if not hurried:
            before = edition
    return hurried
