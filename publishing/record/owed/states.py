"""The state of each working copy: one computed word, found in the database without reading a text.

A text is often several of these; the most urgent is told. First what somebody has to look at because patients read it,
then what is in a colleague's hands, then what comes by itself (else a text that waits would seem to need a click), then
the one click that brings it to patients, then what is only written, and last where nothing has to be done.
"""

from functools import cached_property

from django.db.models import Count, F, Q

from publishing.models import Among, kinds, openly
from publishing.record.owed import keeping, seldom
from publishing.record.owed.due import due_of, with_hurried
from publishing.record.owed.found import DUE
from publishing.record.owed.hurried import hurried_of
from publishing.record.owed.written import LIVE, first_of, with_written

# By the name of its sign on the desk, in the order of urgency
URGENCY = {
    DUE: "Due",
    "checked": "Being checked",
    "waits": "Waits",
    "ready": "Ready",
    "draft": "Draft",
    "changed": "Changed",
    "gone": "Withdrawn",
    LIVE: "Live",
}


class Pressing:
    """What is known of all texts at a moment: what is due, and by kind the keys of those that somebody checks."""

    def __init__(self, at, *, only=None, among=None):
        """`only` is the one kind that is asked about, `among` the keys of those of its texts that are."""
        self.moment, self.among, self.models = at, among, [only] if only else kinds.reviewed()
        # The kinds of which what is kept holds at that moment
        self.kept = keeping.renewed(self.models, at, among)
        # By kind the texts of which an emergency is open, with those; and the keys of those that somebody checks
        self.hurried = {model: dict(hurried_of(model, at, among)) for model in self.models}
        self.asked = self._asked()

    @classmethod
    def at(cls, at, **told):
        return cls(at, **told)

    @classmethod
    def of(cls, works, at):
        """Of some texts of one kind, at least one, and of their translations: what a form shows reads no other."""
        return cls(at, only=type(works[0]), among=_with_translations(works))

    @cached_property
    def due(self):
        """Everything that is due."""
        return due_of(self.moment, self.hurried, self.kept, among=self.among, none=self._none)

    @cached_property
    def now(self):
        """Of that, what has to be looked at today."""
        return due_of(self.moment, self.hurried, self.kept, among=self.among, is_pressing=True, none=self._none)

    @cached_property
    def _sums(self):
        """By kind whose rows hold, how many things are due of all its texts, emergencies left out."""
        return {model: seldom.count(seldom.things_due.rows(model)) for model in self.models if model in self.kept}

    @property
    def _none(self):
        return [model for model, count in self._sums.items() if not count] if self.among is None else []

    def due_of(self, model, keys):
        """What is due of these texts of a kind."""
        hurried = {pk: told for pk, told in self.hurried[model].items() if pk in set(keys)}
        return due_of(self.moment, {model: hurried}, self.kept, among=keys)

    def count(self):
        """How many things are due."""
        if self.among is not None or len(self.kept) < len(self.models):
            return len(self.due)
        return sum(map(self._count, self.models))

    def _count(self, model):
        count = self._sums[model]
        if hurried := self.hurried[model]:
            found, _known = keeping.things(model, sorted(hurried))
            count += len(with_hurried(found, hurried)) - len(found)
        return count

    @cached_property
    def openly(self):
        """The askings that are open, what is needed first before the rest."""
        names = None if self.among is None else [self.models[0](pk=pk).name for pk in self.among]
        return list(openly(self.moment, names) or ())

    def _asked(self):
        asked = {}
        for one in self.openly:
            called, _slash, pk = one.work.partition("/")
            asked.setdefault(called, set()).add((int(pk), one.text_digest))
        return {model: _as_asked(model, asked.get(model.LEDGER_NAME, ())) for model in self.models}

    def needing(self, model):
        """The keys of texts of which something is due that is not kept in their row."""
        if model in self.kept:
            return sorted(self.hurried[model])
        return [one.pk for one in self.now if one.model is model]

    def counted(self, model, **wanted):
        """How many working copies of a kind, of those with this owner, say, are in each state; by an index."""
        if model not in self.kept or self.among is not None:
            return counted(with_states(model.objects.filter(**wanted), self.moment, self))
        rows = model.owed_model().objects.filter(**{f"work__{name}": value for name, value in wanted.items()})
        counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
        apart = dict.fromkeys(self.asked[model], "checked") | dict.fromkeys(self.hurried[model], DUE)
        for pk, state in rows.filter(Among("pk", sorted(apart))).values_list("pk", "state") if apart else ():
            if state != DUE:
                counts[state] -= 1
                counts[apart[pk]] = counts.get(apart[pk], 0) + 1
        return {state: count for state, count in counts.items() if count}


def _with_translations(works):
    """The keys of these texts and of those that are their original or translate the same."""
    model, keys = type(works[0]), {one.pk for one in works}
    if not model.TRANSLATES:
        return sorted(keys)
    roots = {getattr(one, f"{model.TRANSLATES}_id") or one.pk for one in works}
    others = model.objects.filter(Among(model.TRANSLATES, roots)).order_by()
    return sorted(keys | roots | set(others.values_list("pk", flat=True)))


def _as_asked(model, asked):
    """Of texts with the digests of the words that somebody was asked about, those that still say them."""
    if not asked:
        return []
    now = model.objects.filter(Among("pk", [pk for pk, _text in asked])).order_by()
    return [pk for pk, text in now.values_list("pk", "text_digest") if (pk, text) in asked]


def with_states(works, at, pressing):
    """Annotates working copies of one kind with `state`; `pressing` is of the same moment."""
    model = works.model
    found, asked = _named(DUE, pressing.needing(model)), _named("checked", pressing.asked[model])
    if model in pressing.kept:
        # A text that somebody began since the rows were asked is a draft.
        found += [(DUE, Q(owed__state=DUE)), *asked, ("draft", Q(owed__state="") | Q(owed=None))]
        return works.annotate(state=first_of(found, F("owed__state")))
    return with_written(works, at).annotate(state=first_of([*found, *asked], F("written")))


def _named(state, keys):
    """That texts with these keys are in a state; nothing to ask where there are none."""
    return [(state, Among("pk", keys))] if keys else []


def few_in(model, pressing, *states):
    """The keys of texts that are in one of these states, where what is kept says so and they are few; else None.

    Those that are asked about, or urgent, are among them.
    """
    if model not in pressing.kept or {DUE, "checked"}.intersection(states):
        return None
    found = seldom.keys(seldom.first_in.rows(model, states=list(states)))
    return found if len(found) <= seldom.FEW else None


def in_states(works, at, pressing, *states):
    """Those that are in one of these states, annotated with it.

    Few are named one by one; of many the first are soon found among all, in the order that is wanted.
    """
    few = few_in(works.model, pressing, *states)
    if few is not None:
        works = works.filter(pk__in=few)
    return with_states(works, at, pressing).filter(state__in=states) if few != [] else works.none()


def state_of(work, pressing, at):
    """The state of one text, as lists have it."""
    works = type(work).objects.filter(pk=work.pk)
    return with_states(works, at, pressing).values_list("state", flat=True).get()


def counted(works):
    """How many of the working copies, annotated with their states, are in each state."""
    return dict(works.order_by().values_list("state").annotate(Count("pk")))
