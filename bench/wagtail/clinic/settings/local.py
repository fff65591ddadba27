# Read by the production settings of `wagtail start`: only what a deployment has to set.
from os import environ

from .base import INSTALLED_APPS, MIDDLEWARE

SECRET_KEY = "for measuring only " + "x" * 40
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["articles", *INSTALLED_APPS]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": environ["BENCH_DB"]}}
if environ.get("BENCH_CACHE") == "locmem":
    INSTALLED_APPS = ["wagtailcache", *INSTALLED_APPS]
    MIDDLEWARE = [
        "wagtailcache.cache.UpdateCacheMiddleware",
        *MIDDLEWARE,
        "wagtailcache.cache.FetchFromCacheMiddleware",
    ]
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 3600}}
