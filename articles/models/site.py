"""The pages that every site needs: about it, how it writes and checks, privacy, contact. Each is a text like any other.

They stand in the foot of every page that patients read, in their order.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from articles.models.fields import validate_length
from publishing.models import (
    JUDGED,
    LISTED,
    UNDESCRIBED,
    Addressed,
    Edition,
    EditionQuerySet,
    OlderDigest,
    Owed,
    Review,
    ReviewedCopy,
    kinds,
    prepared,
)
from publishing.refusals import Unfit
from publishing.text import is_language

# The first parts of the addresses that something else of the site has, or will have.
TAKEN = frozenset(
    ["admin", "api", "articles", "faq", "favicon", "feed", "feedback", "h", "health", "infobutton", "letters"]
    + ["media", "metrics", "new", "review", "robots", "search", "sitemap", "static", "thanks", "topics", "unsafe"]
    + ["words", "apple", "icon", "llms", "share", "site"]
    + [code for code, _name in settings.LANGUAGES]
)
# An address right below the site that is free for a page
OWN = rf"(?!(?:{'|'.join(sorted(TAKEN))})/)[^/.\0]+"


def validate_free(slug):
    if slug in TAKEN or is_language(slug):
        raise ValidationError(f"The address “{slug}” belongs to another part of the site. Choose another one.")


class PageContent(Addressed):
    """The fields of a page that patients read."""

    FOLDER = ""  # it stands right below the site

    title = models.CharField(max_length=120, help_text="It stands in the foot of every page, so keep it short.")
    body = models.TextField("text", blank=True, validators=[validate_length])
    place = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first in the foot of the page.")

    class Meta:
        abstract = True


@kinds.register
class Page(ReviewedCopy, PageContent):
    """One page about the site or the clinic, for ever. Its own fields are the working copy."""

    LEDGER_NAME = "pages"
    BODY = "body"
    IS_EXPLAINED = True
    TELLS_CHECK = False
    TELLS_CHANGES = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, help_text="Who looks after this page."
    )
    # Last, so that nothing else of a row lies behind it
    folded = models.TextField(editable=False, blank=True)

    class Meta(ReviewedCopy.Meta):
        verbose_name = "page"
        ordering = ["place", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="articles_page_address",
                violation_error_message="Another page in this language has this address. Choose another one.",
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.slug:
            validate_free(self.slug)

    @classmethod
    def _taken(cls, slugs, language):
        slugs = set(slugs)
        return super()._taken(slugs, language) | (TAKEN & slugs)

    def refuse_unfit(self, edition):
        if not edition.html.strip():
            raise Unfit("The text is empty. Write it before you publish.")
        if UNDESCRIBED in edition.html:
            raise Unfit("A picture has no words yet. Say what it shows.")


class PageEditionQuerySet(EditionQuerySet):
    def for_lists(self):
        """Without the long fields, which no list shows."""
        return self.defer("html", "body", "notice_text")


class PageEdition(Edition, PageContent):
    NOTICE_KEEPS = ("language", "slug", "title", "place")
    SEARCHED, CHECKED = ("title",), ("title", "body")
    FRAMED = {"slug": "the address"}
    # The foot of every page of its language
    PLACED = {"language": "pages in {}"}
    DIGESTED = {2: {"text": ("title", "body"), "words": (), "page": ("language", "slug", "place", "replaced_by_id")}}

    work = models.ForeignKey(Page, models.PROTECT, related_name="editions", db_index=False)
    replaced_by = models.ForeignKey(Page, models.PROTECT, null=True, related_name="+")

    objects = PageEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = "edition of a page"
        verbose_name_plural = "editions of pages"
        indexes = [
            *Edition.Meta.indexes,
            *JUDGED,
            models.Index(fields=["language", "slug", "cancelled_at"], name="articles_page_edition_address"),
            models.Index(fields=["language", "place", "work"], condition=LISTED, name="articles_page_edition_list"),
        ]

    def __str__(self):
        return self.title

    def history_url(self):
        return self.address("history")


# What the foot of a page shows of them
AT_FOOT = ("work_id", "language", "slug", "title", "place", "page_digest")


@prepared
def live_pages(*, at, language):
    """The pages of a language as patients read them, in their order."""
    live = PageEdition.objects.live(at, named=f"pages in {language}", is_paged=True).readable()
    return live.filter(language=language).only(*AT_FOOT).order_by("place", "work_id")


def pages_around(language, at):
    """What the foot of a page leads to: the pages of its language; those that are missing, in the first language."""
    own = live_pages(at=at, language=language)
    if language == settings.LANGUAGE_CODE:
        return own
    known = {one.slug for one in own}
    left = [one for one in live_pages(at=at, language=settings.LANGUAGE_CODE) if one.slug not in known]
    return sorted([*own, *left], key=lambda one: (one.place, one.work_id))


class PageOlderDigest(OlderDigest):
    edition = models.ForeignKey(PageEdition, models.PROTECT, related_name="older", db_index=False)


class PageOwed(Owed):
    work = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="owed")


class PageReview(Review):
    work = models.ForeignKey(Page, models.PROTECT, related_name="reviews", db_index=False)

    class Meta(Review.Meta):
        verbose_name = "review of a page"
