"""Editions: the frozen, numbered copies that patients read, and the one door to them."""

from functools import reduce
from operator import and_, or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from publishing.models.addresses import Addressed
from publishing.models.permanence import PermanentQuerySet, PermanentRow
from publishing.models.prepared import Hole, note, prepared
from publishing.text import RENDERER, digest, fold

# What a list can show: an index of these alone passes a text's old editions without reading them.
LISTED = Q(cancelled_at=None, is_notice=False)


class Newest(models.Func):
    """The id of a text's edition in force at a moment: Newest("work", at). NULL before the first.

    Written out, because every page asks it, and an index that covers it answers without reading an edition.
    """

    template = (
        "(SELECT n.id FROM %(table)s n WHERE n.cancelled_at IS NULL AND n.work_id = %(expressions)s "
        "ORDER BY n.in_force_at DESC LIMIT 1)"
    )
    arg_joiner = " AND n.in_force_at <= "

    def __init__(self, work, at, **extra):
        super().__init__(work, at, output_field=models.BigIntegerField(), **extra)


class EditionQuerySet(PermanentQuerySet):
    def live(self, at, *, of=None, named=None, is_paged=False):
        """The one door to public content: of each text the edition in force at that moment, notices included.

        `of` narrows it to one text (its id) or to a queryset of them; `named` is what acts on these touch, where that
        is not the text or all texts. `is_paged` suits what an index finds or cuts: it asks edition by edition, so that
        a list follows its index and stops when it is full. A page that is being made notes what it asked for here.
        """
        work_model = self.model._meta.get_field("work").related_model
        unfolded, table = self.defer("folded"), self.model._meta.db_table
        if isinstance(of, int | Hole):
            note(named or f"{work_model.LEDGER_NAME}/{of}")
            return unfolded.filter(pk=Newest(of, at, table=table))
        note(named or work_model.LEDGER_NAME)
        if is_paged:
            return unfolded.filter(cancelled_at=None, pk=Newest("work", at, table=table))
        works = work_model._base_manager.all() if of is None else of.order_by()
        return unfolded.filter(pk__in=works.values_list(Newest("pk", at, table=table)))

    def live_of(self, outer, at):
        """For a subquery: the edition live at that moment of the text that a field of the outer query names."""
        return self.filter(pk=Newest(models.OuterRef(outer), at, table=self.model._meta.db_table))

    def readable(self):
        """Without notices: a withdrawn text stands in no list."""
        return self.filter(is_notice=False)

    def waiting(self, at):
        """Made, not cancelled and not yet in force."""
        return self.filter(cancelled_at=None, in_force_at__gt=at)

    def been_in_force(self, at):
        """Everything patients have read up to that moment, newest first."""
        return self.filter(cancelled_at=None, in_force_at__lte=at).order_by("-in_force_at")

    def for_lists(self):
        """Without the long fields, which no list shows."""
        return self

    def in_place(self):
        """In the order in which they stand beside what they follow."""
        return self.order_by("work_id")

    def mentioning(self, words, *, any_word=False):
        """Those that hold every one of the words (or any of them), in whatever capitals and Unicode form."""
        conditions = [Q(folded__contains=fold(word)) for word in words]
        return self.filter(reduce(or_ if any_word else and_, conditions))

    def at_address(self, language, slug, at):
        """The live edition that answers at an address, or None.

        That is the text which has the address now, else the one which had it last: so an old address leads to the
        text's new one after any number of renames, and two texts may swap theirs.
        """
        ledger_name = self.model._meta.get_field("work").related_model.LEDGER_NAME
        found = live_at_address.first(self.model, at=at, language=language, slug=slug)
        if found:
            note(f"{ledger_name}/{found.work_id}")
            return found
        been_here = self.been_in_force(at).filter(language=language, slug=slug)
        last = been_here.values_list("work", flat=True).first()
        return live_edition.first(self.model, at=at, work=last) if last else None

    def mark_cancelled(self, at):
        return self.set_once(cancelled_at=at)

    def mark_redacted(self, at):
        return self.set_once(redacted_at=at, **dict.fromkeys(self.model.erased_fields(), ""))


@prepared
def live_at_address(model, *, at, language, slug):
    ledger_name = model._meta.get_field("work").related_model.LEDGER_NAME
    live = model.objects.live(at, named=f"{ledger_name} at {language}/{slug}", is_paged=True)
    return live.filter(language=language, slug=slug)


@prepared
def waiting_edition(model, *, at, work):
    return model.objects.waiting(at).filter(work=work)


@prepared
def live_edition(model, *, at, work):
    return model.objects.live(at, of=work)


