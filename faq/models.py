"""Entries: one question with its answer, of an article or general, and the editions of them that patients read."""

from django.db import models
from django.db.models import Q

from articles.models import (
    TRANSLATED,
    Article,
    ArticleEdition,
    BesideOriginal,
    Topic,
    TranslatedEdition,
    validate_length,
)
from publishing.models import (
    JUDGED,
    LISTED,
    UNDESCRIBED,
    Addressed,
    Check,
    Edition,
    EditionQuerySet,
    Following,
    FollowingQuerySet,
    OlderDigest,
    Owed,
    Review,
    ReviewedCopy,
    kinds,
)
from publishing.refusals import Unfit


class EntryContent(Addressed):
    """The fields of a question that patients read."""

    FOLDER = "faq"

    question = models.CharField(max_length=300)
    answer = models.TextField(blank=True, validators=[validate_length])
    # Not indexed by itself: pages ask by an index of what they show.
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, db_index=False)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, help_text="Groups general questions on the questions page."
    )
    place = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first.")
    # Of a question of a translation: that of the original which it tells, and the edition of it that was translated
    original = models.ForeignKey(
        "faq.Entry", models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_index=False
    )
    translated = models.ForeignKey(
        "faq.EntryEdition", models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


@kinds.register
class Entry(BesideOriginal, Following, ReviewedCopy, EntryContent):
    """One question, for ever. Its own fields are the working copy."""

    LEDGER_NAME = "faq"
    BODY = "answer"
    HEADINGS_FROM = 4
    FOLLOWS = "article"
    TAKES_QUESTIONS = IS_EXPLAINED = True
    PLACED_BY = ("language", "article_id")

    # An article that was never published goes with its questions; the editions of either protect both.
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, help_text="Empty for a general question."
    )
    # One that was never published goes with the question that it tells, as it goes with its guide.
    original = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="translations", db_index=False
    )
    # Last, so that nothing else of a row lies behind it
    folded = models.TextField(editable=False, blank=True)

    class Meta(ReviewedCopy.Meta):
        ordering = ["place", "pk"]
        indexes = [
            models.Index(fields=["place", "id"], name="faq_entry_place"),
            models.Index(fields=["translated"], condition=TRANSLATED, name="faq_entry_translated"),
            models.Index(
                fields=["changed_at", "id", "text_digest", "content_digest", "language", "topic", "article"],
                name="faq_entry_changed",
            ),
        ]
        verbose_name = "question"
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="faq_entry_address",
                violation_error_message="Another question in this language has this address. Choose another one.",
            ),
            models.UniqueConstraint(
                fields=["original", "language"],
                name="faq_entry_translation",
                violation_error_message="There is a translation of that question into this language already.",
            ),
        ]

    objects = FollowingQuerySet.as_manager()

    def __str__(self):
        return self.question

    @property
    def owner(self):
        return self.article.owner if self.article else None

    def stand_by(self, at):
        """It tells a question of the guide that its own guide translates, and no other."""
        told = self.article.original_id if self.article else None
        if self.original_id and (told is None or self.original.article_id != told):
            self.original = None
        super().stand_by(at)

    def refuse_unfit(self, edition):
        if not edition.html.strip():
            raise Unfit(f"The question “{self.question}” has no answer. Write it before you publish.")
        if UNDESCRIBED in edition.html:
            raise Unfit(f"A picture in the answer to “{self.question}” has no words yet. Say what it shows.")


class EntryEditionQuerySet(EditionQuerySet):
    def for_lists(self):
        """Without the Markdown, which no list shows."""
        return self.defer("answer")

    def in_place(self):
        return self.order_by("place", "work_id")


class EntryEdition(TranslatedEdition, Edition, EntryContent):
    NOTICE_KEEPS = ("language", "slug", "question", "article_id", "topic_id", "place", "original_id")
    SEARCHED = ("question",)
    CHECKED = ("question", "answer")
    FRAMED = {"slug": "the address", "topic": "the topic"}
    PLACED = {"article_id": "faq for articles/{}", "original_id": "translations of faq/{}"}
    DIGESTED = {
        2: {
            "text": ("question", "answer"),
            "words": (),
            "page": ("language", "slug", "article_id", "topic_id", "place", "replaced_by_id", "checked_against_id")
            + ("original_id", "translated_id"),
        }
    }

    work = models.ForeignKey(Entry, models.PROTECT, related_name="editions", db_index=False)
    replaced_by = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")
    checked_against = models.ForeignKey(ArticleEdition, models.PROTECT, null=True, related_name="+")

    objects = EntryEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = "edition of a question"
        verbose_name_plural = "editions of questions"
        indexes = [
            *Edition.Meta.indexes,
            *JUDGED,
            models.Index(fields=["language", "slug", "cancelled_at"], name="faq_edition_address"),
            models.Index(fields=["article", "place", "work"], condition=LISTED, name="faq_edition_article"),
            # Which edition of its guide each was checked against, of what patients read now
            models.Index(
                fields=["work", "in_force_at", "checked_against", "cancelled_at"],
                condition=Q(cancelled_at=None),
                name="faq_edition_checked",
            ),
            models.Index(
                fields=["language", "article", "place", "work"],
                condition=LISTED,
                name="faq_edition_list",
            ),
            # Of translations alone, as of guides: SQLite takes the many others for one value, and reads all.
            models.Index(
                fields=["original", "work"],
                condition=LISTED & Q(original__isnull=False),
                name="faq_edition_original",
            ),
            models.Index(fields=["translated"], condition=TRANSLATED, name="faq_edition_translated"),
        ]

    def __str__(self):
        return self.question

    @property
    def is_by_machine(self):
        """As is said of its guide, in the working copy or by its newest edition: what is taken back is not yet read."""
        if self.article_id is None:
            return False
        # Of a text that is just made its guide lies beside the working copy.
        guide = (self.work if self.work.article_id == self.article_id else self).article
        if guide.is_machine or not (guide.original_id or self.original_id):  # what translates nothing is asked no more
            return guide.is_machine
        said = guide.editions.filter(cancelled_at=None, is_notice=False).order_by("-number")
        return said.values_list("is_machine", flat=True).first() or False


class EntryOlderDigest(OlderDigest):
    edition = models.ForeignKey(EntryEdition, models.PROTECT, related_name="older", db_index=False)


class EntryOwed(Owed):
    work = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="owed")


class EntryReview(Review):
    work = models.ForeignKey(Entry, models.PROTECT, related_name="reviews", db_index=False)

    class Meta(Review.Meta):
        verbose_name = "review of a question"


class EntryCheck(Check):
    """An answer that somebody called still right beside an edition of its article."""

    work = models.ForeignKey(Entry, models.PROTECT, related_name="checks")
    against = models.ForeignKey(ArticleEdition, models.PROTECT, related_name="+")

    class Meta(Check.Meta):
        verbose_name = "check of a question"
