"""Redaction: what the law makes a clinic erase goes for ever, while its line in the ledger, and the digest, stay."""

import json
from functools import partial, reduce
from operator import or_

from django.db import models, transaction
from django.db.models import Q

from publishing.models import kinds
from publishing.models.chained import ledger
from publishing.models.chained.ledger import Line
from publishing.models.search import index
from publishing.models.shelf import media
from publishing.models.shelf.media import NAME
from publishing.models.shelf.pictures import Picture
from publishing.models.stored import StoredPage, differences_of
from publishing.refusals import Refused


class Redactable(models.Model):
    """Mixed into a working copy."""

    class Meta:
        abstract = True

    @transaction.atomic
    def redact(self, edition, *, by, reason, with_pictures=False):
        """Erase an edition's text, its stored pages and, if asked, the pictures that nothing else shows; return it.

        Its number, moments, digests and ledger lines stay, and so do its address and its change note. Raises Refused.
        """
        now = self.begin(reason)
        edition.refresh_from_db()
        if edition.redacted_at is not None:
            raise Refused("This edition was erased before.")
        if edition == self.live(now):
            raise Refused("Patients read this now. Withdraw it, or publish a text without it, and then erase it.")
        if edition == self.waiting(now):
            raise Refused("This edition waits to come into force. Cancel it first, and then erase it.")
        touches = self.touches(edition)
        pictures = pictures_only_in(edition) if with_pictures else []
        self.editions.filter(pk=edition.pk).mark_redacted(now)
        digests = {"text_digest": edition.text_digest, "page_digest": edition.page_digest}
        told = {"at": now, "by": by, "note": reason.strip(), "number": edition.number, "beside": edition.beside}
        ledger.append(Line.Verb.REDACT, self.name, touches=touches, **told, **digests)
        needing = (Q(needs__contains=json.dumps(name)) for name in (*touches, differences_of(self.name)))
        StoredPage.objects.filter(reduce(or_, needing)).delete()
        index.renew([self], now)
        index.tables.optimise()
        forget_pictures(pictures)
        edition.refresh_from_db()
        return edition


def pictures_only_in(edition):
    """The pictures of an edition that no other edition and no working copy shows."""
    return [name for name in sorted(set(NAME.findall(edition.html))) if not _is_elsewhere(name, edition)]


def _is_elsewhere(name, edition):
    for model in kinds.editions():
        others = model.objects.exclude(pk=edition.pk) if model is type(edition) else model.objects
        work_model = model._meta.get_field("work").related_model
        written = Q(**{f"{work_model.BODY}__contains": name}) if work_model.BODY else Q(pk=None)
        if others.filter(html__contains=name).exists() or work_model._base_manager.filter(written).exists():
            return True
    return False


def forget_pictures(names):
    """Erase pictures by their names: the rows now, the files when that is certain: a row must not outlive its file."""
    for picture in Picture.objects.filter(name__in=names):
        picture.delete_renditions()
        picture.delete()
    for name in names:
        transaction.on_commit(partial(media.delete, name))
