"""Guides by languages: which is told in which, what is missing, behind or in somebody's hands."""

from collections import namedtuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count

from articles.models import Article
from publishing.record import URGENCY, Pressing, with_states
from publishing.staff import list_url, staff_url

A_PAGE = 50
BEHIND = ("due", "Behind")
MISSING = ("", "Missing")
# What of a guide in a language is shown: (code, name of the language, sign, word, where it leads)
Place = namedtuple("Place", "code language sign word url")
ASKED = {"": "All", "behind": "Behind", "missing": "Missing"}


def places_of(guides, at, pressing=None):
    """By key of each guide that is no translation, its place in each language; `pressing` where it is known."""
    keys = [one.pk for one in guides]
    if not keys:
        return {}
    pressing = pressing or Pressing.of(guides, at)
    translations = list(Article.objects.filter(original__in=keys).order_by().values_list("pk", flat=True))
    told = with_states(Article.objects.filter(pk__in=[*keys, *translations]), at, pressing).only("language", "original")
    behind = Article.objects.filter(pk__in=translations).behind(at).values_list("pk", flat=True) if translations else ()
    behind = set(behind)
    found = {(one.original_id or one.pk, one.language): one for one in told}
    return {
        pk: [_place(code, name, pk, found.get((pk, code)), behind) for code, name in settings.LANGUAGES] for pk in keys
    }


def _place(code, name, original, work, behind):
    if work is None:
        return Place(code, name, *MISSING, "")
    url = staff_url(work, "translate" if work.original_id else "change")
    if work.pk in behind and work.state != "checked":
        return Place(code, name, *BEHIND, url)
    return Place(code, name, work.state, "In review" if work.state == "checked" else URGENCY[work.state], url)


def matrix_page(desk, request):
    """The guides and, of each, how it stands in the languages that guides are written in."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    at, asked, language = request.moment(), request.GET.get("only", ""), request.GET.get("language", "")
    codes = set(Article.objects.order_by().values_list("language", flat=True).distinct()) | set(settings.SPOKEN)
    shown = [(code, name) for code, name in settings.LANGUAGES if code in codes]
    language = language if language in dict(shown) else ""
    guides = narrowed(asked, language, [code for code, _name in shown], at)
    page = request.GET.get("p", "")
    page = max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1
    rows = list(guides.order_by("title", "pk").defer("body", "folded")[(page - 1) * A_PAGE : page * A_PAGE + 1])
    places = places_of(rows[:A_PAGE], at)
    context = {
        "title": "Guides by language",
        "languages": [one for one in shown if not language or one[0] == language],
        "rows": [(one, staff_url(one, "translate"), within(places[one.pk], shown, language)) for one in rows[:A_PAGE]],
        "filters": [(name, word, name == asked) for name, word in ASKED.items()],
        "choice": language,
        "all_languages": shown,
        "previous": page - 1,
        "next": page + 1 if len(rows) > A_PAGE else 0,
        "asked": asked if asked in ASKED else "",
        "list_url": list_url(Article, "translations"),
    }
    return desk.page(request, "translations.html", None, **context)


def within(places, shown, language):
    codes = {language} if language else {code for code, _name in shown}
    return [place for place in places if place.code in codes]


def narrowed(asked, language, codes, at):
    """The guides that are no translation; only those with a translation that is behind, or one that is missing."""
    guides = Article.objects.filter(original=None)
    if asked == "behind":
        behind = Article.objects.behind(at)
        behind = behind.filter(language=language) if language else behind
        return guides.filter(pk__in=behind.order_by().values("original"))
    translations = Article.objects.filter(original__isnull=False).order_by()
    if asked == "missing" and language:
        return guides.exclude(language=language).exclude(
            pk__in=translations.filter(language=language).values("original")
        )
    if asked == "missing":
        many = translations.filter(language__in=codes).values("original").annotate(count=Count("pk"))
        return guides.exclude(pk__in=many.filter(count__gte=len(codes) - 1).values("original"))
    return guides


def languages_of(work, at, pressing):
    """The places of a guide and of its translations: where it is told, and where it is missing in what readers know."""
    root = work.original if work.original_id else work
    return [one for one in places_of([root], at, pressing)[root.pk] if one.url or one.code in settings.SPOKEN]
