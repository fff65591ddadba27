from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PublishingConfig(AppConfig):
    name = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from publishing.record import searching, triggers

        # Nobody calls a command for this: migrations on SQLite rebuild tables and silently drop their triggers, and
        # cannot rename one that a trigger of another table names.
        pre_migrate.connect(triggers.make_room, sender=self, dispatch_uid="room")
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="permanence")
        # And makes no table for the search by words, which is no model's.
        post_migrate.connect(searching.install, sender=self, dispatch_uid="index")
