"""What says the same as before, but beneath another heading, or as another step. No Django models.

"Take 10 mg" beneath "Adults" is another dose than beneath "Children". Meant are headings that both texts have: one that
was only reworded takes all of its section along.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from publishing.safety.blocks import Block
from publishing.safety.counting import beyond
from publishing.safety.sentences import Reader, Sentence

# Beneath another heading these hurt nobody
_QUIET = frozenset({"link", "picture", "mark", "note", "blank", "where", "place"})
_SHOWN = 300  # signs

Chain = tuple[str, ...]  # the texts of the headings above a block, the outermost first
Pair = tuple[Sentence, Sentence]
Twice = tuple[Block, Block]  # the same block in both texts


def beneath_others(
    old: Sequence[Block], new: Sequence[Block], equal: Iterable[Pair], reader: Reader
) -> Iterator[tuple]:
    """What is dangerous and now stands beneath other headings, once for each two of them: place, texts, what.

    `equal` are the sentences of other blocks that say exactly the same.
    """
    chains = [{id(block): chain for block, chain in _beneath(some)} for some in (old, new)]
    both = set.intersection(*({block.text for block in some if block.kind == "heading"} for some in (old, new)))
    moved: dict[tuple[Chain, Chain], list[tuple[Block, str]]] = defaultdict(list)
    for one, other, source in [*_same(old, new, *chains, reader), *_told(equal)]:
        two = chains[0][id(one)], chains[1][id(other)]
        if two[0] != two[1] and both.issuperset(two[0] + two[1]):
            moved[two].append((other, source))
    for two, some in moved.items():
        was, is_now = (f"{' › '.join(map(reader.signs.written, chain))} … {some[0][1]}".strip() for chain in two)
        more = [f"and {len(some) - 1} more with it"] if len(some) > 1 else []
        yield some[0][0].place, was, is_now, ["this now stands beneath another heading", *more]


def steps_in_another_order(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple]:
    """Each list, of before or of now, whose steps came or come in another order: place, texts, what.

    Two lists may change places. What was one list and became two, or the other way round, is compared as the one.
    """
    steps, new_steps = _steps(old), _steps(new)
    both = [(steps[named], new_steps[named]) for named in steps.keys() & new_steps.keys()]
    once = [(one[0], other[0]) for one, other in both if len(one) == len(other) == 1]
    for some in _lists(sorted(once, key=lambda two: two[1].place)):
        before, after = (sorted(some, key=lambda two, side=side: two[side].place) for side in (0, 1))
        first = next((at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one is not other), None)
        if first is not None:
            was, is_now = (" → ".join(old.source for old, _new in row[first:])[:_SHOWN] for row in (before, after))
            yield some[0][1].place, was, is_now, ["the steps now stand in another order"]


def _lists(steps: Sequence[Twice]) -> Iterator[list[Twice]]:
    """The steps of each list of before and of each of now, but none whose steps are all in one that came already."""
    found: dict[tuple[int, int], list[Twice]] = defaultdict(list)
    for two in steps:
        for side, block in enumerate(two):
            found[side, block.steps].append(two)
    came: list[set[int]] = []
    for some in sorted(found.values(), key=len, reverse=True):
        these = {id(one) for one, _other in some}
        if len(some) > 1 and not any(these <= others for others in came):
            came.append(these)
            yield some


def _beneath(blocks: Iterable[Block]) -> Iterator[tuple[Block, Chain]]:
    """Each block with the headings above it."""
    above: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            above = [one for one in above if one.level < block.level]
        yield block, tuple(one.text for one in above)
        if block.kind == "heading":
            above.append(block)


def _same(old: Sequence[Block], new: Sequence[Block], was: dict, is_now: dict, reader: Reader) -> Iterator[tuple]:
    """Blocks that stand in both texts, beneath other headings: the two, and what to show of them."""
    apart = [defaultdict(list), defaultdict(list)]
    for text, chains, found in ((old, was, apart[0]), (new, is_now, apart[1])):
        for block in text:
            found[block.key].append((chains[id(block)], block))
    for key, some in apart[0].items():
        others = apart[1].get(key, ())
        here = Counter(chain for chain, _block in some) & Counter(chain for chain, _block in others)
        left, left_there = (beyond(those, here.copy()) for those in (some, others))
        for one, other in zip(left, left_there, strict=False):
            if source := next(filter(None, map(_dangerous, reader.sentences(other))), ""):
                yield one, other, source


def _told(equal: Iterable[Pair]) -> Iterator[tuple[Block, Block, str]]:
    for one, other in equal:
        if source := _dangerous(other):
            yield one.block, other.block, source


def _dangerous(sentence: Sentence) -> str:
    """A sentence as it stands there, if anything in it can hurt beneath another heading; else nothing."""
    return sentence.source if any(token.kind not in _QUIET for token in sentence.tokens) else ""


def _steps(blocks: Sequence[Block]) -> dict[tuple, list[Block]]:
    """The steps that say the same beneath the same headings, in lists that the same leads."""
    found: dict[tuple, list[Block]] = defaultdict(list)
    for block, chain in _beneath(blocks):
        if block.steps:
            found[chain, block.lead, block.key].append(block)
    return found
