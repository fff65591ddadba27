"""Folders, zips and exports brought in: what tells files apart, what is passed over, and what is never published."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from articles import sources
from articles.models import Article, Intake
from articles.sources.files import parse
from articles.sources.gathering import archives, wordpress
from articles.tests.papers import docx, p
from conftest import hand
from publishing.models import Picture

CARE = "# {}\n\nWhat you should do at home with it.\n\n## At home\n\nKeep it dry and rest the arm. {}\n"


@pytest.fixture
def folder(tmp_path):
    def put(**files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return put


def brought(capsys, *paths, **options):
    """What the command says of them, whether or not a person is needed."""
    try:
        call_command("import_articles", *paths, **{"publish": True} | options)
    except CommandError as why:
        said = capsys.readouterr()
        return f"{said.out}{said.err}{why}"
    said = capsys.readouterr()
    return said.out + said.err


def published():
    return sorted(one.title for one in Article.objects.all() if one.editions.exists())


def test_what_is_passed_over_is_listed_with_its_reason(folder, db, capsys):
    said = brought(
        capsys,
        folder(**{
            "sling.md": CARE.format("Your sling", ""), "README.md": CARE.format("About", ""), ".git/x.md": "x",
            "old.pdf": "x", "old.doc": "x", "~$sling.docx": "x", "photo.png": "x",
        }),
    )  # fmt: skip
    for words in ("README.md: left alone", ".git/x.md: left alone\n  It is hidden", "old.pdf: not taken in\n  A PDF has lost",
                  "save it as .docx", "Word left it there", "a picture is taken with the text that shows it".capitalize()):  # fmt: skip
        assert words in said
    assert published() == ["Your sling"] and "2 of 3 files need a person" in said


def test_nothing_outside_a_zip_is_read_or_written(folder, db, capsys):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("../out.md", CARE.format("Outside", ""))
        made.writestr("C:\\x\\drive.md", CARE.format("Drive", ""))
        made.writestr("hi/sling.md", "# स्लिंग\n\nइसे घर पर सूखा रखें और हाथ को आराम दें।\n\n## घर पर\n\nहाथ न उठाएँ।\n")
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/hostname")
    said = brought(capsys, folder(**{"leaflets.zip": file.getvalue()}) / "leaflets.zip")
    assert "../out.md: not taken in" in said and "drive.md: not taken in" in said
    assert "link.md: not taken in\n  It leads to another file" in said
    assert list(Article.objects.values_list("title", "language")) == [("स्लिंग", "hi")]


def test_a_zip_that_unpacks_to_far_more_is_refused_whole(folder, db, capsys):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("sling.md", CARE.format("Sling", ""))
        made.writestr("big.md", b" " * 3_000_000)
    assert "unpacks to far more" in brought(capsys, folder(**{"l.zip": file.getvalue()}) / "l.zip")
    assert not Article.objects.exists()


def packed(way, folders=0):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as made:
        made.writestr("sling.md", CARE.format("Sling", "") * 20)
        for number in range(folders):
            made.writestr(f"{number}/", "")
    return file.getvalue()


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_gets_a_sentence_however_it_was_packed(way, folder, db, capsys):
    whole = packed(way)
    begins, ends = whole.index(b"sling.md") + 8, whole.index(b"PK\x01\x02")
    for place in range(begins + 9, ends, 7):  # behind the version of LZMA, which nobody reads
        hurt = bytearray(whole)
        hurt[place] ^= 0xFF
        said = brought(capsys, folder(**{"leaflets.zip": bytes(hurt)}) / "leaflets.zip")
        assert "damaged" in said, place
    assert not Article.objects.exists()


def test_a_zip_is_refused_by_its_list_before_that_is_read(folder, db, capsys, monkeypatch):
    many = folder(**{"leaflets.zip": packed(zipfile.ZIP_DEFLATED, folders=900)}) / "leaflets.zip"
    monkeypatch.setattr(archives, "MOST_MEMBERS", 10)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _zip: pytest.fail("its members were listed"))
    assert "holds too many files" in brought(capsys, many)


def test_ten_thousand_posts_of_one_name_are_not_ten_thousand_times_counted_through():
    item = "<item><title>A</title></item>"
    names = [one.name for one in wordpress.posts_in(WXR.format(item * 10_000).encode(), "x.xml")]
    assert names[:3] == ["x.xml/A", "x.xml/A-2", "x.xml/A-3"] and len(set(names)) == 10_000


def test_an_export_of_more_parts_than_a_site_has_is_refused_while_it_is_read(monkeypatch):
    monkeypatch.setattr(wordpress, "MOST_ELEMENTS", 100)
    with pytest.raises(sources.Unreadable, match="more parts than any site"):
        wordpress.posts_in(WXR.format("<a/>" * 200).encode(), "x.xml")


WXR = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>{}
</channel></rss>"""
ITEM = """<item><title>{0}</title><link>https://old.example.org/care/{1}/</link><content:encoded><![CDATA[{2}]]></content:encoded>
<wp:post_name>{1}</wp:post_name><wp:status>{3}</wp:status><wp:post_type>{4}</wp:post_type>
<wp:post_password>{5}</wp:post_password></item>"""


