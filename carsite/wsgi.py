"""The WSGI application. What every worker needs is loaded before they part, so that they share it."""

import gc
import os
import re
from contextlib import suppress

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carsite.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver

TYPE = "CONTENT_TYPE"
CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)
django = get_wsgi_application()

from carsite.faults import remember  # noqa: E402 - they ask models, which need Django set up
from carsite.health import migrations_of_the_code  # noqa: E402
from carsite.reader import Front, release  # noqa: E402
from publishing.record import pairs_for  # noqa: E402

get_resolver().url_patterns  # noqa: B018
migrations_of_the_code()
release()  # of the code that runs, whatever lies on the disk at the first request
for path in (settings.BASE_DIR / "templates").rglob("*.html"):
    nodes = get_template(str(path.relative_to(settings.BASE_DIR / "templates"))).template.nodelist
    if hasattr(nodes, "write"):  # as Python, at the first page else
        nodes.write()

remember()
with suppress(Exception):  # where the database does not answer, the first search reads the word pairs
    pairs_for(settings.LANGUAGE_CODE)
connections.close_all()  # no worker shares a connection
# The collector does not write to what is frozen, so that it stays shared.
gc.collect()
gc.freeze()


def decoded(environ, start_response):
    """Django, with UTF-8 whatever charset a request claims: it decodes by any codec of that name, or fails at it."""
    if claimed := environ.get(TYPE):
        environ[TYPE] = CHARSET.sub("", claimed)
    return django(environ, start_response)


application = Front(decoded)
