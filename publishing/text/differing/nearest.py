"""Where words that somebody spoke of stand now: found by themselves and by what surrounds them, through small edits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from publishing.text.letters.spelling import fold

AROUND = 100  # signs before and behind the words by which they are known
# Of the words and their neighbours: how much must be there still, and how much where what stands around it is.
ENOUGH, ENOUGH_THERE, THERE = 0.55, 0.3, 0.5
_WORD = re.compile(r"\w+")


def around(words: str, place: int, texts: Sequence[str]) -> tuple[str, str]:
    """What stands before and behind words of the text at that place: known together with them."""
    before, _words, after = texts[place].partition(words)
    before = " ".join([*texts[max(place - 2, 0) : place], before])
    after = " ".join([after, *texts[place + 1 : place + 3]])
    return before.strip()[-AROUND:], after.strip()[:AROUND]


def nearest(words: str, before: str, after: str, texts: Sequence[str]) -> int | None:
    """The place, among texts, of these words or of what has become of them; None where they are gone."""
    wanted, found = _parts(words), []
    if not wanted:
        return None
    for place, text in enumerate(texts):
        held = _parts(text)
        share = (wanted & held).total() / wanted.total()
        if share >= ENOUGH_THERE:
            # A long text holds every common word: what it holds beside them tells it from theirs.
            likeness = 2 * (wanted & held).total() / (wanted + held).total()
            found.append((share, _context(before, after, place, texts), likeness, -place))
    near = [one for one in found if one[0] >= ENOUGH or one[1] >= THERE]
    return -max(near, key=lambda one: (one[0] + one[1] + one[2] / 2, one[3]))[3] if near else None


def _context(before: str, after: str, place: int, texts: Sequence[str]) -> float:
    wanted = _words(f"{before} {after}")
    held = _words(" ".join(texts[max(place - 2, 0) : place + 3]))
    return (wanted & held).total() / wanted.total() if wanted else 0.0


def _words(text: str) -> Counter:
    return Counter(_WORD.findall(fold(text)))


def _parts(text: str) -> Counter:
    """The words of a text, and each two that stand together."""
    words = _WORD.findall(fold(text))
    return Counter(words) + Counter(zip(words, words[1:], strict=False))
