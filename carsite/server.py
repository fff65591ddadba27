"""Gunicorn's settings. Readers leave no trace: neither an address nor a query string is logged.

By itself (`python -m carsite.server`) it serves nothing, and says what the server could not start with.
"""

import ctypes
import os
import sys
import time
from contextlib import suppress
from urllib.parse import urlsplit

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.http.request import validate_host
from gunicorn import glogging

from carsite import environment as env
from carsite.serving import logs

# One heap for all threads. The C library of Linux gives each its own, which keeps what its largest page once needed.
M_ARENA_MAX = -8
with suppress(OSError, AttributeError):
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)

try:
    from carsite import settings

    host = env.text("BIND", "127.0.0.1")
    workers = env.number("WORKERS", 2)
except ImproperlyConfigured as problem:
    sys.exit(str(problem))  # a sentence for the operator, without the way it came
bind = f"[{host}]:{settings.PORT}" if env.is_ipv6(host) else f"{host}:{settings.PORT}"
# Many threads, so that clients who send a byte a second stop nobody.
worker_class = "gthread"
threads = 32
timeout = 60
# 600 letters of Hindi, which the longest form of the staff asks in its address, need 5,400 signs there.
limit_request_line = 8190
preload_app = True
control_socket_disable = True
# Whether a reader came by https only the site decides: it believes a proxy where BEHIND_PROXY says that there is one.
secure_scheme_headers = {}
forwarder_headers = ""  # no header may name the path the site stands under
accesslog = "-"


class ServerLog(glogging.Logger):
    """What was answered, in our words: without who asked, and without what stands behind the ?. What the server says of
    itself is written as all else is."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.formatter(settings.LOGS))

    def warning(self, msg, *args, **told):
        """Of what is no request the server would tell from where it came, and its first line."""
        if str(msg).startswith("Invalid request from"):
            msg, args = "What came was no request, and was refused.", ()
        super().warning(msg, *args, **told)

    def access(self, resp, req, environ, request_time):
        path = environ["PATH_INFO"].encode("latin-1", "replace").decode(errors="replace")
        told = environ["REQUEST_METHOD"], path, resp.status_code, resp.sent, request_time.total_seconds()
        self.access_log.info(logs.served(time.time(), *told, is_json=settings.LOGS == "json"))


logger_class = ServerLog


def when_ready(server):
    """Says where the site is, now that it listens there."""
    url = settings.SITE_URL
    if settings.PUBLIC_ONLY:
        sys.stdout.write(f"Only for readers, on port {settings.PORT} for {url}/ (Ctrl+C ends it)\n")
        return sys.stdout.flush()
    from carsite.reader import printing  # only now is the site loaded

    if why := printing.missing():
        sys.stdout.write(f"Patients print with their browser: {why}\n")
    sys.stdout.write(f"The site is on {url}/ and its admin on {url}/admin/ (Ctrl+C ends it)\n")
    sys.stdout.flush()


def post_worker_init(worker):
    """Once a minute each worker adds up what was read, looks its pages through, and keeps answers about sheets ready
    that were asked for; a thread of its own does so after each act.

    What was erased by law stands beside the backups then, not only after the night. A store of pictures is asked in a
    thread of its own, since it may never answer.
    """
    from pathlib import Path

    from django.conf import settings

    from carsite import health
    from carsite.faults import remember
    from carsite.keeping import Renewing
    from carsite.reader import asked, counting, foreseen, kept, printing
    from carsite.serving import garbage

    may_tell = settings.BACKUPS and not settings.PUBLIC_ONLY
    telling = [Renewing(Path(settings.BACKUPS))] if may_tell else []
    if settings.MEDIA_STORE:
        health.STORE.start()
    beside = [kept().look_through, remember, asked.store, asked.print_hindered, *telling]
    garbage.start()
    foreseen.start()
    counting.start(beside=beside, first=[lambda: printing.warm(settings.VAR)])


def refuse_what_cannot_start():
    """Raises ImproperlyConfigured for what shows only when it is tried."""
    env.refuse_taken(host, settings.PORT)
    own = env.hosts(urlsplit(settings.SITE_URL).hostname)
    if not validate_host(own, settings.ALLOWED_HOSTS):
        raise ImproperlyConfigured(
            f"ALLOWED_HOSTS lacks {own}, the host of SITE_URL: patients would get “400”. Add it."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carsite.settings")
    from carsite import hindered

    try:
        connection.cursor().close()
        if settings.PUBLIC_ONLY:
            django.setup()
            from carsite.reader import role

            role.refuse_other_role()
    except Error as problem:
        raise ImproperlyConfigured(hindered.why(problem) or str(problem)) from problem


if __name__ == "__main__":
    try:
        refuse_what_cannot_start()
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
