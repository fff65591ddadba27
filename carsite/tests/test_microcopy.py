"""What the patients' pages say of themselves."""

import datetime
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from carsite.templatetags.page import day, first_sentence, minutes, without_address
from carsite.tests.conftest import TEMPLATES
from conftest import hand


def test_a_moment_is_shown_as_the_clinics_date():
    late = datetime.datetime(2025, 6, 23, 20, 0, tzinfo=datetime.UTC)  # already the 24th in Kolkata
    assert day(late) == day(datetime.date(2025, 6, 24)) == '<time datetime="2025-06-24">24 June 2025</time>'
    assert day(None) == ""


def test_a_date_is_written_in_the_language_of_the_page():
    with translation.override("hi"):
        assert "जून" in day(datetime.date(2025, 6, 24))


def test_minutes_are_said_in_words():
    assert [minutes(number) for number in (0, 1, 3)] == ["Under a minute", "1 minute", "3 minutes"]


def test_a_card_shows_the_first_sentence_only():
    assert first_sentence("Dr. Rao explains a blood test. It is short.") == "Dr. Rao explains a blood test."
    assert first_sentence("यह इलाज आपकी कोशिकाओं से बनता है। यह नया है।") == "यह इलाज आपकी कोशिकाओं से बनता है।"
    assert first_sentence("No stop at all") == "No stop at all"


def test_accounts_without_an_address_are_named():
    assert without_address([("A", "https://a.example"), ("B", "")]) == ["B"]


def test_the_guide_says_what_nobody_has_supplied(client, guide):
    page = client.get(guide.get_absolute_url()).content.decode()
    for words in ("Not yet checked by a clinician", "Nobody yet", "The publisher did not list sources."):
        assert words in page
    assert 'Instagram <span class="soft">(addresses not supplied)</span>' in page


def test_the_sponsor_stands_after_the_article_and_word_for_word(client, guide):
    text, after = client.get(guide.get_absolute_url()).content.decode().split("</article>")
    assert "Loan Partner" not in text
    assert "10 Lakh+ Customers" in after and "(10 lakh is 1 million)" in after
    assert "The clinic has not checked these claims." in after


def test_the_emergency_box_stands_once_and_right_after_the_risks(client, guide):
    page = client.get(guide.get_absolute_url()).content.decode()
    assert page.count('href="tel:') == 1
    assert re.search(r'class="risks".*?</section>\s*<section class="now"', page, re.DOTALL)


def test_a_guide_without_marked_risks_has_the_emergency_box_at_its_end(client, make_article):
    article = make_article(body="## One\n\nText.\n\n## Two\n\nText.")
    article.publish(by=hand("Meena"), note="First.")
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.index(">Two<") < page.index('href="tel:') < page.index('id="sources"')


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("out of date", "because it is out of date. Nothing is wrong with your phone."),
        ("unsafe", "because something in it could be harmful."),
    ],
)
def test_a_guide_that_is_taken_down_says_why_since_when_and_whom_to_call(client, make_article, reason, words):
    article = make_article()
    article.publish(by=hand("Meena"), note="First.")
    notice = article.withdraw(by=hand("Meena"), note="Dose.", reason=reason, text="The <dose> was wrong.")
    answer = client.get(article.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 410
    assert f"We have taken this guide down {words}" in page
    assert ("Please stop using printed or saved copies" in page) == (reason == "unsafe")
    assert day(notice.in_force_at) in page and 'href="tel:' in page and "The &lt;dose&gt; was wrong." in page
    assert '<meta name="robots" content="noindex">' in page


def test_search_shows_what_was_typed_and_never_runs_it(client, guide):
    page = client.get("/search/", {"q": '"><b>lukemia'}).content.decode()
    assert "<b>" not in page
    assert 'value="&quot;&gt;&lt;b&gt;lukemia"' in page
    nothing = client.get("/search/", {"q": '"><i>zzyzx'}).content.decode()
    assert "<i>" not in nothing and "No guide has the words “&quot;&gt;&lt;i&gt;zzyzx”." in nothing


def test_a_preview_says_that_patients_cannot_see_it(rf, guide, at):
    from articles.views import show
    from publishing.record import composed

    class Preview:
        message, back_url = "", "/admin/articles/article/1/change/"

    request = rf.get(guide.get_absolute_url())
    request.moment, request.preview = lambda: at, Preview()
    page = show(request, composed(guide.freeze(), at)).render().content.decode()
    assert "Not published. Patients cannot see this page." in page
    assert 'href="/admin/articles/article/1/change/">Back to editing' in page
    assert '<meta name="robots" content="noindex">' in page


def test_public_templates_touch_nothing_that_opens_a_session():
    assert len(TEMPLATES) > 30
    for path in TEMPLATES:
        assert not re.search(r"csrf|messages|request\.user|\buser\b|perms|session", path.read_text()), path.name


def test_templates_are_short():
    assert max(len(path.read_text().splitlines()) for path in TEMPLATES) <= 80


def test_the_error_pages_need_neither_request_nor_database():
    assert "Nothing is wrong with your phone." in render_to_string("500.html")
    for name in ("400", "403", "500"):
        assert render_to_string(f"{name}.html").count("<h1>") == 1
