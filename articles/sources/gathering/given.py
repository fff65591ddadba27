"""Files that a person gives one by one, or packed: each kept by itself until it is read. No Django models."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePosixPath

from articles.sources.files import SUFFIXES, most_of
from articles.sources.gathering.archives import Archive, Member, beside
from articles.sources.gathering.folders import Piece, piece_of_post
from articles.sources.gathering.wordpress import NO_EXPORT, Post, is_export, posts_in
from articles.sources.passed import PICTURES, Passed, left_there, reason_for
from articles.sources.source import Unreadable
from publishing.text import TOO_MANY_BYTES

MOST_GIVEN = 100_000_000  # bytes of one file, which may be a zip
TEXT, POST, TABLE, PICTURE, PASSED = "text", "post", "table", "picture", "passed"


@dataclass(frozen=True)
class Given:
    """One file with its path. What is passed over has its reason, and no bytes."""

    name: str
    kind: str
    content: bytes = b""
    reason: str = ""


def given(name: str, content: bytes) -> Iterator[Given]:
    """What there is in a file: itself, the members of a zip, the pages of an export."""
    if PurePosixPath(name).suffix.lower() != ".zip":
        yield from _one(name, content, is_named="/" not in name)
        return
    try:
        archive = Archive(content, name)
    except Unreadable as why:
        yield _unreadable(name, why)
        return
    for member in archive.members:
        yield from _of_zip(archive, member)


def _of_zip(archive: Archive, member: Member) -> Iterator[Given]:
    """One of a zip; that it cannot be read says nothing of the others."""
    told = member.reason or ("unpack it: a zip within a zip is not opened" if _is_zip(member.name) else "")
    passed = _passed(member.name)
    if told or passed:
        yield Given(member.name, PASSED, reason=told or passed.reason)
        return
    try:
        content = archive.read(member, most_of(member.name))
    except Unreadable as why:
        yield _unreadable(member.name, why)
        return
    yield from _one(member.name, content)


def _passed(name: str, *, is_named: bool = False) -> Passed | None:
    """Why it is not kept; a picture is, for the text that shows it, unless nobody meant it."""
    if PurePosixPath(name).suffix.lower() in PICTURES:
        return None if is_named else left_there(name)
    return reason_for(name, is_named=is_named)


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _unreadable(name: str, why: Unreadable) -> Given:
    return Given(name, PASSED, reason=str(why).removeprefix(f"{name}: ").rstrip("."))


def _one(name: str, content: bytes, *, is_named: bool = False) -> Iterator[Given]:
    suffix, most = PurePosixPath(name).suffix.lower(), most_of(name)
    if passed := _passed(name, is_named=is_named):
        yield Given(name, PASSED, reason=passed.reason)
    elif suffix in PICTURES:
        is_small = len(content) <= most
        yield Given(name, PICTURE, content) if is_small else Given(name, PASSED, reason=TOO_MANY_BYTES.rstrip("."))
    elif len(content) > most:
        yield Given(name, PASSED, reason=f"it is larger than {most // 1_000_000} MB; make several guides of it")
    elif suffix == ".csv":
        yield Given(name, TABLE, content)
    elif suffix == ".xml":
        yield from _export(name, content)
    elif suffix in SUFFIXES:
        yield Given(name, TEXT, content)
    else:
        yield Given(name, PASSED, reason="this kind of file is not read; save the guide as .docx or .md")


def _export(name: str, content: bytes) -> Iterator[Given]:
    if not is_export(content):
        yield Given(name, PASSED, reason=NO_EXPORT)
        return
    try:
        for post in posts_in(content, name):
            told = json.dumps(asdict(post), default=str).encode()
            yield Given(post.name, PASSED, reason=post.reason) if post.reason else Given(post.name, POST, told)
    except Unreadable as why:
        yield _unreadable(name, why)


def piece_of(one: Given, picture: Callable[[str], bytes | None]) -> Piece:
    """The same, to be read; `picture` gives the bytes of one by its whole path."""
    if one.kind != POST:
        return Piece(one.name, lambda: one.content, beside(one.name, picture))
    told = json.loads(one.content)
    told["day"] = date.fromisoformat(told["day"]) if told["day"] else None
    return piece_of_post(Post(**told))
