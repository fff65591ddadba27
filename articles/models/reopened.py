"""Old editions that are closed to patients, opened by a publisher; and closed again."""

from django.db import models, transaction

from publishing.models import Line, ledger


class Reopened(models.Model):
    """Mixed into the working copy of a guide. Which old editions are closed is computed: articles/shown/opened.py."""

    class Meta:
        abstract = True

    @transaction.atomic
    def open_old(self, edition, *, by, note):
        """Let patients read an old edition although it is closed, until something closes it anew. Raises Refused."""
        return self._say_of_old(Line.Verb.OPEN, edition, by, note)

    @transaction.atomic
    def close_old(self, edition, *, by, note):
        """Take back that it was opened. Raises Refused."""
        return self._say_of_old(Line.Verb.CLOSE, edition, by, note)

    def _say_of_old(self, verb, edition, by, note):
        now = self.begin(note)
        told = {"note": note.strip(), "number": edition.number, "beside": edition.beside}
        ledger.append(verb, self.name, touches=self.touches(), at=now, by=by, **told)
        return edition

    def said_of_old(self, at):
        """By number of an old edition, the last line that opened or closed it by then."""
        lines = Line.objects.filter(work=self.name, verb__in=[Line.Verb.OPEN, Line.Verb.CLOSE], at__lte=at)
        return {line.number: line for line in lines.only("number", "verb", "at").order_by("seq")}
