"""The limit: the least that Django can do for a stored page. One raw query in the outermost middleware, nothing else.

`application(file)` is the WSGI application; `fill(file, pages)` writes (path, bytes) into its one table.
"""

import sqlite3

SELECT = "SELECT etag, html FROM page WHERE path = ?"


def fill(file, pages):
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE page (path TEXT PRIMARY KEY, etag TEXT NOT NULL, html BLOB NOT NULL)")
        rows = ((path, f'"{number:032x}"', html) for number, (path, html) in enumerate(pages))
        database.executemany("INSERT INTO page VALUES (?, ?, ?)", rows)


def stored(get_response):
    from django.db import connection
    from django.http import HttpResponse

    def middleware(request):
        with connection.cursor() as cursor:
            cursor.execute(SELECT.replace("?", "%s"), [request.path_info])
            found = cursor.fetchone()
        if found is None:
            return get_response(request)
        response = HttpResponse(bytes(found[1]))
        response.headers["ETag"] = found[0]
        response.headers["Vary"] = "Accept-Encoding"
        return response

    return middleware


def application(file):
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "CONN_MAX_AGE": None}
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": sqlite},
        MIDDLEWARE=["limit.stored"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="for measuring only",
    )
    django.setup()
    return get_wsgi_application()


urlpatterns = []
