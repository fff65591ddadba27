"""Translate this: a working copy beside its original, passage by passage; and guides by languages."""

import re

import pytest
from django.utils import timezone

from articles.importing.importer import take, take_all
from articles.models import Article
from conftest import hand
from publishing.models import Sponsor, findings_of
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
    hidden = dict(re.findall(r'<input type="hidden" name="(edits_seen|edition)" value="([^"]*)"', page.text))
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
