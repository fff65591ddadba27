"""People with fixed roles, and builders of texts, for every test."""

import datetime
import gc
import os
import random
import re
import shutil
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group, User
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone
from PIL import Image
from pytest_django.plugin import blocking_manager_key

from publishing.models import Hand, Reviewer, ReviewLink

pytest_plugins = ["carsite.tests.fast"]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs an event loop of its own
SAMPLE = site_settings.BASE_DIR / "articles" / "samples" / "car-t-cell-therapy.md"
NIGHTLY = bool(os.environ.get("NIGHTLY"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_addoption(parser):
    parser.addoption("--reaching-database", action="store_true", help="only tests that can reach the database")
    parser.addoption(
        "--of-each", nargs=2, metavar=("NUMBER", "MARK"), help="of each file without the mark so many tests"
    )
    parser.addoption("--shuffled", type=int, metavar="NUMBER", help="in an order that is drawn from this number")


def fewer(cases, few):
    """Of cases that differ by chance alone, or by look, a few in each run, and all of them at night (make nightly)."""
    return cases if NIGHTLY else cases[:few]


def reaches_database(one):
    """pytest-django refuses the database to every test that does not ask for it; `empty_database` is for processes."""
    asked = {"django_db_setup", "live_server", "empty_database"} & set(one.fixturenames)
    return bool(asked or one.get_closest_marker("django_db"))


def spread(items, number, mark):
    """Of each file so many tests, from its first to its last, and all of those with the mark."""
    by_file = {}
    for one in items:
        if not one.get_closest_marker(mark):
            by_file.setdefault(one.path, []).append(one)
    for tests in by_file.values():
        few = {len(tests) * place // number for place in range(number)}
        yield from (one for place, one in enumerate(tests) if place not in few)


def leave_out(config, items, left_out):
    config.hook.pytest_deselected(items=left_out)
    names = {one.nodeid for one in left_out}
    items[:] = [one for one in items if one.nodeid not in names]


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts those that commit last
def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda one: not one.get_closest_marker("slow"))  # nobody waits at the end for what is long
    if config.getoption("--shuffled") is not None:
        random.Random(config.getoption("--shuffled")).shuffle(items)
    if not NIGHTLY:
        leave_out(config, items, [one for one in items if one.get_closest_marker("night")])
    if config.getoption("--reaching-database"):
        leave_out(config, items, [one for one in items if not reaches_database(one)])
    if (of_each := config.getoption("--of-each")) and not NIGHTLY and config.args_source is not config.ArgsSource.ARGS:
        leave_out(config, items, list(spread(items, int(of_each[0]), of_each[1])))
    if CHROMIUM or os.environ.get("CI") == "true":
        return
    for one in items:
        if one.get_closest_marker("browser"):
            one.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


def hold_what_stays():
    """What was loaded and collected stays to the end: garbage is not looked for in it again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_finish():
    hold_what_stays()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After a test that commits the database is empty: what the migrations put there is put back."""
    yield
    if nextitem and nextitem.path != item.path:
        hold_what_stays()
    if nextitem and "press" in item.fixturenames:
        from django.apps import apps

        from carsite import roles
        from publishing.record import searching, triggers

        with item.config.stash[blocking_manager_key].unblock():
            roles.install(apps)
            triggers.install()
            searching.install()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Nobody waits until the disk has it: what these databases hold is thrown away."""
    if connection.vendor == "sqlite":
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def var(tmp_path_factory):
    """What the processes of one site share stands here; each process of pytest is a site, and waits for no other."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(autouse=True)
def _settings_of_tests(settings, tmp_path, var):
    settings.VAR = var
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


@pytest.fixture
def press(transactional_db):
    """For tests that commit: the database is flushed after them, which the triggers would rightly refuse."""
    from publishing.record import triggers

    yield
    triggers.remove()


@pytest.fixture(scope="module")
def empty_database():
    """DATABASE_URL of an empty database of the kind that is tested, for processes that a test starts."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield ""  # a file in their VAR
        return
    import psycopg

    name = f"empty_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a process."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as run:
        chromium = run.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


class Served(ClientHandler):
    """Answers as the server does: through the WSGI function in front of Django, which sends what was stored."""

    def __init__(self, *given, **named):
        from carsite.reader import Front

        super().__init__(*given, **named)
        self.front = Front(self.made)

    def __call__(self, environ):
        said, asked = [], environ.copy()  # Django replaces the path in it by its decoded form
        self.answered = None
        body = self.front(environ, lambda status, headers: said.append((status, headers)))
        status, headers = said[-1]
        if status == "by Django":
            return self.answered
        answer = HttpResponse(b"".join(body), status=int(status[:3]), headers=dict(headers))
        if "Content-Type" not in dict(headers):
            del answer["Content-Type"]
        answer.wsgi_request = WSGIRequest(asked)
        return answer

    def made(self, environ, start_response):
        self.answered = super().__call__(environ)
        start_response("by Django", [])
        return []


class Reader(Client):
    """Somebody at a browser."""

    def __init__(self, enforce_csrf_checks=False, raise_request_exception=True, **defaults):
        super().__init__(enforce_csrf_checks, raise_request_exception, **defaults)
        self.handler = Served(enforce_csrf_checks)


@pytest.fixture
def client():
    return Reader()


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def later(at):
    """A moment that has not come yet."""
    return at + datetime.timedelta(days=2)


def person(name, role):
    user = User.objects.create_user(name.lower(), password="a-long-pass-phrase", first_name=name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


class Trusted(Hand):
    """Of whom nothing is asked, as of nobody on the site: for tests of something else than the second person."""

    is_asked = False


def hand(whom):
    """The hand of a user, or one of whom nothing is asked, for a bare name."""
    return whom if isinstance(whom, Hand) else Trusted(whom) if isinstance(whom, str) else Hand.of(whom)


@pytest.fixture
def asha(db):
    return person("Asha", "writers")


@pytest.fixture
def ravi(db):
    return person("Ravi", "clinical reviewers")


@pytest.fixture
def meena(db):
    return person("Meena", "publishers")


@pytest.fixture
def omar(db):
    return person("Omar", "administrators")


@pytest.fixture
def make_article(db):
    from articles.models.articles import Article

    def make(title="Having a blood test", *, by="Asha", **content):
        content = {"body": "## What happens\n\nA nurse takes a little blood.", "lead": "A short test."} | content
        # In figures, so that it is in no language
        content = {"sources": f"{timezone.localdate().year}"} | content
        article = Article(title=title, **content)
        article.keep(by=hand(by), at=timezone.now())
        return article

    return make


@pytest.fixture
def make_entry(db):
    from faq.models import Entry

    def make(question="Does it hurt?", *, by="Asha", **content):
        entry = Entry(question=question, **{"answer": "A little."} | content)
        entry.keep(by=hand(by), at=timezone.now())
        return entry

    return make


@pytest.fixture
def guide(db, at):
    """The sample guide with its five questions, published as `make run` does it."""
    from articles.importing.importer import take
    from articles.models.articles import Article

    outcome = take(SAMPLE, at=at, publish=True)
    assert outcome.result == "imported and published", outcome
    return Article.objects.get()


def edit(work, by, **content):
    for name, value in content.items():
        setattr(work, name, value)
    work.keep(by=hand(by), at=timezone.now())


def judge(work, by, result="fit", **given):
    given = {
        "text_digest": work.freeze().text_digest,
        "reviewer_name": by.get_full_name(),
        "credential": "haematologist",
        "next_due_on": timezone.localdate() + datetime.timedelta(days=365) if result == "fit" else None,
    } | given
    return work.review(by=hand(by), result=result, **given)


def by_link(work, asked_by, is_listed=True):
    """What Dr Nila Rao said of a text by a link that this person had mailed to her, or gave to her."""
    given = {"text_digest": work.freeze().text_digest, "result": "fit", "reviewer_name": "Dr Nila Rao"}
    next_due_on = timezone.localdate() + datetime.timedelta(days=365)
    given |= {"credential": "haematologist", "next_due_on": next_due_on}
    listed = Reviewer.objects.get_or_create(name="Dr Nila Rao", email="nila@example.org")[0] if is_listed else None
    link = ReviewLink(invited="Dr Nila Rao", made_by_name=asked_by.first_name, made_by=asked_by, listed=listed)
    return work.review(by=Hand.guest(link), **given)


def newest(work):
    return work.review_of(work.live(timezone.now()), timezone.now())


def changed(work, **content):
    for name, value in content.items():
        setattr(work, name, value)
    work.keep(by=hand("Asha"), at=timezone.now())
    return work.publish(by=hand("Meena"), note="Changed")


def alter(sql):
    """What somebody with the database's password could do."""
    from publishing.record import triggers

    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    triggers.install()


def encoded(picture, kind, **options):
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def two_coloured(width=400, height=200, mode="RGB"):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture.convert(mode)


def unmarked(html):
    """A page without the marks that hold a number and its unit together."""
    return re.sub(r"</?span[^>]*>", "", html)


def mapped(client):
    """All maps of the site for machines as one text: by key there may be several of a kind."""
    maps = re.findall(r"<loc>http://[^/<]+([^<]+)</loc>", client.get("/sitemap.xml").text)
    return "".join(client.get(one.replace("&amp;", "&")).text for one in maps)


def republish(article, body):
    article.body = body
    article.keep(by=hand("Asha"), at=timezone.now())
    return article.publish(by=hand("Meena"), note=body)


def let_pass(**time):
    """Let time pass (or go back): every moment and day in the database gets older. Digests do not hold afterwards."""
    from django.apps import apps
    from django.db.models import DateField

    from publishing.record import triggers

    passed = datetime.timedelta(**time)
    triggers.remove()
    for model in apps.get_models():
        moments = [field.attname for field in model._meta.concrete_fields if isinstance(field, DateField)]
        for row in model._base_manager.order_by("pk") if moments else ():
            was = {name: getattr(row, name) for name in moments}
            older = {name: value - passed for name, value in was.items() if value}
            model._base_manager.filter(pk=row.pk).update(**older)
    triggers.install()


def act_of_a_fast_clock(**ahead):
    """The last act of the ledger, by a machine whose clock was so much ahead of this one's; its moment."""
    from articles.models.topics import Topic
    from publishing.models import Line, ledger
    from publishing.models.works import acts

    topic = Topic.objects.create(title="Another", slug="another")
    edition = topic.freeze()
    edition.number = 1
    with transaction.atomic():
        at = ledger.lock() + datetime.timedelta(**ahead)
        acts.enact(Line.Verb.PUBLISH, [edition], {topic: "New"}, [None], now=at, at=None, by=hand("Meena"))
    return at


def when(at):
    """A moment as it stands in an address."""
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def shown(client, at, path="/"):
    """What staff see of a patients' page at a moment."""
    return client.get(f"/admin/as-it-was/{when(at)}{path}")
