"""Guides that were brought in, on their way to patients: what holds each of them back, and all others published."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Subquery, Sum

from articles.importing.looking import looked_at
from articles.models import Article
from publishing.models import Among, Buffer, Frame, kinds, name_of, publish_all
from publishing.refusals import Refused, Unfit

TOGETHER = 4  # guides that are judged at once
TOLD = 4  # reasons of one guide


@dataclass
class Coming:
    """A guide that was brought in, with the questions that go along. `why` tells what holds it back, each with the page
    on which that is done: (sentence, text, page, words of its button)."""

    article: Article
    read: dict = field(default_factory=dict)  # of it and its questions what patients read
    judgements: list = field(default_factory=list)
    why: list = field(default_factory=list)

    @property
    def works(self):
        return [one.work for one in self.judgements]

    @property
    def questions(self):
        return len([one for one in self.works if one != self.article])

    @property
    def to_add(self):
        """What it would be published without."""
        return list(dict.fromkeys(one.sentence for judged in self.judgements for one in judged.to_add))

    @property
    def number(self):
        """Of the edition that it would be."""
        last = self.article.editions.order_by("-number").values_list("number", flat=True).first()
        return (last or 0) + 1

    @property
    def doubts(self):
        """What its file left doubtful, until somebody says that they have looked: another topic settles nothing."""
        return self.article.intake.doubts.splitlines()

    def hold(self, sentence, page, button, work=None):
        self.why.append((sentence, work or self.article, page, button))


def brought_in(at, owner=None):
    """Guides that came in from files, of one owner or of all, and say something else than patients read."""
    live = Article.edition_model().objects.live_of("pk", at)
    works = Article.objects.filter(intake__isnull=False)
    works = works.filter(owner=owner) if owner else works
    read = {"said": Subquery(live.values("content_digest")[:1]), "is_notice": Subquery(live.values("is_notice")[:1])}
    # What was withdrawn comes back by its own page alone.
    is_open = Q(said=None) | (~Q(said=F("content_digest")) & Q(is_notice=False))
    return works.alias(**read).filter(is_open).order_by("title", "pk")


def as_seen(works):
    """{key: how often a guide and its questions were saved}: what a page shows is known again by it."""
    told = defaultdict(list)
    for pk, edits in works.values_list("pk", "edits"):
        told[pk].append(edits)
    for model, key in kinds.following(Article):
        rows = model._base_manager.filter(**{f"{key}__in": works.order_by().values("pk")}).order_by()
        for pk, count, edits in rows.values_list(key).annotate(Count("pk"), Sum("edits")):
            told[pk] += [count, edits]
    return {pk: ".".join(map(str, numbers)) for pk, numbers in told.items()}


def coming_out(keys, by, at):
    """These guides in the order of their keys, each with what would be published of it and what holds it back."""
    brought = Article.objects.filter(intake__isnull=False)
    rows = brought.select_related("intake", "topic", "publisher", "sponsor", "owner").in_bulk(keys)
    found = [Coming(rows[key]) for key in keys if key in rows]
    for start in range(0, len(found), TOGETHER):
        _judge(found[start : start + TOGETHER], by, at)
    needs_two_people = Frame.around(at).needs_two_people if found else None
    for judged in (judged for one in found for judged in one.judgements):
        judged.needs_two_people = needs_two_people
    for one in found:
        if one.judgements and not one.why:
            _hold_back(one, by, at)
    return found


def _judge(some, by, at):
    """Find what stands between them and patients: together where that goes, else each by itself."""
    for one in some:
        one.read = {work: work.live(at) for work in (one.article, *kinds.followers(one.article))}
    works = {one.article: _changed(one) for one in some}
    in_order = sorted((work for texts in works.values() for work in texts), key=lambda work: type(work).LEDGER_NAME)
    try:
        judged = {one.work: one for one in looked_at(in_order, at, by)}
    except Unfit as why:
        if len(some) > 1:
            for one in some:
                _judge([one], by, at)
        else:
            some[0].hold(str(why), "change", "Go to it")
        return
    for one in some:
        one.judgements = [judged[work] for work in works[one.article]]


def _changed(one):
    """The texts of a guide that patients do not read as they are, but for questions that were withdrawn."""
    gone = [work for work, live in one.read.items() if work != one.article and live and live.is_notice]
    return [work for work, live in one.read.items() if work not in gone and work.differs_from(live)]


def _hold_back(one, by, at):
    """Say all that a person has to do first, or has to look at on the page of the one text."""
    article = one.article
    if article.waiting(at):
        one.hold("Something of it waits to come into force.", "editions", "See what waits")
    for work in one.works:
        for typed in Buffer.objects.writing(work.name, at):
            if typed.person_id != by.account:
                one.hold(f"{name_of(typed.person)} is writing in it.", "change", "Go to it", work)
    if doubts := one.doubts:
        more = f" And {len(doubts) - 1} more." if len(doubts) > 1 else ""
        one.hold(f"Its file left a doubt: {doubts[0]}{more}", "change", "Look at it")
    for judged in one.judgements:
        _hold_text(one, judged)
    if _leaves_behind(one):
        one.hold("Its substance changes, and a question beside it stays as it is.", "publish", "Publish …")


def _hold_text(one, judged):
    called = "" if judged.work == one.article else f"“{judged.work}”: "
    # What no command passes is looked at text by text here too.
    held = [fault for fault in judged.findings.please_add if fault.check.holds_commands]
    for fault in [*judged.findings.must_fix, *held][:TOLD]:
        one.hold(f"{called}{fault.sentence} {fault.effect}".strip(), "change", "Go to it", judged.work)
    if judged.dangers:
        one.hold(f"{called}{judged.said}: look at it and tick it.", "publish", "Publish …")
    elif not judged.compares_words:
        one.hold(f"{called}The words of its language are not compared.", "publish", "Publish …")
    if judged.is_substance and judged.lacks_review:
        whose = f"“{judged.work}”" if called else "it"
        one.hold(f"No second person has checked {whose}.", "ask", "Ask for a check …", judged.work)


def _leaves_behind(one):
    """Whether patients read a question that stays as it is beside a change of substance: somebody decides about it."""
    first = one.judgements[0]
    if first.work != one.article or not first.is_substance or first.last is None:
        return False
    return any(live and not live.is_notice for work, live in one.read.items() if work not in one.works)


def publish_some(seen, *, by, at, note, passing, is_over):
    """Publish, guide by guide, what nothing holds back of guides as they were seen ({key: as_seen}), until the time is
    over, and at least some; (keys of those that are left, {article: why it was not published})."""
    keys, refused = list(seen), {}
    for start in range(0, len(keys), TOGETHER):
        if start and is_over():
            return keys[start:], refused
        some = keys[start : start + TOGETHER]
        found = coming_out(some, by, at)
        # Asked after they were read: what is as it was seen, was so when it was read.
        now = as_seen(Article.objects.filter(Among("pk", some)))
        # Withdrawing saves nothing, and whatever was withdrawn comes back by its own page alone.
        open_still = set(brought_in(at).filter(Among("pk", some)).values_list("pk", flat=True))
        for one in found:
            if one.article.pk not in open_still or now.get(one.article.pk) != seen[one.article.pk]:
                refused[one.article] = "somebody changed it after you opened the page"
            elif one.works and not one.why:
                try:
                    _publish(one, by=by, note=note, passing=passing)
                except Refused as why:
                    refused[one.article] = str(why)
    return [], refused


def _publish(one, *, by, note, passing):
    publish_all(dict.fromkeys(one.works, note), by=by, seen=one.judgements, passing=passing)


def settle(article, file):
    """Somebody has looked at what that file of a guide left doubtful; False where another was brought in since."""
    return bool(type(article.intake).objects.filter(article=article, file_digest=file).update(doubts=""))