class Edition(PermanentRow):
    """A frozen, numbered, permanent copy of a working copy, with the HTML patients read."""

    class Reason(models.TextChoices):
        UNSAFE = "unsafe", "It is unsafe: something in it could harm a patient"
        OUT_OF_DATE = "out of date", "It is out of date"
        REPLACED = "replaced", "Another guide has replaced it"

    ABOUT_THE_EDITION = ("digest_format", "number", "in_force_at", "made_at", "made_by_name", "note", "renderer") + (
        ("is_notice", "notice_reason", "notice_text", "words", "text_digest", "is_substance", "emergency_reason")
    )
    SET_ONCE = {"cancelled_at": "NEW.cancelled_at < OLD.in_force_at"}
    # Per concrete class: format -> fields of the text a review judges, and all further fields the ledger proves.
    # Formats are added, never edited.
    DIGESTED: dict[int, dict[str, tuple[str, ...]]]
    # What a notice still says of the text it stands in place of
    NOTICE_KEEPS: tuple[str, ...] = ()
    SEARCHED: tuple[str, ...] = ()
    SHOWS: tuple[str, ...] = ()  # keys to rows without editions that its page shows

    number = models.PositiveIntegerField()
    in_force_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    made_by_name = models.CharField(max_length=300)
    note = models.TextField("change note")
    is_notice = models.BooleanField(default=False)
    notice_reason = models.CharField(max_length=20, choices=Reason, blank=True)
    notice_text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    # What patients could read, folded for the search through all of history; it can be made anew from the rest.
    folded = models.TextField(blank=True)
    # A change of substance needs a second person; publishing without one takes a reason.
    is_substance = models.BooleanField(default=True)
    emergency_reason = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=RENDERER)
    digest_format = models.PositiveSmallIntegerField(default=1)
    text_digest = models.CharField(max_length=64)
    page_digest = models.CharField(max_length=64)
    cancelled_at = models.DateTimeField(null=True)
    # Since when the law has had it erased: then every text of it is blank, and its digests are those of before.
    redacted_at = models.DateTimeField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("view",)
        constraints = [
            # Also what finds the editions of one text, so that `work` needs no index of its own
            models.UniqueConstraint(fields=["work", "number"], name="%(app_label)s_%(class)s_number"),
            models.UniqueConstraint(
                fields=["work", "in_force_at"], condition=Q(cancelled_at=None), name="%(app_label)s_%(class)s_moment"
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__gte=F("made_at")), name="%(app_label)s_%(class)s_not_backdated"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(cancelled_at__lt=F("in_force_at")),
                name="%(app_label)s_%(class)s_cancelled_while_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["in_force_at", "work"], condition=Q(cancelled_at=None), name="%(app_label)s_%(class)s_newest"
            ),
        ]

    def __str__(self):
        return f"{self.work} (edition {self.number})"

    @classmethod
    def content_fields(cls):
        """The fields copied from the working copy, for ever: (name, name of the stored value)."""
        own = {field.name for field in Edition._meta.fields} | {"id", "work", "replaced_by", "checked_against"}
        return [(field.name, field.attname) for field in cls._meta.fields if field.name not in own]

    def content(self):
        """What patients read, as stored values by field."""
        return {attname: getattr(self, attname) for _name, attname in self.content_fields()}

    @classmethod
    def erased_fields(cls):
        """The fields that redaction blanks: all words patients read, and what was made of them. The address stays."""
        texts = models.CharField | models.TextField
        content = [name for name, _attname in cls.content_fields() if isinstance(cls._meta.get_field(name), texts)]
        addressed = {field.name for field in Addressed._meta.fields}
        return [*(name for name in content if name not in addressed), "html", "folded", "notice_text"]

    def digested(self):
        """All that the ledger proves of this edition, by field."""
        fields = self.DIGESTED[self.digest_format]
        about = ("work_id", "html", *self.ABOUT_THE_EDITION)
        return {name: getattr(self, name) for name in (*fields["text"], *fields["page"], *about)}

    def digests(self):
        """(text_digest, page_digest) computed from what this edition holds now."""
        return self.digest_of_text(), self.digest_of_page()

    def digest_of_text(self):
        """What a review is bound to."""
        return digest({name: getattr(self, name) for name in self.DIGESTED[self.digest_format]["text"]})

    def digest_of_page(self):
        """What the ledger proves."""
        return digest(self.digested())

    def text(self):
        """All that a review judges, as Markdown: title, lead, brief, body; for a notice, its own words."""
        texts = [str(getattr(self, name) or "") for name in self.DIGESTED[self.digest_format]["text"]]
        return "\n\n".join([*texts, self.notice_text]).strip()

    @property
    def minutes(self):
        """Reading time at 180 words a minute, rounded up; 0 is under a minute."""
        return -(-self.words // 180) if self.words >= 180 else 0
