"""The search as patients use it: what is found, what is forgiven, and what never shows."""

import csv

import pytest
from django.utils import timezone

from articles.models import Page, Topic
from conftest import edit, hand
from publishing.models import Frame, Indexed, Line, index
from publishing.record import renew_search
from publishing.record.searching.pairs import STARTING
from publishing.safety.words import is_medicine, words_of

pytestmark = pytest.mark.databases


def search(client, q, path="/search/"):
    answer = client.get(path, {"q": q})
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def asthma(make_article, make_entry):
    article = make_article(title="Asthma inhalers", body="# Using it\n\nBreathe out, then press once.\n")
    article.publish(by=hand("Meena"), note="First")
    entry = make_entry(article=article, question="May I swim?", answer="Yes, with a spacer.")
    entry.publish(by=hand("Meena"), note="First")
    return article


@pytest.mark.parametrize(
    "q", ["asthma", "ASTHMA inhaler", "inhaled asthma", "astma", "asthmainhalers", "breathing out"]
)
def test_forms_slips_and_joined_words_find_a_guide(q, asthma, client):
    assert asthma.address() in search(client, q)


def test_what_was_searched_instead_is_said(asthma, client):
    assert "Nothing here says “astma”" in search(client, "astma") and "asthma" in search(client, "astma")


def test_a_result_links_to_its_section_and_a_question_names_its_guide(asthma, client):
    assert f"{asthma.address()}#" in search(client, "press")
    assert "Asthma inhalers" in search(client, "swim")


def test_what_waits_never_shows(asthma, client, later):
    edit(asthma, hand("Asha"), title="Bronchitis inhalers", body="# Using it\n\nZebrafish.\n")
    asthma.publish(by=hand("Meena"), note="Later", at=later)
    for q in ("bronchitis", "zebrafish", "zebrafihs"):
        said = search(client, q)
        assert asthma.address() not in said and "We searched" not in said
    assert asthma.address() in search(client, "asthma") and list(index.faults(timezone.now())) == []
    asthma.cancel(by=hand("Meena"), note="Not so")
    assert list(index.faults(timezone.now())) == [] and Indexed.objects.count() == 2


def test_a_new_title_is_the_title_of_its_questions_too(asthma, client):
    edit(asthma, hand("Asha"), title="Whistling")
    asthma.publish(by=hand("Meena"), note="Renamed", raises_substance=True, emergency="Drill")
    assert (
        "/faq/" in search(client, "whistling")
        and "/faq/" not in search(client, "asthma").split("<main")[1].split('id="nf-h"')[0]
    )
    assert list(index.faults(timezone.now())) == []


def test_a_withdrawn_guide_is_found_as_what_it_is(asthma, client):
    asthma.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe", text="Ask us.")
    said = search(client, "asthma")
    assert "Taken down on" in said and "it was unsafe" in said and "What to do" in said


@pytest.mark.parametrize(
    "q, sentence",
    [
        ("the", "One more word, please"),
        ("250", "Write a word beside the number"),
        ("*", "Write a word, please"),
        ("zzqwv", "No results"),
        ("asthma " * 500, "We looked for the first words only"),
    ],
)
def test_there_is_an_honest_sentence(q, sentence, asthma, client):
    assert sentence in search(client, q)


def test_a_word_in_other_letters_finds_what_sounds_alike_under_its_heading(make_article, client):
    article = make_article("मोतियाबिंद", language="hi")
    article.publish(by=hand("Meena"), note="First")
    said = search(client, "motiyabind")
    assert "In other languages" in said and article.address() in said
    assert article.address() in search(client, "motiyabind", "/hi/search/")


def test_the_index_can_be_made_anew_and_a_fault_in_it_is_noticed(asthma):
    at = Line.objects.moment_of_reading()
    assert renew_search() == 2 and list(index.faults(at)) == []
    Indexed.objects.first().delete()
    assert list(index.faults(at)) != []


def test_what_is_published_anew_takes_every_form_of_its_words_out_again(asthma, client):
    for body in ("Children feel pains at 140/90, a child a pain.", "Babies bled. बच्चों को दर्द।", "Nothing more."):
        asthma.body = body
        asthma.keep(by=hand("Asha"), at=timezone.now())
        asthma.publish(by=hand("Meena"), note="Again", raises_substance=True, emergency="Drill")
        assert list(index.faults(timezone.now())) == []
    assert "No results" in search(client, "140/90") and "asthma" in search(client, "nothing more")


