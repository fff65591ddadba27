"""Working copies: what staff edit, and the acts that turn it into editions."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F

from publishing.findings import school_year
from publishing.models.chained import owed
from publishing.models.chained.ledger import Line
from publishing.models.frozen.addresses import Addressed
from publishing.models.frozen.editions import Edition, live_edition, waiting_edition
from publishing.models.frozen.savings import Saving
from publishing.models.shelf.uses import Use
from publishing.models.works import acts
from publishing.models.works.going_back import GoingBack
from publishing.models.works.redaction import Redactable
from publishing.refusals import Changed, NothingWaiting, NotLive, Refused, Unfit
from publishing.text import TooLong, plain, refusal, render


class WorkingCopy(Redactable, GoingBack):
    """What staff edit: never public. The concrete class adds the content; its editions point back with `work`."""

    LEDGER_NAME: str  # how the ledger calls these: articles, faq, frame
    JUDGEMENT: type  # what stands between an edition and its publication
    TITLE: str = ""  # the field by which staff know it, where that is not the first that is reviewed
    BODY: str = ""  # the Markdown field that becomes the edition's HTML
    HEADINGS_FROM = 2
    ANCHOR = "q"  # how its place on another text's page begins, where it stands there
    TELLS_CHANGES = False  # whether patients read the change notes
    IS_REVIEWED = False  # whether clinicians review it
    TELLS_CHECK = True  # whether patients read who checked it, so that what nobody has checked is due
    IS_READ_WHEN_SAVED = False  # whether saving it publishes it
    TAKES_QUESTIONS = False  # whether the questions of a source become texts of this kind
    IS_A_GUIDE = False  # whether it is a whole guide, of which sources and a word on help are asked
    IS_EXPLAINED = False  # whether words of the word list are explained on its page
    EXPLAINS = False  # whether texts of this kind are the word list
    FOLLOWS = ""  # the key, here and in its editions, to the text that this one follows
    TRANSLATES = ""  # the key to the text of its own kind that this one is a translation of

    edits = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    changed_by_name = models.CharField(max_length=300, editable=False, blank=True)

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish", "redact")

    @classmethod
    def edition_model(cls):
        return cls._meta.get_field("editions").related_model

    @classmethod
    def original_model(cls):
        """The class of what texts of this kind follow, or None."""
        return cls._meta.get_field(cls.FOLLOWS).related_model if cls.FOLLOWS else None

    @property
    def name(self):
        """How the ledger names this text for ever."""
        return f"{self.LEDGER_NAME}/{self.pk}"

    def live(self, at):
        """The edition (or notice) patients read at that moment, or None."""
        return live_edition.first(self.edition_model(), at=at, work=self.pk) if self.pk else None

    def waiting(self, at):
        """What is made and not yet in force, or None: at most one act waits."""
        return waiting_edition.first(self.edition_model(), at=at, work=self.pk)

    def differs_from(self, edition):
        """Whether the working copy says anything else than that edition does."""
        return edition is None or edition.is_notice or self.frozen() != edition.content()

    def keep(self, *, by, at):
        """Save what a hand changed, and count it, so that nobody overwrites it unseen."""
        if isinstance(self, Addressed) and not self.slug:
            self.slug = self.free_slug(str(self), self.language)
        is_new = self._state.adding
        self.edits = 1 if is_new else F("edits") + 1
        self.changed_at, self.changed_by_name = at, by.name
        self.sum_up()
        with transaction.atomic():
            self.save()
            if not is_new:
                self.refresh_from_db(fields=["edits"])
            self.saving(by).save()
            if self.BODY:
                Use.written([(self.name, getattr(self, self.BODY))])
            owed.mark_all({type(self): {self.pk}} if self.IS_REVIEWED else {})

    def sum_up(self):
        """Fill in what lists ask of the text, so that they need not read it. Whoever saves one calls this before."""

    def saving(self, by):
        """Who has just saved this, as a row of its own: whoever saved a text is not its second person."""
        text = self.text_digest if self.IS_REVIEWED else ""
        told = {"account": by.account, "saved_by_name": by.name, "text_digest": text}
        return Saving(work=self.name, saved_at=self.changed_at, **told)

    def mend(self, key, *, by, at, edits):
        """Write what a finding proposes in place of what it speaks of; a save, nothing more. Raises Changed, Refused.

        Return the finding.
        """
        self.refuse_changed_since(edits)
        finding = self.judgement(self.unrendered(), at).findings.named(key)
        text = finding and finding.mend and finding.mend.mended(getattr(self, finding.field))
        if text is None:
            raise Refused("What was to be mended does not stand there any more. Nothing was changed.")
        setattr(self, finding.field, text)
        with transaction.atomic():
            type(self)._base_manager.select_for_update(no_key=True).get(pk=self.pk).refuse_changed_since(edits)
            self.keep(by=by, at=at)
        return finding

    def unrendered(self):
        """An unsaved edition of the working copy as it is, but without its HTML: enough for its digest and address."""
        edition = self.edition_model()(work=self, **self.frozen())
        edition.text_digest = edition.digest_of_text()
        return edition

    def freeze(self):
        """The same as patients will read it: what a preview shows and publishing saves. Raises TooLong."""
        edition = self.unrendered()
        if self.BODY:
            edition.html = self.html_of_body()
            told = plain(edition.html)
            edition.words, edition.school_year = len(told.split()), school_year(told, self.language)
        return edition

    def html_of_body(self):
        """What patients read of its Markdown. Raises TooLong."""
        prefix = "" if self.HEADINGS_FROM == 2 else f"{self.ANCHOR}{self.pk}-"
        return render(getattr(self, self.BODY), language=self.language, top=self.HEADINGS_FROM, prefix=prefix)

    def read_before(self):
        """Render it, within `made_once`: so that nobody waits for that under the lock."""
        with suppress(TooLong):  # whoever publishes it is told
            self.freeze()

    def clean_fields(self, exclude=None):
        """As Django checks them; and no text is turned round, or is made of letters that nobody sees."""
        super().clean_fields(exclude)
        problems = {}
        for field in self._meta.fields:
            if field.name not in (exclude or ()) and isinstance(field, models.CharField | models.TextField):
                problems[field.name] = refusal(getattr(self, field.attname), is_required=not field.blank)
        if any(problems.values()):
            raise ValidationError({name: problem for name, problem in problems.items() if problem})

    def check_fields(self):
        """Check each field, but for those that say what they said when they were checked. Raises ValidationError.

        What has to be unique, and whether keys exist, the database checks.
        """
        known, passed = vars(self).get("_checked", {}), []
        for field in self._meta.fields:
            if field.is_relation or known.get(field.name, field) == getattr(self, field.name):
                passed.append(field.name)
        self.full_clean(exclude=passed, validate_unique=False, validate_constraints=False)
        self._checked = {field.name: getattr(self, field.attname) for field in self._meta.fields}

    def fit_edition(self, edition=None):
        """The same, for patients, where it was not frozen before. Raises Unfit where they must not be shown it."""
        try:
            self.check_fields()
            edition = edition or self.freeze()
        except (ValidationError, TooLong) as problem:
            raise Unfit(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        self.refuse_unfit(edition)
        return edition

    def frozen(self):
        """Field by field what an edition copies from this working copy."""
        own = {field.name for field in self._meta.fields}
        return {
            attname: getattr(self, attname) for name, attname in self.edition_model().content_fields() if name in own
        }

    def judgement(self, edition, at, *, by=None):
        """What a second person has to look at before patients read this edition, which `by` wants to publish."""
        return self.JUDGEMENT(self, edition, at, by)

    def publish(self, *, by, note, **told):
        """Freeze the working copy into an edition, in force now or from the moment `at`; return it.

        What waits is cancelled. `seen` are judgements that were made, and looked at, before in the same request.
        `emergency` is the reason to publish a change of substance that nobody has reviewed; `raises_substance` says
        that a change is one although nothing flags it; `ticks` are the keys of the dangerous changes that were looked
        at; `passing` says why it goes out without what it should have. A command never publishes a change of substance
        in what had an edition. Raises Refused.
        """
        (edition,) = acts.publish_all({self: note}, by=by, **told)
        return edition

    @transaction.atomic
    def withdraw(self, *, by, note, reason, text="", replaced_by=None, at=None):
        """Put a notice in place of the live text, now or from the moment `at`; return it. Raises Refused."""
        now = acts.begin({self: note}, at)
        live = self.live(now)
        if live is None or live.is_notice:
            raise NotLive("Patients cannot read this now, so there is nothing to withdraw.")
        notice = self.edition_model()(
            work=self,
            is_notice=True,
            notice_reason=reason,
            notice_text=text.strip(),
            **{name: getattr(live, name) for name in self.edition_model().NOTICE_KEEPS},
        )
        if reason == Edition.Reason.REPLACED:
            if replaced_by is None or replaced_by == self:
                raise Unfit("Choose the guide that has replaced this one.")
            successor = replaced_by.live(at or now)
            if successor is None or successor.is_notice:
                raise Unfit(f"Patients cannot read “{replaced_by}” then. Publish it first, or choose another.")
            notice.replaced_by = replaced_by
        notice.text_digest = notice.digest_of_text()
        notice.number = acts.last_numbers(type(self), [self])[self.pk] + 1
        acts.enact(Line.Verb.WITHDRAW, [notice], {self: note}, [None], now=now, at=at, by=by)
        return notice

    @transaction.atomic
    def cancel(self, *, by, note):
        """Cancel what waits; return it. Raises Refused."""
        now = self.begin(note)
        edition = self.waiting(now)
        if edition is None:
            raise NothingWaiting("Nothing is waiting here, so there is nothing to cancel.")
        acts.cancel_waiting(self, now, by, note)
        edition.refresh_from_db()
        return edition

    def begin(self, note):
        """Take the ledger for an act on this text; return the act's moment. Raises Refused."""
        return acts.begin({self: note})

    def touches(self, edition=None):
        """The names that an act with this edition affects; without one, an act on the text wherever it stands."""
        names = {self.name, self.LEDGER_NAME}
        if isinstance(edition, Addressed):
            names.add(f"{self.LEDGER_NAME} at {edition.language}/{edition.slug}")
        model = self.edition_model()
        if model.PLACED:
            is_first = edition is not None and edition.number == 1
            rows = [] if is_first else list(self.editions.order_by().values(*model.PLACED))
            names |= model.places(rows + ([vars(edition)] if edition is not None else []))
        return names

    def refuse_unfit(self, edition):
        """Raise Unfit when patients must not be shown this edition."""

    def refuse_changed_since(self, edits):
        """Raises Changed when somebody has saved this since it counted so many edits."""
        if self.edits != edits:
            raise Changed(
                f"{self.changed_by_name or 'Somebody'} saved this after you opened it. Nothing was done: look at it "
                "again, then confirm."
            )

    @classmethod
    def changes_again_at(cls, editions, now):
        """The moment at which what is said of each edition changes by itself, or None."""
        return [None] * len(editions)
