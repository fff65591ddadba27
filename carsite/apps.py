from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "carsite"
    default_auto_field = "django.db.models.BigAutoField"
