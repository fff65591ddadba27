"""What was published in an emergency, and nobody has looked at since: of many texts at once, in a few queries."""

from collections import defaultdict
from functools import cache, cached_property, partial

from django.contrib.auth import get_user_model

from publishing.models import Among, Line, Reviewer, Saving, Second, access, judgements_of, open_emergencies
from publishing.record.owed import seldom

TOGETHER = 1000  # texts: what is known of them is held in memory
NEEDED = ("work_id", "number", "language", "in_force_at", "made_at", "digest_format", "text_digest", "emergency_reason")


class SecondOfMany(Second):
    """The second person, where what the record says of many texts is known already."""

    def __init__(self, edition, *, known, **told):
        super().__init__(edition, **told)
        self.known = known

    def judged(self, at):
        return self.known.judged[self.edition.pk]

    @cached_property
    def writers(self):
        saved = self.known.savings[self.edition.work_id]
        since = {account for account, at in saved if self.replaced is None or at > self.replaced.made_at}
        return {*since, self.known.first.get(self.edition.text_digest)} - {None}

    def mails(self, accounts):
        return [mail for account in accounts if (mail := self.known.mails.get(account))]

    def listed(self, pk):
        return self.known.listed.get(pk, "")

    def is_vouched(self, subject, by, account=None):
        return self.known.is_vouched(subject, frozenset(by), account)


class Known:
    """What the record says of these editions of one kind, that decides who is the second person for them."""

    def __init__(self, editions, at):
        called = type(editions[0]).work.field.related_model.LEDGER_NAME
        self.judged = dict(zip((one.pk for one in editions), judgements_of(editions, at), strict=True))
        reviews = [review for judged in self.judged.values() for review in judged]
        lines = Line.objects.filter(Among("pk", [review.line_id for review in reviews]))
        lines = lines.only("by_account", "detail").in_bulk()
        for review in reviews:
            review.line = lines[review.line_id]
        self.savings, self.first = defaultdict(list), {}
        names = {f"{called}/{one.work_id}": one.work_id for one in editions}
        for name, *saved in saved_of("work", list(names), "account", "saved_at"):
            self.savings[names[name]].append(saved)
        for text, account in saved_of("text_digest", list({one.text_digest for one in editions}), "account"):
            self.first.setdefault(text, account)
        self.mails = dict(get_user_model().objects.exclude(email="").values_list("pk", "email"))
        self.listed = dict(Reviewer.objects.values_list("pk", "email"))
        self.is_vouched = cache(access.is_vouched)


def saved_of(field, values, *columns):
    savings = Saving.objects.filter(Among(field, values)).order_by("saved_at", "pk")
    return savings.values_list(field, *columns)


def narrowed(rows, among, field="work"):
    """Those of the texts with these keys; all of them where none are named."""
    return rows.all() if among is None else rows.filter(Among(field, among))


def hurried_of(model, at, among=None):
    """(text, its open emergencies) of each text of a kind that has any, and that patients read; only keys of texts."""
    editions = model.edition_model().objects
    if among is None:
        urgent = seldom.keys(seldom.urgent.rows(model, at=at))
    else:
        urgent = seldom.keys(seldom.urgent_among.rows(model, at=at, works=list(among)))
    if not urgent:
        return
    read = editions.live(at, of=model.objects.filter(Among("pk", sorted(urgent)))).readable()
    works = list(read.order_by("work_id").values_list("work_id", flat=True))
    for first in range(0, len(works), TOGETHER):
        yield from _open(editions.filter(Among("work", works[first : first + TOGETHER])), at)


def _open(editions, at):
    beside = editions.model.work.field.related_model.FOLLOWS
    needed = [*NEEDED, *editions.model.AROUND, *([f"{beside}_id"] if beside else []), "line__by_account"]
    read = editions.been_in_force(at).readable().select_related("line").only(*needed).order_by("work_id", "in_force_at")
    by_work = defaultdict(list)
    for edition in read:
        by_work[edition.work_id].append(edition)
    known = Known([one for own in by_work.values() for one in own], at)
    for work, own in by_work.items():
        if hurried := open_emergencies(own, at, partial(SecondOfMany, known=known)):
            yield work, hurried
