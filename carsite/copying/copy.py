"""Makes the copy: page after page at one moment, each written whole, and noted, so that a stop loses nothing."""

import datetime
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import override

from articles.models import ArticleEdition
from articles.views import answer as page_of
from carsite.copying.places import SHEET, Leading, file_of
from carsite.copying.words import index
from carsite.reader import STORED_PATHS, answer_of, language_of, machines, policy_hashes, release, stored_sheet
from carsite.templatetags.page import day
from faq.models import EntryEdition
from publishing.models import NAME, Line, Picture, StoredPage, consents_to, media, noted, said_in
from publishing.record import code_of_copy

NOTES, WHOLE = "copy.notes", "copy.json"  # while it is made, and once it is whole
UNTIL = f"\ue000{secrets.token_hex(16)}"  # a sign that nobody can type: the day is known when the page is made
POLICY = f"default-src 'none'; style-src {policy_hashes()}; img-src 'self' file:; form-action 'none'; base-uri 'none'"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class NotOurs(Exception):
    """The folder holds something else than a copy of this site."""


@dataclass(frozen=True)
class Copied:
    """What each page of the copy says of it. A guide has a code of its own, all else that of the copy."""

    at: datetime.datetime
    online: str
    has_sheets: bool
    code: str
    until: str = UNTIL
    policy: str = POLICY


