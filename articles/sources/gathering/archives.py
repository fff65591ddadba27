"""A zip of leaflets: its members are read where they are, never unpacked, within limits that stand before."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from articles.sources.passed import PICTURES, PLACES
from articles.sources.source import Unreadable
from articles.sources.zipped import DAMAGES, NO_ZIP, TooMany, opened
from publishing.text import MOST_BYTES, is_turned

MOST_MEMBERS, MOST_UNPACKED = 20_000, 2_000_000_000
MOST_RATIO, SMALL = 200, 1_000_000
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    name: str
    info: zipfile.ZipInfo
    reason: str = ""  # why it is refused


class Archive:
    """Raises Unreadable with one sentence when it is no zip, or unpacks to more than a clinic has."""

    MOST_BYTES = 500_000_000

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        too_much = f"{name}: this zip unpacks to far more than it is, or holds too many files; pack less."
        try:
            self.zip = opened(content, MOST_MEMBERS)
            infos = [one for one in self.zip.infolist() if not one.is_dir()]
        except TooMany:
            raise Unreadable(too_much) from None
        except NO_ZIP:
            raise Unreadable(f"{name}: this zip is damaged; pack it anew.") from None
        is_packed = any(one.file_size > max(SMALL, MOST_RATIO * one.compress_size) for one in infos)
        if len(infos) > MOST_MEMBERS or is_packed or sum(one.file_size for one in infos) > MOST_UNPACKED:
            raise Unreadable(too_much)
        seen: set[str] = set()
        self.members = []
        for info in sorted(infos, key=lambda one: one.filename):
            told = _refused(info) or ("another file in the zip has this name" if info.filename in seen else "")
            self.members.append(Member(_shown(info.filename), info, told))
            seen.add(info.filename)
        self.known = {one.name: one for one in self.members if not one.reason}

    def read(self, member: Member, most: int) -> bytes:
        """The bytes of a member. Raises Unreadable."""
        if member.info.file_size > most:
            raise Unreadable(
                f"{member.name}: the file is larger than {most // 1_000_000} MB; make several guides of it."
            )
        try:
            with self.zip.open(member.info) as file:
                return file.read(member.info.file_size)
        except DAMAGES:
            raise Unreadable(f"{member.name}: it is damaged in the zip; pack it anew.") from None

    def beside(self, name: str) -> Callable[[str], bytes | None]:
        """The bytes of a picture by its path from a member, or from the top of the zip."""

        return beside(name, self._picture)

    def _picture(self, path: str) -> bytes | None:
        member = self.known.get(path)
        is_picture = member is not None and PurePosixPath(member.name).suffix.lower() in PICTURES
        return self.read(member, MOST_BYTES) if is_picture and member.info.file_size <= MOST_BYTES else None


def beside(name: str, picture: Callable[[str], bytes | None]) -> Callable[[str], bytes | None]:
    """The bytes of a picture by its path from a file, or from the top of all; `picture` gives those at a whole path."""

    def found(wanted: str) -> bytes | None:
        tops = ["", *_tops(name)]
        for start in tops if wanted.startswith("/") else [str(PurePosixPath(name).parent), *tops]:
            content = picture(_joined(start, wanted.lstrip("/")))
            if content is not None:
                return content
        return None

    return found


def _tops(name: str) -> list[str]:
    first = PurePosixPath(name).parts[0]
    return [f"{top}{folder}".strip("/") for top in ("", f"{first}/") for folder in PLACES]


def _joined(start: str, wanted: str) -> str:
    out: list[str] = []
    for part in (*PurePosixPath(start).parts, *PurePosixPath(wanted).parts):
        if part == ".." and out:
            out.pop()
        elif part not in (".", ".."):
            out.append(part)
    return "/".join(out)


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _refused(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts or _DRIVE.match(name):
        return "its name leads out of the zip; pack it anew"
    if any(ord(sign) < 32 for sign in name) or is_turned(name):
        return "its name holds signs that nobody sees; give it another name"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it leads to another file; pack that file itself"
    if info.flag_bits & 1:
        return "it is kept by a password; pack it without one"
    return ""
