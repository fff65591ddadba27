"""The pages of questions."""

from django.db.models import F
from django.shortcuts import render

from articles.models import ArticleEdition
from articles.views import found_at, notice, paged
from faq.models import EntryEdition
from faq.pages import Question, groups_of
from publishing.checks import check_of
from publishing.context import moment

# Those of no topic and no guide come last, which the two databases would not agree on by themselves.
ORDER = (F("topic__place").asc(nulls_last=True), "topic__name", F("article").asc(nulls_last=True), "place", "work")


def questions(request, language):
    live = EntryEdition.objects.live(moment(request)).readable().filter(language=language).select_related("topic")
    shown, links = paged(request, live.order_by(*ORDER))
    return render(
        request,
        "faq/questions.html",
        {
            "groups": groups_of(shown, moment(request)),
            "check": check_of(shown, moment(request)),
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
        guide = ArticleEdition.objects.live(moment(request), of=edition.article_id).readable().for_lists().first()
    context = {
        "question": Question(edition, is_alone=True),
        "guide": guide,
        "check": check_of([edition], moment(request)),
        "section": "questions",
        **context,
    }
    return render(request, "faq/entry.html", context)
