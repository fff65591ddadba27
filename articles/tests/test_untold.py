"""Questions that only the original of a translation has: patients find a way to them."""

import re

import pytest
from django.utils import timezone

from conftest import edit, hand
from publishing.models import Line

ASKED = ("Why?", "Where is it done?", "Who does it?")
SECTION = re.compile(r'<nav class="links"[^>]* aria-labelledby="untold">.*?</nav>', re.S)


def live(make, *args, **content):
    work = make(*args, **content)
    work.publish(by=hand("Meena"), note="First")
    return work


@pytest.fixture
def english(make_article):
    return live(make_article, "A blood test")


@pytest.fixture
def asked(make_entry, english):
    return [live(make_entry, one, article=english, place=place) for place, one in enumerate(ASKED)]


@pytest.fixture
def urdu(make_article, english, asked):
    return live(make_article, "خون کا ٹیسٹ", slug="khoon", language="ur", original=english, body="نرس خون لیتی ہے۔")


def untold(client, work):
    found = SECTION.search(client.get(work.address()).text)
    return found and " ".join(found[0].split())


def test_a_translation_leads_to_the_questions_that_only_its_original_has(client, urdu, asked, make_entry, english):
    said = untold(client, urdu)
    assert '3 اور سوالات، <bdi lang="en" dir="auto">English</bdi> میں' in said
    link = '<a href="{}" dir="ltr" lang="en" hreflang="en">{}</a>'
    assert [link.format(one.get_absolute_url(), one.question) in said for one in asked] == [True] * 3
    live(make_entry, "کیوں؟", slug="kyun", language="ur", article=urdu, original=asked[0])
    said = untold(client, urdu)
    assert "2 اور" in said and asked[0].get_absolute_url() not in said
    assert untold(client, english) is None
    page = client.get(urdu.address()).text
    assert page.index('id="faq"') < page.index('id="untold"')


def test_each_act_on_a_question_of_the_original_makes_the_translation_anew(client, urdu, asked, make_entry, later):
    assert "3 اور" in untold(client, urdu)
    asked[1].withdraw(by=hand("Meena"), reason="out of date", text="Old.", note="Old")
    assert "2 اور" in untold(client, urdu) and "Where is" not in untold(client, urdu)
    waits = make_entry("Why later?", article=asked[0].article)
    waits.publish(by=hand("Meena"), note="First", at=later)
    assert "2 اور" in untold(client, urdu) and "later" not in untold(client, urdu)
    assert Line.objects.moment_of_reading() <= timezone.now()


def test_where_one_of_its_own_may_tell_any_of_them_it_leads_to_all(client, urdu, english, make_entry):
    own = live(make_entry, "کیوں؟", slug="kyun", language="ur", article=urdu)
    said = untold(client, urdu)
    assert "2 اور" in said and 'href="/articles/a-blood-test/#faq"' in said and "Where is" not in said
    for number in range(2):
        live(make_entry, f"کب {number}؟", slug=f"kab-{number}", language="ur", article=urdu)
    assert untold(client, urdu) is None
    assert own.language == "ur"


def test_questions_of_an_original_that_was_taken_down_are_not_offered(client, urdu, english):
    english.withdraw(by=hand("Meena"), reason="unsafe", text="Wrong.", note="Wrong")
    assert untold(client, urdu) is None


def test_as_it_was_and_the_digest_tell_them(client, urdu, asked):
    from publishing.record import composed

    at = timezone.now()
    before = composed(urdu.live(at), at).digest
    edit(asked[2], "Asha", question="Why then?")
    asked[2].publish(by=hand("Meena"), note="Second")
    now = timezone.now()
    assert composed(urdu.live(now), now).digest != before == composed(urdu.live(at), at).digest
