"""What may be replaced everywhere: words, in every spelling that is surely meant, or one picture by another."""

import re
from dataclasses import dataclass

from publishing.models import FOLDER, NAME, Among, Picture, Use, consents_to, kinds
from publishing.record.recall.shelved import uses_of
from publishing.record.recall.told import Hit, hit_at, hits
from publishing.refusals import Refused
from publishing.text import around_found, fold, left_in, rewritten

WORDLESS = "The new picture has no words for people who cannot see it. Give it words first."
ENDED = "The consent to show the new picture has ended. Choose another picture."
SAME = "That is the same picture. Choose another one."
ONLY_WRITTEN = "It shows the picture where it is being written, and patients do not see it there: change it there."
GONE = "This picture is not in the library any more. Choose one there."


@dataclass(frozen=True)
class Words:
    """Words, and what to put in their place."""

    wanted: str
    by: str

    def hits(self, at, after, together):
        return hits(self.wanted, at, is_living=True, after=after, together=together)

    def rewritten(self, text):
        return rewritten(text, self.wanted, self.by or self.wanted)

    def has_new(self, text):
        """Whether what is put in its place stands in the text."""
        return bool(around_found(text, fold(self.by))[1])

    def left_in(self, text):
        """What of it a text says in another way: (the words before, what is left, the words after), or None."""
        return left_in(text, self.wanted, self.by or self.wanted)

    def elsewhere(self, at):
        return []

    def is_left(self, edition):
        return bool(self.left_in(edition.text()))

    @property
    def changes(self):
        return bool(self.by) and self.by != self.wanted


@dataclass(frozen=True)
class Shown:
    """A picture and the one to show instead, each by the address at which texts show it; the words go with it."""

    wanted: str
    by: str
    new: Picture | None = None

    @property
    def name(self):
        return self.wanted.removeprefix(FOLDER)

    @property
    def old(self):
        return Picture.objects.filter(name=self.name).first()

    def hits(self, at, after, together):
        """What is live and shows it, one kind after the other; `after` is the place of a hit: those behind it."""
        keys, last = {}, hit_at(after, self.wanted)
        for work in Use.objects.filter(picture=self.name, number__isnull=False).values_list("work", flat=True):
            kind, _slash, key = work.partition("/")
            keys.setdefault(kind, set()).add(int(key))
        for model in kinds.works():
            found = keys.get(model.LEDGER_NAME, set())
            if last:
                is_here = isinstance(last.edition, model.edition_model())
                found = {key for key in found if key < last.edition.work_id} if is_here else set()
                last = None if is_here else last
            live = model.edition_model().objects.live(at, of=model._base_manager.filter(Among("pk", sorted(found))))
            for edition in live.order_by("-work") if found else ():
                if self.name in edition.html:
                    yield Hit(edition, self.wanted, True)

    def rewritten(self, text):
        if self.new is None:
            return text
        shown = re.compile(rf"!\[(?:[^\[\]\\]|\\.)*\]\({re.escape(self.wanted)}")
        text = shown.sub(lambda _found: self.new.markdown.removesuffix(")"), text)
        return text.replace(self.wanted, self.by)

    def has_new(self, text):
        return self.by in text

    def left_in(self, text):
        return None

    def elsewhere(self, at):
        """[(work, why it is left to a person)] of what is only being written with it."""
        uses = uses_of([self.name], at).get(self.name, ())
        return [(one.work, ONLY_WRITTEN) for one in uses if not one.is_live]

    def is_left(self, edition):
        return self.name in edition.html

    @property
    def changes(self):
        return self.new is not None


def wanted_of(wanted, by, at):
    """What is to be replaced: the picture at an address of ours, else words. Raises Refused for the new picture."""
    name = wanted.removeprefix(FOLDER)
    if not (wanted.startswith(FOLDER) and NAME.fullmatch(name)):
        return Words(wanted, by)
    if not by:
        return Shown(wanted, by)
    new = Picture.objects.filter(name=by.removeprefix(FOLDER)).first() if by.startswith(FOLDER) else None
    if new is None:
        raise Refused(GONE)
    if by == wanted:
        raise Refused(SAME)
    told = consents_to([new.name], at).get(new.name)
    if told and told.is_over(at):
        raise Refused(ENDED)
    if not new.alt_text and not new.is_decorative:
        raise Refused(WORDLESS)
    return Shown(wanted, by, new)
