"""What readers meet on pages: each a kind of fault that was found once."""

import gzip
import json
import re

import pytest

from conftest import hand, judge
from publishing.text import shown

LONG = "An answer of six long words. " * 12


@pytest.fixture
def asked(make_article, make_entry):
    """Publishes questions of a guide, or of none, with these answers."""

    def ask(*answers, article=None):
        entries = [make_entry(f"Question {number}?", answer=one, article=article) for number, one in enumerate(answers)]
        for entry in entries:
            entry.publish(by=hand("Meena"), note="First")
        return entries

    return ask


def opened(page):
    """By question whether its answer is open."""
    return {title: bool(is_open) for is_open, title in re.findall(r"<details( open)?><summary><h3>([^<]*)", page)}


def test_a_link_to_a_question_leads_into_its_answer_which_a_browser_then_opens(asked, client):
    asked(LONG)
    assert re.search(r'<details><summary>.*?</summary><div id="q\d+">', client.get("/faq/").text)


def test_nobody_taps_for_a_short_answer(asked, client):
    asked("A little.", LONG, "Not at all.")
    assert opened(client.get("/faq/").text) == {"Question 0?": True, "Question 1?": False, "Question 2?": True}


def test_each_answer_tells_of_its_own_check(asked, ravi, client):
    first, _second = asked("A little.", "Not much.")
    page = client.get("/faq/").text
    assert page.count("Not yet checked by a clinician") == 1 and 'id="check-h"' in page
    judge(first, ravi)
    page = client.get("/faq/").text
    assert page.count("Not yet checked by a clinician") == 1 and 'id="check-h"' not in page
    assert page.index("Question 1?") < page.index("Not yet checked by a clinician")


def test_a_guide_that_was_checked_marks_the_answer_that_was_not(make_article, asked, ravi, client):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    asked("A little.", article=article)
    judge(article, ravi)
    assert client.get(article.address()).text.count("Not yet checked by a clinician") == 2  # above, and by itself


def test_a_question_stays_with_its_guide_that_was_taken_down(make_article, asked, client):
    article = make_article("Needles")
    article.publish(by=hand("Meena"), note="First")
    asked("A little.", article=article)
    article.withdraw(by=hand("Meena"), note="Dose.", reason="unsafe", text="The dose was wrong.")
    page = client.get("/faq/").text
    assert "General questions" not in page and ">Needles</h2>" in page
    assert "The clinic has taken this guide down." in page and f'href="{article.address()}"' in page


def test_what_is_not_stored_is_packed_too(guide, client):
    for path, code in (("/search/?q=cells", 200), ("/nothing/", 404), ("/articles/nothing/", 404)):
        plain, packed = client.get(path), client.get(path, headers={"accept-encoding": "gzip"})
        assert packed.status_code == code and packed["Content-Encoding"] == "gzip", path
        assert gzip.decompress(packed.content) == plain.content and "Accept-Encoding" in packed["Vary"]
        assert int(packed["Content-Length"]) == len(packed.content)


def test_browsers_and_telephones_find_the_sign_of_the_site(db, client):
    for name in ("favicon.ico", "favicon.svg", "apple-touch-icon.png", "icon-512.png", "share.png"):
        answer = client.get(f"/{name}")
        assert answer.status_code == 200 and answer["Content-Type"].startswith("image/"), name
    told = json.loads(client.get("/site.webmanifest").content)
    assert told["short_name"] == "Our clinic" and all(
        client.get(one["src"]).status_code == 200 for one in told["icons"]
    )


def test_who_is_sent_a_page_sees_its_title_and_nothing_of_others(make_article, client, settings):
    told = make_article('Is "5 mg" & more safe?')
    told.publish(by=hand("Meena"), note="First")
    page = client.get(told.address()).text
    assert '<meta property="og:title" content="Is &quot;5 mg&quot; &amp; more safe?">' in page
    assert f'<meta property="og:image" content="{settings.SITE_URL}/share.png">' in page


def test_an_unsafe_text_looks_like_no_other_that_was_taken_down(make_article, client):
    for reason in ("unsafe", "out of date"):
        one = make_article(reason.title())
        one.publish(by=hand("Meena"), note="First")
        one.withdraw(by=hand("Meena"), note="Dose.", reason=reason)
        page = client.get(one.address()).text
        assert ('<section class="stop"' in page) == ("<title>Unsafe, taken down:" in page) == (reason == "unsafe")


def test_no_drawing_fills_the_screen_without_a_stylesheet(guide, client):
    for path in ("/", guide.get_absolute_url()):
        drawings = re.findall(r"<svg[^>]*>", client.get(path).text)
        assert drawings and all(' width="' in one and ' height="' in one for one in drawings)


def test_paper_tells_an_address_once():
    there = '<a href="https://example.org/a" rel="noopener noreferrer">'
    page = shown(f"<p>{there}Here</a> {there}there</a> and {there.replace('/a', '/b')}example.org/b</a></p>", {})
    assert re.findall(r"<a( class=\"told\")?", page) == ["", ' class="told"', ' class="told"']


def test_patients_read_no_name_of_a_file_as_a_change(guide, client):
    assert ".md" not in client.get(f"{guide.get_absolute_url()}history/").text
