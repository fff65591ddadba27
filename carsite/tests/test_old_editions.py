"""Old editions, open to patients; what changed since; and what was withdrawn as unsafe."""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Term, Topic
from conftest import changed, edit, encoded, hand, judge, two_coloured
from publishing.models import Frame, Line, Picture, say


@pytest.fixture
def told(make_article):
    article = make_article("Drops", slug="drops", body="Take 5 drops a day.")
    article.publish(by=hand("Meena"), note="First")
    changed(article, body="Take 8 drops a day.")
    return article


OLD = "/articles/drops/history/1/"


def test_an_old_edition_is_read_as_it_was_and_marked_as_old(told, client):
    assert 'href="1/"' in client.get("/articles/drops/history/").text
    page = client.get(OLD).text
    assert "5 drops" in page and "8 drops" not in page and "This is an old text." in page
    assert '<meta name="robots" content="noindex">' in page and "Old text: Drops" in page
    assert client.get("/articles/drops/history/2/").headers["Location"] == "/articles/drops/"
    assert {client.get(f"/articles/drops/history/{one}/").status_code for one in ("3", "0", "x")} == {404}


def test_what_changed_since_says_first_what_can_hurt(told, client):
    page = client.get(f"{OLD}since/").text
    first, _, rest = page.partition("Every word that changed")
    assert "5 drops" in first and "8 drops" in first and "<del>" in rest and "<ins>" in rest
    assert 'href="tel:' in rest.partition("</main")[0], "nobody is told whom to call"


def test_what_changed_since_shows_no_signs_of_markdown(make_article, client):
    body = "## Fever (call now)\n\n- Take **5 mg**, see [how](https://www.example.org/).\n\n| Age | Dose |\n|---|---|\n| 2 years | 10 ml |"
    article = make_article("Drops", slug="drops", body=body)
    article.publish(by=hand("Meena"), note="First")
    changed(article, body=body.replace("5 mg", "8 mg").replace("10 ml", "12 ml").replace("2 years", "*3* years"))
    page = client.get(f"{OLD}since/").text.partition("<main")[2].partition("</main")[0]
    words = re.sub("<[^>]*>", "", page)
    assert "Take 8 mg, see how." in words and "2 years, 10 ml" in words and "3 years, 12 ml" in words
    assert not [sign for sign in ("**", "](", "| ", "*3*") if sign in words]


@pytest.mark.parametrize("why", ["unsafe", "not fit", "emergency", "off"])
def test_an_old_edition_is_closed_where_it_could_hurt_and_where_the_clinic_wants_it(why, told, ravi, meena, client):
    if why == "unsafe":
        told.withdraw(by=hand("Meena"), note="Dose", reason="unsafe")
        changed(told, body="Take 2 drops a day.")
    elif why == "not fit":
        judge(told, ravi, "not fit", note="Too much")
    elif why == "emergency":
        edit(told, "Asha", body="Take 2 drops a day.")
        ticks = [one.key for one in told.judgement(told.freeze(), timezone.now()).dangers]
        told.publish(by=hand(meena), note="Dose", emergency="It was wrong", ticks=ticks)
    else:
        frame = Frame.objects.create(pk=1, shows_old_editions=False)
        frame.publish(by=hand("Omar"), note="Off")
    answer = client.get(OLD)
    assert answer.status_code == 410 and "5 drops" not in answer.text
    assert 'href="1/"' not in client.get("/articles/drops/history/").text
    assert client.get(f"{OLD}since/").status_code == 404


def test_a_question_that_was_unsafe_closes_the_guide_of_then(told, make_entry, client):
    entry = make_entry(article=told)
    entry.publish(by=hand("Meena"), note="First")
    changed(told, body="Take 3 drops a day.")
    assert 'href="2/"' in client.get("/articles/drops/history/").text
    entry.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    assert client.get("/articles/drops/history/2/").status_code == 410
    assert 'href="2/"' not in client.get("/articles/drops/history/").text, "the stored page still leads there"


def test_a_publisher_opens_a_closed_text_closes_it_again_and_what_is_unsafe_closes_it_anew(told, asha, meena, client):
    told.withdraw(by=hand("Meena"), note="Dose", reason="unsafe")
    changed(told, body="Take 2 drops a day.")
    listed = f"/admin/articles/article/{told.pk}/editions/"
    page, answer = f"{listed}1/patients/", {"note": "For a patient"}
    client.force_login(asha)
    assert "Closed to patients." in client.get(listed).text and "Open it to patients" not in client.get(listed).text
    assert client.post(page, answer).status_code == 403
    client.force_login(meena)
    assert "Open it to patients" in client.get(listed).text and "This old text is closed" in client.get(page).text
    assert client.post(page, answer).status_code == 302
    assert client.get(OLD).status_code == 200 and client.get("/articles/drops/history/2/").status_code == 410
    line = Line.objects.head()
    assert (line.verb, line.number, line.by_name, line.note) == ("open", 1, "Meena", "For a patient")
    assert "Nothing was changed." in client.post(page, answer).text and "Close it again" in client.get(page).text
    assert client.post(page, answer | {"is_opened": "True"}).status_code == 302
    assert client.get(OLD).status_code == 410
    client.post(page, answer)
    told.withdraw(by=hand("Meena"), note="Dose", reason="unsafe")
    changed(told, body="Take 1 drop a day.")
    assert client.get(OLD).status_code == 410
    assert client.get(f"{listed}5/patients/").status_code == client.get(f"{listed}6/patients/").status_code == 404
    call_command("verify_ledger")


