"""What must not grow with a clinic: CPU and memory of pages and commands that read many texts, beside their limits.

python bench/growth.py [SIZE ...] [--only WORDS] [--folder FOLDER]      1000 and 10000 unless said

Each is measured in a process of its own that has answered pages before: the median CPU of a few rounds, and the most
memory above what it took then. The databases are filled as grown.py tells, by the acts of the house, which takes long,
and stay in FOLDER (GROWTH, else var/bench/growth) for the next time: delete them after a migration changed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import grown
import prepare

ROUNDS, PATIENCE = 5, 5.0  # seconds after which nothing is asked once more
COMMON = "treatment"
PAGE = 30

# By name: (who asks, what, at most CPU ms and MiB with 10,000 guides; None where the issue sets none)
ASKED = {
    "things due": ("staff", "/admin/articles/article/due/", 300, 20),
    "send_reminders": ("command", "send_reminders", None, None),
    "verify_ledger": ("command", "verify_ledger", 78_000, 30),
    "complaint file": ("staff", "/admin/complaint/{then}/articles/article-7/", 3000, 20),
    "recall, common word": ("staff", f"/admin/recall/?q={COMMON}", 300, None),
    "recall as CSV": ("staff", f"/admin/recall/?q={COMMON}&csv=1", None, 20),
    "recall, a word that nobody told": ("staff", "/admin/recall/?q=unheard", None, None),
    "replace, 1,000 hits": ("staff", f"/admin/recall/replace/?find={grown.TOLD}&by={grown.TO_TELL}", 1500, None),
    "as it was": ("staff", "/admin/as-it-was/{then}/articles/article-7/", 20, None),
    "admin guides, first": ("staff", "/admin/articles/article/", 40, None),
    "admin guides, last": ("staff", "/admin/articles/article/?p={guides}", 50, None),
    "admin questions, last": ("staff", "/admin/faq/entry/?p={questions}", 50, None),
    "questions, last": ("reader", "/faq/?after={behind}", 40, None),
    "question map, last": ("reader", "{map}", 40, None),
    "list of maps": ("reader", "/sitemap.xml", None, None),
    "missed list of guides": ("reader", "/articles/", 15, None),
}


def client():
    """A worker that has answered pages, with a person logged in."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "carsite.settings", "ALLOWED_HOSTS": "127.0.0.1"}
    sys.path.insert(0, str(prepare.ROOT))
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    settings.HAS_MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.dummy.EmailBackend"
    worker = Client(SERVER_NAME="127.0.0.1")
    worker.force_login(User.objects.get(username="publisher"))
    for path in ("/", "/articles/article-3/", "/admin/", "/admin/proof/", "/admin/publishing/publisher/"):
        worker.get(path)
    return worker


def places(worker):
    """What stands in the addresses: a moment in the middle, and where the last pages are."""
    from faq.models import Entry

    from articles.models import Article
    from publishing.models import Line

    then = Line.objects.filter(seq__lte=Line.objects.head().seq // 2).first().at
    maps = re.findall(r"<loc>https?://[^/]+(/[^<]*questions[^<]*)</loc>", worker.get("/sitemap.xml").text)
    return {
        "then": then.isoformat().replace("+00:00", "Z"),
        "guides": -(-Article.objects.count() // PAGE),
        "questions": -(-Entry.objects.count() // PAGE),
        "behind": Article.objects.order_by("-pk").values_list("pk", flat=True)[PAGE // 5],
        "map": maps[-1],
    }


def ask(worker, who, what):
    """CPU ms of asking once."""
    from django.core.management import call_command
    from django.db import transaction

    from publishing.models import StoredPage

    StoredPage.objects.all().delete()
    began = time.process_time()
    if who == "command":
        with transaction.atomic():
            call_command(what, stdout=io.StringIO(), stderr=io.StringIO())
            transaction.set_rollback(True)
        return 1000 * (time.process_time() - began)
    answer = worker.get(what)
    length = sum(map(len, answer))
    spent = 1000 * (time.process_time() - began)
    if answer.status_code != 200 or not length:
        raise SystemExit(f"{what} answered {answer.status_code}, so nothing is measured.")
    return spent


def one(name):
    """Measure in this process; print JSON: the median CPU ms and the most MiB above the idle worker."""
    worker = client()
    who, what, *_limits = ASKED[name]
    what = what.format(**places(worker))
    Path("/proc/self/clear_refs").write_text("5")
    idle, times, began = memory("VmRSS"), [], time.process_time()
    while len(times) < ROUNDS and time.process_time() - began < PATIENCE:
        times.append(ask(worker, who, what))
    print(json.dumps({"ms": statistics.median(times), "mib": memory("VmHWM") - idle}))


def memory(what):
    """MiB of this process: VmRSS now, VmHWM at most."""
    return int(re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def ran(*command, file):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "VAR": str(file.parent)}
    environment["DJANGO_SETTINGS_MODULE"] = "carsite.settings"
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, cwd=prepare.ROOT)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout


def filled(size, folder):
    """The database with so many guides, filled where it is not there yet."""
    file = folder / f"grown-{size}.sqlite3"
    if not file.exists():
        making = file.with_suffix(".making")
        for old in folder.glob(f"{making.name}*"):
            old.unlink()
        ran(Path(grown.__file__), str(size), file=making)
        prepare.fold(making)
        making.rename(file)
    return file


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--only", default="", help="measure what has these words in its name")
    kept = os.environ.get("GROWTH") or prepare.WORK / "growth"
    parser.add_argument("--folder", type=Path, default=Path(kept), help="where the databases stay")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    files = {size: filled(size, asked.folder.resolve()) for size in sorted(asked.sizes)}
    ran("manage.py", "collectstatic", "--noinput", "--verbosity", "0", file=next(iter(files.values())))
    heads = [f"{size:,}: CPU ms | MiB" for size in files]
    print(f"| guides, three editions each | {' | '.join(heads)} | at 10,000 at most |")
    print(f"| --- |{' --: |' * 2 * len(files)} --: |")
    for name in (name for name in ASKED if asked.only in name):
        found = [json.loads(ran(Path(__file__), "--one", name, file=file)) for file in files.values()]
        cells = [f"{one['ms']:,.0f} | {one['mib']:.0f}" for one in found]
        limits = [f"{limit:,} {unit}" for limit, unit in zip(ASKED[name][2:], ("ms", "MiB"), strict=True) if limit]
        print(f"| {name} | {' | '.join(cells)} | {', '.join(limits)} |", flush=True)


if __name__ == "__main__":
    one(sys.argv[2]) if sys.argv[1:2] == ["--one"] else main()
