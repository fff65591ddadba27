"""Entries: one question with its answer, of an article or general, and the editions of them that patients read."""

from django.db import models

from articles.models import Article, ArticleEdition, Topic, validate_length
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

    class Meta:
        abstract = True


@kinds.register
class Entry(Following, ReviewedCopy, EntryContent):
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
    # Last, so that nothing else of a row lies behind it
    folded = models.TextField(editable=False, blank=True)

    class Meta(ReviewedCopy.Meta):
        ordering = ["place", "pk"]
        indexes = [
            models.Index(fields=["place", "id"], name="faq_entry_place"),
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
            )
        ]

    objects = FollowingQuerySet.as_manager()

    def __str__(self):
        return self.question

    @property
    def owner(self):
        return self.article.owner if self.article else None

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


class EntryEdition(Edition, EntryContent):
    NOTICE_KEEPS = ("language", "slug", "question", "article_id", "topic_id", "place")
    SEARCHED = ("question",)
    CHECKED = ("question", "answer")
    FRAMED = {"slug": "the address", "topic": "the topic"}
    PLACED = {"article_id": "faq for articles/{}"}
    DIGESTED = {
        2: {
            "text": ("question", "answer"),
            "words": (),
            "page": ("language", "slug", "article_id", "topic_id", "place", "replaced_by_id", "checked_against_id"),
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
            models.Index(
                fields=["language", "article", "place", "work"],
                condition=LISTED,
                name="faq_edition_list",
            ),
        ]

    def __str__(self):
        return self.question


class EntryOlderDigest(OlderDigest):
    edition = models.ForeignKey(EntryEdition, models.PROTECT, related_name="older", db_index=False)


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
