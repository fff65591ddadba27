"""Reviews: a named clinician's dated judgement on one exact text. It holds for that text alone."""

import datetime
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.models.chained.permanence import PermanentQuerySet, PermanentRow
from publishing.models.prepared import Among, prepared
from publishing.text import digest


class ReviewQuerySet(PermanentQuerySet):
    def holding(self, at):
        """Those of them that are fit."""
        return self.judging(at).filter(result=Review.Result.FIT)

    def judging(self, at):
        """Made and not revoked at that moment, whatever they say; newest first."""
        found = self.filter(made_at__lte=at).exclude(revoked_at__lte=at).order_by("-made_at")
        return found.defer("note", "made_by_name")  # written to the staff: pages for patients ask for judgements too

    def mark_revoked(self, at):
        return self.set_once(revoked_at=at)


class Review(PermanentRow):
    """A judgement on one exact text, in the place where it stood: its language, and the text that it follows.

    It names the format of the digest that it judges, so that a new format voids no review.
    """

    class Result(models.TextChoices):
        FIT = "fit", "Fit for patients as it stands"
        AFTER_CHANGES = "fit after changes", "Fit after changes"
        NOT_FIT = "not fit", "Not fit"

    class Kind(models.TextChoices):
        CLINICIAN = "clinician", "A clinician’s"
        TRANSLATOR = "translator", "A translator’s"
        LAY_READER = "lay reader", "A lay reader’s"

    PLACE = ("language", "beside")
    PROVEN = ("work_id", "digest_format", "text_digest", *PLACE, "kind", "result", "next_due_on", "overdue_at") + (
        ("made_at", "is_by_link", "invited_by_account", "listed", "is_machine", "words_digest")
    )
    WORDS = ("reviewer_name", "credential", "evidence", "invited_by_name")
    SET_ONCE = {"revoked_at": "NEW.revoked_at IS NOT NULL"}
    ERASABLE = ((*WORDS, "salt"), ("note",), ("made_by_name",))

    digest_format = models.PositiveSmallIntegerField(help_text="In which the text that is judged was digested.")
    text_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    beside = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CLINICIAN)
    reviewer_name = models.CharField(max_length=200, help_text="As patients will read it, for example “Dr Ravi Rao”.")
    credential = models.CharField(max_length=200, help_text="For example “haematologist”. Patients read it.")
    evidence = models.TextField("evidence looked at", blank=True)
    is_machine = models.BooleanField(default=False, help_text="A machine translated it; told of a translator’s check.")
    result = models.CharField(max_length=20, choices=Result)
    note = models.TextField(blank=True)
    next_due_on = models.DateField("next review due", null=True)
    # The moment the day after the due day begins: kept, so that another time zone of the clinic changes no record.
    overdue_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    made_by_name = models.CharField(max_length=300)
    is_by_link = models.BooleanField(default=False)
    invited_by_name = models.CharField(max_length=300, blank=True)
    invited_by_account = models.BigIntegerField(null=True)
    listed = models.BigIntegerField(null=True, help_text="The number of the listed reviewer the link was mailed to.")
    salt = models.CharField(max_length=32)
    words_digest = models.CharField(max_length=64)
    own_digest = models.CharField(max_length=64)
    line = models.OneToOneField("publishing.Line", models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()
    is_carried = False  # told of an edition with small changes of wording since

    class Meta:
        abstract = True
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="fit") | Q(next_due_on__isnull=False), name="%(app_label)s_%(class)s_due"
            )
        ]
        indexes = [
            models.Index(
                fields=["work", "text_digest", "digest_format", "made_at"]
                + ["kind", "revoked_at", "overdue_at", "next_due_on"],
                name="%(app_label)s_%(class)s_text",
            ),
            models.Index(fields=["overdue_at", "work"], name="%(app_label)s_%(class)s_coming"),
            models.Index(fields=["made_at", "work"], condition=~Q(result="fit"), name="%(app_label)s_%(class)s_unfit"),
        ]

    def __str__(self):
        return f"{self.get_result_display()}: {self.reviewer_name}, {self.credential}"

    def seal(self):
        """Fill in what follows from the rest: when it falls due, and the digests."""
        self.overdue_at = start_of(self.next_due_on + datetime.timedelta(days=1)) if self.next_due_on else None
        self.salt = secrets.token_hex(16)
        self.words_digest = self.digest_of_words()
        self.own_digest = self.digest()

    def digest_of_words(self):
        return digest([self.salt, *(getattr(self, name) for name in self.WORDS)])

    def digest(self):
        """What its line proves; its note and who made it stand in the line themselves."""
        return digest({name: getattr(self, name) for name in self.PROVEN})

    @property
    def place(self):
        """Where the text stood that it judges."""
        return tuple(getattr(self, name) for name in self.PLACE)

    @property
    def due_day(self):
        """The day on which it falls due, in words."""
        return f"{self.next_due_on:%d %B %Y}"

    def is_overdue(self, at):
        return self.overdue_at is not None and at >= self.overdue_at


