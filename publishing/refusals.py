"""What the press refuses. Each message is a sentence for the person who asked."""


class Refused(Exception):
    """An act that cannot be done as asked; the message says why and what to do."""


class Permanent(Exception):
    """Somebody tried to change or delete what is kept for ever."""


class ClockBehind(Refused):
    """This machine's clock is far behind the last act."""


class MomentPassed(Refused):
    """The moment asked for is not in the future."""


class NothingToPublish(Refused):
    """Patients already read exactly this text, or will at the moment asked for."""


class NothingWaiting(Refused):
    """There is nothing to cancel."""


class NotLive(Refused):
    """Only what patients can read can be withdrawn."""


class AddressTaken(Refused):
    """Another text answers at this address."""


class Changed(Refused):
    """Somebody saved the working copy after it was read."""


class NoteMissing(Refused):
    """Each act needs a change note."""


class Unreviewed(Refused):
    """A change of substance that no second person has reviewed."""


class NotTicked(Refused):
    """A dangerous change that the publisher has not ticked."""


class Faulty(Refused):
    """Something in it must be fixed before anybody may publish it."""


class NotAdded(Refused):
    """Something is missing in it, and nobody has said why it goes out without."""


class NeedsPerson(Refused):
    """A command may not publish this."""


class Unfit(Refused):
    """The working copy cannot be published as it is."""
