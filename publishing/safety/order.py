"""What changed places in a sentence, or now goes with other words, though nothing came or went. No Django models.

Harmless are things that are listed in another order, and two parts of a sentence that stand the other way round ("if
you bleed, call us"). Anything else that dangerous words, numbers, links or pictures did among the other words is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from publishing.safety.reading import Element, Reading, is_number, meaning, quoted
from publishing.safety.signs import Token

LONG = 150  # elements; of a longer sentence only the order of what is dangerous is compared
SHOWN = 4
_ORDERING = frozenset({"from", "then", "फिर", "پھر", "desde", "luego"})  # where the order of two parts says something
_LISTED, _CUT, _CLAUSE = frozenset(",&"), frozenset(",&;?"), frozenset(",&;")

Order = Sequence[Element]


class _Change(NamedTuple):
    """A stretch in a truly other order, and where it falls into parts that now stand back to front."""

    was: Order
    is_now: Order
    turned: list[int]


def moved(old: Reading, new: Reading) -> list[str]:
    """What stands among other words than before, for people; looks only at what is in both as often."""
    one, other = shared(old, new)
    if labelled := _labelled(old, new):
        return labelled
    listed: set[Hashable] = set()
    change = _changed(one, other, listed, is_ordered=not _ORDERING.isdisjoint(old.bag & new.bag))
    return (change and _told(change, old, new)) or list(_regrouped(one, other, listed))


def _labelled(old: Reading, new: Reading) -> list[str]:
    """Links and pictures that stand before each other's words."""
    before, after = (
        {one.name: one for one in reading.order if one.token and one.token.kind in ("link", "picture")}
        for reading in (old, new)
    )
    labels = {name: old.words[one.at : one.at + 1] for name, one in before.items() if name in after}
    new_labels = {name: new.words[after[name].at : after[name].at + 1] for name in labels}
    if len(labels) > LONG:
        return []
    return [
        _exchanged([before[name]], [before[other]])
        for name, other in combinations(labels, 2)
        if labels[name] == new_labels[other] != new_labels[name] == labels[other]
    ]


def shared(old: Reading, new: Reading) -> tuple[list[Element], list[Element]]:
    """The elements that are in both as often, in their order."""
    counts, new_counts = (Counter(element.name for element in one.order) for one in (old, new))
    names = {name for name, count in counts.items() if new_counts[name] == count}
    one, other = (list(_kept(reading.order, names)) for reading in (old, new))
    return one, other


def _kept(order: Order, names: set) -> Iterator[Element]:
    breaks = ""
    for element in order:
        breaks += element.breaks
        if element.name in names:
            yield element._replace(breaks=breaks)
            breaks = ""


def _inner(one: Order, other: Order) -> tuple[Order, Order]:
    """Both without what they begin and end with alike."""
    count = len(one)
    head = next((at for at in range(count) if one[at].name != other[at].name), count)
    tail = next((at for at in range(count - head) if one[-1 - at].name != other[-1 - at].name), count - head)
    return one[head : count - tail], other[head : count - tail]


def _changed(one: Order, other: Order, listed: set[Hashable], *, is_ordered: bool) -> _Change | None:
    """The first harmful one; what is only listed in another order is put into `listed`."""
    one, other = _inner(one, other)
    if not is_ordered and _is_list(one, other):
        listed.update(element.name for element in one)
        return None
    if not any(element.weighs for element in one):
        return None
    if len(one) > LONG:
        return _Change(one, other, [])
    straight, turned = _cuts(one, other), _cuts(one, other[::-1])
    if straight:
        ends = zip([0, *straight], [*straight, len(one)], strict=True)
        halves = [(one[start:end], other[start:end]) for start, end in ends]
    elif (at := _turned_at(one, other, turned)) and _may_turn(one, other, at, is_ordered):
        halves = [(one[:at], other[-at:]), (one[at:], other[:-at])]
    else:
        return _Change(one, other, turned)
    found = (_changed(*two, listed, is_ordered=is_ordered) for two in halves)
    return next((some for some in found if some), None)


def _cuts(one: Order, other: Order) -> list[int]:
    """Where both have had the same elements so far."""
    cuts = []
    excess: Counter = Counter()
    for at in range(len(one) - 1):
        for name, by in ((one[at].name, 1), (other[at].name, -1)):
            excess[name] += by
            if not excess[name]:
                del excess[name]
        if not excess:
            cuts.append(at + 1)
    return cuts


