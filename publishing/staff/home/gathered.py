"""Texts that follow another, gathered on the desk where the next step is the same: five questions, one row."""

from itertools import chain, islice

from publishing.models import kinds
from publishing.staff.addresses import staff_url
from publishing.staff.home.worklist import MOST, Row

# What one does to all of them where what they follow is written and checked; elsewhere each needs a row.
TOGETHER = {"Go on writing": "change", "See it": "change", "Ask for a check": "ask"}
BESIDE = {*TOGETHER, "Publish …"}
NAMED = 2


def rows_of(desk, sources, known=()):
    """The rows of these sources, each text once, and none of those that are known already."""
    found = {}
    for one in chain.from_iterable(islice(source(desk), 2 * MOST) for source in sources):
        if one.name not in known:
            found.setdefault(one.name, one)
    return _gathered(list(found.values()))


def names_in(rows):
    """The names of all texts that these rows tell of."""
    return {name for one in rows for name in (one.name, *one.holds)}


def _gathered(rows):
    """With what follows a text in the row of that text, where both need the same; else in one row of their own."""
    leads = _led([one.name for one in rows if one.act in BESIDE and not one.sends])
    together = {}
    for one in rows:
        if one.name in leads and one.act in BESIDE and not one.sends:
            together.setdefault((leads[one.name], one.act), []).append(one)
    own = {(one.name, one.act): one for one in rows}
    instead, held = {}, set()
    for (lead, act), some in together.items():
        if beside := own.get((lead[0], act)):
            instead[beside.name] = _with(instead.get(beside.name, beside), some)
            held |= {one.name for one in some}
        elif len(some) > 1 and act in TOGETHER:
            instead[some[0].name] = _instead_of(some, lead, TOGETHER[act])
            held |= {one.name for one in some[1:]}
    return [instead.get(one.name, one) for one in rows if one.name not in held]


def _led(names):
    """By name of what follows a text of another kind, that text: (name, class, key, title); a query a kind."""
    found = {}
    for model in kinds.reviewed():
        original = model.original_model()
        keys = [int(pk) for called, _slash, pk in (one.partition("/") for one in names) if called == model.LEDGER_NAME]
        if original and original is not model and keys:
            title = f"{model.FOLLOWS}__{kinds.title_of(original)}"
            told = model.objects.filter(pk__in=keys, **{f"{model.FOLLOWS}__isnull": False}).order_by()
            for pk, lead, called in told.values_list("pk", model.FOLLOWS, title):
                found[f"{model.LEDGER_NAME}/{pk}"] = (f"{original.LEDGER_NAME}/{lead}", original, lead, called)
    return found


def _counted(some):
    model = type(kinds.named(some[0].name))
    return f"{len(some)} {model._meta.verbose_name_plural if len(some) > 1 else model._meta.verbose_name}"


def _with(beside, some):
    said = f"{beside.said} Also {_counted(some)} of it."
    return beside._replace(said=said, holds=(*beside.holds, *(one.name for one in some)))


def _instead_of(some, lead, page):
    _name, model, pk, title = lead
    named = ", ".join(f"“{one.title}”" for one in some[:NAMED])
    more = f" and {len(some) - NAMED} more" if len(some) > NAMED else ""
    url = staff_url(model(pk=pk), page) + ("#questions" if page == "change" else "")
    first = some[0]
    told = (first.name, first.sign, first.reason, f"{_counted(some)} of {title}", f"{named}{more}.", first.act, url)
    return Row(*told, holds=tuple(one.name for one in some[1:]))
