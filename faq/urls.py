from django.urls import path

from faq import views

urlpatterns = [path("faq/", views.questions), path("faq/<str:slug>/", views.entry)]
