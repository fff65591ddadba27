"""Zips of strangers: how many members one says it has is read before any of them is."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

# What reading a member may raise where a zip is damaged, however it was packed
DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)
NO_ZIP = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError)
# Of the list at the end of a zip, for a member: 46 bytes and its name, which hardly has more (APPNOTE, 4.3.12).
_OF_A_MEMBER = 600
_END, _LONGEST_COMMENT = struct.Struct("<4s4H2LH"), 65_535  # APPNOTE, 4.3.16
_MOST_SAID, _MOST_PARTS = 16_000_000, 3_000  # bytes; of a file of a word processor
_TAG = re.compile(r"<[^<>]*>")


class TooMany(ValueError):
    """The list at its end is longer than so many members need."""


def opened(content: bytes, most: int) -> zipfile.ZipFile:
    """A zip of at most about so many members, folders among them. Raises TooMany and what stands in NO_ZIP."""
    last = len(content) - _END.size
    found = content.rfind(b"PK\x05\x06", max(0, last - _LONGEST_COMMENT), last + 4)
    if found >= 0 and _END.unpack_from(content, found)[5] > most * _OF_A_MEMBER:
        raise TooMany
    return zipfile.ZipFile(BytesIO(content))


def hidden_in(content: bytes) -> list[str]:
    """What the parts of a word processor's file say, without their tags: its text, and beside it who wrote it, remarks
    and what was crossed out. Nothing of another file, nor of one that cannot be opened."""
    if not content.startswith(b"PK"):
        return []
    left, found = _MOST_SAID, []
    try:
        archive = opened(content, _MOST_PARTS)
    except NO_ZIP:
        return []
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels")) and info.file_size <= left:
            left -= info.file_size
            with suppress(*DAMAGES), archive.open(info) as part:
                found.append(_TAG.sub("", part.read(info.file_size).decode("utf-8", "replace")))
    return found
