"""A translation and its questions, passage by passage across from the original: read, and written."""

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Article, Settled
from articles.translating.passages import beside, written
from publishing import safety
from publishing.models import kinds
from publishing.refusals import Refused
from publishing.text import refusal, slug_of

COPIED = ("title", "lead", "brief", "body", "sources", "topic_id", "uploaded_by")


class Across:
    """One text of a translation, the guide or a question, across from an edition of its original.

    `of` stands before the names of its fields in the form; `settled` are the pairs that somebody called right.
    """

    def __init__(self, work, now, settled, *, of=""):
        self.work, self.now, self.settled, self.of = work, now, settled, of
        self.then = work.translated or now
        self.fields = {name: name != work.BODY for name in now.DIGESTED[now.digest_format]["text"]}
        self.edits, self.edits_seen, self.edition_seen = work.edits, f"{of}edits_seen", f"{of}edition"
        self.before, self.is_changed = self.said(), False
        self.rows = self.read()

    @property
    def title(self):
        """What the original is called; nothing of the guide itself, which the page is called by."""
        return self.of and str(self.now)

    @property
    def left(self):
        return [row for row in self.rows if row.need]

    def said(self):
        told = [getattr(self.work, name) for name in (*self.fields, "original_id", "translated_id")]
        return [*told, getattr(self.work, "is_machine", False)]

    def read(self):
        found, languages = [], (self.now.language, self.work.language)
        for name, is_whole in self.fields.items():
            texts = (getattr(one, name) for one in (self.then, self.now, self.work))
            found += beside(name, *texts, self.settled, is_whole=is_whole)
        for row in found:
            row.of, row.label = self.of, name_of(row.field) if self.fields[row.field] else ""
            if row.own and row.need != "gone":
                row.apart = safety.apart(row.part.words, row.own, languages=languages)
        return found

    def is_same_as(self, given):
        """Whether nobody has saved it since the form was opened."""
        return given.get(self.edits_seen) == str(self.work.edits)

    def take(self, given):
        """Hold what was typed, as it is in the form."""
        for row in self.rows:
            row.own, row.is_right = given.get(row.name, row.own), f"right-{row.name}" in given

    def write(self, given):
        """Write what was typed into the working copy, unsaved; yield each pair that is right now. Raises Refused."""
        for row in self.rows:
            typed = given.get(row.name, row.own).replace("\r\n", "\n").strip()
            if problem := refusal(typed, is_required=False):
                raise Refused(f"Passage {row.name}: {problem}")
            is_right = typed and row.need != "gone" and (typed != row.own or f"right-{row.name}" in given)
            row.own = typed
            if is_right:
                yield row.pair
        for name, is_whole in self.fields.items():
            rows = [row for row in self.rows if row.field == name]
            kept = [row.part.mark + row.own for row in rows if row.need == "gone" and f"keep-{row.name}" in given]
            typed = {row.number: row.own for row in rows if row.need != "gone"}
            setattr(self.work, name, written(getattr(self.now, name), typed, kept, is_whole=is_whole))

    def settle(self, pairs):
        """Read it anew; where nothing is left it stands beside the edition that it was written across from."""
        self.settled |= pairs
        self.rows = self.read()
        if not self.left:
            self.work.translated = self.now

    def keep(self, *, by, at):
        """Save it where anything has changed; whether it has. A question of which nothing is told yet is none."""
        work = self.work
        if (self.before == self.said() and not self.is_changed) or (
            work.pk is None and not any(row.own for row in self.rows)
        ):
            return False
        if work.pk:  # looked at again under the lock: two forms may have been sent at once
            type(work)._base_manager.select_for_update(no_key=True).get(pk=work.pk).refuse_changed_since(work.edits)
        try:
            work.check_fields()
        except ValidationError as problem:
            raise Refused(" ".join(problem.messages)) from problem
        if (
            work.pk
            and str(work) != self.before[0]
            and not work.editions.exists()
            and slug_of(self.before[0]) in work.slug
        ):
            work.slug = ""  # made from the title as it is told now
        work.keep(by=by, at=at)
        return True


def name_of(field):
    return field.replace("_", " ").capitalize()


