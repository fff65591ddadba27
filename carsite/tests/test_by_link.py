"""Review by link: bound to one text, expiring, revocable; GET changes nothing."""

import re
from html import unescape

import pytest
from django.core import mail
from django.utils import timezone

from carsite.tests.conftest import answer, in_a_year, judged
from conftest import edit, hand, newest
from publishing.models import Line, ReviewLink
from publishing.record import spoken
from publishing.refusals import Unreviewed


@pytest.fixture
def article(owned):
    return owned


@pytest.fixture
def link(article, asha, client):
    """The path of a link that Asha made in the admin; the client is then a stranger's."""
    client.force_login(asha)
    page = client.post(
        f"/admin/articles/article/{article.pk}/ask/",
        {"name": "Dr Nila Rao", "email": "nila@example.org"},
        follow=True,
    )
    client.logout()
    return re.search(r"/review/\?k=[\w-]+", page.text)[0]


def test_the_link_shows_the_real_page_and_get_changes_nothing(article, link, client):
    for _scanner in range(3):
        page = client.get(link)
    assert "Take 5 drops after food." in page.text and "You are asked to review" in page.text
    assert "Patients have never read this text" in page.text
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert re.findall(r"<script[^>]*>", page.text) == ['<script src="/static/staff/check.js" defer>']
    assert "script-src 'self';" in page["Content-Security-Policy"] and not page.cookies
    assert not article.reviews.exists() and not Line.objects.exists()


def test_a_judgement_by_link_is_a_review_of_that_text(article, link, meena, client):
    done = answer(client, link, next_due_on=in_a_year(), evidence="Guideline 2026")
    assert "recorded" in done.text
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="First")
    article.publish(by=hand(meena), note="First", emergency="A test")
    review = newest(article)
    assert (review.reviewer_name, review.is_by_link, review.evidence) == ("Dr Nila Rao", True, "Guideline 2026")


def test_an_answer_by_link_puts_no_name_at_once_at_a_question_that_patients_read(
    make_entry, article, asha, meena, client
):
    question = make_entry("How many?", by=hand(asha), article=article, answer="Take 30 drops at once.")
    for work in (article, question):
        work.publish(by=hand(meena), note="First", emergency="Today")
    edit(article, asha, lead="A clear lead.")
    client.force_login(asha)
    sent = {"name": "Dr Famous", "email": ""}
    made = client.post(f"/admin/articles/article/{article.pk}/ask/", sent, follow=True)
    client.logout()
    key = re.search(r"/review/\?k=[\w-]+", made.text)[0]
    shown = f"{question.name}:{question.live(timezone.now()).text_digest}"
    assert "recorded" in answer(client, key, next_due_on=in_a_year(), texts=shown).text
    assert article.reviews.count() == 1 and not question.reviews.exists()


def test_a_comment_stands_beside_the_text_and_is_mailed_to_the_owner(article, link, asha, settings, client):
    settings.HAS_MAIL = True
    assert "Say what should change" in answer(client, link, result="not fit").text
    answer(client, link, result="fit after changes", note="Say for how long.")
    assert mail.outbox[-1].to == ["asha@example.org"] and "Say for how long." in mail.outbox[-1].body
    client.force_login(asha)
    assert "Say for how long." in client.get(f"/admin/articles/article/{article.pk}/change/").text


def test_when_the_text_has_moved_on_the_link_says_so_and_nothing_carries_over(article, link, asha, client):
    opened = client.get(link)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', opened.text))
    edit(article, asha, body="Take 6 drops after food.")
    sent = {"result": "fit", "credential": "doctor", "next_due_on": in_a_year()}
    for page in (client.get(link), client.post("/review/", hidden | sent)):
        assert page.status_code == 410 and "has changed since this link was sent" in page.text
    assert not article.reviews.exists()


