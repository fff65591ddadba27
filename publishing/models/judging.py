"""What stands between an edition and its publication."""

from functools import cached_property

from publishing.models import ledger
from publishing.models.comparing import Comparison
from publishing.models.editions import Edition
from publishing.models.frame import Frame


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
        publishers = publishers_of(self.edition) | ({ledger.name_of(self.by)} if self.by else set())
        return self.work.second_person(
            self.edition, self.at, since=self.last, not_before=self.unsafe_since, publishers=publishers
        )

    def falls_due_before(self, moment):
        """The review that is overdue by then, or None: the second person's, or the newest, which patients read of."""
        newest = self.work.review_of(self.edition, self.at)
        return next((one for one in (self.review, newest) if one and one.is_overdue(moment)), None)

    @cached_property
    def needs_two_people(self):
        return Frame.around(self.at).needs_two_people

    @property
    def lacks_review(self):
        return self.review is None and self.needs_two_people


def publishers_of(edition):
    """The names of who made an edition: as it was then, and as it is now. None for one that is not made yet."""
    return {edition.made_by_name, edition.made_by and ledger.name_of(edition.made_by)} - {"", None}
