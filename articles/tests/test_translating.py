"""Translate this: a working copy beside its original, passage by passage; and guides by languages."""

import re

import pytest
from django.utils import timezone

from articles.importing.importer import take, take_all
from articles.models import Article
from conftest import hand
from faq.models import Entry
from publishing.models import Buffer, Sponsor, findings_of
from publishing.record import due_at

BODY = """Some words first, before anything else.

## Dose

- Take 5 mg on the first evening.
- Rest.

## Then

If you forget a dose, do not take two.
"""
MATRIX = "/admin/articles/article/translations/"


@pytest.fixture
def english(make_article, asha):
    article = make_article("Warfarin at home", lead="A short guide for you.", body=BODY)
    article.publish(by=hand("Meena"), note="First")
    return article


@pytest.fixture
def page_of(client, asha, english):
    """The page of the Hindi translation, begun by its button."""
    client.force_login(asha)
    begun = client.post(f"/admin/articles/article/{english.pk}/translate/", {"language": "hi"})
    return begun["Location"]


def boxes(page):
    return dict(re.findall(r'<textarea id="u-[^"]*" name="([^"]*)"[^>]*>([^<]*)</textarea>', page.text))


def said(page):
    return " ".join(page.text.split())


def send(client, url, page, typed):
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text))
    return client.post(url, hidden | typed, follow=True)


def change(english, **content):
    for name, value in content.items():
        setattr(english, name, value)
    english.keep(by=hand("Asha"), at=timezone.now())
    english.publish(by=hand("Meena"), note="Changed")


DONE = {
    "title-0": "घर पर वारफेरिन",
    "lead-0": "आपके लिए छोटी गाइड।",
    "body-0": "पहले कुछ शब्द।",
    "body-1": "खुराक",
    "body-2": "पहली शाम 5 मिग्रा लें।",
    "body-3": "आराम करें।",
    "body-4": "फिर",
    "body-5": "खुराक भूल जाएँ तो दो न लें।",
}


@pytest.fixture
def hindi(client, page_of):
    send(client, page_of, client.get(page_of), DONE)
    return Article.objects.get(language="hi")


def untranslated(work):
    found = findings_of(work, timezone.now()).must_fix
    return [one.passage for one in found if one.check.id == "not translated"]


def test_a_translation_is_written_passage_by_passage_and_part_of_it_can_be_saved(client, page_of, english):
    page = client.get(page_of)
    assert "8 of 8 passages need you." in page.text and set(boxes(page).values()) == {""}
    page = send(client, page_of, page, {name: DONE[name] for name in ("title-0", "body-1")})
    assert "6 of 8 passages need you." in page.text and "6 passages left." in page.text
    work = Article.objects.get(language="hi")
    assert (work.original, work.title, work.slug) == (english, "घर पर वारफेरिन", "घर-पर-वारफेरिन")
    assert "## खुराक\n\n- Take 5 mg" in work.body
    assert "- Take 5 mg on the first evening." in untranslated(work) and len(untranslated(work)) == 4


def test_a_passage_that_the_original_gained_later_is_not_published_untranslated(hindi, english):
    assert untranslated(hindi) == []
    english.body += "\n\nCall us at once if you bleed."
    english.keep(by=hand("Asha"), at=timezone.now())
    english.publish(by=hand("Meena"), note="A warning")
    hindi.body += "\n\nCall us at once if you bleed."
    assert untranslated(hindi) == ["Call us at once if you bleed."]


def test_what_is_translated_keeps_the_shape_of_the_original(hindi, client, page_of):
    assert hindi.body == (
        "पहले कुछ शब्द।\n\n## खुराक\n\n- पहली शाम 5 मिग्रा लें।\n- आराम करें।\n\n## फिर\n\nखुराक भूल जाएँ तो दो न लें।\n"
    )
    assert "All 8 passages are translated." in client.get(page_of).text and not untranslated(hindi)


def test_later_only_what_changed_in_the_original_is_shown_and_settled_one_by_one(hindi, client, page_of, english):
    hindi.publish(by=hand("Meena"), note="First")
    body = BODY.replace("5 mg", "3 mg").replace("two.", "two. Write it down.")
    change(english, body=body + "\nCall 112 if you bleed a lot.\n")
    page = client.get(page_of)
    assert "3 of 9 passages need you. Patients read edition 1 in हिन्दी. It follows edition 1 in English;" in said(page)
    assert "English is now edition 2." in said(page) and re.search("<del>5.*</del>.*<ins>3", page.text)
    assert "the original says 3 mg, the translation says 5 मिग्रा" in page.text
    assert boxes(page) == {"body-2": DONE["body-2"], "body-5": DONE["body-5"], "body-6": ""}
    page = send(client, page_of, page, {"body-2": "पहली शाम 3 मिग्रा लें।", "right-body-5": "on"})
    assert "1 of 9 passages need you." in page.text
    work = Article.objects.get(pk=hindi.pk)
    assert "3 मिग्रा" in work.body and work.translated.number == 1
    page = send(client, page_of, page, {"body-6": "बहुत खून बहे तो 112 पर फोन करें।"})
    assert "All 9 passages are translated." in page.text
    work = Article.objects.get(pk=hindi.pk)
    assert work.translated.number == 2 and not work.settled.exists()


