"""All that was withdrawn as unsafe, with what to do: a page, and a feed of the same."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from articles.models import ArticleEdition
from articles.views import answer
from faq.models import EntryEdition
from publishing.models import Frame, home_of

MOST = 100


def unsafe(request, language):
    context = {"notices": notices(request, language)}
    return answer(request, "unsafe.html", context)


def notices(request, language):
    """The newest first; a text that came back corrected still stands here. 404 where the clinic shows no such list."""
    at, found = request.moment(), []
    if not Frame.around(at).shows_unsafe:
        raise Http404("The clinic shows no such list.")
    for model in (ArticleEdition, EntryEdition):
        model.objects.live(at)  # for its name: the page is made anew when any text of the kind changes
        been = model.objects.been_in_force(at).filter(is_notice=True, notice_reason=model.Reason.UNSAFE)
        found += been.filter(language=language, redacted_at=None)[:MOST]
    return sorted(found, key=lambda one: one.in_force_at, reverse=True)[:MOST]


def feed(request, language):
    prefix = settings.SITE_URL + home_of(language)
    title, link = gettext("Taken down because it was unsafe"), f"{prefix}unsafe/"
    clinic = str(Frame.around(request.moment(), language).clinic)
    told = Atom1Feed(title, link, title, language=language, feed_url=f"{link}feed/", author_name=clinic)
    for one in notices(request, language):
        address = f"{settings.SITE_URL}{one.address()}"
        name = getattr(one, "title", "") or one.question
        said = {"unique_id": f"{address}#{one.number}", "updateddate": one.in_force_at, "pubdate": one.in_force_at}
        told.add_item(name, address, one.notice_text or title, **said)
    return HttpResponse(told.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
