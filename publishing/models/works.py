"""Working copies: what staff edit, and the acts that turn it into editions."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F

from publishing.models import ledger
from publishing.models.addresses import Addressed
from publishing.models.editions import Edition, last_edition, live_edition, waiting_edition
from publishing.models.ledger import Line
from publishing.models.redaction import Redactable
from publishing.models.remembered import rendered
from publishing.models.savings import Saving
from publishing.refusals import (
    AddressTaken,
    Changed,
    MomentPassed,
    NoteMissing,
    NothingToPublish,
    NothingWaiting,
    NotLive,
    Refused,
    Unfit,
)
from publishing.text import TooLong, fold, visible


class WorkingCopy(Redactable):
    """What staff edit: never public. The concrete class adds the content; its editions point back with `work`."""

    LEDGER_NAME: str  # how the ledger calls these: articles, faq, frame
    BODY: str = ""  # the Markdown field that becomes the edition's HTML
    HEADINGS_FROM = 2
    TELLS_CHANGES = False  # whether patients read the change notes
    IS_REVIEWED = False  # whether clinicians review it
    FOLLOWS = ""  # the key, here and in its editions, to the text that this one follows

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
        """Save what a person or a command changed, and count it, so that nobody overwrites it unseen."""
        if isinstance(self, Addressed) and not self.slug:
            self.slug = self.free_slug(str(self), self.language)
        is_new = self._state.adding
        self.edits = 1 if is_new else F("edits") + 1
        self.changed_at, self.changed_by_name = at, ledger.name_of(by)
        self.save()
        if not is_new:
            self.refresh_from_db(fields=["edits"])
        self.saving(by).save()

    def saving(self, by):
        """Who has just saved this, as a row of its own: whoever saved a text is not its second person."""
        person = None if isinstance(by, str) else by
        return Saving(work=self.name, saved_at=self.changed_at, saved_by=person, saved_by_name=self.changed_by_name)

    def restorable(self, edition):
        """The names of the fields that restoring an edition brings back: all it froze of this, but the address."""
        own = {field.name for field in self._meta.fields} - {field.name for field in Addressed._meta.fields}
        return [name for name, _attname in type(edition).content_fields() if name in own]

    @transaction.atomic
    def restore(self, edition, *, by, at, edits):
        """Bring an old edition's text into the working copy; a save, nothing more. Raises Changed, Refused."""
        if edition.is_notice or edition.redacted_at:
            raise Refused("A notice, or an edition that was erased, holds no text, so there is nothing to restore.")
        current = type(self)._base_manager.select_for_update().get(pk=self.pk)
        current.refuse_changed_since(edits)
        for name in self.restorable(edition):
            setattr(self, name, getattr(edition, name))
        self.keep(by=by, at=at)

    def freeze(self):
        """An unsaved edition of the working copy as it is: what a preview shows and publishing saves."""
        edition = self.edition_model()(work=self, **self.frozen())
        if self.BODY:
            prefix = "" if self.HEADINGS_FROM == 2 else f"q{self.pk}-"
            text = getattr(self, self.BODY)
            edition.html, edition.words = rendered(text, self.language, self.HEADINGS_FROM, prefix)
        edition.text_digest = edition.digest_of_text()
        return edition

    def fit_edition(self):
        """The same, for patients. Raises Unfit where they must not be shown it."""
        keys = [field.name for field in self._meta.fields if field.is_relation]
        try:
            # Keys and constraints are held by the database, where this working copy already is.
            self.full_clean(exclude=keys, validate_unique=False, validate_constraints=False)
            edition = self.freeze()
        except (ValidationError, TooLong) as problem:
            raise Unfit(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        self.refuse_unfit(edition)
        return edition

    def first_edition(self, made):
        """The first one ever, of a text whose fields a command has just checked. Raises Unfit.

        `made` are the editions, by text, that the same act made before.
        """
        edition = self.freeze()
        self.refuse_unfit(edition)
        return edition

    def frozen(self):
        """Field by field what an edition copies from this working copy."""
        own = {field.name for field in self._meta.fields}
        return {
            attname: getattr(self, attname) for name, attname in self.edition_model().content_fields() if name in own
        }

    @transaction.atomic
    def publish(self, *, by, note, at=None, emergency="", raises_substance=False, ticks=()):
        """Freeze the working copy into an edition, in force now or from the moment `at`; return it.

        `by` is a user, or the name of a command. What waits is cancelled. `emergency` is the reason to publish a change
        of substance that nobody has reviewed; `raises_substance` says that a change is one although nothing flags it;
        `ticks` are the keys of the dangerous changes that were looked at. Raises Refused.
        """
        now = self._begin(note, at)
        live = self.live(now)
        if not self.differs_from(live):
            raise NothingToPublish("Patients already read exactly this text, so there is nothing to publish.")
        edition = self.fit_edition()
        self._refuse_taken_address(edition, live, now)
        detail = self.judge(
            edition, by=by, now=now, at=at, emergency=emergency, raises_substance=raises_substance, ticks=ticks
        )
        verb = Line.Verb.PUBLISH if at is None else Line.Verb.SCHEDULE
        return self._enact(verb, edition, now, at, by, note, detail)

    @transaction.atomic
    def withdraw(self, *, by, note, reason, text="", replaced_by=None, at=None):
        """Put a notice in place of the live text, now or from the moment `at`; return it. Raises Refused."""
        now = self._begin(note, at)
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
        return self._enact(Line.Verb.WITHDRAW, notice, now, at, by, note)

    @transaction.atomic
    def cancel(self, *, by, note):
        """Cancel what waits; return it. Raises Refused."""
        now = self._begin(note, None)
        edition = self.waiting(now)
        if edition is None:
            raise NothingWaiting("Nothing is waiting here, so there is nothing to cancel.")
        self._cancel_waiting(now, by, note)
        edition.refresh_from_db()
        return edition

    def touches(self, edition):
        """The names that an act with this edition affects."""
        names = {self.name, self.LEDGER_NAME}
        if isinstance(edition, Addressed):
            names.add(f"{self.LEDGER_NAME} at {edition.language}/{edition.slug}")
        return names

    def judge(self, edition, *, by, now, at, emergency, raises_substance, ticks):
        """Refuse an edition that needs another person's judgement; return what the ledger keeps of it."""
        return {}

    def refuse_unfit(self, edition):
        """Raise Unfit when patients must not be shown this edition."""

    def _begin(self, note, at):
        if not visible(note):
            raise NoteMissing("Say in a few words what changed and why: the change note stays with the record.")
        now = ledger.lock()
        if at is not None and at <= now:
            raise MomentPassed(
                "That moment has passed. Choose one in the future, or go back and do it at once instead of later."
            )
        type(self)._base_manager.only("edits", "changed_by_name").get(pk=self.pk).refuse_changed_since(self.edits)
        return now

    def refuse_changed_since(self, edits):
        """Raises Changed when somebody has saved this since it counted so many edits."""
        if self.edits != edits:
            raise Changed(
                f"{self.changed_by_name or 'Somebody'} saved this after you opened it. Nothing was done: look at it "
                "again, then confirm."
            )

    def _refuse_taken_address(self, edition, live, now):
        # Nobody can have taken the address that this text has now.
        if not isinstance(edition, Addressed) or (live and live.address() == edition.address()):
            return
        editions = self.edition_model().objects.exclude(work=self).filter(language=edition.language, slug=edition.slug)
        # Seldom has another text ever had this address, and that is soon known.
        taken = editions.exists() and (editions.live(now).first() or editions.waiting(now).first())
        if taken:
            raise AddressTaken(
                f"“{taken.work}” answers at the address “{edition.slug}”. Give this one another address, "
                "or first publish that one under another."
            )

    def _cancel_waiting(self, now, by, note):
        for edition in waiting_edition(self.edition_model(), at=now, work=self.pk):
            self.editions.filter(pk=edition.pk).mark_cancelled(now)
            ledger.append(
                Line.Verb.CANCEL,
                self.name,
                at=now,
                by=by,
                note=note,
                number=edition.number,
                touches=self.touches(edition),
            )

    def _enact(self, verb, edition, now, at, by, note, detail=None):
        self._cancel_waiting(now, by, note)
        last = last_edition.first(self.edition_model(), work=self.pk)
        line = self.sealed(edition, verb, last.number + 1 if last else 1, now, at or now, by, note, detail)
        edition.save()
        ledger.append_all([(line, self.touches(edition))], self.changes_again_at(edition, now))
        return edition

    def changes_again_at(self, edition, now):
        """The moment at which what is said of this edition changes by itself, if there is one."""
        return None

    def sealed(self, edition, verb, number, now, in_force_at, by, note, detail=None):
        """Complete the edition with what its act says; return the unsaved line of the ledger that proves it."""
        edition.number, edition.made_at, edition.in_force_at = number, now, in_force_at
        edition.made_by = None if isinstance(by, str) else by
        edition.made_by_name, edition.note = ledger.name_of(by), visible(note)
        edition.folded = fold(edition.text())
        edition.page_digest = edition.digest_of_page()
        return ledger.line(
            verb,
            self.name,
            at=now,
            by=by,
            note=edition.note,
            number=number,
            in_force_at=in_force_at,
            text_digest=edition.text_digest,
            page_digest=edition.page_digest,
            detail=detail,
        )