def test_what_is_gone_from_the_original_is_named_before_it_goes(hindi, client, page_of, english):
    change(english, body=BODY.replace("- Rest.\n", ""))
    page = client.get(page_of)
    assert boxes(page) == {"body-5": DONE["body-3"]} and "gone since it was translated" in page.text
    send(client, page_of, page, {})
    assert DONE["body-3"] not in Article.objects.get(pk=hindi.pk).body


def test_nothing_typed_is_lost_where_somebody_else_saved_meanwhile(hindi, client, page_of):
    every = f"{page_of}?all"
    page = client.get(every)
    hindi.keep(by=hand("Ravi"), at=timezone.now())
    page = send(client, every, page, {"body-1": "मात्रा"})
    assert "Ravi saved this on" in page.text and boxes(page)["body-1"] == "मात्रा"
    assert "मात्रा" not in Article.objects.get(pk=hindi.pk).body
    send(client, every, page, boxes(page))
    assert "मात्रा" in Article.objects.get(pk=hindi.pk).body


def test_guides_by_language_say_what_is_missing_begun_and_behind(hindi, client, english):
    def told():
        return re.findall(r'aria-label="Warfarin at home, ([^:]*): ([^"]*)"', client.get(MATRIX).text)

    assert ("हिन्दी", "Draft") in told() and ">Missing<" in client.get(MATRIX).text
    hindi.publish(by=hand("Meena"), note="First")
    assert ("हिन्दी", "Behind") not in told()
    change(english, body=BODY.replace("5 mg", "3 mg"))
    assert ("हिन्दी", "Behind") in told()
    assert "Warfarin" in client.get(f"{MATRIX}?only=behind&language=hi").text
    assert "No guide fits" in client.get(f"{MATRIX}?only=missing&language=hi").text
    assert "Warfarin" in client.get(f"{MATRIX}?only=missing").text


@pytest.fixture
def asked(english, make_entry):
    """A question of the English guide."""
    entry = make_entry("May I drive?", article=english, answer="Wait 24 hours.\n\nAsk us first.", place=1)
    entry.publish(by=hand("Meena"), note="First")
    return entry


def in_hindi(asked, client, hindi, page_of):
    """Its Hindi question, written beside it and published."""
    typed = {f"q{asked.pk}-question-0": "क्या मैं गाड़ी चला सकता हूँ?", f"q{asked.pk}-answer-0": "24 घंटे रुकें।"}
    page = send(client, page_of, client.get(page_of), typed)
    assert "1 of 11 passages need you." in page.text
    send(client, page_of, page, {f"q{asked.pk}-answer-1": "पहले हमसे पूछें।"})
    own = Entry.objects.get(language="hi")
    for one in (hindi, own):
        one.publish(by=hand("Meena"), note="First")
    return own


def test_questions_are_translated_with_their_guide(asked, client, hindi, page_of):
    page = client.get(page_of)
    assert "3 of 11 passages need you." in page.text and 'Question: <bdi lang="en">May I drive?' in page.text
    assert not Entry.objects.filter(language="hi").exists()
    own = in_hindi(asked, client, hindi, page_of)
    assert (own.article, own.original, own.translated) == (hindi, asked, asked.editions.get())
    assert (own.answer, own.place) == ("24 घंटे रुकें।\n\nपहले हमसे पूछें।", 1) and own.slug.startswith("क्या")
    assert "All 11 passages are translated." in client.get(page_of).text


def test_a_changed_question_of_the_original_makes_the_translation_behind(asked, client, hindi, page_of):
    own = in_hindi(asked, client, hindi, page_of)
    at, word = hindi.get_absolute_url(), "अनुवाद के बाद"
    assert word not in client.get(at).text and word not in client.get(own.get_absolute_url()).text
    change(asked, answer="Wait 24 hours!\n\nAsk us first.")  # no substance
    assert word not in client.get(at).text
    change(asked, answer="Wait 48 hours!\n\nAsk us first.")
    for page in (client.get(at), client.get(own.get_absolute_url())):
        assert word in page.text and asked.get_absolute_url() in page.text
    assert 'aria-label="Warfarin at home, हिन्दी: Behind"' in client.get(MATRIX).text
    assert [one.why for one in due_at(timezone.now()) if one.state == "behind"] == [
        "A question of its original has changed."
    ]
    page = client.get(page_of)
    assert "1 of 11 passages need you." in page.text and "the original says 48 hours" in page.text
    send(client, page_of, page, {f"q{asked.pk}-answer-0": "48 घंटे रुकें!"})
    own.refresh_from_db()
    own.publish(by=hand("Meena"), note="48", emergency="Wrong", raises_substance=True)
    assert word not in client.get(at).text and 'हिन्दी: Behind"' not in client.get(MATRIX).text