def test_an_export_gives_what_was_public_and_old_addresses_lead_on(folder, client, db, capsys):
    text = "You should rest it for a day.\n\nThen walk a little. <h2>Call us</h2>\nIf you have a fever."
    items = [("Your knee", "knee", text, "publish", "page", ""), ("Locked", "l", text, "publish", "page", "x")]
    items += [("Bin", "b", text, "trash", "post", ""), ("Form", "f", f"{text}\n\n[form id=4]", "publish", "post", "")]
    export = WXR.format("".join(ITEM.format(*one) for one in items))
    export = export.replace("https://old.example.org/care/l/", "http://[old]/l/")
    export = export.replace("https://old.example.org/care/f/", "http://[old]/f/")
    table = "old,new\n/x.php?id=7,knee\n/y.htm,nobody\nhttp://[old]/x,knee\n"
    said = brought(capsys, folder(**{"export.xml": export, "old.csv": table}))
    assert "line 4: “http://[old]/x” is no address of a page" in said
    assert published() == ["Your knee"]
    assert "It is kept by a password there" in said and "It is in the bin there" in said
    assert "“[form id=4]” is a shortcode" in said and "there is no guide “nobody”" in said
    body = Article.objects.get(title="Your knee")
    assert (body.lead, body.body.startswith("Then walk")) == ("You should rest it for a day.", True)
    for old in ("/care/knee/", "/CARE/knee", "/x.php?id=7"):
        assert client.get(old).headers["Location"] == "/articles/knee/"
    assert client.get("/y.htm").status_code == 404


def test_keys_of_other_tools_are_taken_or_told_once_over_the_folder(folder, db, capsys):
    hugo = '+++\ntitle = "Sling"\ndate = 2025-02-11T09:30:00+05:30\nauthors = ["Mira Rao"]\nweight = 3\n+++\n'
    jekyll = "---\nlayout: page\ntitle: Plaster\nexcerpt: Keep it dry at home.\nlang: en-GB\nweight: 2\n---\n"
    draft = "---\ntitle: Knee\nstatus: draft\n---\n"
    rest = "## At home\n\nKeep it dry and rest the arm.\n"
    said = brought(
        capsys,
        folder(**{"a.md": hugo + rest, "b.md": jekyll + rest + "\nMore of it.\n", "c.md": draft + rest + "\nLess.\n"}),
    )
    assert "weight (line 5: “3”)" in said and "layout (line 2: “page”), weight (line 6: “2”)" in said
    assert "in how many files: weight (2), layout (1)." in said and "“status: draft”: it was not public" in said
    sling, plaster = Article.objects.get(title="Sling"), Article.objects.get(title="Plaster")
    assert (str(sling.published_on), sling.uploaded_by) == ("2025-02-11", "Mira Rao")
    assert (plaster.lead, plaster.language, published()) == ("Keep it dry at home.", "en", [])


