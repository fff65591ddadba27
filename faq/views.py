"""The pages of questions."""

from django.db.models import F
from django.shortcuts import render

from articles.models import ArticleEdition
from articles.views import found_at, notice, paged
from faq.models import EntryEdition
from faq.pages import Question, groups_of
from publishing.models import check_of


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
    return render(
        request,
        "faq/questions.html",
        {
            "groups": groups_of(shown, request.moment()),
            "check": check_of(shown, request.moment()),
            "section": "questions",
            **links,
        },
    )


def entry(request, slug, language):
    edition, moved = found_at(request, EntryEdition.objects, language, slug)
    return moved or (notice(request, edition) if edition.is_notice else show(request, edition))


def show(request, edition, **context):
    """The page of one question, live or as a preview."""
    guide = None
    if edition.article_id:
        guide = ArticleEdition.objects.live(request.moment(), of=edition.article_id).readable().for_lists().first()
    context = {
        "question": Question(edition, is_alone=True),
        "guide": guide,
        "check": check_of([edition], request.moment()),
        "section": "questions",
        **context,
    }
    return render(request, "faq/entry.html", context)
