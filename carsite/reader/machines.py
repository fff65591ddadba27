"""What machines ask for: maps for search engines, robots, the icon."""

import datetime
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import http_date

from articles.models import ArticleEdition, PageEdition, TermEdition
from articles.views import alternates, number_in, with_checks
from carsite.reader.pages import written
from faq.models import EntryEdition
from publishing.models import Frame, in_order, prepared
from publishing.record import by_root, root_of

HALF_A_YEAR = datetime.timedelta(days=180)
MOST_TOLD = 500  # guides of a language; the map has them all
HOW_TO_CITE = (
    "General information for patients, in the words of the clinic. It does not replace a care team.",
    "Each guide says on its page which edition it is, since when, who checked it and when the next check is due.",
    "Please name the guide, its edition and its date when you take words from it, and lead people to its page: it may",
    "have changed since. Do not shorten what it says about emergencies, doses or warnings. A guide that answers 410",
    "was taken down: do not repeat what it said.",
)
ICONS = {".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/vnd.microsoft.icon"}
MAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{}
</urlset>
"""


def robots(request):
    hidden = ("/admin/", "/search/", "/review/", "/h/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def llms(request):
    """For programs that answer people: where the guides are, who checked each, and how to name what is taken."""
    at = request.moment()
    frame = Frame.around(at)
    lines = [f"# {frame.clinic} {frame.tagline}", "", f"> {frame.lead}", "", *HOW_TO_CITE, ""]
    for code, name in in_order(written()):
        live = ArticleEdition.objects.live(at, is_paged=True).readable().filter(language=code)
        guides = with_checks(list(live.for_lists().order_by("title", "work_id")[:MOST_TOLD]), at)
        lines += ["", f"## {name}", "", *map(_told, guides)] if guides else []
    lines += ["", f"All addresses: {settings.SITE_URL}/sitemap.xml", f"What changed: {settings.SITE_URL}/feed/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _told(guide):
    day = f"{timezone.localtime(guide.in_force_at):%Y-%m-%d}"
    said = f"edition {guide.number}, since {day}"
    if guide.check.review:
        checked = timezone.localtime(guide.check.review.made_at)
        said += f"; checked by a clinician on {checked:%Y-%m-%d}"
        said += ", and due for a check" if guide.check.is_overdue else ""
    else:
        said += "; not checked by a clinician"
    return f"- [{guide.title}]({settings.SITE_URL}{guide.address()}): {said}"


def security(request):
    """To whom a hole in the site is told (RFC 9116)."""
    ends = f"{(request.moment() + HALF_A_YEAR):%Y-%m-%dT00:00:00Z}"
    site = settings.SITE_URL
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {ends}", "Preferred-Languages: en"]
    lines += [f"Canonical: {site}/.well-known/security.txt"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def icon(request):
    """What browsers and telephones ask for at fixed addresses: the site's sign, in its forms."""
    path = Path(finders.find(request.path_info.removeprefix("/")))
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse(path.read_bytes(), content_type=ICONS[path.suffix], headers=headers)


def manifest(request):
    """How a telephone calls the site that was put among its apps."""
    frame = Frame.around(request.moment())
    signs = [{"src": "/favicon.svg", "sizes": "any"}, {"src": "/icon-512.png", "sizes": "512x512"}]
    told = {"name": f"{frame.clinic} {frame.tagline}", "short_name": frame.clinic, "lang": frame.clinic.language}
    told |= {"start_url": "/", "display": "browser", "icons": signs}
    told |= {"theme_color": "#003f49", "background_color": "#ffffff"}
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json")


class LiveTexts:
    """The live texts of one kind, a thousand keys a page: found by key, however many stand before, and none counted."""

    limit = 1000

    def __init__(self, model, at):
        self.model, self.at = model, at
        live = model.objects.live(at, is_paged=True).readable().order_by("work_id")
        translates = model.work.field.related_model.TRANSLATES
        self.live = live.only("work_id", "language", "slug", "in_force_at", *([translates] if translates else []))

    def numbers(self):
        """The number of the first page, and of each other one on which a text stands."""
        number = 1
        while number:
            yield number
            following = text_behind.rows(self.model, at=self.at, key=number * self.limit)
            number = following and -(-following[0][0] // self.limit)

    def page(self, number):
        last = number * self.limit
        return list(self.live.filter(work__gt=last - self.limit, work__lte=last))


@prepared
def text_behind(model, *, at, key):
    """The first live text behind a key: asked once a page of a map, so once for each thousand texts."""
    live = model.objects.live(at, is_paged=True).readable().filter(work__gt=key)
    return live.order_by("work_id").values_list("work_id")[:1]


def maps_at(at):
    of = {"guides": ArticleEdition, "questions": EntryEdition, "words": TermEdition, "pages": PageEdition}
    return {section: LiveTexts(model, at) for section, model in of.items()}


def sitemap(request, section):
    """One of the maps, a page of it. Without a template, which takes most of the time for a thousand lines."""
    texts = maps_at(request.moment()).get(section)
    number = number_in(request.GET.get("p", "1"))
    editions = texts.page(number) if texts else []
    if not editions and (number > 1 or texts is None):
        raise Http404("There is no such map.")
    links = {root: linked(some) for root, some in (by_root(texts.live, editions) if texts else {}).items()}
    urls = (
        f"<url><loc>{settings.SITE_URL}{one.address()}</loc>"
        f"<lastmod>{timezone.localtime(one.in_force_at):%Y-%m-%d}</lastmod>{links.get(root_of(one), '')}</url>"
        for one in editions
    )
    answer = HttpResponse(MAP.format("".join(urls)), content_type="application/xml")
    if editions:
        answer.headers["Last-Modified"] = http_date(max(one.in_force_at for one in editions).timestamp())
    answer.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return answer


def linked(editions):
    """What a map says beside each of the editions of one text in several languages."""
    told = alternates(editions)
    return "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in told)


def sitemap_index(request):
    """Names every page of every map."""
    pages = []
    for section, texts in maps_at(request.moment()).items():
        for number in texts.numbers():
            more = f"?p={number}" if number > 1 else ""
            pages.append({"location": f"{settings.SITE_URL}/sitemap-{section}.xml{more}"})
    context = {"sitemaps": pages}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
