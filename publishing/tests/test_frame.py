"""The frame: what stands around every guide, in each language a text of its own."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from conftest import hand
from publishing.models import Frame, Line
from publishing.refusals import Unfit, Unreviewed

HINDI = {
    "clinic": "नदी क्लिनिक",
    "emergency_heading": "तबीयत बहुत ख़राब हो तो",
    "emergency_text": "इंतज़ार न करें।",
    "emergency_label": "112 पर फ़ोन करें",
}


@pytest.fixture
def frame(db):
    frame = Frame.objects.create()
    frame.publish(by=hand("set-up"), note="First words")
    return frame


@pytest.fixture
def hindi(frame):
    words = Frame.in_language("hi")
    vars(words).update(HINDI)
    words.keep(by=hand("set-up"), at=timezone.now())
    words.publish(by=hand("set-up"), note="In Hindi")
    return words


def said(work, by, kind, result="fit"):
    due = timezone.localdate() + datetime.timedelta(days=300)
    told = {"reviewer_name": "Sunita Sharma", "credential": "nurse", "next_due_on": due}
    work.review(by=hand(by), text_digest=work.freeze().text_digest, result=result, kind=kind, **told)


def test_the_ledger_says_when_a_clinic_switches_the_second_person_off_and_on(frame, omar, client):
    frame.needs_two_people = False
    frame.keep(by=hand(omar), at=timezone.now())
    client.force_login(omar)
    page = client.get(f"/admin/publishing/frame/{frame.pk}/publish/").text
    assert re.search("gone: </span>yes</del>.*new: </span>no</ins>", page, re.DOTALL)
    frame.publish(by=hand(omar), note="Small tidy-up")
    assert "no longer needs a second person" in Line.objects.head().detail
    assert "no longer needs" in client.get(f"/admin/publishing/line/{Line.objects.head().seq}/change/").text
    frame.needs_two_people = True
    frame.keep(by=hand(omar), at=timezone.now())
    frame.publish(by=hand(omar), note="As before")
    assert "change of substance needs a second person" in Line.objects.head().detail


@pytest.mark.parametrize("field", ["banner", "contact", "emergency_text", "emergency_number"])
def test_another_number_banner_or_emergency_word_needs_a_second_person(frame, omar, ravi, field):
    setattr(frame, field, "911" if field == "emergency_number" else "Come at once.")
    frame.emergency_label = "Call us"
    frame.keep(by=hand(omar), at=timezone.now())
    ticks = [danger.key for danger in frame.judgement(frame.freeze(), timezone.now()).dangers]
    with pytest.raises(Unreviewed):
        frame.publish(by=hand(omar), note="Small tidy-up", ticks=ticks)
    said(frame, ravi, "clinician")
    assert frame.publish(by=hand(omar), note="Seen by two", ticks=ticks).is_substance


def test_another_number_takes_a_tick_and_a_review_on_the_desk(frame, omar, ravi, client):
    frame.emergency_number, frame.emergency_label = "911", "Call 911"
    frame.keep(by=hand(omar), at=timezone.now())
    url = f"/admin/publishing/frame/{frame.pk}/publish/"
    client.force_login(ravi)
    page = client.get(f"/admin/publishing/frame/{frame.pk}/review/")
    assert page.status_code == 200 and "911" in page.text
    ticks = re.findall(r'name="ticks"[^>]*value="([^"]+)"', page.text)
    answer = {"edits": frame.edits, "text_digest": frame.freeze().text_digest, "result": "fit", "ticks": ticks}
    assert (
        client.post(page.request["PATH_INFO"], answer | {"reviewer_name": "Ravi", "credential": "nurse"}).status_code
        == 302
    )
    client.force_login(omar)
    form = client.get(url).context["form"]
    sent = {"edits": form["edits"].value(), "note": "Small tidy-up"}
    assert "Look at each change that could hurt" in client.post(url, sent).text
    ticks = [key for key, _words in form.fields["ticks"].choices]
    assert client.post(url, sent | {"ticks": ticks}).status_code == 302
    assert '"ticked"' in Line.objects.head().detail
    assert "tel:911" in client.get("/search/").text


def test_a_button_that_names_another_number_than_it_dials_is_refused(frame):
    frame.emergency_number = "911"
    with pytest.raises(Unfit, match="The button says “Call 112” and dials 911"):
        frame.publish(by=hand("set-up"), note="Moved")
    frame.emergency_number, frame.emergency_label = "+91 80 4567 8900", "Call 080 4567 8900, 24 hours"
    frame.clean()


def test_nothing_of_the_first_language_may_be_missing(frame, hindi):
    hindi.clean()
    frame.lead = ""
    with pytest.raises(ValidationError, match="stand in for all others"):
        frame.clean()


def test_what_a_language_lacks_is_shown_in_the_first_marked_as_that(hindi, client):
    page = client.get("/hi/search/").text
    assert "<span>नदी क्लिनिक <span" in page and '<span dir="ltr" lang="en">patient guides</span>' in page
    assert re.search('<p dir="ltr" lang="en">These guides give general', page)
    assert "नदी" not in client.get("/search/").text


def test_until_a_speaker_has_confirmed_them_the_first_emergency_words_stand_beside(hindi, ravi, client):
    def boxes():
        return re.findall('<h2 id="now-h[^>]*>([^<]*)<', client.get("/hi/faq/").text)

    both = [HINDI["emergency_heading"], "If you feel very unwell"]
    assert boxes() == both
    said(hindi, ravi, "clinician")
    assert boxes() == both
    said(hindi, ravi, "translator")
    assert boxes() == both[:1]
    # Other words around them end no confirmation; another word among them does.
    hindi.tagline = "रोगी गाइड"
    hindi.keep(by=hand("Omar"), at=timezone.now())
    hindi.publish(by=hand("set-up"), note="Tagline")
    assert boxes() == both[:1]
    hindi.emergency_text = "रुकिए मत।"
    hindi.keep(by=hand("Omar"), at=timezone.now())
    ticks = [danger.key for danger in hindi.judgement(hindi.freeze(), timezone.now()).dangers]
    hindi.publish(by=hand("set-up"), note="Words", ticks=ticks)
    assert boxes() == both


def test_a_button_that_still_names_the_former_number_falls_back_to_the_first_language(frame, hindi, client):
    frame.emergency_number, frame.emergency_label = "911", "Call 911"
    frame.keep(by=hand("set-up"), at=timezone.now())
    frame.publish(by=hand("set-up"), note="Moved")
    page = client.get("/hi/faq/").text
    assert "112" not in page and page.count("tel:911") == 2 and page.count("Call 911") == 2


def test_an_administrator_begins_the_words_of_a_language_once(frame, omar, client):
    client.force_login(omar)
    page = client.get("/admin/publishing/frame/add/?language=hi")
    assert "Empty: patients read “If you feel very unwell”" in page.text
    form = page.context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields} | {"clinic": HINDI["clinic"]}
    assert sent["language"] == "hi" and sent["emergency_text"] == ""
    assert client.post("/admin/publishing/frame/add/", sent).status_code == 302
    assert Frame.objects.get(language="hi").title.endswith("हिन्दी")
    assert "हिन्दी" in client.get("/admin/publishing/frame/").text
    assert 'value="hi"' not in client.get("/admin/publishing/frame/add/").text
