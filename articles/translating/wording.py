"""Words to use in a translation: the terms of the word list that a passage uses, and how they are told there."""

from dataclasses import dataclass
from html import escape

from articles.models import TermEdition
from publishing.text import Terms


@dataclass(frozen=True)
class Told:
    """A word of the original; `own` is the one that tells it in the other language, None where the list has none."""

    word: TermEdition
    own: TermEdition | None = None


def words_for(rows, language, other, at):
    """Give each passage the words of the list that stand there and are told in the other language; return all of them.

    Both are asked as patients read them: a word that waits, or was withdrawn, is none to use.
    """
    live = TermEdition.objects.live(at, is_paged=True).readable()
    live = live.only("work_id", "language", "slug", "title", "also", "original_id").order_by("title", "id")
    listed = {one.work_id: one for one in live.filter(language=language)}
    if not listed:
        return []
    own = {meaning_of(one): one for one in live.filter(language=other)}
    terms, all_told = Terms((pk, one.forms) for pk, one in listed.items()), {}
    for row in rows:
        places = terms.found(escape(row.part.words, quote=False))
        told = [Told(listed[pk], own.get(meaning_of(listed[pk]))) for pk in sorted(places, key=places.get)]
        row.terms = [one for one in told if one.own]
        all_told |= {one.word.work_id: one for one in told}
    return list(all_told.values())


def meaning_of(edition):
    """The key of the word that is no translation: all that tell the same meaning share it."""
    return edition.original_id or edition.work_id
