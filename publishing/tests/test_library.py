"""The library of pictures, as staff use it: in, out, and what stands on the page."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from carsite.reader import altered
from carsite.tests.conftest import found_by_axe, is_too_wide, tab  # noqa: F401
from conftest import edit, encoded, hand, two_coloured
from publishing.models import Line, Picture, Rendition, Use, media, say

LIST = "/admin/publishing/picture/"


def take(name="walk.jpg", width=900, kind="JPEG", by="Asha", **said):
    image = encoded(two_coloured(width), kind)
    taken = Picture.take(image, by=hand(by), file_name=name, at=timezone.now())
    Picture.objects.filter(pk=taken.pk).update(**said)
    taken.refresh_from_db()
    return taken


def upload(name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


@pytest.fixture
def desk(client, asha):
    client.force_login(asha)
    return client


def called(page):
    return [one["picture"].called for one in page.context["shelf"]]


def test_pictures_are_added_many_at_once_and_what_is_refused_is_named(desk):
    files = [
        upload("walk.png", encoded(two_coloured(300), "PNG")),
        upload("scan.tif", encoded(two_coloured(30), "TIFF")),
        upload("none.png", b""),
        upload("drip.jpg", encoded(two_coloured(500), "JPEG")),
    ]
    page = desk.post(LIST, {"files": files}, follow=True)
    assert "“scan.tif” was not taken: only JPEG, PNG, WebP." in page.text
    assert "Added 2 pictures. Each still needs words." in page.text
    assert {one.called for one in Picture.objects.all()} == {"walk", "drip"}
    assert page.context["chosen"]["picture"].called == "walk"
    assert "No picture was chosen" in desk.post(LIST, {}, follow=True).text


def test_what_has_no_words_comes_first_and_states_lead_to_what_they_count(desk, make_article):
    say(take("people.jpg", 800, alt_text="Two people."), "consent", by=hand("Asha"))
    used = take("used.jpg", 700, alt_text="A drip.")
    take("bare.jpg", 600)
    take("line.jpg", 500, is_decorative=True)
    make_article(body=f"## One\n\n{used.markdown}").publish(by=hand("Meena"), note="First")
    page = desk.get(LIST)
    assert called(page) == ["bare", "line", "used", "people"]
    counts = {name: count for _value, name, count, _address in page.context["states"]}
    assert counts == {
        "All": 4, "No words": 1, "People in it": 1, "Consent ends": 0, "Patients see it": 1, "Not used": 3
    }  # fmt: skip
    shown = {value: called(desk.get(LIST + address)) for value, _name, _count, address in page.context["states"]}
    assert shown["wordless"] == ["bare"] and shown["people"] == ["people"] and shown["live"] == ["used"]
    assert shown["unused"] == ["bare", "line", "people"]


@pytest.mark.parametrize("words", ["yellow", "WALK", "ward", "meena", "yellow ward"])
def test_a_picture_is_found_by_its_words_its_name_its_source_and_who_added_it(words, desk):
    take("walk.jpg", 400, alt_text="A yellow book", source="Our ward", by="Meena")
    take("other.jpg", 410)
    assert called(desk.get(LIST, {"q": words})) == ["walk"]
    assert "No picture fits" in desk.get(LIST, {"q": "wafarin"}).text


def test_what_uses_a_picture_is_told_live_or_not_and_in_few_queries(
    desk, make_article, later, django_assert_max_num_queries
):
    picture = take(alt_text="A walk.")
    body = f"## One\n\n{picture.markdown}"
    live, draft, gone = (make_article(title, body=body) for title in ("Hip", "Stairs", "Old"))
    for work in (live, gone):
        work.publish(by=hand("Meena"), note="First")
    edit(gone, "Asha", body="## One\n\nNothing to see.")
    gone.publish(by=hand("Meena"), note="Second")
    edit(live, "Asha", body="## One\n\nLater without it.")
    live.publish(by=hand("Meena"), note="Later", at=later)
    for number in range(5):
        take(f"{number}.jpg", 300 + number)
    with django_assert_max_num_queries(32):
        page = desk.get(f"{LIST}{picture.pk}/change/")
    told = [(str(one.work), one.is_live) for one in page.context["chosen"]["uses"]]
    assert told == [("Hip", True), ("Stairs", False)]
    live.withdraw(by=hand("Meena"), note="Gone", reason="out of date")
    draft.delete()
    assert not desk.get(f"{LIST}{picture.pk}/change/").context["chosen"]["uses"]
    assert "walk" in called(desk.get(LIST, {"state": "unused"}))
    draft = make_article("Again", body=body)
    draft.publish(by=hand("Meena"), note="First")
    Use.objects.exclude(work__in=(draft.name, live.name)).delete()
    kept = set(Use.objects.values_list("picture", "work", "number"))
    call_command("renew_pictures")
    assert set(Use.objects.values_list("picture", "work", "number")) == kept


def test_words_and_consent_are_kept_and_the_act_stands_in_the_ledger(desk):
    picture = take()
    url = f"{LIST}{picture.pk}/change/"
    assert "What would you say on the telephone?" in desk.get(url).text
    until = timezone.localdate() + datetime.timedelta(days=30)
    told = {"alt_text": "A woman walks.", "source": "Our ward", "licence": "ours", "people": "consent", "until": until}
    page = desk.post(url, told, follow=True)
    assert f"The consent ends on {until.day} {until:%B %Y}." in page.text and "Saved “walk”." in page.text
    line = Line.objects.get()
    assert (line.verb, line.by_name, timezone.localtime(line.in_force_at).date()) == ("consent", "Asha", until)
    desk.post(url, told | {"alt_text": "A woman walks with a stick."})
    assert Line.objects.count() == 1 and Picture.objects.get().alt_text == "A woman walks with a stick."
    desk.post(url, told | {"until": ""})
    assert Line.objects.order_by("seq").last().in_force_at is None


def test_a_day_that_has_come_is_refused_and_nothing_is_lost(desk):
    picture = take()
    url = f"{LIST}{picture.pk}/change/"
    page = desk.post(url, {"alt_text": "Typed.", "people": "consent", "until": timezone.localdate()})
    assert "That day has come." in page.text and "Typed." in page.text
    assert not Line.objects.exists() and Picture.objects.get().alt_text == ""


def test_a_consent_is_taken_back_on_a_page_that_says_what_it_does(desk, make_article):
    picture = take(alt_text="A walk.")
    make_article(body=f"## One\n\n{picture.markdown}").publish(by=hand("Meena"), note="First")
    say(picture, "nobody", by=hand("Asha"))
    url = f"{LIST}{picture.pk}/consent/"
    page = desk.get(url).text
    assert "They read its words" in page and "(live)" in page and "may keep it for a year" in page
    assert "required" in desk.post(url, {"note": " "}).text
    page = desk.post(url, {"note": "By letter"}, follow=True).text
    assert "Patients no longer see “walk”." in page and "was taken back on" in page and "taken back …" not in page
    assert Line.objects.get(verb="retract").note == "By letter"


def test_the_desk_tells_of_a_consent_sixty_days_before_it_ends(desk):
    for days, name in ((50, "walk.jpg"), (70, "drip.jpg")):
        picture = take(name, 300 + days)
        say(picture, "consent", by=hand("Asha"), ends_at=timezone.now() + datetime.timedelta(days=days))
    days = [(one.before, one.title) for one in desk.get("/admin/").context["days"]]
    assert days == [("The consent for the picture ", "walk")]


def test_who_may_not_change_pictures_reads_what_is_said_of_them(client, ravi):
    picture = take(alt_text="A walk.")
    client.force_login(ravi)
    page = client.get(f"{LIST}{picture.pk}/change/").text
    assert "“A walk.”" in page and "<textarea" not in page and "Add pictures" not in page
    assert client.post(LIST, {}).status_code == 403


def test_renditions_are_made_once_narrower_and_lighter_and_made_anew_where_they_are_lost(db, capsys):
    picture = take(width=1500)
    made = list(picture.renditions.order_by("width", "name").values_list("name", "width", "height"))
    assert {width for _name, width, _height in made} == {480, 800, 1500}
    assert {name.rpartition(".")[2] for name, *_size in made} == {"jpg", "webp"}
    with media.opened(picture.name) as whole:
        most = len(whole.read())
    for name, width, height in made:
        with media.opened(name) as file:
            assert len(file.read()) < most and abs(height - width * picture.height / picture.width) <= 1
    Rendition.objects.all().delete()
    call_command("renew_pictures")
    assert list(picture.renditions.order_by("width", "name").values_list("name", "width", "height")) == made


def test_a_page_offers_a_phone_the_small_file_and_an_old_browser_the_picture(client, make_article):
    picture = take(width=1500, alt_text="A walk.")
    article = make_article(body=f"## One\n\n{picture.markdown}")
    article.publish(by=hand("Meena"), note="First")
    page = client.get(article.address()).text
    source = re.search(
        r'<picture><source type="image/webp" srcset="([^"]*)" sizes="[^"]*">(<img [^>]*>)</picture>', page
    )
    assert re.findall(r"\.webp (\d+)w", source[1]) == ["480", "800", "1500"]
    assert f'src="/media/{picture.name}" alt="A walk." width="1500" height="' in source[2]
    assert re.findall(r"\.jpg (\d+)w", source[2]) == ["480", "800", "1500"]
    assert "srcset" not in article.live(timezone.now()).html
    for name in set(re.findall(r"/media/([0-9a-f]{64}\.\w+)", page)):
        assert client.get(f"/media/{name}").getvalue()


def test_a_small_picture_has_nothing_larger_than_itself(db):
    picture = take(width=300)
    assert {one.width for one in picture.renditions.all()} <= {300}


@pytest.fixture
def logged_in(press, omar, tab, live_server):  # noqa: F811
    """A tab in which an administrator is logged in."""
    client = Client()
    client.force_login(omar)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    tab.context.add_cookies([cookie])
    return tab


@pytest.mark.browser
def test_pictures_are_added_by_choosing_dropping_and_pasting(logged_in, live_server):
    tab = logged_in  # noqa: F811
    tab.goto(live_server.url + LIST)
    png = encoded(two_coloured(300), "PNG")
    tab.set_input_files("#files", [{"name": "walk.png", "mimeType": "image/png", "buffer": png}])
    tab.wait_for_selector("text=Added 1 picture.")
    send = """([name, kind, bytes, how]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(bytes)], name, {type: kind}));
        const event = how === "drop" ? new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true})
            : new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true});
        (how === "drop" ? document.querySelector(".drop") : document.body).dispatchEvent(event);
    }"""
    tab.evaluate(send, ["scan.tif", "image/tiff", [1, 2], "drop"])
    assert "“scan.tif” was not taken: only JPEG, PNG, WebP." in tab.text_content("#add-pictures [role=status]")
    for name, width, how in (("drip.png", 200, "drop"), ("plate.png", 210, "paste")):
        content = list(encoded(two_coloured(width), "PNG"))
        with tab.expect_navigation():
            tab.evaluate(send, [name, "image/png", content, how])
        assert "Added 1 picture." in tab.text_content(".messagelist")
    assert Picture.objects.count() == 3


@pytest.mark.browser
def test_axe_finds_nothing_in_the_library(logged_in, live_server):
    tab, picture = logged_in, take(alt_text="A woman walks.")  # noqa: F811
    take("bare.png", 300, "PNG")
    say(picture, "consent", by=hand("Asha"), ends_at=timezone.now() + datetime.timedelta(days=20))
    found = []
    for address in (LIST, f"{LIST}?q=nothing", f"{LIST}{picture.pk}/change/", f"{LIST}{picture.pk}/consent/"):
        tab.goto(live_server.url + address)
        found += found_by_axe(tab, address)
    assert not found, "\n".join(found)


def test_what_was_said_of_a_picture_is_told_with_its_name(asha, meena, make_article, client):
    picture = take("walk.png", kind="PNG")
    make_article(by=hand(meena))  # nobody sees the desk of a first day twice
    ends_at = timezone.now() + datetime.timedelta(days=30)
    say(picture, Line.Verb.CONSENT, by=hand(asha), note="A letter", ends_at=ends_at)
    say(picture, Line.Verb.RETRACT, by=hand(asha), note="By letter")
    client.force_login(meena)
    for page in ("/admin/publishing/line/", "/admin/"):
        said = " ".join(strip_tags(client.get(page).text).split())
        assert "Asha took back the consent to the picture walk: By letter." in said
        assert re.search(r"Asha said that people agreed, until \d+ [^,]+(, \d\d:\d\d)?, to the picture walk: A", said)
    client.force_login(asha)
    own = " ".join(strip_tags(client.get("/admin/publishing/line/").text).split())
    assert "a text that is no more" not in own


def test_a_new_picture_stands_in_the_way_by_its_words(desk, make_article, meena, client):
    guide = make_article("Plaster care")
    guide.publish(by=hand("Meena"), note="First")
    words = f"![A woman walks.](/media/{take(alt_text='A woman walks.').name})"
    edit(guide, "Asha", body=f"{guide.body}\n\n{words}")
    client.force_login(meena)
    page = client.get(f"/admin/articles/article/{guide.pk}/publish/")
    assert "A picture is new (“A woman walks.”), so a second person must look." in page.text


def test_a_picture_that_is_gone_with_its_row_is_noticed_where_patients_should_see_it(make_article, desk):
    picture = take()
    make_article("Stairs", body=f"![Stairs](/media/{picture.name})").publish(by=hand("Meena"), note="First")
    assert not [one for one in altered() if picture.name in one]
    Rendition.objects.filter(picture=picture).delete()
    Picture.objects.filter(pk=picture.pk).delete()
    media.delete(picture.name)
    said = [one for one in altered() if "is kept no more" in one]
    assert said and picture.name in said[0] and "articles/" in said[0]
