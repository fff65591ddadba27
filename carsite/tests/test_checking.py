"""The page of a check: what is shown is what is judged, dangers are looked at, remarks stay with their passage."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from carsite.tests.test_asking import ask, url_of
from conftest import edit, hand, judge
from faq.models import Entry
from publishing.models import Remark, ReviewLink, askings_open, findings_of
from publishing.refusals import Refused, Unreviewed
from publishing.staff import open_remarks

BODY = "Sit down first.\n\nTake 5 mg at noon.\n\nThen rest."


@pytest.fixture
def article(make_article, make_entry, asha):
    """A guide of Asha's with a question, published, whose dose is about to change."""
    article = make_article("Warfarin", by=hand(asha), body=BODY, owner=asha)
    make_entry("Does it hurt?", article=article, answer="A little.").publish(by=hand("Meena"), note="First")
    article.publish(by=hand("Meena"), note="First")
    edit(article, asha, body=BODY.replace("5 mg", "3 mg"))
    return article


def sent_from(page, **given):
    """What a browser sends of the page when a button is pressed."""
    html = page.text
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html)
    hidden += re.findall(r'<input type="hidden" name="([\w-]+)" (?=[^>]*id=)[^>]*?value="([^"]*)"', html)
    told = {name: [value for other, value in hidden if other == name] for name, _value in hidden}
    told |= {"reviewer_name": "Dr Ravi Rao", "credential": "haematologist"}
    return told | given


def box_of(page, words):
    """The key of the box for a remark on the passage that begins so."""
    found = re.search(rf'on “{words}[^<]*</span></summary>\s*<label for="r([\d-]+)"', page.text)
    return found[1]


def answer(client, url, **given):
    return client.post(url, sent_from(client.get(url), **given))


def test_a_danger_stands_at_its_sentence_and_is_asked_for_where_the_text_is_fit(article, ravi, client):
    client.force_login(ravi)
    url = url_of(article, "review")
    page = client.get(url)
    line = page.text[page.text.index("gone: </span>5</del>") :]
    assert line.index("new: </span>3</ins>") < line.index("5 mg became 3 mg") < line.index("Then rest.")
    refused = answer(client, url, result="fit")
    assert "1 danger is not looked at yet." in refused.text and not article.reviews.exists()
    key = re.search(r'name="ticks" id="t1" value="(\w+)"', page.text)[1]
    assert answer(client, url, result="fit", ticks=key).status_code == 302
    assert article.reviews.get().text_digest == article.freeze().text_digest


def test_an_answer_that_still_says_the_old_dose_is_pointed_at(article, make_entry, ravi, omar, client):
    for question, said in (("And alcohol?", "A little, where you take 5 mg or less."), ("And food?", "At 5 pm.")):
        make_entry(question, article=article, answer=said).publish(by=hand("Meena"), note="First")
    client.force_login(ravi)
    page = client.get(url_of(article, "review"))
    assert page.text.count("For you to look at") == 1
    assert page.text.index("where you take") < page.text.index("Not changed, but it says “5 mg”.")
    client.force_login(omar)
    page = client.get(url_of(article, "publish"))
    assert "It is not changed, but it says “5 mg”. Patients read: A little, where you" in page.text
    assert page.text.count("but it says") == 1


def test_not_fit_asks_for_a_sentence_and_looks_at_no_tick(article, ravi, client):
    client.force_login(ravi)
    url = url_of(article, "review")
    assert "Say what should change" in answer(client, url, result="not fit").text
    assert answer(client, url, result="not fit", note="Give the day.").status_code == 302
    assert article.reviews.get().result == "not fit" and not article.entry_set.get().reviews.exists()


def test_what_is_fit_is_so_with_its_questions_as_they_were_shown(article, ravi, client):
    client.force_login(ravi)
    url, entry = url_of(article, "review"), article.entry_set.get()
    page = client.get(url)
    ticks = re.findall(r'name="ticks" id="t1" value="(\w+)"', page.text)
    edit(entry, "Asha", answer="Very much.")
    late = client.post(url, sent_from(page, result="fit", ticks=ticks))
    assert "was changed after you opened this page" in late.text and not article.reviews.exists()
    answer(client, url, result="fit", ticks=ticks)
    assert article.reviews.count() == entry.reviews.count() == 1


