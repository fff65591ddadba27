"""A translation passage by passage across from its original: read, and written into the working copy."""

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Article, Settled
from articles.translating.passages import beside, written
from publishing import safety
from publishing.refusals import Refused
from publishing.text import refusal, slug_of

FIELDS = {"title": True, "lead": True, "brief": True, "body": False}  # whether each is one passage
COPIED = ("title", "lead", "brief", "body", "sources", "topic_id", "uploaded_by")


class Beside:
    """A translation across from an edition of its original: the newest, or the one that a form was made from."""

    def __init__(self, work, at, number=0):
        self.work = work
        editions = work.original.editions.filter(is_notice=False, redacted_at=None, cancelled_at=None)
        live = work.original.live(at)
        self.now = editions.filter(number=number).first() or (None if live is None or live.is_notice else live)
        self.then = work.translated or self.now
        self.rows = self.read() if self.now else []

    def read(self):
        settled, found = set(self.work.settled.values_list("text_digest", "own_digest")), []
        for name, is_whole in FIELDS.items():
            texts = (getattr(one, name) for one in (self.then, self.now, self.work))
            found += beside(name, *texts, settled, is_whole=is_whole)
        languages = self.now.language, self.work.language
        for place, row in enumerate(found, 1):
            row.place = place
            if row.own and row.need != "gone":
                row.apart = safety.apart(row.part.words, row.own, languages=languages)
        return found

    @property
    def left(self):
        return [row for row in self.rows if row.need]

    @transaction.atomic
    def save(self, given, *, by, at):
        """Write what was typed into the working copy; whether anything changed. Raises Refused."""
        before = [getattr(self.work, name) for name in FIELDS], self.work.translated_id
        for row in self.rows:
            typed = given.get(row.name, row.own).replace("\r\n", "\n").strip()
            if problem := refusal(typed, is_required=False):
                raise Refused(f"Passage {row.name}: {problem}")
            is_right = typed and row.need != "gone" and (typed != row.own or f"right-{row.name}" in given)
            row.own = typed
            if is_right:
                Settled.objects.get_or_create(
                    work=self.work, **dict(zip(("text_digest", "own_digest"), row.pair, strict=True))
                )
        for name, is_whole in FIELDS.items():
            rows = [row for row in self.rows if row.field == name]
            kept = [row.part.mark + row.own for row in rows if row.need == "gone" and f"keep-{row.name}" in given]
            typed = {row.number: row.own for row in rows if row.need != "gone"}
            setattr(self.work, name, written(getattr(self.now, name), typed, kept, is_whole=is_whole))
        self.rows = self.read()
        if not self.left:
            self.work.translated = self.now
        return self.keep(before, by=by, at=at)

    def keep(self, before, *, by, at):
        work = self.work
        if before == ([getattr(work, name) for name in FIELDS], work.translated_id):
            return False
        try:
            work.check_fields()
        except ValidationError as problem:
            raise Refused(" ".join(problem.messages)) from problem
        if work.title != before[0][0] and not work.editions.exists() and slug_of(before[0][0]) in work.slug:
            work.slug = ""  # made from the title as it is told now
        work.keep(by=by, at=at)
        if not self.left:
            work.settled.all().delete()
        return True


@transaction.atomic
def begin(original, language, *, by, owner, at):
    """A new working copy in a language, with the words of the original until they are translated. Raises Refused."""
    edition = original.live(at)
    if edition is None or edition.is_notice:
        raise Refused(f"Patients cannot read “{original}” now. Publish it first, then translate what they read.")
    work = Article(language=language, original=original, translated=edition, owner=owner)
    for name in COPIED:
        setattr(work, name, getattr(edition, name))
    work.publisher, work.sponsor = original.publisher, original.sponsor
    if problem := work.why_no_translation():
        raise Refused(problem)
    work.keep(by=by, at=at)
    return work
