"""The pages that come with the project, and a few words: they say what the software does, until a clinic says more."""

from pathlib import Path

from articles.models import Page, Term
from publishing.models import publish_all

TEXTS = Path(__file__).parent / "texts"
# In the order in which they stand in the foot of each page
ORDER = ("about", "how-we-write", "accessibility", "privacy", "contact", "terms")


def take_first(language, *, by, at):
    """Take in and publish what comes with the project in a language and is not there yet; return how many."""
    made = [*_pages(language), *_words(language)]
    for work in made:
        work.keep(by=by, at=at)
    if made:
        publish_all(dict.fromkeys(made, "Comes with the project"), by=by)
    return len(made)


def _pages(language):
    for place, slug in enumerate(ORDER, 1):
        path = TEXTS / language / f"{slug}.md"
        if path.exists() and not Page.objects.filter(language=language, slug=slug).exists():
            title, _blank, body = path.read_text(encoding="utf-8").removeprefix("# ").split("\n", 2)
            yield Page(language=language, slug=slug, title=title, body=body, place=place)


def _words(language):
    """From a list: a word, its other spellings behind strokes, a colon, its meaning."""
    path = TEXTS / language / "words.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        spellings, _colon, meaning = line.partition(": ")
        title, *also = (one.strip() for one in spellings.split("|"))
        if not Term.objects.filter(language=language, title=title).exists():
            yield Term(language=language, title=title, also="\n".join(also), meaning=meaning)
