"""What is owed of each text, kept: which state its working copy is in, and what is due of it, until either changes.

Derived from the record alone, so that lists and the desk need not ask the record about every text. An act, and a
saving, says here in its own transaction whose row it concerns; that row is then computed anew by whoever asks next
(publishing/record/owed/keeping.py), as is one whose moment has come. Nothing is told from one that holds no longer.
"""

import datetime
import secrets
from collections import defaultdict

from django.db import models
from django.db.models import Q

from publishing.models import kinds
from publishing.models.prepared import Among, prepared

NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Owed(models.Model):
    """Of one text. It holds from `since_at` until `until_at`; for ever, where nothing of it changes by itself.

    The state leaves out whom somebody has asked, and what is due what was published in an emergency: those rest on
    accounts too, are few, and are asked of the record each time.
    """

    token = models.BigIntegerField(default=0, help_text="Another after each act and saving that concerns it.")
    since_at = models.DateTimeField(default=NEVER)
    until_at = models.DateTimeField(null=True, default=NEVER)
    state = models.CharField(max_length=10, blank=True)
    things = models.PositiveSmallIntegerField(default=0, help_text="How many are due.")
    due = models.TextField(blank=True, help_text="What is due, without a word of anybody's.")

    class Meta:
        abstract = True
        default_permissions = ()
        indexes = [
            models.Index(fields=["state", "work"], name="%(app_label)s_%(class)s_state"),
            models.Index(fields=["until_at", "work"], name="%(app_label)s_%(class)s_until"),
            models.Index(fields=["since_at", "work"], name="%(app_label)s_%(class)s_since"),
            models.Index(fields=["work", "things"], condition=Q(things__gt=0), name="%(app_label)s_%(class)s_things"),
        ]

    def __str__(self):
        return f"{self.work}: {self.state}"


class OwedUnderTopic(Owed):
    """The same of what stands under topics, with what figures of all of them are counted from.

    The check is the one that lists tell: of what patients read, together with what follows it.
    """

    is_read = models.BooleanField(default=False, db_default=False, help_text="Whether patients read it, and no notice.")
    topic_read = models.BigIntegerField(null=True, help_text="The number of the topic under which they do.")
    checked_until = models.DateTimeField(null=True, help_text="Nothing where nobody has checked it.")

    class Meta(Owed.Meta):
        abstract = True
        indexes = [
            *Owed.Meta.indexes,
            models.Index(
                fields=["topic_read", "checked_until"],
                condition=Q(is_read=True),
                name="%(app_label)s_%(class)s_checked",
            ),
        ]


def mark(names):
    """Say that an act concerns these texts, by the ledger's names of them: their rows hold no longer."""
    found = defaultdict(set)
    by_name = {model.LEDGER_NAME: model for model in kinds.reviewed()}
    for called, _slash, pk in (name.partition("/") for name in names):
        if called in by_name and pk.isdecimal():
            found[by_name[called]].add(int(pk))
    mark_all(concerned(found))


def mark_all(found):
    """Say that the rows of these, keys by kind, hold no longer."""
    token = secrets.randbits(62)
    for model in sorted(found, key=lambda model: model.LEDGER_NAME):
        row = model.owed_model()
        row.objects.bulk_create(
            [row(work_id=pk, token=token) for pk in sorted(found[model])],
            update_conflicts=True,
            unique_fields=["work"],
            update_fields=["token", "until_at"],
        )


def concerned(found):
    """Keys by kind: these texts, and all others of which an act on these may change the state, or what is due.

    Those that follow one of them, and what they follow; those that translate one of these, or translate what these
    follow: a question that changed leaves a translation of its guide behind. Rather one too many than one too few.
    """
    near = defaultdict(set)
    for model, keys in found.items():
        if not keys:
            continue
        keys, near[model] = sorted(keys), near[model] | set(keys)
        if model.FOLLOWS:
            original = model.original_model()
            followed = {
                pk for (pk,) in (*now_beside.rows(model, works=keys), *once_beside.rows(model, works=keys)) if pk
            }
            near[original] |= followed
            if followed and original.TRANSLATES:
                near[original] |= {pk for (pk,) in translating.rows(original, works=sorted(followed))}
        for follower, key in kinds.following(model):
            near[follower] |= {pk for (pk,) in following_now.rows(follower, key, works=keys)}
            near[follower] |= {pk for (pk,) in followed_by.rows(follower, key, works=keys)}
        if model.TRANSLATES:
            near[model] |= {pk for (pk,) in translating.rows(model, works=keys)}
    return {model: keys for model, keys in near.items() if keys and model.IS_REVIEWED}


@prepared
def now_beside(model, *, works):
    return model._base_manager.filter(Among("pk", works)).order_by().values_list(f"{model.FOLLOWS}_id")


@prepared
def once_beside(model, *, works):
    editions = model.edition_model()._base_manager.filter(Among("work", works))
    return editions.order_by().values_list(f"{model.FOLLOWS}_id").distinct()


@prepared
def following_now(model, key, *, works):
    return model._base_manager.filter(Among(key, works)).order_by().values_list("pk")


@prepared
def followed_by(model, key, *, works):
    read = model.edition_model()._base_manager.filter(Among(key, works), cancelled_at=None, is_notice=False)
    return read.order_by().values_list("work_id").distinct()


@prepared
def translating(model, *, works):
    return model._base_manager.filter(Among(model.TRANSLATES, works)).order_by().values_list("pk")