@pytest.mark.parametrize(
    ("site", "language", "title", "asked"),
    [
        ("", "en", "Hypotension", "low blood pressure"),
        ("", "en", "Glaucoma", "eye pressure"),
        ("", "en", "Low blood pressure", "hypotension"),
        ("/hi", "hi", "वृक्क की देखभाल", "किडनी"),
        ("/hi", "en", "Glaucoma", "काला मोतिया"),
        ("/ur", "ur", "گٹھیا", "جوڑوں کا درد"),
    ],
)
def test_a_word_of_a_pair_finds_what_says_the_other(site, language, title, asked, make_article, client):
    make_article(title, language=language, slug="sought").publish(by=hand("Meena"), note="First")
    make_article("Something else", language=language, slug="other").publish(by=hand("Meena"), note="First")
    page = client.get(f"{site}/search/", {"q": asked})
    assert "/articles/sought/" in page.text and "/articles/other/" not in page.text


def test_a_pair_of_another_language_speaks_only_for_what_no_text_of_the_site_says(make_article, client):
    make_article("Kidney failure", slug="kidney").publish(by=hand("Meena"), note="First")
    make_article("Regla and rule", slug="rule").publish(by=hand("Meena"), note="First")
    make_article("Periods", slug="periods").publish(by=hand("Meena"), note="First")
    assert "/articles/periods/" not in search(client, "regla")  # an English guide has the word
    assert "/articles/kidney/" in search(client, "insuficiencia renal")
    assert "/articles/periods/" in search(client, "माहवारी")


@pytest.mark.parametrize(
    ("site", "language", "title", "asked"),
    [
        ("/hi", "en", "Fever at home", "bukhar"),  # by ear to बुखार, and on to English
        ("", "en", "Fever at home", "bukhar"),
        ("/ur", "en", "A broken bone", "haddi tutna"),
        ("", "en", "Epilepsy", "mirgi"),
        ("/hi", "hi", "बवासीर", "piles"),  # by haemorrhoids
        ("/ur", "ur", "حفاظتی ٹیکے", "vaccine"),
        ("/es", "es", "Hemorroides", "piles"),
        ("/es", "en", "Gallstones", "piedras en la vesícula"),
        ("/es", "es", "Cálculos renales", "kidney stones"),
        ("/es", "es", "Asma en niños", "asthma"),
        ("", "en", "Caesarean birth", "c section"),
        ("", "en", "Caesarean birth", "csection"),
        ("", "en", "Dementia", "alzimers"),
        ("", "en", "Haemorrhoids", "hemroids"),
        ("/ur", "ur", "دمہ", "dama"),
        ("/hi", "hi", "सिज़ेरियन", "caesarean"),
        ("", "en", "Panic", "panicking"),
    ],
)
def test_what_is_typed_crosses_letters_languages_and_spellings(site, language, title, asked, make_article, client):
    make_article(title, language=language, slug="sought").publish(by=hand("Meena"), note="First")
    make_article("Otra cosa", language=language, slug="other").publish(by=hand("Meena"), note="First")
    page = client.get(f"{site}/search/", {"q": asked})
    assert "/articles/sought/" in page.text and "/articles/other/" not in page.text


def test_a_slip_is_mended_in_the_language_of_the_site_before_another(make_article, client):
    make_article("Neumonía", language="es", slug="es").publish(by=hand("Meena"), note="First")
    make_article("Pneumonia", slug="en").publish(by=hand("Meena"), note="First")
    found = search(client, "neumonia")
    assert found.index("/articles/en/") < found.index("/es/articles/es/")


def test_a_page_of_the_site_is_found_as_patients_read_it_and_is_called_no_guide(db, client):
    page = Page(title="Privacy", slug="privacy-of-ours", body="## What we keep\n\nNo **cookie** at all.", language="en")
    page.keep(by=hand("Asha"), at=timezone.now())
    page.publish(by=hand("Meena"), note="First", passing="First")
    found = search(client, "cookie")
    assert "No <mark>cookie</mark> at all." in found and "##" not in found and "Guide." not in found


