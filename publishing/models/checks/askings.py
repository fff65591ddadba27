"""Askings: somebody is asked to check one exact text by a day. What became of it is computed from the record."""

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from publishing.models import kinds
from publishing.models.checks.asked import Reviewer, ReviewLink
from publishing.models.checks.reviews import Review
from publishing.models.frozen.savings import Saving
from publishing.models.prepared import Among, prepared


class AskingQuerySet(models.QuerySet):
    def of(self, works):
        """Those about any of these texts."""
        return self.filter(Among("work", [work.name for work in works]))

    def of_account(self, user):
        """Those that ask this person."""
        return self.filter(account=user.pk)

    def standing(self, at):
        """Made, and not taken back at that moment; answered or not."""
        return self.filter(asked_at__lte=at).exclude(taken_back_at__lte=at)

    def open(self, at):
        """Those that still wait for their answer at that moment, what is needed first before the rest."""
        return self.with_answered(at).standing(at).filter(was_answered=False).order_by("until_on", "asked_at")

    def late(self, at):
        """Those whose day has passed."""
        return self.filter(until_on__lt=timezone.localdate(at))

    def with_answered(self, at):
        """Each with `was_answered`: whether the person who was asked has judged the text, whatever it said, since."""
        answered = Q(Exists(ReviewLink.objects.filter(asking=OuterRef("pk"), answered_at__lte=at)))
        marked = self
        for model in kinds.reviewed():
            called, prefix = f"_{model._meta.model_name}", f"{model.LEDGER_NAME}/"
            number = Cast(Substr("work", len(prefix) + 1), BigIntegerField())
            marked = marked.annotate(**{called: Case(When(work__startswith=prefix, then=number))})
            mine = Q(made_by=OuterRef("account")) | Q(is_by_link=True, listed=OuterRef("listed"))
            since = {"made_at__gte": OuterRef("asked_at"), "made_at__lte": at, "kind": OuterRef("kind")}
            answered |= Q(Exists(model.review_model().objects.filter(mine, work=OuterRef(called), **since)))
        return marked.annotate(was_answered=Case(When(answered, then=True), default=False))

    def with_now(self):
        """Each with `now_digest`, the digest of its text as it was last saved; no text is read."""
        saved = Saving.objects.filter(work=OuterRef("work")).order_by("-saved_at", "-pk")
        return self.annotate(now_digest=Subquery(saved.values("text_digest")[:1]))

    def overtaken(self):
        """Those whose text was saved with other words since."""
        return self.with_now().exclude(now_digest=F("text_digest")).exclude(now_digest=None)


class Asking(models.Model):
    """One person is asked to check one exact text, with a day by which.

    A colleague with an account finds it on the desk; who has none answers by a link, which leads here.
    """

    work = models.CharField(max_length=60, db_index=True)
    digest_format = models.PositiveSmallIntegerField()
    text_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Review.Kind, default=Review.Kind.CLINICIAN)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="askings")
    listed = models.ForeignKey(Reviewer, models.SET_NULL, null=True, related_name="askings")
    asked_name = models.CharField("who is asked", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("who asks", max_length=300)
    asked_at = models.DateTimeField()
    until_on = models.DateField("by which day")
    note = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = AskingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at"]

    def __str__(self):
        return f"{self.asked_name}, by {self.until_on:%d %B %Y}"

    @classmethod
    def ask(cls, work, *, asked_name, by, until_on, at, kind=Review.Kind.CLINICIAN, account=None, listed=None, note=""):
        """Ask for a check of the working copy's text as it is now; return the asking, which is kept."""
        text = work.unrendered()
        whom = {"account": account, "listed": listed, "asked_name": asked_name}
        about = {"work": work.name, "digest_format": text.digest_format, "text_digest": text.text_digest, "kind": kind}
        told = {"by": by.user, "by_name": by.name, "asked_at": at, "until_on": until_on, "note": note}
        return cls.objects.create(**about, **whom, **told)

    def is_late(self, at):
        return self.until_on < timezone.localdate(at)

    def take_back(self, *, at):
        """End it, and every link by which it could be answered."""
        type(self).objects.filter(pk=self.pk, taken_back_at=None).update(taken_back_at=at)
        self.links.filter(revoked_at=None, answered_at=None).update(revoked_at=at)


def askings_open(works, at):
    """The askings that wait for an answer, by the ledger's name of the text."""
    found, openly_asked = {}, openly(at, [work.name for work in works])
    for one in openly_asked.with_now().select_related("account") if openly_asked is not None else ():
        found.setdefault(one.work, []).append(one)
    return found


def openly(at, names=None):
    """The askings that are open at a moment, about these texts or all; None where nobody was ever asked."""
    rows = asked.rows(at=at) if names is None else asked_about.rows(at=at, works=names)
    if not rows:
        return None
    found = Asking.objects.open(at)
    return found if names is None else found.filter(Among("work", names))


@prepared
def asked(*, at):
    return Asking.objects.standing(at).order_by().values_list("pk")[:1]


@prepared
def asked_about(*, at, works):
    return Asking.objects.standing(at).filter(Among("work", works)).order_by().values_list("pk")[:1]
