"""As it was: staff read any page as patients saw it at a moment."""

import datetime
import io
import re
import subprocess
import sys
import zipfile

import pytest
from django.utils import timezone

from articles.models import Topic
from publishing.models import Frame, Line, Picture, StoredPage
from publishing.tests.test_pictures import encoded, two_coloured


def when(at):
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def shown(client, at, path="/"):
    return client.get(f"/admin/as-it-was/{when(at)}{path}")


def change(work, **content):
    """Save and publish other content; the moment just before."""
    before = Line.objects.moment_of_reading()
    for name, value in content.items():
        setattr(work, name, value)
    work.keep(by="Asha", at=timezone.now())
    work.publish(by="Meena", note="Changed")
    return before


def judged(work):
    due = timezone.localdate() + datetime.timedelta(days=300)
    said = {"reviewer_name": "Dr Old", "credential": "doctor", "result": "fit", "next_due_on": due}
    return work.review(by="link", text_digest=work.freeze().text_digest, **said)


@pytest.fixture
def told(make_article, make_entry, asha, client):
    """A guide with a question and a frame, published, then each changed; the moment before the changes."""
    frame = Frame.objects.create(pk=1, clinic="Old Clinic")
    frame.publish(by="Meena", note="First")
    article = make_article(body="Take 5 drops.")
    article.publish(by="Meena", note="First")
    entry = make_entry(article=article, answer="Call 111.")
    entry.publish(by="Meena", note="First")
    review, _other = judged(article), judged(entry)
    article.then = change(article, body="Take 2 drops.")
    change(entry, answer="Call 222.")
    change(frame, clinic="New Clinic")
    article.revoke(review, by="Meena", note="Mistaken")
    client.force_login(asha)
    return article


def test_a_page_is_shown_with_the_text_question_frame_and_review_of_that_moment(told, client):
    page = shown(client, told.then, told.address())
    for old, new in (("Take 5 drops.", "Take 2 drops."), ("Call 111.", "Call 222."), ("Old Clinic", "New Clinic")):
        assert old in page.text and new not in page.text
    assert "Dr Old" in page.text
    assert "Not what they read now." in page.text
    assert "Dr Old" not in client.get(told.address()).text
    assert "Take 2 drops." in client.get(told.address()).text


def test_the_bar_names_the_moment_in_the_clinics_time(told, client):
    local = timezone.localtime(told.then)
    assert f"As patients saw it on {local.day} {local:%B %Y, %H:%M}. Not what they read now." in (
        shown(client, told.then, told.address()).text
    )


def test_links_lead_on_within_the_moment_and_no_form_works(told, client):
    page = shown(client, told.then)
    assert f'href="/admin/as-it-was/{when(told.then)}{told.address()}"' in page.text
    outside = [href for href in re.findall(r'<a\b[^>]*\shref="([^"]*)"', page.text) if href.startswith("/")]
    assert outside and all(href.startswith("/admin/as-it-was/") for href in outside)
    assert "<form" not in page.text.replace("<form inert", "")
    assert "form-action 'none'" in page["Content-Security-Policy"]


