"""The pages of questions."""

from django.db.models import Case, When

from articles.models import live_topics
from articles.views import answer, found_at, notice, paged, ways_of
from faq.models import EntryEdition
from faq.pages import AloneText, groups_of
from publishing.models import Standing, reviews_for
from publishing.record import composed


class OneAfterAnother:
    """Two lists that are cut as if they were one, the second in the order of its index."""

    def __init__(self, first, second):
        self.first, self.second = first, second

    def __getitem__(self, part):
        found = list(self.first[part])
        wanted = part.stop - part.start - len(found)
        if not wanted:
            return found
        start = max(part.start - self.first.count(), 0)
        return found + list(self.second[start : start + wanted])


def questions(request, language):
    at = request.moment()
    live = EntryEdition.objects.live(at, is_paged=True).readable().filter(language=language).for_lists()
    topics = {one.work_id: one for one in live_topics(at=at)}
    # In the order of their topics; those of no topic come last.
    places = [When(topic=pk, then=place) for place, pk in enumerate(topics)]
    by_topic = Case(When(topic=None, then=len(topics)), *places)
    general = live.filter(article=None).order_by(by_topic, "place", "work_id")
    of_guides = live.exclude(article=None).order_by("article_id", "place", "work_id")
    shown, links = paged(request, OneAfterAnother(general, of_guides))
    groups, check = groups_of(shown, topics, at, ways_of(request)), Standing.of(reviews_for(shown, at), at)
    return answer(request, "faq/questions.html", {"groups": groups, "check": check, "section": "questions"} | links)


def entry(request, slug, language):
    edition, moved = found_at(request, EntryEdition.objects, language, slug)
    if moved:
        return moved
    whole = composed(edition, request.moment())
    return notice(request, whole) if edition.is_notice else show(request, whole)


def show(request, composition):
    """The page of one question, live or as a preview."""
    context = {
        "question": AloneText(composition.edition, composition.sizes, ways_of(request)),
        "guide": composition.original,
        "check": composition.standing,
        "section": "questions",
    }
    return answer(request, "faq/entry.html", context, composition=composition)
