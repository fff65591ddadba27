"""What is passed over when a folder is brought in, and why: nothing goes without a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".bmp", ".tif", ".tiff", ".ico", ".avif", ".heic")
PLACES = ("", "static", "assets", "public", "content")  # below the top: where sites keep the pictures of their texts
_READ = (".txt", ".md", ".markdown", ".mdx", ".docx", ".odt", ".html", ".htm", ".zip", ".csv", ".xml")
_LEAVINGS = frozenset({"thumbs.db", "desktop.ini", "__macosx", "node_modules", "ehthumbs.db", "icon\r", "@eadir"})
_OF_A_PROGRAM = frozenset({"_layouts", "_includes", "_data", "_sass", "_site", "_plugins", "_templates", "archetypes"})
_ABOUT = re.compile(
    r"(?:readme|licen[cs]e|changelog|contributing|code[_-]of[_-]conduct|security|authors|notice|contributors|todo)"
    r"(?:[._-].*)?\Z",
    re.IGNORECASE,
)
_OF_OTHERS = {
    ".pdf": "a PDF has lost what is a heading, a list and a table; bring the Word file that it was made from",
    ".doc": "this is the old kind of Word file; open it in Word and save it as .docx",
    ".docm": "this Word file carries a program (a macro); save it as .docx, which has none",
    ".dotx": "this is a pattern of Word; save the guide itself as .docx",
    ".rtf": "open it in Word and save it as .docx",
    ".wpd": "open it in its program and save it as .docx or .odt",
    ".pages": "open it in Pages and export it as Word (.docx)",
    ".odm": "open it in its program and save each guide as .odt",
    ".fodt": "open it in its program and save it as .odt",
    ".ppt": "slides are no guide; copy its text into a Word file",
    ".pptx": "slides are no guide; copy its text into a Word file",
    ".pub": "open it in Publisher and copy its text into a Word file",
    ".indd": "ask whoever laid it out for the text as Word (.docx)",
    ".xls": "a table of numbers is no guide; copy what patients need into a Word file",
    ".xlsx": "a table of numbers is no guide; copy what patients need into a Word file",
    ".rar": "pack it as a .zip, or unpack it",
    ".7z": "pack it as a .zip, or unpack it",
    ".gz": "pack it as a .zip, or unpack it",
    ".tar": "pack it as a .zip, or unpack it",
    ".rst": "write it as Markdown (.md), or save it as .docx",
    ".adoc": "write it as Markdown (.md), or save it as .docx",
    ".tex": "write it as Markdown (.md), or save it as .docx",
    ".eml": "copy its text into a text file",
    ".msg": "copy its text into a text file",
    ".epub": "bring the file that it was made from",
}
_OF_A_SITE = re.compile(r"\.(?:css|[jt]sx?|json|ya?ml|toml|scss|less|map|lock|woff2?|ttf|php|xsl|scripts?)\Z")


@dataclass(frozen=True)
class Passed:
    """A file that is not taken in; `is_lost` if somebody may miss its text."""

    name: str
    reason: str
    is_lost: bool = False

    def __str__(self):
        return f"{self.name}: {'not taken in' if self.is_lost else 'left alone'}: {self.reason}."


def left_there(name: str) -> Passed | None:
    """Why a file is passed over that nobody meant, whatever kind it is, or None."""
    path = PurePosixPath(name)
    parts = [part.casefold() for part in path.parts]
    suffix = path.suffix.lower()
    if not parts:
        return Passed(name, "it has no name")
    if any(part in _LEAVINGS for part in parts):
        return Passed(name, "a computer left it there")
    if parts[-1].startswith("~$") or parts[-1].startswith(".~lock"):
        return Passed(name, "Word left it there while the file was open")
    if any(part in _OF_A_PROGRAM for part in parts[:-1]):
        return Passed(name, "it belongs to a website's program")
    if any(part.startswith(".") for part in parts):
        return Passed(name, "it is hidden")
    if _ABOUT.fullmatch(path.stem if suffix in _READ else path.name) and suffix in (*_READ, ""):
        return Passed(name, "it is about the folder; name it itself if patients shall read it")
    return None


def reason_for(name: str, *, is_named: bool = False) -> Passed | None:
    """Why a file is passed over by what it is called, or None; one that a person `is_named` may be hidden."""
    suffix = PurePosixPath(name).suffix.lower()
    if not is_named and (passed := left_there(name)):
        return passed
    if suffix in _OF_OTHERS:
        return Passed(name, _OF_OTHERS[suffix], True)
    if suffix in PICTURES:
        return Passed(name, "a picture is taken with the text that shows it")
    if _OF_A_SITE.match(suffix) and not is_named:
        return Passed(name, "it belongs to a website's program")
    if suffix not in _READ and not is_named:
        return Passed(name, "this kind of file is not read; save the guide as .docx or .md", True)
    return None
