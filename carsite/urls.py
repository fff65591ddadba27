"""Every address of the site, as an outline."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from carsite import faults, health
from carsite.reader import handout, machines, media, pages, sheets, unsafe
from carsite.staff import by_link, forgotten, people
from publishing.staff import editor

ICON_FILES = ("favicon.svg", "favicon.ico", "apple-touch-icon.png", "icon-512.png", "share.png")
reader = [
    path("", pages.home),
    path("search/", pages.search),
    path("articles/<str:slug>/handout.pdf", handout.handout),
    path("articles/<str:slug>/handout-large.pdf", handout.handout, {"is_large": True}),
    path("unsafe/", unsafe.unsafe),
    path("unsafe/feed/", unsafe.feed),
    path("h/", sheets.ask),
    path("h/<str:code>/", sheets.sheet),
    path("", include("articles.urls")),
    path("", include("faq.urls")),
]

staff = [
    path("admin/editor/preview/", editor.preview),
    path("admin/editor/paste/", editor.paste),
    path("admin/editor/picture/", editor.picture),
    path("admin/editor/pictures/", editor.pictures),
    path("admin/editor/guides/", editor.guides),
    path("admin/editor/patient.css", pages.patient_style),
    path("admin/forgotten/", forgotten.forgotten, name="forgotten"),
    path("admin/invitation/<uidb64>/<token>/", people.AcceptInvitation.as_view(), name="invitation"),
    path("admin/", admin.site.urls),
    path("review/", by_link.review),
]
urlpatterns = [
    *([] if settings.PUBLIC_ONLY else staff),
    path("media/<str:name>", media.media),
    path("health/", health.health),
    path("metrics/", health.metrics),
    path("robots.txt", machines.robots),
    path("llms.txt", machines.llms),
    path(".well-known/security.txt", machines.security),
    path("sitemap.xml", machines.sitemap_index),
    path("sitemap-<str:section>.xml", machines.sitemap),
    *[path(name, machines.icon) for name in ICON_FILES],
    path("site.webmanifest", machines.manifest),
    path("", include(reader), {"language": settings.LANGUAGE_CODE}),
    path("<language:language>/", include(reader)),
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = pages.page_not_found
handler500 = faults.server_error