def test_a_question_that_the_original_gained_waits_on_the_desk_and_one_it_lost_is_told_to_patients(
    asked, client, hindi, page_of, make_entry
):
    own, at = in_hindi(asked, client, hindi, page_of), hindi.get_absolute_url()
    new = make_entry("May I drink?", article=asked.article, answer="No.", place=2)
    new.publish(by=hand("Meena"), note="New")
    page = client.get(at).text
    assert "1 और सवाल" in page and f'href="{new.get_absolute_url()}" dir="ltr" lang="en" hreflang="en"' in page
    assert "2 of 13 passages need you." in client.get(page_of).text
    asked.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    page = client.get(at).text
    assert "एक जवाब हटा दिया गया" in page and "नुकसान" in page
    assert 'हिन्दी: Behind"' in client.get(MATRIX).text
    assert f'“<bdi lang="hi">{own}</bdi>” tells a question' in said(client.get(page_of))


def test_a_question_that_tells_none_yet_is_behind_what_came_after_the_translation(
    asked, client, hindi, make_entry, page_of
):
    own = make_entry("क्या मैं गाड़ी चला सकता हूँ?", language="hi", article=hindi, answer="24 घंटे रुकें।\n\nपूछें।")
    for one in (hindi, own):
        one.publish(by=hand("Meena"), note="First")
    assert 'हिन्दी: Behind"' not in client.get(MATRIX).text
    change(asked, answer="Wait 48 hours.\n\nAsk us first.")
    assert "अनुवाद के बाद" in client.get(hindi.get_absolute_url()).text and 'हिन्दी: Behind"' in client.get(MATRIX).text
    page = client.get(page_of)
    assert "1 of 11 passages need you." in page.text and boxes(page)[f"q{asked.pk}-answer-0"] == "24 घंटे रुकें।"
    send(client, page_of, page, {f"q{asked.pk}-answer-0": "48 घंटे रुकें।"})
    own.refresh_from_db()
    assert own.original == asked and Entry.objects.filter(language="hi").count() == 1


def test_which_question_tells_which_is_asked_where_it_is_not_known(asked, client, hindi, make_entry, page_of):
    make_entry("May I drink?", article=asked.article, answer="No.").publish(by=hand("Meena"), note="New")
    own = make_entry("गाड़ी?", language="hi", article=hindi, answer="24 घंटे रुकें।\n\nपूछें।")
    page = client.get(page_of)
    assert f'name="tells-{own.pk}"' in page.text
    both = {f"tells-{own.pk}": str(asked.pk), f"q{asked.pk}-answer-0": "यह नया है।"}
    refused = send(client, page_of, page, both).text
    assert "Keep one of the two" in refused and "यह नया है।" in refused and "selected>" in refused
    send(client, page_of, client.get(page_of), {f"tells-{own.pk}": str(asked.pk)})
    own.refresh_from_db()
    assert own.original == asked and f'name="tells-{own.pk}"' not in client.get(page_of).text


def test_what_is_typed_beside_the_original_is_kept_and_offered_again(client, hindi, page_of, english):
    every = f"{page_of}?all"
    page = client.get(every)
    key, keep = page.context["key"], page.context["keep_url"]
    form = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text)) | boxes(page)
    answer = client.post(keep, form | {"body-1": "मात्रा"}).json()
    assert answer["kept"] and "next" not in answer
    assert f"You typed here at {answer['kept']}" in client.get(page_of).text
    assert "You typed here" not in client.get(f"/admin/articles/article/{hindi.pk}/change/").text
    assert f'href="{page_of}"' in client.get("/admin/").text and "मात्रा" not in client.get(page_of).text
    taken = client.get(f"{page_of}?buffer={key}")
    assert boxes(taken)["body-1"] == "मात्रा" and "You typed here" not in taken.text
    send(client, page_of, taken, boxes(taken) | {"buffer": key})
    assert "मात्रा" in Article.objects.get(pk=hindi.pk).body
    assert not Buffer.objects.filter(saved_at=None).exists() and "You typed here" not in client.get(page_of).text


def test_who_may_not_write_begins_and_saves_nothing(client, english, hindi, ravi, page_of):
    client.force_login(ravi)
    assert client.post(f"/admin/articles/article/{english.pk}/translate/", {"language": "ur"}).status_code == 403
    page = client.get(page_of)
    assert '<button class="button main">' not in page.text
    assert send(client, page_of, page, {"body-1": "x"}).status_code == 403