SPANISH = "# La rodilla\n\nLea esto en casa con su familia.\n\n## En casa\n\nNo se bañe los primeros días y lávese las manos.\n"


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("x.md", CARE.format("Sling", ""), "en"),
        ("x.md", SPANISH, "es"),
        ("x.md", "# हात\n\nहे घरी वाचा आणि तुम्ही विश्रांती घ्या.\n\n## घरी\n\nहात कोरडा ठेवा आणि नंतर धुवा.\n", "mr"),
        ("x.md", "# ہاتھ\n\nیہ گھر پر پڑھیں اور آرام کریں۔\n\n## گھر پر\n\nاسے خشک رکھیں اور نہ اٹھائیں۔\n", "ur"),
        ("ta/x.md", CARE.format("Sling", ""), "ta"),
        ("fr/x.es.md", SPANISH, "es"),
        ("hindi/index.md", "# हाथ\n\nघर पर।\n\n## आराम\n\nसूखा।\n", "hi"),
    ],
)
def test_the_language_is_told_by_place_letters_and_words(name, text, language):
    source = parse(text, name=name)
    assert source.language == language
    assert bool(source.doubts) == (language == "ta")  # its letters are those of another


def test_a_language_that_cannot_be_told_is_asked(folder, db, capsys):
    unknown = "# Bilo kaj\n\nPreberite ta list doma preden odstranite povoj.\n\n## Doma\n\nRoke si vedno umijte.\n"
    other = "---\nlang: sw-KE\n---\n" + CARE.format("Goti", "")
    said = brought(capsys, folder(**{"x.md": unknown, "y.md": other}))
    assert "the language cannot be told" in said and "with English words around it" in said
    assert published() == ["Goti"]


def test_pictures_are_taken_from_beside_the_file(folder, db, capsys):
    file = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(file, "PNG")
    text = CARE.format(
        "Sling", "\n\n![Cloth under the arm](../img/arm.png)\n\n![Gone](../img/gone.png)\n\n![Out](../../x.png)"
    )
    said = brought(capsys, folder(**{"en/x.md": text, "img/arm.png": file.getvalue()}))
    name = Picture.objects.get().name
    assert f"![Cloth under the arm](/media/{name})" in Article.objects.get().body
    assert Picture.objects.get().alt_text == "Cloth under the arm"
    assert "“../img/gone.png” is not here" in said and "“../../x.png” is not here" in said


def test_what_is_not_fit_yet_comes_in_and_waits(folder, db, capsys):
    asked = "# Sling\n\nYou should read it.\n\n## Questions\n\n**May I swim?**\n\nNo. Take it off first.\n"
    said = brought(capsys, folder(**{"a.md": asked, "b.md": CARE.format("Cast", "")}))
    assert "Left unpublished. The text is empty." in said and published() == ["Cast"]
    assert Article.objects.get(title="Sling").entry_set.get().question == "May I swim?"


def test_a_renamed_file_is_offered_as_the_guide_it_was(folder, db, capsys):
    path = folder(**{"a.md": CARE.format("Sling", "")})
    brought(capsys, path)
    (path / "a.md").rename(path / "b.md")
    assert "a.md: looks renamed" not in (said := brought(capsys, path)) and "b.md: looks renamed" in said
    brought(capsys, path, renamed=True)
    assert Intake.objects.get().file_name == "b.md"


def test_html_and_signs_in_markdown_become_ours():
    text = CARE.format(
        "Sling", "<!-- not for print -->\n\n<div class=x>\n<h3>Call us</h3>\n<ul><li>it bleeds</ul>\n</div>\n"
    )
    text += "\nTwo<sup>2</sup> words.<br>More.\n\nDo not:\n• swim\n• drive\n\n✓ soup\n✗ nuts\n\n```\n<b>• as typed</b>\n```\n"
    source = parse(text, name="x.md")
    assert "### Call us\n\n- it bleeds" in source.body and "not for print" not in source.body
    assert "Two² words.  \nMore." in source.body and "Do not:\n\n- swim\n- drive" in source.body
    assert "- ✓ soup\n- ✗ nuts" in source.body and "<b>• as typed</b>" in source.body
    assert "line 7: a comment is left out: “not for print”" in map(str, source.doubts)


def test_the_report_says_it_for_machines(folder, tmp_path_factory, db, capsys):
    report = tmp_path_factory.mktemp("out") / "report.json"
    brought(capsys, folder(**{"a.md": CARE.format("Sling", ""), "b.pdf": "x"}), report=str(report))
    told = json.loads(report.read_text())
    assert told["results"] == {"imported and published": 1, "not taken in": 1} and told["need_a_person"] == 1
    assert {one["file"] for one in told["files"]} == {"a.md", "b.pdf"}


