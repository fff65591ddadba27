import gc

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin
from django.core import checks

from carsite.languages import unsaid


class SiteConfig(AppConfig):
    name = "carsite"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # A page makes 35,000 objects. At the interpreter's threshold of 700, a tenth of its time went into looking for
        # cycles that are not there.
        gc.set_threshold(5_000, 10, 10)
        checks.register(catalogues, checks.Tags.translation)


def catalogues(**_told):
    """Says where a catalogue of the clinic's own leaves English on a page, as each update of the house may."""
    return [checks.Warning(said, id="carsite.W001") for said in unsaid(settings.SPOKEN, settings.LOCALE_PATHS)]


class StaffConfig(admin.AdminConfig):
    """Django's admin with a site of ours. The settings name it, so it is not what “carsite” stands for."""

    default = False
    default_site = "carsite.staff.site.StaffSite"
