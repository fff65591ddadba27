"""Takes the pictures of docs/staff.md: python -m carsite.tests.pictures, which `make pictures` runs.

A site with a few texts is made in a temporary folder, served, and looked at with Chromium as each of three people. The
pictures lie in docs/pictures, in few colours, so that each is small.
"""

import datetime
import os
import subprocess
import sys
import tempfile
import time
from io import BytesIO, StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 80_000
COLOURS = (96, 48, 24, 12)
WIDTH, HEIGHT = 1180, 860
SECONDS_TO_START = 60
OLD, NEW = "020 7946 0018", "020 7946 0777"  # numbers that are kept for films
BODY = (
    "## How to take it\n\nTake {dose} in the evening, with a glass of water.\n\nIf you forget it, take it the next day. "
    f"Never take two.\n\n## When to get help\n\nCall us on {OLD} when you bleed and it does not stop. "
    "About 2 in 100 people bleed in a year."
)
DRAFT = (
    "## What happens\n\nA nurse takes a little blood from your arm. You may eat and drink before.\n\n"
    "## What to bring\n\nBring your list of medicines. Take 5.0 mg of your tablet as you do on other days.\n\n"
    "## When to get help\n\nCall us if your arm swells."
)
# By the name of the picture, whose desk it is and which page; {…} is the key of a guide. Where it begins, if not on top.
PICTURES = {
    "your-work": ("asha", "/admin/", ""),
    "guides": ("asha", "/admin/articles/article/", ""),
    "form": ("asha", "/admin/articles/article/{draft}/change/", ""),
    "check": ("ravi", "/admin/articles/article/{insulin}/review/", ""),
    "publish": ("meena", "/admin/articles/article/{warfarin}/publish/", ""),
    "replace": ("meena", f"/admin/recall/replace/?find={OLD}&by={NEW}".replace(" ", "+"), ""),
}


def begin():
    """An empty site with three people in it: a writer, who checks, who publishes."""
    from django.core.management import call_command

    from conftest import person

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    people = person("Asha", "writers"), person("Ravi", "clinical reviewers"), person("Meena", "publishers")
    call_command("set_up", stdout=StringIO())
    return people


def made(title, body, people, *, is_live=True, at=None):
    """A guide; patients read it, now or from that moment on, unless it is a draft."""
    from django.utils import timezone

    from articles.models import Article
    from conftest import hand, judge

    asha, ravi, meena = people
    guide = Article(title=title, lead="What it is for, and how to be safe.", body=body, owner=asha)
    guide.sources = f"The clinic's own list, {timezone.localdate().year}"
    guide.keep(by=hand(asha), at=timezone.now())
    if is_live:
        judge(guide, ravi)
        guide.publish(by=hand(meena), note="The first text", at=at)
    return guide


def furnish():
    """Texts in the states that the pictures show. Returns the keys of those that they name."""
    from django.utils import timezone

    from conftest import edit, hand, judge
    from publishing.models import Asking, Remark

    people = asha, ravi, _meena = begin()
    for title, dose in (("Iron tablets", "one tablet"), ("Aspirin after a stroke", "75 mg")):
        made(title, BODY.format(dose=dose), people)
    warfarin = made("Warfarin tablets", BODY.format(dose="5 mg"), people)
    edit(warfarin, hand(asha), body=BODY.format(dose="3 mg"))
    judge(warfarin, ravi)
    insulin = made("Insulin at bedtime", BODY.format(dose="10 units"), people)
    edit(insulin, hand(asha), body=BODY.format(dose="12 units"))
    told = {"asked_name": "Ravi", "account": ravi, "until_on": timezone.localdate() + datetime.timedelta(days=3)}
    Asking.ask(insulin, by=hand(asha), at=timezone.now(), note="Is the dose right?", **told)
    later = timezone.now() + datetime.timedelta(days=4)
    made("The flu jab", BODY.format(dose="paracetamol 500 mg"), people, at=later)
    draft = made("Having a blood test", DRAFT, people, is_live=False)
    biopsy = made("Kidney biopsy", DRAFT.replace("5.0 mg", "5 mg"), people, is_live=False)
    told = {"passage": "Bring your list", "text": "The insurance card too?", "made_at": timezone.now()}
    Remark.objects.create(work=biopsy.name, by=ravi, by_name="Ravi", **told)
    return {"draft": draft.pk, "insulin": insulin.pk, "warfarin": warfarin.pk}


def small(picture):
    """A PNG in as many colours as fit into MOST_BYTES."""
    from PIL import Image

    whole = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        written = BytesIO()
        few = whole.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
        if written.tell() <= MOST_BYTES:
            break
    return written.getvalue()


def take(url, keys):
    """Log in as each person and take the pictures of their pages."""
    from playwright.sync_api import sync_playwright

    from carsite.tests.walking import Walk
    from conftest import CHROMIUM

    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for who in dict.fromkeys(name for name, *_page in PICTURES.values()):
            walk = Walk(browser, url, width=WIDTH)
            walk.tab.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            walk.log_in(who)
            for name, (whose, path, place) in PICTURES.items():
                if whose != who:
                    continue
                walk.go(path.format(**keys))
                if place:
                    walk.tab.locator(place).first.scroll_into_view_if_needed()
                walk.tab.wait_for_timeout(400)
                written = small(walk.tab.screenshot())
                (FOLDER / f"{name}.png").write_bytes(written)
                sys.stdout.write(f"docs/pictures/{name}.png: {len(written) // 1000} kB\n")
            walk.context.close()
        browser.close()


def wait_for(url, process):
    """Until the site answers; it has SECONDS_TO_START."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            return urlopen(f"{url}/health/", timeout=5)
        except URLError:
            time.sleep(0.3)
    sys.exit("The site for the pictures did not start.")


def main():
    port = os.environ.get("PICTURES_PORT", "8399")
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        os.environ |= {"VAR": folder, "DATABASE_URL": "", "PORT": port, "SITE_URL": url, "WORKERS": "1"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "carsite.settings"}
        import django

        django.setup()
        keys = furnish()
        command = [sys.executable, "-m", "gunicorn", "--config", "carsite/server.py", "carsite.wsgi"]
        with open(Path(folder) / "log", "w") as log:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_for(url, process)
            take(url, keys)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
