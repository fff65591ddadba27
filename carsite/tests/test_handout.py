"""The printed guide: what stands in the PDF, and what a reader gets where none can be made."""

import io
import os
import re
import time
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from articles.models import Term
from carsite.reader import altered, asked, printing
from carsite.reader.paper.handout import HINDERED
from carsite.reader.parts import missing_parts
from carsite.reader.stored import key_of, tag_of
from conftest import changed, encoded, fewer, hand, two_coloured
from publishing.models import Picture, StoredPage, page_of

TEXT = """## جانچ

پیراسیٹامول 500 mg لیں۔

| دوا | مقدار |
| --- | ---: |
| Metformin | 500 mg |
"""
# In CI the Makefile installs what is needed, and a test that does not find it fails.
# They take turns at one lock; in one process none of them waits for another.
pytestmark = pytest.mark.xdist_group("printing")
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
    monkeypatch.setattr(printing, "PATIENT_SECONDS", 60.0)
    printing.RESTING.clear()
    HINDERED.clear()


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
def test_the_sample_of_a_new_site_takes_two_sheets_in_each_language_and_on_each_paper(
    db, client, monkeypatch, tmp_path
):
    monkeypatch.setattr(settings, "VAR", tmp_path)
    call_command("set_up", stdout=io.StringIO())
    for paper in fewer(("A4", "letter"), 1):
        monkeypatch.setattr(settings, "PAPER", paper)
        StoredPage.objects.all().delete()
        for language in ("", "/hi", "/es", "/ur"):
            content = client.get(f"{language}/articles/car-t-cell-therapy/handout.pdf").content
            pdf, kinds, _told = tagged(content)
            assert len(pdf.pages) == 2 and len(content) <= 100_000, (language, paper)
            assert {"L", "LI", "Figure"} <= set(kinds), language
    large = client.get("/ur/articles/car-t-cell-therapy/handout-large.pdf").content
    assert large.startswith(b"%PDF") and len(large) <= 100_000
    fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("Nastaliq-Urdu-Bold" in name for name in fonts)  # headings stand out in Urdu too


@printed
@pytest.mark.slow
def test_a_word_that_a_guide_explains_itself_is_not_explained_twice(make_article, client):
    for title, meaning in (("remission", "The illness may come back."), ("fever", "You are hot.")):
        word = Term(title=title, meaning=meaning)
        word.keep(by=hand("Asha"), at=timezone.now())
        word.publish(by=hand("Meena"), note="First")
    own = "## Words on this page\n\n- **Remission:** Fewer signs.\n- **CAR:** A part."
    guide = make_article(
        "Cells", body=f"Remission, fever.\n\n## Risks\n\n- **Fever:** Call us.\n- **Pain:** Rest.\n\n{own}"
    )
    guide.publish(by=hand("Meena"), note="First")
    sheet = pypdfium2.PdfDocument(client.get(f"{guide.get_absolute_url()}handout.pdf").content)
    text = sheet[0].get_textpage().get_text_range()
    assert "Fewer signs" in text and "may come back" not in text
    assert "Call us" in text and "You are hot" in text
    page = client.get(guide.get_absolute_url()).text  # neither on its page, where the text leads to its own list
    assert '<dfn><a href="#words-on-this-page">Remission</a></dfn>' in page and "may come back" not in page
    assert "You are hot" in page and page.count("<dfn") == 2


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


@printed
def test_what_cannot_be_printed_is_not_tried_at_each_request_until_it_changes(monkeypatch, tmp_path):
    # A folder of its own: the lock of the site's is held by whichever test prints beside this one.
    words = "<html lang=en><title>t</title>{}</html>"
    with monkeypatch.context() as hurried, pytest.raises(printing.Unprintable, match="too long"):
        hurried.setattr(printing, "SECONDS", 0.05)
        hurried.setattr(printing, "DEAR", 0.0)
        printing.pdf_of(words.format("One"), tmp_path)
    for is_patient in (False, True):
        with pytest.raises(printing.Unprintable, match="too long"):
            printing.pdf_of(words.format("One"), tmp_path, is_patient=is_patient)
    assert printing.pdf_of(words.format("Two"), tmp_path).startswith(b"%PDF")


