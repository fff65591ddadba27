"""Further ways to a guide: by its first letter, and by what changed lately."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from articles.models import ArticleEdition, FirstSign, Told, topic_at
from articles.shown.letters import letter_of, signs_of
from articles.views import CARD, PAGE, answer, live_guides, paged, with_checks
from publishing.models import Among, prepared

LATELY = 30


def letters(request, language):
    """The letters with which guides of a language begin."""
    shown = sorted({letter for one in first_signs(request.moment(), language) if (letter := letter_of(one))})
    return answer(request, "articles/letters.html", {"letters": shown, "section": "guides"})


def first_signs(at, language):
    """The signs with which titles of live guides begin: each is found behind the one before it, in an index."""
    sign = ""
    while found := sign_behind.rows(at=at, language=language, sign=sign):
        ((sign,),) = found
        yield sign


@prepared
def sign_behind(*, at, language, sign):
    live = ArticleEdition.objects.live(at, is_paged=True).readable().alias(told=Told("language")).filter(told=language)
    return live.annotate(first=FirstSign("title")).filter(first__gt=sign).order_by("first").values_list("first")[:1]


def letter(request, letter, language):
    """The guides under one letter."""
    if not letter or letter != letter_of(letter).lower():
        raise Http404("There is no such letter.")

    def found():
        guides = live_guides(request, language, is_paged=True).alias(first=FirstSign("title"))
        return guides.filter(first__in=signs_of(letter)).order_by("title", "work_id")

    def near(start):
        return some_of_letter(start, at=request.moment(), language=language, signs=signs_of(letter))

    guides, links = paged(request, found, near=near)
    if not guides:
        raise Http404("No guide begins with this letter.")
    context = {"guides": with_checks(guides, request.moment()), "letter": letter.upper(), "section": "guides", **links}
    return answer(request, "articles/letter.html", context)


@prepared
def some_of_letter(start, *, at, language, signs):
    """A page of the guides whose titles begin with one of these signs, and one more."""
    live = ArticleEdition.objects.live(at, is_paged=True).readable().filter(language=language)
    beginning = live.alias(first=FirstSign("title")).filter(Among("first", signs))
    return beginning.only(*CARD).order_by("title", "work_id")[start : start + PAGE + 1]


def changes_lately(at):
    """What is new, changed in substance, or taken down among guides: the newest first."""
    ArticleEdition.objects.live(at)  # for its name: the page is made anew when any guide changes
    been = ArticleEdition.objects.been_in_force(at).filter(Q(is_substance=True) | Q(is_notice=True))
    return been.filter(redacted_at=None).for_lists()


@prepared
def changes_in(*, at, language):
    return changes_lately(at).filter(language=language)[:LATELY]


@prepared
def changes_of_topic(*, at, language, topic):
    return changes_lately(at).filter(language=language, topic=topic)[:LATELY]


def lately(request, language):
    changes = changes_in(at=request.moment(), language=language)
    return answer(request, "articles/lately.html", {"changes": changes, "section": "guides"})


def feed(request, language, slug=None):
    """The same as an Atom feed; with an address, of one topic."""
    at, topic = request.moment(), None
    if slug is None:
        changes = changes_in(at=at, language=language)
    else:
        topic = topic_at.first(at=at, slug=slug)
        if topic is None:
            raise Http404("There is no such topic.")
        changes = changes_of_topic(at=at, language=language, topic=topic.work_id)
    context = {"changes": changes, "topic": topic, "host": urlsplit(settings.SITE_URL).hostname}
    context["folder"] = request.path.removesuffix("feed/")
    response = answer(request, "articles/feed.xml", context)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return response
