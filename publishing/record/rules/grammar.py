"""The grammar of acts: which act is possible when, told from the skeletons of the ledger's lines alone.

A chain of impossible acts is a forgery, however well it is hashed. This table is written once: the database's triggers
are made from it, verify_ledger reads it, and this very file goes along with a file for a complaint. So it imports
nothing of the house, and compares moments as they come: as such, or as text in UTC.
"""

from dataclasses import dataclass, field

# What must be so, of the text as it stands when the line is written.
CONDITIONS = {
    "next": "its number is one more than that of the edition before it",
    "no number": "it names no edition",
    "nothing waits": "nothing of the text waits any more",
    "at once": "it is in force from its own moment on",
    "later": "it is in force from a later moment on",
    "not before": "it is in force from no earlier moment on than its own",
    "after live": "it is in force after what patients read then",
    "read": "patients read an edition then, and no notice",
    "waits": "the edition waits then",
    "over": "the edition was made, and neither is it read then nor does it wait",
    "not erased": "the edition was not erased before",
    "stands": "the line it names is a review of this text that was not revoked before",
    "made beside": "the text beside had an edition of that number",
    "ends later": "it names no edition, and ends, if it does, at a later moment",
    "earlier": "the line it names is an earlier one",
    "opened": "the edition was opened before, and not closed since",
    "otherwise": "what it says of the pair was not the last that was said of it",
}
EDITION, REVIEW, CHECK = "edition", "review", "check"


@dataclass(frozen=True)
class Act:
    """One row of the table: what must be so before, and what the act writes.

    Either it makes a row, which its line proves, or it sets the moment `sets` of a row that another line made.
    """

    before: tuple[str, ...]
    makes: str = ""
    sets: str = ""


MAKING = ("next", "nothing waits", "after live")
GRAMMAR = {
    # act: what must be so before it; what it writes
    "publish": Act((*MAKING, "at once"), makes=EDITION),
    "schedule": Act((*MAKING, "later"), makes=EDITION),
    "withdraw": Act((*MAKING, "not before", "read"), makes=EDITION),
    "cancel": Act(("waits",), sets="cancelled_at"),
    "redact": Act(("over", "not erased"), sets="redacted_at"),
    "review": Act(("no number",), makes=REVIEW),
    "revoke": Act(("stands",), sets="revoked_at"),
    "check": Act(("made beside",), makes=CHECK),
    "forget": Act(("earlier",)),
    "open": Act(("over", "not erased")),
    "close": Act(("opened",)),
    "nobody": Act(("no number",)),
    "consent": Act(("ends later",)),
    "retract": Act(("no number",)),
    "pair": Act(("no number", "otherwise")),
    "unpair": Act(("no number", "otherwise")),
}
# Which acts there are on a kind of text
EDITED = frozenset({"publish", "schedule", "withdraw", "cancel", "redact", "forget"})
REVIEWED = EDITED | {"review", "revoke"}
FOLLOWING = REVIEWED | {"check"}
# On a guide, of which patients read old editions too: an old one that was closed is opened, and closed again.
GUIDES = REVIEWED | {"open", "close"}
# And on a picture: who can be known in it. Of a consent, the moment from which a line is in force is when it ends.
PICTURED = frozenset({"nobody", "consent", "retract", "forget"})
# And on a pair of words by which patients search
PAIRED = frozenset({"pair", "unpair", "forget"})


@dataclass(slots=True)
class Text:
    """What a text has come to, as far as the lines were read. An edition is (number, in force from, is a notice)."""

    made: int = 0
    live: tuple | None = None
    waits: tuple | None = None
    # Few each: a tuple takes a quarter of the memory of a set, and there is one for each text of the record.
    erased: tuple = ()
    opened: tuple = ()
    reviews: tuple = ()  # the lines of those that stand
    consent: tuple | None = None  # of a picture: what was last said, and when that ends
    said: str = ""  # of a pair: what was last said

    def settle(self, at):
        """What waited until then is live."""
        if self.waits and self.waits[1] <= at:
            self.live, self.waits = self.waits, None


@dataclass
class Story:
    """Reads lines in their order; `kinds` tells by the first part of a text's name which acts there are on it."""

    kinds: dict
    texts: dict = field(default_factory=dict)
    last: object = None  # the moment of the last line

    def text(self, name, at):
        """How a text stands at a moment not before the last line."""
        text = self.texts.get(name) or Text()
        text.settle(at)
        return text

    def faults(self, line):
        """What about this line is impossible, as sentences; then the line is taken as it is.

        A line has seq, at, verb, work, beside, number, in_force_at.
        """
        said = []
        if self.last is not None and line.at < self.last:
            said.append("it is dated before the line before it")
        self.last = line.at
        if line.verb not in self.kinds.get(line.work.partition("/")[0], ()):
            return [*said, f"there is no act “{line.verb}” on {line.work}"]
        text = self.texts.setdefault(line.work, Text())
        text.settle(line.at)
        for name in GRAMMAR[line.verb].before:
            if not self._is_so(name, line, text):
                said.append(f"its act was impossible: it is not so that {CONDITIONS[name]}")
        self._take(line, text)
        return said

    def _is_so(self, name, line, text):
        number = line.number
        match name:
            case "next":
                return number == text.made + 1
            case "no number":
                return number is None and line.in_force_at is None
            case "nothing waits":
                return text.waits is None
            case "at once":
                return line.in_force_at == line.at
            case "later":
                return line.in_force_at is not None and line.in_force_at > line.at
            case "not before":
                return line.in_force_at is not None and line.in_force_at >= line.at
            case "after live":
                return text.live is None or (line.in_force_at is not None and line.in_force_at > text.live[1])
            case "read":
                return text.live is not None and not text.live[2]
            case "waits":
                return text.waits is not None and text.waits[0] == number and line.in_force_at is None
            case "over":
                named = {one[0] for one in (text.live, text.waits) if one}
                return number is not None and 0 < number <= text.made and number not in named
            case "not erased":
                return number not in text.erased
            case "opened":
                return number in text.opened
            case "stands":
                return number in text.reviews
            case "made beside":
                beside = self.texts.get(line.beside)
                return beside is not None and number is not None and 0 < number <= beside.made
            case "ends later":
                return number is None and (line.in_force_at is None or line.in_force_at > line.at)
            case "otherwise":
                return text.said != line.verb
            case "earlier":
                return number is not None and 0 < number < line.seq
        raise LookupError(name)

    @staticmethod
    def _take(line, text):
        act = GRAMMAR[line.verb]
        if act.makes == EDITION:
            edition = (line.number, line.in_force_at, line.verb == "withdraw")
            text.made = line.number or text.made
            if line.in_force_at is not None and line.in_force_at <= line.at:
                text.live, text.waits = edition, None
            else:
                text.waits = edition
        elif act.makes == REVIEW:
            text.reviews = (*text.reviews, line.seq)
        elif line.verb in ("nobody", "consent", "retract"):
            text.consent = (line.verb, line.in_force_at)
        elif line.verb in ("pair", "unpair"):
            text.said = line.verb
        elif line.verb == "cancel":
            text.waits = None
        elif line.verb == "redact":
            text.erased = (*text.erased, line.number)
        elif line.verb == "open":
            text.opened = (*text.opened, line.number)
        elif line.verb == "close":
            text.opened = tuple(one for one in text.opened if one != line.number)
        elif line.verb == "revoke":
            text.reviews = tuple(one for one in text.reviews if one != line.number)