def test_the_old_number_of_a_leaflet_is_found_by_the_search(folder, client, db, capsys):
    word = docx(
        p("Your sling", "T"),
        p("At home", "H"),
        p("You should keep it dry and rest the arm at home."),
        footer1=p("Ref: ARM-0815"),
    )
    brought(capsys, folder(**{"a.docx": word}))
    article = Article.objects.get()
    assert (article.leaflet_number, published()) == ("ARM-0815", [])
    article.publish(by=hand("Asha"), note="Looked at")
    assert "Your sling" in client.get("/search/?q=ARM-0815").text


def test_files_of_one_name_in_two_languages_are_a_guide_and_its_translation(folder, db, capsys):
    hindi = "# घुटने की देखभाल\n\nइसे घर पर पढ़ें।\n\n## घर पर\n\nघुटने को आराम दें और दिन में तीन बार मोड़ें।\n"
    english = CARE.format("Your knee", "")
    place = folder(**{"hi/care.md": hindi, "en/care.md": english, "knee.es.md": SPANISH})
    said = brought(capsys, place)
    assert "Taken as the translation of “Your knee”: en/care.md has the same name" in said
    knee, other = Article.objects.get(title="Your knee"), Article.objects.get(language="hi")
    assert other.original == knee and other.translated == knee.editions.get()
    assert Article.objects.get(language="es").original is None  # nothing of that name is there yet
    (place / "knee.md").write_text(english.replace("knee", "other knee"))
    (place / "knee.es.md").write_text(SPANISH.replace("casa", "su casa"))
    brought(capsys, place)
    assert Article.objects.get(language="es").original == Article.objects.get(title="Your other knee")
    # Staff know better: what they took away stays so.
    Article.objects.filter(language="hi").update(original=None, translated=None)
    (place / "hi/care.md").write_text(hindi.replace("तीन", "चार"))
    brought(capsys, place)
    assert Article.objects.get(language="hi").original is None


def test_old_addresses_in_front_matter_lead_to_the_guide(folder, client, db, capsys):
    front = "title: Your sling\nredirect_from: [/2019/sling.html, /arm/]\npermalink: /care/sling/\naliases: Arm sling\n"
    said = brought(
        capsys, folder(**{"a.md": f"---\n{front}url: /:year/:title/\n---\nRest.\n\n## At home\n\nRest it.\n"})
    )
    assert "aliases (line 5: “Arm sling”), url (line 6: “/:year/:title/”)" in said and "/care/" not in said
    article = Article.objects.get()
    article.publish(by=hand("Asha"), note="Looked at")
    for path in ("/2019/sling.html", "/arm/", "/care/sling/"):
        assert client.get(path).headers["Location"] == article.get_absolute_url(), path
    assert client.get("/:year/:title/").status_code == 404


def test_what_is_written_out_comes_in_again_without_a_difference(folder, tmp_path_factory, db, capsys):
    file = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(file, "JPEG")
    text = "---\ntitle: 'Sling: the arm'\nslug: arm\nleaflet_number: A-1\npermalink: /arm/\nbrief: {How long: A week}\nsources: [One]\n---\n"
    text += (
        CARE.format("Sling", "![Cloth](arm.jpg)").partition("\n")[2]
        + "\n## Questions\n\n### Why?\n\nSo.\n\n- it heals\n"
    )
    brought(capsys, folder(**{"arm.md": text, "arm.jpg": file.getvalue()}), publish=False)
    article = Article.objects.get()
    # As staff may have left it
    Article.objects.update(
        body=f"# Odd\u00a0title\n\n## Questions\n\n### In the text?\n\n{article.body}\n\n• as typed &amp; <b>"
    )
    first, second = (tmp_path_factory.mktemp("out") / name for name in ("one", "two"))
    call_command("export_articles", first)
    before = Article.objects.get().frozen()
    article.entry_set.all().delete()
    article.delete()
    brought(capsys, first, publish=False)
    again = Article.objects.get()
    assert again.frozen() == before
    assert [(one.question, one.answer) for one in again.entry_set.all()] == [("Why?", "So.\n\n- it heals")]
    call_command("export_articles", second)
    found = [{one.name: one.read_bytes() for one in place.rglob("*.*")} for place in (first, second)]
    assert found[0] == found[1] and len(found[0]) == 2
