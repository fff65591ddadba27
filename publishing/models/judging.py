"""What stands between an edition and its publication, and who is the second person for it."""

from functools import cached_property

from publishing.models import kinds
from publishing.models.comparing import Comparison
from publishing.models.editions import Edition
from publishing.models.hand import name_of
from publishing.models.reviews import Review, judgements_of, reviews_for
from publishing.models.savings import Saving
from publishing.refusals import Unreviewed
from publishing.text import visible


class Judgement(Comparison):
    """What stands between an edition and its publication. What costs a query is asked for once, when it is needed."""

    @cached_property
    def unsafe_since(self):
        """The moment since which patients find this withdrawn as unsafe, or None."""
        return self.live.in_force_at if self.live and self.live.notice_reason == Edition.Reason.UNSAFE else None

    @property
    def is_substance(self):
        """A new text, a dangerous change, another place, or one that comes back after it was called unsafe."""
        return (
            self.last is None
            or bool(self.dangers)
            or any(getattr(self.last, name) != getattr(self.edition, name) for name in self.work.PLACED_BY)
            or self.unsafe_since is not None
        )

    @cached_property
    def review(self):
        """The second person's, or None. A link does not count for who publishes, or made, the edition."""
        publishers = publishers_of(self.edition) | ({self.by.name} if self.by else set())
        return second_person(
            self.edition, self.at, since=self.last, not_before=self.unsafe_since, publishers=publishers
        )

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
        told = super().admit(ticks=ticks)
        if self.by.is_asked and self.edition.is_substance and self.needs_two_people:
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


def publishers_of(edition):
    """The names of who made an edition: as it was then, and as it is now. None for one that is not made yet."""
    return {edition.made_by_name, edition.made_by and name_of(edition.made_by)} - {"", None}


def second_person(edition, at, *, since, not_before=None, publishers=frozenset()):
    """The fit review of exactly this text by somebody who saved nothing in it since that edition, or None.

    One by link does not count for the publisher (by name) who made the link: that would be one person alone.
    """
    work = edition.work
    if reviews_for([edition], at)[0] is None:
        return None
    savings = Saving.objects.filter(work=work.name)
    if since is not None:
        savings = savings.filter(saved_at__gt=since.made_at)
    people, names = set(), set()
    for person, name in savings.values_list("account", "saved_by_name"):
        people.add(person)
        names.add(name.casefold())
    for one in reversed(judgements_of([edition], at)[0]):
        if one.result != Review.Result.FIT:
            continue
        wrote_it = one.made_by_id in people if one.made_by_id else one.reviewer_name.casefold() in names
        is_own = one.is_by_link and one.invited_by_name in publishers
        if not (wrote_it or is_own or (not_before and one.made_at < not_before)):
            return one
    return None


def open_emergencies(work, at):
    """The editions published in an emergency that no second person has called fit since, oldest first.

    A later small change does not end an emergency: nobody has looked at what it stands on. Who wrote any of it
    since the edition before, or asked by link for a review of what they published so, is no second person for it.
    """
    before, hurried = None, []
    for edition in work.editions.been_in_force(at).readable().order_by("in_force_at").defer("html", "folded"):
        if edition.emergency_reason:
            hurried.append(edition)
        if hurried:
            publishers = set().union(*map(publishers_of, hurried))
            review = second_person(edition, at, since=before, publishers=publishers)
            if review and (not edition.emergency_reason or review.made_at >= edition.made_at):
                hurried = []
        if not hurried:
            before = edition
    return hurried
