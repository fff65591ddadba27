"""Our own form of a guide in a file: what was written out comes in again letter for letter. No Django models."""

from __future__ import annotations

import re
from datetime import date

import yaml

from articles.sources.matter import Loader, divided
from articles.sources.source import Source, Unreadable
from publishing.text import Unusable, is_turned, pictures

FORMAT = "format: clinic guide 1"
LONGEST = 200_000  # letters of the front matter
_TEXTS = (
    "title",
    "lead",
    "slug",
    "language",
    "topic",
    "uploaded_by",
    "leaflet_number",
    "ai_part",
    "publisher_name",
    "translation_of",
    "sponsor_name",
    "sponsor_wording",
    "sponsor_address",
    "sponsor_connection",
)
_LISTS = ("related", "old_addresses", "sources", "websites", "social", "sponsor_claims")
_MARKS = {"machine_translated": "is_machine", "draft": "is_draft"}
_QUESTION = "<!-- question -->"
_PICTURE = re.compile(r"\]\(/media/([0-9a-f]{64}\.(?:jpg|png|webp))\)")
_BESIDE = re.compile(r"\]\(\.\./pictures/([0-9a-f]{64}\.(?:jpg|png|webp))\)")


def is_exact(text: str) -> bool:
    return text.startswith(f"---\n{FORMAT}\n")


def written(source: Source) -> tuple[str, set[str]]:
    """(the file, the names of the pictures that belong beside it, in `../pictures/`)."""
    told = {name: getattr(source, name) for name in (*_TEXTS, *_LISTS) if getattr(source, name)}
    if source.published_on:
        told["published_on"] = source.published_on.isoformat()
    if source.brief:
        told["brief"] = [f"{label}: {answer}" for label, answer in source.brief]
    told |= {key: "true" for key, name in _MARKS.items() if getattr(source, name)}
    front = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)
    parts = [source.body, *(f"{_QUESTION}\n### {question}\n\n{answer}" for question, answer in source.questions)]
    text = "\n\n".join(parts)
    found = set(_PICTURE.findall(text))
    text = _PICTURE.sub(r"](../pictures/\1)", text)
    return f"---\n{FORMAT}\n{front}---\n\n{text}\n", found


def read_exact(text: str, name: str) -> Source:
    """Raises Unreadable."""
    front, rest, before = divided(text, name)
    if len(front) > LONGEST or is_turned(text):
        raise Unreadable(f"{name}: the front matter is too long, or holds signs that turn letters round.")
    try:
        told = yaml.load(front.replace(FORMAT, "", 1), Loader=Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise Unreadable(f"{name}: the front matter cannot be read; write this guide out once more.") from None
    source = Source()
    for key, value in (told or {}).items():
        if key in _TEXTS and isinstance(value, str):
            setattr(source, key, value)
        elif key in _LISTS and isinstance(value, list):
            setattr(source, key, list(map(str, value)))
        elif key == "brief" and isinstance(value, list):
            source.brief = [
                (label, answer) for label, _colon, answer in (row.partition(": ") for row in map(str, value))
            ]
        elif key == "published_on":
            source.published_on = _day(value, name)
        elif key == "machine_translated":
            source.is_machine = True
        elif key == "draft":
            source.is_draft = True
            source.doubt(None, "it was not public when it was written out")
        else:
            source.doubt(None, f"“{str(key)[:40]}” is no part of a guide that we write out")
    rest = _BESIDE.sub(r"](/media/\1)", rest)
    body, *asked = f"\n{rest}".split(f"\n{_QUESTION}\n")
    source.body = body.strip("\n")
    for part in asked:
        question, _end, answer = part.partition("\n")
        source.questions.append((question.removeprefix("### "), answer.strip("\n")))
    if not source.title:
        raise Unreadable(f"{name}: there is no title; write this guide out once more.")
    return source


def named_in(source: Source) -> set[str]:
    """The pictures that the texts name."""
    return set(_PICTURE.findall("\n".join([source.body, *(answer for _asked, answer in source.questions)])))


def as_made(content: bytes) -> pictures.Clean | None:
    """A picture that we have made and written out, or None where it is another's."""
    try:
        return pictures.as_made(content)
    except Unusable:
        return None


def _day(value: str, name: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Unreadable(f"{name}: “{str(value)[:40]}” is no day; write it like 2025-06-24.") from None
