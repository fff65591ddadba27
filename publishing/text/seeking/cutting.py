"""Where a text is cut of which a result shows a part: at the start of a sentence, and never within a dose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

AROUND, LONGEST, LONGEST_PIECE = 90, 220, 400
SENTENCE_ENDS = ".!?।۔؟"
_WORD, _DIGIT = re.compile(r"\S+"), re.compile(r"\d")


def cut(text: str, first: int) -> tuple[int, int]:
    """Where to begin and to end: from the start of the sentence, where that is not far, and never within a dose."""
    if len(text) <= LONGEST:
        return 0, len(text)
    # Only what stands around it is looked at, from the end of a word on
    begin = max(text.rfind(" ", 0, max(first - 3 * AROUND, 0)), 0)
    after = text.find(" ", text.find(" ", first + LONGEST) + 1)  # the word to which it may reach is over
    if "  " not in text and not _DIGIT.search(text, begin, after if after > first else len(text)):
        return _anywhere(text, first, begin)
    cuts, sentences, has_digits = [begin], [begin], _DIGIT.search(text) is not None
    for before, after in pairwise(_WORD.finditer(text, begin)):
        if cuts[-1] >= first + LONGEST:
            break
        if not has_digits or not (_DIGIT.search(before[0]) or _DIGIT.search(after[0])):
            cuts.append(after.start())
        if before[0][-1] in SENTENCE_ENDS:
            sentences.append(after.start())
    start = sentences[bisect_right(sentences, first) - 1]
    if first - start > 2 * AROUND:
        start = cuts[bisect_right(cuts, first - AROUND) - 1]
    cuts.append(len(text))
    end = cuts[bisect_left(cuts, min(start + LONGEST, len(text)))]
    # What has no blank for so long is no word, and is torn
    return max(start, first - LONGEST_PIECE), min(end, first + LONGEST_PIECE)


def _anywhere(text: str, first: int, begin: int) -> tuple[int, int]:
    """The same where no digit stands near, so that each blank is a place to cut."""
    ends = [at for sign in SENTENCE_ENDS if (at := text.rfind(f"{sign} ", begin, first)) >= 0]
    start = max(ends) + 2 if ends else begin
    if first - start > 2 * AROUND:
        start = max(begin, text.rfind(" ", begin, first - AROUND) + 1)
    end = text.find(" ", start + LONGEST - 1) + 1 or len(text)
    return max(start, first - LONGEST_PIECE), min(end, first + LONGEST_PIECE)
