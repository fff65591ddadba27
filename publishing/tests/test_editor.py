"""The editor's two endpoints, the pictures' addresses and their rows, as a browser meets them."""

import datetime
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from conftest import hand
from publishing.models import Hand, Picture
from publishing.staff.form.editor import MarkdownEditor
from publishing.tests.conftest import is_refusal, png
from publishing.text import LONGEST
from publishing.text.pictures import MOST_BYTES

PREVIEW, PICTURE, PASTE = "/admin/editor/preview/", "/admin/editor/picture/", "/admin/editor/paste/"
AT = datetime.datetime(2025, 6, 24, 9, tzinfo=datetime.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def upload(content=None, name="leaf.png", kind="image/png"):
    return {"image": SimpleUploadedFile(name, png() if content is None else content, kind)}


def take(**about):
    return Picture.take(png(), **{"by": Hand.command("importer"), "file_name": "leaf.png", "at": AT} | about)


@pytest.mark.parametrize("path", [PREVIEW, PICTURE, PASTE])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_a_short_refusal_and_no_redirect(client, path, method):
    assert is_refusal(getattr(client, method)(path), 403)


@pytest.mark.parametrize("path", [PREVIEW, PICTURE, PASTE])
def test_staff_without_a_permission_are_refused(sign_in, path):
    assert is_refusal(sign_in("auth.view_user").post(path, {"content": "x", **upload()}), 403)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("path", [PREVIEW, PICTURE, PASTE])
def test_permissions_without_being_staff_do_not_suffice(sign_in, path):
    writer = sign_in("articles.change_article", "publishing.add_picture", is_staff=False)
    assert is_refusal(writer.post(path, {"content": "x", **upload()}), 403)


@pytest.mark.parametrize("path", [PREVIEW, PICTURE, PASTE])
def test_a_closed_account_is_refused(sign_in, path):
    writer = sign_in("articles.change_article", "publishing.add_picture")
    get_user_model().objects.update(is_active=False)
    assert is_refusal(writer.post(path, {"content": "x", **upload()}), 403)


def test_the_permission_for_one_endpoint_does_not_open_the_other(sign_in):
    client = sign_in("publishing.add_picture")
    assert is_refusal(client.post(PREVIEW, {"content": "x"}), 403)
    assert client.post(PICTURE, upload()).status_code == 200


@pytest.mark.parametrize("path", [PREVIEW, PICTURE, PASTE])
@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_post_is_answered(sign_in, path, method):
    client = sign_in("articles.change_article", "publishing.add_picture")
    response = getattr(client, method)(path)
    assert response.status_code == 405 and response["Allow"] == "POST"


@pytest.mark.parametrize("path", [PREVIEW, PICTURE, PASTE])
def test_a_form_without_its_token_is_refused(sign_in, path):
    client = sign_in("articles.change_article", "publishing.add_picture")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(path, {"content": "x", **upload()}).status_code == 403
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "permission",
    ["articles.change_article", "articles.add_article", "faq.change_entry", "faq.add_entry", "publishing.change_frame"],
)
def test_whoever_may_write_something_sees_what_patients_will_see(sign_in, permission):
    response = sign_in(permission).post(PREVIEW, {"content": "# Heart\n\n<script>alert(1)</script>"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert response["Cache-Control"] == "no-store" and response["X-Content-Type-Options"] == "nosniff"
    assert "Heart" in response.text and "<script" not in response.text


def test_the_preview_shows_pictures_with_their_sizes(sign_in):
    picture = take()
    response = sign_in("faq.add_entry").post(PREVIEW, {"content": f"![A leaf](/media/{picture.name})"})
    assert f'src="/media/{picture.name}"' in response.text
    assert 'width="40"' in response.text and 'height="20"' in response.text


def test_an_empty_text_has_an_empty_preview_and_a_missing_one_is_refused(sign_in):
    client = sign_in("articles.change_article")
    assert client.post(PREVIEW, {"content": ""}).text.strip() == ""
    assert is_refusal(client.post(PREVIEW), 400)


def test_a_text_that_is_too_long_is_refused_with_a_sentence(sign_in):
    response = sign_in("articles.change_article").post(PREVIEW, {"content": "a" * (LONGEST + 1)})
    assert response.status_code == 400
    assert response.text.startswith('<p class="refused">') and response.text.count("<") == 2


def test_what_is_pasted_comes_back_as_markdown_with_its_doubts(sign_in):
    client = sign_in("faq.add_entry")
    told = client.post(PASTE, {"html": "<ul><li>a</li></ul><p><s>b</s>c</p>"}).json()
    assert told["markdown"] == "- a\n\nc" and told["is_block"]
    assert ["“b” is struck out" in doubt for doubt in told["doubts"]] == [True]
    note = "<p>a<a id=r href='#n'>1</a></p><p><a id=n href='#r'>1</a> b</p>"
    assert client.post(PASTE, {"html": note, "labels": "1 x"}).json()["markdown"] == "a[^2]\n\n[^2]: b"
    assert client.post(PASTE, {"text": "• a\r\n• b"}).json()["markdown"] == "- a\n- b"
    assert is_refusal(client.post(PASTE, {"html": "<div>" * 5000}), 400) and is_refusal(client.post(PASTE), 400)


def test_an_upload_is_kept_with_its_row_and_answered_with_its_markdown(sign_in, media_folder):
    response = sign_in("publishing.add_picture").post(PICTURE, upload())
    picture = Picture.objects.get()
    assert response.json() == {"image_code": f"![DESCRIBE THIS PICTURE](/media/{picture.name})"}
    assert response["Cache-Control"] == "no-store"
    assert (media_folder / picture.name).is_file()
    assert (picture.width, picture.height) == (40, 20)
    assert (picture.uploaded_by.username, picture.uploaded_by_name) == ("asha", "Asha")
    assert picture.file_name_given == "leaf.png"


@pytest.mark.parametrize(
    "content",
    [b"", b"only words", b"<!doctype html><p>x", b"<svg xmlns='http://www.w3.org/2000/svg'/>", png()[:60]],
)
def test_what_is_not_a_sound_picture_is_refused_and_leaves_nothing(sign_in, media_folder, content):
    assert is_refusal(sign_in("publishing.add_picture").post(PICTURE, upload(content)), 400)
    assert not Picture.objects.exists() and not media_folder.exists()


def test_the_bytes_and_not_the_name_decide_what_a_file_is(sign_in):
    sign_in("publishing.add_picture").post(PICTURE, upload(name="leaf.html", kind="text/html"))
    assert Picture.objects.get().name.endswith(".png")


def test_no_file_and_too_large_a_file_are_refused(sign_in):
    client = sign_in("publishing.add_picture")
    assert is_refusal(client.post(PICTURE), 400)
    assert is_refusal(client.post(PICTURE, upload(b"\xff" * (MOST_BYTES + 1))), 400)


def test_a_picture_that_cannot_be_stored_gets_a_sentence_and_no_row(sign_in, media_folder):
    media_folder.write_text("a file stands where the folder should be")
    response = sign_in("publishing.add_picture").post(PICTURE, upload())
    assert is_refusal(response, 507)
    assert "your text is safe" in response.json()["error"]
    assert not Picture.objects.exists()


def test_the_same_bytes_again_are_the_same_row_and_bring_a_lost_file_back(media_folder):
    first = take()
    (media_folder / first.name).unlink()
    assert take(by=hand("somebody else")) == first
    assert Picture.objects.get().uploaded_by_name == "importer"
    assert (media_folder / first.name).is_file()


@pytest.mark.parametrize(
    ("given", "kept"),
    [("C:\\photos\\leaf.png", "leaf.png"), ("a/b/leaf\r\n\u202e.png", "leaf.png"), ("x" * 300, "x" * 200)],
)
def test_the_file_name_is_kept_for_staff_without_what_cannot_be_read(given, kept):
    assert take(file_name=given).file_name_given == kept


def test_the_markdown_says_what_the_picture_shows():
    picture = take()
    picture.alt_text = "A [green]\nleaf"
    assert picture.markdown == f"![A \\[green\\] leaf](/media/{picture.name})"
    picture.alt_text, picture.is_decorative = "", True
    assert picture.markdown == f"![decorative](/media/{picture.name})"


def test_a_picture_is_described_or_decorative_but_not_both():
    picture = take()
    picture.alt_text, picture.is_decorative = "A leaf", True
    with pytest.raises(ValidationError, match="untick"):
        picture.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        picture.save()


def test_the_record_outlives_the_account(sign_in):
    sign_in("publishing.add_picture").post(PICTURE, upload())
    get_user_model().objects.all().delete()
    assert (Picture.objects.get().uploaded_by, Picture.objects.get().uploaded_by_name) == (None, "Asha")


def test_a_picture_is_served_without_a_trace_of_the_reader(client):
    picture = take()
    response = client.get(f"/media/{picture.name}")
    assert response.status_code == 200 and response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(b"".join(response.streaming_content))).size == (40, 20)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    again = client.get(f"/media/{picture.name}", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304 and again["Cache-Control"] == response["Cache-Control"]
    head = client.head(f"/media/{picture.name}")
    head.close()
    assert head["Content-Length"] == response["Content-Length"]
    assert client.post(f"/media/{picture.name}").status_code == 405


def test_a_row_without_its_file_and_any_other_name_answer_404(client, media_folder):
    picture = take()
    (media_folder / "notes.txt").write_text("not for patients")
    (media_folder / ("b" * 64)).write_text("no extension")
    (media_folder / f"{'c' * 64}.jpg").mkdir()
    for name in ("notes.txt", "b" * 64, f"{'c' * 64}.jpg", f"{'d' * 64}.png", f"{picture.name}%0A", f"x{picture.name}"):
        assert client.get(f"/media/{name}").status_code == 404
    (media_folder / picture.name).unlink()
    assert client.get(f"/media/{picture.name}").status_code == 404


def test_the_widget_carries_nothing_that_a_strict_policy_forbids():
    html = MarkdownEditor().render("body", "</textarea><script>", {"id": "id_body"})
    assert "<script" not in html and "style=" not in html and " on" not in html
    assert 'class="vLargeTextField markdownx-editor"' in html and 'class="markdownx-preview"' in html
    assert MarkdownEditor().media._js == [f"staff/{name}.js" for name in ("editor", "tools")]
