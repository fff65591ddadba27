"""Which text shows which picture: for staff, who look before they change one."""

from django.db import models
from django.db.models import Q

from publishing.models.shelf.media import NAME


class Use(models.Model):
    """That a text shows a picture: as it is being written (no number), or in the edition of that number.

    Derived, for staff alone, and kept where a text is saved and published; `renew_pictures` makes all anew. Editions
    that patients can no longer come to read are left out.
    """

    picture = models.CharField(max_length=80)
    work = models.CharField(max_length=60)
    number = models.PositiveIntegerField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["picture"], name="use_picture"), models.Index(fields=["work"], name="use_work")]

    def __str__(self):
        return f"{self.picture} in {self.work}"

    @classmethod
    def written(cls, texts):
        """Keep what working copies show, as (name of the text, its Markdown)."""
        cls.keep({(work, None): text for work, text in texts})

    @classmethod
    def published(cls, editions, at):
        """Keep what new editions of one kind show; of their texts, those from before the live one are left out."""
        gone = Q(number__isnull=False)
        works = {one.work.name: one for one in editions}
        known = cls.objects.filter(gone, work__in=[name for name, one in works.items() if one.number > 1])
        for work in set(known.values_list("work", flat=True)) if any(one.number > 1 for one in editions) else ():
            edition = works[work]
            live = edition.work.live(at)
            kept = live.number if live else edition.number
            cls.objects.filter(gone, work=work, number__lt=kept).delete()
        cls.keep({(one.work.name, one.number): one.html for one in editions})

    @classmethod
    def keep(cls, shown):
        """Keep what each shows of (name of a text, number of its edition or None), and nothing else of these."""
        works = {work for work, _number in shown}
        known = {}
        for pk, *key, picture in cls.objects.filter(work__in=works).values_list("pk", "work", "number", "picture"):
            known[*key, picture] = pk
        wanted = {(*key, picture) for key, text in shown.items() for picture in set(NAME.findall(text))}
        old = [pk for (*key, picture), pk in known.items() if tuple(key) in shown and (*key, picture) not in wanted]
        if old:
            cls.objects.filter(pk__in=old).delete()
        new = sorted(wanted - set(known), key=str)
        cls.objects.bulk_create(cls(work=work, number=number, picture=picture) for work, number, picture in new)