def test_a_word_whose_meaning_was_unsafe_closes_the_texts_in_which_it_stood(make_article, client):
    word = Term(title="Biopsy", slug="biopsy", meaning="Always safe.")
    word.keep(by=hand("Asha"), at=timezone.now())
    word.publish(by=hand("Meena"), note="First")
    article = make_article("Drops", slug="drops", body="After the biopsy take 5 drops.")
    article.publish(by=hand("Meena"), note="First")
    for body in ("Take 4 drops.", "Take 3 drops."):
        changed(article, body=body)
    assert client.get(OLD).status_code == 200
    word.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    assert [client.get(f"/articles/drops/history/{one}/").status_code for one in (1, 2)] == [410, 200]


@pytest.mark.parametrize("what", ["frame, not fit", "frame", "topic"])
def test_a_frame_or_a_topic_that_could_hurt_closes_the_texts_it_stood_around(what, make_article, ravi, meena, client):
    topic = Topic(title="Pain", slug="pain")
    topic.keep(by=hand("Meena"), note="First")
    frame = Frame.objects.create(pk=1, contact="Call 100.")
    frame.publish(by=hand("Omar"), note="First")
    article = make_article("Drops", slug="drops", body="Take 5 drops a day.", topic=topic)
    article.publish(by=hand("Meena"), note="First")
    changed(article, body="Take 8 drops a day.")
    assert client.get(OLD).status_code == 200 and 'href="1/"' in client.get("/articles/drops/history/").text
    if what == "frame, not fit":
        judge(frame, ravi, "not fit", note="Another number")
    elif what == "topic":  # which nobody judges, nor hurries
        topic.withdraw(by=hand("Meena"), note="It named a medicine", reason="unsafe")
    else:
        frame.contact = "Call 112."
        ticks = [one.key for one in frame.judgement(frame.freeze(), timezone.now()).dangers]
        frame.publish(by=hand(meena), note="Wrong", emergency="It was wrong", ticks=ticks, raises_substance=True)
    assert client.get(OLD).status_code == 410 and 'href="1/"' not in client.get("/articles/drops/history/").text


def test_an_old_edition_that_was_erased_is_gone_and_shows_no_picture_without_consent(told, client):
    picture = Picture.take(encoded(two_coloured(), "JPEG"), by=hand("Asha"), file_name="arm.jpg", at=timezone.now())
    changed(told, body=f"Take 3 drops a day.\n\n![An arm](/media/{picture.name})")
    changed(told, body="Take 2 drops a day.")
    third = "/articles/drops/history/3/"
    page = client.get(third).text
    assert f"/media/{picture.name[:20]}" in page and 'aria-hidden="true">Old text: Drops |' in page
    say(picture, Line.Verb.RETRACT, by=hand("Meena"), note="She wishes it")
    page = client.get(third).text
    assert f"/media/{picture.name[:20]}" not in page and "An arm" in page
    told.redact(told.editions.get(number=1), by=hand("Omar"), reason="Asked for")
    assert client.get(OLD).status_code == 410 and client.get(third).status_code == 200


def test_all_that_was_unsafe_stands_on_one_page_and_in_a_feed(told, make_entry, client):
    entry = make_entry("May I swim?", slug="swim")
    entry.publish(by=hand("Meena"), note="First")
    assert "Nothing was taken down because it was unsafe." in client.get("/unsafe/").text
    told.withdraw(by=hand("Meena"), note="Dose", reason="unsafe", text="The dose was wrong.")
    entry.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    page, feed = client.get("/unsafe/").text, client.get("/unsafe/feed/")
    assert "The dose was wrong." in page and "Do not follow them any more." in page and "swim" not in page
    assert feed["Content-Type"].startswith("application/atom+xml") and "The dose was wrong." in feed.text
    assert "<author><name>" in feed.text.partition("<entry>")[0]  # an entry without one is no Atom
    changed(told, body="Take 2 drops a day.")
    assert "The dose was wrong." in client.get("/unsafe/").text
    frame = Frame.objects.create(pk=1, shows_unsafe=False)
    frame.publish(by=hand("Omar"), note="Off")
    assert client.get("/unsafe/").status_code == client.get("/unsafe/feed/").status_code == 404


def test_an_old_text_is_read_with_the_numbers_of_today(told, client):
    frame = Frame.objects.create(pk=1)
    frame.publish(by=hand("Omar"), note="First")
    edit(frame, hand("Omar"), emergency_number="108", emergency_label="Call 108")
    frame.publish(by=hand("Omar"), note="Another number", emergency="It changed", ticks=None)
    page = client.get(OLD).text
    assert "5 drops" in page and 'href="tel:108"' in page and 'href="tel:112"' not in page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dose_that_is_gone_is_not_read_as_one_number_with_the_new_one(scheme, press, told, live_server, browser):
    tab = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800}).new_page()
    tab.goto(f"{live_server.url}{OLD}since/")
    look = "one => { const seen = getComputedStyle(one); return [seen.color, seen.fontWeight, seen.backgroundColor] }"
    gone, new = (tab.eval_on_selector(f".difference {mark}", look) for mark in ("del", "ins"))
    tab.context.close()
    assert all(one != other for one, other in zip(gone, new, strict=True))
