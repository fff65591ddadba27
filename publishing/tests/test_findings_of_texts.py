"""What is found in working copies: beside what patients read, and by what the record knows."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from conftest import edit, encoded, hand, judge, two_coloured
from publishing.models import Picture, findings_of
from publishing.text import one_address


def said(work, check):
    return [one.sentence for one in findings_of(work, timezone.now()) if one.check.id == check]


def test_what_patients_read_already_is_named_and_blocks_nothing(make_article):
    article = make_article(body="Take 3 mg.", sources="")
    article.publish(by=hand("Meena"), note="First")
    found = findings_of(article, timezone.now())
    assert {one.check.id for one in found.read_already} >= {"source"} and found.please_add == []
    edit(article, "Asha", body="Take 3.0 mg.")
    found = findings_of(article, timezone.now())
    assert [one.sentence for one in found.must_fix] == ["“3.0 mg” can be read as 30 mg."]
    assert found.count == len(found.settled) + len({one.check.id for one in found})


def test_a_longer_sentence_that_is_only_corrected_is_not_new(make_article):
    text = "Call the ward on 080 1234 5678 when " + "you feel very sick and " * 5 + "hot."
    article = make_article(body=text)
    article.publish(by=hand("Meena"), note="First")
    edit(article, "Asha", body=text.replace("5678", "9999"))
    assert [one.is_read_already for one in findings_of(article, timezone.now()) if one.check.id == "sentence"] == [True]
    edit(article, "Asha", body="This one is " + "another and a quite different one " * 5 + "now.")
    assert [one.is_read_already for one in findings_of(article, timezone.now()) if one.check.id == "sentence"] == [
        False
    ]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/articles/tea/", ""),
        ("/articles/tea/#what-happens", ""),
        ("/articles/TEA/", ""),
        ("../tea/", ""),
        ("http://127.0.0.1:8000/articles/tea/", ""),
        ("/", ""),
        ("/faq/", ""),
        ("/search/?q=tea", ""),
        *[(f"/hi/{path}", "") for path in ("", "articles/", "faq/", "search/?q=tea", "h/", "feed/")],
        *[(f"/{path}", "") for path in ("h/", "new/", "unsafe/", "feed/", "letters/", "words/", "hi")],
        ("/articles/tea/handout.pdf", ""),
        ("/articles/tea/history", ""),
        ("/articles/tea.pdf", "link"),
        ("/hi/nothing-about-us/", "link"),
        ("/review/", "link"),
        ("/metrics/", "link"),
        ("/hi/feedback/", "link"),
        ("https://[ward].org", "link"),
        ("http://[x", "link"),
        ("https://ex℀mple.org/", "link"),
        ("https://www.example.org/drinks.md", ""),
        ("tel:+911234567", ""),
        ("/articles/draft/", "unpublished link"),
        ("/articles/tea/#nowhere", "link"),
        ("/articles/coffee/", "link"),
        ("/articles/gone/", "link"),
        ("/hi/articles/tea/", "link"),
        ("drinks.md", "link"),
        ("/admin/", "link"),
        ("/topics/none/", "link"),
        ("javascript:alert(1)", "link"),
    ],
)
def test_a_link_into_this_site_has_to_lead_somewhere(make_article, settings, address, fault):
    settings.SITE_URL = "http://127.0.0.1:8000"
    make_article("Tea").publish(by=hand("Meena"), note="First")
    make_article("Draft")
    gone = make_article("Gone")
    gone.publish(by=hand("Meena"), note="First")
    gone.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    article = make_article("Drinks", body=f"See [our page]({address}).")
    found = [one.check.id for one in findings_of(article, timezone.now()) if "link" in one.check.id]
    assert found == ([fault] if fault else []), one_address(address)


def test_a_picture_has_to_be_kept_here(make_article):
    kept = Picture.take(encoded(two_coloured(), "PNG"), by=hand("Asha"), file_name="a.png", at=timezone.now())
    lost = "/media/" + "b" * 64 + ".png"
    article = make_article(body=f"![One](/media/{kept.name}) ![Two]({lost})")
    assert len(said(article, "picture gone")) == 1


def test_a_title_or_a_text_that_another_guide_has_is_named(make_article):
    body = "## Dose\n\n" + "Take what your yellow book says in the evening, and write it down. " * 3
    first = make_article("Warfarin at home", body=body)
    second = make_article("warfarin at  home", body=body + "\n")
    assert said(second, "same title") == ["Another guide is called “Warfarin at home” too (at “warfarin-at-home”)."]
    assert len(said(second, "same text")) == 1
    edit(first, "Asha", title="Warfarin", body="Other words.")
    assert said(second, "same title") == said(second, "same text") == []
    assert said(make_article("Warfarin", language="hi"), "same title") == []


def test_a_withdrawn_guide_has_no_title_any_more(make_article):
    first = make_article("Warfarin")
    first.publish(by=hand("Meena"), note="First")
    first.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert said(make_article("Warfarin"), "same title") == []


def test_who_checked_a_text_is_asked_for(make_article, ravi):
    article = make_article()
    assert said(article, "clinician") == ["No clinician has checked this text."]
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=1500))
    assert said(article, "clinician") == ["The check by Ravi holds for more than 36 months."]
    judge(article, ravi)
    assert said(article, "clinician") == []


def test_a_check_holds_for_a_change_of_wording(make_article, ravi):
    article = make_article(body="Please take 3 mg.")
    judge(article, ravi)
    article.publish(by=hand("Meena"), note="First")
    edit(article, "Asha", lead="A very short test.")
    assert said(article, "clinician") == []
    edit(article, "Asha", body="Please take 5 mg.")
    assert said(article, "clinician") == ["No clinician has checked this text."]


def test_a_command_tells_of_every_text_what_is_found(make_article, make_entry, capsys):
    article = make_article("Warfarin", body="Take 3.0 mg.", sources="")
    make_entry(article=article)
    call_command("check_guides")
    told = capsys.readouterr().out
    assert f"articles/{article.pk} “Warfarin”\n  Must fix: “3.0 mg” can be read as 30 mg. (line 1)\n" in told
    assert "  Please add: It names no source.\n" in told and "2 texts: 1 must fix, " in told
    call_command("check_guides", "--must-fix")
    assert "Please add" not in capsys.readouterr().out


def test_of_two_tables_without_heads_each_is_named(make_article):
    article = make_article(body="| | |\n|---|---|\n| Ward | 12 |\n\nAnd:\n\n| | |\n|---|---|\n| Physio | 14 |")
    with_words = "A table has a column without a head: the one with “{}” in it."
    assert said(article, "table heads") == [with_words.format("Ward"), with_words.format("Physio")]
