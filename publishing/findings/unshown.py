"""What a writer typed and no page shows: nobody would see in the preview that it is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from publishing.findings.reading import Guide, short
from publishing.findings.registry import Finding, Severity, check
from publishing.text import clean, fold, tidy

# What of the source stands on the page, or says how it stands there
_COVERS = frozenset({"inline", "fence", "code_block", "hr", "heading_open", "table_open"})
_DEFINED = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:[ \t]*(.*)$")
_COMMENT = ("#", "<>", "")  # [//]: # (what only writers read)
_WORD = re.compile(r"[^\W_]+")
_MOST_NUMBERS = 8


@check("not shown", "All that is typed is shown", Severity.MUST_FIX, "Ours: no word is lost without a sound")
def not_shown(guide: Guide) -> Iterator[Finding]:
    for name, tokens in guide.tokens.items():
        lines = clean(guide.fields[name] or "").split("\n")
        for line, sentence, effect in (*_in_blocks(tokens), *_defined(tokens, lines)):
            yield Finding(sentence, effect, name, line + 1, lines[line].strip() if line < len(lines) else "")


def _in_blocks(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """(line, what, what patients see) of cells, titles and numbers that the page drops."""
    near = 0
    for number, token in enumerate(tokens):
        near = token.map[0] if token.map else near
        if beyond := token.meta.get("beyond"):
            said = short(" | ".join(beyond))
            yield near, f"“{said}” has no column in its table.", "Patients do not see it. Write a head for it."
        elif token.type == "inline":
            yield from ((near, *told) for told in _titles(token.children or ()))
        elif token.type == "fence" and len(token.info.split()) > 1:
            yield near, f"“{short(token.info)}” stands behind a fence.", "Patients do not see it. Write it below."
        elif token.type == "ordered_list_open":
            yield from ((near, *told) for told in _counted(tokens, number))


def _titles(children: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Words that other pages show when a mouse rests on a link or a picture."""
    for at, token in enumerate(children):
        title = str(token.attrs.get("title") or "")
        if not title:
            continue
        said = token.content if token.type == "image" else _linked(children, at)
        if _words_of(title) - _words_of(said):
            what = "picture" if token.type == "image" else "link"
            yield f"“{short(title)}” is a title of a {what}.", f"Patients do not see it. Write it beside the {what}."


def _words_of(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))


def _linked(children: Sequence[Token], at: int) -> str:
    said = []
    for token in children[at + 1 :]:
        if token.type == "link_close":
            break
        said.append(token.content)
    return "".join(said)


def _counted(tokens: Sequence[Token], at: int) -> Iterator[tuple[str, str]]:
    """Numbers of a list that the page counts anew; all alike are a writer's way to have them counted."""
    level, typed = tokens[at].level, []
    for token in tokens[at + 1 :]:
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1 and token.info.isdecimal():
            typed.append(int(token.info))
    if len(set(typed)) > 1 and any(after != before + 1 for before, after in pairwise(typed)):
        said, read = (_numbers(some) for some in (typed, range(typed[0], typed[0] + len(typed))))
        yield f"A list is numbered {said}.", f"Patients read {read}. Number it so, or make several lists of it."


def _numbers(some: Sequence[int]) -> str:
    return ", ".join(map(str, some[:_MOST_NUMBERS])) + (" …" if len(some) > _MOST_NUMBERS else "")


def _defined(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """`[Warning]: Stop` is read as the address of a link, and shown nowhere where no link has it."""
    covering = [one for one in tokens if one.type in _COVERS]
    # Of a text that cannot be parsed as a whole all is shown as it was typed.
    if any(one.type == "inline" and not one.map for one in covering):
        return
    wanted = [(number, found) for number, line in enumerate(lines) if "]:" in line and (found := _DEFINED.match(line))]
    if not wanted:
        return
    covered = {line for one in covering if one.map for line in range(*one.map)}
    children = [child for one in covering for child in one.children or ()]
    used = {str(one.attrs.get(name)) for one in children for name in ("href", "src") if name in one.attrs}
    for number, found in wanted:
        below = lines[number + 1].strip() if number + 1 < len(lines) and number + 1 not in covered else ""
        told = (found[2].strip() or below).split()
        address = told[0] if told else ""
        if number not in covered and address not in _COMMENT and tidy(address.strip("<>")) not in used:
            said = short(found[0].strip())
            yield (
                number,
                f"“{said}” is read as the address of a link.",
                "Patients do not see it. Write it without the colon.",
            )
