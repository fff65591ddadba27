"""Processes of the site, pages in a browser, and what is asked of pages of staff."""

import datetime
import os
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import timezone

from conftest import fewer, hand

# What a publisher does, in a process of its own.
ACT = """
import datetime
from django.utils import timezone
from articles.models import Article
from django.contrib.auth.models import User
from publishing.models import Hand
article, hand = Article.objects.order_by("pk")[0], Hand.of(User.objects.get(username="publisher"))
article.lead = {lead!r}
article.keep(by=hand, at=timezone.now())
moment = timezone.now() + datetime.timedelta(seconds={wait}) if {wait} else None
if {withdraw}:
    article.withdraw(by=hand, note="Drill", reason="unsafe", at=moment)
else:
    ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    article.publish(by=hand, note="Drill", at=moment, emergency="Drill", ticks=ticks)
print(moment.timestamp() if moment else 0)
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class House:
    """A database of its own, with what is needed to run the project's commands on it."""

    def __init__(self, folder, address):
        keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.environment = keep | {"VAR": str(folder), "WORKERS": "1", "SITE_URL": "http://127.0.0.1:8000"}
        self.environment["DATABASE_URL"] = address
        self.servers = []

    def run(self, *words):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, check=True, capture_output=True)
        return done.stdout.decode()

    def do(self, *steps):
        """Commands, as tuples of words, and Python, one after the other in one process: it takes long to start."""
        lines = [f"call_command(*{step!r})" if isinstance(step, tuple) else step for step in steps]
        code = "\n".join(["from django.core.management import call_command", *lines])
        return self.run("shell", "--verbosity", "0", "-c", code)

    def act(self, lead="", wait=0.0, withdraw=False):
        """Act in another process; the moment it comes into force, in seconds since 1970."""
        return float(self.run("shell", "--verbosity", "0", "-c", ACT.format(lead=lead, wait=wait, withdraw=withdraw)))

    def serve(self):
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--config", "carsite/server.py", "carsite.wsgi"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = self.environment | {"PORT": str(port)}
        self.servers.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **quiet))
        return f"http://127.0.0.1:{port}"

    def stop(self):
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            server.wait(20)


FURNISH = (("migrate", "--verbosity", "0"), ("set_up",))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """A folder with the site as `make run` leaves it, on SQLite: to be copied, not to be changed."""
    folder = tmp_path_factory.mktemp("furnished")
    House(folder, "").do(*FURNISH)
    return folder


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What can differ in the dark, where only colours do: test_the_dark_changes_nothing_but_colours.
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Only what is read here is sent back: that is three times faster than the package's own run().
RUN_AXE = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]}).then(result => [
    result.passes.length, result.violations.map(one => one.id + " " + one.nodes[0].html)])"""
# Colours that fade in are still the old ones when axe looks; the guard allows no style of a stranger, but this.
STILL = """() => { const still = new CSSStyleSheet(); still.replaceSync("* { transition: none !important }");
    document.adoptedStyleSheets = [still] }"""
ALL_LOOKS = (
    (390, "light", RULES),
    (1280, "dark", RULES_OF_COLOUR),
    (1280, "light", RULES),
    (390, "dark", RULES_OF_COLOUR),
)
LOOKS = fewer(ALL_LOOKS, 2)


def found_by_axe(tab, called, looks=LOOKS):
    """What is wrong with the page in the tab, in sentences: what axe finds on a telephone and a desk, by day and in the
    dark, and whether it is wider than they are.
    """
    from axe_playwright_python.base import AXE_SCRIPT  # not installed where no browser test runs

    tab.wait_for_load_state()  # words may stand there before their style has come
    tab.evaluate(AXE_SCRIPT)
    tab.evaluate(STILL)
    found, before = [], tab.viewport_size
    for width, scheme, rules in looks:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        passed, violations = tab.evaluate(RUN_AXE, rules)
        found += [f"{called} is too wide at {width}"] * is_too_wide(tab)
        found += [f"{called}: axe looked at next to nothing"] * (passed < (16 if rules is RULES else 1))
        found += [f"{called}, {width}, {scheme}: {one}" for one in violations]
    # As wide as it was: who goes on by hand goes on there.
    tab.set_viewport_size(before)
    tab.emulate_media(color_scheme="null")
    return found


@pytest.fixture
def tab(browser):
    """A page in a browser that has never been here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def is_too_wide(tab):
    return tab.evaluate("document.documentElement.scrollWidth > window.innerWidth")


TEMPLATES = [
    path
    for path in settings.BASE_DIR.joinpath("templates").rglob("*.html")
    if "admin" not in path.relative_to(settings.BASE_DIR).parts
]


def form_of(page):
    """The change form of a page of the admin, or of one of our own."""
    return page.context["adminform"].form if "adminform" in page.context else page.context["form"]


def fields_of(page):
    """The values a browser would send back from the change form."""
    form = form_of(page)
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    for formset in page.context.get("inline_admin_formsets", ()):
        for one in [formset.formset.management_form, *formset.formset.forms]:
            values |= {one.add_prefix(name): one[name].value() for name in one.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def change_url(work):
    return f"/admin/{work._meta.app_label}/{work._meta.model_name}/{work.pk}/change/"


@pytest.fixture
def article(make_article, make_entry):
    """A guide with a question, never published."""
    article = make_article(body="One.")
    make_entry(article=article)
    return article


@pytest.fixture
def owned(make_article, asha):
    """A guide of Asha's, who has an address for mail."""
    asha.email = "asha@example.org"
    asha.save()
    return make_article(by=hand(asha), body="Take 5 drops after food.", owner=asha)


def answer(client, link, **given):
    page = client.get(link)
    form = page.text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return client.post(
        "/review/", hidden | {"result": "fit", "reviewer_name": "Dr Nila Rao", "credential": "doctor"} | given
    )


def in_a_year():
    return (timezone.localdate() + datetime.timedelta(days=365)).isoformat()


def change(work, **content):
    """Save and publish other content; the moment just before."""
    from publishing.models import Line

    before = Line.objects.moment_of_reading()
    for name, value in content.items():
        setattr(work, name, value)
    work.keep(by=hand("Asha"), at=timezone.now())
    work.publish(by=hand("Meena"), note="Changed")
    return before


def judged(work):
    due = timezone.localdate() + datetime.timedelta(days=300)
    said = {"reviewer_name": "Dr Old", "credential": "doctor", "result": "fit", "next_due_on": due}
    return work.review(by=hand("link"), text_digest=work.freeze().text_digest, **said)


@pytest.fixture
def told(make_article, make_entry, asha, client):
    """A guide with a question and a frame, published, then each changed; the moment before the changes."""
    from publishing.models import Frame

    frame = Frame.objects.create(pk=1, clinic="Old Clinic")
    frame.publish(by=hand("Meena"), note="First")
    article = make_article(body="Take 5 drops.")
    article.publish(by=hand("Meena"), note="First")
    entry = make_entry(article=article, answer="Call 111.")
    entry.publish(by=hand("Meena"), note="First")
    review, _other = judged(article), judged(entry)
    article.then = change(article, body="Take 2 drops.")
    change(entry, answer="Call 222.")
    change(frame, clinic="New Clinic")
    article.revoke(review, by=hand("Meena"), note="Mistaken")
    client.force_login(asha)
    return article
