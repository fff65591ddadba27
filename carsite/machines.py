"""What machines ask for: health, maps for search engines, robots, the icon."""

import json

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.staticfiles import finders
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db import connection
from django.http import FileResponse, HttpResponse
from django.template.response import TemplateResponse

from articles.models import ArticleEdition
from faq.models import EntryEdition
from publishing.record import triggers


def robots(request):
    hidden = ("/admin/", "/search/", "/review/", "/h/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def favicon(request):
    return FileResponse(open(finders.find("favicon.svg"), "rb"), content_type="image/svg+xml")


def health(request):
    """For machines that watch: 200 when patients can be served, else 503 and why."""
    problems = []
    try:
        request.moment()
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


class ByKey(Paginator):
    """Pages of the texts whose keys are between two: found by key, however many stand before them, none counted."""

    @property
    def page_range(self):
        number, texts = 1, self.object_list.values_list("work", flat=True)
        while number:
            yield number
            following = texts.filter(work__gt=number * self.per_page).first()
            number = following and -(-following // self.per_page)

    def page(self, number):
        number = str(number)
        if not (number.isascii() and number.isdecimal() and 0 < int(number[:9]) < 1_000_000):
            raise PageNotAnInteger
        last = int(number[:9]) * self.per_page
        found = list(self.object_list.filter(work__gt=last - self.per_page, work__lte=last))
        if not found and number != "1":
            raise EmptyPage
        return Page(found, int(number[:9]), self)


class LiveTexts(Sitemap):
    """The live guides and questions, under the site's own address; on each page those of a thousand keys."""

    limit = 1000

    def __init__(self, editions, at):
        self.editions, self.at = editions, at

    @property
    def paginator(self):
        live = self.editions.live(self.at, is_paged=True).readable()
        return ByKey(live.only("work", "language", "slug", "in_force_at").order_by("work"), self.limit)

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
    return sitemap_view(request, maps_at(request.moment()), section=section)


def sitemap_index(request):
    """Names every page of every map."""
    pages = []
    for section, texts in maps_at(request.moment()).items():
        for number in texts.paginator.page_range:
            more = f"?p={number}" if number > 1 else ""
            pages.append({"location": f"{settings.SITE_URL}/sitemap-{section}.xml{more}"})
    context = {"sitemaps": pages}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
