"""Every address of the site with so many guides: CPU, queries, memory, and the plan of what took longest.

python bench/every.py DATABASE [--only WORDS] [--plans]      DATABASE is an address of one, as DATABASE_URL has it

It walks the addresses as Django knows them, so none is forgotten: what they ask for is filled in from the middle of what
there is, and an address that nothing can be filled in for is named. Lists are asked for their last page too. Each is
asked a few times in one process and the median is told, without the stored pages: public pages are missed ones. Nothing
is sent but what asks before an act, so nothing changes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import time
from pathlib import Path

import prepare

ROUNDS, PATIENCE = 2, 1.0  # seconds of processor time after which nothing is asked once more
LEFT_OUT = re.compile(r"complaint|^/(?!es|(faq|h|new)/)[a-z]{2}/|jsi18n|log(in|out)|/media/|second/|\bstatic\b|password|<path:object_id>/(delete|history)|r/<")
# A table of which a page reads each row grows with the clinic
LARGE = re.compile(r"SCAN (\w+)( AS \w+)?( USING [A-Z ]*INDEX (\w+))?")


def start(url, folder):
    os.environ |= {"DJANGO_SETTINGS_MODULE": "carsite.settings", "ALLOWED_HOSTS": "127.0.0.1"}
    os.environ |= {"DATABASE_URL": url, "VAR": str(folder)}
    sys.path.insert(0, str(prepare.ROOT))
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    settings.HAS_MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.dummy.EmailBackend"
    worker = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    worker.force_login(User.objects.get(username="publisher"))
    return worker


def addresses():
    """(route, name) of each address that Django knows."""
    from django.urls import URLResolver, get_resolver

    def walk(patterns, before):
        for one in patterns:
            route = before + str(one.pattern).lstrip("^").rstrip("$")
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            else:
                yield route, one.name

    return list(dict.fromkeys(walk(get_resolver().url_patterns, "/")))


class Places:
    """What stands in the addresses."""

    def __init__(self):
        from faq.models import Entry

        from articles.models import Article
        from publishing.models import Line

        self.guide = Article.objects.order_by("pk")[Article.objects.count() // 2 + 3]
        self.entry = Entry.objects.order_by("pk")[Entry.objects.count() // 2 + 3]
        self.then = Line.objects.filter(seq__lte=Line.objects.head().seq // 2).first().at.isoformat()
        self.then = self.then.replace("+00:00", "Z")
        self.pages = {"article": -(-Article.objects.count() // 50), "entry": -(-Entry.objects.count() // 50)}
        self.behind = Article.objects.order_by("-pk").values_list("pk", flat=True)[10]

    def filled(self, route, name):
        """The address, or None where nothing is there to fill it in with."""
        from django.apps import apps

        pk = self._pk(route, apps)
        told = {"when": self.then, "public": self.guide.get_absolute_url().lstrip("/"), "number": 2, "pk": pk}
        told |= {"language": "es", "object_id": pk, "slug": self._slug(route), "code": None, "review": None}
        found = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(told.get(part[1]) or "\0"), route)
        return None if re.search(r"[\0()\[\]\\]", found) else found

    def _slug(self, route):
        if "/topics/" in route:
            return "cancer-treatments"
        return self.entry.slug if "/faq/" in route else self.guide.slug

    def _pk(self, route, apps):
        parts = route.split("/")
        if parts[1] != "admin" or len(parts) < 4:
            return None
        known = {"article": self.guide.pk, "entry": self.entry.pk}
        try:
            model = apps.get_model(parts[2], parts[3])
        except LookupError:
            return None
        return known.get(parts[3]) or model._base_manager.order_by("pk").values_list("pk", flat=True).first()


def asked(places):
    """(name, address, form that is sent) of all that is measured."""
    for route, name in addresses():
        if not LEFT_OUT.search(route):
            yield f"{route}", places.filled(route, name), None
    for kind, app in (("article", "articles"), ("entry", "faq")):
        last, path = places.pages[kind], f"/admin/{app}/{kind}/"
        for told, query in (("last page", f"p={last}"), ("by title, last", f"o=title&p={last}"), ("live", "state=live")):
            yield f"{path} {told}", f"{path}?{query}", None
        yield f"{path} words", f"{path}?q=treatment", None
        yield f"{path} mine", f"{path}?owner=me", None
    yield "things due, page 2", "/admin/articles/article/due/?page=2", None
    yield "recall, common word", "/admin/recall/?q=treatment", None
    yield "recall, last page", "/admin/recall/?q=treatment&page=100", None
    yield "recall, a word that nobody told", "/admin/recall/?q=unheard", None
    yield "replace, 1,000 hits", "/admin/recall/replace/?find=020+7946+0018&by=020+7946+0777", None
    yield "replace, a hit in all", "/admin/recall/replace/?find=leaflet+3&by=leaflet+4", None
    yield "list of guides, later", f"/articles/?after={places.behind}", None
    yield "list of questions, later", f"/faq/?after={places.behind}", None
    yield "search, common", "/search/?q=treatment", None
    yield "search, rare", "/search/?q=cryoablation+sarcoma", None
    yield "search, a slip", "/search/?q=cryoablaton", None
    yield "not found", "/articles/nowhere-at-all/", None


def measured(worker, address, sent):
    """What asking costs: the median CPU, and of one more time the queries and their plans."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from publishing.models import StoredPage

    def ask():
        StoredPage.objects.all().delete()
        cache.clear()
        began = time.process_time()
        answer = worker.post(address, sent) if sent else worker.get(address)
        length = sum(map(len, answer))
        return answer.status_code, length, 1000 * (time.process_time() - began)

    with CaptureQueriesContext(connection) as queries:
        status, length, _first = ask()
    found = [one for one in queries.captured_queries if "publishing_storedpage" not in one["sql"]]
    if status >= 400 and "nowhere" not in address:
        return {"status": status}
    Path("/proc/self/clear_refs").write_text("5")
    idle, times, began = memory("VmRSS"), [], time.process_time()
    while len(times) < ROUNDS and (not times or time.process_time() - began < PATIENCE):
        times.append(ask()[2])
    slow = sorted(found, key=lambda one: -float(one["time"]))
    return {
        "status": status,
        "ms": round(statistics.median(times), 1),
        "mib": round(memory("VmHWM") - idle, 1),
        "kb": length // 1000,
        "queries": len(found),
        "scans": scans(found),
        "slow": [(float(one["time"]), one["sql"]) for one in slow[:3]],
    }


