import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carsite.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver

application = get_wsgi_application()

# What every worker needs is loaded before they part, so that they share it, and the first reader does not wait for it.
get_resolver().url_patterns  # noqa: B018
for path in (settings.BASE_DIR / "templates").rglob("*.html"):
    get_template(str(path.relative_to(settings.BASE_DIR / "templates")))