@printed
def test_a_busy_machine_is_no_fault_of_a_guide_and_what_was_waited_for_lies_ready_soon(guide, client, monkeypatch):
    path = f"{guide.get_absolute_url()}handout.pdf"
    with monkeypatch.context() as hurried:
        hurried.setattr(printing, "SECONDS", 0.05)
        hurried.setattr(printing, "SETTLING", 0.0)
        for _reader in range(2):  # the second finds it resting, for seconds
            assert "the machine is busy" in str(instead(client, guide)) and path in HINDERED
    assert {rest for _until, _why, rest in printing.RESTING.values()} == {printing.SHORT_REST}
    asked.print_hindered()
    with monkeypatch.context() as hurried:
        hurried.setattr(printing, "SECONDS", 0.05)
        answer = client.get(path)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF") and not HINDERED


@printed
@pytest.mark.slow
def test_a_telephone_reads_the_square_code_off_the_paper(guide, client):
    sheet = pypdfium2.PdfDocument(client.get(f"{guide.get_absolute_url()}handout.pdf").content)
    (found,) = zxingcpp.read_barcodes(sheet[0].render(scale=2).to_pil())
    code = re.search(r"\d+-\d+-[A-Z]{4}", sheet[0].get_textpage().get_text_range())[0]
    assert found.text == f"{settings.SITE_URL}/h/{code}/"
    assert "Your sheet is current" in client.get(found.text.removeprefix(settings.SITE_URL)).text


@printed
@pytest.mark.slow
def test_a_picture_stands_on_the_sheet_with_its_words(make_article, client, at):
    shown = Picture.take(encoded(two_coloured(), "PNG"), by=hand("Asha"), file_name="arm.png", at=at)
    guide = make_article("Needles", body=f"## Needles\n\n![Where the needle goes](/media/{shown.name})")
    guide.publish(by=hand("Meena"), note="First")
    content = client.get(f"{guide.get_absolute_url()}handout.pdf").content
    pdf, kinds, told = tagged(content)
    assert "Where the needle goes" in told and kinds.count("Figure") == 2 and len(content) <= 100_000
    colours = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("RGB").getcolors(1_000_000)
    assert {(255, 0, 0), (0, 0, 255)} <= {tuple(round(part / 51) * 51 for part in one) for _count, one in colours}


@printed
def test_a_picture_that_cannot_be_read_just_now_stands_on_the_next_sheet(make_article, client, at):
    shown = Picture.take(encoded(two_coloured(), "PNG"), by=hand("Asha"), file_name="arm.png", at=at)
    guide = make_article("Needles", body=f"## Needles\n\n![Where the needle goes](/media/{shown.name})")
    guide.publish(by=hand("Meena"), note="First")
    files = list(Path(settings.MEDIA_ROOT).iterdir())
    for file in files:
        file.rename(file.with_suffix(".away"))
    without = client.get(f"{guide.get_absolute_url()}handout.pdf").content
    for file in files:
        file.with_suffix(".away").rename(file)
    whole = client.get(f"{guide.get_absolute_url()}handout.pdf").content
    assert [tagged(one)[1].count("Figure") for one in (without, whole)] == [1, 2]
    assert "[Where the needle goes]" in pypdfium2.PdfDocument(without)[0].get_textpage().get_text_bounded()


def sizes(content):
    """The sizes of type on the sheets, in points, each with how many letters have it."""
    found = Counter()
    for sheet in pypdfium2.PdfDocument(content):
        page = sheet.get_textpage()
        found.update(round(0.75 * pypdfium2.raw.FPDFText_GetFontSize(page, at), 1) for at in range(page.count_chars()))
    return found


