"""What a publisher has to look at before patients read another text than the last: the changes that can hurt."""

from functools import cached_property

from publishing import safety
from publishing.refusals import NotTicked


class Comparison:
    """An edition beside the one that patients read last. It is made once an act, and handed on."""

    def __init__(self, work, edition, at, by):
        self.work, self.edition, self.at, self.by = work, edition, at, by

    @cached_property
    def live(self):
        """What patients read at that moment, or None."""
        return self.work.live(self.at)

    @cached_property
    def last(self):
        """The newest edition patients could read, passing over notices; None at first. It may be erased since."""
        if self.live is None or not self.live.is_notice:
            return self.live
        read = self.work.editions.been_in_force(self.at).readable()
        return read.defer("html", "folded").first()

    @cached_property
    def dangers(self):
        """What changed in a way that can hurt, compared with what patients read last.

        Nothing for a first edition, and nothing beside one that was erased, of which nobody can say what it said.
        """
        if self.last is None or self.last.redacted_at:
            return []
        found, texts = {}, [(self.last.text(), self.edition.text())]
        texts += [(getattr(self.last, name), getattr(self.edition, name)) for name in self.edition.COMPARED]
        for language in dict.fromkeys((self.last.language, self.edition.language)):
            for before, after in texts:
                found |= {danger.key: danger for danger in safety.find(before, after, language=language)}
        for name, called in self.edition.FRAMED.items():
            before, after = (str(getattr(one, name) or "") for one in (self.last, self.edition))
            if before != after:
                danger = safety.Danger(f"{before} ({called})", f"{after} ({called})", (f"{called} changed",))
                found[danger.key] = danger
        return list(found.values())

    @property
    def compares_words(self):
        """Whether words of the text's language were looked for too, not only numbers, telephone numbers and links."""
        return self.last is None or safety.knows(self.edition.language)

    @property
    def said(self):
        """The first thing that can hurt, in words."""
        return _said(self.dangers[0]) if self.dangers else "this changes its substance"

    def ticked(self, ticks):
        """What the ledger keeps of the changes that were looked at, given the keys of those. Raises NotTicked."""
        unticked = [danger for danger in self.dangers if danger.key not in ticks]
        if unticked:
            raise NotTicked(f"Look at each change that could hurt, and tick it: {_said(unticked[0])}")
        # No word of the text: what the law has erased must not stay in the ledger.
        told = [{"digest": one.key, "kind": _kind(one)} for one in self.dangers]
        return {"ticked": told} if told else {}

    def admit(self, *, ticks, **told):
        """Refuse an edition that was not looked at as it has to be; return what the ledger keeps of that."""
        return self.ticked(ticks) if self.by.is_asked else {}


def _kind(danger):
    return "changed" if danger.before and danger.after else "gone" if danger.before else "new"


def _said(danger):
    return f"{', '.join(danger.what)} (“{danger.after or danger.before}”)"
