"""The zip and the XML inside a word processor's file, each within limits that stand before it is opened."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree

from articles.sources.source import Unreadable
from articles.sources.zipped import DAMAGES, NO_ZIP, TooMany, opened

MOST_BYTES = 40_000_000  # of the file
MOST_PARTS = 3_000
MOST_UNPACKED, MOST_XML = 120_000_000, 16_000_000  # bytes: of all parts, of those that are read as XML
MOST_RATIO, SMALL = 150, 1_000_000  # times; a part below so many bytes may be packed tighter
MOST_PICTURES = 500
DEEPEST, MOST_ELEMENTS = 300, 600_000
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
TOO_MANY = "it has too many parts; copy its text into a new document"
OLE = b"\xd0\xcf\x11\xe0"
# Both forms that Microsoft writes, the strict one too; then OpenDocument's.
_OOXML = {
    "w": "wordprocessingml/{}main",
    "a": "drawingml/{}main",
    "wp": "drawingml/{}wordprocessingDrawing",
    "pic": "drawingml/{}picture",
    "dgm": "drawingml/{}diagram",
    "c": "drawingml/{}chart",
    "r": "officeDocument/{}relationships",
    "m": "officeDocument/{}math",
}
PREFIX = {
    f"http://{host}{name.format(year)}": prefix
    for host, year in (("schemas.openxmlformats.org/", "2006/"), ("purl.oclc.org/ooxml/", ""))
    for prefix, name in _OOXML.items()
}
PREFIX |= {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1998/Math/MathML": "math",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
} | {f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": name for name in ("office", "text", "table", "style", "meta")}

Element = ElementTree.Element


class Package:
    """The parts of one file. Each method raises Unreadable with one sentence."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        if content.startswith(OLE):
            self.refuse("it is kept by a password, or an old .doc under a new name; save it anew as .docx without one")
        if len(content) > MOST_BYTES:
            self.refuse(f"it is larger than {MOST_BYTES // 1_000_000} MB; make its pictures smaller")
        try:
            self.zip = opened(content, MOST_PARTS)
            self.parts = {one.filename: one for one in self.zip.infolist()}
        except TooMany:
            self.refuse(TOO_MANY)
        except NO_ZIP:
            self.refuse("it is damaged, or no file of a word processor; open it there and save it anew")
        self._look_over()
        self.xml_left = MOST_XML

    def refuse(self, reason: str):
        raise Unreadable(f"{self.name}: this file cannot be read: {reason}.")

    def _look_over(self) -> None:
        infos = list(self.zip.infolist())
        pictures = sum(one.filename.lower().endswith(PICTURES) for one in infos)
        if pictures > MOST_PICTURES:
            self.refuse(f"it holds {pictures:,} pictures; the most is {MOST_PICTURES}; make several guides of it")
        if len(infos) > MOST_PARTS:
            self.refuse(TOO_MANY)
        is_packed = any(one.file_size > max(SMALL, MOST_RATIO * one.compress_size) for one in infos)
        if is_packed or sum(one.file_size for one in infos) > MOST_UNPACKED:
            self.refuse("it unpacks to far more than it is; copy its text into a new document")
        if any(one.flag_bits & 1 for one in infos):
            self.refuse("it is kept by a password; save it without one")
        if any("vbaproject" in one.filename.lower() or one.filename.startswith("Basic/") for one in infos):
            self.refuse("it carries a program (a macro); save it as a plain .docx or .odt, which has none")

    def read(self, part: str, most: int = MOST_UNPACKED) -> bytes:
        info = self.parts.get(part)
        if info is None:
            return b""
        if info.file_size > most:
            self.refuse("its text is far too long for one guide; make several guides of it")
        try:
            with self.zip.open(info) as file:
                return file.read(info.file_size)
        except DAMAGES:
            self.refuse("it is damaged; open it in its program and save it anew")

    def xml(self, part: str) -> Element | None:
        """The part as a tree with short names (`w.p`), or None where there is none."""
        content = self.read(part, self.xml_left)
        if not content:
            return None
        self.xml_left -= len(content)
        parser = ElementTree.XMLParser(target=_Builder(self))
        try:
            parser.feed(content)
            return parser.close()
        except Unreadable:
            raise
        except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
            self.refuse("it is damaged; open it in its program and save it anew")

    def rels(self, part: str) -> dict[str, tuple[str, str]]:
        """By its name, where each thing that a part refers to is: (part or address, "" or External)."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for one in root if root is not None else ():
            target, mode = one.get("Target", ""), one.get("TargetMode", "")
            if mode != "External":
                target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            found[one.get("Id", "")] = (target, mode)
        return found


class _Builder(ElementTree.TreeBuilder):
    def __init__(self, package: Package) -> None:
        super().__init__()
        self.package, self.depth, self.count = package, 0, 0
        self.short: dict[str, str] = {}

    def _name(self, name: str) -> str:
        short = self.short.get(name)
        if short is None:
            uri, _, local = name.rpartition("}")
            prefix = PREFIX.get(uri[1:], "x") if uri else ""
            short = self.short[name] = f"{prefix}.{local}" if prefix and prefix != "rel" else local
        return short

    def start(self, tag, attrs):
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            self.package.refuse("its parts are nested too deeply; copy its text into a new document")
        if self.count > MOST_ELEMENTS:
            self.package.refuse("its text is far too long for one guide; make several guides of it")
        return super().start(self._name(tag), {self._name(name): value for name, value in attrs.items()})

    def end(self, tag):
        self.depth -= 1
        return super().end(self._name(tag))

    def doctype(self, name, pubid, system):
        self.package.refuse("it has a document type, by which others' files can be read; save it anew in its program")
