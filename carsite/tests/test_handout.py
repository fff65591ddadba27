"""The printed guide: what stands in the PDF, and what a reader gets where none can be made."""

import io
import os
import time

import pikepdf
import pytest
from django.conf import settings

from carsite.reader import altered, printing
from carsite.reader.parts import missing_parts
from conftest import changed, hand
from publishing.models import StoredPage

TEXT = """## جانچ

پیراسیٹامول 500 mg لیں۔

| دوا | مقدار |
| --- | ---: |
| Metformin | 500 mg |
"""
# In CI the Makefile installs what is needed, and a test that does not find it fails.
printed = pytest.mark.skipif(bool(printing.missing()) and os.environ.get("CI") != "true", reason="no pango here")


def tagged(content):
    """(the PDF, the kinds of its tags in reading order, the words for what is not text)."""
    pdf = pikepdf.open(io.BytesIO(content))
    kinds, told = [], []

    def walk(node):
        for one in node.get("/K", []) if isinstance(node.get("/K", []), pikepdf.Array) else [node["/K"]]:
            if isinstance(one, pikepdf.Dictionary) and "/S" in one:
                kinds.append(str(one["/S"]).strip("/"))
                told.extend(str(one["/Alt"]) for _ in "1" if "/Alt" in one)
                walk(one)

    walk(pdf.Root.StructTreeRoot)
    return pdf, kinds, told


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """A reader waits five seconds; where all tests run at once, a print takes longer."""
    monkeypatch.setattr(printing, "SECONDS", 60.0)


@printed
@pytest.mark.slow
def test_the_sample_is_two_tagged_sheets_made_once(guide, client):
    path = f"{guide.get_absolute_url()}handout.pdf"
    assert f'href="{path}"' in client.get(guide.get_absolute_url()).text
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf") and len(answer.content) <= 100_000
    pdf, kinds, told = tagged(answer.content)
    assert len(pdf.pages) == 2 and [float(side) for side in pdf.pages[0].MediaBox[2:]] == pytest.approx(
        [595, 842], abs=1
    )
    assert str(pdf.Root.Lang) == "en" and bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.docinfo["/Title"]) == guide.title
    headings = [kind for kind in kinds if kind in ("H1", "H2", "H3", "H4")]
    assert headings[0] == "H1" and headings.count("H1") == 1 and headings.count("H2") > 6
    assert {"L", "LI", "LBody", "P", "Figure"} <= set(kinds) and told == [
        "Square pattern that leads to the newest guide"
    ]
    row = StoredPage.objects.get(key__endswith="handout.pdf")
    assert bytes(row.identity) == answer.content == client.get(path).content
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert not answer.cookies and "stale-if-error" in answer["Cache-Control"]
    assert [said for said in altered() if "handout" in said] == []  # made again, it is the same to the byte


@printed
@pytest.mark.slow
def test_urdu_has_its_letters_its_table_heads_and_large_print(make_article, client, monkeypatch):
    guide = make_article("خون کی جانچ", language="ur", slug="khoon", lead="ایک جانچ۔", body=TEXT)
    guide.publish(by=hand("Meena"), note="First")
    monkeypatch.setattr(settings, "PAPER", "letter")
    answer = client.get("/ur/articles/khoon/handout-large.pdf")
    pdf, kinds, _told = tagged(answer.content)
    assert answer.status_code == 200 and len(answer.content) <= 100_000 and str(pdf.Root.Lang) == "ur"
    assert kinds.count("TH") == 3 and kinds.index("H1") < kinds.index("Table")
    assert [float(side) for side in pdf.pages[0].MediaBox[2:]] == pytest.approx([612, 792], abs=1)
    fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("Nastaliq" in name for name in fonts) and all("+Noto" in name for name in fonts)
    assert all(
        "/FontFile2" in font.DescendantFonts[0].FontDescriptor or "/FontFile3" in font.DescendantFonts[0].FontDescriptor
        for page in pdf.pages
        for font in page.Resources.Font.values()
    )


@printed
def test_a_print_loads_nothing_from_the_disk_or_the_net():
    html = '<link rel="attachment" href="file:///etc/passwd"><img src="http://127.0.0.1:1/x.png" alt="a">Words'
    pdf = pikepdf.open(io.BytesIO(printing.pdf_of(f"<html lang=en><title>t</title>{html}</html>", settings.VAR)))
    assert b"root:" not in b"".join(bytes(one.read_bytes()) for one in pdf.objects if isinstance(one, pikepdf.Stream))


def instead(client, guide):
    answer = client.get(f"{guide.get_absolute_url()}handout.pdf")
    assert answer.status_code == 503 and "Share or Menu, then Print" in answer.text
    assert not StoredPage.objects.filter(key__endswith=".pdf").exists()
    return answer.context["why"]


def test_where_parts_of_the_system_are_missing_the_page_offers_the_browsers_print(guide, client, monkeypatch):
    monkeypatch.setattr(printing, "missing_parts", lambda: missing_parts({"libpango-1.0-0": ("nothing.so",)}))
    printing.missing.cache_clear()
    try:
        page = client.get(guide.get_absolute_url()).text
        assert "Share or Menu, then Print" in page and "handout" not in page
        assert "sudo apt-get install libpango-1.0-0" in str(instead(client, guide))
        assert "libpango-1.0-0" in client.get("/health/").json()["printing"]
    finally:
        printing.missing.cache_clear()


@printed
def test_a_reader_waits_a_moment_at_most_and_letters_without_a_font_are_not_boxes(guide, client, monkeypatch):
    monkeypatch.setattr(printing, "SECONDS", 0.6)
    with printing.alone(settings.VAR / "printing.lock", time.monotonic() + 1):
        assert "others are printed first" in str(instead(client, guide))
    monkeypatch.setattr(printing, "SECONDS", 60.0)
    changed(guide, lead="ரத்தம்")
    assert "no font of ours" in str(instead(client, guide))


def test_a_withdrawn_guide_has_no_sheet_and_an_old_address_leads_on(make_article, client):
    guide = make_article()
    guide.publish(by=hand("Meena"), note="First")
    changed(guide, slug="moved")
    answer = client.get("/articles/having-a-blood-test/handout.pdf")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/moved/handout.pdf")
    guide.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert client.get("/articles/moved/handout.pdf").status_code == 410
    assert client.get("/articles/nothing/handout.pdf").status_code == 404
