from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    name = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from publishing.record import triggers

        # The one signal in the house: migrations on SQLite rebuild tables and silently drop their triggers.
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="permanence")