def test_what_a_pair_adds_is_said_and_where_it_stands_for_a_word_that_is_too(make_article, client):
    make_article("Hypotension", slug="one").publish(by=hand("Meena"), note="First")
    assert 'Nothing here says “low blood pressure”. We searched for: <b dir="auto">hypotension</b>' in search(
        client, "low blood pressure"
    )
    make_article("Your low blood pressure", slug="two").publish(by=hand("Meena"), note="First")
    both = search(client, "low blood pressure")
    assert 'We also searched for: <b dir="auto">hypotension</b>' in both and "Nothing here says" not in both


def test_no_pair_leads_from_one_medicine_to_another():
    with STARTING.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {
        (row["word"], row["also"])
        for row in rows
        for side in ("word", "also")
        if any(is_medicine(word.casefold(), words_of(row["language"])) for word in row[side].split())
    }
    # One medicine under its two names, and two words each for one class of them.
    assert named == {
        ("paracetamol", "acetaminophen"),
        ("blood thinner", "anticoagulant"),
        ("cholesterol tablets", "statin"),
    }
    assert len({tuple(row.values()) for row in rows}) == len(rows) and all(all(row.values()) for row in rows)


def test_a_medicine_that_is_rightly_spelt_is_not_taken_for_one_that_is_near(make_article, client):
    make_article("Carbamazepine", slug="near").publish(by=hand("Meena"), note="First")
    assert "/articles/near/" not in search(client, "carbimazole")
    slip = search(client, "carbamazepin")
    assert "/articles/near/" in slip
    make_article("Prednisolone", slug="other").publish(by=hand("Meena"), note="First")
    slip = search(client, "prednisilone")
    assert "/articles/other/" in slip and "compare each letter with your box" in slip


def test_where_nothing_is_found_near_words_topics_and_the_clinic_are_offered(asthma, make_article, client, later):
    make_article("Bronchoscopy").publish(by=hand("Meena"), note="Later", at=later)
    topic = Topic(title="Lungs", slug="lungs")
    topic.keep(by=hand("Meena"), note="New")
    make_article("Inhalers", topic=topic).publish(by=hand("Meena"), note="First")
    Topic(title="Heart").keep(by=hand("Meena"), note="New")  # and no guide in it yet
    Frame.objects.create(pk=1, contact="Ask at the desk.").publish(by=hand("Meena"), note="First")
    said = search(client, "inhalation bronchoscpies")  # the first is near, the second is near a word that waits
    assert "Did you mean:" not in said or "bronchoscopy" not in said
    said = search(client, "spaziner")
    assert (
        'href="/search/?q=spacer"' in said and 'href="/topics/lungs/"' in said and said.count("Ask at the desk.") == 2
    )
    assert "/topics/heart/" not in said


def test_no_medicine_is_offered_for_another(make_article, client):
    make_article("Carbamazepine").publish(by=hand("Meena"), note="First")
    assert "Did you mean:" not in search(client, "carbimazole") and "carbamazepine<" not in search(
        client, "carbamapozine"
    )


def test_titles_and_pairs_are_suggested_in_at_most_four_kilobytes(make_article, client, later):
    for number in range(20):
        article = make_article(f"{'A long title about “heart failure” & what helps' * 4}, part {number}")
        article.publish(by=hand("Meena"), note="First")
    make_article("Glaucoma").publish(by=hand("Meena"), note="Later", at=later)
    for path in ("/", "/search/", "/search/?q=zzqwv"):
        told = client.get(path).text.partition("<datalist")[2].partition("</datalist>")[0]
        assert 2000 < len(told.encode()) < 4000 and "Glaucoma" not in told and "eye pressure" not in told
        assert ('value="weak heart"' in told) == (path != "/")
    assert "<datalist" not in search(client, "heart")


def test_a_word_that_one_text_alone_has_outweighs_one_that_half_have_in_their_titles(make_article, client):
    for place in ("arm", "leg", "hand", "foot", "knee", "hip", "back", "neck"):
        for title in (f"Exercises for your {place}", f"A scan of your {place}"):
            make_article(title, body="Rest it.").publish(by=hand("Meena"), note="First")
    broken = make_article("A broken bone", body="It heals in plaster.")
    broken.publish(by=hand("Meena"), note="First")
    page = search(client, "plaster exercises")
    assert page.index(broken.get_absolute_url()) < page.index("/articles/exercises-for-your-")
