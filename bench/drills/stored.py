"""A small stored site of this release, for the releases that follow: python -m bench.drills.stored [FOLDER]

Run once when a release is tagged; its file is kept in bench/releases, where the drill `upgraded` finds it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from bench.drills.ground import ROOT, Site

RELEASES = ROOT / "bench" / "releases"
# Something of each kind, in each state that a text can be in.
FILL = """
import datetime, io
from django.contrib.auth.models import Group, User
from django.utils import timezone
from PIL import Image
from articles.models import Article
from faq.models import Entry
from publishing.models import Hand, Picture
by, at, content = Hand.command("stored"), timezone.now(), io.BytesIO()
Image.new("RGB", (60, 60), "red").save(content, "PNG")
picture = Picture.take(content.getvalue(), by=by, file_name="arm.png", at=at)
person = User.objects.get(username="reviewer")

def guide(slug, publish=True, **given):
    article = Article(slug=slug, **{"title": f"About {slug}", "lead": "A lead.", "body": "A nurse comes."} | given)
    article.keep(by=by, at=timezone.now())
    publish and article.publish(by=by, note="First")
    return article

def again(article, **given):
    for name, value in given.items():
        setattr(article, name, value)
    article.keep(by=by, at=timezone.now())
    return article

arm = guide("arm", publish=False, body=f"## Sling\\n\\n![Cloth under the arm](/media/{picture.name})\\n\\nRest.")
entry = Entry(question="Does it hurt?", answer="A little.", article=arm)
entry.keep(by=by, at=at)
entry.publish(by=by, note="First")
arm.publish(by=by, note="First")
again(arm, lead="A kind lead.").publish(by=by, note="Kinder")
arm.review(by=Hand.of(person), result="fit", text_digest=arm.freeze().text_digest, reviewer_name="Dr Nila Rao",
           credential="haematologist", next_due_on=timezone.localdate() + datetime.timedelta(days=3600))
def by_person(article):
    ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    by = Hand.of(User.objects.get(username="publisher"))
    article.publish(by=by, note="Another address", emergency="Stored", ticks=ticks)

guide("gone").withdraw(by=by, note="Wrong", reason="unsafe")
by_person(again(guide("old-name"), slug="new-name"))
soon = again(guide("soon"), lead="A later lead.")
soon.publish(by=by, note="Later", at=timezone.now() + datetime.timedelta(days=3600))
again(guide("edited"), body="A nurse came, and is still writing.")
guide("draft", publish=False)
guide("hindi", title="\u0930\u0915\u094d\u0924", language="hi", lead="\u0930\u0915\u094d\u0924", body="\u0930\u0915\u094d\u0924")
"""
# What has to be the same afterwards: each edition, what patients read of each, and whether each address answers.
TELL = """
import json, re
from django.test import Client
from django.utils import timezone
from publishing.models import Line, Picture, kinds
client, at, told = Client(SERVER_NAME="127.0.0.1"), timezone.now(), {"texts": {}, "pages": {}}
words = lambda html: re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.S).split()
for model in kinds.editions():
    for one in model.objects.order_by("pk"):
        told["texts"][f"{model._meta.label}/{one.pk}"] = [one.page_digest, getattr(one, "html", "")]
places = lambda path: re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", client.get(path).text)
found = {page for one in places("/sitemap.xml") for page in places(one.replace("&amp;", "&"))}
found |= {"/", "/articles/", "/faq/", "/new/", "/feed/", "/search/?q=nurse"}
found |= {f"/articles/{slug}/" for slug in "arm gone old-name new-name soon edited draft".split()} | {"/hi/articles/hindi/"}
found |= {"/articles/arm/history/", "/articles/arm/history/1/", f"/media/{Picture.objects.first().name}"}
for path in sorted(found):
    answer = client.get(path)
    is_page = not answer.streaming and "html" in answer["Content-Type"]
    main = re.search(r"<main.*</main>", answer.text, re.S) if is_page else None
    told["pages"][path] = [answer.status_code, words(main[0]) if main else []]
head = Line.objects.order_by("-seq").first()
told["head"] = f"{head.seq}:{head.hash}"
print("told", json.dumps(told))
"""


def told_of(site):
    return json.loads(site.do(TELL).split("told ", 1)[1])


def make(folder, file):
    """Fill a new site in a folder, and store it with what it says in one file."""
    site = Site(folder / "stored")
    site.furnish()
    site.do(FILL)
    # Before any page is made and stored in it, which would make it five times as large.
    with closing(sqlite3.connect(site.folder / "site.sqlite3")) as database:
        database.execute("VACUUM INTO ?", [str(folder / "site.sqlite3")])
    told = told_of(site) | {"release": site.do('from carsite import VERSION; print("is", VERSION)').split("is ")[1].strip()}
    answers = [told["pages"][f"/articles/{slug}/"][0] for slug in ("arm", "gone", "old-name", "draft")]
    assert answers == [200, 410, 301, 404] and len(told["pages"]) > 40, (answers, len(told["pages"]))
    (folder / "told.json").write_text(json.dumps(told))
    with tarfile.open(file, "w:xz") as packed:
        packed.add(folder / "site.sqlite3", "site.sqlite3")
        packed.add(site.folder / "media", "media")
        packed.add(folder / "told.json", "told.json")
    return told["release"]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        target = Path(sys.argv[1]) if sys.argv[1:] else RELEASES
        target.mkdir(exist_ok=True)
        release = make(Path(place), target / "made.tar.xz")
        (target / "made.tar.xz").rename(target / f"{release}.tar.xz")