def test_an_altered_expired_or_revoked_link_says_what_to_do(article, link, asha, client):
    assert "Ask the person who sent it" in client.get(link + "x").text
    assert client.get("/review/").status_code == 404
    kept = ReviewLink.objects.get()
    client.force_login(asha)
    client.post(f"/admin/articles/article/{article.pk}/ask/", {"revoke": kept.pk})
    assert client.get(link).status_code == 410
    ReviewLink.objects.update(revoked_at=None, expires_at=timezone.now())
    assert "has run out" in client.get(link).text


def test_the_key_is_kept_nowhere(link, client):
    key = link.partition("=")[2]
    assert all(key not in str(value) for value in ReviewLink.objects.values().get().values())


def test_the_name_is_the_one_invited_and_a_link_is_answered_once(article, link, client):
    answer(client, link, reviewer_name="Mr Nobody", next_due_on=in_a_year())
    assert article.reviews.get().reviewer_name == "Dr Nila Rao"
    again = client.get(link)
    assert again.status_code == 410 and "was answered on" in again.text
    client.post(
        "/review/", {"k": link.partition("=")[2], "result": "fit", "credential": "x", "next_due_on": in_a_year()}
    )
    assert article.reviews.count() == 1


def test_a_link_judges_its_own_text_and_no_other(article, make_article, link, client):
    other = make_article("Other", body="Take 500 drops.")
    answer(client, link, text_digest=other.freeze().text_digest, next_due_on=in_a_year())
    assert article.reviews.get().text_digest == article.freeze().text_digest


def test_who_made_the_link_does_not_publish_on_its_answer(article, meena, client):
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/ask/"
    page = client.post(url, {"name": "Dr Nila Rao", "email": ""}, follow=True)
    client.logout()
    answer(client, re.search(r"/review/\?k=[\w-]+", page.text)[0], next_due_on=in_a_year())
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="First")
    other = article.reviews.get()
    assert other.invited_by_name == "Meena"


def test_a_writer_cannot_be_the_second_person_by_a_link_to_themselves(article, asha, meena, client):
    link, key = ReviewLink.invite(article, invited="ASHA", email="", by=hand(asha), at=timezone.now())
    answer(client, f"/review/?k={key}", next_due_on=in_a_year())
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="First")


def test_a_link_to_what_was_deleted_says_so(article, link, client):
    article.delete()
    assert client.get(link).status_code == 410


def test_a_comment_has_a_length(article, link, client):
    answer(client, link, result="not fit", note="x" * 6000)
    assert not article.reviews.exists()


def test_a_comment_that_came_too_late_is_shown_to_be_copied(article, link, asha, client):
    opened = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', client.get(link).text))
    sent = opened | {"result": "not fit", "credential": "doctor", "note": "Say <b>for</b> how long."}
    edit(article, asha, body="Take 6 drops after food.")
    moved_on = client.post("/review/", sent)
    ReviewLink.objects.update(revoked_at=timezone.now())
    for gone in (moved_on, client.post("/review/", sent)):
        assert gone.status_code == 410 and "Say &lt;b&gt;for&lt;/b&gt; how long." in gone.text
        assert "Your comment" in gone.text and opened["k"] not in gone.text and "noindex" in gone.text
    for stranger in (sent | {"k": "guessed"}, sent | {"k": ""}):
        assert "how long" not in client.post("/review/", stranger).text
    assert "how long" not in client.post("/review/", sent, headers={"Sec-Fetch-Site": "cross-site"}).text


def of_live(article, publisher, client):
    """The page, in words, of a link to a text that patients already read, and the mail that asks for it."""
    client.force_login(publisher)
    asked = {"name": "Dr Nila Rao", "email": "nila@example.org"}
    page = client.post(f"/admin/articles/article/{article.pk}/ask/", asked, follow=True)
    client.logout()
    link = re.search(r"/review/\?k=[\w-]+", f"{page.text} {mail.outbox[-1].body if mail.outbox else ''}")[0]
    return link, unescape(client.get(link).text)


