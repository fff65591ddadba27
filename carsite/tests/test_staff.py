"""Staff at work in the admin."""

import datetime
import re

import pytest
from django.db import OperationalError
from django.utils import timezone

from articles.models.articles import Article
from articles.models.topics import Topic
from carsite.tests.conftest import change_url, fields_of
from conftest import hand
from faq.models import Entry
from publishing.models import Frame, Line, Picture, Publisher


def test_a_writer_edits_and_patients_read_nothing_of_it(article, asha, client):
    article.publish(by=hand("Meena"), note="First")
    client.force_login(asha)
    page = client.get(change_url(article))
    assert "Patients read edition 1" in page.text and "The working copy says the same." in page.text
    client.post(change_url(article), fields_of(page) | {"body": "Two."})
    article.refresh_from_db()
    assert (article.body, article.changed_by_name) == ("Two.", "Asha")
    assert "One." in client.get(article.get_absolute_url()).text
    assert "the working copy differs" in client.get(change_url(article)).text


def test_the_second_save_is_refused_with_both_texts_in_view(article, asha, meena, client):
    client.force_login(asha)
    opened = fields_of(client.get(change_url(article)))
    article.body = "What Meena wrote."
    article.keep(by=hand(meena), at=timezone.now())
    answer = client.post(change_url(article), opened | {"body": "What Asha wrote."})
    assert answer.status_code == 200
    for text in (
        "Meena saved this at",
        "What Asha wrote.",
        "What Meena wrote.",
        "Nothing you typed is lost",
    ):
        assert text in answer.text
    article.refresh_from_db()
    assert article.body == "What Meena wrote."
    # Having seen both, she may decide.
    again = fields_of(answer)
    assert client.post(change_url(article), again | {"body": "Both together."}).status_code == 302
    article.refresh_from_db()
    assert article.body == "Both together."


def test_a_change_of_another_field_is_not_overwritten_either(article, asha, meena, client):
    client.force_login(asha)
    opened = fields_of(client.get(change_url(article)))
    article.lead = "A better lead."
    article.keep(by=hand(meena), at=timezone.now())
    answer = client.post(change_url(article), opened | {"title": "A better title"})
    assert "A better lead." in answer.text and "A better title" in answer.text
    article.refresh_from_db()
    assert (article.title, article.lead) == ("Having a blood test", "A better lead.")


def test_a_question_beside_its_article_is_guarded_the_same(article, asha, meena, client):
    client.force_login(asha)
    opened = fields_of(client.get(change_url(article)))
    entry = article.entry_set.get()
    entry.answer = "What Meena wrote."
    entry.keep(by=hand(meena), at=timezone.now())
    answer = client.post(change_url(article), opened | {"entry_set-0-answer": "What Asha wrote."})
    assert "Does it hurt?: Answer" in answer.text and 'value="What Meena wrote."' in answer.text
    assert "What Asha wrote." in answer.text
    assert article.entry_set.get().answer == "What Meena wrote."


def test_a_question_written_beside_its_article_gets_its_address_and_language(make_article, asha, client):
    article = make_article("रक्त जाँच", language="hi")
    client.force_login(asha)
    opened = fields_of(client.get(change_url(article)))
    new = {"entry_set-TOTAL_FORMS": 1, "entry_set-0-question": "क्या दर्द होता है?", "entry_set-0-answer": "थोड़ा।"}
    assert client.post(change_url(article), opened | new | {"entry_set-0-place": 1}).status_code == 302
    entry = Entry.objects.get()
    assert (entry.language, entry.slug, entry.changed_by_name) == ("hi", "क्या-दर्द-होता-है", "Asha")


def test_the_page_that_asks_for_confirmation_shows_what_will_change(article, meena, client, later):
    article.publish(by=hand("Meena"), note="First")
    article.body = "One and two."
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="For Friday", at=later)
    client.force_login(meena)
    page = client.get(f"/admin/articles/article/{article.pk}/publish/").text
    assert "<ins>" in page and "One" in page
    assert "This also cancels" in page and "For Friday" in page


