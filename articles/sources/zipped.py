"""Zips of strangers: how many members one says it has is read before any of them is."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from io import BytesIO

# What reading a member may raise where a zip is damaged, however it was packed
DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)
NO_ZIP = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError)
# Of the list at the end of a zip, for a member: 46 bytes and its name, which hardly has more (APPNOTE, 4.3.12).
_OF_A_MEMBER = 600
_END, _LONGEST_COMMENT = struct.Struct("<4s4H2LH"), 65_535  # APPNOTE, 4.3.16


class TooMany(ValueError):
    """The list at its end is longer than so many members need."""


def opened(content: bytes, most: int) -> zipfile.ZipFile:
    """A zip of at most about so many members, folders among them. Raises TooMany and what stands in NO_ZIP."""
    last = len(content) - _END.size
    found = content.rfind(b"PK\x05\x06", max(0, last - _LONGEST_COMMENT), last + 4)
    if found >= 0 and _END.unpack_from(content, found)[5] > most * _OF_A_MEMBER:
        raise TooMany
    return zipfile.ZipFile(BytesIO(content))