def test_of_a_text_that_patients_read_the_page_says_what_they_read_and_what_a_no_does(
    article, asha, meena, settings, client
):
    settings.HAS_MAIL = True
    article.publish(by=hand("Meena"), note="First")
    link, page = of_live(article, meena, client)
    assert "asks you to review “Having a blood test”, which patients read now:" in mail.outbox[-1].body
    assert "Patients read it now." in page and "They have read exactly this text since" in page
    assert "never read this text" not in page and "cannot see it" not in page and "What changed since" not in page
    assert "Of its checks they read now: not yet checked." in page
    assert "Nothing waits for your judgement" in page
    assert "they read as before: not yet checked" in page and "on top of their list" in page
    assert "Asha, who looks after it, gets a mail." in page
    judged(article)
    page = unescape(client.get(link).text)
    assert "Of its checks they read now: checked by Dr Old on" in page and "they read from then on: not yet" in page
    assert "Not yet checked by a clinician" not in client.get(article.address()).text
    answer(client, link, result="not fit", note="Too long.")
    assert "Not yet checked by a clinician" in client.get(article.address()).text
    assert mail.outbox[-1].to == ["asha@example.org"]
    client.force_login(asha)
    assert "calls the text that patients read not fit" in client.get("/admin/articles/article/due/").text


def test_of_a_text_that_patients_read_the_page_says_what_waits(article, meena, later, client):
    article.publish(by=hand("Meena"), note="First")
    link, page = of_live(article, meena, client)
    article.withdraw(by=hand("Meena"), note="Then", reason="out of date", at=later)
    page = unescape(client.get(link).text)
    assert "A withdrawal waits, and comes into force on" in page and "Nothing waits" not in page
    article.cancel(by=hand("Meena"), note="No")
    article.sources = "A book"
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Sources", at=later, raises_substance=True)
    assert "what waits is held back at once" in unescape(client.get(link).text)
    answer(client, link, result="not fit", note="Too long.")
    assert article.waiting(timezone.now()) is None


def test_of_a_text_that_waits_the_page_says_from_when_and_that_a_no_holds_it_back(article, meena, later, client):
    article.publish(by=hand("Meena"), note="First", at=later)
    link, page = of_live(article, meena, client)
    assert f"Patients cannot read it yet: it waits, and comes into force on {spoken(later)}." in page
    assert "what waits is held back at once" in page and "Nothing waits" not in page
    answer(client, link, result="not fit", note="Too long.")
    assert article.waiting(timezone.now()) is None


def test_a_text_that_is_to_move_is_not_said_to_be_read_where_it_is_to_stand(make_article, make_entry, asha, client):
    one, two = make_article("One"), make_article("Two")
    entry = make_entry(article=one)
    for work in (one, two, entry):
        work.publish(by=hand("Meena"), note="First")
    entry.article = two
    entry.keep(by=hand("Asha"), at=timezone.now())
    _link, key = ReviewLink.invite(entry, invited="Dr Rao", email="", by=hand(asha), at=timezone.now())
    assert "Patients cannot see it like this yet." in client.get(f"/review/?k={key}").text


@pytest.mark.parametrize("later_by", [None, 1])
def test_a_writer_alone_puts_no_name_under_what_patients_read(later_by, article, asha, later, client):
    """The link is shown to who made it, who could answer it in the name of any clinician."""
    article.publish(by=hand("Meena"), note="First", at=later_by and later)
    client.force_login(asha)
    url = f"/admin/articles/article/{article.pk}/ask/"
    for kind in ("clinician", "translator", "lay reader"):
        page = client.post(url, {"who": "else", "name": "Dr Nila Rao", "kind": kind}, follow=True)
        assert "would read who checked it" in page.text and "/review/?k=" not in page.text
    assert not ReviewLink.objects.exists()


def test_a_link_of_a_writer_puts_no_name_under_what_was_published_meanwhile_but_takes_a_no(article, link, client):
    article.publish(by=hand("Meena"), note="First")
    page = answer(client, link, next_due_on=in_a_year(), note="I read all of it.")
    assert "published since the link was made" in page.text and "I read all of it." in page.text
    assert not article.reviews.exists() and ReviewLink.objects.get().answered_at is None
    answer(client, link, result="not fit", note="Too long.")
    assert article.reviews.get().result == "not fit"