def scans(queries):
    """By table read as a whole how often, and by which index; small ones are left out."""
    from django.db import connection

    found = {}
    if connection.vendor != "sqlite":
        return found
    for one in queries:
        if not one["sql"].lstrip().upper().startswith(("SELECT", "WITH")):
            continue
        try:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + one["sql"].replace("%", "%%"), ())
                plan = [row[-1] for row in cursor.fetchall()]
        except Exception as problem:  # noqa: BLE001  what the log of queries cannot write as SQL again
            found[f"? {problem}"[:60]] = 1
            continue
        for step in plan:
            if match := LARGE.match(step):
                told = f"{match[1]}{f' by {match[4]}' if match[4] else ''}"
                if not re.match(r"SUBQUERY|CONSTANT|django_|auth_|json_each|\d|U\d+ by sqlite_auto", told):
                    found[told] = found.get(told, 0) + 1
    return found


def memory(what):
    return int(re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--only", default="")
    parser.add_argument("--plans", action="store_true", help="tell the statements that took longest too")
    parser.add_argument("--folder", type=Path, default=prepare.WORK / "growth")
    asked_for = parser.parse_args()
    worker = start(asked_for.url, asked_for.folder)
    places = Places()
    for path in ("/", "/articles/article-3/", "/admin/", "/admin/proof/", "/admin/publishing/publisher/"):
        worker.get(path)
    for name, address, sent in asked(places):
        if asked_for.only not in name:
            continue
        if address is None:
            print(json.dumps({"name": name, "status": "nothing to fill in"}), flush=True)
            continue
        told = {"name": name, "address": address} | measured(worker, address, sent)
        if not asked_for.plans:
            told.pop("slow", None)
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
