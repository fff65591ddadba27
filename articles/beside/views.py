"""The pages of words and of the site itself."""

from itertools import groupby

from articles.models import PageEdition, TermEdition
from articles.shown.pages import texts_of, words_of
from articles.views import answer, found_at, history, notice, ways_of
from publishing.record import composed
from publishing.text import fold


def page(request, slug, language):
    edition, moved = found_at(request, PageEdition.objects, language, slug)
    if moved:
        return moved
    whole = composed(edition, request.moment())
    return notice(request, whole) if edition.is_notice else show_page(request, whole)


def show_page(request, composition):
    """One page about the site, live or as a preview."""
    ways = ways_of(request)
    (text,) = texts_of(composition, ways)
    context = {"text": text, "meanings": words_of(composition, ways), "elsewhere": elsewhere(composition)}
    return answer(request, "pages/page.html", context, composition=composition)


def elsewhere(composition):
    """The same page in other languages: what has its address there."""
    edition = composition.edition
    live = PageEdition.objects.live(composition.at, is_paged=True).readable().for_lists()
    return list(live.filter(slug=edition.slug).exclude(language=edition.language).order_by("language"))


def page_history(request, slug, language):
    return history(request, slug, language, PageEdition)


def words(request, language):
    """The whole word list of a language, by first letters."""
    live = TermEdition.objects.live(request.moment(), is_paged=True).readable().filter(language=language)
    found = sorted(live.only("language", "slug", "title"), key=lambda one: (fold(one.title), one.pk))
    groups = [(letter, list(some)) for letter, some in groupby(found, lambda one: fold(one.title)[:1].upper())]
    return answer(request, "words/words.html", {"groups": groups, "section": "words"})


def word(request, slug, language):
    edition, moved = found_at(request, TermEdition.objects, language, slug)
    if moved:
        return moved
    whole = composed(edition, request.moment())
    return notice(request, whole) if edition.is_notice else show_word(request, whole)


def show_word(request, composition):
    """One word with its meaning, live or as a preview."""
    (text,) = texts_of(composition, ways_of(request))
    return answer(request, "words/word.html", {"word": text, "check": composition.standing}, composition=composition)
