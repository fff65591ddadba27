"""What says the same as before, but in another column of a table, or beside another text. No Django models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from publishing.safety.blocks import Block
from publishing.safety.order import moved
from publishing.safety.reading import Element, is_number, quoted
from publishing.safety.sentences import Reader, Sentence
from publishing.safety.words import small_letters

SHORT = 300  # signs of a paragraph that is only a picture, a link or a number


def moved_in_row(old: Sentence, new: Sentence) -> list[str]:
    """What changed its column in a row, or in the heading of a table over rows that stayed as they were."""
    is_heading = bool(old.block.rows and new.block.rows)
    if is_heading:
        rows = [{tuple(cells(row)) for row in one.block.rows} for one in (old, new)]
        if rows[0].isdisjoint(rows[1]):
            return []
        heads = new_heads = []
    else:
        heads, new_heads = (cells(one.block.head) if one.block.head else [] for one in (old, new))
    gone = list(_in_other_columns(old, new, heads, new_heads))
    if not gone:
        return moved(old.reading, new.reading) if heads == new_heads else []
    shown = ", ".join(quoted(one.token) if one.token else f"“{one.shown}”" for one in gone)
    return [f"the columns changed over the same cells: {shown}" if is_heading else f"now in another column: {shown}"]


def cells(row: Block) -> list[str]:
    return list(map(small_letters, row.cells))


def _in_other_columns(
    old: Sentence, new: Sentence, heads: Sequence[str], new_heads: Sequence[str]
) -> Iterator[Element]:
    columns, new_columns = _columns(old, heads, new_heads), _columns(new, new_heads, heads)
    for name, (element, where) in columns.items():
        _, is_now = new_columns.get(name, (element, where))
        if where != is_now and where.total() == is_now.total() and None not in where and None not in is_now:
            yield element


def _columns(one: Sentence, heads: Sequence[str], others: Sequence[str]) -> dict[Hashable, tuple[Element, Counter]]:
    """In which columns each element stands: by their headings, if some changed; None for one that is not in both."""
    found: dict[Hashable, tuple[Element, Counter]] = {}
    for element in one.reading.order:
        at = element.cell
        if heads != others:
            name = heads[at] if at < len(heads) else ""
            column = name if heads.count(name) == others.count(name) == 1 else None
        else:
            column = at
        found.setdefault(element.name, (element, Counter()))[1][column] += 1
    return found


def beside_others(old: Sequence[Block], new: Sequence[Block], reader: Reader) -> Iterator[tuple]:
    """Each picture, link or number that is a paragraph of its own and stands where another stood: place, texts, what.

    What moved together with the text above or below it is not meant.
    """
    alone, new_alone = _alone(old, reader), _alone(new, reader)
    aboves, belows = ({place[side] for place in alone.values() if place[side]} for side in (1, 2))
    for source, (place, new_above, new_below) in new_alone.items():
        _, above, below = alone.get(source, (0, new_above, new_below))
        if new_above != above and new_below != below and (new_above in aboves or new_below in belows):
            was, is_now = (f"{near or far} … {source}" for near, far in ((above, below), (new_above, new_below)))
            yield place, was, is_now, ["this now stands where another stood"]


def _alone(text: Sequence[Block], reader: Reader) -> dict[str, tuple[float, str, str]]:
    """What is a paragraph of its own, once, to its place and what stands above and below it."""
    found: dict[str, tuple[float, str, str]] = {}
    counts: Counter[str] = Counter()
    above = ""
    waiting: list[str] = []
    for block in text:
        if _is_alone(block, reader):
            found[block.source] = block.place, above, ""
            counts[block.source] += 1
            waiting.append(block.source)
            continue
        above = block.source
        for source in waiting:
            found[source] = (*found[source][:2], above)
        waiting.clear()
    return {source: where for source, where in found.items() if counts[source] == 1}


def _is_alone(block: Block, reader: Reader) -> bool:
    if block.kind != "paragraph" or not 0 < len(block.source) <= SHORT:
        return False
    if block.source[0] in "![<" and block.source[-1] in ")]>":
        tokens = reader.read(block.text).tokens
        return sum(token.kind in ("link", "picture") for token in tokens) == 1
    if not block.source[0].isdigit():
        return False
    reading = reader.read(block.text)
    return not reading.content and any(map(is_number, reading.tokens))
