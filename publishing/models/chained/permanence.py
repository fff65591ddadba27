"""Rows that are kept for ever: written once, never changed, never deleted. The database refuses it too."""

from django.db import models

from publishing.refusals import Permanent


class PermanentQuerySet(models.QuerySet):
    """Refuses to change or delete rows. What may still be set, once, has a method of its own that calls `set_once`."""

    def update(self, **changes):
        raise Permanent(f"{self._called()} cannot be changed.")

    def bulk_update(self, *args, **kwargs):
        raise Permanent(f"{self._called()} cannot be changed.")

    def bulk_create(self, rows, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise Permanent(f"{self._called()} cannot be changed.")
        return super().bulk_create(rows, *args, **kwargs)

    def delete(self):
        raise Permanent(f"{self._called()} cannot be deleted.")

    def set_once(self, **changes):
        """Set what stays empty when a row is made; the triggers hold which columns that are. Returns how many rows."""
        return super().update(**changes)

    def _called(self):
        name = str(self.model._meta.verbose_name_plural)
        return name[:1].upper() + name[1:]


class PermanentRow(models.Model):
    """A row that is kept for ever."""

    is_permanent = True

    # Columns that may go from NULL to a value once, and the condition on the new value, in SQL.
    SET_ONCE: dict[str, str] = {}
    # Groups of columns that may become empty, all of a group together: the law may have such words erased.
    ERASABLE: tuple[tuple[str, ...], ...] = ()
    # Columns that are a flag as well as words: what alone may take the place of such words.
    REPLACEABLE: dict[str, str] = {}

    objects = PermanentQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Permanent(f"{type(self).objects.all()._called()} cannot be changed.")
        super().save(*args, force_insert=True)

    def delete(self, *args, **kwargs):
        raise Permanent(f"{type(self).objects.all()._called()} cannot be deleted.")
