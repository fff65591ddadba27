"""Guides that are translations of another guide: one in each language, each beside the edition that was translated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from publishing.refusals import Unfit


class TranslatedContent(models.Model):
    """What a translation freezes with its text. Whether it is behind is computed from the editions of both."""

    original = models.ForeignKey(
        "articles.Article",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="translation of",
        help_text="The guide of which this is a translation. Empty: it is none.",
    )
    # None where patients could not yet read the original when this was written
    translated = models.ForeignKey(
        "articles.ArticleEdition",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name="the edition that was translated",
    )

    class Meta:
        abstract = True


class Translating(models.Model):
    """Mixed into the working copy of a guide, which may be a translation of another."""

    TRANSLATES = "original"

    class Meta:
        abstract = True

    def keep(self, *, by, at):
        self.stand_by(at)
        super().keep(by=by, at=at)

    def stand_by(self, at):
        """Take down which edition of the original this is translated from, where nobody has said so."""
        if self.original_id is None:
            self.translated = None
        elif self.translated is None or self.translated.work_id != self.original_id:
            live = self.live(at)
            is_read = live is not None and live.original_id == self.original_id
            read = self.original.live(live.in_force_at if is_read else at)
            self.translated = read if read and not read.is_notice else None

    def clean(self):
        super().clean()
        if problem := self.why_no_translation():
            raise ValidationError({"original": problem})

    def why_no_translation(self):
        """Why it cannot be a translation of its original; nothing where it can."""
        if self.original_id is None:
            return ""
        kept = type(self)._base_manager
        language, original = self.get_language_display(), self.original
        if original.pk == self.pk:
            return "A guide is no translation of itself. Choose another guide, or none."
        if original.original_id:
            return f"“{original}” is a translation itself. Choose the guide that it translates."
        if original.language == self.language:
            return f"“{original}” is in {language} too. Choose the guide in the language it was translated from."
        if self.pk and kept.filter(original=self.pk).exists():
            return "This guide has translations, so it cannot be one. Choose none."
        other = kept.filter(original=original, language=self.language).exclude(pk=self.pk).first()
        return f"“{other}” is its translation into {language} already. There is one for each language." if other else ""

    def refuse_unfit(self, edition):
        super().refuse_unfit(edition)
        if self.original_id is None:
            return
        if problem := self.why_no_translation():
            raise Unfit(problem)
        # What patients read of a text may say another language than its working copy does.
        others = self.editions.model.objects.filter(original=self.original_id, language=self.language)
        for other in {one.work for one in others.exclude(work=self.pk).select_related("work")}:
            newest = other.editions.filter(cancelled_at=None).order_by("-number").first()
            if newest and (newest.original_id, newest.language, newest.is_notice) == (
                self.original_id,
                self.language,
                False,
            ):
                raise Unfit(f"Patients read “{newest.title}” as its translation into this language. Change that first.")


class TranslatingQuerySet(models.QuerySet):
    def behind(self, at):
        """Translations whose original, as patients read it, has changed in substance since the edition they translate.

        Told of what patients read of the translation; of one that they never read, of what is being written.
        """
        editions = self.model.edition_model().objects
        live = editions.live_of("pk", at)
        newest = editions.been_in_force(at).filter(work=OuterRef("original"), is_substance=True, is_notice=False)
        return (
            self.exclude(original=None)
            .annotate(
                live_number=Subquery(live.values("number")[:1]),
                live_line=Subquery(live.values("line")[:1]),
                live_beside=Subquery(live.values("translated__number")[:1]),
                is_notice_now=Subquery(live.values("is_notice")[:1]),
                newest=Subquery(newest.values("number")[:1]),
                newest_at=Subquery(newest.values("in_force_at")[:1]),
                newest_line=Subquery(newest.values("line")[:1]),
            )
            .filter(
                Q(live_number=None, newest__gt=F("translated__number"))
                | Q(is_notice_now=False, newest__gt=F("live_beside"))
                | Q(is_notice_now=False, live_beside=None, newest_line__gt=F("live_line"))
            )
        )


class Settled(models.Model):
    """That somebody called a passage of a translation right beside a passage of its original, both by their digests.

    For the desk alone, until the whole translation stands beside the newer edition.
    """

    work = models.ForeignKey("articles.Article", models.CASCADE, related_name="settled")
    text_digest = models.CharField(max_length=64)
    own_digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["work", "text_digest", "own_digest"], name="articles_settled_pair")
        ]

    def __str__(self):
        return f"{self.work}: {self.text_digest[:8]}"
