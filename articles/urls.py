from django.urls import path, register_converter

from articles import hearing, old, views, ways
from articles.beside import views as beside
from articles.models import OWN
from publishing.text import is_language


class OwnAddress:
    """The address of a page right below the site, which nothing else of the site has."""

    regex = OWN

    def to_python(self, value):
        if is_language(value):
            raise ValueError
        return value

    def to_url(self, value):
        return value


register_converter(OwnAddress, "own")

urlpatterns = [
    path("articles/", views.articles),
    path("articles/<str:slug>/", views.article),
    path("articles/<str:slug>/history/", views.history),
    path("articles/<str:slug>/history/<str:number>/", old.old),
    path("articles/<str:slug>/history/<str:number>/since/", old.since),
    path("articles/<str:slug>/edit/", views.edit),
    path("topics/<str:slug>/", views.topic),
    path("topics/<str:slug>/feed/", ways.feed),
    path("feed/", ways.feed),
    path("feedback/", hearing.feedback),
    path("thanks/", hearing.thanks),
    path("letters/", ways.letters),
    path("letters/<str:letter>/", ways.letter),
    path("new/", ways.lately),
    path("words/", beside.words),
    path("words/<str:slug>/", beside.word),
    path("<own:slug>/", beside.page),
    path("<own:slug>/history/", beside.page_history),
]
