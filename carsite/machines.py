"""What machines ask for: health, maps for search engines, robots, the icon."""

import json
from contextlib import suppress

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.http import FileResponse, HttpResponse
from django.template.response import TemplateResponse

from articles.models import ArticleEdition
from faq.models import EntryEdition
from publishing.models import Verified
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
    answer = {"healthy": not problems, "problems": problems, "verified": verified()}
    return HttpResponse(
        json.dumps(answer),
        status=503 if problems else 200,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def verified():
    """When the record and the stored pages were last verified as a whole, and whether they held."""
    with suppress(DatabaseError):
        runs = {of: Verified.last(of) for of in Verified.Of.values}
        return {of: run and {"at": run.began_at.isoformat(), "held": run.is_held} for of, run in runs.items()}


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