def _turned_at(one: Order, other: Order, turned: list[int]) -> int | None:
    """Where two parts meet that only stand the other way round: "if" may come before or behind what it lists."""
    if len(turned) == 1:
        return turned[0]
    return next((at for at in turned if "?" in one[at].breaks and _is_list(one[at:], other[:-at])), None) or next(
        (at for at in turned if "?" in other[-at].breaks and _is_list(one[:at], other[-at:])), None
    )


def _may_turn(one: Order, other: Order, at: int, is_ordered: bool) -> bool:
    """Whether nothing is lost when what stood before `at` stands behind the rest."""
    halves = one[:at], one[at:]
    is_cut = bool(_CUT & {*one[at].breaks, *other[len(other) - at].breaks})
    tokens = [[element.token for element in half if element.token] for half in halves]
    if any(token.kind == "mark" for some in tokens for token in some):
        return False
    if all(any(map(is_number, some)) for some in tokens):
        return is_cut and all(any(not _has_number(element) for element in half) for half in halves)
    return not all(tokens) or not (is_ordered or (len(one) == 2 and not is_cut))


def _is_list(one: Order, other: Order) -> bool:
    """Whether only things that are listed stand in another order."""
    if any(not _LISTED.issuperset(element.breaks) for some in (one, other) for element in some[1:]):
        return False
    blocks, others = (
        Counter(frozenset(element.name for element in clause) for clause in _clauses(some)) for some in (one, other)
    )
    return blocks == others and blocks.total() > 1 and not any(map(_has_number, one))


def _clauses(order: Order) -> list[list[Element]]:
    clauses: list[list[Element]] = []
    for element in order:
        if not clauses or _CLAUSE & {*element.breaks}:
            clauses.append([])
        clauses[-1].append(element)
    return clauses


def _regrouped(one: Order, other: Order, listed: set[Hashable]) -> Iterator[str]:
    """What is dangerous and left the clause of one word for that of another."""
    if len(one) > LONG:
        return
    around, new_around = _around(one), _around(other)
    for element in {element.name: element for element in one if element.weighs}.values():
        was, is_now = around[element.name], new_around[element.name]
        lost = [shown for name, shown in was.items() if name not in is_now and name not in listed]
        came = [shown for name, shown in is_now.items() if name not in was and name not in listed]
        if lost and came:
            yield f"{_listed([element.token or element.shown])} stood with {_listed(lost)}, now with {_listed(came)}"


def _around(order: Order) -> dict[Hashable, dict[Hashable, str]]:
    """To each that is dangerous what else is in its clauses, with how it is shown."""
    around: dict[Hashable, dict[Hashable, str]] = {}
    for clause in _clauses(order):
        for element in clause:
            if element.weighs:
                around.setdefault(element.name, {}).update(
                    {one.name: one.shown for one in clause if one is not element}
                )
    return around


def _told(change: _Change, old: Reading, new: Reading) -> list[str]:
    """The change in words; nothing if only ordinary words changed places among others that are no numbers or links."""
    was, is_now = ([element.token for element in some if element.token] for some in (change.was, change.is_now))
    if _meanings(filter(is_number, was)) != _meanings(filter(is_number, is_now)):
        shown = (", ".join(token.shown for token in one.tokens if is_number(token)) for one in (old, new))
        return ["the numbers stand in another order: {} became {}".format(*shown)]
    has_fixed = any(is_number(token) or token.kind in ("link", "picture", "mark", "note") for token in was)
    if change.turned:
        first, last = change.was[: change.turned[0]], change.was[change.turned[-1] :]
        is_dangerous = has_fixed or any(element.weighs for element in (*first, *last))
        return [_exchanged(first, last)] if is_dangerous else []
    if _meanings(was) != _meanings(is_now):
        return [f"{_listed(was)} now stand in the order {_listed(is_now)}"]
    return [f"the words around {_listed(was)} changed places"] if has_fixed else []


def _meanings(tokens: Iterable[Token]) -> list[Hashable]:
    return list(map(meaning, tokens))


def _has_number(element: Element) -> bool:
    return element.token is not None and is_number(element.token)


def _exchanged(first: Order, last: Order) -> str:
    kinds = {element.token.kind if element.token else "" for element in (*first, *last)}
    if kinds == {"picture"}:
        return "two pictures changed places"
    is_links = kinds == {"link"}
    one, other = (_listed([element.token or element.shown for element in some], " ") for some in (first, last))
    return f"{'the links ' if is_links else ''}{one} and {other} changed places"


def _listed(some: Sequence[Token | str], between: str = ", ") -> str:
    shown = [quoted(one) if isinstance(one, Token) else f"“{one}”" for one in some[:SHOWN]]
    return between.join([*shown, "…"] if len(some) > SHOWN else shown)
