"""Articles, their editions that patients read, and the reviews of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.fields import said_by, slugs_in, validate_day, validate_length, validate_related, validate_sources
from articles.models.letters import FIRST_SIGNS
from articles.models.reopened import Reopened
from articles.models.topics import Topic
from articles.models.translating import (
    TRANSLATED,
    TranslatedContent,
    TranslatedEdition,
    Translating,
    TranslatingQuerySet,
)
from publishing.models import (
    JUDGED,
    LISTED,
    UNDESCRIBED,
    Addressed,
    Edition,
    EditionQuerySet,
    Imprint,
    OlderDigest,
    OwedUnderTopic,
    Publisher,
    Review,
    ReviewedCopy,
    Sponsor,
    kinds,
)
from publishing.refusals import Unfit
from publishing.text import rows


class DigestOfBody(models.CharField):
    """Of the words of the text as they are saved, so that its like is found by an index."""

    def pre_save(self, model_instance, add):
        made = said_by(model_instance.body)
        setattr(model_instance, self.attname, made)
        return made


class ArticleContent(Addressed, TranslatedContent):
    """The fields of a guide that patients read."""

    FOLDER = "articles"

    title = models.CharField(
        max_length=200, help_text="What a patient would call it. Up to 70 letters shows best on a phone."
    )
    lead = models.TextField(blank=True, help_text="Two short sentences. What is it, and who is it for?")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True)
    brief = models.TextField(
        "in brief",
        blank=True,
        validators=[rows.validate_brief],
        help_text="Up to five lines “Label: answer”, for example “How long: a few weeks”. Patients read them first.",
    )
    body = models.TextField("text", blank=True, validators=[validate_length])
    sources = models.TextField(
        blank=True,
        validators=[validate_sources],
        help_text="What the guide is based on, one source a line. "
        "Without any, patients read “The publisher did not list sources”.",
    )
    related = models.TextField(
        "related guides",
        blank=True,
        validators=[validate_related],
        help_text="Addresses of guides to read next, one a line. Empty: those of its topic that are most like it.",
    )
    published_on = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The date the publisher gives. Empty: the day patients could first read it here.",
    )
    uploaded_by = models.CharField(max_length=200, blank=True, help_text="The byline, as patients will read it.")
    leaflet_number = models.CharField(
        max_length=100,
        blank=True,
        help_text="As people know it from the printed leaflet. The search finds it.",
    )
    ai_part = models.CharField(
        "part of artificial intelligence",
        max_length=10,
        blank=True,
        choices=[("none", "None"), ("helped", "It helped to write it"), ("drafted", "It drafted it")],
        help_text="Patients read it after who answers for the text. Empty: they read nothing of it.",
    )

    class Meta:
        abstract = True

    def brief_rows(self):
        return rows.labelled(self.brief)

    def source_lines(self):
        return rows.lines(self.sources)

    @property
    def related_slugs(self):
        return slugs_in(self.related)


@kinds.register
class Article(Translating, Reopened, ReviewedCopy, ArticleContent):
    """One guide for patients, for ever. Its own fields are the working copy."""

    LEDGER_NAME = "articles"
    BODY = "body"
    IS_A_GUIDE = IS_EXPLAINED = True
    TELLS_CHANGES = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        help_text="Who looks after this guide.",
    )
    publisher = models.ForeignKey(Publisher, models.PROTECT, null=True, blank=True)
    sponsor = models.ForeignKey(Sponsor, models.PROTECT, null=True, blank=True)
    original = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        db_index=False,
        verbose_name="translation of",
        help_text=TranslatedContent._meta.get_field("original").help_text,
    )
    # Last, so that nothing else of a row lies behind it
    folded = models.TextField(editable=False, blank=True)

    body_digest = DigestOfBody(max_length=64, editable=False, blank=True, db_index=True)

    objects = TranslatingQuerySet.as_manager()

    class Meta(ReviewedCopy.Meta):
        verbose_name = "guide"
        ordering = ["title", "pk"]
        # Of the list in which staff look for one, by title and by its last change
        indexes = [
            models.Index(fields=["title", "id"], name="articles_article_title"),
            models.Index(
                fields=["changed_at", "id", "text_digest", "content_digest", "language", "topic", "owner"],
                name="articles_article_changed",
            ),
            models.Index(fields=["original"], condition=Q(original__isnull=False), name="articles_article_original"),
            models.Index(fields=["translated"], condition=TRANSLATED, name="articles_article_translated"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="articles_article_address",
                violation_error_message="Another guide in this language has this address. Choose another one.",
            ),
            models.UniqueConstraint(
                fields=["original", "language"],
                name="articles_article_translation",
                violation_error_message="There is a translation of that guide into this language already.",
            ),
            models.CheckConstraint(
                condition=Q(original=None) | ~Q(original=F("id")),
                name="articles_article_not_of_itself",
                violation_error_message="A guide is no translation of itself.",
            ),
        ]

    def __str__(self):
        return self.title

    def frozen(self):
        return super().frozen() | Imprint.of(self.publisher, self.sponsor, self.language)

    def touches(self, edition=None):
        """Pages of its topic lead to it by its title: they stay as they are where only its text has changed."""
        names = super().touches(edition)
        if edition is None:
            return names
        before = self.editions.filter(number__lt=edition.number, cancelled_at=None).order_by("-number")
        before = before.values(*CALLED).first() if edition.number > 1 else None
        now = {name: getattr(edition, name) for name in CALLED}
        return names if before == now else names | related_names(filter(None, (before, now)))

    def refuse_unfit(self, edition):
        super().refuse_unfit(edition)
        if not edition.html.strip():
            raise Unfit("The text is empty. Write it before you publish.")
        if UNDESCRIBED in edition.html:
            raise Unfit(
                "A picture has no words yet. Say what it shows where the text reads "
                f"“{UNDESCRIBED}”, or write “decorative” there if it adds no information."
            )


# What is read of a guide on the pages that lead to it
CALLED = ("language", "slug", "title", "lead", "topic_id", "is_notice")


def related_names(called):
    """What pages note that lead to the guides of a topic."""
    return {f"related in {Topic.LEDGER_NAME}/{one['topic_id']}" for one in called if one["topic_id"]}


# Of a guide: new, changed in substance, or taken down
CHANGING = Q(cancelled_at=None) & (Q(is_substance=True) | Q(is_notice=True))


class ArticleEditionQuerySet(EditionQuerySet):
    def for_lists(self):
        """Without the long fields, which no list shows."""
        return self.defer("html", "body", "brief", "sources", "notice_text")


class ArticleEdition(TranslatedEdition, Edition, ArticleContent, Imprint):
    NOTICE_KEEPS = ("language", "slug", "title", "topic_id", "original_id")
    SEARCHED = ("title", "lead", "brief", "leaflet_number")
    CHECKED = ("title", "lead", "brief", "body", "sources", "sponsor_name", "sponsor_claims", "sponsor_connection")
    SHOWS = ("topic",)
    COMPARED = ("sources",)
    WHERE = {"slug": "the address", "topic": "the topic"}
    FRAMED = WHERE | {"uploaded_by": "the byline", "leaflet_number": "the leaflet number"}
    FRAMED |= {
        name: name.replace("_", "’s ").replace("publisher’s name", "publisher").replace("sponsor’s name", "sponsor")
        for name in ("publisher_name", "publisher_websites", "publisher_social", "sponsor_name", "sponsor_wording")
        + ("sponsor_address", "sponsor_claims", "sponsor_connection")
    }
    AROUND = (*COMPARED, *sorted(FRAMED.keys() - WHERE.keys()))
    PLACED = {"topic_id": "articles in topics/{}", "original_id": "translations of articles/{}"}
    DIGESTED = {
        2: {
            "text": ("title", "lead", "brief", "body"),
            "words": ("sources", "related", "uploaded_by", "publisher_name", "publisher_websites", "publisher_social")
            + ("sponsor_name", "sponsor_language", "sponsor_wording", "sponsor_address", "sponsor_claims")
            + ("sponsor_connection",),
            "page": ("language", "slug", "topic_id", "published_on", "leaflet_number", "ai_part", "replaced_by_id")
            + ("original_id", "translated_id", "is_machine"),
        }
    }

    work = models.ForeignKey(Article, models.PROTECT, related_name="editions", db_index=False)
    replaced_by = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")

    objects = ArticleEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = "edition of an article"
        verbose_name_plural = "editions of articles"
        indexes = [
            *Edition.Meta.indexes,
            *JUDGED,
            models.Index(fields=["language", "slug", "cancelled_at"], name="articles_edition_address"),
            models.Index(fields=["language", "title", "work"], condition=LISTED, name="articles_edition_title"),
            # What changed lately: few of the newest editions changed any sense
            models.Index(fields=["language", "in_force_at"], condition=CHANGING, name="articles_edition_changing"),
            models.Index(
                fields=["language", "topic", "title", "work"], condition=LISTED, name="articles_edition_topic"
            ),
            FIRST_SIGNS,
            # Of translations alone: where there are few, SQLite takes the many others for one value, and reads all.
            models.Index(
                fields=["original", "work"],
                condition=LISTED & Q(original__isnull=False),
                name="articles_edition_original",
            ),
            models.Index(fields=["translated"], condition=TRANSLATED, name="articles_edition_translated"),
        ]

    def history_url(self):
        return self.address("history")

    def handout_url(self):
        return f"{self.get_absolute_url()}handout.pdf"

    def large_handout_url(self):
        return f"{self.get_absolute_url()}handout-large.pdf"


class ArticleOlderDigest(OlderDigest):
    edition = models.ForeignKey(ArticleEdition, models.PROTECT, related_name="older", db_index=False)


class ArticleOwed(OwedUnderTopic):
    work = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="owed")


class ArticleReview(Review):
    work = models.ForeignKey(Article, models.PROTECT, related_name="reviews", db_index=False)

    class Meta(Review.Meta):
        verbose_name = "review of an article"
