"""The pages of questions."""

from django.db.models import Case, When
from django.http import Http404

from articles.models import live_topics
from articles.pages import texts_of, words_from, words_of
from articles.views import answer, found_at, notice, number_in, paged, ways_of
from faq.models import EntryEdition
from faq.pages import AloneText, groups_of
from publishing.models import Standing, told_for
from publishing.record import Explaining, composed

PAGE = 50


def questions(request, language):
    at = request.moment()
    live = EntryEdition.objects.live(at, is_paged=True).readable().filter(language=language).for_lists()
    topics = {one.work_id: one for one in live_topics(at=at)}
    # In the order of their topics; those of no topic come last.
    places = [When(topic=pk, then=place) for place, pk in enumerate(topics)]
    by_topic = Case(When(topic=None, then=len(topics)), *places)
    general = live.filter(article=None).order_by(by_topic, "place", "work_id")
    shown, links = a_page(request, general, live.exclude(article=None).order_by("article_id", "place", "work_id"))
    words, ways, check = Explaining(shown, at), ways_of(request), Standing.of(told_for(shown, at), at)
    context = {"groups": groups_of(shown, topics, at, ways, words), "check": check, "section": "questions"} | links
    return answer(request, "faq/questions.html", context | {"meanings": words_from(words, {}, ways)})


def a_page(request, general, of_guides):
    """One page of both: (what stands on it, context for the links). 404 for a page beyond.

    General questions come first, and are few. Of guides there may be tens of thousands, so a page begins behind a
    guide, by its key, however many stand before it; and the questions of a guide stand together.
    """
    after, shown, links = request.GET.get("after", ""), [], {}
    if after:
        after = number_in(after, least=0)
        links = {"previous": previous(after, general, of_guides)}
    else:
        shown, links = paged(request, general)
        if links["next"]:
            return shown, links
    behind = of_guides.filter(article__gt=after or 0)
    some = list(behind[: PAGE - len(shown) + 1])
    is_more = len(shown) + len(some) > PAGE
    whole = [one for one in some if one.article_id != some[-1].article_id] if is_more else some
    if is_more and not (whole or shown):
        whole = list(behind.filter(article=some[0].article_id))
        is_more = behind.filter(article__gt=some[0].article_id).exists()
    shown += whole
    if after and not shown:
        raise Http404("There is no such page.")
    return shown, links | {"next": f"after={whole[-1].article_id if whole else after or 0}" if is_more else ""}


def previous(after, general, of_guides):
    """The query of the page before the questions that stand behind a guide."""
    before = list(of_guides.filter(article__lte=after).reverse().values_list("article_id", flat=True)[: PAGE + 1])
    if len(before) > PAGE:
        start = before[PAGE]
        if start == before[0]:
            start = of_guides.filter(article__lt=start).values_list("article_id", flat=True).last() or 0
        return f"after={start}"
    count = general.count()
    last = max(-(-count // PAGE), 1)
    is_there = not before or count - (last - 1) * PAGE + len(before) <= PAGE
    return f"page={last}" if is_there else "after=0"


def entry(request, slug, language):
    edition, moved = found_at(request, EntryEdition.objects, language, slug)
    if moved:
        return moved
    whole = composed(edition, request.moment())
    return notice(request, whole) if edition.is_notice else show(request, whole)


def show(request, composition):
    """The page of one question, live or as a preview."""
    ways = ways_of(request)
    context = {
        "question": texts_of(composition, ways, AloneText)[0],
        "meanings": words_of(composition, ways),
        "guide": composition.original,
        "check": composition.standing,
        "section": "questions",
    }
    return answer(request, "faq/entry.html", context, composition=composition)
