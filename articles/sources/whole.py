"""What can be said of a source as a whole, once it is read: its language, and whether it fits."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath

from articles.sources.edges import found_in, is_edge
from articles.sources.languages import agrees, language_of, named_in
from articles.sources.source import LANGUAGE, LONGEST_KEPT, LONGEST_TITLE, Source
from publishing.text import EMBEDDINGS

MOST_LAST = 4  # lines
DRAFTS = frozenset({"_drafts", "drafts", "draft", "_draft"})
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})[-_]\w")  # as Jekyll names its posts


def look_over(source: Source, text: str, name: str = "", machine: str = "") -> None:
    """Adds what can be said of the whole: its language, and whether it fits. `machine` is the language that the program
    wrote into the file with which it was made: often that of the program."""
    _tell_language(source, name, machine)
    _tell_place(source, name)
    _tell_edges(source)
    for number, line in enumerate(text.split("\n"), 1):
        if "\ufffd" in line:
            source.doubt(number, "a letter was lost here (�); write it again")
        if EMBEDDINGS.search(line):
            source.doubt(number, "signs that nobody sees set the direction of writing here; look at how it reads")
    if not source.body.strip():
        source.doubt(None, "there is no text besides the title and the lead")
    if len(text.encode()) > LONGEST_KEPT:
        source.doubt(None, f"the text is longer than {LONGEST_KEPT:,} bytes; make several guides of it")
    if len(source.title) > LONGEST_TITLE:
        source.doubt(None, f"the title has {len(source.title)} letters; {LONGEST_TITLE} is the most that can be kept")
    seen: set[str] = set()
    for question, _answer in source.questions:
        if question in seen:
            source.doubt(None, f"the question “{question[:60]}” stands twice; leave one")
        seen.add(question)
    source.doubts.sort(key=lambda doubt: doubt.line or 0)


def _tell_place(source: Source, name: str) -> None:
    """What a file's folders and name tell of it: whether it was public, is the page of a folder, and its day."""
    path = PurePosixPath(name)
    if draft := next((part for part in path.parts[:-1] if part.casefold() in DRAFTS), ""):
        source.is_draft = True
        source.doubt(None, f"it lies in “{draft}”: it was not public where it comes from")
    if path.stem.casefold() == "_index":
        source.doubt(None, f"“{path.name}” is the page of a folder there: look whether it is a guide")
    if not source.published_on and (found := _DAY.match(path.stem)):
        with suppress(ValueError):
            source.published_on = date(*map(int, found.groups()))


def _tell_language(source: Source, name: str, machine: str) -> None:
    said = "\n".join([source.title, source.lead, source.body, *(" ".join(pair) for pair in source.questions)])
    told = source.language or named_in(name)
    found = "" if told else language_of(said)
    if machine and not told:
        told, found = _by_machine(machine, found, said)
    source.language, source.is_guessed = told or found or "en", bool(found and not told)
    if not told and not found:
        source.doubt(
            None,
            "the language cannot be told from its letters and words; say it in front matter (language: en), "
            "or by a folder (en/)",
            about=LANGUAGE,
        )
    elif told and found and told.partition("-")[0].lower() != found:
        said = f"its language is said to be “{told}”, and it reads like “{found}”; say which it is"
        source.doubt(None, said, about=LANGUAGE)
    elif told and not agrees(told, said):
        source.doubt(
            None,
            f"its language is said to be “{told}”, and its letters are those of another; say which it is",
            about=LANGUAGE,
        )


def _by_machine(machine: str, found: str, said: str) -> tuple[str, str]:
    """(told, found): what the text says itself counts more than what a program wrote into its file."""
    primary = machine.partition("-")[0].lower()
    if primary == "en" or not agrees(machine, said):  # programs write English into whatever they make
        is_said = agrees(machine, said) and found in ("", "en")
        return (machine, found) if is_said else ("", found)
    return machine, found


def _tell_edges(source: Source) -> None:
    """The old number of a leaflet, in the last lines of its text, is kept; of other such lines its reader tells."""
    last = source.questions[-1][1] if source.questions else source.body
    lines = [line.replace("**", "").strip(" *_>-") for line in last.split("\n") if line.strip()]
    for line in lines[-MOST_LAST:]:
        found = found_in(line) if not line.startswith("#") and is_edge(line) else []
        numbers = [one.value for one in found if one.kind == "number"]
        if numbers:
            source.leaflet_number = source.leaflet_number or numbers[0][:100]
            said = "; ".join(map(str, found))
            source.doubt(None, f"“{line}” is about the leaflet itself ({said}): take it out of the text")
