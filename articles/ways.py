"""Further ways to a guide: by its first letter, and by what changed lately."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Substr
from django.http import Http404

from articles.letters import beginning_with, letter_of
from articles.models import ArticleEdition, topic_at
from articles.views import answer, live_guides, paged, with_checks

LATELY = 30


def letters(request, language):
    """The letters with which guides of a language begin."""
    guides = live_guides(request, language, is_paged=True).order_by()
    found = guides.annotate(first=Substr("title", 1, 1)).values_list("first", flat=True).distinct()
    shown = sorted({letter for one in found if (letter := letter_of(one))})
    return answer(request, "articles/letters.html", {"letters": shown, "section": "guides"})


def letter(request, letter, language):
    """The guides under one letter."""
    if not letter or letter != letter_of(letter).lower():
        raise Http404("There is no such letter.")
    found = live_guides(request, language, is_paged=True).alias(first=Substr("title", 1, 1))
    guides, links = paged(request, found.filter(beginning_with(letter)).order_by("title", "work_id"))
    if not guides:
        raise Http404("No guide begins with this letter.")
    context = {"guides": with_checks(guides, request.moment()), "letter": letter.upper(), "section": "guides", **links}
    return answer(request, "articles/letter.html", context)


def changes_lately(at, **among):
    """What is new, changed in substance, or taken down among some guides: the newest first."""
    ArticleEdition.objects.live(at)  # for its name: the page is made anew when any guide changes
    been = ArticleEdition.objects.been_in_force(at).filter(Q(is_substance=True) | Q(is_notice=True))
    return list(been.filter(redacted_at=None, **among).for_lists()[:LATELY])


def lately(request, language):
    changes = changes_lately(request.moment(), language=language)
    return answer(request, "articles/lately.html", {"changes": changes, "section": "guides"})


def feed(request, language, slug=None):
    """The same as an Atom feed; with an address, of one topic."""
    at, among, topic = request.moment(), {"language": language}, None
    if slug is not None:
        topic = topic_at.first(at=at, slug=slug)
        if topic is None:
            raise Http404("There is no such topic.")
        among["topic"] = topic.work_id
    context = {"changes": changes_lately(at, **among), "topic": topic, "host": urlsplit(settings.SITE_URL).hostname}
    context["folder"] = request.path.removesuffix("feed/")
    response = answer(request, "articles/feed.xml", context)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return response
