"""What can be said of a source as a whole, once it is read: its language, and whether it fits."""

from __future__ import annotations

from articles.sources.edges import found_in, is_edge
from articles.sources.languages import agrees, language_of, named_in
from articles.sources.source import LONGEST_KEPT, LONGEST_TITLE, Source
from publishing.text import EMBEDDINGS

MOST_LAST = 4  # lines


def look_over(source: Source, text: str, name: str = "") -> None:
    """Adds what can be said of the whole: its language, and whether it fits."""
    said = "\n".join([source.title, source.lead, source.body, *(" ".join(pair) for pair in source.questions)])
    told = source.language or named_in(name)
    found = "" if told else language_of(said)
    source.language = told or found or "en"
    if not told and not found:
        source.doubt(
            None,
            "the language cannot be told from its letters and words; say it in front matter (language: en), "
            "or by a folder (en/)",
            about="language",
        )
    elif told and not agrees(told, said):
        source.doubt(
            None,
            f"its language is said to be “{told}”, and its letters are those of another; say which it is",
            about="language",
        )
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


def _tell_edges(source: Source) -> None:
    """The old number of a leaflet, in the last lines of its text, is kept; of other such lines its reader tells."""
    lines = [line.replace("**", "").strip(" *_>-") for line in source.body.split("\n") if line.strip()]
    for line in lines[-MOST_LAST:]:
        found = found_in(line) if not line.startswith("#") and is_edge(line) else []
        numbers = [one.value for one in found if one.kind == "number"]
        if numbers:
            source.leaflet_number = source.leaflet_number or numbers[0][:100]
            said = "; ".join(map(str, found))
            source.doubt(None, f"“{line}” is about the leaflet itself ({said}): take it out of the text")
