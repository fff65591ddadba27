"""Reads a source: text, Markdown, Word, OpenDocument or HTML that becomes a working copy. No Django models.

What no rule takes is reported as a doubt with its line and kept in the body, so that nothing is lost in silence.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from articles.sources.documents import as_markdown, finish
from articles.sources.exact import as_made, is_exact, named_in, read_exact
from articles.sources.foreign import code_in, without_code, without_html
from articles.sources.markdown import has_front_matter, is_markdown, parse_markdown
from articles.sources.matter import divided
from articles.sources.office import Shown, read_opendocument, read_word
from articles.sources.passed import PICTURES
from articles.sources.pictures import Beside, of_page, taken
from articles.sources.prose.plain import parse_plain
from articles.sources.signs import with_lists
from articles.sources.source import Doubt, Source, Unreadable, cleaned, refuse_what_is_not_text
from articles.sources.unshown import tell_unshown
from articles.sources.web import read_page
from articles.sources.whole import look_over
from publishing.text import MOST_BYTES, is_turned, isolated

LONGEST = 1_000_000  # bytes
LONGEST_DOCUMENT = 40_000_000
DOCUMENTS = {".docx": read_word, ".odt": read_opendocument, ".html": read_page, ".htm": read_page}
TEXTS = (".txt", ".md", ".markdown", ".mdx")
SUFFIXES = (*TEXTS, *DOCUMENTS)
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def most_of(name: str) -> int:
    """How many bytes a file may have, by what it is."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in PICTURES:
        return MOST_BYTES
    return LONGEST_DOCUMENT if suffix in DOCUMENTS or suffix == ".xml" else LONGEST


def read(path: Path) -> Source:
    """The source in the file: opened, checked, decoded and read. Raises Unreadable with one sentence."""
    path = Path(path)
    refuse_name(path.name)
    if path.suffix.lower() not in SUFFIXES and path.exists() and not path.is_symlink() and path.is_file():
        raise Unreadable(f"{path.name}: only files ending in {', '.join(SUFFIXES)} can be read; save the guide as one.")
    return read_bytes(bytes_of(path, most_of(path.name)), path.name)


def read_bytes(content: bytes, name: str, beside: Beside | None = None) -> Source:
    """The same of a file's bytes; `name` is how it is called, with its folders where they tell it apart. `beside` gives
    the bytes of a file by its path from there, or None."""
    if not content.strip():
        raise Unreadable(f"{name}: the file is empty; write the guide into it and try again.")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in DOCUMENTS:
        return _document(DOCUMENTS[suffix], content, name, beside)
    text = _decoded(content, name)
    if is_exact(text):
        return _exact(text, name, beside)
    source = parse(text, name=name)
    if beside:
        taken(source, beside)
    return source


def _document(reader: Callable, content: bytes, name: str, beside: Beside | None) -> Source:
    stem = " ".join(re.split(r"[\s_-]+", PurePosixPath(name).stem)).strip()
    try:
        paper = reader(content, name, stem[:1].upper() + stem[1:] or "No title")
    except Unreadable:
        raise
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, MemoryError):
        # What is made to break a reader breaks it in a dozen ways; each means the same to who brings it.
        raise Unreadable(f"{name}: this file is damaged; open it in its program and save it anew.") from None
    if beside and reader is read_page:
        paper.html = of_page(paper.html, beside, paper.pictures, paper.doubt)
    text = as_markdown(paper, name)
    refuse_what_is_not_text(text, name)
    text = cleaned(text)
    source = parse_markdown(isolated(text), name, is_converted=True)
    look_over(source, text, name, paper.language)
    finish(source, paper, text)
    return source


def _exact(text: str, name: str, beside: Beside | None) -> Source:
    refuse_what_is_not_text(text, name)
    source = read_exact(text.replace("\r\n", "\n"), name)
    for picture in sorted(named_in(source)) if beside else ():
        content = beside(f"../pictures/{picture}")
        made = as_made(content) if content else None
        if made and made.name == picture:
            source.pictures[picture] = Shown(made, picture)
        else:
            source.doubt(None, f"the picture “{picture[:12]}…” is not beside it, or is another")
    look_over(source, text, name)
    return source


def refuse_name(name: str) -> None:
    """Raises Unreadable when the name of a file cannot be printed, or reads otherwise than it is."""
    if readable(name) != name:
        raise Unreadable(f"{readable(name)}: the file's name is not UTF-8; give the file another name.")
    if is_turned(name):
        raise Unreadable(f"{name!a}: a sign that nobody sees turns the file's name round; give it another name.")


def readable(path: str | Path) -> str:
    """A path or a file's name with \\x and two figures for each byte that is not UTF-8, so that it can be printed."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def parse(text: str, *, name: str) -> Source:
    """The source in the text; `name` is its file's, for messages and for its shape. Raises Unreadable."""
    refuse_what_is_not_text(text, name)
    text = cleaned(text)
    if not is_markdown(text, name):
        source = parse_plain(isolated(text), name)
    else:
        source = _markdown(isolated(text), name)
        tell_unshown(source, text)
    look_over(source, text, name)
    return source


def _markdown(text: str, name: str) -> Source:
    """Markdown as others write it: with HTML in it, and with lists of signs."""
    before = divided(text, name)[2] if has_front_matter(text) else 0
    lines = text.split("\n")
    body = "\n".join(lines[before:])
    found = without_html(body, before + 1)
    if name.lower().endswith(".mdx"):
        without_code(found)
    told = [*enumerate(lines[:before], 1), *with_lists(found.lines, code_in(body, before + 1))]
    source = parse_markdown("\n".join(line for _number, line in told), name)
    source.doubts = [
        replace(one, line=told[min(one.line, len(told)) - 1][0]) if one.line else one for one in source.doubts
    ]
    source.doubts += [Doubt(number, sentence) for number, sentence in found.doubts]
    return source


def bytes_of(path: Path, most: int) -> bytes:
    """What stands in an ordinary file of at most so many bytes. Raises Unreadable."""
    try:
        _refuse_kind(path, os.lstat(path).st_mode)
        # Not to hang where a pipe takes the file's place between the look and the opening.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "rb") as file:
            _refuse_kind(path, os.fstat(handle).st_mode)
            content = file.read(most + 1)
    except FileNotFoundError:
        raise Unreadable(f"{path.name}: there is no such file; check its name and folder.") from None
    except PermissionError:
        raise Unreadable(f"{path.name}: the file may not be read; allow the site's user to read it.") from None
    except Unreadable:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"{path.name!r}: the file cannot be opened ({reason}); check its name and folder.") from None
    if len(content) > most:
        raise Unreadable(f"{path.name}: the file is larger than {most // 1_000_000} MB; make several guides of it.")
    return content


def _refuse_kind(path: Path, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise Unreadable(f"{path.name}: this leads to another file; name that file itself, or copy it here.")
    if stat.S_ISDIR(mode):
        raise Unreadable(f"{path.name}: this is a folder; name the files in it.")
    if not stat.S_ISREG(mode):
        raise Unreadable(f"{path.name}: this is not an ordinary file; copy the guide into a text file.")


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
