"""The whole site as plain files: what `export_site` writes leads only to what is there."""

import json
import re
from html import unescape
from io import StringIO
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from carsite.copying import Copy
from carsite.keeping import Bar
from conftest import changed, encoded, hand
from publishing.models import Picture, say

LEADING = re.compile(r'<(?!link)[a-z]+ [^<>]*?(?:href|src)="([^"]*)"')


@pytest.fixture
def site(guide, make_article, asha, client):
    """The sample with a picture, a Hindi guide, and one that was taken down."""
    shown = Picture.take(
        encoded(Image.new("RGB", (900, 40), "green"), "PNG"), by=hand(asha), file_name="a.png", at=timezone.now()
    )
    say(shown, "nobody", by=hand(asha))
    tea = make_article("Tea")
    tea.publish(by=hand("Meena"), note="First")
    changed(guide, body=f"{guide.body}\n\n![Green](/media/{shown.name})\n\n[Tea](/articles/tea/)")
    make_article("खून की जाँच", language="hi").publish(by=hand("Meena"), note="First")
    tea.withdraw(by=hand("Meena"), note="Old", reason="out of date", text="Ask us.")
    return guide


def export(folder, **given):
    said = StringIO()
    call_command("export_site", str(folder), stdout=said, **given)
    return said.getvalue()


def led_to(folder, page):
    """(file, anchor) of each place in the copy that a page leads to; all else has to be an address of its own."""
    for found in LEADING.findall(page.read_text()):
        parts = urlsplit(unescape(found))
        if not parts.scheme:
            yield (page.parent / unquote(parts.path)).resolve() if parts.path else page, parts.fragment


def test_every_link_of_a_copy_leads_to_a_file_and_every_page_says_of_when_it_is(site, tmp_path):
    folder = tmp_path / "copy"
    assert "files in" in export(folder)
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 20 and folder / "hi" / "articles" / "खून-की-जाँच" / "index.html" in pages
    for page in pages:
        html = page.read_text()
        assert 'class="banner"' in html and "<form" not in html and "<script src" not in html, page
        assert html.count('<time datetime="') >= 2 and "\ue000" not in html and "manifest" not in html
        for file, anchor in led_to(folder, page):
            assert file.is_file(), (page, file)
            assert not anchor or f'id="{anchor}"' in file.read_text(), (page, file, anchor)
    page = (folder / "articles" / site.slug / "index.html").read_text()
    assert re.search(r'The code of this page: <b dir="ltr">\d+-2-[A-Z]{4}</b>', page)
    assert f'href="{settings.SITE_URL}/articles/{site.slug}/" rel="external"' in page and "handout" not in page
    assert 'src="../../media/' in page and "Ask us." in (folder / "articles" / "tea" / "index.html").read_text()
    assert f"../articles/{site.slug}/index.html" in (folder / "search" / "index.html").read_text()


class Stopped(Bar):
    def add(self, steps=1, of=""):
        super().add(steps, of)
        if self.done == 7:
            raise KeyboardInterrupt


def test_a_copy_that_was_stopped_goes_on_and_a_later_one_takes_away_what_is_gone(site, tmp_path):
    at = timezone.now()
    with pytest.raises(KeyboardInterrupt):
        Copy(tmp_path / "copy", at=at, days=30).make(Stopped(None))
    first = (tmp_path / "copy" / "index.html").stat().st_mtime_ns
    copy = Copy(tmp_path / "copy", at=timezone.now(), days=30)
    copy.make(Bar(None))
    assert copy.is_resumed and copy.at == at and (tmp_path / "copy" / "index.html").stat().st_mtime_ns == first
    whole = tmp_path / "copy" / "copy.json"
    whole.write_text(json.dumps({"files": ["faq/gone.html", "../kept.html"]}))
    gone, kept = (tmp_path / "copy" / "faq" / "gone.html"), (tmp_path / "kept.html")
    gone.touch(), kept.touch()
    changed(site, body="## What happens\n\nNothing.")
    export(tmp_path / "copy")
    page = (tmp_path / "copy" / "articles" / site.slug / "index.html").read_text()
    assert (
        not gone.exists() and kept.exists() and "Nothing." in page and not list((tmp_path / "copy").glob("copy.notes"))
    )
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").touch()
    with pytest.raises(CommandError, match="holds other files"):
        export(tmp_path / "other")
