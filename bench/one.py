"""One contestant inside its own interpreter. Each line of the input names a batch; its answer is one line of JSON.

    python one.py NAME FILE              NAME: ours, limit, wagtail or wagtail-cached; FILE: its SQLite database
    python one.py NAME FILE publish      publishes a guide each second instead
    python one.py NAME FILE body PATH    writes the page's bytes instead

A line is KIND PATH REPEAT. Kinds: `stored`; `missed`, where the stored row is deleted before each request, outside what
is measured; and `second`, which goes on for REPEAT seconds. The answer holds processor time (time.process_time) of each request in milliseconds, so that other
programs hardly disturb it; the real WSGI application runs, without a network.
"""

import io
import json
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def application(name, file):
    if name == "limit":
        sys.path.insert(0, str(HERE))
        import limit

        return limit.application(file)
    if name == "ours":
        sys.path.insert(0, str(HERE.parent))
        os.environ["DATABASE_URL"] = f"sqlite:///{file}"
        from carsite.wsgi import application

        return application
    sys.path.insert(0, os.getcwd())
    os.environ["BENCH_DB"] = file
    if name == "wagtail-cached":
        os.environ["BENCH_CACHE"] = "locmem"
    os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings.production"
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def request(app, path, encoding=""):
    """(status, body, processor time in ms) of one GET."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": encoding, "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
    }  # fmt: skip
    status = []
    began = time.process_time()
    response = app(environ, lambda line, headers, error=None: status.append(line))
    body = b"".join(response)
    if hasattr(response, "close"):  # PEP 3333: where there is one
        response.close()
    return int(status[0][:3]), body, 1000 * (time.process_time() - began)


def forget(name, path):
    if name != "ours":
        raise SystemExit("Only ours has stored rows to miss.")
    from carsite.reader.stored import release
    from publishing.models import StoredPage

    StoredPage.objects.filter(key=f"{release()} {path}").delete()


def batch(app, name, kind, path, repeat):
    """The times of `repeat` requests; for the kind `second`, of as many as fit into that many seconds."""
    times, end = [], time.monotonic() + repeat
    while time.monotonic() < end if kind == "second" else len(times) < repeat:
        if kind == "missed":
            forget(name, path)
        status, body, spent = request(app, path)
        if status != 200 or b"</html>" not in body:
            raise SystemExit(f"{name} answered {status} for {path}, so nothing is measured.")
        times.append(spent)
    return {"ms": [round(spent, 4) for spent in times]}


def publish(name, file):
    """Publish a guide, always another one, each second for ever."""
    number = 0
    while True:
        number = number % 25 + 1
        began = time.monotonic()
        {"ours": publish_ours, "limit": publish_limit}.get(name, publish_wagtail)(number, file)
        time.sleep(max(0, 1 - time.monotonic() + began))


def publish_ours(number, file):
    from articles.models.articles import Article
    from django.utils import timezone

    from publishing.models import Hand

    article = Article.objects.get(slug=f"article-{number}")
    # A harmless word; what can hurt, or names somebody, waits for a person
    article.lead = "A guide for you." if article.lead == "A guide for all." else "A guide for all."
    article.keep(by=Hand.command("bench"), at=timezone.now())
    article.publish(by=Hand.command("bench"), note="Measured")


def publish_limit(number, file):
    import sqlite3

    with sqlite3.connect(file) as database:
        database.execute("UPDATE page SET html = html || ' ' WHERE path = ?", [f"/articles/article-{number}/"])


def publish_wagtail(number, file):
    from articles.models import ArticlePage

    page = ArticlePage.objects.get(slug=f"article-{number}")
    page.byline = f"PAVAN, {time.time_ns()}"
    page.save_revision().publish()


def main(name, file, *more):
    app = application(name, file)
    if more[:1] == ("body",):
        sys.stdout.buffer.write(request(app, more[1])[1])
        return
    print("ready", flush=True)
    if more == ("publish",):
        publish(name, file)
    for line in sys.stdin:
        kind, path, repeat = line.split()
        print(json.dumps(batch(app, name, kind, path, int(repeat))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], str(Path(sys.argv[2]).resolve()), *sys.argv[3:])