def save(client, work, **told):
    """What the form of a guide answers when it is sent with some fields changed."""
    url = f"/admin/articles/article/{work.pk}/change/"
    page = client.get(url)
    form = page.context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: "" if value is None else value for name, value in typed.items()} | told
    names = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    rows = {f"{one.formset.prefix}-{name}": 0 for one in page.context["inline_admin_formsets"] for name in names}
    return client.post(url, typed | rows, follow=True).text


def test_the_form_takes_the_address_or_the_title_of_what_a_guide_translates(client, asha, english, make_article):
    hindi, at = make_article("दवा", language="hi", body="दवा।"), timezone.now()
    client.force_login(asha)
    assert "There is no guide “nowhere”" in save(client, hindi, original="nowhere")
    other = make_article("नींद", language="hi").get_absolute_url()
    assert "is in हिन्दी too" in save(client, hindi, original=other)
    for named in ("Warfarin at home", "http://testserver/articles/warfarin-at-home/"):
        save(client, hindi, original="")
        save(client, hindi, original=named)
        hindi.refresh_from_db()
        assert (hindi.original, hindi.translated) == (english, english.live(at))
    assert 'value="/articles/warfarin-at-home/"' in save(client, hindi)
    assert Article.objects.get(pk=hindi.pk).edits == hindi.edits  # nothing had changed
    assert "“दवा” is the translation of this guide" in save(client, english, language="hi")


def test_files_say_what_they_translate_and_are_taken_in_in_any_order(db, tmp_path):
    hindi = "---\ntitle: दवा\nlanguage: hi\ntranslation_of: en/warfarin\n---\n\nदवा घर पर।\n"
    (tmp_path / "a.md").write_text(hindi)
    (tmp_path / "b.md").write_text("---\ntitle: Warfarin\nlanguage: en\n---\n\nTake it at home.\n")
    (tmp_path / "c.md").write_text(hindi.replace("warfarin", "nowhere"))
    told = list(take_all(sorted(tmp_path.iterdir()), at=timezone.now()))
    assert [one.result for one in told] == ["imported", "imported", "not imported"]
    assert told[2].messages == ["translation_of: There is no guide “en/nowhere”. Take that one in first."]
    assert Article.objects.get(language="hi").original == Article.objects.get(language="en")


def test_a_hit_leads_to_the_same_guide_in_other_languages(client, hindi, english):
    hindi.publish(by=hand("Meena"), note="First")
    page = client.get("/search/?q=warfarin").text
    assert f'<a href="{hindi.get_absolute_url()}" lang="hi" hreflang="hi">हिन्दी</a>' in page


def test_a_translation_that_is_behind_is_due(hindi, english):
    hindi.publish(by=hand("Meena"), note="First")
    assert "behind" not in {one.state for one in due_at(timezone.now())}
    change(english, body=BODY.replace("5 mg", "3 mg"))
    assert [one.pk for one in due_at(timezone.now()) if one.state == "behind"] == [hindi.pk]


def test_a_sponsor_in_a_translation_speaks_the_language_of_its_file(tmp_path, db):
    told = '---\ntitle: {}\nlanguage: {}\n{}sponsor:\n  name: Example Fund\n  wording: "{}"\n---\n\n{}\n'
    for name, *words in (
        ("a.md", "Warfarin", "en", "", "Supported by", "You take it at home."),
        ("b.md", "वारफरिन", "hi", "translation_of: en/warfarin\n", "सहयोग:", "आप इसे घर पर लें।"),
        ("c.md", "وارفرین", "ur", "translation_of: en/warfarin\n", "Supported by", "آپ اسے گھر پر لیں۔"),
    ):
        (tmp_path / name).write_text(told.format(*words))
        take(tmp_path / name, at=timezone.now())
    english, hindi = Sponsor.objects.order_by("pk")
    assert (hindi.language, hindi.original, english.language) == ("hi", english, "en")
    # Whoever repeats the words of another language names that one, and its words stay marked as they are.
    assert Article.objects.get(language="ur").sponsor == english
    assert Article.objects.get(language="en").sponsor.in_language("hi") == hindi


def test_what_a_sponsor_says_runs_in_the_direction_of_its_language_whatever_it_begins_with(make_article, client):
    fund = Sponsor.objects.create(
        name="Fund", language="ur", wording="تعاون:", claims="RBI میں رجسٹرڈ ہے۔", connection="Vizzve ایک ہے۔"
    )
    make_article("دوا", slug="dawa", language="ur", body="دوا لیں۔", sponsor=fund).publish(by=hand("Meena"), note="x")
    page = client.get("/ur/articles/dawa/").text
    assert '<bdi dir="rtl">RBI میں' in page and '<bdi dir="rtl">Vizzve' in page
