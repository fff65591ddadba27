"""Names and listed things that vanish from a sentence that forbids or urges, or come into it. No Django models.

"Do not take aspirin, Brufen or Voveran" forbids three medicines, whatever they are called; without one it forbids two.
A listed thing in whose place another stands is told as well: a program cannot know whether both are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publishing.safety.reading import Element, Reading
from publishing.safety.sentences import Sentence
from publishing.text import matches

MOST = 4  # telling words of a thing in whose place another may stand
LONG = 400  # elements of a sentence
_LISTED = frozenset(",&")
_ENDING = re.compile(r"(?<=...)(?:ing|ed|es|s|e)\Z")


def vanished(old: Sentence, new: Sentence, told_of: set[str]) -> list[str]:
    """What is gone from, new in or replaced in what a warning lists or depends on; but for words `told_of` already."""
    one, other = old.reading, new.reading
    is_long = max(len(one.order), len(other.order)) > LONG
    if not (old.is_warning or new.is_warning) or one.content == other.content or is_long:
        return []
    stems, new_stems = ([_stem(element) for element in reading.order] for reading in (one, other))
    known = told_of | {*stems} & {*new_stems}
    what = []
    for (at, end), (new_at, new_end) in _between(matches(stems, new_stems), len(stems), len(new_stems)):
        is_replaced = at < end and new_at < new_end
        gone = _thing(one, at, end, known, is_replaced=is_replaced)
        came = _thing(other, new_at, new_end, known, is_replaced=is_replaced)
        if gone and came:
            what.append(f"“{gone}” became “{came}”")
        elif not is_replaced and (gone or came):
            what.append(f"“{gone}” is gone" if gone else f"“{came}” is new")
    return what


def _stem(element: Element) -> str:
    return _ENDING.sub("", element.name) if isinstance(element.name, str) else " ".join(element.name)


def _between(
    pairs: Sequence[tuple[int, int]], count: int, new_count: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches of both that have no other half, each with what stands in its place."""
    last, new_last = 0, 0
    for at, new_at in (*pairs, (count, new_count)):
        if at > last or new_at > new_last:
            yield (last, at), (new_last, new_at)
        last, new_last = at + 1, new_at + 1


def _thing(reading: Reading, at: int, end: int, known: set[str], *, is_replaced: bool) -> str:
    """What the stretch names or lists, or on what condition it says so; "" if it does none of it."""
    elements = reading.order[at:end]
    breaks = "".join(element.breaks for element in elements)
    if not elements or "!" in breaks or any(element.token for element in elements):
        return ""
    if all(_stem(element) in known or element.shown.endswith("ly") for element in elements):
        return ""
    is_named = any(element.name in reading.taken for element in elements)
    is_whole = _is_whole(reading.order, at, end)
    is_condition = at > 0 and "?" in elements[0].breaks and is_whole
    is_listed = _is_listed(reading.order, at, end)
    if is_replaced:
        is_told = is_listed and len(elements) <= MOST and is_whole
    else:
        is_told = is_named or is_listed or is_condition
    return " ".join(reading.words[elements[0].at : elements[-1].end]) if is_told else ""


def _is_listed(order: Sequence[Element], at: int, end: int) -> bool:
    if at and _LISTED & {*order[at].breaks}:
        return True
    if end == len(order) or not _LISTED & {*order[end].breaks}:
        return False
    # What opens a sentence ("at home, do not ...") is listed if the next thing is.
    clause = next((index for index in range(end + 1, len(order)) if order[index].breaks), len(order))
    is_next = (
        clause < len(order) and _LISTED & {*order[clause].breaks} and not any(one.token for one in order[end:clause])
    )
    return at > 0 or "&" in order[end].breaks or bool(is_next)


def _is_whole(order: Sequence[Element], at: int, end: int) -> bool:
    is_begun = at == 0 or order[at].breaks or order[at - 1].token
    return bool(is_begun and (end == len(order) or order[end].breaks or order[end].token))