def test_a_name_and_a_credential_are_remembered_and_the_next_text_follows(article, make_article, asha, ravi, client):
    first, second = make_article("One"), make_article("Two")
    for one in (first, second):
        ask(one, ravi)
    client.force_login(ravi)
    said = answer(client, url_of(first, "review"), result="fit", credential="consultant").headers["Location"]
    page = client.get(said).text
    assert f'<a href="{url_of(second, "review")}">Check “Two”</a>' in page
    assert "Patients will read: “Checked by Dr Ravi Rao, consultant”." in client.get(url_of(second, "review")).text
    assert list(askings_open([first, second], timezone.now())) == [second.name]


def test_a_remark_is_kept_without_a_script_and_told_to_the_owner(article, asha, ravi, settings, client):
    settings.HAS_MAIL, asha.email = True, "asha@example.org"
    asha.save()
    client.force_login(ravi)
    url = url_of(article, "review")
    key = box_of(client.get(url), "Take 3 mg")
    page = answer(client, url, **{f"remark-{key}": "Which <b>tablets</b>?", "keep": key, "note": "Half a sent"})
    assert "Your remark is kept." in page.text and "Which &lt;b&gt;tablets&lt;/b&gt;?" in page.text
    assert "Half a sent" in page.text and not article.reviews.exists()
    (remark,) = open_remarks(article)
    assert (remark.passage, remark.by_name, remark.place is None) == ("Take 3 mg at noon.", "Ravi", False)
    assert mail.outbox[-1].to == ["asha@example.org"] and "Which <b>tablets</b>?" in mail.outbox[-1].body


def test_remarks_that_were_typed_are_kept_with_the_answer_and_selected_words_are_their_passage(article, ravi, client):
    client.force_login(ravi)
    url = url_of(article, "review")
    key = box_of(client.get(url), "Take 3 mg")
    given = {f"remark-{key}": "Or 1?", f"words-{key}": "3  mg", "result": "not fit", "note": "See there."}
    assert answer(client, url, **given).status_code == 302
    assert open_remarks(article)[0].passage == "3 mg"


def test_a_remark_stays_with_its_passage_until_that_is_gone_and_staff_settle_it(article, asha, ravi, client):
    client.force_login(ravi)
    url = url_of(article, "review")
    key = box_of(client.get(url), "Take 3 mg")
    answer(client, url, **{f"remark-{key}": "Which tablets?", "keep": key})
    edit(article, asha, body="A new first line.\n\nTake 3 mg of it at noon.\n\nThen rest.")
    assert open_remarks(article)[0].place is not None
    edit(article, asha, body="Something else.\n\nThen rest.")
    assert open_remarks(article)[0].place is None
    assert "The passage is gone." in client.get(url).text
    remark = Remark.objects.get()
    assert client.post(url_of(article, "remarks"), {"settle": remark.pk}).status_code == 403
    client.force_login(asha)
    assert "The passage is gone." in client.get(url_of(article, "change")).text
    client.post(url_of(article, "remarks"), {"answer": remark.pk, f"text-{remark.pk}": "The white ones."})
    page = client.get(url_of(article, "remarks")).text
    assert "The white ones." in page and "The passage is gone." in page
    client.post(url_of(article, "remarks"), {"settle": remark.pk})
    assert open_remarks(article) == [] and "Settled by Asha" in client.get(url_of(article, "remarks")).text


def test_who_wrote_a_remark_changes_it_or_takes_it_away_and_nobody_else(article, ravi, meena, omar, client):
    client.force_login(ravi)
    url = url_of(article, "review")
    key = box_of(client.get(url), "Then rest")
    answer(client, url, **{f"remark-{key}": "How long?", "keep": key})
    remark = Remark.objects.get()
    answer(client, url, **{"change": remark.pk, f"text-{remark.pk}": "For how long?"})
    assert Remark.objects.get().text == "For how long?"
    ask(article, meena, kind="lay reader")
    client.force_login(meena)
    answer(client, url, take_away=remark.pk)
    assert Remark.objects.exists()
    client.force_login(ravi)
    answer(client, url, take_away=remark.pk)
    assert not Remark.objects.exists()


