"""The file of a picture is lost, then altered: the page stands, the night tells it, and the file sent again mends it."""

from __future__ import annotations

import subprocess
import sys

from bench.drills.ground import ROOT, Site
from bench.drills.visits import ask, serving

SHOW = """
import io
from django.utils import timezone
from PIL import Image
from articles.models import Article
from publishing.models import Hand, Picture
by, at, content = Hand.command("drill"), timezone.now(), io.BytesIO()
Image.new("RGB", (60, 60), "red").save(content, "PNG")
picture = Picture.take(content.getvalue(), by=by, file_name="arm.png", at=at)
if not Article.objects.filter(slug="arm").exists():
    article = Article(title="Arm", slug="arm", lead="A lead.", body=f"## Sling\\n\\n![Cloth under the arm](/media/{picture.name})")
    article.keep(by=by, at=at)
    article.publish(by=by, note="First")
print("name", picture.name)
"""


def night(site):
    """What verify_ledger --pages says where it does not hold, else nothing."""
    command = [sys.executable, "manage.py", "verify_ledger", "--pages"]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr if done.returncode else ""


def drill(folder):
    site = Site(folder / "site")
    site.furnish()
    name = site.do(SHOW).split("name ")[1].strip()
    file = site.folder / "media" / name
    whole = file.read_bytes()
    with serving(site) as base:
        picture, page = f"/media/{name}", "/articles/arm/"
        assert ask(base, picture)[0] == ask(base, page)[0] == 200 and not night(site)
        file.unlink()
        code, text, _took = ask(base, page)
        assert code == 200 and "Cloth under the arm" in text and ask(base, picture)[0] == 404
        assert ask(base, page + "history/")[0] == 200 and name[:8] in night(site), "a lost file is not told"
        site.do(SHOW)
        assert file.read_bytes() == whole and not night(site), "the same picture sent again mends nothing"
        file.write_bytes(whole[:-20] + b"altered, as it seems")
        assert ask(base, page)[0] == 200 and name[:8] in night(site), "an altered file is not told"
        file.unlink()
        site.do(SHOW)
        assert ask(base, picture)[0] == 200 and not night(site)
    return "lost and altered: the page stands with its words, the night names the file, the same file again mends it"
