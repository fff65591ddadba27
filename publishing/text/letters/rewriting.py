"""One wording put in place of another in a text, in every spelling that is surely meant."""

import re
import unicodedata

from publishing.text.letters.spelling import (
    EMPHASIS,
    GAP,
    NUMBER,
    around_found,
    digits_of,
    fold,
    number_parts,
    places,
    sought,
)

# No text that is kept holds this sign.
HOLE = "\0"


DIALLED = re.compile(r"(?:tel|sms):[^\s)>]*$", re.IGNORECASE)
ADDRESS = re.compile(r"(?:\b(?:https?|mailto):|\]\()[^\s)>]*$", re.IGNORECASE)
# Signs at which a list, a table or another block begins: two halves of one thing do not stand on both sides of it.
BLOCK = re.compile(r"\n[ \t]*[*_`~|>#+\n-]")


def rewritten(text, wanted, by):
    """The text with what is wanted replaced in every spelling that is surely meant."""
    for start, end, is_whole in reversed(places(text, sought(wanted))):
        if is_whole:
            start, end, new = _instead(text, start, end, wanted, by)
            text = text[:start] + new + text[end:]
    return text


def erased(text, pattern, by):
    """The text with something else in place of each match of a pattern of folded text, wherever it begins or ends."""
    for start, end, _is_whole in reversed(places(text, pattern)):
        text = text[:start] + by + text[end:]
    return text


def _instead(text, start, end, wanted, by):
    """(start, end, what to write there); it is what stands there already where it cannot be replaced."""
    was, before = text[start:end], text[max(0, start - 300) : start]
    kept = (start, end, was)
    if was.count(")") > was.count("(") and before.endswith("("):
        start, was, before = start - 1, f"({was}", before[:-1]
    is_number = NUMBER.fullmatch(fold(wanted)) is not None
    if BLOCK.search(was) or was.count(")") != was.count("(") or not (is_number or _letters(was) == _letters(wanted)):
        return kept
    if is_number and DIALLED.search(before):
        return (start, end, _dialled(_with_code(was, wanted, by))) if NUMBER.fullmatch(fold(by)) else kept
    if ADDRESS.search(before) and (is_number or not re.fullmatch(r"\S*[./:@]\S*", wanted)):
        return kept
    new = _with_code(was, wanted, by) if is_number else _with_capital(was, wanted, by)
    return start, end, _marked(was, new)


def _letters(text):
    """What tells one word from another: neither capitals nor accents, but marks that are vowels in other scripts."""
    return "".join(sign if _is_vowel(sign) else fold(sign) for sign in unicodedata.normalize("NFKD", text))


def _is_vowel(sign):
    is_accent = "\u0300" <= sign <= "\u036f" or "\ufe00" <= sign <= "\ufe0f"
    return unicodedata.category(sign) in ("Mc", "Mn") and not is_accent


def _with_code(was, wanted, by):
    """The new number as it was typed; behind the code, or the 0, of the old one where neither was typed with any."""
    wanted, new = fold(wanted), fold(by)
    if not (digits_of(wanted) and digits_of(new)) or number_parts(wanted)[0] or number_parts(new)[0]:
        return by
    if digits_of(wanted)[0] == "0" and not number_parts(fold(was))[0]:
        return by
    own = places(was, re.compile(GAP.join(number_parts(wanted)[1]) + "$"))[0][0]
    before = was[:own]
    if not any(map(str.isdigit, before)):
        return by
    before = before if before.count("(") == before.count(")") else before.replace("(", "")
    return before + re.sub(r"^(\(?)0+", r"\1", by).removeprefix("()").lstrip()


def _with_capital(was, wanted, by):
    return by[0].upper() + by[1:] if was[0].isupper() and not wanted[0].isupper() else by


def _dialled(number):
    folded = fold(number)
    return "+" * folded.startswith("+") + "".join(filter(str.isdigit, folded))


def _marked(was, new):
    """With the marks of bold and the like that begin or end within the old words, so that none is left alone."""
    alone = []
    for run in re.finditer(f"[{re.escape(EMPHASIS)}]+", was):
        if alone and alone[-1][0] == run[0]:
            alone.pop()
        else:
            alone.append(run)
    for run in alone:
        new = f"{run[0]}{new}" if was[run.start() - 1].isspace() else f"{new}{run[0]}"
    return new


def left_in(text, wanted, by):
    """(before, found, after) where a text says what is wanted other than as part of what replaced it; else None."""
    folded = fold(wanted)
    # Only what holds the old words itself is left out: anything else taken out could hide them.
    if around_found(by, folded)[1]:
        for start, end, _is_whole in reversed(places(text, sought(by))):
            text = text[:start] + HOLE + text[end:]
    told = around_found(text, folded)
    return tuple(part.replace(HOLE, by) for part in told) if told[1] else None
