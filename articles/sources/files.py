"""Reads a source: a text or Markdown file that becomes a working copy. No Django models.

What no rule takes is reported as a doubt with its line and kept in the body, so that nothing is lost in silence.
"""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from articles.sources.markdown import is_markdown, parse_markdown
from articles.sources.plain import parse_plain
from articles.sources.source import Source, Unreadable, cleaned, look_over, refuse_what_is_not_text
from publishing.text import is_turned, isolated

LONGEST = 1_000_000  # bytes
SUFFIXES = (".txt", ".md", ".markdown")
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(path: Path) -> Source:
    """The source in the file: opened, checked, decoded and read. Raises Unreadable with one sentence."""
    path = Path(path)
    if readable(path.name) != path.name:
        raise Unreadable(f"{readable(path.name)}: the file's name is not UTF-8; give the file another name.")
    if is_turned(path.name):
        raise Unreadable(f"{path.name!a}: a sign that nobody sees turns the file's name round; give it another name.")
    return parse(_decoded(_bytes_of(path), path.name), name=path.name)


def readable(path: str | Path) -> str:
    """A path or a file's name with \\x and two figures for each byte that is not UTF-8, so that it can be printed."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def parse(text: str, *, name: str) -> Source:
    """The source in the text; `name` is its file's, for messages and for its shape. Raises Unreadable."""
    refuse_what_is_not_text(text, name)
    text = cleaned(text)
    source = (parse_markdown if is_markdown(text, name) else parse_plain)(isolated(text), name)
    look_over(source, text)
    return source


def _bytes_of(path: Path) -> bytes:
    try:
        _refuse_kind(path, os.lstat(path).st_mode)
        # Not to hang where a pipe takes the file's place between the look and the opening.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "rb") as file:
            _refuse_kind(path, os.fstat(handle).st_mode)
            content = file.read(LONGEST + 1)
    except FileNotFoundError:
        raise Unreadable(f"{path.name}: there is no such file; check its name and folder.") from None
    except PermissionError:
        raise Unreadable(f"{path.name}: the file may not be read; allow the site's user to read it.") from None
    except Unreadable:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"{path.name!r}: the file cannot be opened ({reason}); check its name and folder.") from None
    if len(content) > LONGEST:
        raise Unreadable(f"{path.name}: the file is larger than 1 MB; make several guides of it.")
    return content


def _refuse_kind(path: Path, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise Unreadable(f"{path.name}: this leads to another file; name that file itself, or copy it here.")
    if stat.S_ISDIR(mode):
        raise Unreadable(f"{path.name}: this is a folder; name the files in it.")
    if not stat.S_ISREG(mode):
        raise Unreadable(f"{path.name}: this is not an ordinary file; copy the guide into a text file.")
    if path.suffix.lower() not in SUFFIXES:
        raise Unreadable(f"{path.name}: only files ending in {', '.join(SUFFIXES)} can be read; save the guide as one.")


def _decoded(content: bytes, name: str) -> str:
    is_utf_16 = content.startswith(UTF_16) and not content.startswith(UTF_32)
    if b"\0" in content and not is_utf_16:
        line = _line_of(content, content.index(b"\0"))
        raise Unreadable(
            f"{name}, line {line}: this is a binary file, not plain text; save the guide as text in UTF-8."
        )
    try:
        return content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start if is_utf_16 else error.start + len(content) - len(content.removeprefix(codecs.BOM_UTF8))
        where = f"{name}, byte {at}" if is_utf_16 else f"{name}, line {_line_of(content, at)} (byte {at})"
        raise Unreadable(f"{where}: this is not {'UTF-16' if is_utf_16 else 'UTF-8'}; save it as UTF-8.") from None


def _line_of(content: bytes, at: int) -> int:
    return len(content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
