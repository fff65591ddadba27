from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Guides"  # the articles are one row of it: else it would read “Articles › Articles”
    default_auto_field = "django.db.models.BigAutoField"
