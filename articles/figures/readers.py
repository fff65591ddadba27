"""What readers said of a guide, edition by edition, for staff: figures, how sure they are, and a drawing."""

from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from articles.figures.weeks import reads_of
from articles.models import Article, ArticleEdition, Heard, Voice
from publishing.models import Among, Hand
from publishing.record import erasure
from publishing.staff import WrittenForm, at_said, called, led_on, row, sent

NEW = timedelta(days=14)  # how long the desk tells of what a reader wrote
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
    shown |= {"reads": reads, "may_erase": desk.may(request, "redact")}
    shown |= {"voices": Voice.objects.about(work)[:200], "days": settings.VOICE_DAYS}
    return desk.page(request, "readers.html", work, title=f"What readers say: {work}", **shown)


class EraseForm(WrittenForm):
    """Why what a reader wrote is erased: it cannot be undone."""

    reason = forms.CharField(
        label="Why it is erased",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: it names somebody. This stays in the access record, so do not repeat what is erased.",
    )
    is_sure = forms.BooleanField(label="Erase it for ever: this cannot be undone")


def erase_page(desk, request, work, voice):
    """What one reader wrote goes, from the disk too, before its time; a line of the access record tells it."""
    if not desk.may(request, "redact"):
        raise PermissionDenied
    one = get_object_or_404(Voice.objects.about(work), pk=voice)
    form = EraseForm(request.POST or None)

    def done():
        told = {"reason": form.cleaned_data["reason"], "subject": work.name}
        erasure.erase_row(one, by=Hand.of(request.user), **told)
        said = "What the reader wrote is erased."
        if not erasure.scrub():
            said += f" {erasure.STILL_HELD}"
        return led_on(request, said, reverse(f"admin:{called(type(work), 'readers')}", args=[work.pk]))

    shown = {"form": form, "voice": one, "title": f"Erase what a reader wrote: {work}"}
    return sent(request, form, done) or desk.page(request, "erase_voice.html", work, **shown)


def written_to(desk):
    """The guides of this person of which readers wrote lately, as rows of the desk."""
    new = Voice.objects.filter(made_at__gt=desk.at - NEW)
    # In two steps: where few ever wrote, a database begins at the editions, which are many.
    editions = set(new.order_by().values_list("edition", flat=True))
    works = set(ArticleEdition.objects.filter(Among("pk", sorted(editions))).values_list("work", flat=True))
    mine = list(desk.mine(Article).filter(Among("pk", sorted(works))).values_list("pk", flat=True)) if works else []
    if not mine:
        return
    new = new.filter(Among("edition__work", mine))
    told = new.values("edition__work", "edition__work__title").annotate(last=Max("made_at"), count=Count("pk"))
    for one in told.order_by("-last"):
        said = f"{one['count']} of them, the newest {at_said(one['last'], desk)}."
        title, pk = one["edition__work__title"], one["edition__work"]
        yield row(Article, pk, "asked", "A reader wrote", title, said, "Read it", "readers")
