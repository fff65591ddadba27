"""Every address of the site, as an outline."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from carsite import by_link, views
from carsite.middleware import FOREIGN
from publishing import editor

pages = [
    path("", views.home),
    path("search/", views.search),
    path("", include("articles.urls")),
    path("", include("faq.urls")),
]

urlpatterns = [
    path("admin/editor/preview/", editor.preview),
    path("admin/editor/picture/", editor.picture),
    path("admin/editor/patient.css", views.patient_style),
    path("admin/", include("carsite.tools")),
    path("admin/", admin.site.urls),
    path("media/<str:name>", editor.media),
    path("review/", by_link.review),
    path("health/", views.health),
    path("robots.txt", views.robots),
    path("sitemap.xml", views.sitemap_index),
    path("sitemap-<str:section>.xml", views.sitemap),
    path("favicon.svg", views.favicon),
    path("", include(pages), {"language": settings.LANGUAGE_CODE}),
    *[path(f"{code}/", include(pages), {"language": code}) for code in FOREIGN],
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.page_not_found
handler500 = views.server_error
