"""Words of the list that are translations of each other, and what a machine translated: who says so, and who is told."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Article, Term
from conftest import edit, hand, judge
from publishing.models import findings_of
from publishing.refusals import Refused

BODY = "## Dose\n\nTake one dose. A blood clot is dangerous.\n\nThen rest.\n"


@pytest.fixture
def english(make_article):
    article = make_article("Warfarin at home", body=BODY)
    article.publish(by=hand("Meena"), note="First")
    return article


@pytest.fixture
def hindi(make_article, english):
    return make_article("घर पर वारफेरिन", language="hi", original=english, body="## खुराक\n\nएक खुराक लें।\n\nआराम करें।\n")


@pytest.fixture
def word(db):
    def word(title, language="en", is_live=True, **content):
        term = Term(title=title, language=language, meaning=f"{title}.", **content)
        term.full_clean(exclude=["owner"])
        term.keep(by=hand("Asha"), at=timezone.now())
        if is_live:
            term.publish(by=hand("Meena"), note="First")
        return term

    return word


def page_of(client, who, work, shown="?all"):
    client.force_login(who)
    return client.get(f"/admin/articles/article/{work.pk}/translate/{shown}")


def told(html):
    return re.findall(r'<dt><bdi lang="en">([^<]*)</bdi></dt>\s*<dd><bdi lang="hi">([^<]*)</bdi></dd>', html)


def test_words_to_use_stand_beside_the_passage_that_uses_them_and_all_at_the_end(client, asha, hindi, word):
    clot, dose, rest = word("blood clot"), word("dose"), word("rest")
    word("खून का थक्का", "hi", original=clot)
    word("खुराक", "hi", original=dose)
    word("आराम", "hi", is_live=False, original=rest)
    page = page_of(client, asha, hindi).text
    passages, end = page.split("<h2>Words to use</h2>")
    pairs = [told(one) for one in passages.split('<div class="pair"')[1:]]
    both = [("dose", "खुराक"), ("blood clot", "खून का थक्का")]
    assert pairs == [[], [], both[:1], both, []] and told(end) == both
    assert "Words of the list that have none in हिन्दी yet" in end
    assert "original=%2Fwords%2Frest%2F" in end and "language=hi" in end


def test_a_word_without_one_in_the_other_language_leads_to_a_form_that_names_it(client, asha, hindi, word):
    dose = word("dose")
    link = re.search(r'href="(/admin/articles/term/add/[^"]*)"', page_of(client, asha, hindi).text)[1]
    form = client.get(link.replace("&amp;", "&")).text
    assert 'value="/words/dose/"' in form and '<option value="hi" selected>' in form
    word("खुराक", "hi", original=dose)
    assert "/admin/articles/term/add/" not in page_of(client, asha, hindi).text


def test_a_word_of_either_language_may_be_the_first_and_both_lead_to_the_third(
    client, asha, english, make_article, word
):
    dose = word("Dosis", "es")
    word("dose", original=dose)
    word("खुराक", "hi", original=dose)
    other = make_article("दवा", language="hi", original=english, body="## खुराक\n")
    assert ("dose", "खुराक") in told(page_of(client, asha, other).text)


def test_what_is_no_translation_of_a_word_is_refused_with_a_sentence(word):
    dose = word("dose")
    hindi = word("खुराक", "hi", original=dose)
    for said, content in {
        "is in English too": {"title": "amount", "original": dose},
        "is a translation itself": {"title": "dosis", "language": "es", "original": hindi},
        "is its translation into हिन्दी already": {"title": "मात्रा", "language": "hi", "original": dose},
    }.items():
        with pytest.raises(ValidationError, match=said):
            word(**content)
    dose.original = word("prise", "es")
    with pytest.raises(ValidationError, match="This word has translations"):
        dose.full_clean(exclude=["owner"])
    dose.original = dose
    with pytest.raises(ValidationError, match="no translation of itself"):
        dose.full_clean(exclude=["owner"])


def test_which_word_it_translates_is_frozen_in_the_edition_and_proven(word):
    dose = word("dose")
    edition = word("खुराक", "hi", original=dose).editions.get()
    assert edition.original == dose and edition.digest_of_page() == edition.page_digest
    edition.original = None
    assert edition.digest_of_page() != edition.page_digest


def save(client, work, **typed):
    url = f"/admin/articles/article/{work.pk}/translate/?all"
    page = client.get(url).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page))
    return client.post(url, hidden | typed, follow=True)


def needed(work):
    return [one.check.id for one in findings_of(work, timezone.now()).must_fix]


def test_whoever_translates_says_whether_a_machine_did_and_can_take_it_back(client, asha, hindi):
    page = page_of(client, asha, hindi).text
    assert "Did a machine translate any of it?" in page
    assert re.search(r'value="no" id="m0"[^>]*\schecked', page) and not re.search(
        r'value="yes" id="m1"[^>]*\schecked', page
    )
    save(client, hindi, machine="yes")
    assert Article.objects.get(pk=hindi.pk).is_machine
    assert re.search(r'value="yes" id="m1"[^>]*\schecked', page_of(client, asha, hindi).text)
    save(client, hindi)
    assert Article.objects.get(pk=hindi.pk).is_machine
    save(client, hindi, machine="no")
    assert not Article.objects.get(pk=hindi.pk).is_machine


def test_what_a_machine_translated_is_not_published_before_a_translator_has_checked_this_text(hindi, ravi, meena):
    assert "machine" not in needed(hindi)
    edit(hindi, "Asha", is_machine=True)
    judge(hindi, ravi)
    assert needed(hindi) == ["machine"]
    with pytest.raises(Refused, match="no translator has checked"):
        hindi.publish(by=hand("Meena"), note="First")
    judge(hindi, meena, kind="translator", result="not fit", note="Wrong")
    assert needed(hindi) == ["machine"]
    judge(hindi, meena, kind="translator", is_machine=True)
    assert needed(hindi) == []
    assert hindi.publish(by=hand("Meena"), note="First").is_machine
    edit(hindi, "Asha", body=hindi.body.replace("एक", "दो"))
    assert needed(hindi) == ["machine"]


@pytest.mark.parametrize(
    "language, said",
    [("hi", "किसी मशीन ने"), ("ur", "مشین"), ("es", "Una máquina"), ("ta", "A machine translated this text")],
)
def test_patients_are_told_after_who_answers_for_it_and_for_ever(language, said, english, make_article, meena, client):
    work = make_article("Other", slug="other", language=language, original=english, body="Nothing.", is_machine=True)
    judge(work, meena, kind="translator", is_machine=True)
    work.publish(by=hand("Meena"), note="First")
    edit(work, "Asha", is_machine=False)
    page = " ".join(client.get(work.address()).text.split())
    assert said in page and page.index('id="about"') < page.index(said)
    assert work.live(timezone.now()).is_machine
