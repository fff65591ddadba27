"""The pages of the whole site: home, search, errors, and what machines ask for."""

import json
import re
import sys
from urllib.parse import unquote

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from articles.models import ArticleEdition, Topic
from articles.views import live_guides
from carsite import unsaved
from carsite.search import hits_for, words_of
from carsite.style import patient_text_style
from faq.models import EntryEdition
from publishing import editor, triggers
from publishing.context import moment
from publishing.rendering import LONGEST

# Guides that the home page shows of each topic; the topic's own page has them all.
HOME = 12


def home(request, language, **context):
    groups = []
    for topic in (*Topic.objects.all(), None):
        # In the order of their index, each list stops when it is full.
        guides = live_guides(request, language, is_paged=True).filter(topic=topic).order_by("title", "work_id")
        groups.append((topic, list(guides[: HOME + 1])))
    shown = [(topic, guides[:HOME], len(guides) > HOME) for topic, guides in groups if guides]
    context |= {"groups": shown, "guides": [guide for _topic, guides, _more in shown for guide in guides]}
    context |= {"languages": other_languages(request, language), "section": "guides"}
    return render(request, "home.html", context)


def other_languages(request, language):
    """(code, name) of the other languages in which there are live guides."""
    elsewhere = {code for code in written() if code != language and live_guides(request, code, is_paged=True).exists()}
    return [(code, name) for code, name in settings.LANGUAGES if code in elsewhere]


def written():
    """The languages guides were ever published in, from one to the next by an index, however many guides there are."""
    published = ArticleEdition.objects.filter(cancelled_at=None).readable().order_by("language")
    code = ""
    while code := published.filter(language__gt=code).values_list("language", flat=True).first():
        yield code


def search(request, language):
    q = request.GET.get("q", "")
    hits, more = hits_for(words_of(q), language, moment(request))
    context = {"q": q[:200], "hits": hits, "more": more, "too_short": bool(q.strip()) and not words_of(q)}
    return render(request, "search.html", context | {"section": "search"})


def page_not_found(request, exception=None):
    """404, with what the words of the address lead to. Needs no route, so the language is the path's."""
    words = words_of(re.sub(r"[-_/.+]+", " ", unquote(request.path)))
    words = [word for word in words if word not in {"articles", "faq", "topics", "history", request.LANGUAGE_CODE}]
    hits, _more = hits_for(words, request.LANGUAGE_CODE, moment(request), any_word=True)
    return render(request, "404.html", {"words": " ".join(words), "hits": hits[:5], "section": ""}, status=404)


def bad_request(request, exception=None):
    """400, for staff with what became of their text and how long one may be."""
    if not request.path.startswith("/admin/"):
        return HttpResponse(render_to_string("400.html"), status=400)
    return HttpResponse(render_to_string("400_staff.html", {"longest": f"{LONGEST:,}"}), status=400)


def forbidden(request, exception=None, reason=""):
    """403. `reason` is given where the token of a form is refused; staff never lose what they typed."""
    if request.path.startswith("/admin/editor/"):
        return editor.token_refused(request)
    if request.method == "POST" and request.path.startswith("/admin/"):
        return unsaved.page(request, is_token_refused=bool(reason))
    return HttpResponse(render_to_string("403.html"), status=403)


def server_error(request):
    """500, for staff with what became of their text. Needs neither the database nor a session."""
    if not request.path.startswith("/admin/"):
        return HttpResponse(render_to_string("500.html"), status=500)
    problem = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
    is_busy = isinstance(problem, OperationalError)
    return HttpResponse(render_to_string("500_staff.html", {"is_busy": is_busy}), status=503 if is_busy else 500)


def robots(request):
    hidden = ("/admin/", "/search/", "/review/", "/h/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def favicon(request):
    return FileResponse(open(finders.find("favicon.svg"), "rb"), content_type="image/svg+xml")


def patient_style(request):
    """The patients' look of the text, for the preview beside the editor."""
    return HttpResponse(patient_text_style(), content_type="text/css", headers={"Cache-Control": "max-age=3600"})


def health(request):
    """For machines that watch: 200 when patients can be served, else 503 and why."""
    problems = []
    try:
        moment(request)
        if triggers.missing():
            problems.append("triggers that keep editions permanent are missing: run manage.py migrate")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
    except Exception as problem:
        problems.append(f"the database does not answer ({type(problem).__name__})")
    answer = {"healthy": not problems, "problems": problems}
    return HttpResponse(
        json.dumps(answer),
        status=503 if problems else 200,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


class LiveTexts(Sitemap):
    """The live guides and questions, under the site's own address."""

    limit = 1000

    def __init__(self, editions, at):
        self.editions, self.at = editions, at

    def items(self):
        return self.editions.live(self.at).readable().only("work", "language", "slug", "in_force_at").order_by("work")

    def lastmod(self, edition):
        return edition.in_force_at

    def location(self, edition):
        return edition.address()

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition(":")[0]

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]


def maps_at(at):
    return {"guides": LiveTexts(ArticleEdition.objects, at), "questions": LiveTexts(EntryEdition.objects, at)}


def sitemap(request, section):
    """One of the maps, a thousand addresses a page."""
    return sitemap_view(request, maps_at(moment(request)), section=section)


def sitemap_index(request):
    """Names every page of every map."""
    pages = []
    for section, texts in maps_at(moment(request)).items():
        for number in texts.paginator.page_range:
            more = f"?p={number}" if number > 1 else ""
            pages.append({"location": f"{settings.SITE_URL}/sitemap-{section}.xml{more}"})
    context = {"sitemaps": pages}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
