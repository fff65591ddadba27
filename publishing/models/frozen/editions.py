"""Editions: the frozen, numbered copies that patients read, and the one door to them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from publishing.models.chained.permanence import PermanentQuerySet, PermanentRow
from publishing.models.frozen.addresses import Addressed
from publishing.models.frozen.proven import Proven
from publishing.models.prepared import Hole, Newest, note, prepared
from publishing.text import RENDERER, fold

FORMAT = 2  # of the digests of new editions
# What stands for the reason of an emergency that was erased: that it was one stays known.
ERASED = "Erased by law."
# What a list can show: an index of these alone passes a text's old editions without reading them.
LISTED = Q(cancelled_at=None, is_notice=False)
GONE = Q(is_notice=True)  # few: what looks for them passes none of the others
HURRIED = ~Q(emergency_reason="")
# Of kinds that clinicians review: finds what is due without reading an edition, whose texts come before its digests.
# (SQLite takes an index for covering only with the column of its condition in it.)
JUDGED = [
    models.Index(
        fields=["work", "in_force_at", "is_notice", "is_substance", "number", "digest_format", "text_digest"]
        + ["content_digest", "cancelled_at", "carried"],
        condition=Q(cancelled_at=None),
        name="%(app_label)s_%(class)s_read",
    ),
    models.Index(fields=["in_force_at", "work"], condition=HURRIED, name="%(app_label)s_%(class)s_urgent"),
]


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


class Edition(Proven, PermanentRow):
    """A frozen, numbered, permanent copy of a working copy, with the HTML patients read."""

    PRINTED = ()  # of what stands around guides, and of words: the fields that stand on a sheet
    is_by_machine = False  # whether a machine translated any of it
    is_printed_so = True  # whether the digest of those is that of its words

    class Reason(models.TextChoices):
        UNSAFE = "unsafe", "It is unsafe: something in it could harm a patient"
        OUT_OF_DATE = "out of date", "It is out of date"
        REPLACED = "replaced", "Another guide has replaced it"

    ERASABLE = (("note",), ("made_by_name",))  # words of the act, which its line holds too
    SET_ONCE = {"cancelled_at": "NEW.cancelled_at < OLD.in_force_at"}
    REPLACEABLE = {"emergency_reason": ERASED}
    # What a notice still says of the text it stands in place of
    NOTICE_KEEPS: tuple[str, ...] = ()
    # What patients find it by beside its HTML, the title first; nothing of a kind that they do not search
    SEARCHED: tuple[str, ...] = ()
    SHOWS: tuple[str, ...] = ()  # keys to texts of other kinds that its page names
    # What surrounds the text and takes a second look wherever it changes, by column, as people call it
    FRAMED: dict[str, str] = {}
    COMPARED: tuple[str, ...] = ()  # further texts in which a changed number, or word, can hurt
    CHECKED: tuple[str, ...] = ()  # texts in which something is looked for before they are published
    # Names that an act with it affects as well, by the column whose value they hold
    PLACED: dict[str, str] = {}

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
    school_year = models.PositiveSmallIntegerField(null=True)  # in which it is understood; None: not measured
    # What patients could read, folded for the search through all of history; it can be made anew from the rest.
    folded = models.TextField(blank=True)
    # A change of substance needs a second person; publishing without one takes a reason.
    is_substance = models.BooleanField(default=True)
    emergency_reason = models.TextField(blank=True)
    # The line of a clinician's review of an earlier text, from which this one differs in small changes of wording.
    carried = models.BigIntegerField(null=True)
    renderer = models.PositiveSmallIntegerField(default=RENDERER)
    digest_format = models.PositiveSmallIntegerField(default=FORMAT)
    text_digest = models.CharField(max_length=64)
    # Of all that is copied from the working copy: whether that says the same is known without reading either.
    content_digest = models.CharField(max_length=64, blank=True)
    # Of all words, which the law may have erased; the page's digest is made from it and from what stays.
    words_digest = models.CharField(max_length=64)
    page_digest = models.CharField(max_length=64)
    # The line of the act that made it: known under the lock, and the commit refuses a row whose line is not there.
    line = models.OneToOneField("publishing.Line", models.PROTECT, related_name="+")
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
            models.Index(fields=["in_force_at", "work"], condition=GONE, name="%(app_label)s_%(class)s_gone"),
        ]

    def __str__(self):
        return f"{self.work} (edition {self.number})"

    @classmethod
    def older_model(cls):
        """The class of its digests under other formats, or None where nobody judges it."""
        return getattr(cls, "older", None) and cls.older.rel.related_model

    @classmethod
    def content_fields(cls):
        """The fields copied from the working copy, for ever: (name, name of the stored value)."""
        own = {field.name for field in Edition._meta.fields} | {"id", "work", "replaced_by", "checked_against"}
        return [(field.name, field.attname) for field in cls._meta.fields if field.name not in own]

    @property
    def beside(self):
        """The ledger's name of the text that this one follows, or nothing."""
        work_model = self._meta.get_field("work").related_model
        pk = work_model.FOLLOWS and getattr(self, f"{work_model.FOLLOWS}_id")
        return f"{work_model.original_model().LEDGER_NAME}/{pk}" if pk else ""

    @classmethod
    def places(cls, rows):
        """The names of what shows a text, from the values of its editions by column."""
        return {
            name.format(row[column]) for row in rows for column, name in cls.PLACED.items() if row[column] is not None
        }

    def content(self):
        """What patients read, as stored values by field."""
        return {attname: getattr(self, attname) for _name, attname in self.content_fields()}

    @classmethod
    def erased_fields(cls):
        """The fields that redaction blanks: all words patients read, and what was made of them. The address stays."""
        texts = models.CharField | models.TextField
        content = [name for name, _attname in cls.content_fields() if isinstance(cls._meta.get_field(name), texts)]
        addressed = {field.name for field in Addressed._meta.fields}
        made = ("html", "folded", "content_digest", "notice_text")
        return [*(name for name in content if name not in addressed), *made]

    def rests_on_substance(self, _last):
        """Whether what it was made from changed in substance since the edition before it."""
        return False

    def seal(self):
        """Fill in the digests that its line will prove, and what is searched."""
        self.folded = self.searched()
        self.text_digest, self.words_digest, self.page_digest = self.digests()
        self.content_digest = self.digest_of_content()

    def searched(self):
        """What the search through all of history looks in: all that a review judges, folded."""
        return fold(self.text())

    def text(self):
        """All that a review judges, as Markdown: title, lead, brief, body; for a notice, its own words."""
        texts = [str(getattr(self, name) or "") for name in self.DIGESTED[self.digest_format]["text"]]
        return "\n\n".join([*texts, self.notice_text]).strip()

    @property
    def minutes(self):
        """Reading time at 180 words a minute, rounded up; 0 is under a minute."""
        return -(-self.words // 180) if self.words >= 180 else 0
