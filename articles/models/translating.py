"""Guides that are translations of another guide: one in each language, each beside the edition that was translated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from publishing import safety
from publishing.models import Newest, kinds
from publishing.refusals import Unfit

# Of few. SQLite asks by it, with each of several editions written together, which rows named that one before.
TRANSLATED = Q(translated__isnull=False)


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
    is_machine = models.BooleanField(
        "a machine translated it, or part of it",
        default=False,
        help_text="Then a translator has to check it before patients read it, and patients are told.",
    )

    class Meta:
        abstract = True


class TranslatedEdition(models.Model):
    """Mixed into the edition of a text that may be a translation."""

    class Meta:
        abstract = True

    @property
    def is_by_machine(self):
        return self.is_machine

    def rests_on_substance(self, last):
        """Whether the original changed in substance between the edition that `last` translates and the one of this."""
        if self.translated is None or last.translated_id == self.translated_id:
            return False
        after = last.translated.number if last.translated and last.original_id == self.original_id else 0
        since = {"number__gt": after, "number__lte": self.translated.number}
        return type(self).objects.filter(work=self.original_id, is_substance=True, **since).exists()

    def apart_from_original(self):
        """Where it says other numbers than the edition that it translates; nothing where it translates none."""
        beside = self.translated if self.original_id and self.translated_id else None
        if beside is None or beside.redacted_at or self.redacted_at or self.is_notice:
            return []
        return safety.apart(beside.text(), self.text(), languages=(beside.language, self.language))


class BesideOriginal(models.Model):
    """Mixed into a working copy that may be a translation: it knows which edition of its original it stands beside."""

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


class OfOne(models.Model):
    """Mixed into a working copy that may name an original: all that tell the same are translations of one of them."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if problem := self.why_no_translation():
            raise ValidationError({"original": problem})

    def why_no_translation(self):
        """Why it cannot be a translation of its original; nothing where it can."""
        if self.original_id is None:
            return ""
        kept, called = type(self)._base_manager, self._meta.verbose_name
        language, original = self.get_language_display(), self.original
        if original.pk == self.pk:
            return f"A {called} is no translation of itself. Choose another {called}, or none."
        if original.original_id:
            return f"“{original}” is a translation itself. Choose the {called} that it translates."
        if original.language == self.language:
            return f"“{original}” is in {language} too. Choose the {called} in the language it was translated from."
        if self.pk and kept.filter(original=self.pk).exists():
            return f"This {called} has translations, so it cannot be one. Choose none."
        other = kept.filter(original=original, language=self.language).exclude(pk=self.pk).first()
        return f"“{other}” is its translation into {language} already. There is one for each language." if other else ""


class Translating(OfOne, BesideOriginal):
    """Mixed into the working copy of a guide, which may be a translation of another."""

    class Meta:
        abstract = True

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

        Told of what patients read of the translation; of one that they never read, of what is being written. `is_own`:
        the text itself has changed; `asked_at`: when last one of its questions did that the translation is behind.
        """
        editions = self.model.edition_model().objects
        live = editions.live_of("pk", at)
        newest = editions.been_in_force(at).filter(work=OuterRef("original"), is_substance=True, is_notice=False)
        is_own = (
            Q(live_number=None, newest__gt=F("translated__number"))
            | Q(is_notice_now=False, newest__gt=F("live_beside"))
            | Q(is_notice_now=False, live_beside=None, newest_line__gt=F("live_line"))
        )
        asked = [_asked_since(model, key, at) for model, key in kinds.following(self.model) if model.TRANSLATES]
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
            .annotate(
                is_own=ExpressionWrapper(is_own, BooleanField()),
                asked_at=Coalesce(*asked, Value(None), Value(None), output_field=DateTimeField()),
            )
            .filter(is_own | Q(is_notice_now=False, asked_at__isnull=False))
        )


def _asked_since(model, key, at):
    """When last a question of the original changed in substance, or was taken down, that a translation is behind.

    publishing/record/shown/translated.py asks the same of one guide, and says which questions that are.
    """
    editions = model.edition_model().objects
    mine = editions.live(at, is_paged=True).readable().filter(**{key: OuterRef(OuterRef("pk"))}).order_by()
    own, alone = mine.filter(**{model.TRANSLATES: OuterRef("work")}), mine.filter(**{model.TRANSLATES: None})
    ever = editions.filter(cancelled_at=None, is_notice=False, **{key: OuterRef(OuterRef("original"))}).order_by()
    since = Coalesce(Subquery(own.values("line")[:1]), OuterRef("live_line"))
    return Subquery(
        editions.been_in_force(at)
        .filter(work__in=ever.values("work"), is_substance=True, **{key: OuterRef("original")})
        .annotate(own=Subquery(own.values("translated__number")[:1]), since=since)
        .filter(Q(is_notice=False) | Q(pk=Newest("work", at, table=model.edition_model()._meta.db_table)))
        .filter(Q(number__gt=F("own")) | Q(Exists(own) | Exists(alone), own=None, line__gt=F("since")))
        .values("in_force_at")[:1]
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
