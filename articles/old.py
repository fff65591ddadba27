"""Old editions, open to patients: a guide as it was at its last moment, and the words that changed since."""

from django.http import Http404, HttpResponseRedirect

from articles.models import ArticleEdition
from articles.shown.opened import open_editions
from articles.shown.pages import ArticlePage
from articles.views import answer, found_at, number_in, ways_of
from publishing import safety
from publishing.models import Frame, kinds, sizes_shown
from publishing.record import composed
from publishing.text import bare, pieces, plain, shortened


def old(request, slug, number, language):
    """The page of an old edition, marked as that; 410 with why for one that is closed or was erased."""
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    if moved:
        return moved
    at, number = request.moment(), number_in(number)
    work = kinds.work_of(edition)
    asked = work.editions.been_in_force(at).filter(number=number, is_notice=False).first()
    if asked is None:
        raise Http404("Patients never read such an edition.")
    if asked.pk == edition.pk:
        return HttpResponseRedirect(edition.address())
    told = open_editions(work, at).get(number)
    context = {"now": edition, "edition": asked, "section": "guides"}
    if told is None:
        return answer(request, "articles/closed.html", context, status=410)
    whole = composed(type(asked).objects.get(pk=asked.pk), told.last_at)
    # Whoever reads it calls the number of today, and is told what the clinic says today
    whole.frame = Frame.around(at, edition.language)
    html = "".join(one.html for one in (*whole.texts, *whole.words.editions))
    whole.sizes = sizes_shown(html, at)  # by the consent of today
    page = ArticlePage(whole, ways_of(request))
    return answer(request, "articles/article.html", context | {"page": page, "old": told}, composition=whole)


def since(request, slug, number, language):
    """What changed since an old edition: first what can hurt, then all words."""
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    if moved:
        return moved
    told = open_editions(kinds.work_of(edition), request.moment()).get(number_in(number))
    if told is None or edition.is_notice:
        raise Http404("There is no such old edition to compare with.")
    before = type(edition).objects.get(pk=told.edition.pk)
    found = safety.find(before.text(), edition.text(), language=edition.language)
    dangers = [(bare(one.before), bare(one.after)) for one in found]
    context = {"edition": edition, "before": before, "dangers": dangers, "section": "guides"}
    read = ("\n\n".join([one.title, one.lead, one.brief, plain(one.html)]) for one in (before, edition))
    context["found"] = shortened(pieces(*read))
    return answer(request, "articles/since.html", context)
