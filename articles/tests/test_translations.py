"""Guides that are translations: switched between, told when they are behind, one for each language."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article
from conftest import hand, mapped
from publishing.models import Hand, findings_of
from publishing.refusals import NeedsPerson, NotTicked, Unfit

OWN = "## {}\n\nनर्स थोड़ा खून लेती है।\n\n## {}\n\nआप घर जाएँ।"
BODY = "## {}\n\nA nurse takes a little blood.\n\n## {}\n\nYou go home."


def publish(work, note="First", **content):
    for name, value in content.items():
        setattr(work, name, value)
    work.keep(by=hand("Asha"), at=timezone.now())
    return work.publish(by=hand("Meena"), note=note)


@pytest.fixture
def english(make_article):
    article = make_article("A blood test", body=BODY.format("Before", "After"))
    publish(article)
    return article


@pytest.fixture
def translate(make_article, english):
    def translate(language, title, *headings, **content):
        content = {"body": OWN.format(*headings), "lead": "छोटी जाँच।"} | content
        return make_article(title, language=language, original=english, **content)

    return translate


@pytest.fixture
def hindi(translate):
    article = translate("hi", "खून की जाँच", "पहले", "बाद")
    publish(article)
    return article


def alternates(page):
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="http://[^/]*([^"]*)"', page))


def test_a_translation_freezes_what_it_translates(english, hindi):
    edition = hindi.editions.get()
    assert (edition.original, edition.translated) == (english, english.editions.get())
    assert {"original_id", "translated_id"} <= {*edition.DIGESTED[2]["page"]}


def test_readers_switch_language_and_stay_at_the_section(client, english, hindi):
    page = client.get(english.get_absolute_url()).text
    links = re.findall(r'<a href="([^"]*)" dir="(?:ltr|auto)" lang="hi" hreflang="hi">हिन्दी</a>', page)
    there = client.get(hindi.get_absolute_url()).text
    headings = re.findall(r'<section id="[^"]+" aria-labelledby="(s_\d)"><h2 id="(s_\d)"', there)
    assert headings == [("s_1", "s_1"), ("s_2", "s_2")]
    assert links == [hindi.get_absolute_url(), *(f"{hindi.get_absolute_url()}#{one}" for one, _same in headings)]
    link = '<a href="/articles/a-blood-test/#s_2" dir="auto" lang="en" hreflang="en">English</a></p></section>'
    assert link in there and 'aria-labelledby="s_2"><h2 id="s_2">After' in page
    assert '<section id="after"' in page and 'href="#after"' in page  # what was given out goes on working


def test_sections_that_are_not_as_many_are_not_linked(client, english, hindi):
    publish(hindi, "Shorter", body="## पहले\n\nखून।")
    page = client.get(english.get_absolute_url()).text
    assert page.count('hreflang="hi">हिन्दी') == 1 and "This part in" not in page


def test_machines_are_told_every_live_language_on_the_page_and_in_the_map(client, english, hindi, translate):
    waiting = translate("ur", "خون کی جانچ", "پہلے", "بعد")
    waiting.publish(by=hand("Meena"), note="First", at=timezone.now() + datetime.timedelta(days=1))
    told = alternates(client.get(english.get_absolute_url()).text)
    assert told.keys() == {"en", "hi", "x-default"}
    assert told["x-default"] == told["en"] == "/articles/a-blood-test/"
    assert alternates(client.get(hindi.get_absolute_url()).text) == told
    listed = mapped(client)
    assert listed.count('<xhtml:link rel="alternate" hreflang="hi"') == 2 == listed.count('hreflang="x-default"')
    assert "ur" not in listed.replace("url", "")


def test_publishing_or_withdrawing_one_makes_the_pages_of_the_others_anew(client, english, hindi, translate):
    pages = [one.get_absolute_url() for one in (english, hindi)]
    assert not any('lang="ur"' in client.get(page).text for page in pages)
    urdu = translate("ur", "خون کی جانچ", "پہلے", "بعد")
    publish(urdu)
    assert all('lang="ur"' in client.get(page).text for page in pages)
    urdu.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert not any('lang="ur"' in client.get(page).text for page in pages)
    publish(english, "Another address", slug="blood")
    assert "/articles/blood/" in client.get(hindi.get_absolute_url()).text


def test_a_translation_says_so_where_its_original_has_changed_in_substance(client, english, hindi):
    def told():
        return "इस अनुवाद के बाद" in client.get(hindi.get_absolute_url()).text

    publish(english, "Wording", body=BODY.format("Before", "After").replace("little", "bit of"))
    assert not told()
    publish(english, "Dose", body=BODY.format("Before", "After") + " Take 5 mg.")
    assert (
        told()
        and '<a href="/articles/a-blood-test/">उसे <bdi lang="en" dir="auto">English'
        in client.get(hindi.get_absolute_url()).text
    )
    assert "since this translation" not in client.get(english.get_absolute_url()).text
    publish(hindi, "Caught up", translated=english.live(timezone.now()))
    assert not told()


def test_a_translation_says_so_where_its_original_was_taken_down(client, english, hindi):
    english.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    page = client.get(hindi.get_absolute_url()).text
    assert "वह हटा दी गई है" in page and "उसमें लिखी किसी बात से नुकसान हो सकता है।" in page


def test_what_was_translated_before_patients_read_the_original_is_behind_only_what_came_later(client, make_article):
    english = make_article("Rest")
    hindi = make_article("आराम", language="hi", original=english, body="आराम।")
    publish(english)
    edition = hindi.publish(by=hand("Meena"), note="First")
    assert edition.translated is None
    assert "इस अनुवाद के बाद" not in client.get(hindi.get_absolute_url()).text
    publish(english, "Dose", body="Take 5 mg.")
    assert "इस अनुवाद के बाद" in client.get(hindi.get_absolute_url()).text


def test_a_guide_is_no_translation_of_itself_or_of_a_translation_and_each_language_has_one(
    english, hindi, make_article
):
    def problem(article, **told):
        for name, value in told.items():
            setattr(article, name, value)
        with pytest.raises(ValidationError) as refused:
            article.full_clean()
        return " ".join(refused.value.messages)

    assert "no translation of itself" in problem(Article.objects.get(pk=english.pk), original=english)
    assert "is a translation itself" in problem(make_article("خون", language="ur"), original=hindi)
    assert "is in English too" in problem(make_article("Blood"), original=english)
    assert "already" in problem(make_article("खून", language="hi"), original=english)
    assert "has translations" in problem(Article.objects.get(pk=english.pk), original=make_article("دم", language="ar"))
    for told in ({"original": hindi, "language": "ur"}, {"original": english, "language": "en"}):
        wrong = make_article("Wrong", **told)
        with pytest.raises(Unfit):
            wrong.publish(by=hand("Meena"), note="First")
    for pk, key in ((hindi.pk, hindi.pk), (make_article("Two", language="hi").pk, english.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=pk).update(original=key)


def test_two_guides_are_never_read_as_one_translation(english, hindi, make_article):
    Article.objects.filter(pk=hindi.pk).update(language="ur")
    other = make_article("रक्त", language="hi", original=english, body="खून।")
    with pytest.raises(Unfit, match="Patients read"):
        other.publish(by=hand("Meena"), note="First")


def test_whoever_publishes_a_translation_ticks_each_number_that_its_original_says_otherwise(
    english, translate, asha, meena
):
    publish(english, "Dose", body=BODY.format("Before", "After") + " Take 50 mg.")
    hindi = translate("hi", "खून", "पहले", "बाद", body=OWN.format("पहले", "बाद") + " 5 मिग्रा लें।")
    by, told = hand(meena), {"note": "First", "emergency": "A test", "passing": "A test"}
    with pytest.raises(NotTicked, match="the original says 50 mg, the translation says 5 मिग्रा"):
        hindi.publish(by=by, **told)
    found = [one for one in findings_of(hindi, timezone.now()).please_add if one.check.id == "translated numbers"]
    assert [(one.field, one.line) for one in found] == [("body", 7)]
    (danger,) = hindi.judgement(hindi.unrendered(), timezone.now()).dangers
    hindi.publish(by=by, ticks=[danger.key], **told)
    hindi.lead = "छोटी सी जाँच।"
    hindi.keep(by=hand(asha), at=timezone.now())
    assert not hindi.judgement(hindi.unrendered(), timezone.now()).dangers  # patients read it already


def test_a_command_leaves_a_translation_with_other_numbers_to_a_person(english, translate):
    publish(english, "Dose", body=BODY.format("Before", "After") + " Take 50 mg.")
    hindi = translate("hi", "खून", "पहले", "बाद", body=OWN.format("पहले", "बाद") + " 5 मिग्रा लें।")
    with pytest.raises(NeedsPerson, match="50 mg"):
        hindi.publish(by=Hand.command("import_articles"), note="First")


def test_who_catches_up_with_a_change_of_substance_changes_substance(english, hindi):
    publish(english, "Wording", body=BODY.format("Before", "After").replace("little", "bit of"))
    assert not publish(hindi, "Caught up", translated=english.live(timezone.now())).is_substance
    publish(english, "A warning", body=BODY.format("Before", "After") + " Do not drive.")
    assert publish(hindi, "Caught up again", translated=english.live(timezone.now())).is_substance
