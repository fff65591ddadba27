"""Old editions brought back: into the working copy, or before patients again."""

from copy import copy

from django.db import models, transaction

from publishing.models.chained import ledger
from publishing.models.chained.ledger import Line
from publishing.models.frozen.addresses import Addressed
from publishing.models.frozen.savings import Saving
from publishing.models.works import acts
from publishing.refusals import Refused
from publishing.text import made_once


class GoingBack(models.Model):
    """Mixed into a working copy."""

    class Meta:
        abstract = True

    def restorable(self, edition):
        """The names of the fields that restoring an edition brings back: all it froze of this, but the address."""
        own = {field.name for field in self._meta.fields} - {field.name for field in Addressed._meta.fields}
        return [name for name, _attname in type(edition).content_fields() if name in own]

    @transaction.atomic
    def restore(self, edition, *, by, at, edits):
        """Bring an old edition's text into the working copy; a save, nothing more. Raises Changed, Refused."""
        if edition.is_notice or edition.redacted_at:
            raise Refused("A notice, or an edition that was erased, holds no text, so there is nothing to restore.")
        current = type(self)._base_manager.select_for_update(no_key=True).get(pk=self.pk)
        current.refuse_changed_since(edits)
        for name in self.restorable(edition):
            setattr(self, name, getattr(edition, name))
        self.keep(by=by, at=at)

    def go_back(self, edition, *, by, edits):
        """Publish what an earlier edition says; what is written here stays. Return the edition. Raises Refused.

        Like any publication it is refused where going back changes the substance and nobody has reviewed it.
        """
        with made_once():
            would = copy(self)
            for name in self.restorable(edition):
                setattr(would, name, getattr(edition, name))
            seen = acts.judged_together([would], Line.objects.moment_of_reading(), by=by)
            seen[0].look_ahead()
            return self._go_back(edition, by, edits, seen)

    @transaction.atomic
    def _go_back(self, edition, by, edits, seen):
        now = ledger.lock()
        wrote = self._wrote_since(edition)
        written = {name: getattr(self, name) for name in self.restorable(edition)}
        self.restore(edition, by=by, at=now, edits=edits)
        restored = type(self)._base_manager.get(pk=self.pk)
        note = f"Back to what edition {edition.number} says."
        made = restored.publish(by=by, note=note, passing=note, seen=seen)
        for name, value in written.items():
            setattr(restored, name, value)
        restored.keep(by=by, at=now)
        # What stays is theirs, whoever went back: none of them may be the second person for it.
        wrote.pop(by.account, None)
        for account, name in wrote.items():
            row = restored.saving(by)
            row.account, row.saved_by_name = account, name
            row.save()
        return made

    def _wrote_since(self, edition):
        """By account the name of each who saved the text since an edition."""
        savings = Saving.objects.filter(work=self.name, saved_at__gt=edition.made_at).exclude(account=None)
        return dict(savings.order_by("saved_at", "pk").values_list("account", "saved_by_name"))