class Beside:
    """A translation across from editions of its original: the newest, or those that a form was made from.

    `given` is that form as it was sent; `asked` are the kinds of questions that this person may write.
    """

    def __init__(self, work, at, given=None, asked=()):
        self.work, given = work, given or {}
        live = work.original.live(at)
        readable = None if live is None or live.is_notice else live
        self.now = _numbered(work.original, given.get("edition")) or readable
        self.then = work.translated or self.now
        self.texts, self.gone, self.alone = [], [], []
        self.is_machine = {"yes": True, "no": False}.get(given.get("machine"), work.is_machine)
        if self.now:
            settled = set(work.settled.values_list("text_digest", "own_digest"))
            self.texts = [Across(work, self.now, settled)]
            for model in asked:
                self._ask(model, at, given, settled)
        for place, row in enumerate(self.rows, 1):
            row.place = place

    @property
    def rows(self):
        return [row for text in self.texts for row in text.rows]

    @property
    def left(self):
        return [row for row in self.rows if row.need]

    def _ask(self, model, at, given, settled):
        """The questions of the original that patients read, each with its own here: one that tells it, or a new one."""
        read = model.edition_model().objects.live(at).readable().filter(**{model.FOLLOWS: self.work.original_id})
        read = list(read.in_place())
        own = list(model.objects.filter(**{model.FOLLOWS: self.work.pk}))
        told = {one.original_id: one for one in own if one.original_id}
        left, alone = [one for one in read if one.work_id not in told], [one for one in own if not one.original_id]
        if len(left) == len(alone):
            # The first is taken for the first: whoever saves has seen them side by side.
            told |= {one.work_id: it for one, it in zip(left, alone, strict=True)}
        else:
            self.alone += [(one, left, given.get(f"tells-{one.pk}")) for one in alone]
        for edition in read:
            of = f"q{edition.work_id}-"
            now, own = _numbered(edition.work, given.get(f"{of}edition")) or edition, told.get(edition.work_id)
            is_named_now = own is not None and own.original_id is None
            across = Across(self._across(model, own, now, at), now, settled, of=of)
            across.is_changed = is_named_now
            self.texts.append(across)
        self.gone += [one for pk, one in told.items() if pk not in {it.work_id for it in read}]

    def _across(self, model, own, now, at):
        if own is None:
            told = {
                name: getattr(now, name) for name in (*now.DIGESTED[now.digest_format]["text"], "place", "topic_id")
            }
            told |= {model.FOLLOWS: self.work, "language": self.work.language}
            return model(original=now.work, translated=now, **told)
        if own.original_id is None:
            live = own.live(at)
            then = now.work.live(live.in_force_at) if live else None
            own.original, own.translated = now.work, then if then and not then.is_notice else now
        return own

    @transaction.atomic
    def save(self, given, *, by, at):
        """Write what was typed into the working copies; whether anything changed. Raises Refused."""
        self.work.is_machine = self.is_machine
        named, pairs = self._name(by, at), set()
        chosen = [row for text in self.texts if text.of and text.now.work in named for row in text.rows]
        if any(given.get(row.name, "").strip() for row in chosen):
            raise Refused("You chose a question, and also wrote a new one in its place. Keep one of the two.")
        texts = [one for one in self.texts if not (one.of and one.now.work in named)]
        for text in texts:
            pairs |= set(text.write(given))
        for text_digest, own_digest in pairs:
            Settled.objects.get_or_create(work=self.work, text_digest=text_digest, own_digest=own_digest)
        for text in texts:
            text.settle(pairs)
        changed = [text.keep(by=by, at=at) for text in texts]
        if not self.left:
            self.work.settled.all().delete()
        return bool(named) or any(changed)

    def _name(self, by, at):
        """Save which question each tells that told none, where that was chosen; return the questions they tell."""
        named = {}
        for own, left, chosen in self.alone:
            told = {str(one.work_id): one for one in left if one.work not in named}.get(chosen)
            if told:
                named[told.work] = self._across(type(own), own, told, at)
                own.keep(by=by, at=at)
        return named


def _numbered(original, number):
    """The edition of an original that a form was made from, where it says so and it can still be read."""
    if not (number or "").isdecimal() or len(number) > 8:
        return None
    return original.editions.filter(is_notice=False, redacted_at=None, cancelled_at=None, number=int(number)).first()


def asked_kinds():
    """The kinds of questions that are translated with a guide."""
    return [model for model, _key in kinds.following(Article) if model.TRANSLATES]


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
