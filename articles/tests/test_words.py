"""Words explained where they stand: on pages now and in the past, in the record, and on the staff's desk."""

import io
import subprocess
import sys
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.beside.first import take_first
from articles.importing.importer import take
from articles.models import Term
from conftest import SAMPLE, changed, hand, judge, shown, when
from publishing.models import Hand, Line, findings_of
from publishing.record import composed, faults
from publishing.refusals import Refused

GUIDE = "/articles/your-drip/"
BODY = "## The drip chamber\n\nA nurse looks at the drip chamber. Leave the drip chamber alone."


@pytest.fixture
def make_term(db):
    def make(title="drip chamber", meaning="The clear part of the tube.", **content):
        term = Term(title=title, meaning=meaning, **content)
        term.keep(by=hand("Asha"), at=timezone.now())
        return term

    return make


@pytest.fixture
def drip(make_article):
    guide = make_article("Your drip", body=BODY)
    guide.publish(by=hand("Meena"), note="First")
    return guide


@pytest.fixture
def term(make_term, drip):
    term = make_term()
    term.publish(by=hand("Meena"), note="First")
    return term


def test_a_word_is_a_link_to_its_meaning_on_the_page_the_first_time_only(term, client):
    page = client.get(GUIDE).text
    link = f'<dfn><a href="#w_{term.pk}" id="w_{term.pk}-at">drip chamber</a></dfn>'
    assert page.count("<dfn>") == page.count(link) == 1
    assert "<h2" in page.partition("<dfn>")[0] and "looks at the <dfn>" in page
    meaning = page.partition('<section id="words"')[2].partition("</section>")[0]
    assert f'<div id="w_{term.pk}"><dt>drip chamber</dt><dd><p>The clear part of the tube.</p>' in meaning
    assert f'href="#w_{term.pk}-at"' in meaning and "Not yet checked by a clinician" in meaning
    assert page.index('id="words"') < page.index('id="sources"') and '<a href="#words">' in page


def test_a_page_without_words_of_the_list_says_nothing_of_it(drip, make_term, client):
    make_term("spleen").publish(by=hand("Meena"), note="First")
    page = client.get(GUIDE).text
    assert "<dfn>" not in page and 'id="words"' not in page and 'href="#words"' not in page


def test_questions_beside_a_guide_alone_and_in_their_list_explain_words(term, drip, make_term, make_entry, client):
    entry = make_entry("Is the drip chamber safe?", answer="The drip chambers are safe. A valve too.", article=drip)
    entry.publish(by=hand("Meena"), note="First")
    Term(title="valve", meaning="A small tap.").keep(by=hand("Asha"), at=timezone.now())
    Term.objects.get(title="valve").publish(by=hand("Meena"), note="First")
    page = client.get(GUIDE).text
    assert page.count("<dfn>") == 2 and page.index(">drip chamber</a></dfn>") < page.index(">valve</a></dfn>")
    assert client.get(entry.address()).text.count("<dfn>") == client.get("/faq/").text.count("<dfn>") == 2
    assert client.get("/faq/").text.count('<div id="w_') == 2
    make_term("safe", meaning="It does not hurt you.").publish(by=hand("Meena"), note="First")
    assert client.get("/faq/").text.count("<dfn>") == 3


@pytest.mark.parametrize("act", ["published", "another meaning", "withdrawn", "checked", "found in a new spelling"])
def test_each_act_makes_the_pages_anew_that_show_the_word_and_no_others(
    act, make_term, drip, make_article, ravi, client
):
    apart = make_article("Another guide")
    apart.publish(by=hand("Meena"), note="First")
    other = "/articles/another-guide/"
    term = make_term("cap" if act == "found in a new spelling" else "drip chamber")
    if act != "published":
        term.publish(by=hand("Meena"), note="First")
    before, kept = client.get(GUIDE).text, client.get(other).text
    if act == "another meaning":
        changed(term, meaning="Here you see it drip.")
    elif act == "withdrawn":
        term.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    elif act == "checked":
        judge(term, ravi)
    elif act == "found in a new spelling":
        changed(term, also="drip chamber")
    else:
        term.publish(by=hand("Meena"), note="First")
    touched = set(Line.objects.order_by("-seq").first().touch_set.values_list("name", flat=True))
    assert client.get(GUIDE).text != before and client.get(other).text == kept
    assert touched.isdisjoint({"articles", "words in en", apart.name})


def test_a_word_that_comes_later_appears_on_its_second_on_guides_published_meanwhile(make_term, make_article, later):
    from publishing.models import StoredPage
    from publishing.models.stored import microseconds

    term = make_term()
    term.publish(by=hand("Meena"), note="First", at=later)
    guide = make_article("Your drip", body=BODY)
    guide.publish(by=hand("Meena"), note="First")
    from django.test import Client

    assert "<dfn>" not in Client().get(GUIDE).text
    assert StoredPage.objects.get().until_us == microseconds(later)


def test_a_changed_word_makes_no_guide_changed_and_ends_no_check(term, drip, ravi, client):
    judge(drip, ravi)
    digest = composed(drip.live(timezone.now()), timezone.now()).digest
    changed(term, meaning="Here you see it drip.")
    now = timezone.now()
    assert not drip.differs_from(drip.live(now)) and "Checked" not in client.get(GUIDE).text.partition("<main")[0]
    assert drip.review_of(drip.live(now), now) is not None
    assert composed(drip.live(now), now).digest != digest


def test_as_it_was_shows_the_words_of_that_moment(term, asha, client):
    then = Line.objects.moment_of_reading()
    changed(term, meaning="Here you see it drip.")
    client.force_login(asha)
    assert "The clear part of the tube." in shown(client, then, GUIDE).text
    assert "Here you see it drip." in shown(client, Line.objects.moment_of_reading(), GUIDE).text
    assert list(faults()) == []


