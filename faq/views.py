"""The pages of questions."""

from django.db.models import F

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
    live = EntryEdition.objects.live(request.moment(), is_paged=True).readable().filter(language=language)
    live = live.select_related("topic").for_lists()
    # Those of no topic come last, which the two databases would not agree on by themselves.
    general = live.filter(article=None).order_by(
        F("topic__place").asc(nulls_last=True), "topic__name", "place", "work_id"
    )
    of_guides = live.exclude(article=None).order_by("article_id", "place", "work_id")
    shown, links = paged(request, OneAfterAnother(general, of_guides))
    at = request.moment()
    context = {"groups": groups_of(shown, at, ways_of(request)), "check": Standing.of(reviews_for(shown, at), at)}
    return answer(request, "faq/questions.html", context | {"section": "questions"} | links)


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
