"""What readers said of a guide, edition by edition, for staff: figures, how sure they are, and a drawing."""

from dataclasses import dataclass
from math import sqrt

from django.utils import timezone

from articles.models import Heard
from articles.weeks import reads_of

FEW = 30  # answers: below this a share says nothing
WIDE = 320  # of the drawing, for 100 per cent


@dataclass
class Edition:
    """One edition, and what was said of it."""

    edition: object
    counts: dict

    @property
    def answers(self):
        return sum(self.counts.get(said, 0) for said in Heard.HELPED)

    @property
    def is_few(self):
        return self.answers < FEW

    @property
    def helped(self):
        """The share whom it helped, in whole per cent, with the ends of its interval of 95 per cent (Wilson)."""
        return tuple(round(100 * one) for one in wilson(self.counts.get(Heard.Said.YES, 0), self.answers))

    @property
    def bar(self):
        """The same as places in the drawing."""
        share, low, high = self.helped
        return {"share": share * WIDE // 100, "low": low * WIDE // 100, "width": (high - low) * WIDE // 100}

    @property
    def told(self):
        return [(said.label, self.counts.get(said, 0)) for said in Heard.Said]


def wilson(hits, total, z=1.96):
    """(share, low end, high end) of hits among so many, from 0 to 1; all of it where there are none."""
    if not total:
        return 0.0, 0.0, 1.0
    share, square = hits / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return share, max(middle - half, 0.0), min(middle + half, 1.0)


def readers_page(desk, request, work):
    """The page of the desk."""
    editions = list(work.editions.order_by("-number").filter(is_notice=False, cancelled_at=None).for_lists()[:20])
    heard = Heard.of([one.pk for one in editions])
    told = [Edition(one, heard.get(one.pk, {})) for one in editions]
    columns = [said.label for said in Heard.Said]
    shown = {"told": told, "columns": columns, "few": FEW, "wide": WIDE, "height": 34 * len(told) + 10}
    reads = reads_of(work, editions, timezone.localdate())
    shown["reads"] = reads
    return desk.page(request, "readers.html", work, title=f"What readers say: {work}", **shown)
