"""What the tools of the editor look up: guides to link to, pictures that are here; and whose turn it is."""

import datetime
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from conftest import encoded, hand, two_coloured
from publishing.models import Line, Picture, say
from publishing.staff import editor
from publishing.tests.conftest import is_refusal, png

PREVIEW, PASTE = "/admin/editor/preview/", "/admin/editor/paste/"
GUIDES, PICTURES = "/admin/editor/guides/", "/admin/editor/pictures/"
AT = datetime.datetime(2025, 6, 24, 9, tzinfo=datetime.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def test_only_so_many_wait_for_their_turn(sign_in):
    client = sign_in("articles.change_article", "publishing.view_picture")
    for _place in range(8):
        assert editor.TURNS.places.acquire(blocking=False)
    try:
        for answer in (client.post(PASTE, {"text": "a"}), client.get(GUIDES, {"q": "a"}), client.get(PICTURES)):
            assert is_refusal(answer, 503) and "wait a few seconds" in answer.json()["error"]
    finally:
        editor.TURNS.places.release(8)
    assert client.post(PASTE, {"text": "a"}).status_code == 200


def test_the_preview_is_in_the_language_of_the_form_and_in_its_direction(sign_in):
    client = sign_in("articles.change_article")
    for language, read, way in (("ur", "ur", "rtl"), ("hi", "hi", "ltr"), ("xx", "en", "ltr"), (None, "en", "ltr")):
        answer = client.post(PREVIEW, {"content": "1–0–0"} | ({"language": language} if language else {}))
        assert (answer["Content-Language"], answer["X-Direction"]) == (read, way)
        assert ('class="ltr"' in answer.text or "keep" in answer.text) == (way == "rtl")


@pytest.mark.parametrize("path", [GUIDES, PICTURES])
def test_what_the_tools_look_up_is_told_to_writers_alone_and_by_get_alone(client, path):
    assert is_refusal(client.get(path, {"q": "a"}), 403)
    person = get_user_model().objects.create_user("asha", is_staff=True)
    client.force_login(person)
    assert is_refusal(client.get(path, {"q": "a"}), 403)
    for codename in ("change_article", "view_picture"):
        person.user_permissions.add(Permission.objects.get(codename=codename))
    for method in ("post", "put", "delete", "head"):
        answer = getattr(client, method)(path)
        assert answer.status_code == 405 and answer["Allow"] == "GET"
    answer = client.get(path, {"q": "a"})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    get_user_model().objects.update(is_staff=False)
    assert is_refusal(client.get(path, {"q": "a"}), 403)


def test_who_may_not_see_pictures_is_shown_none(sign_in):
    assert is_refusal(sign_in("articles.change_article").get(PICTURES), 403)


def test_guides_are_found_by_what_their_live_title_holds_those_of_the_language_first(sign_in, make_article):
    client = sign_in("articles.change_article")
    for title, language in (
        ("Café of the heart", "en"),
        ("HEART care", "en"),
        ("A heart abroad", "ur"),
        ("Lung", "en"),
    ):
        make_article(title=title, language=language).publish(by=hand("Meena"), note="First")
    make_article(title="Heart never published")
    gone = make_article(title="Heart gone")
    gone.publish(by=hand("Meena"), note="First")
    gone.withdraw(by=hand("Meena"), note="Old", reason="outdated")
    told = client.get(GUIDES, {"q": " hEart", "language": "en"}).json()["guides"]
    assert [one["title"] for one in told] == ["HEART care", "Café of the heart", "A heart abroad"]
    assert told[0] == {"title": "HEART care", "language": "", "address": "/articles/heart-care/"}
    assert told[2] == {"title": "A heart abroad", "language": "اردو", "address": "/ur/articles/a-heart-abroad/"}
    assert client.get(GUIDES, {"q": "heart", "language": "ur"}).json()["guides"][0]["title"] == "A heart abroad"
    assert [one["title"] for one in client.get(GUIDES, {"q": "cafe"}).json()["guides"]] == ["Café of the heart"]
    for nothing in ("", " ", "zebra", "%"):
        assert client.get(GUIDES, {"q": nothing}).json() == {"guides": []}


def test_at_most_eight_guides_are_told(sign_in, make_article):
    for number in range(10):
        make_article(title=f"Heart {number}").publish(by=hand("Meena"), note="First")
    told = sign_in("faq.change_entry").get(GUIDES, {"q": "heart"}).json()["guides"]
    assert [one["title"] for one in told] == [f"Heart {number}" for number in range(8)]


def test_the_newest_pictures_are_shown_and_others_found_by_their_words(sign_in):
    client = sign_in("articles.change_article", "publishing.view_picture")
    for number in range(26):
        at = AT + datetime.timedelta(minutes=number)
        Picture.take(png(size=(40, 20 + number)), by=hand("Asha"), file_name=f"leaf-{number}.png", at=at)
    Picture.objects.filter(file_name_given="leaf-0.png").update(alt_text="A Café")
    shown = client.get(PICTURES).json()["pictures"]
    assert [one["words"] for one in shown] == [f"leaf-{number}.png" for number in range(25, 1, -1)]
    [found] = client.get(PICTURES, {"q": "cafe"}).json()["pictures"]
    picture = Picture.objects.get(alt_text="A Café")
    assert found == {"address": f"/media/{picture.smallest.name}", "words": "A Café", "code": picture.markdown}
    assert client.get(PICTURES, {"q": "zebra"}).json() == {"pictures": []}


def test_a_picture_that_may_not_be_shown_is_not_offered_and_a_small_file_is_sent_of_others(sign_in):
    client = sign_in("articles.change_article", "publishing.view_picture")
    wide, gone, ended = (
        Picture.take(encoded(two_coloured(width), "JPEG"), by=hand("Asha"), file_name=f"{width}.jpg", at=AT)
        for width in (1600, 300, 310)
    )
    say(gone, Line.Verb.CONSENT, by=hand("Asha"))
    say(gone, Line.Verb.RETRACT, by=hand("Asha"), note="By letter")
    say(ended, Line.Verb.CONSENT, by=hand("Asha"), ends_at=timezone.now() + datetime.timedelta(milliseconds=50))
    time.sleep(0.06)
    [found] = client.get(PICTURES).json()["pictures"]
    assert found["code"] == wide.markdown
    narrowest = wide.renditions.order_by("width").first()
    assert found["address"] == f"/media/{narrowest.name}" and narrowest.width < 1600
