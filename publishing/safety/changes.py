"""What is dangerous in the difference of two sentences, and in what came or went altogether, in short descriptions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from publishing.safety.blocks import MARKS, OF_SECTIONS, Block
from publishing.safety.columns import moved_in_row
from publishing.safety.counting import beyond
from publishing.safety.listed import vanished
from publishing.safety.order import moved
from publishing.safety.reading import Reading, is_number, meaning, meanings, quoted
from publishing.safety.sentences import Sentence, parts, sections
from publishing.safety.signs import Token
from publishing.text import dice

PART = 0.6  # of a sentence's words in another: it was part of that one
GONE = 0.75  # of a section's words: the rest only looks like something that stands elsewhere
MOST = 40  # a word that more sentences have than this does not say which two belong together
REST = 0.6  # of their other words two sentences must share for a word to have taken the place of another
SUBJECT = 0.3  # below this, two sentences do not speak of the same thing, whatever dangerous words they share
WORDS = ("word", "place", "medicine", "where")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NEGATING = ("un", "in", "im", "ir", "dis", "des", "non", "अ", "ना")


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
    for kind in ("number", "word", "place", "medicine", "where", "link", "picture", "blank"):
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
    if one.kind == "blank":
        return f"the blank “{one.shown}” became “{other.shown}”"
    is_plain = is_number(one) and is_number(other)
    was, is_now = (token.shown if is_plain else quoted(token) for token in (one, other))
    return f"{'phone number ' if _is_phone(one) else ''}{was} became {is_now}"


def _single(token: Token, change: str) -> str:
    if token.kind == "picture":
        return f"a picture is {change}"
    if token.kind == "link":
        return f"the link {token.shown} is {change}"
    if token.kind == "blank":
        return f"the blank “{token.shown}” is {change}"
    if _is_phone(token):
        return f"the phone number {token.shown} is {change}"
    return f"{'the number ' if is_number(token) and not token.unit else ''}{quoted(token)} is {change}"


def _is_phone(token: Token) -> bool:
    digits = sum(map(str.isdigit, token.value))
    is_plain = not token.unit and not set("./:,") & set(token.value) and not _DATE.fullmatch(token.value)
    return token.kind == "number" and is_plain and digits >= 8


def having(some: Sequence) -> dict[str, list[int]]:
    """To each word the places of the sentences or paragraphs that have it, unless they are many."""
    found = defaultdict(list)
    for at, one in enumerate(some):
        for word in one.words:
            found[word].append(at)
    return {word: places for word, places in found.items() if len(places) <= MOST}


def alone(some: list[Sentence], others: list[Sentence], *, is_gone: bool) -> Iterator[tuple]:
    """What to tell of sentences that have no other half, with the longer sentence of which one was or became a part."""
    longer = [one for one in others if one.turns or one.is_warning]
    places = having(longer)
    for one in some:
        if not one.is_free:
            continue
        if one.alarms:
            yield one, None, became(one.alarms, ()) if is_gone else became((), one.alarms)
            continue
        shared = Counter(at for word in one.content for at in places.get(word, ()))
        at, count = max(shared.items(), key=lambda two: two[1], default=(0, 0))
        is_part = count > 0 and count >= PART * len(one.content)
        if is_part and one.is_listed and _says(longer[at], one.lead):
            continue
        if is_part and longer[at].turns:
            word = next(token.shown for token in longer[at].tokens if token.value in longer[at].turns)
            yield one, longer[at], [f"this {'was' if is_gone else 'is now'} said without “{word}”"]
        elif one.is_listed and one.content:
            yield one, None, [f"{'gone from' if is_gone else 'new'} under “{one.block.lead}”"]


def _says(one: Sentence, lead: Reading) -> bool:
    return {*lead.meanings} <= {*one.reading.meanings, *one.lead.meanings}


def gone(old: list[Block], olds: list[Sentence]) -> Iterator[tuple]:
    """Each section, warning and step that is gone, with what was dangerous in it."""
    free = defaultdict(list)
    for one in olds:
        if one.is_free:
            free[id(one.block)].append(one)
    changed = {id(one.block) for one in olds}
    for what, some in parts(old):
        text = [block for block in some if block.kind != "heading"]
        left = [one for block in text for one in free[id(block)]]
        if not left or (text != some and id(some[0]) not in changed):
            continue
        if _size(left) >= GONE * _size(text):
            left = [one for block in some for one in free.pop(id(block), ())]
            for one in left:
                one.is_free = False
            title = [some[0].source] if text != some and left[0].block is not some[0] else []
            details = [detail for one in left for detail in became(one.alarms, ())]
            yield some[0].place, "\n".join([*title, *(one.source for one in left)]), "", [what, *details]


def _size(some: Iterable[Sentence | Block]) -> int:
    return sum(len(one.source.split()) for one in some)


def unmarked(pairs: Iterable[tuple[Sentence, Sentence]]) -> Iterator[tuple]:
    """Each note that became ordinary text, and each section that is marked less than it was."""
    lost = defaultdict(list)
    for one, other in pairs:
        if MARKS.get(one.block.mark, 0) > MARKS.get(other.block.mark, 0):
            lost[one.block.mark, one.block.note].append((one, other))
    for (mark, _note), some in lost.items():
        was, is_now = (" ".join(one.source for one in half) for half in zip(*some, strict=True))
        yield some[0][1].place, _marked(was, mark), is_now, [_LOST[mark]]


def unmarked_sections(old: list[Block], new: list[Block], olds: list[Sentence]) -> Iterator[tuple]:
    """Each marked section whose heading is gone while its text is not, and stands in no other marked as loudly."""
    gone, news = {id(one.block) for one in olds if one.is_free}, list(sections(new))
    for section in sections(old):
        mark = section[0].mark
        if mark not in OF_SECTIONS or id(section[0]) not in gone:
            continue
        like = [one for one in news if one[0].mark == mark or MARKS[mark] > 2 and _loud(one) > MARKS[mark]]
        if {block.source for one in like for block in one[1:]}.isdisjoint(one.source for one in section):
            yield section[0].place, _marked(section[0].source, mark), "", [_LOST[mark]]


def _loud(section: list[Block]) -> int:
    return MARKS.get(section[0].mark, 0)


def _marked(text: str, mark: str) -> str:
    return f"{text} ({mark.lower()})" if mark in OF_SECTIONS else f"[!{mark}] {text}"


_LOST = dict.fromkeys(MARKS, "this was marked as a warning and no longer is") | {
    "NOTE": "this was marked as a note and no longer is",
    "RISKS": "this section was marked as risks and no longer is",
    **{mark: f"this was marked “{mark.lower()}” and no longer is" for mark in OF_SECTIONS[1:]},
}
