"""What became of each file that was brought in."""

import datetime
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

from publishing.models import Hand

BY = Hand.command("import")


class Way(NamedTuple):
    """How a run takes files in."""

    at: datetime.datetime
    publish: bool = False
    names: frozenset = frozenset()
    is_renamed: bool = False
    by: Hand = BY


@dataclass
class Outcome:
    """What became of one file: a word for it, and what a person should know."""

    file: str
    result: str
    messages: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)  # what would make it better, and holds nothing back
    needs_a_person: bool = False
    keys: list[str] = field(default_factory=list)  # of its front matter, that have no place here

    def leave(self, message):
        """Something is left for a person to do."""
        self.messages.append(message)
        self.needs_a_person = True

    def __str__(self):
        return "\n".join(
            [f"{self.file}: {self.result}", *(f"  {message}" for message in (*self.messages, *self.advice))]
        )

    def told(self):
        """The same for machines."""
        return asdict(self)
