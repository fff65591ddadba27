"""The pages of topics and guides."""

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext

from articles.models import ArticleEdition, Topic, pages_around, topic_at
from articles.shown.letters import by_letter
from articles.shown.opened import open_editions
from articles.shown.pages import ArticlePage
from articles.shown.related import related
from articles.shown.telling import told_of
from publishing.models import TEXT, Frame, kinds, prepared
from publishing.record import code_at, composed, live_named, standings
from publishing.staff import staff_url
from publishing.text import PATIENTS_WAYS

PAGE = 30
KNOWN = 40  # pages of a list whose statements are kept
# What the card of a guide shows, and what its check is looked up by
CARD = ("work_id", "language", "slug", "title", "lead", "words", *TEXT[2:])


def answer(request, template, context, *, composition=None, status=200):
    """A page for patients, not rendered yet: all that its template shows has been asked of the database here."""
    at = request.moment()
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    frame = composition.frame if composition else Frame.around(at, language)
    around = {"frame": frame, "section": "", "site_pages": pages_around(language, at)}
    return TemplateResponse(request, template, around | context, status=status)


def ways_of(request):
    """Where the links of the page that is asked for lead."""
    return getattr(request, "ways", PATIENTS_WAYS)


def paged(request, found, size=PAGE, *, near=None, known=KNOWN):
    """One page of a list, without counting it: (what stands on it, context for the links). 404 for a page beyond.

    `found` makes the queryset. `near` finds, from where one of the first `known` pages begins, what stands on it and
    one more, by a query that is prepared: for each of these pages a statement is kept.
    """
    number = number_in(request.GET.get("page", "1"))
    start = (number - 1) * size
    shown = near(start) if near and number <= known else list(found()[start : start + size + 1])
    if not shown and number > 1:
        raise Http404("There is no such page.")
    links = {"previous": f"page={number - 1}" if number > 1 else ""}
    return shown[:size], links | {"next": f"page={number + 1}" if len(shown) > size else ""}


def number_in(text, least=1):
    """A number that stands in an address. 404 for any other words."""
    if not (text.isascii() and text.isdigit() and least <= int(text[:9]) < 1_000_000):
        raise Http404("There is no such page.")
    return int(text[:9])


def live_guides(request, language, *, named=None, is_paged=False):
    """What lists show: the live guides of a language, without notices."""
    live = ArticleEdition.objects.live(request.moment(), named=named, is_paged=is_paged)
    return live.readable().filter(language=language).for_lists()


@prepared
def some_guides(start, *, at, language):
    """A page of the list of guides, and one more."""
    live = ArticleEdition.objects.live(at, is_paged=True).readable().filter(language=language)
    return live.only(*CARD).order_by("title", "work_id")[start : start + PAGE + 1]


@prepared
def some_of_topic(start, *, at, language, topic):
    """A page of a topic's guides, and one more."""
    named = Topic(pk=topic).name_of_guides
    live = ArticleEdition.objects.live(at, named=named, is_paged=True).readable().filter(language=language, topic=topic)
    return live.only(*CARD).order_by("title", "work_id")[start : start + PAGE + 1]


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


def with_checks(guides, at):
    """Gives each guide of a list its `check`, as its own page says it."""
    for guide, check in zip(guides, standings(guides, at), strict=True):
        guide.check = check
    return guides


def articles(request, language):
    def found():
        return live_guides(request, language, is_paged=True).order_by("title", "work_id")

    asked = {"at": request.moment(), "language": language}
    guides, links = paged(request, found, near=lambda start: some_guides(start, **asked))
    context = {"guides": with_checks(guides, request.moment()), "section": "guides", **links}
    context["groups"] = [] if links["previous"] or links["next"] else by_letter(guides)
    return answer(request, "articles/articles.html", context)


def topic(request, slug, language):
    edition = topic_at.first(at=request.moment(), slug=slug)
    if edition is None:
        raise Http404("There is no such topic.")
    return show_topic(request, edition, language)


def show_topic(request, edition, language, composition=None):
    """The page of a topic, live or as one of its editions called it."""
    named = Topic(pk=edition.work_id).name_of_guides
    asked = {"at": request.moment(), "language": language, "topic": edition.work_id}

    def found():
        guides = live_guides(request, language, named=named, is_paged=True).filter(topic=edition.work_id)
        return guides.order_by("title", "work_id")

    guides, links = paged(request, found, near=lambda start: some_of_topic(start, **asked))
    context = {"topic": edition, "guides": with_checks(guides, request.moment()), "section": "guides", **links}
    return answer(request, "articles/topic.html", context, composition=composition)


def article(request, slug, language):
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    if moved:
        return moved
    whole = composed(edition, request.moment())
    return notice(request, whole) if edition.is_notice else show(request, whole)


def show(request, composition):
    """The page of a guide, live or as a preview."""
    page, at = ArticlePage(composition, ways_of(request)), composition.at
    context = {"page": page, "related": related(page.edition, at), "section": "guides"}
    if not composition.is_draft:
        context["alternates"] = alternates([composition.edition, *composition.translations])
    context["code"] = code_at(page.edition, at)
    if context["code"] and not getattr(request, "preview", None):
        address = whole_address(page.edition)
        context["data"] = told_of(page, composition.frame, address)
        called = {"title": page.edition.title, "number": page.edition.number, "address": address}
        context["shared"] = gettext("%(title)s (edition %(number)s): %(address)s") % called
    return answer(request, "articles/article.html", context, composition=composition)


def whole_address(edition):
    """Where a text is read, with the host, as machines and other sites name it."""
    return settings.SITE_URL + iri_to_uri(edition.address())


def alternates(editions):
    """(language, address of the whole site) of each of the editions of one text in several languages, for machines.

    Readers of other languages are led to the text that the others translate.
    """
    if len(editions) < 2:
        return []
    told = [(one.language, whole_address(one)) for one in editions]
    roots = [address for one, (_code, address) in zip(editions, told, strict=True) if one.original_id is None]
    return sorted(told) + [("x-default", address) for address in roots]


def notice(request, composition):
    """What stands in place of a withdrawn text: gone, with why, since when and where to go."""
    edition = composition.edition
    context = {"edition": edition, "successor": composition.successor, "topic": composition.named.get("topic")}
    page = f"{kinds.work_of(edition).LEDGER_NAME}/notice.html"
    return answer(request, page, context, composition=composition, status=410)


def history(request, slug, language, model=ArticleEdition):
    edition, moved = found_at(request, model.objects, language, slug)
    if moved:
        return moved
    work = kinds.work_of(edition)
    changes = list(work.editions.been_in_force(request.moment()).defer("html", "body"))
    read = open_editions(work, request.moment())
    for change in changes:
        change.is_open = change.number in read
    shown = live_named(edition, "topic", request.moment()) if "topic" in edition.SHOWS else None
    context = {"edition": edition, "topic": shown, "changes": changes, "section": "guides"}
    return answer(request, "articles/history.html", context)


def edit(request, slug, language):
    """For staff who read a guide and see a mistake. The admin asks for the log-in."""
    edition, moved = found_at(request, ArticleEdition.objects, language, slug)
    return moved or redirect(staff_url(edition))