def test_a_guest_by_link_sees_the_same_page_and_remarks_by_name(article, asha, client):
    link, key = ReviewLink.invite(article, invited="Dr Out", email="", by=hand(asha), at=timezone.now())
    url = f"/review/?k={key}"
    page = client.get(url)
    assert "5 mg became 3 mg" in page.text and "new: </span>3</ins>" in page.text
    box = box_of(page, "Then rest")
    page = client.post("/review/", sent_from(page, **{f"remark-{box}": "How long?", "keep": box}))
    assert "Your remark is kept." in page.text and open_remarks(article)[0].by_name == "Dr Out"
    ticks = re.search(r'name="ticks" id="t1" value="(\w+)"', page.text)[1]
    assert "is not looked at yet" in client.post("/review/", sent_from(page, result="fit")).text
    assert "recorded" in client.post("/review/", sent_from(page, result="fit", ticks=ticks)).text
    assert article.reviews.get().reviewer_name == "Dr Out"


@pytest.mark.parametrize("kind", ["translator", "lay reader"])
def test_another_kind_of_check_gives_and_takes_nothing_of_a_clinicians(kind, article, asha, ravi, meena, omar, client):
    url, entry = url_of(article, "review"), article.entry_set.get()
    client.force_login(meena)
    assert client.get(url).status_code == 403
    ask(article, meena, kind=kind)
    page = client.get(url)
    ticks = re.findall(r'name="ticks" id="t1" value="(\w+)"', page.text)
    answer(client, url, result="fit", ticks=ticks, is_machine="on")
    review = article.reviews.get()
    assert (review.kind, review.is_machine) == (kind, kind == "translator") and not entry.reviews.exists()
    dangers = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    with pytest.raises(Unreviewed):
        article.publish(by=hand(omar), note="Second", ticks=dangers)
    judge(article, ravi)
    ask(article, meena, kind=kind)
    answer(client, url, result="not fit", note="Hard to read.")
    assert article.publish(by=hand(omar), note="Second", ticks=dangers).emergency_reason == ""


def test_what_a_machine_translated_is_checked_with_its_questions_and_nobody_takes_back_who_did(
    make_article, make_entry, asha, meena, client
):
    english = make_article("Warfarin", body=BODY)
    english.publish(by=hand("Meena"), note="First")
    hindi = make_article("वारफेरिन", language="hi", original=english, body="5 mg लें।", is_machine=True)
    entry = make_entry("दर्द होगा?", article=hindi, language="hi", answer="थोड़ा।")
    must_fix = [findings_of(one, timezone.now()).must_fix for one in (hindi, entry)]
    assert [[one.check.id for one in found] for found in must_fix] == [["machine"]] * 2
    ask(hindi, meena, kind="translator")
    client.force_login(meena)
    url = url_of(hindi, "review")
    assert re.search(r'name="is_machine"[^>]* disabled[^>]* checked', client.get(url).text)
    assert answer(client, url, result="fit").status_code == 302
    for one in (hindi, entry):
        review = one.reviews.get()
        assert (review.kind, review.is_machine) == ("translator", True)
        assert findings_of(one, timezone.now()).must_fix == []


def test_a_question_needs_a_translator_until_its_guide_itself_is_published_as_no_machines(
    make_article, make_entry, meena
):
    english = make_article("Warfarin", body=BODY)
    english.publish(by=hand("Meena"), note="First")
    hindi = make_article("वारफेरिन", language="hi", original=english, body="5 mg लें।", is_machine=True)
    judge(hindi, meena, kind="translator")
    hindi.publish(by=hand("Meena"), note="First")
    entry = make_entry("दर्द होगा?", article=hindi, language="hi", answer="थोड़ा।")
    edit(hindi, "Asha", is_machine=False)
    entry = Entry.objects.get(pk=entry.pk)
    with pytest.raises(Refused, match="no translator has checked"):
        entry.publish(by=hand("Meena"), note="First", emergency="Now")
    hindi.publish(by=hand("Meena"), note="Translated anew")
    assert findings_of(entry, timezone.now()).must_fix == []