def test_publishing_asks_for_a_note_takes_the_questions_along_and_shows_at_once(article, meena, client):
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    form = client.get(url).context["form"]
    sent = {"edits": form["edits"].value(), "companions": form["companions"].initial, "emergency": "A test"}
    refused = client.post(url, sent | {"note": " "})
    assert refused.status_code == 200 and not Line.objects.exists()
    assert client.post(url, sent | {"note": "First words"}).status_code == 302
    page = client.get(article.get_absolute_url()).text
    assert "One." in page and "Does it hurt?" in page
    assert {line.by_name for line in Line.objects.all()} == {"Meena"}


def test_publishing_a_page_loaded_before_another_edit_does_nothing(article, meena, client):
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    edits = client.get(url).context["form"]["edits"].value()
    article.body = "Changed meanwhile."
    article.keep(by=hand("Asha"), at=timezone.now())
    answer = client.post(url, {"edits": edits, "note": "As I saw it"})
    assert "Asha saved this after you opened it" in answer.text and "As I saw it" in answer.text
    assert not Line.objects.exists()


def test_scheduling_names_the_clinics_time_zone_and_refuses_the_past(article, meena, client):
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/schedule/"
    page = client.get(url)
    assert "Asia/Kolkata" in page.text and "UTC+0530" in page.text
    sent = {"edits": page.context["form"]["edits"].value(), "note": "For later", "emergency": "A test"}
    assert "has passed" in client.post(url, sent | {"at": "2020-01-01T10:00"}).text
    friday = timezone.localtime() + datetime.timedelta(days=3)
    assert client.post(url, sent | {"at": friday.strftime("%Y-%m-%dT10:00")}).status_code == 302
    waiting = article.waiting(timezone.now())
    assert timezone.localtime(waiting.in_force_at).strftime("%d %H:%M") == friday.strftime("%d 10:00")


def test_withdrawing_and_cancelling(article, make_article, meena, client, later):
    article.publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/"
    sent = {"edits": article.edits, "note": "Being checked", "reason": "unsafe", "text": "Ask your nurse."}
    assert client.post(url + "withdraw/", sent | {"at": later.strftime("%Y-%m-%dT%H:%M")}).status_code == 302
    assert "A withdrawal waits" in client.get(url + "change/").text
    assert client.post(url + "cancel/", {"edits": article.edits, "note": "Not needed"}).status_code == 302
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.post(url + "withdraw/", sent).status_code == 302
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410 and "Ask your nurse." in answer.text


