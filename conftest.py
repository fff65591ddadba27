"""People with fixed roles, and builders of texts, for every test."""

import datetime
import os
import shutil
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group, User
from django.utils import timezone

from publishing.models import Hand

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs an event loop of its own
SAMPLE = site_settings.BASE_DIR / "articles" / "samples" / "car-t-cell-therapy.md"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_addoption(parser):
    parser.addoption("--reaching-database", action="store_true", help="only tests that can reach the database")


def reaches_database(one):
    """pytest-django refuses the database to every test that does not ask for it; `empty_database` is for processes."""
    asked = {"django_db_setup", "live_server", "empty_database"} & set(one.fixturenames)
    return bool(asked or one.get_closest_marker("django_db"))


def pytest_collection_modifyitems(config, items):
    if config.getoption("--reaching-database"):
        left_out = [one for one in items if not reaches_database(one)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if reaches_database(one)]
    if CHROMIUM or os.environ.get("CI") == "true":
        return
    for one in items:
        if one.get_closest_marker("browser"):
            one.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(autouse=True)
def _settings_of_tests(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


def _fixed_work():
    began = time.process_time()
    sum(hash((number, str(number))) for number in range(250_000))
    return time.process_time() - began


@pytest.fixture
def second():
    """What a second of processor time is on this machine just now, when called after what is measured.

    Limits are given for a quiet machine, on which the fixed work takes a twentieth of a second. Where neighbours or an
    older processor slow everything down, they slow that work down too.
    """
    before = _fixed_work()
    return lambda: 20 * max(before, _fixed_work(), 0.05)


@pytest.fixture
def press(transactional_db):
    """For tests that commit: the database is flushed after them, which the triggers would rightly refuse."""
    from django.apps import apps

    from carsite import roles
    from publishing.record import triggers

    roles.install(apps)
    triggers.install()
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
