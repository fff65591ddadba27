import gc

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin import apps as admin
from django.core import checks
from django.db.models.signals import post_migrate

from carsite.languages import unsaid


class SiteConfig(AppConfig):
    name = "carsite"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # A page makes 35,000 objects. At the interpreter's threshold of 700, a tenth of its time went into looking for
        # cycles that are not there.
        gc.set_threshold(5_000, 10, 10)
        # Django's log-in comes after the press in the settings: by then every table is there, those of the search too.
        post_migrate.connect(renew_readers, sender=apps.get_app_config("auth"), dispatch_uid="readers")
        checks.register(catalogues, checks.Tags.translation)


def renew_readers(**_told):
    """An update gives the role of machines for readers the rights of its release."""
    from carsite.reader import role

    role.renew()


def catalogues(**_told):
    """Says where a catalogue of the clinic's own leaves English on a page, as each update of the house may."""
    return [checks.Warning(said, id="carsite.W001") for said in unsaid(settings.SPOKEN, settings.LOCALE_PATHS)]


class StaffConfig(admin.AdminConfig):
    """Django's admin with a site of ours. The settings name it, so it is not what “carsite” stands for."""

    default = False
    default_site = "carsite.staff.site.StaffSite"
