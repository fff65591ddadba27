"""The rows below a form (a guide's questions), moved and added by a button where no script does it."""

import re
from collections import Counter
from itertools import pairwise

from publishing.staff.form.buffering import REDRAWN

MOVE = re.compile(r"(\w+)-(\d{1,4}):(up|down)")
MOST = 200  # as the guard of the staff's site has it


def number(text):
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def in_order(given, prefix):
    """The numbers of the rows in the order of their places."""
    count = min(number(given.get(f"{prefix}-TOTAL_FORMS")), MOST)
    return sorted(range(count), key=lambda row: (number(given.get(f"{prefix}-{row}-place")), row))


def moved(given):
    """The form with a row moved or added, to be shown again; None where neither was asked for."""
    match = MOVE.fullmatch(given.get("_move", ""))
    prefix = match[1] if match else given.get("_add", "")
    if not prefix or f"{prefix}-TOTAL_FORMS" not in given:
        return None
    given = given.copy()
    given[REDRAWN] = "1"
    order = in_order(given, prefix)
    places = [number(given.get(f"{prefix}-{row}-place")) for row in order]
    if match is None:
        order.append(len(order))
        places.append(max(places, default=0) + 1)
        given[f"{prefix}-TOTAL_FORMS"] = str(len(order))
    elif int(match[2]) in order:
        now = order.index(int(match[2]))
        then = now + (1 if match[3] == "down" else -1)
        if 0 <= then < len(order):
            order[now], order[then] = order[then], order[now]
    # The same numbers in another order, where they tell the rows apart: so only what was moved is changed.
    is_told = all(one < other for one, other in pairwise(places))
    for place, row in zip(places if is_told else range(1, len(order) + 1), order, strict=True):
        given[f"{prefix}-{row}-place"] = str(place)
    return given


def show(inline, at):
    """What the page shows of the rows: in the order of their places, each with its title, and apart an empty one."""
    found, model = list(inline), inline.opts.model
    keys = [one.form.instance.pk for one in found if one.form.instance.pk]
    due = set(model.objects.due_for_check(at).filter(pk__in=keys).values_list("pk", flat=True))
    for one in found:
        one.value = value_in(one.form)
        one.title = one.value(inline.opts.titled_by) or ""
        one.says = said_of(one.form.instance, at, due)
    inline.empty = found.pop() if inline.has_add_permission else None
    inline.placed = sorted(found, key=lambda one: number(str(one.value("place"))))
    said = Counter(one.says.lower() for one in inline.placed if one.says)
    inline.says = ", ".join(f"{count} {says}" for says, count in said.items())
    inline.is_open = any(one.form.errors for one in found) or any(not one.form.instance.pk for one in found)


def said_of(work, at, due):
    """What somebody has to know of a row before it is opened."""
    if work.pk is None:
        return ""
    live = work.live(at)
    if live is None:
        return "New"
    return "To look at again" if work.pk in due else "Changed" if work.differs_from(live) else ""


def value_in(form):
    """A function that gives what stands in a field of the form, whether it may be changed or only be read."""

    def value(name):
        return form[name].value() if name in form.fields else form.instance.serializable_value(name)

    return value
