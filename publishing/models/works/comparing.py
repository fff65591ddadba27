"""What a publisher has to look at before patients read another text than the last: the changes that can hurt."""

import re
from functools import cached_property
from itertools import takewhile

from django.utils import timezone
from django.utils.formats import date_format

from publishing import safety
from publishing.models.found.findings import found_together
from publishing.models.frozen.addresses import Addressed
from publishing.refusals import Faulty, NeedsPerson, NotAdded, NotTicked
from publishing.text import visible

TOLD = 5  # findings
PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")


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

    @property
    def has_moved(self):
        """Whether patients would read it at another address than now."""
        if not isinstance(self.edition, Addressed):
            return False
        return self.live is None or self.live.address() != self.edition.address()

    @property
    def dangers(self):
        """What a publisher has to look at: what changed, whose address this takes, what its original says otherwise."""
        return [*self.changed, *self.taken, *self.apart]

    @cached_property
    def apart(self):
        """Where a translation says other numbers than what it translates, unless patients read just that already."""
        told = self.edition.apart_from_original() if self.work.TRANSLATES else []
        known = {one.key for one in self.last.apart_from_original()} if told and self.last else ()
        return [one for one in told if one.key not in known]

    @cached_property
    def taken(self):
        """That the address leads patients to another text, as long as this one does not take it."""
        edition = self.edition
        if not self.has_moved:
            return []
        been = type(edition).objects.been_in_force(self.at)
        had = been.filter(language=edition.language, slug=edition.slug).only("work", "in_force_at").first()
        if had is None or had.work_id == edition.work_id:
            return []
        theirs = been.filter(work=had.work_id).values_list("pk", "in_force_at")
        *_later, (_next, ends) = [(had.pk, None), *takewhile(lambda one: one[0] != had.pk, theirs)]
        whose = f"address of “{had.work}”"
        said = f"was the {whose} until {date_format(timezone.localtime(ends), 'j F Y')}" if ends else f"is the {whose}"
        said = f"“{edition.slug}” {said}: who kept it will read this instead"
        return [safety.Danger(f"{edition.slug}: {had.work}", f"{edition.slug}: {edition.work}", (said,))]

    @cached_property
    def changed(self):
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

    def look_ahead(self):
        """Compare what an act will compare: before the lock, so that it is known under it."""
        return self.changed

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

    @cached_property
    def findings(self):
        """What is found in it, beside what patients read."""
        return found_together([self])[0]

    @staticmethod
    def look_together(judgements):
        """Find what is in each of them, with no more questions to the record than for one."""
        for one, found in zip(judgements, found_together(judgements), strict=True):
            one.findings = found

    def refuse_faulty(self):
        """Nobody publishes what must be fixed; and a command leaves what a person may decide. Raises Refused."""
        if faults := self.findings.must_fix:
            raise Faulty(f"This must be fixed first. {_sentences(faults)}")
        held = [one for one in self.findings.please_add if one.check.holds_commands]
        if self.by.is_command and held:
            raise NeedsPerson(f"“{self.work}” is kept in its working copy only. {_sentences(held)}")

    @property
    def to_add(self):
        """What a person adds, or says in one sentence why not."""
        return [one for one in self.findings.please_add if not self._is_asked_anyway(one)]

    def passed(self, passing):
        """What the ledger keeps of what a person publishes it without. Raises NotAdded."""
        asked = self.to_add if self.by.is_asked else []
        if not asked:
            return {}
        reason = visible(passing)
        if not reason:
            raise NotAdded(f"Please add this, or say in one sentence why not. {_sentences(asked)}")
        return {"passed": {"reason": reason, "without": sorted({one.check.id for one in asked})}}

    def _is_asked_anyway(self, finding):
        """Who publishes without a second person says why, and it stays on the list of things due; or ticks each."""
        is_asked = self.edition.emergency_reason or (self.is_substance and self.lacks_review)
        return finding.check.id == "clinician" and bool(is_asked) or finding.check.asks_ticks

    def admit(self, *, ticks, **told):
        """Refuse an edition that was not looked at as it has to be; return what the ledger keeps of that."""
        return self.ticked(ticks) if self.by.is_asked else {}


def _sentences(findings):
    """The first of them; all stand on the page."""
    told = [f"{one.sentence} {one.effect}".strip() for one in findings[:TOLD]]
    more = len(findings) - TOLD
    return " ".join([*told, *([f"And {more} more."] if more > 0 else [])])


def _kind(danger):
    return "changed" if danger.before and danger.after else "gone" if danger.before else "new"


def _said(danger):
    sentence = PICTURE.sub(r"\1", danger.after or danger.before).strip()
    return ", ".join(danger.what) + (f" (“{sentence}”)" if sentence else "")