@printed
@pytest.mark.slow
def test_type_is_small_only_where_that_saves_a_sheet(make_article, client):
    given = {}
    for count in (3, 17, 60):
        guide = make_article(
            f"Of {count} parts", body="## Rest\n\nRest well and drink enough water each day.\n\n" * count
        )
        guide.publish(by=hand("Meena"), note="First")
        content = client.get(f"{guide.get_absolute_url()}handout.pdf").content
        (size, _letters), *_others = sizes(content).most_common(1)
        given[count] = size, len(pypdfium2.PdfDocument(content))
    assert given[3] == (12, 1) and given[17][0] >= 10 and given[17][1] == 2
    assert given[60][0] == 11 and given[60][1] > 2


@printed
@pytest.mark.slow
def test_no_word_of_nastaliq_stands_beyond_the_margin_or_leaves_a_gap(make_article, client):
    guide = make_article(
        "وقت", language="ur", slug="waqt", lead="ایک علاج۔", body="عام طور پر اس میں چند ہفتے لگتے ہیں۔"
    )
    guide.publish(by=hand("Meena"), note="First")
    sheet = pypdfium2.PdfDocument(client.get("/ur/articles/waqt/handout.pdf").content)[0]
    dark = sheet.render(scale=3, grayscale=True).to_pil().point(lambda sign: 255 * (sign < 128))
    assert dark.getbbox()[2] <= (sheet.get_width() - 10 * 72 / 25.4) * 3  # the margin is 11 mm


@printed
@pytest.mark.slow
def test_words_of_both_directions_stand_in_their_order(make_article, client):
    text = "یہ CAR T-سیل علاج ہے۔\n\nپھر 2-3 دن بعد آئیں۔"
    guide = make_article("علاج", language="ur", slug="ilaj", lead="ایک علاج۔", body=text)
    guide.publish(by=hand("Meena"), note="First")
    page = pypdfium2.PdfDocument(client.get("/ur/articles/ilaj/handout.pdf").content)[0].get_textpage()
    placed = [(page.get_text_range(at, 1), *page.get_charbox(at)) for at in range(page.count_chars())]
    signs = "".join(sign for sign, *_box in placed)
    left, low = placed[signs.index("CAR")][1:3]
    (tail,) = [one for one in placed if one[0] == "T" and abs(one[2] - low) < 3]
    assert left < tail[1]  # CAR T, not T CAR
    two = placed[signs.index("2-3")]
    same_line = [one for one in placed if "\u0600" <= one[0] <= "\u06ff" and abs(one[2] - two[2]) < 12]
    assert sum(one[1] < two[1] for one in same_line) > sum(one[1] > two[1] for one in same_line)  # 2-3 before its days


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
    with printing.alone(settings.VAR / "printing.lock", time.monotonic() + 60):
        assert "others are printed first" in str(instead(client, guide))
    monkeypatch.setattr(printing, "SECONDS", 60.0)
    changed(guide, lead="ரத்தம்")
    assert "no font of ours" in str(instead(client, guide))
    path = f"{guide.address()}handout.pdf"
    seq, at = StoredPage.head()
    forged = {"http": 200, "content_type": "application/pdf", "location": "", "identity": b"%PDF-1.4 Take 40 tablets."}
    page_of(key_of(path, ""), seq, at, {guide.name}, etag=tag_of(forged["identity"]), **forged).put()
    assert f"the stored page {path} is not what the site makes" in list(altered())


def test_a_withdrawn_guide_has_no_sheet_and_an_old_address_leads_on(make_article, client):
    guide = make_article()
    guide.publish(by=hand("Meena"), note="First")
    changed(guide, slug="moved")
    answer = client.get("/articles/having-a-blood-test/handout.pdf")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/moved/handout.pdf")
    guide.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert client.get("/articles/moved/handout.pdf").status_code == 410
    assert client.get("/articles/nothing/handout.pdf").status_code == 404
