from django.urls import path

from articles import views

urlpatterns = [
    path("articles/", views.articles),
    path("articles/<str:slug>/", views.article),
    path("articles/<str:slug>/history/", views.history),
    path("articles/<str:slug>/edit/", views.edit),
    path("topics/<str:slug>/", views.topic),
]
