"""The home page, the search, and the page for an address that leads nowhere."""

import re
from urllib.parse import unquote

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from articles.models import ArticleEdition, OldAddress, live_topics
from articles.views import CARD, answer, live_guides, with_checks
from carsite.reader.search import MOST, results_of, words_of
from carsite.reader.style import patient_text_style
from carsite.reader.suggesting import fitting, suggestions
from publishing.models import Unfound, in_order, prepared

# Guides that the home page shows of each topic; the topic's own page has them all.
HOME = 12


def home(request, language, **context):
    groups = []
    for topic in (*live_topics(at=request.moment()), None):
        key = topic and topic.work_id
        groups.append((topic, first_of_topic(key is None, at=request.moment(), language=language, topic=key)))
    shown = [(topic, guides[:HOME], len(guides) > HOME) for topic, guides in groups if guides]
    with_checks([guide for _topic, guides, _more in shown for guide in guides], request.moment())
    context |= {"groups": shown, "languages": other_languages(request, language), "section": "guides"}
    context["suggested"] = fitting(guide.title for _topic, guides in groups for guide in guides)
    return answer(request, "home.html", context)


@prepared
def first_of_topic(is_none, *, at, language, topic):
    """The live guides of a topic, or of none, that the home page shows, and one more, in the order of their index."""
    live = ArticleEdition.objects.live(at, is_paged=True).readable().filter(language=language).only(*CARD)
    return live.filter(topic=None if is_none else topic).order_by("title", "work_id")[: HOME + 1]


def other_languages(request, language):
    """(code, name) of the other languages in which there are live guides."""
    at = request.moment()
    return in_order({code for code in written() if code != language and any_guide.rows(at=at, language=code)})


@prepared
def any_guide(*, at, language):
    live = ArticleEdition.objects.live(at, is_paged=True).readable().filter(language=language)
    # In the order of an index, at the first of which one is: without, SQLite reads the oldest editions first.
    return live.order_by("title", "work_id").values_list("pk")[:1]


def written():
    """The languages guides were ever published in, from one to the next by an index, however many guides there are."""
    code = ""
    while found := next_language.rows(code=code):
        ((code,),) = found
        yield code


@prepared
def next_language(*, code):
    published = ArticleEdition.objects.filter(cancelled_at=None, language__gt=code).readable()
    return published.order_by("language").values_list("language")[:1]


def with_guides(request, language):
    """The topics that have a live guide in a language: each is asked by the index, however many guides it has."""
    guides = live_guides(request, language)
    return [topic for topic in live_topics(at=request.moment()) if guides.filter(topic=topic.work_id).exists()]


def search(request, language):
    q = request.GET.get("q", "")
    found, hits, others = results_of(q, language, request.moment())
    context = {"q": q[:200], "found": found, "hits": hits, "others": others, "more": len(hits) == MOST}
    if not hits and not others:
        context["topics"] = with_guides(request, language) if q.strip() else []
        context["suggested"] = suggestions(language, request.moment())
    page = answer(request, "search.html", context | {"section": "search"})
    if request.method == "GET" and found.asked.words and not found.asked.is_number and not (hits or others):
        day = timezone.localdate(request.moment())
        after(page, lambda: Unfound.note(q, language, day=day))
    return page


def after(page, act):
    """Have something done once the whole page has been sent: servers close an answer then."""
    close = page.close

    def closing():
        act()
        close()

    page.close = closing


def patient_style(request):
    """The patients' look of the text, for the preview beside the editor."""
    return HttpResponse(patient_text_style(), content_type="text/css", headers={"Cache-Control": "max-age=3600"})


def page_not_found(request, exception=None):
    """404, with the words of the address ready to be searched, or the way to a guide that stood here on the old site.
    Needs no route, so the language is the path's.

    It searches nothing itself: anybody can invent addresses, and a search reads every guide there is.
    """
    asked = getattr(request, "asked", request.get_full_path())  # with the query, which a page does not know
    if moved := OldAddress.led_to(asked, request.moment()):
        answer_now = HttpResponsePermanentRedirect(moved.address())
        answer_now.is_passing = True  # staff end old addresses, and no act of the record tells of it
        return answer_now
    words = words_of(re.sub(r"[-_/.+]+", " ", unquote(request.path)))
    words = [
        word for word in words if word not in {"articles", "faq", "topics", "words", "history", request.LANGUAGE_CODE}
    ]
    return answer(request, "404.html", {"words": " ".join(words)}, status=404)
