"""The page *Bring in texts*: files wait for their person alone, are looked at, and come in when that is confirmed."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from articles.importing import importer
from articles.models import Article, Brought, Topic
from articles.tests.papers import docx, p
from conftest import hand
from publishing.models import Line

URL = "/admin/articles/article/bring/"
CARE = "# {}\n\nWhat you should do at home with it.\n\n## At home\n\nKeep it dry and rest the arm. {}\n"


@pytest.fixture
def desk(asha, client):
    client.force_login(asha)
    return client


def bring(client, **files):
    """Add files, by path; what the page says then."""
    sent = [
        SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode()) for name, text in files.items()
    ]
    return client.post(URL, {"act": "add", "files": sent, "paths": list(files)}, follow=True).text


def act(client, name, **told):
    return client.post(URL, {"act": name} | told, follow=True).text


def key(name):
    return Brought.objects.get(name=name).pk


def test_files_wait_until_they_are_confirmed_and_then_are_drafts_of_who_brought_them(desk, asha):
    word = docx(p("Your plaster", "T"), p("At home", "H"), p("You should keep it dry and rest the arm at home."))
    said = bring(desk, **{"en/sling.md": CARE.format("Sling", ""), "plaster.docx": word, "old.pdf": "x"})
    assert "Sling" in said and "Your plaster" in said and "2 are understood" in said
    assert "old.pdf: a PDF has lost" in said and "Only you see what waits here" in said
    assert not Article.objects.exists()
    said = act(desk, "take", work=[key("en/sling.md")])
    article = Article.objects.get()
    assert (article.title, article.owner, article.changed_by_name) == ("Sling", asha, "Asha")
    assert "is a draft now" in said and not Line.objects.filter(verb="publish").exists()
    row = Brought.objects.get(name="en/sling.md")
    assert (row.article, bytes(row.content)) == (article, b"")
    assert "Brought in" in desk.get(f"{URL}?show=taken").text
    act(desk, "take", scope="all")
    assert Article.objects.count() == 2


def test_nobody_else_sees_or_takes_what_somebody_brought(desk, meena, client):
    bring(desk, **{"sling.md": CARE.format("Sling", "")})
    client.force_login(meena)
    assert "Sling" not in client.get(URL).text
    act(client, "take", work=[key("sling.md")], scope="all")
    act(client, "drop", work=[key("sling.md")])
    assert not Article.objects.exists() and Brought.objects.count() == 1


def test_a_zip_is_opened_and_its_pictures_stand_in_its_texts(desk):
    file, picture = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(picture, "PNG")
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(
            "en/x.md",
            CARE.format("Sling", "\n\n![Cloth](../img/arm.png)\n\n![Leg](/leg.png)\n\n![Gone](../img/no.png)"),
        )
        made.writestr("img/arm.png", picture.getvalue())
        made.writestr("../out.md", "x")
        made.writestr("__MACOSX/img/arm.png", picture.getvalue())
        made.writestr("content/leg.png", picture.getvalue())
        made.writestr("a.txt", "x" * 1_000_001, zipfile.ZIP_STORED)
    said = bring(desk, **{"all.zip": file.getvalue()})
    assert "1 picture" in said and said.count("” is not here") == 1 and "no.png” is not here" in said
    assert "its name leads out of the zip" in said and "__MACOSX/img/arm.png: a computer left it there" in said
    assert "a.txt: the file is larger than 1 MB" in said
    picture = io.BytesIO()
    Image.new("RGB", (10, 20), "blue").save(picture, "PNG")
    said = bring(desk, **{"no.png": picture.getvalue()})
    assert "is not here" not in said and "2 pictures" in said
    act(desk, "take", scope="all")
    assert Article.objects.get().body.count("/media/") == 3


def test_a_guide_of_the_same_title_asks_as_what_the_text_comes(desk, make_article):
    article = make_article(title="Warfarin at home", body="Take 5 mg.")
    article.publish(by=hand("Meena"), note="First")
    said = bring(desk, **{"w.md": CARE.format("Warfarin at home", "Take 3 mg.")})
    assert "A guide has this title: “Warfarin at home”" in said
    pk = key("w.md")
    assert "say first as what each is taken" in act(desk, "take", work=[pk])
    act(desk, "take", **{"work": [pk], f"as-{pk}": "next"})
    article.refresh_from_db()
    assert "3 mg" in article.body and Article.objects.count() == 1
    bring(desk, **{"v.md": CARE.format("Warfarin at home", "Take 4 mg.")})
    pk = key("v.md")
    said = act(desk, "take", **{"work": [pk], f"as-{pk}": "next"})
    assert "holds changes that were never published" not in said  # they are as they were taken in
    article.refresh_from_db()
    article.lead = "Typed by staff."
    article.keep(by=hand("Asha"), at=article.changed_at)
    bring(desk, **{"u.md": CARE.format("Warfarin at home", "Take 2 mg.")})
    pk = key("u.md")
    said = act(desk, "take", **{"work": [pk], f"as-{pk}": "next"})
    assert "It was not brought in" in said and "never published" in said
    act(desk, "take", **{"work": [pk], f"as-{pk}": "new"})
    assert Article.objects.count() == 2


def test_many_are_given_a_language_a_topic_and_an_owner_at_once(desk, meena):
    topic = Topic(title="Kidney")
    topic.keep(by=hand("Omar"), note="New")
    unknown = "# Bilo {}\n\nPreberite ta list doma preden odstranite povoj.\n\n## Doma\n\nRoke si vedno umijte.\n"
    said = bring(desk, **{"x.md": unknown.format("kaj"), "y.md": unknown.format("kdo")})
    assert said.count("the language cannot be told") == 2
    said = act(desk, "set", scope="all", language="hi", topic=topic.pk, owner=meena.pk)
    assert "Set for 2 files." in said and "the language cannot be told" not in said
    act(desk, "take", scope="all")
    told = set(Article.objects.values_list("language", "topic__title", "owner__username"))
    assert told == {("hi", "Kidney", meena.username)}


def test_what_a_file_names_makes_no_topic_or_publisher_by_itself(desk):
    head = "---\ntitle: Sling\ntopic: Arms\npublisher: A press\n---\n\n## At home\n\nKeep it dry and rest the arm.\n"
    said = bring(desk, **{"x.md": head})
    assert "its topic “Arms” is none of this site" in said
    act(desk, "take", scope="all")
    assert Article.objects.get().topic is None and not Topic.objects.exists()


def test_work_goes_in_short_steps_and_goes_on_later(desk, monkeypatch):
    monkeypatch.setattr("articles.bringing.views.SECONDS", -1)
    said = bring(desk, **{f"{n}.md": CARE.format(f"Sling {n}", f"Part {n}.") for n in range(3)})
    assert "2 to be read" in said and "You may close this page" in said
    act(desk, "read")
    act(desk, "read")
    said = act(desk, "take", scope="all")
    assert "2 to be brought in" in said and Article.objects.count() == 1
    assert "2 files wait here" in act(desk, "stop")
    act(desk, "take", scope="all")
    act(desk, "read")
    assert Article.objects.count() == 3


def test_a_file_that_cannot_be_read_says_why_and_the_others_come_in(desk):
    said = bring(desk, **{"a.md": b"\x00\x01", "b.md": CARE.format("Sling", ""), "c.docx": b"no zip"})
    assert said.count("Not read") == 2
    act(desk, "take", scope="all")
    assert [one.title for one in Article.objects.all()] == ["Sling"]


def test_after_thirty_days_they_are_gone(desk, mailoutbox):
    bring(desk, **{"sling.md": CARE.format("Sling", "")})
    Brought.objects.update(brought_at=Brought.objects.get().brought_at - datetime.timedelta(days=31))
    Brought.objects.past(Line.objects.moment_of_reading()).exists()
    call_command("daily")
    assert not Brought.objects.exists()


def test_a_file_is_corrected_beside_its_source_and_what_is_left_stands_beside_the_draft(desk, meena, client):
    text = (
        CARE.format("Sling", "\n\n<!-- not for print -->\n\n::: danger\n\nTake 3.0 mg.\n")
        + "\n## Questions\n\n### Why?\n\nSo.\n"
    )
    bring(desk, **{"sling.md": text})
    url = f"{URL}{key('sling.md')}/"
    said = desk.get(url).text
    assert "a comment is left out" in said and "“::: danger” is a mark of another program" in said and "Why?" in said
    row = Brought.objects.get()
    body = row.read["body"].replace("::: danger", "Take care.").replace("3.0 mg", "3 mg")
    sent = {"title": "Your sling", "language": "en", "lead": "Rest it.", "body": body, "settled": ["0"]}
    said = desk.post(url, sent | {"question": ["Why so?"], "answer": ["So."]}, follow=True).text
    assert "Nothing is doubted any more." in said
    client.force_login(meena)
    assert client.get(url).status_code == 404
    client.force_login(row.person)
    act(client, "take", scope="all")
    article = Article.objects.get()
    assert (article.title, article.lead, article.intake.doubts) == ("Your sling", "Rest it.", "")
    assert "3 mg" in article.body and article.entry_set.get().question == "Why so?"


@pytest.fixture
def sling(desk):
    """A file with a topic and a question that waits, the page on which it is corrected, and what that shows."""
    Topic(title="Arms").keep(by=hand("Omar"), note="New")
    head = "---\ntitle: Sling\ntopic: arms\n---\n\n"
    body = CARE.format("", "").partition("\n\n")[2]
    bring(desk, **{"sling.md": head + body + "\n## Questions\n\n### Why?\n\nSo.\n"})
    read = Brought.objects.get().read
    sent = {name: read[name] for name in ("title", "lead", "body", "language")}
    return f"{URL}{key('sling.md')}/", sent | {"topic": Topic.objects.get().pk, "question": "Why?", "answer": "So."}


def test_a_correction_can_be_taken_back(desk, sling):
    url, sent = sling
    desk.post(url, sent | {"title": "A", "lead": "B", "body": "C", "language": "hi", "answer": "D", "take_as": "new"})
    assert Brought.objects.get().mended.keys() >= {"title", "lead", "body", "language", "questions", "take_as"}
    desk.post(url, sent | {"body": sent["body"].replace("\n", "\r\n"), "take_as": ""})
    assert Brought.objects.get().mended.keys() == {"topic", "settled"}
    act(desk, "take", scope="all")
    article = Article.objects.get()
    assert (article.title, article.topic.title, article.entry_set.get().answer) == ("Sling", "Arms", "So.")


def test_no_topic_may_be_said_of_a_file_that_names_one(desk, sling):
    url, sent = sling
    assert "selected>Arms</option>" in desk.get(url).text and ", arms<" in desk.get(URL).text
    desk.post(url, sent | {"topic": ""})
    assert "selected>Arms</option>" not in desk.get(url).text and ", arms<" not in desk.get(URL).text
    act(desk, "take", scope="all")
    assert Article.objects.get().topic is None


def test_what_was_typed_is_kept_where_the_file_can_no_longer_be_read(desk, sling):
    url, sent = sling
    Brought.objects.update(content=b"\x00\x01")
    said = desk.post(url, sent | {"title": "Your sling"}, follow=True).text
    assert "What you wrote is kept" in said and "Saved." not in said and 'value="Your sling"' in said


def test_a_question_that_was_emptied_can_be_typed_back_and_an_answer_alone_is_told(desk, sling):
    url, sent = sling
    said = desk.post(url, sent | {"question": "", "answer": "So."}, follow=True).text
    assert "In the file, and not here: 1" in said and "Another question" in said and ">Question 1<" not in said
    assert Brought.objects.get().mended["questions"] == []
    desk.post(url, sent | {"question": ["", "Why?"], "answer": ["", "So."]})
    assert "questions" not in Brought.objects.get().mended
    desk.post(url, sent | {"question": ["Why?", ""], "answer": ["So.", "Typed, and its question forgotten."]})
    assert "Typed, and its question forgotten." in desk.get(url).text
    assert "It was not brought in" in act(desk, "take", scope="all") and not Article.objects.exists()


def test_where_no_picture_can_be_kept_the_file_stays_and_says_so(desk, settings, tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(picture, "PNG")
    bring(desk, **{"x.md": CARE.format("Sling", "\n\n![Cloth](arm.png)"), "arm.png": picture.getvalue()})
    (tmp_path / "full").write_text("a file where the folder of pictures should be")
    settings.MEDIA_ROOT = str(tmp_path / "full")
    said = act(desk, "take", scope="all")
    assert "Its pictures could not be kept" in said and not Article.objects.exists()
    settings.MEDIA_ROOT = str(tmp_path / "media")
    act(desk, "take", scope="all")
    assert Article.objects.get().body.count("/media/") == 1


def test_all_doubts_of_a_file_are_settled_by_one_button(desk):
    bring(desk, **{"sling.md": CARE.format("Sling", "\n\n<!-- one -->\n\nText.\n\n<!-- two -->\n")})
    row = Brought.objects.get()
    assert len(row.doubts()) == 2 and "I have looked at all of these" in desk.get(f"{URL}{row.pk}/").text
    sent = {name: row.said(name) for name in ("title", "language", "lead", "body")}
    said = desk.post(f"{URL}{row.pk}/", sent | {"all": "yes"}, follow=True).text
    assert "Nothing is doubted any more" in said and not Brought.objects.get().doubts()


def test_what_waits_stands_on_the_desk_of_its_person_alone(desk, meena, client):
    assert "that you brought" not in desk.get("/admin/").text
    bring(desk, **{"a.md": CARE.format("Sling", ""), "b.md": CARE.format("Cast", ""), "c.pdf": "x"})
    page = desk.get("/admin/").text
    assert "2 files that you brought" in page and "It is thrown away on" in page and f'href="{URL}"' in page
    act(desk, "take", scope="all")
    assert "that you brought" not in desk.get("/admin/").text
    bring(desk, **{"d.md": CARE.format("Leg", "")})
    client.force_login(meena)
    assert "that you brought" not in client.get("/admin/").text


def test_what_a_colleague_saved_while_the_file_was_taken_is_not_overwritten(desk, make_article, monkeypatch):
    article = make_article(title="Warfarin at home", body="Take 5 mg.")
    article.publish(by=hand("Meena"), note="First")
    bring(desk, **{"w.md": CARE.format("Warfarin at home", "Take 3 mg.")})
    pictures = importer.keep_pictures

    def slowly(*given):
        pictures(*given)
        now = Article.objects.get(pk=article.pk)
        now.lead = "Typed by a colleague."
        now.keep(by=hand("Ravi"), at=now.changed_at)

    monkeypatch.setattr(importer, "keep_pictures", slowly)
    pk = key("w.md")
    said = act(desk, "take", **{"work": [pk], f"as-{pk}": "next"})
    assert "never published" in said and Article.objects.get().lead != "What you should do at home with it."
