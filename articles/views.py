"""The pages of topics and guides."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import ArticleEdition, Topic
from articles.pages import ArticlePage

PAGE = 50


def paged(request, found, size=PAGE):
    """One page of a list, without counting it: (what stands on it, context for the links). 404 for a page beyond."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) < 1_000_000):
        raise Http404("There is no such page.")
    number = int(text[:9])
    start = (number - 1) * size
    shown = list(found[start : start + size + 1])
    if not shown and number > 1:
        raise Http404("There is no such page.")
    links = {"number": number, "has_next": len(shown) > size, "has_previous": number > 1}
    return shown[:size], links


def live_guides(request, language, *, named=None, is_paged=False):
    """What lists show: the live guides of a language, without notices."""
    live = ArticleEdition.objects.live(request.moment(), named=named, is_paged=is_paged)
    return live.readable().filter(language=language).for_lists()


def found_at(request, editions, language, slug):
    """(edition, None) at its address, or (None, redirect) from an earlier one. 404 when there never was one."""
    edition = editions.at_address(language, slug, request.moment())
    if edition is None:
        raise Http404("No page was ever published at this address.")
    if (edition.language, edition.slug) == (language, slug):
        return edition, None
    return None, HttpResponsePermanentRedirect(
        request.path.replace(edition_path(edition, language, slug), edition.address())
    )


def edition_path(edition, language, slug):
    """The path the edition's folder has at another address."""
    return type(edition)(language=language, slug=slug).address()


def articles(request, language):
    guides, links = paged(request, live_guides(request, language, is_paged=True).order_by("title", "work_id"))
    return render(request, "articles/articles.html", {"guides": guides, "section": "guides", **links})


def topic(request, slug, language):
    shown = get_object_or_404(Topic, slug=slug)
    guides = live_guides(request, language, named=shown.name_of_guides, is_paged=True).filter(topic=shown)
    guides, links = paged(request, guides.order_by("title", "work_id"))
    return render(request, "articles/topic.html", {"topic": shown, "guides": guides, "section": "guides", **links})


def article(request, slug, language):
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    return moved or (notice(request, edition) if edition.is_notice else show(request, edition))


def show(request, edition, **context):
    """The page of a guide, live or as a preview."""
    page = ArticlePage(edition, request.moment(), is_preview="preview" in context)
    return render(request, "articles/article.html", {"page": page, "section": "guides", **context})


def notice(request, edition):
    """What stands in place of a withdrawn text: gone, with why, since when and where to go."""
    successor = None
    if edition.replaced_by_id:
        successor = ArticleEdition.objects.live(request.moment(), of=edition.replaced_by_id).readable().first()
    template = f"{edition.FOLDER}/notice.html"
    return render(request, template, {"edition": edition, "successor": successor, "section": ""}, status=410)


def history(request, slug, language):
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    changes = edition and edition.work.editions.been_in_force(request.moment()).defer("html", "body")
    return moved or render(
        request, "articles/history.html", {"edition": edition, "changes": changes, "section": "guides"}
    )


def edit(request, slug, language):
    """For staff who read a guide and see a mistake. The admin asks for the log-in."""
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    return moved or redirect("admin:articles_article_change", edition.work_id)
