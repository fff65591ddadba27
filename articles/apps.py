from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Guides and topics"  # the guides are one row of it: else it would read “Guides › Guides”
    default_auto_field = "django.db.models.BigAutoField"
