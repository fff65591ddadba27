"""Gunicorn's settings. Readers leave no trace: neither an address nor a query string is logged."""

import ctypes
from contextlib import suppress

from carsite import environment as env

# One heap for all threads. The C library of Linux gives each its own, which keeps what its largest page once needed.
M_ARENA_MAX = -8
with suppress(OSError, AttributeError):
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)

bind = f"{env.text('BIND', '127.0.0.1')}:{env.number('PORT', 8000)}"
workers = env.number("WORKERS", 2)
# Many threads, so that clients who send a byte a second stop nobody.
worker_class = "gthread"
threads = 32
timeout = 60
# 600 letters of Hindi, which the longest form of the staff asks in its address, need 5,400 signs there.
limit_request_line = 8190
preload_app = True
control_socket_disable = True
forwarder_headers = ""  # no header may name the path the site stands under
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(b)s bytes %(M)s ms"