def test_it_is_neither_stored_nor_indexed(told, client):
    before = StoredPage.objects.count()
    page = shown(client, told.then, told.address())
    assert "no-store" in page["Cache-Control"] and page["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in page.text
    assert StoredPage.objects.count() == before


def test_what_was_renamed_since_leads_on_and_what_was_not_yet_there_is_said_to_be_missing(told, client):
    old = told.address()
    change(told, slug="a-new-address")
    now = Line.objects.moment_of_reading()
    assert shown(client, now, old)["Location"] == f"/admin/as-it-was/{when(now)}/articles/a-new-address/"
    page = shown(client, told.then, "/articles/a-new-address/")
    assert page.status_code == 404 and "Not what they read now." in page.text


def test_a_withdrawn_guide_is_its_notice_only_since_then(told, client):
    before = Line.objects.moment_of_reading()
    told.withdraw(by="Meena", note="Wrong", reason="unsafe")
    assert shown(client, before, told.address()).status_code == 200
    assert shown(client, Line.objects.moment_of_reading(), told.address()).status_code == 410


def test_a_moment_to_come_says_what_waits_for_it(told, later, client):
    told.body = "Take 1 drops."
    told.keep(by="Asha", at=timezone.now())
    told.publish(by="Meena", note="For Friday", at=later)
    page = shown(client, later + datetime.timedelta(hours=1), told.address())
    assert "Take 1 drops." in page.text and "As patients will read it" in page.text
    assert "This waits until then: “Having a blood test”" in page.text
    assert "Nothing waits until then." in shown(client, later - datetime.timedelta(hours=1), told.address()).text


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2001-01-01T00:00:00Z", "the first act on this site was on"),
        ("0001-01-01T00:00:00Z", "No page was ever read in that year"),
        ("9999-12-31T23:59:59Z", "No page was ever read in that year"),
        ("2026-06-24T10:00:00", "That is not a date and a time"),
        ("yesterday", "That is not a date and a time"),
    ],
)
def test_a_moment_that_shows_nothing_gets_a_sentence(asked, answer, told, client):
    page = client.get(f"/admin/as-it-was/{asked}/")
    assert page.status_code == 404 and answer in page.text


def test_the_form_takes_the_clinics_time_and_any_address_of_the_site(told, client):
    local = (timezone.localtime(told.then) + datetime.timedelta(minutes=1)).replace(second=0, microsecond=0)
    sent = {"at": local.strftime("%Y-%m-%dT%H:%M"), "path": f"https://clinic.example{told.address()}?fbclid=1"}
    assert client.get("/admin/as-it-was/", sent).url == f"/admin/as-it-was/{when(local)}{told.address()}"
    page = client.get("/admin/as-it-was/").text
    assert "Asia/Kolkata" in page
    wrong = client.get("/admin/as-it-was/", {"at": "31 June", "path": "/admin/"}).text
    assert "Write it like 2026-06-24 10:00." in wrong and "Patients have no page at such an address" in wrong


def test_topics_have_todays_names_and_the_bar_says_so(make_article, asha, client):
    topic = Topic(name="Old name")
    topic.keep(by="Omar", note="New")
    make_article(topic=topic).publish(by="Meena", note="First")
    then = Line.objects.moment_of_reading()
    client.force_login(asha)
    assert "names of topics" not in shown(client, then).text
    topic.name = "Other name"
    topic.keep(by="Omar", note="Renamed")
    page = shown(client, then).text
    assert "Other name" in page and "The names of topics are today’s." in page


def test_somebody_without_a_role_reads_nothing_of_the_past(told, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("visitor", is_staff=True))
    assert shown(client, told.then).status_code == 403


def complaint(client, at, path, folder):
    answer = client.get(f"/admin/complaint/{when(at)}{path}")
    assert answer["Content-Type"] == "application/zip", answer.text
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(folder)
    return folder


def verified(folder, *arguments):
    run = [sys.executable, "-I", folder / "verify.py", *arguments]
    answer = subprocess.run(run, capture_output=True, text=True, timeout=60, cwd="/")
    return answer.returncode, answer.stdout


def test_one_file_for_a_complaint_verifies_without_us(told, client, tmp_path):
    folder = complaint(client, told.then, told.address(), tmp_path / "file")
    page = (folder / "page.html").read_text()
    assert "Take 5 drops." in page and "Call 111." in page and "Old Clinic" in page
    assert not re.search(r'(?:href|src)="/', page)
    assert "python3 verify.py" in (folder / "README.txt").read_text()
    head = Line.objects.head()
    for arguments in ([], [f"{head.seq}:{head.hash}"]):
        code, said = verified(folder, *arguments)
        assert (code, said[:37]) == (0, "This holds: 3 editions and 2 reviews ")
    code, said = verified(folder, f"{head.seq}:{'0' * 64}")
    assert code == 1 and "does not contain the line" in said


