"""The word list: terms with their plain meanings, each a text that is checked and published like any other.

What a guide's page explained is part of what readers were shown then, and not of what a review of the guide judges.
"""

from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from articles.models.translating import OfOne
from publishing.models import (
    JUDGED,
    LISTED,
    Addressed,
    Edition,
    OlderDigest,
    Owed,
    Review,
    ReviewedCopy,
    kinds,
)
from publishing.refusals import Unfit
from publishing.text import MOST_WORDS, fold, forms_of, is_fit, parse, typed

LONGEST_MEANING = 600  # letters: two or three sentences
MOST_FORMS = 20
MANY = 200  # pages: of a word that stands on more of them, all pages of its language are made anew
PAGE = ("language", "slug", "original_id", "replaced_by_id")
PARAGRAPHS = {"paragraph_open", "paragraph_close", "inline"}


def validate_term(text):
    if text.strip() and not is_fit(text):
        raise ValidationError(
            f"“{text.strip()}” cannot be found in a text. Write one to {MOST_WORDS} words, with blanks or hyphens "
            "between them and no other signs."
        )


def validate_forms(text):
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_FORMS:
        raise ValidationError(f"There is room for {MOST_FORMS} spellings, one a line.")
    for line in lines:
        validate_term(line)


def validate_meaning(text):
    if len(text) > LONGEST_MEANING:
        raise ValidationError(
            f"The meaning is {len(text)} letters long; there is room for {LONGEST_MEANING}. Say it in two or three "
            "short sentences. What takes more is a guide."
        )
    if {token.type for token in parse(text) or ()} - PARAGRAPHS or len(typed(text)) > 3:
        raise ValidationError("Write plain sentences: no heading, list, table or picture belongs into a meaning.")


class TermContent(Addressed):
    """The fields of a term that patients read."""

    FOLDER = "words"

    title = models.CharField(
        "word",
        max_length=80,
        validators=[validate_term],
        help_text="As it stands in guides. Capitals count only where they are part of it, as in INR.",
    )
    also = models.TextField(
        "other spellings",
        blank=True,
        validators=[validate_forms],
        help_text="Short forms and other endings, one a line. English and Spanish plurals are found by themselves.",
    )
    meaning = models.TextField(
        blank=True,
        validators=[validate_meaning],
        help_text="Two or three short sentences. Patients read them below each guide in which the word stands.",
    )

    original = models.ForeignKey(
        "articles.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="translation of",
        help_text="The word that says the same in another language. Who translates a guide is shown both.",
    )

    class Meta:
        abstract = True

    @property
    def forms(self):
        """Every spelling under which it is found."""
        return forms_of(self.title, self.also, self.language)


@kinds.register
class Term(OfOne, ReviewedCopy, TermContent):
    """One word with its meaning, for ever. Its own fields are the working copy."""

    LEDGER_NAME = "words"
    BODY = "meaning"
    HEADINGS_FROM = 4
    ANCHOR = "w_"
    EXPLAINS = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, help_text="Who looks after this word."
    )
    # Last, so that nothing else of a row lies behind it
    folded = models.TextField(editable=False, blank=True)

    class Meta(ReviewedCopy.Meta):
        verbose_name = "word"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="articles_term_address",
                violation_error_message="Another word in this language has this address. Choose another one.",
            ),
            models.UniqueConstraint(
                fields=["original", "language"],
                name="articles_term_translation",
                violation_error_message="Another word in this language is the translation of that one already.",
            ),
            models.CheckConstraint(
                condition=Q(original=None) | ~Q(original=F("id")),
                name="articles_term_not_of_itself",
                violation_error_message="A word is no translation of itself.",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        self._refuse_same_spelling()

    def _refuse_same_spelling(self):
        """No two terms of a language are found under one spelling: which meaning would patients read?"""
        mine = {fold(form) for form in self.forms}
        for other in Term.objects.filter(language=self.language).exclude(pk=self.pk).only("title", "also", "language"):
            if same := next((form for form in other.forms if fold(form) in mine), None):
                raise ValidationError(
                    {"title": f"The word “{other}” is found under “{same}” already. Change that one."}
                )

    def refuse_unfit(self, edition):
        if not edition.html.strip():
            raise Unfit(f"“{self.title}” has no meaning yet. Write it before you publish.")

    def touches(self, edition=None):
        """What shows it now notes its name; what will show it is looked for, unless it comes into force later."""
        names = super().touches(edition)
        if edition is None or edition.is_notice:
            return names
        is_later = edition.in_force_at != edition.made_at
        found = set() if is_later else self.found_in(edition, edition.made_at)
        return names | ({f"{self.LEDGER_NAME} in {edition.language}"} if is_later or len(found) > MANY else found)

    def found_in(self, edition, at):
        """The names of the pages on which patients read what may be this term: rather too many than too few."""
        names = set()
        for model in kinds.explained():
            editions = model.edition_model()
            columns = ("work_id", *editions.PLACED)
            for row in holding(editions, edition, at).values(*columns)[: MANY + 1]:
                names |= {f"{model.LEDGER_NAME}/{row['work_id']}"} | editions.places([row])
                # The list of questions shows their answers.
                names |= {model.LEDGER_NAME} if model.FOLLOWS else set()
        return names


def holding(editions, term, at):
    """Of a kind, what patients read at a moment in which a spelling of this term stands, maybe within a longer word."""
    wanted = {fold(form) for form in term.forms}
    wanted = [one for one in wanted if not any(other in one for other in wanted - {one})]
    held = reduce(or_, [Q(folded__contains=one) for one in wanted], Q(pk=None))
    return editions.objects.live(at, is_paged=True).readable().filter(held, language=term.language).order_by("work_id")


class TermEdition(Edition, TermContent):
    NOTICE_KEEPS = ("language", "slug", "title")
    SEARCHED, CHECKED = ("title",), ("title", "meaning")
    PRINTED = ("title", "meaning")
    FRAMED = {"slug": "the address"}
    DIGESTED = {2: {"text": ("title", "also", "meaning"), "words": (), "page": PAGE}}

    work = models.ForeignKey(Term, models.PROTECT, related_name="editions", db_index=False)
    replaced_by = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")

    class Meta(Edition.Meta):
        verbose_name = "edition of a word"
        verbose_name_plural = "editions of words"
        indexes = [
            *Edition.Meta.indexes,
            *JUDGED,
            models.Index(fields=["language", "slug", "cancelled_at"], name="articles_term_edition_address"),
            models.Index(fields=["language", "title", "work"], condition=LISTED, name="articles_term_edition_title"),
        ]

    def __str__(self):
        return self.title


class TermOlderDigest(OlderDigest):
    edition = models.ForeignKey(TermEdition, models.PROTECT, related_name="older", db_index=False)


class TermOwed(Owed):
    work = models.OneToOneField(Term, models.CASCADE, primary_key=True, related_name="owed")


class TermReview(Review):
    work = models.ForeignKey(Term, models.PROTECT, related_name="reviews", db_index=False)

    class Meta(Review.Meta):
        verbose_name = "review of a word"