class Copy:
    """One copy in a folder. `days` after its moment each page asks to be checked; `sheets`: printed guides too."""

    def __init__(self, folder, *, at, days, sheets=False):
        self.folder, self.days, self.sheets = Path(folder), days, sheets
        self.at, self.seq, self.code = at, StoredPage.head()[0], code_of_copy(Line.objects.head())
        self.done, self.queue, self.files = set(), {}, {}
        self.missing, self.failed_sheets = [], set()
        self.before = self._before()
        self.is_resumed = False

    def _before(self):
        """The files of the copy that lies there, so that those that are gone leave with it. Raises NotOurs."""
        notes, whole = self.folder / NOTES, self.folder / WHOLE
        if not notes.exists() and not whole.exists():
            if self.folder.exists() and any(self.folder.iterdir()):
                raise NotOurs(f"{self.folder} holds other files: name a new folder, or one of an earlier copy.")
            return set()
        before = set(json.loads(whole.read_text())["files"]) if whole.exists() else set()
        return before | {one["file"] for one in self._noted()[1]}

    def _noted(self):
        """(head, pages) of the notes of a copy that was stopped; a line that was cut off is left out."""
        path, told = self.folder / NOTES, []
        for line in path.read_text().splitlines() if path.exists() else ():
            try:
                told.append(json.loads(line))
            except ValueError:
                break
        return (told[0], told[1:]) if told else (None, [])

    def make(self, bar):
        """Write what is missing. The same site, told again, goes on where it was stopped."""
        self.folder.mkdir(parents=True, exist_ok=True)
        head = {"seq": self.seq, "release": release(), "days": self.days, "sheets": self.sheets}
        told, pages = self._noted()
        self.is_resumed = bool(told) and {name: told.get(name) for name in head} == head
        if self.is_resumed:
            self.at = datetime.datetime.fromisoformat(told["at"])
        self.queue = dict.fromkeys(self._beginnings())
        with (self.folder / NOTES).open("a" if self.is_resumed else "w", encoding="utf-8") as notes:
            if self.is_resumed:
                self._go_on(pages)
            else:
                self._note(notes, head | {"at": self.at.isoformat()})
            while self.queue:
                bar.total = len(self.done) + len(self.queue)
                address = next(iter(self.queue))
                self.queue.pop(address)
                self._one(address, notes)
                bar.add(of=address)
        self._end()

    def _go_on(self, pages):
        for one in pages:
            if (self.folder / one["file"]).exists():
                self.done.add(one["address"])
                self.files[one["file"]] = None
                self.queue.update(dict.fromkeys(one["links"]))
        for address in self.done:
            self.queue.pop(address, None)

    @staticmethod
    def _note(notes, told):
        notes.write(json.dumps(told, ensure_ascii=False) + "\n")
        notes.flush()

    def _beginnings(self):
        """Where to begin: the first page of each language that has guides, and every text there is."""
        yield from ("/", "/favicon.svg", "/search/")
        for texts in machines.maps_at(self.at).values():
            for number in texts.numbers():
                for edition in texts.page(number):
                    yield edition.address()
                    if edition.language != settings.LANGUAGE_CODE:
                        yield from (f"/{edition.language}/", f"/{edition.language}/search/")
        for model in (ArticleEdition, EntryEdition):  # an address of a text that was taken down says so
            yield from (one.address() for one in model.objects.live(self.at).filter(is_notice=True))

    def holds(self, path, query):
        """Whether the copy has a file for an address."""
        if SHEET.search(path):
            return self.sheets and self._sheet(path)
        if path.startswith("/media/"):
            return file_of(path) in self.files or self._picture(path) is not None
        is_page = STORED_PATHS.fullmatch(path) or path.endswith("/search/")
        return path == "/favicon.svg" or bool(is_page) and not path.endswith("feed/")

    def _one(self, address, notes):
        path, _, query = address.partition("?")
        file = file_of(path, query)
        self.done.add(address)
        if file is None or not self.holds(path, query):
            return
        links = {}
        if path == "/favicon.svg":
            self._write(file, answer_of(path, self.at).content)
        elif path.startswith("/media/"):
            self._write(file, self._picture(path))
        elif not SHEET.search(path):
            html, links = self._page(address, path, file)
            self._write(file, html.encode())
        self._note(notes, {"address": address, "file": file, "links": list(links)})
        self.queue.update(dict.fromkeys(one for one in links if one not in self.done))

    def _page(self, address, path, file):
        """(HTML, the addresses of the copy it leads to)"""
        copied = Copied(self.at, settings.SITE_URL + iri_to_uri(address), self.sheets, self.code)
        view = index if path.endswith("/search/") else None
        with noted() as names:
            answer = answer_of(address, self.at, view=view, copied=copied)
        if answer is None or answer.status_code not in (200, 410):
            self.missing.append(address)
            answer = answer_of(
                address, self.at, view=lambda one: page_of(one, "copied_missing.html", {}), copied=copied
            )
        leading = Leading(address, file, settings.SITE_URL, self.holds)
        html = leading.rewritten(answer.content.decode())
        return html.replace(UNTIL, self._until(names, path)), leading.found

    def _until(self, names, path):
        """The day by which a page asks to be checked: none on which something of it changes by itself comes sooner."""
        until = self.at + datetime.timedelta(days=self.days)
        changes = StoredPage.end_of(names, self.at)
        until = min(until, EPOCH + datetime.timedelta(microseconds=min(changes, 2**55)))
        with override(said_in(language_of(path))):
            return day(until)

    def _sheet(self, path):
        """Whether the printed guide lies in the copy; makes it."""
        file = file_of(path)
        if file in self.files:
            return True
        if path in self.failed_sheets:
            return False
        pdf = stored_sheet(path)
        if pdf is None:
            self.failed_sheets.add(path)
            return False
        self._write(file, pdf)
        return True

    def _picture(self, path):
        """The bytes of a picture that patients may be shown now, or None."""
        name = path.removeprefix("/media/")
        if not NAME.fullmatch(name):
            return None
        told = consents_to([Picture.objects.shown_by(name)], self.at)
        if any(consent and consent.is_over(self.at) for consent in told.values()):
            return None
        try:
            with media.opened(name) as opened:
                return opened.read()
        except OSError:
            return None

    def _write(self, file, content):
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name[:100]}.new")
        beside.write_bytes(content)
        os.replace(beside, path)
        self.files[file] = None

    def _end(self):
        """Take away what an earlier copy had and this one has not; then it is whole."""
        for file in self.before - set(self.files):
            if file_of(f"/{file}") == file:
                (self.folder / file).unlink(missing_ok=True)
        told = {
            "site": settings.SITE_URL,
            "code": self.code,
            "copied_at": self.at.isoformat(),
            "line": self.seq,
            "days": self.days,
        }
        self._write(WHOLE, json.dumps(told | {"files": sorted(set(self.files) - {WHOLE})}, indent=1).encode())
        (self.folder / NOTES).unlink()

    @property
    def is_behind(self):
        """Whether something was published or taken down while it was made."""
        return StoredPage.head()[0] != self.seq
