"""By whose hand an act is done: a value, made where a request, a command or an answer by link comes in."""

from dataclasses import dataclass

LONGEST = 300  # a full name may be 301 letters long, which PostgreSQL would refuse


def name_of(user):
    """The name of a person in the record: the full name, else the user name."""
    return (user.get_full_name() or user.get_username())[:LONGEST]


@dataclass(frozen=True)
class Hand:
    """A person, a command, or a guest by link. Rules ask the hand; nothing asks what type it has."""

    name: str  # as the record keeps it for ever
    user: object = None  # the person's account
    invited_by: str = ""  # the name of who made a guest's link
    invited_by_account: int | None = None
    listed: int | None = None  # the listed reviewer to whom alone that link was mailed
    is_command: bool = False  # it cannot look at what could hurt, so it leaves every change of substance to a person

    @classmethod
    def of(cls, user):
        """A person with an account."""
        return cls(name_of(user), user)

    @classmethod
    def command(cls, name):
        return cls(name, is_command=True)

    @classmethod
    def guest(cls, link):
        """A clinician without an account, who answers by that link."""
        name = f"{link.invited} (by link from {link.made_by_name})"
        told = {"invited_by_account": link.made_by_id, "listed": link.listed_id}
        return cls(name[:LONGEST], invited_by=link.made_by_name, **told)

    @property
    def account(self):
        """The number of the person's account, or None."""
        return self.user and self.user.pk

    @property
    def is_guest(self):
        return bool(self.invited_by)

    @property
    def is_asked(self):
        """Whether it ticks each change that could hurt, and needs a second person for a change of substance."""
        return not self.is_command
