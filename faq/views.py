"""The pages of questions."""

from django.shortcuts import render

from articles.models import ArticleEdition
from articles.views import found_at, notice, paged
from faq.models import EntryEdition
from faq.pages import Question, groups_of
from publishing.context import moment


def questions(request, language):
    live = EntryEdition.objects.live(moment(request)).readable().filter(language=language).select_related("topic")
    order = ("topic__place", "topic__name", "article", "place", "work")
    shown, links = paged(request, live.order_by(*order))
    return render(
        request,
        "faq/questions.html",
        {"groups": groups_of(shown, moment(request)), "section": "questions", **links},
    )


def entry(request, slug, language):
    edition, moved = found_at(request, EntryEdition.objects, language, slug)
    return moved or (notice(request, edition) if edition.is_notice else show(request, edition))


def show(request, edition, **context):
    """The page of one question, live or as a preview."""
    guide = None
    if edition.article_id:
        guide = ArticleEdition.objects.live(moment(request), of=edition.article_id).readable().for_lists().first()
    context = {"question": Question(edition, is_alone=True), "guide": guide, "section": "questions", **context}
    return render(request, "faq/entry.html", context)
