"""What there is to bring in: files, folders and zips as pieces to read; what is passed over, with its reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from articles.sources.files import SUFFIXES, bytes_of, most_of, read_bytes, readable
from articles.sources.gathering.archives import Archive, Member
from articles.sources.gathering.wordpress import NO_EXPORT, Post, is_export, posts_in
from articles.sources.passed import PICTURES, PLACES, Passed, reason_for
from articles.sources.source import Source, Unreadable
from publishing.text import MOST_BYTES

MOST_FILES = 50_000


@dataclass
class Piece:
    """One source that can be read. `name` tells it apart for ever: its path below what was named."""

    name: str
    content: Callable[[], bytes]
    beside: Callable[[str], bytes | None] = lambda _path: None
    read: Callable[[], Source] | None = None

    def source(self, content: bytes) -> Source:
        """Raises Unreadable."""
        return self.read() if self.read else read_bytes(content, self.name, self.beside)


@dataclass
class Addresses:
    """A table of old addresses, which are to lead to guides."""

    name: str
    content: Callable[[], bytes]


Gathered = Piece | Passed | Addresses


def gathered(paths: Iterable[str | Path]) -> Iterator[Gathered]:
    """Everything in these files, folders and zips, in order. Nothing of it is read yet, but for zips and exports."""
    for path in map(Path, paths):
        if path.is_symlink() or not path.is_dir():
            yield from _file(path, path.name, path.parent)
        else:
            found = sorted(_within(path))
            if len(found) > MOST_FILES:
                yield Passed(readable(path.name), f"it holds more than {MOST_FILES:,} files; name a part of it", True)
                continue
            for one in found:
                yield from _file(one, one.relative_to(path).as_posix(), path, is_named=False)


def _within(folder: Path) -> Iterator[Path]:
    """The files below a folder, and links, which are refused: what lies beyond one may be anybody's."""
    for above, folders, names in os.walk(folder, followlinks=False):
        yield from (Path(above, name) for name in names)
        yield from (Path(above, name) for name in folders if Path(above, name).is_symlink())


def _file(path: Path, name: str, root: Path, *, is_named: bool = True) -> Iterator[Gathered]:
    if not is_named and (passed := reason_for(name)):
        yield passed
        return
    suffix = path.suffix.lower()
    if not is_named and path.is_symlink():
        yield Passed(name, "this leads to another file; name that file itself, or copy it here", True)
    elif suffix == ".zip":
        yield from _zip(path, name)
    elif suffix == ".csv":
        yield Addresses(name, lambda: _whole(path))
    elif suffix == ".xml":
        yield from _export(lambda: _whole(path), name)
    elif passed := reason_for(name, is_named=True):
        yield passed
    else:
        yield Piece(name, lambda: _whole(path), _beside(path, root))


def _whole(path: Path) -> bytes:
    return bytes_of(path, most_of(path.name))


def _beside(path: Path, root: Path) -> Callable[[str], bytes | None]:
    """The bytes of a picture by its path from a file, from the folder that was named, or from where tools keep them."""

    def found(wanted: str) -> bytes | None:
        parts = [part for part in PurePosixPath(wanted.lstrip("/")).parts if part != "."]
        starts = [root / place for place in PLACES]
        for start in starts if wanted.startswith("/") else [path.parent, *starts]:
            place = Path(os.path.normpath(start.joinpath(*parts)))
            try:
                if place.is_relative_to(root) and not _has_link(place, root) and _is_picture(place):
                    return place.read_bytes()
            except (OSError, ValueError):
                continue
        return None

    return found


def _has_link(place: Path, root: Path) -> bool:
    return any(one.is_symlink() for one in (place, *place.parents) if one != root and one.is_relative_to(root))


def _is_picture(place: Path) -> bool:
    known = place.lstat()
    return place.suffix.lower() in PICTURES and stat.S_ISREG(known.st_mode) and known.st_size <= MOST_BYTES


def _zip(path: Path, name: str) -> Iterator[Gathered]:
    try:
        archive = Archive(bytes_of(path, Archive.MOST_BYTES), name)
    except Unreadable as why:
        yield Passed(name, str(why).removeprefix(f"{name}: ").rstrip("."), True)
        return
    for member in archive.members:
        yield from _member(archive, member)


def _member(archive: Archive, member: Member) -> Iterator[Gathered]:
    name = member.name
    if member.reason:
        yield Passed(name, member.reason, True)
        return
    passed = reason_for(name)
    suffix = PurePosixPath(name).suffix.lower()

    def content() -> bytes:
        return archive.read(member, most_of(name))

    if passed:
        yield passed
    elif suffix == ".csv":
        yield Addresses(name, content)
    elif suffix == ".xml":
        yield from _export(content, name)
    elif suffix == ".zip":
        yield Passed(name, "a zip within a zip is not opened; unpack it", True)
    elif suffix not in SUFFIXES:
        yield reason_for(name, is_named=True) or Passed(name, "this kind of file is not read", True)
    else:
        yield Piece(name, content, archive.beside(name))


def _export(content: Callable[[], bytes], name: str) -> Iterator[Gathered]:
    """The pages of a WordPress export, each a piece of its own."""
    try:
        whole = content()
        if not is_export(whole):
            yield Passed(name, NO_EXPORT, True)
            return
        posts = posts_in(whole, name)
    except Unreadable as why:
        yield Passed(name, str(why).removeprefix(f"{name}: ").rstrip("."), True)
        return
    for post in posts:
        if post.reason:
            yield Passed(post.name, post.reason)
        else:
            yield piece_of_post(post)


def piece_of_post(post: Post) -> Piece:
    return Piece(post.name, lambda: post.html.encode(), read=lambda: _of_post(post))


def _of_post(post: Post) -> Source:
    source = read_bytes(post.page.encode(), f"{post.name}.html")
    source.lead = source.lead or post.lead
    source.uploaded_by, source.slug = source.uploaded_by or post.by, post.slug
    source.published_on, source.old_addresses = post.day, list(post.old_addresses)
    for code in post.shortcodes:
        source.doubt(None, f"“{code}” is a shortcode, which WordPress would have filled in: write what belongs there")
    return source
