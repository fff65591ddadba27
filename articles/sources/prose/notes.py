"""Footnotes and addresses that stand at the end of a file, brought to the text of it that names them."""

from __future__ import annotations

import re

from articles.sources.source import Source

_BEGUN = re.compile(r" {0,3}\[(\^?[^\[\]\n]{1,100})\]:[ \t]*\S")
_NAMED = re.compile(r"\[(\^?[^\[\]\n]{1,100})\](?![(:])")


def bring_home(source: Source) -> None:
    """A question takes the rest of the file as its answer: what the text above names there, comes back to it."""
    texts = [source.body, *(answer for _question, answer in source.questions)]
    if len(texts) == 1:
        return
    apart = [_apart(text) for text in texts]
    named = [{_key(one) for one in _NAMED.findall(rest)} for rest, _notes in apart]
    defined = {key: said for _rest, notes in reversed(apart) for key, said in notes.items()}
    home = []
    for (rest, notes), names in zip(apart, named, strict=True):
        own = {key: said for key, said in notes.items() if key in names or not any(key in other for other in named)}
        own |= {key: said for key, said in defined.items() if key in names and key not in notes}
        home.append("\n\n".join([rest.strip("\n"), *own.values()]).strip("\n") if own != notes else None)
    texts = [text if new is None else new for text, new in zip(texts, home, strict=True)]
    source.body = texts[0]
    source.questions = [(asked, text) for (asked, _answer), text in zip(source.questions, texts[1:], strict=True)]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _apart(text: str) -> tuple[str, dict[str, str]]:
    """(the text without what is named in it, what is said of each name)."""
    rest: list[str] = []
    notes: dict[str, list[str]] = {}
    at: list[str] | None = None
    for line in text.split("\n"):
        begun = _BEGUN.match(line)
        if begun and _key(begun[1]) not in notes:
            at = notes[_key(begun[1])] = [line]
        elif at is not None and (not line.strip() or line.startswith(("    ", "\t")) or at[-1].strip()) and not begun:
            at.append(line)
        else:
            at = None
            rest.append(line)
    return "\n".join(rest), {key: "\n".join(lines).strip("\n") for key, lines in notes.items()}
