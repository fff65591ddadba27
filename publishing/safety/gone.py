"""What came or went altogether: sentences, listed things, sections, steps, warnings, marks. No Django models."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from publishing.safety.blocks import MARKS, Block
from publishing.safety.changes import became
from publishing.safety.reading import Reading
from publishing.safety.sentences import Sentence, parts, sections

PART = 0.6  # of a sentence's words in another: it was part of that one
GONE = 0.75  # of a section's words: the rest only looks like something that stands elsewhere
MOST = 40  # a word that more sentences have than this does not say which two belong together


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
    """Each note that became ordinary text, and each section that is no longer marked as risks."""
    lost = defaultdict(list)
    for one, other in pairs:
        if MARKS.get(one.block.mark, 0) > MARKS.get(other.block.mark, 0):
            lost[one.block.mark, one.block.note].append((one, other))
    for (mark, _note), some in lost.items():
        was, is_now = (" ".join(one.source for one in half) for half in zip(*some, strict=True))
        yield some[0][1].place, _marked(was, mark), is_now, [_LOST[mark]]


def unmarked_sections(old: list[Block], new: list[Block], olds: list[Sentence]) -> Iterator[tuple]:
    """Each section marked as risks whose heading is gone while its text is not, and stands in no other so marked."""
    gone = {id(one.block) for one in olds if one.is_free}
    marked = {block.source for section in sections(new) if section[0].mark == "RISKS" for block in section[1:]}
    for section in sections(old):
        if section[0].mark == "RISKS" and id(section[0]) in gone and marked.isdisjoint(one.source for one in section):
            yield section[0].place, _marked(section[0].source, "RISKS"), "", [_LOST["RISKS"]]


def _marked(text: str, mark: str) -> str:
    return f"{text} (risks)" if mark == "RISKS" else f"[!{mark}] {text}"


_LOST = dict.fromkeys(MARKS, "this was marked as a warning and no longer is") | {
    "NOTE": "this was marked as a note and no longer is",
    "RISKS": "this section was marked as risks and no longer is",
}
