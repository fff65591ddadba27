"""The one file of a backup: a zip with rows, pictures, and a manifest that says what has to be in it."""

import hashlib
import json
import zipfile
from contextlib import suppress

from django.core.management.base import CommandError

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError)
OLD_OR_NEW = "It was made by a newer version of this site (format {}). Install that version, then restore."


class Damaged(CommandError):
    """The file is not what was written, or no backup at all."""


def digest_of(file):
    """SHA-256 of an open file from where it stands."""
    found = hashlib.sha256()
    while piece := file.read(PIECE):
        found.update(piece)
    return found.hexdigest()


def table_name(label):
    return f"rows/{label}.jsonl"


def media_name(name):
    return f"media/{name}"


class Writing:
    """A backup that is being written into an open file."""

    def __init__(self, file, bar):
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.bar, self.tables, self.media, self.missing, self.altered = bar, [], [], [], {}

    def add_table(self, label, columns, lines):
        count, digest = 0, hashlib.sha256()
        with self.zip.open(table_name(label), "w", force_zip64=True) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                count += 1
                self.bar.add(of=label)
        self.tables.append({"label": label, "columns": columns, "rows": count, "sha256": digest.hexdigest()})

    def add_media(self, name, opened):
        """A file of the pictures, by a name that is its digest; or note that it is not there, or is altered: what it is
        now is kept as evidence, and restored nowhere."""
        entry = zipfile.ZipInfo(media_name(name))  # pictures are small already, so they are stored as they are
        digest = hashlib.sha256()
        try:
            with opened(name) as file, self.zip.open(entry, "w", force_zip64=True) as member:
                while piece := file.read(PIECE):
                    member.write(piece)
                    digest.update(piece)
            if digest.hexdigest() == name[:64]:
                self.media.append(name)
            else:
                self.altered[name] = digest.hexdigest()
        except FileNotFoundError:
            self.missing.append(name)
        self.bar.add(of="pictures")

    def end(self, about):
        whole = {"format": FORMAT, **about, "tables": self.tables, "media": self.media, "missing": self.missing}
        whole["altered"] = self.altered
        self.zip.writestr(MANIFEST, json.dumps(whole, indent=1))
        self.zip.close()

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        # What could not be written whole would be tried once more when it is forgotten, with a complaint.
        with suppress(OSError, ValueError):
            self.zip.close()


class Archive:
    """A backup that is read, from an open file. Raises Damaged, whatever is wrong with it."""

    def __init__(self, file):
        try:
            self.zip = zipfile.ZipFile(file)
            self.told = json.loads(self.zip.read(MANIFEST))
            self.format = int(self.told["format"])
        except (*BROKEN, OSError, zipfile.zlib.error) as problem:
            raise Damaged("This is no backup of this site, or it is damaged: it cannot be read.") from problem
        if self.format > FORMAT:
            raise Damaged(OLD_OR_NEW.format(self.format))

    @property
    def steps(self):
        return sum(table["rows"] for table in self.told["tables"]) + len(self.told["media"])

    def lines(self, table):
        """The lines of a table. Raises Damaged at the end, where they are not those that were written."""
        count, digest = 0, hashlib.sha256()
        try:
            with self.zip.open(table_name(table["label"])) as member:
                for line in member:
                    digest.update(line)
                    count += 1
                    yield line
        except (*BROKEN, OSError, zipfile.zlib.error) as problem:
            raise Damaged(f"The file is damaged: its rows of {table['label']} cannot be read.") from problem
        if (count, digest.hexdigest()) != (table["rows"], table["sha256"]):
            raise Damaged(f"The file is damaged: its rows of {table['label']} are not those that were written.")

    def picture(self, name, digest=""):
        """The bytes of a picture; their digest is its name, or was noted where it was altered already."""
        try:
            content = self.zip.read(media_name(name))
        except (*BROKEN, OSError, zipfile.zlib.error) as problem:
            raise Damaged(f"The file is damaged: the picture {name} cannot be read.") from problem
        if hashlib.sha256(content).hexdigest() != (digest or name[:64]):
            raise Damaged(f"The file is damaged: the picture {name} is not the one that was stored.")
        return content

    def check(self, bar):
        """Read all of it and compare. Raises Damaged."""
        try:
            for table in self.told["tables"]:
                for _line in self.lines(table):
                    bar.add(of="checking")
            for name in self.told["media"]:
                self.picture(name)
                bar.add(of="checking")
            for name, digest in self.told.get("altered", {}).items():
                self.picture(name, digest)
        except (LookupError, TypeError, AttributeError) as problem:
            raise Damaged("The file is damaged: its list of contents is not whole.") from problem
