"""Further ways to a guide: by its first letter, and by what changed lately."""

from django.db.models import Q
from django.db.models.functions import Substr
from django.http import Http404

from articles.letters import beginning_with, letter_of
from articles.models import ArticleEdition
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


def lately(request, language):
    """What is new, changed in substance, or taken down: the newest first."""
    at = request.moment()
    ArticleEdition.objects.live(at)  # for its name: the page is made anew when any guide changes
    been = ArticleEdition.objects.been_in_force(at).filter(Q(is_substance=True) | Q(is_notice=True))
    shown = been.filter(language=language, redacted_at=None).for_lists()
    return answer(request, "articles/lately.html", {"changes": list(shown[:LATELY]), "section": "guides"})