def start_of(day):
    """The moment at which a day begins in the clinic's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), timezone.get_default_timezone())


class OlderDigest(models.Model):
    """The digest of an edition's text under another format than its own, in which somebody may have judged it.

    Made anew from the edition at any time, so nothing rests on it; asking it loads no text.
    """

    digest_format = models.PositiveSmallIntegerField()
    text_digest = models.CharField(max_length=64)

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "digest_format"], name="%(app_label)s_%(class)s_once")
        ]


def older_digests(editions):
    """The unsaved rows of OlderDigest that belong to editions of one kind."""
    model = type(editions[0])
    return [
        model.older_model()(edition=one, digest_format=other, text_digest=one.digest_of_text(other))
        for one in editions
        for other in model.DIGESTED
        if other != one.digest_format and model.older_model() and not one.redacted_at
    ]


def keep_older_digests(editions):
    """Keep what reviews under other formats ask of these editions of one kind; again wherever a format was added."""
    if rows := older_digests(editions):
        type(rows[0]).objects.bulk_create(rows, ignore_conflicts=True)


def texts_of(editions):
    """By edition (its place in the list), every (format, digest) under which somebody may have judged its text."""
    known = [{(one.digest_format, one.text_digest)} for one in editions]
    if editions and len(type(editions[0]).DIGESTED) > 1:
        kept = {}
        rows = type(editions[0]).older_model().objects.filter(edition__in=[one.pk for one in editions if one.pk])
        for edition, *text in rows.values_list("edition", "digest_format", "text_digest"):
            kept.setdefault(edition, set()).add(tuple(text))
        for texts, one in zip(known, editions, strict=True):
            others = {(row.digest_format, row.text_digest) for row in older_digests([one])} if not one.pk else set()
            texts |= others | kept.get(one.pk, set())
    return known


@prepared
def judgements_on(model, *, at, works, digests):
    found = model.objects.judging(at).filter(Among("work", works), Among("text_digest", digests))
    return found.order_by("made_at")


def judgements_of(editions, at):
    """The clinicians' judgements that stand on each edition's exact text at a moment, oldest first, in their order."""
    return [[one for one in some if one.kind == Review.Kind.CLINICIAN] for some in all_judgements_of(editions, at)]


def all_judgements_of(editions, at):
    """The same of every kind.

    A text is looked for by its digest and by the text that it is: another guide may say the same. One query for each
    kind.
    """
    found = {}
    for model in {type(edition) for edition in editions}:
        review_model = model._meta.get_field("work").related_model.review_model()
        mine = [(place, edition) for place, edition in enumerate(editions) if type(edition) is model]
        texts = texts_of([edition for _place, edition in mine])
        works, digests = [edition.work_id for _place, edition in mine], [text for all in texts for _format, text in all]
        held = {}
        for review in judgements_on(review_model, at=at, works=works, digests=digests) if works else ():
            held.setdefault((review.work_id, review.digest_format, review.text_digest), []).append(review)
        for (place, edition), own in zip(mine, texts, strict=True):
            judged = [one for text in own for one in held.get((edition.work_id, *text), ())]
            found[place] = sorted(judged, key=lambda one: one.made_at)
    return [found[place] for place in range(len(editions))]


def reviews_for(editions, at, kind=Review.Kind.CLINICIAN):
    """The review that holds for each edition's exact text, in the editions' order. One query for each kind of them.

    That is the newest judgement on it, if it is fit; else None. A clinician's, or that of another kind.
    """
    return [_holding(judged, kind) for judged in all_judgements_of(editions, at)]


def checks_of(editions, at):
    """(the same, what other kinds of check hold for the first text): what a page tells of its checks, in one query."""
    judged = all_judgements_of(editions, at)
    others = [_holding(judged[0], kind) for kind in Review.Kind if kind != Review.Kind.CLINICIAN]
    return [_holding(one, Review.Kind.CLINICIAN) for one in judged], [one for one in others if one]


def _holding(judged, kind):
    """The newest judgement of a kind, if it is fit; else None."""
    newest = next((one for one in reversed(judged) if one.kind == kind), None)
    return newest if newest and newest.result == Review.Result.FIT else None


@dataclass(frozen=True)
class Standing:
    """What patients are told of who checked the texts on a page, and whether that check is still in date.

    `review` is the one made longest ago, or None where any text lacks one; `next_due_on` the first day on which any
    text is due; `since` a review of a text from which small changes of wording have led to what is read.
    """

    review: Review | None
    next_due_on: datetime.date | None
    is_overdue: bool
    since: Review | None = None

    @classmethod
    def of(cls, reviews, at, *, told=None):
        """What the reviews of all texts on a page, None where one lacks any, say together at a moment.

        `told` are those that tell of small changes since for the page as a whole: all, or its first text's.
        """
        if None in reviews or not reviews:
            return cls.NOBODY
        first, oldest = min(reviews, key=lambda one: one.next_due_on), min(reviews, key=lambda one: one.made_at)
        carried = [one for one in (reviews if told is None else told) if one.is_carried]
        since = min(carried, key=lambda one: one.made_at, default=None)
        return cls(oldest, first.next_due_on, first.is_overdue(at), since)


Standing.NOBODY = Standing(None, None, False)
