"""The pages of questions."""

from itertools import accumulate

from django.db.models import Case, When
from django.http import Http404

from articles.models import live_topics
from articles.shown.pages import texts_of, words_from, words_of
from articles.views import answer, found_at, notice, number_in, paged, ways_of
from faq.models import EntryEdition
from faq.order import ByGuide
from faq.pages import AloneText, groups_of
from publishing.models import TEXT, held_for, prepared, standing_of
from publishing.record import Explaining, composed

PAGE = 30


def questions(request, language):
    at = request.moment()
    topics = {one.work_id: one for one in live_topics(at=at)}

    def general():
        live = EntryEdition.objects.live(at, is_paged=True).readable().filter(language=language).for_lists()
        # In the order of their topics; those of no topic come last.
        places = [When(topic=pk, then=place) for place, pk in enumerate(topics)]
        by_topic = Case(When(topic=None, then=len(topics)), *places, default=-1)
        return live.filter(article=None).order_by(by_topic, "place", "work_id")

    def first():
        """The first page of them: where all have room, their order needs no statement of its own."""
        some = first_general(at=at, language=language)
        if len(some) > PAGE:
            return list(general()[: PAGE + 1])
        places = {pk: place for place, pk in enumerate(topics)} | {None: len(topics)}
        return sorted(some, key=lambda one: (places.get(one.topic_id, -1), one.place, one.work_id))

    shown, links = a_page(request, general, first, ByGuide(language, at, PAGE))
    words, ways = Explaining(shown, at), ways_of(request)
    reviews = held_for(EntryEdition, [tuple(getattr(one, name) for name in TEXT) for one in shown], at)
    # Each tells of its own check; where nobody has checked any of them, the page says so once.
    checks = [standing_of([review], at) if any(reviews) else None for review in reviews]
    context = {"groups": groups_of(shown, topics, at, ways, words, checks), "section": "questions"} | links
    context |= {"is_unchecked": shown and not any(reviews), "meanings": words_from(words, {}, ways)}
    return answer(request, "faq/questions.html", context)


@prepared
def first_general(*, at, language):
    """The general questions, as many as a page has room for, and one more."""
    live = EntryEdition.objects.live(at, is_paged=True).readable().filter(language=language, article=None)
    return live.for_lists().order_by("place", "work_id")[: PAGE + 1]


def a_page(request, general, first, of_guides):
    """One page of both: (what stands on it, context for the links). 404 for a page beyond.

    General questions come first, and are few; of guides there may be tens of thousands.
    """
    after, shown, links = request.GET.get("after", ""), [], {}
    if after:
        after = number_in(after, least=0)
        links = {"previous": previous(after, general(), of_guides)}
    else:
        shown, links = paged(request, general, near=lambda _start: first(), known=1)
        if links["next"]:
            return shown, links
    behind = of_guides.behind(after or 0)
    counts = {key: len(some) for key, some in behind.items()}
    keys = fitting(counts, PAGE - len(shown)) or ([] if shown else list(counts)[:1])
    shown += [one for key in keys for one in behind[key]]
    if after and not shown:
        raise Http404("There is no such page.")
    is_more = len(keys) < len(counts)
    return shown, links | {"next": f"after={keys[-1] if keys else after or 0}" if is_more else ""}


def fitting(counts, room):
    """The first guides whose questions all have room."""
    totals = accumulate(counts.values())
    return [key for key, total in zip(counts, totals, strict=True) if total <= room]


def previous(after, general, of_guides):
    """The query of the page before the questions that stand behind a guide."""
    before = of_guides.before(after)
    fits = fitting(before, PAGE)
    if len(fits) < len(before):
        start = list(before)[max(len(fits), 1) :][:1]
        return f"after={start[0] if start else 0}"
    count = general.count()
    last = max(-(-count // PAGE), 1)
    is_there = not before or count - (last - 1) * PAGE + sum(before.values()) <= PAGE
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
        "ahead": composition.ahead,
        "check": composition.standing,
        "section": "questions",
    }
    return answer(request, "faq/entry.html", context, composition=composition)
