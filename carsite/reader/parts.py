"""What the library that prints needs of the system. By itself (a path to Python) it says what is missing here."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping
from contextlib import suppress

# By Debian's name, the names of the files on Linux and on a Mac
PARTS = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}


def missing_parts(parts: Mapping[str, tuple[str, ...]] = PARTS) -> str:
    """Debian's names of those that are not there, with blanks between."""
    return " ".join(name for name, files in parts.items() if not any(map(_is_there, files)))


def _is_there(file: str) -> bool:
    with suppress(OSError):
        return bool(ctypes.CDLL(file))
    return False


if __name__ == "__main__":
    sys.stdout.write(f"{missing_parts()}\n")
