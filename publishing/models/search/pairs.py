"""Word pairs that staff keep: what people type, and what guides say. Each is said by lines of the ledger.

A line names its pair by a digest of the two sides, so that what was said holds for exactly these words. A pair that was
taken away stays as a row that is not kept: so a pair of the starting list is switched off as well.
"""

import unicodedata
from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction

from publishing.models import erasing
from publishing.models.chained import ledger
from publishing.models.chained.ledger import Line
from publishing.models.prepared import Among
from publishing.models.search.unfound import Unfound
from publishing.refusals import Refused
from publishing.safety import medicines_in
from publishing.text import digest, seeking, visible

PAIRS = "pairs"  # how the ledger calls them
PAIRING = (Line.Verb.PAIR, Line.Verb.UNPAIR)
MOST_TOGETHER = 4  # words of one side that are looked for as one
LONGEST_SIDE = 60
MOST_PAIRS = 5000


class Unpairable(Refused):
    """Two sides that cannot be a pair; the message says why and what to do."""


class Sides(NamedTuple):
    """A pair as it is typed. Capitals make no difference."""

    word: str
    also: str
    language: str

    @classmethod
    def written(cls, word, also, language):
        """As they are kept: one blank between words, letters in one form."""
        word, also = (" ".join(unicodedata.normalize("NFC", visible(side)).split()) for side in (word, also))
        return cls(word, also, language.strip().lower())

    @property
    def key(self):
        return digest([self.word.casefold(), self.also.casefold(), self.language])[:40]

    def problem(self):
        """Why nobody can search by these sides, or nothing. Whether they name two medicines is asked apart."""
        if self.language not in dict(settings.LANGUAGES):
            return f"“{self.language}” is no language of this site. Write its short form, for example en or hi."
        for side in (self.word, self.also):
            if len(side) > LONGEST_SIDE:
                return f"“{side[:LONGEST_SIDE]}…” is too long: write at most {LONGEST_SIDE} letters."
            words = seeking.asked(side, self.language).words
            if not words:
                return f"“{side}” has no word that can be searched. Write a word for the illness, test or medicine."
            if len(words) > MOST_TOGETHER:
                return f"“{side}” has more than {MOST_TOGETHER} words. Write the ones that matter."
        if self.word.casefold() == self.also.casefold():
            return f"Both sides are “{self.word}”. A pair leads from what people type to other words."
        return ""

    def two_medicines(self):
        """The sentence about two names of medicines, or nothing where not both sides have one."""
        word, also = (medicines_in(side, self.language) for side in (self.word, self.also))
        if not (word and also) or word == also:
            return ""
        return (
            f"“{self.word}” and “{self.also}” both name a medicine, and who searches for one must not be led to "
            "another."
        )


class PairQuerySet(models.QuerySet):
    def kept(self):
        """Those by which patients search."""
        return self.filter(is_kept=True)

    def of(self, pairs):
        """The rows of these sides, by their keys."""
        return {one.key: one for one in self.filter(Among("key", [sides.key for sides in pairs]))}


class Pair(models.Model):
    """What people type, what guides say, and whether patients search by it, as its last line of the ledger says."""

    key = models.CharField(max_length=40, unique=True, editable=False)
    word = models.CharField("what people type", max_length=LONGEST_SIDE)
    also = models.CharField("what guides say", max_length=LONGEST_SIDE)
    language = models.CharField(max_length=10)
    is_kept = models.BooleanField()
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = "word pair"
        ordering = ["word", "also", "pk"]

    def __str__(self):
        return f"{self.word}, {self.also}"

    @property
    def sides(self):
        return Sides(self.word, self.also, self.language)


def pair_in_ledger(sides):
    return f"{PAIRS}/{sides.key}"


@transaction.atomic
def say_pairs(*, together=(), apart=(), by, medicines=""):
    """Keep pairs and take others away, each by a line of its own, all or none. Raises Refused.

    What is known of pairs of which both sides name a medicine: nothing, so they are refused; that both are "one" and
    the same, as a person says; or that they are "said" in a file, so that who searches is warned. The line keeps it.
    """
    at, told = ledger.lock(), []
    known = Pair.objects.of([*together, *apart])
    if Pair.objects.count() + len(together) > MOST_PAIRS:
        raise Unpairable(f"There is room for {MOST_PAIRS} word pairs. Take away what nobody needs.")
    for sides in apart:
        if sides.key in known and not known[sides.key].is_kept:
            raise Unpairable(f"“{sides.word}” and “{sides.also}” are no pair any more: somebody took it away.")
        told.append((Line.Verb.UNPAIR, sides, {}))
    for sides in together:
        if said := sides.problem() or (not medicines and sides.two_medicines()):
            raise Unpairable(said)
        if sides.key in known and known[sides.key].is_kept:
            raise Unpairable(f"“{sides.word}” and “{sides.also}” are a pair already.")
        told.append((Line.Verb.PAIR, sides, {"medicines": medicines} if sides.two_medicines() else {}))
    lines = [
        (ledger.line(verb, pair_in_ledger(sides), at=at, by=by, detail=sides._asdict() | more), {PAIRS}, None)
        for verb, sides, more in told
    ]
    ledger.append_all(lines)
    rows = [
        Pair(key=sides.key, is_kept=verb == Line.Verb.PAIR, line_id=line.seq, **sides._asdict())
        for (verb, sides, _more), (line, *_rest) in zip(told, lines, strict=True)
    ]
    Pair.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["word", "also", "is_kept", "line"]
    )
    Unfound.objects.filter(words__in=[sides.word.casefold() for sides in together]).delete()  # found from now on
    return len(rows)


class Parted(erasing.Way):
    says = "The pair is deleted and its words go from the line, so nobody finds anything by it any more."

    def erase(self, row, erasure):
        erasure.lines[row.line_id].add("detail")
        row.delete()


erasing.register(Pair, Parted("word", "also"))