def test_a_review_revoked_and_made_again_in_the_same_words_verifies(told, client, tmp_path):
    told.revoke(judged(told), by="Meena", note="Mistaken")
    then = Line.objects.moment_of_reading()
    judged(told)
    for at, name in ((then, "between"), (Line.objects.moment_of_reading(), "after")):
        folder = complaint(client, at, told.address(), tmp_path / name)
        assert verified(folder)[1].startswith("This holds: ")
    text = (folder / "record.json").read_text()
    (folder / "record.json").write_text(re.sub(r'"revoked_at": "2[^"]*"', '"revoked_at": null', text))
    assert "the review by Dr Old" in verified(folder)[1]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("record.json", 'Take 5 drops."', 'Take 6 drops."', "edition 1 of articles/"),
        ("record.json", "Old Clinic", "Odd Clinic", "edition 1 of frame"),
        ("record.json", "Dr Old", "Dr Odd", "the review by Dr Odd"),
        ("record.json", '"revoked_at": "2', '"revoked_at": "3', "the review by Dr Old"),
        ("chain.json", '"First"', '"Fist"', "line 1 of the ledger"),
        ("chain.json", "{", "", "cannot be read"),
    ],
)
def test_one_letter_altered_is_seen(file, old, new, said, told, client, tmp_path):
    folder = complaint(client, told.then, told.address(), tmp_path / "file")
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    code, answer = verified(folder)
    assert code == 1 and answer.startswith("This does not hold: ") and said in answer


def test_an_edition_of_another_moment_is_not_taken_for_that_one(told, client, tmp_path):
    folder = complaint(client, Line.objects.moment_of_reading(), told.address(), tmp_path / "file")
    text = (folder / "record.json").read_text()
    (folder / "record.json").write_text(re.sub(r'"at": "\d{4}-[^"]*"', f'"at": "{when(told.then)}"', text, count=1))
    code, answer = verified(folder)
    assert code == 1 and "was not in force at that moment" in answer


def test_its_pictures_are_in_the_file_and_checked(make_article, asha, client, tmp_path):
    picture = Picture.take(encoded(two_coloured(), "JPEG"), by="Asha", file_name="arm.jpg", at=timezone.now())
    article = make_article(body=f"See:\n\n![An arm](/media/{picture.name})")
    article.publish(by="Meena", note="First")
    client.force_login(asha)
    folder = complaint(client, Line.objects.moment_of_reading(), article.address(), tmp_path / "file")
    assert f'src="pictures/{picture.name}"' in (folder / "page.html").read_text()
    assert verified(folder)[0] == 0
    (folder / "pictures" / picture.name).write_bytes(b"other")
    code, said = verified(folder)
    assert code == 1 and f"the picture {picture.name}" in said


def test_a_page_in_another_language_stays_in_it(make_article, asha, client):
    article = make_article("خون کا ٹیسٹ", language="ur", body="One.")
    article.publish(by="Meena", note="First")
    then = change(article, body="Two.")
    client.force_login(asha)
    page = shown(client, then, article.address())
    assert '<html lang="ur" dir="rtl"' in page.text and "One." in page.text
    assert page["Content-Language"] == "ur"
    assert f'href="/admin/as-it-was/{when(then)}/ur/' in page.text


def test_a_complaint_about_no_page_gets_a_sentence(told, client):
    for path, said in (("/", "one guide or one question"), ("/articles/no-such/", "could not read a page")):
        answer = client.get(f"/admin/complaint/{when(told.then)}{path}")
        assert answer.status_code == 404 and said in answer.text


def test_the_first_page_of_the_admin_leads_to_the_tools(asha, client, django_user_model):
    client.force_login(asha)
    page = client.get("/admin/").text
    for url in ("/admin/as-it-was/", "/admin/recall/", "/admin/proof/"):
        assert f'href="{url}"' in page
    client.force_login(django_user_model.objects.create_user("visitor", is_staff=True))
    assert "/admin/recall/" not in client.get("/admin/").text