def test_the_preview_is_the_patients_page_for_staff_only(article, asha, client):
    url = f"/admin/articles/article/{article.pk}/preview/"
    assert client.get(url).status_code == 302
    client.force_login(asha)
    answer = client.get(url)
    assert "Not published" in answer.text and "One." in answer.text and "Does it hurt?" in answer.text
    assert "noindex" in answer.text and "no-store" in answer["Cache-Control"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "style-src 'sha256-" in answer["Content-Security-Policy"]


def test_preview_and_published_page_give_the_same_html(guide, asha, client):
    client.force_login(asha)

    def body(page):
        text = re.search(r'<div class="text">.*</article>', page, re.S)[0]
        return text[: text.index('id="about"')]

    live = client.get(guide.get_absolute_url()).text
    assert body(client.get(f"/admin/articles/article/{guide.pk}/preview/").text) == body(live)


def test_an_urdu_preview_reads_from_right_to_left(make_article, asha, client):
    article = make_article("خون کا ٹیسٹ", language="ur")
    client.force_login(asha)
    page = client.get(f"/admin/articles/article/{article.pk}/preview/").text
    assert '<html lang="ur" dir="rtl"' in page


def test_staff_read_old_editions(article, asha, client):
    article.publish(by=hand("Meena"), note="First")
    article.body = "Two."
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Second")
    client.force_login(asha)
    page = client.get(f"/admin/articles/article/{article.pk}/editions/1/").text
    assert "One." in page and "Not what patients read now" in page
    assert "Second" in client.get(f"/admin/articles/article/{article.pk}/editions/").text


def test_a_new_article_may_start_as_a_copy(article, asha, client):
    client.force_login(asha)
    page = client.get(f"/admin/articles/article/add/?copy={article.pk}")
    values = fields_of(page)
    assert (values["title"], values["body"], values["slug"]) == ("Copy of Having a blood test", "One.", "")
    assert client.post("/admin/articles/article/add/", values).status_code == 302
    assert Article.objects.get(title__startswith="Copy").slug == "copy-of-having-a-blood-test"


def test_what_was_never_published_can_be_deleted_and_what_was_cannot(article, make_article, asha, client):
    other = make_article("Other")
    other.publish(by=hand("Meena"), note="First")
    client.force_login(asha)
    client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert not Article.objects.filter(pk=article.pk).exists()
    answer = client.post(f"/admin/articles/article/{other.pk}/delete/", {"post": "yes"}, follow=True)
    assert "kept for ever and cannot be deleted. You can withdraw it." in answer.text
    assert Article.objects.filter(pk=other.pk).exists()


def test_a_text_that_is_too_long_is_refused_with_its_length(article, asha, client):
    client.force_login(asha)
    values = fields_of(client.get(change_url(article)))
    answer = client.post(change_url(article), values | {"body": "x" * 200_001})
    assert "200,001 bytes" in answer.text and "Split it" in answer.text


def test_an_administrator_changes_the_frame_and_a_topic(omar, client, db):
    Frame.objects.create(pk=1).publish(by=hand("set-up"), note="First words")
    client.force_login(omar)
    url = "/admin/publishing/frame/1/change/"
    page = client.get(url)
    assert client.post(url, fields_of(page) | {"clinic": "Clinic by the River"}).status_code == 302
    assert "Clinic by the River" in client.get("/admin/publishing/frame/1/preview/").text
    assert "Clinic by the River" not in client.get("/").text
    edits = Frame.objects.get().edits
    client.post("/admin/publishing/frame/1/publish/", {"edits": edits, "note": "New name"})
    assert "Clinic by the River" in client.get("/").text
    client.post("/admin/articles/topic/add/", {"title": "Tests", "place": 1, "note": "New topic"})
    assert (Topic.objects.get().slug, Line.objects.head().work) == ("tests", f"topics/{Topic.objects.get().pk}")


def test_an_administrator_cannot_become_more_than_that(omar, client, django_user_model):
    above = django_user_model.objects.create_superuser("root")
    client.force_login(omar)
    page = client.get(f"/admin/auth/user/{omar.pk}/change/")
    assert "is_superuser" not in page.text and "user_permissions" not in page.text
    assert client.post(f"/admin/auth/user/{above.pk}/change/", {"username": "mine"}).status_code == 403
    assert client.get(f"/admin/auth/user/{above.pk}/password/").status_code == 403


def test_many_wrong_passwords_are_slowed_down_for_that_name(asha, client):
    for _ in range(8):
        client.post("/admin/login/", {"username": "asha", "password": "wrong"})
    answer = client.post("/admin/login/", {"username": "asha", "password": "a-long-pass-phrase"})
    assert answer.status_code == 429 and "15 minutes" in answer.text


def test_the_edit_link_leads_staff_to_the_working_copy(article, asha, client):
    article.publish(by=hand("Meena"), note="First")
    client.force_login(asha)
    answer = client.get(article.get_absolute_url() + "edit/", follow=True)
    assert answer.redirect_chain[-1][0] == change_url(article)


def test_who_looks_again_after_a_refusal_may_confirm(article, meena, client):
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    form = client.get(url).context["form"]
    sent = {"edits": form["edits"].value(), "note": "As I saw it", "emergency": "A test"}
    article.body = "Changed meanwhile."
    article.keep(by=hand("Asha"), at=timezone.now())
    shown = client.post(url, sent)
    assert "Changed meanwhile." in shown.text
    assert client.post(url, sent | {"edits": shown.context["form"]["edits"].value()}).status_code == 302


def test_the_words_of_a_picture_in_a_text_become_its_own(article, asha, client):
    name = "0" * 64 + ".png"
    Picture.objects.create(name=name, width=1, height=1, uploaded_at=timezone.now())
    client.force_login(asha)
    values = fields_of(client.get(change_url(article)))
    client.post(change_url(article), values | {"body": f"![A nurse \\[left\\]](/media/{name})"})
    assert Picture.objects.get().alt_text == "A nurse [left]"


def test_a_publisher_that_stands_in_a_text_is_not_deleted(article, omar, client):
    article.publisher = Publisher.objects.create(name="A publisher")
    article.keep(by=hand("Asha"), at=timezone.now())
    client.force_login(omar)
    url = f"/admin/publishing/publisher/{article.publisher.pk}/delete/"
    assert client.post(url, {"post": "yes"}).status_code == 403
    free = Publisher.objects.create(name="Another")
    client.post(f"/admin/publishing/publisher/{free.pk}/delete/", {"post": "yes"})
    assert list(Publisher.objects.all()) == [article.publisher]


def test_a_fault_while_saving_tells_staff_that_their_text_is_still_in_the_form(article, asha, client, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    client.force_login(asha)
    client.raise_request_exception = False
    values = fields_of(client.get(change_url(article)))
    with monkeypatch.context() as patch:
        patch.setattr(Article, "keep", busy)
        answer = client.post(change_url(article), values | {"body": "Two."})
    assert answer.status_code == 503 and "still in the form" in answer.text and "locked" not in answer.text


def test_saving_without_a_change_changes_nothing_whatever_line_ends_a_browser_sends(guide, asha, client):
    client.force_login(asha)
    values = fields_of(client.get(change_url(guide)))
    sent = {name: str(value).replace("\n", "\r\n") for name, value in values.items()}
    assert client.post(change_url(guide), sent).status_code == 302
    edits = guide.edits
    guide.refresh_from_db()
    assert guide.edits == edits and "\r" not in guide.body and not guide.differs_from(guide.live(timezone.now()))
    client.post(change_url(guide), sent | {"lead": "One.\r\nTwo."})
    guide.refresh_from_db()
    assert guide.lead == "One.\nTwo."


@pytest.mark.parametrize("page", ["/admin/articles/article/", "/admin/articles/article/add/", "/admin/faq/entry/"])
def test_no_name_stands_twice_in_the_breadcrumbs(page, asha, client):
    client.force_login(asha)
    crumbs = re.search(r'class="breadcrumbs">(.*?)</(?:div|ol)>', client.get(page).text, re.DOTALL)[1]
    names = [name for crumb in re.split(r"&rsaquo;|<[^>]*>", crumbs) if (name := crumb.strip())]
    assert len(names) == len(set(names)) >= 2


def test_words_of_the_questions_that_go_along_stand_on_the_page(article, meena, ravi, client):
    article.publish(by=hand("Meena"), note="First")
    entry = article.entry_set.get()
    entry.answer = "Take 500 mg twice a day."
    entry.keep(by=hand("Asha"), at=timezone.now())
    for act, person in (("publish", meena), ("review", ravi)):
        client.force_login(person)
        page = client.get(f"/admin/articles/article/{article.pk}/{act}/").text
        said = f"Together with it: “{entry}”" if act == "publish" else f'name="texts" value="{entry.name}:'
        assert said in page and str(entry) in page and "500" in page, act


def test_a_reviewer_who_looks_again_may_confirm(article, ravi, client):
    client.force_login(ravi)
    url = f"/admin/articles/article/{article.pk}/review/"
    form = client.get(url).context["form"]
    article.body = "Changed meanwhile."
    article.keep(by=hand("Asha"), at=timezone.now())
    sent = {name: form[name].value() or "" for name in ("edits", "text_digest", "next_due_on")}
    told = {"result": "fit", "reviewer_name": "Dr Ravi", "credential": "haematologist", "evidence": "Typed before"}
    answer = client.post(url, sent | told)
    assert "look at it again" in answer.text and "Typed before" in answer.text and not article.reviews.exists()
    seen = {name: answer.context["form"][name].value() for name in ("edits", "text_digest")}
    assert client.post(url, sent | told | seen).status_code == 302
    assert article.reviews.get().text_digest == article.freeze().text_digest
