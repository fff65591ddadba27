"""Texts that follow another text: an answer its article, later a translation its original.

Each is checked against one edition of what it follows. When a later edition changes the substance, it is due until
somebody says that it is still right, changes it, or hides it.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from publishing.models import kinds
from publishing.models.chained import ledger
from publishing.models.chained.ledger import Line
from publishing.models.chained.permanence import PermanentRow
from publishing.models.works import acts
from publishing.refusals import Refused
from publishing.text import visible

HELD_BACK = "Held back: "


class Check(PermanentRow):
    """A person's word that a text is still right beside one edition of what it follows."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    made_by_name = models.CharField(max_length=300)
    line = models.OneToOneField("publishing.Line", models.PROTECT, related_name="+")

    ERASABLE = (("made_by_name",),)

    class Meta:
        abstract = True
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.work} checked against {self.against} by {self.made_by_name}"


class FollowingQuerySet(models.QuerySet):
    def due_for_check(self, at):
        """Those whose original has changed in substance, in force at that moment, since they were last checked.

        An edition that was cancelled, or is not yet in force, is nothing to be checked against; and a check speaks for
        the text that patients read when it was made, not for one that came later.
        """
        leading = self.model.FOLLOWS
        original_model = self.model._meta.get_field(leading).related_model.edition_model()
        live = self.model.edition_model().objects.live_of("pk", at)
        read = self.model.edition_model().objects.been_in_force(at).filter(work=OuterRef("pk"))
        beside = original_model.objects.been_in_force(at).filter(work=OuterRef(leading))
        newest = beside.filter(is_substance=True, is_notice=False)
        checks = self.model._meta.get_field("checks").related_model.objects.filter(
            work=OuterRef(OuterRef("pk")), made_at__gte=OuterRef(OuterRef("live_at"))
        )
        checked = beside.filter(Q(pk=OuterRef("live_against")) | Q(pk__in=checks.values("against")))
        # Asked first: most were published beside it, and then nothing else has to be looked for. (A key plus nothing,
        # so that an index of the original's few editions answers, and none of them is read.)
        against = beside.annotate(key=F("pk") + 0).filter(key=OuterRef("live_against"))
        return self.annotate(
            live_at=Subquery(live.values("in_force_at")[:1]),
            live_against=Subquery(read.values("checked_against")[:1]),
            newest_key=Subquery(newest.values("pk")[:1]),
            live_is_notice_now=Subquery(live.values("is_notice")[:1]),
            newest=Subquery(newest.values("number")[:1]),
            newest_at=Subquery(newest.values("in_force_at")[:1]),
            against=Coalesce(Subquery(against.values("number")[:1]), Value(0)),
            checked=Coalesce(Subquery(checked.order_by("-number").values("number")[:1]), Value(0)),
        ).filter(
            # Of most texts these two, which an index holds, say enough.
            ~Q(newest_key=Coalesce(F("live_against"), Value(0))),
            Q(newest__gt=F("against")),
            live_is_notice_now=False,
            newest__gt=F("checked"),
        )


class Following(models.Model):
    """Mixed into a working copy that follows another text: `FOLLOWS` names the key to it, here and in its editions.

    Its editions hold in `checked_against` the edition of the other text that they were published beside.
    """

    DECISIONS = [
        ("change", "It has to be changed: keep it on the list"),
        ("still right", "It is still right"),
        ("hide", "Hide it from patients now"),
    ]

    class Meta:
        abstract = True

    def original_edition(self, now, at, made):
        """The edition of the original that this text stands beside when it comes into force.

        `made` are the editions, by text, that the same act has made.
        """
        original = getattr(self, self.FOLLOWS)
        if original is None:
            return None
        edition = made.get(original) or original.live(at or now) or original.waiting(now)
        return None if edition is None or edition.is_notice else edition

    @transaction.atomic
    def decide(self, decision, *, against, by, note):
        """What a person decided about this text when its original changed to the edition `against`."""
        if decision == "hide":
            at = against.in_force_at if against.in_force_at > against.made_at else None
            self.withdraw(by=by, note=note, reason="out of date", at=at)
        elif decision == "still right":
            self._check(against, by, note)

    def changed_beside(self, at):
        """(edition of the original it was last checked against or None, the newest of substance); None if not due."""
        due = type(self).objects.due_for_check(at).filter(pk=self.pk).first()
        if due is None:
            return None
        editions = getattr(self, self.FOLLOWS).editions
        return editions.filter(number=due.checked).first(), editions.get(number=due.newest)

    @transaction.atomic
    def confirm(self, *, by, note):
        """Say that this text is still right beside its original as patients read it now. Raises Refused."""
        now = acts.begin({self: note})
        if not type(self).objects.due_for_check(now).filter(pk=self.pk).exists():
            raise Refused("Nothing about it is due: it was already checked against what patients read now.")
        original = getattr(self, self.FOLLOWS)
        newest = original.editions.been_in_force(now).filter(is_substance=True, is_notice=False).first()
        self._check(newest, by, note)

    def _check(self, against, by, note):
        now = ledger.lock()
        beside = {"beside": against.work.name, "number": against.number}
        line = ledger.line(Line.Verb.CHECK, self.name, at=now, by=by, note=visible(note), **beside)
        Line.take_numbers([line])
        made = {"made_at": now, "made_by": by.user, "made_by_name": by.name}
        self.checks.create(work=self, against=against, line_id=line.seq, **made)
        ledger.append_all([(line, {self.name}, None)])


def hold_back(work, moment, *, now, by, why, because_of=""):
    """Cancel what waits of a text, and what was to come into force at the same moment of the texts that follow it."""
    acts.cancel_waiting(work, now, by, f"{HELD_BACK}{because_of}{why}")
    # By its name in the ledger: the law may have a title erased, which could not be erased from there.
    because_of = f"it was to come into force together with {work.name}, which is held back: "
    for model, key in kinds.following(type(work)):
        together = model.edition_model().objects.waiting(now).filter(in_force_at=moment, **{key: work})
        for edition in together.select_related("work"):
            hold_back(edition.work, moment, now=now, by=by, why=why, because_of=because_of)