def unpacked(client, folder, path):
    sent = client.get(f"/admin/complaint/{when(Line.objects.moment_of_reading())}{path}")
    zipfile.ZipFile(io.BytesIO(b"".join(sent.streaming_content))).extractall(folder)
    return lambda: subprocess.run([sys.executable, "verify.py"], cwd=folder, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ("The clear part of the tube.", "The blue part."),
        ("<dt>drip chamber</dt>", "<dt>drop chamber</dt>"),
        ("looks at the <dfn>", "never looks at the <dfn>"),
        ('<dl class="rows plain words">', '<dl class="rows plain words"><div><dt>Fever</dt><dd>Harmless</dd></div>'),
    ],
)
def test_the_file_for_a_complaint_proves_the_words(term, drip, ravi, asha, client, tmp_path, what, instead):
    judge(term, ravi)
    client.force_login(asha)
    verified = unpacked(client, tmp_path, GUIDE)
    assert verified().startswith("This holds: 2 editions and 1 review"), verified()
    page = tmp_path / "page.html"
    assert what in page.read_text()
    page.write_text(page.read_text().replace(what, instead, 1))
    assert verified().startswith("This does not hold")


@pytest.mark.parametrize("path", ["/words/drip-chamber/", "/words/"])
def test_the_word_list_has_pages_of_its_own(term, client, path):
    page = client.get(path)
    assert page.status_code == 200 and "drip chamber" in page.text
    assert ("The clear part of the tube." in page.text) == (path != "/words/")
    term.withdraw(by=hand("Meena"), note="Old", reason="unsafe")
    assert client.get("/words/drip-chamber/").status_code == 410 and "drip chamber" not in client.get("/words/").text


def test_a_page_of_a_word_can_be_proven_like_a_guide(term, asha, client, tmp_path):
    client.force_login(asha)
    assert unpacked(client, tmp_path, "/words/drip-chamber/")().startswith("This holds: 1 edition")


def test_two_words_of_a_language_are_not_found_under_one_spelling(term):
    with pytest.raises(ValidationError, match="“drip chamber” is found under “drip chambers” already"):
        Term(title="chamber", also="Drip Chambers", meaning="Another.").full_clean()
    Term(title="drip chamber", slug="drip", meaning="Otra.", language="hi").full_clean()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("title", "what? is this", "cannot be found"),
        ("also", "one\ntwo; three", "“two; three” cannot be found"),
        ("meaning", "x" * 601, "601 letters"),
        ("meaning", "## A heading", "plain sentences"),
        ("meaning", "- a\n- b", "plain sentences"),
    ],
)
def test_what_cannot_be_a_word_or_its_meaning_is_refused_with_a_sentence(db, field, text, said):
    with pytest.raises(ValidationError, match=said):
        Term(**({"title": "drip", "meaning": "A thing."} | {field: text})).full_clean()


def test_a_word_without_a_meaning_is_not_published(make_term):
    with pytest.raises(Refused, match="has no meaning yet"):
        make_term(meaning="").publish(by=hand("Meena"), note="First")


def test_staff_see_before_publishing_which_texts_a_word_touches(make_term, drip, make_article, meena, client):
    make_article("Drip-free").publish(by=hand("Meena"), note="First")
    term = make_term()
    client.force_login(meena)
    for page in ("change", "publish"):
        told = client.get(f"/admin/articles/term/{term.pk}/{page}/").text.partition("Where it stands")[2]
        assert "explained with\n1 text." in told and ">Your drip</a>" in told and "Drip-free" not in told
    assert "drip chamber" in client.get("/admin/articles/term/").text


def test_a_short_form_that_the_word_list_explains_is_spelt_out(make_article, make_term, at):
    guide = make_article("Your blood", body="We measure your INR. Bring your INRs.")
    said = "“INR” is never spelt out."
    assert said in [one.sentence for one in findings_of(guide, at)]
    make_term("INR", meaning="How fast your blood clots.").publish(by=hand("Meena"), note="First")
    assert said not in [one.sentence for one in findings_of(guide, Line.objects.moment_of_reading())]


def test_a_word_on_very_many_pages_touches_all_of_its_language_by_one_name(make_term, drip, monkeypatch):
    monkeypatch.setattr("articles.models.terms.MANY", 0)
    make_term().publish(by=hand("Meena"), note="First")
    assert "words in en" in Line.objects.order_by("-seq").first().touch_set.values_list("name", flat=True)


def test_the_first_words_tell_each_other_line_by_line(db):
    for language in ("en", "hi", "ur", "es", "es"):
        take_first(language, by=Hand.command("set_up"), at=timezone.now())
    told = Term.objects.exclude(original=None)
    assert told.count() == 3 * 7 and told.get(title="célula T").original.title == "T-cell"
    assert {one.editions.get().original_id for one in told} == {one.pk for one in Term.objects.filter(language="en")}


@pytest.mark.parametrize(("language", "mark"), [("hi", "नमूना:"), ("ur", "نمونہ:"), ("es", "Muestra:")])
def test_the_first_words_of_a_language_stand_in_its_sample_and_say_that_no_speaker_has_read_them(
    guide, client, language, mark
):
    take(SAMPLE.with_suffix(f".{language}.md"), at=timezone.now(), publish=True)
    take_first(language, by=Hand.command("set_up"), at=timezone.now())
    page = client.get(f"/{language}/articles/car-t-cell-therapy/").text
    # Three of the seven the guide explains itself: these links lead to its own list, and nothing is said twice
    assert page.count("<dfn") == 7 and page.count('<dfn><a href="#w_') == page.count(mark) == 4
