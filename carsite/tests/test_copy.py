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

from articles.models import ArticleEdition, Term
from carsite.copying import Copy
from carsite.copying.places import Leading
from carsite.keeping import Bar
from conftest import changed, edit, encoded, hand
from publishing.models import Frame, Line, Picture, say
from publishing.record import code_of_copy

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


@pytest.mark.parametrize("address", ["https://[ward].org", "http://[x", "https://ex℀mple.org/"])
def test_what_is_no_address_stands_in_the_copy_as_it_stands_on_the_page(address):
    html = f'<p><a href="{address}">the ward</a></p>'
    assert Leading("/articles/tea/", "articles/tea/index.html", "https://clinic.example", bool).rewritten(html) == html


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
        assert re.search(r'rel="external" dir="ltr"><b>\d+-\d+-[A-Z]{4}</b></a>', html), page
        assert html.count('<time datetime="') >= 2 and "\ue000" not in html and "manifest" not in html
        for file, anchor in led_to(folder, page):
            assert file.is_file(), (page, file)
            assert not anchor or f'id="{anchor}"' in file.read_text(), (page, file, anchor)
    page = (folder / "articles" / site.slug / "index.html").read_text()
    assert re.search(r"The code of this page: <a [^>]+><b>\d+-2-[A-Z]{4}</b>", page)
    assert f'href="{settings.SITE_URL}/articles/{site.slug}/" rel="external"' in page and "handout" not in page
    assert 'src="../../media/' in page and "Ask us." in (folder / "articles" / "tea" / "index.html").read_text()
    assert f"../articles/{site.slug}/index.html" in (folder / "search" / "index.html").read_text()


def test_the_code_of_a_copy_says_what_has_changed_since(site, client, later, tmp_path):
    folder = tmp_path / "copy"
    export(folder)
    code = json.loads((folder / "copy.json").read_text())["code"]
    pages = [folder / "index.html", folder / "hi" / "index.html", folder / "faq" / "index.html"]
    assert all(f"h/{code}/" in page.read_text() for page in pages) and code.startswith("0-")
    assert "Your copy is current" in client.get(f"/h/{code}/").text
    assert client.get("/h/", {"code": code.lower().replace("-", " ")})["Location"] == f"/h/{code}/"
    slip = code[:-1] + ("B" if code[-1] != "B" else "C")
    assert all(client.get(f"/h/{one}/").status_code == 404 for one in (slip, "0-99999-BBBB", "0-0-BBBB"))
    changed(site, body="## What happens\n\nNothing.")
    hindi = ArticleEdition.objects.live(timezone.now()).get(language="hi").work
    hindi.withdraw(by=hand("Meena"), note="Dose", reason="unsafe", text="Stop.")
    said = client.get(f"/h/{code}/").text
    gone, _heading, new = said.partition("New, or changed since")
    assert (
        "not current any more" in said and "खून की जाँच" in gone and site.get_absolute_url() in new and "Tea" not in said
    )
    assert "What stands around" not in said
    frame = Frame(pk=1, clinic="Our Clinic", emergency_number="108", emergency_label="Call 108")
    frame.keep(by=hand("Omar"), at=timezone.now())
    frame.publish(by=hand("Omar"), note="First")
    assert "What stands around every guide has changed too" in client.get(f"/h/{code}/").text
    export(folder)
    assert json.loads((folder / "copy.json").read_text())["code"] != code


def test_the_code_of_a_copy_tells_of_words_that_are_explained_otherwise_since(site, client, tmp_path):
    words = [Term(title=title, meaning="One drop is 5 mg.") for title in ("drops", "pulse", "spoon")]
    for one in words[:2]:
        one.keep(by=hand("Asha"), at=timezone.now())
        one.publish(by=hand("Meena"), note="First")
    address = f"/h/{code_of_copy(Line.objects.head())}/"
    words[2].keep(by=hand("Asha"), at=timezone.now())
    words[2].publish(by=hand("Meena"), note="New since, so no copy explains it otherwise")
    assert "Your copy is current" in client.get(address).text
    changed(words[0], meaning="One drop is 1 mg.")
    said = client.get(address).text
    assert "not current any more" in said and "explained otherwise" in said and "all guides say" not in said
    assert words[0].address() in said and "pulse" not in said and "spoon" not in said
    words[1].withdraw(by=hand("Meena"), note="Dose", reason="unsafe")
    assert words[1].address() in client.get(address).text


def test_the_code_of_a_copy_tells_of_questions_without_a_guide_and_of_guides_that_lost_one(site, make_entry, client):
    alone, of_guide = make_entry("How long does it take?"), make_entry("May I eat?", article=site)
    for one in (alone, of_guide):
        one.publish(by=hand("Meena"), note="First")
    address = f"/h/{code_of_copy(Line.objects.head())}/"
    assert "Your copy is current" in client.get(address).text
    changed(alone, answer="A day.")
    said = client.get(address).text
    assert "not current any more" in said and alone.address() in said and "How long does it take?" in said
    assert site.address() not in said
    changed(of_guide, article=None)
    edit(site, "Asha", title="Not yet published")
    said = client.get(address).text
    assert site.address() in said and "Not yet" not in said and "(edition" not in said
    alone.withdraw(by=hand("Meena"), note="Old", reason="unsafe")
    assert "do not follow these" in client.get(address).text.partition(alone.address())[0]


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
