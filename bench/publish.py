"""What it takes to publish a guide with its five questions on the page where staff do it. In a database of its own.

python bench/publish.py
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import guides

ROUNDS = 12
BAR = 60  # ms


def ready(folder):
    """The site on an empty database, with a publisher logged in."""
    os.environ |= {"VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3", "ALLOWED_HOSTS": "127.0.0.1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "carsite.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    person = User.objects.create_user("publisher", is_staff=True)
    person.groups.add(Group.objects.get(name="publishers"))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client


def first(number, folder):
    """Six texts that were never public."""
    from articles.importing.importer import take
    from articles.models.articles import Article
    from django.utils import timezone

    take(next(guides.write(folder / f"guides-{number}", [number]).iterdir()), at=timezone.now())
    return Article.objects.order_by("pk").last()


def changed(number, _folder, *, with_questions=True):
    """A change of substance in a guide that is public, and in each of its questions."""
    from articles.models.articles import Article
    from django.utils import timezone

    from publishing.models import Hand

    article = Article.objects.first()
    article.body += f"\n\nA word more, and {number + 2} nurses.\n"
    article.keep(by=Hand.command("bench"), at=timezone.now())
    for entry in article.entry_set.all() if with_questions else ():
        entry.answer += f" Ask {number + 2} nurses."
        entry.keep(by=Hand.command("bench"), at=timezone.now())
    return article


def changed_alone(number, folder):
    return changed(number, folder, with_questions=False)


def published(client, article):
    """CPU ms of the POST that publishes what its page asks to be confirmed."""
    url = f"/admin/articles/article/{article.pk}/publish/"
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    sent |= {"note": "Measured", "emergency": "Measured"}
    if "ticks" in form.fields:
        sent["ticks"] = [key for key, _words in form.fields["ticks"].choices]
    began = time.process_time()
    answer = client.post(url, sent)
    spent = 1000 * (time.process_time() - began)
    if answer.status_code != 302:
        raise SystemExit(f"It was not published: {answer.context['form'].errors.as_text()}")
    return spent


def main():
    with tempfile.TemporaryDirectory() as folder:
        client = ready(folder)
        print(f"| CPU ms to publish, the bar is {BAR} | median | least to most |\n| --- | --: | --: |")
        for told, prepare in (
            ("a guide and five questions for the first time", first),
            ("the guide alone, changed", changed_alone),
            ("the guide and all five questions, changed", changed),
        ):
            times = [published(client, prepare(number, Path(folder))) for number in range(ROUNDS)][2:]
            print(f"| {told} | {statistics.median(times):.0f} | {min(times):.0f} to {max(times):.0f} |")


if __name__ == "__main__":
    main()
