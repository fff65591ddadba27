"""What is dangerous in the difference of two sentences, in short descriptions for people. No Django models."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

from publishing.safety.columns import moved_in_row
from publishing.safety.listed import vanished
from publishing.safety.order import moved
from publishing.safety.reading import is_number, meaning, meanings, quoted
from publishing.safety.sentences import Sentence
from publishing.safety.signs import Token

REST = 0.6  # of their other words two sentences must share for a word to have taken the place of another
SUBJECT = 0.3  # below this, two sentences do not speak of the same thing, whatever dangerous words they share
WORDS = ("word", "place", "medicine", "where")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NEGATING = ("un", "in", "im", "ir", "dis", "non", "अ", "ना")

One = TypeVar("One")


def dice(one: frozenset, other: frozenset) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def beyond(named: Sequence[tuple[Hashable, One]], both: Counter) -> list[One]:
    """What is there more often than in `both`, which is used up."""
    left = []
    for name, one in named:
        both[name] -= 1
        if both[name] < 0:
            left.append(one)
    return left


def told(old: Sentence, new: Sentence) -> list[str]:
    renamed, named = _renamed(old, new)
    tokens, new_tokens = ([token for token in one.tokens if token.shown not in named] for one in (old, new))
    what = renamed + became(tokens, new_tokens)
    what += [f"“{one}” became “{other}”" for one in sorted(old.content) for other in _opposed(one, old, new)]
    is_dangerous = any(token.kind in ("number", "word") for token in old.tokens)
    if is_dangerous and not what and (old.content or new.content) and dice(old.content, new.content) < SUBJECT:
        what.append(f"the words around {', '.join(map(quoted, old.tokens))} changed")
    is_row = old.block.kind == new.block.kind == "row"
    what += moved_in_row(old, new) if is_row else moved(old.reading, new.reading)
    what += [one for one in vanished(old, new, named) if one not in what]
    joins, new_joins = Counter(old.reading.joins), Counter(new.reading.joins)
    lost, came = joins - new_joins, new_joins - joins
    what += [f"“{one}” became “{other}”" for one, other in (("or", "and"), ("and", "or")) if lost[one] and came[other]]
    if is_led_otherwise(old, new):
        what.append(f"moved from under “{old.block.lead}” to under “{new.block.lead}”")
    return what


def _renamed(old: Sentence, new: Sentence) -> tuple[list[str], set[str]]:
    """What stands in place of the names of medicines, and those words, where the sentences are otherwise much alike."""
    words, new_words = Counter(old.reading.words), Counter(new.reading.words)
    gone = [word for word in old.reading.taken if words[word] > new_words[word]]
    came = [word for word in new.reading.taken if words[word] < new_words[word]]
    if not (gone and len(gone) == len(came)) or dice(old.words - set(gone), new.words - set(came)) < REST:
        return [], set()
    couples = [(one, other) for one, other in zip(gone, came, strict=True) if not _is_inflected(one, other)]
    return [f"“{one}” became “{other}”" for one, other in couples], {word for couple in couples for word in couple}


def _is_inflected(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer in (shorter + ending for ending in ("s", "es", "'s", "d", "en"))


def is_led_otherwise(old: Sentence, new: Sentence) -> bool:
    return old.block.kind == new.block.kind == "entry" and old.lead.meanings != new.lead.meanings


def _opposed(word: str, old: Sentence, new: Sentence) -> Iterator[str]:
    """Words only of the new sentence that say the opposite of one only of the old: more and less, likely and un-."""
    if word in new.content:
        return iter(())
    longer = [start + word for start in _NEGATING]
    shorter = [word.removeprefix(start) for start in _NEGATING if word.startswith(start)]
    opposites = (*longer, *shorter, *sorted(old.reading.opposites.get(word, ())))
    return (other for other in opposites if other in new.content and other not in old.content)


def became(old: Sequence[Token], new: Sequence[Token]) -> list[str]:
    """What is dangerous in one sentence and not in the other, in pairs where two clearly belong together."""
    if not old or not new:
        return [_single(one, "gone") for one in old] + [_single(one, "new") for one in new]
    count, new_count = Counter(meanings(old)), Counter(meanings(new))
    gone = beyond([(meaning(token), token) for token in old], count & new_count)
    came = beyond([(meaning(token), token) for token in new], count & new_count)
    what = []
    for one, other in _couples(gone, came):
        gone.remove(one)
        came.remove(other)
        what.append(_change(one, other))
    return what + [_single(one, "gone") for one in gone] + [_single(one, "new") for one in came]


def _couples(gone: list[Token], came: list[Token]) -> list[tuple[Token, Token]]:
    couples = []
    for kind in ("number", "word", "place", "medicine", "where", "link", "picture"):
        olds, news = ([token for token in some if token.kind == kind] for some in (gone, came))
        if len(olds) == len(news) and (kind not in WORDS or len(olds) == 1):
            couples += zip(olds, news, strict=True)
        elif kind == "number" and len(olds) + len(news) < 100:
            for one in olds:
                like = next((other for other in news if one.unit == other.unit != ""), None)
                if like:
                    news.remove(like)
                    couples.append((one, like))
    return couples


def _change(one: Token, other: Token) -> str:
    if one.kind == "picture":
        return "picture changed"
    if one.kind == "link" and one.shown == other.shown:
        return f"{one.shown} is {'no longer' if one.value != one.shown else 'now'} a link"
    if one.kind == "link":
        return f"link changed: {one.shown} → {other.shown}"
    is_plain = is_number(one) and is_number(other)
    was, is_now = (token.shown if is_plain else quoted(token) for token in (one, other))
    return f"{'phone number ' if _is_phone(one) else ''}{was} became {is_now}"


def _single(token: Token, change: str) -> str:
    if token.kind == "picture":
        return f"a picture is {change}"
    if token.kind == "link":
        return f"the link {token.shown} is {change}"
    if _is_phone(token):
        return f"the phone number {token.shown} is {change}"
    return f"{'the number ' if is_number(token) and not token.unit else ''}{quoted(token)} is {change}"


def _is_phone(token: Token) -> bool:
    digits = sum(map(str.isdigit, token.value))
    is_plain = not token.unit and not set("./:,") & set(token.value) and not _DATE.fullmatch(token.value)
    return token.kind == "number" and is_plain and digits >= 8
