"""Gunicorn's settings. Readers leave no trace: neither an address nor a query string is logged."""

from carsite import environment as env

bind = f"{env.text('BIND', '127.0.0.1')}:{env.number('PORT', 8000)}"
workers = env.number("WORKERS", 2)
# Many threads, so that clients who send a byte a second stop nobody.
worker_class = "gthread"
threads = 32
timeout = 60
preload_app = True
control_socket_disable = True
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(b)s bytes %(M)s ms"
