"""The pages that come with the project, and a few words: they say what the software does, until a clinic says more."""

from pathlib import Path

from django.conf import settings

from articles.models import Page, PageEdition, Term, TermEdition
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


def _was_here(models, language, **told):
    """Whether the clinic has it, or ever had it: what it renamed or took down does not come back."""
    return any(model.objects.filter(language=language, **told).exists() for model in models)


def _pages(language):
    for place, slug in enumerate(ORDER, 1):
        path = TEXTS / language / f"{slug}.md"
        if path.exists() and not _was_here((Page, PageEdition), language, slug=slug):
            title, _blank, body = path.read_text(encoding="utf-8").removeprefix("# ").split("\n", 2)
            yield Page(language=language, slug=slug, title=title, body=body, place=place)


def _words(language):
    """Each names the word of the first language that it tells: the lists say the same, line by line."""
    originals = list(_listed(settings.LANGUAGE_CODE)) if language != settings.LANGUAGE_CODE else []
    for place, (title, also, meaning) in enumerate(_listed(language)):
        if not _was_here((Term, TermEdition), language, title=title):
            first = originals[place][0] if place < len(originals) else ""
            original = Term.objects.filter(language=settings.LANGUAGE_CODE, title=first, original=None).first()
            if Term.objects.filter(language=language, original=original).exclude(original=None).exists():
                original = None  # the clinic has a word of its own for it
            yield Term(language=language, title=title, also=also, meaning=meaning, original=original)


def _listed(language):
    """From a list: a word, its other spellings behind strokes, a colon, its meaning."""
    path = TEXTS / language / "words.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        spellings, _colon, meaning = line.partition(": ")
        title, *also = (one.strip() for one in spellings.split("|"))
        yield title, "\n".join(also), meaning
