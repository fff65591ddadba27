"""What differs between two editions of a text, as somebody with a printed guide is told it.

Neither of the two ever changes, so what was found can be kept; it goes where one of them is erased.
"""

import re
from dataclasses import asdict, dataclass

from publishing import safety
from publishing.models import Among, prepared
from publishing.text import Piece, bare, pieces, plain, shortened

PLACED = re.compile(r"^\(at: ([^,()]*)[^()]*\) ")  # where a step happens, as staff write it


@prepared
def whole_of(model, *, keys):
    """Editions with all that a sheet says of them."""
    return model.objects.filter(Among("pk", keys)).order_by().defer("folded")


@prepared
def been_editions(model, *, at, work):
    """What patients have read of a text up to a moment, the newest first, without its words."""
    return model.objects.been_in_force(at).filter(work=work).only("work", "is_notice", "redacted_at")


@dataclass(frozen=True)
class Compared:
    """A text of a sheet beside the same as it is now."""

    language: str
    title: str
    is_changed: bool  # in a word that a sheet prints
    pieces: list  # what differs between their words
    dangers: list  # (as it was, as it is) of each sentence that changed in a way that can hurt

    def written(self):
        """The same as plain values."""
        return asdict(self)

    @classmethod
    def read(cls, written):
        told = [Piece(**one) for one in written["pieces"]], [tuple(pair) for pair in written["dangers"]]
        return cls(**written | dict(zip(("pieces", "dangers"), told, strict=True)))


def compared(before, after):
    """Both whole; None where the text was not there, or is not any more."""
    was, now = words_of(before), words_of(after)
    newer = after or before
    told = {"language": newer.language, "title": title_of(newer), "is_changed": was != now}
    if was == now:
        return Compared(**told, pieces=[], dangers=[])
    return Compared(**told, pieces=shortened(pieces(was, now)), dangers=_dangers(before, after))


def _dangers(before, after):
    if not (before and after):
        return []
    found = safety.find(_marked_up(before), _marked_up(after), language=after.language)
    return [_read_by_patients(bare(one.before), bare(one.after)) for one in found]


def title_of(edition):
    """The words by which patients know a text."""
    names = edition.DIGESTED[edition.digest_format]["text"]
    return next((str(said) for name in names if (said := getattr(edition, name))), "")


def words_of(edition):
    """All that a sheet says of a text, as plain words, a line for each block."""
    if edition is None:
        return ""
    body = edition._meta.get_field("work").related_model.BODY
    names = edition.PRINTED or edition.DIGESTED[edition.digest_format]["text"]
    texts = [plain(edition.html) if name == body else str(getattr(edition, name) or "") for name in names]
    return "\n".join(text for text in texts if text)


def _read_by_patients(before, after):
    """Both without our sign of where a step happens; the place itself is told where it changed."""
    was, now = PLACED.match(before), PLACED.match(after)
    is_same = bool(was and now and was[1] == now[1])
    return tuple(PLACED.sub("" if is_same else r"\1: ", one) for one in (before, after))


def _marked_up(edition):
    """The same as it was written."""
    return words_of(edition) if edition.PRINTED else edition.text()
