"""The words around a guide in Hindi, Urdu and Spanish: the catalogues, and that no English is left on a page."""

import datetime
import gettext
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation.template import templatize

from articles.models.topics import Topic
from articles.views import article
from carsite.templatetags.page import day, explained, listed, minutes, month
from carsite.tests.conftest import TEMPLATES
from conftest import hand
from publishing.models import Frame, Publisher, Sponsor

LANGUAGES = ("hi", "ur")  # in letters of their own
SPOKEN = (*LANGUAGES, "es")
ROOMS = ("publishing", "articles", "faq", "carsite")
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?)gettext\({LITERAL}(?:, {LITERAL})?")
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', re.MULTILINE)
MARKS = re.compile(r"%\(\w+\)[ds]|</?a[^>]*>")
# All letters of these are of one script, so whatever is Latin on a page comes from the house.
NOTICES = ("out-of-date", "unsafe", "replaced")
WORDS = {"hi": "खून की जाँच", "ur": "خون کی جانچ"}
UNSEEN = re.compile(
    r'<style>.*?</style>|<script type="application/ld.json">.*?</script>|'
    r'<(\w+)[^>]* lang="en".*?</\1>|<span class="onpaper".*?</span>|<meta name="viewport"[^>]*>',
    re.DOTALL,
)
SAID = re.compile(r'(?:aria-label|alt|placeholder|title|name="description" content)="([^"]*)"')
BODY = """## {0} (risks)

1. {0}: {0}। (at: hospital)
2. {0}: {0}। (at: laboratory)
3. {0}: {0}। (at: home)

> [!WARNING]
> {0}[^1]

> [!TIP]
> {0}

| {0} | {0} |
| --- | --- |
| 1 | 2 |

[^1]: {0}
"""


def folder(language):
    return Path(settings.LOCALE_PATHS[-1]) / language / "LC_MESSAGES"


def entries(language):
    """What the .po says: {(context, text, plural): its translations}."""
    found = {}
    for block in (folder(language) / "django.po").read_text().split("\n\n"):
        said = {name: json.loads(text) for name, text in ENTRY.findall(block)}
        key = said.pop("msgctxt", ""), said.pop("msgid"), said.pop("msgid_plural", "")
        assert key not in found, key
        found[key] = list(said.values())
    del found["", "", ""]
    return found


def asked():
    """Every text that a patients' template or a line of code asks a catalogue for, as the .po names it."""
    texts = [templatize(path.read_text()) for path in TEMPLATES]
    code = [path for room in ROOMS for path in settings.BASE_DIR.joinpath(room).rglob("*.py")]
    texts += [path.read_text() for path in code if "tests" not in path.relative_to(settings.BASE_DIR).parts]
    for kind, first, second in [found for text in texts for found in CALL.findall(text)]:
        first, second = (text and re.sub(r"\\(.)", r"\1", text[1:-1]) for text in (first, second))
        yield {"": ("", first, ""), "n": ("", first, second), "p": (first, second, "")}[kind]


@pytest.mark.parametrize("language", SPOKEN)
def test_each_text_is_translated_and_none_is_there_in_vain(language):
    wanted = set(asked())
    assert len(wanted) > 100
    assert set(entries(language)) == wanted


@pytest.mark.parametrize("language", SPOKEN)
def test_each_translation_keeps_the_places_that_are_filled_in(language):
    for (_context, text, plural), said in entries(language).items():
        assert len(said) == (2 if plural else 1) and all(said), text
        for one in said:
            assert sorted(MARKS.findall(one)) == sorted(MARKS.findall(text)), text
            assert language == "es" or not re.search(r"[A-Za-z]{2}", re.sub(r"%\(\w+\)[ds]|<[^>]*>", "", one)), one


@pytest.mark.parametrize("language", SPOKEN)
def test_the_compiled_catalogue_says_what_the_written_one_says(language):
    with open(folder(language) / "django.mo", "rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("")
    expected = {}
    for (context, text, plural), said in entries(language).items():
        key = f"{context}\x04{text}" if context else text
        expected |= {(key, number): one for number, one in enumerate(said)} if plural else {key: said[0]}
    assert compiled == expected, "compile it: .venv/bin/python manage.py compilemessages --ignore '.venv*'"


def said_of(number, language):
    with translation.override(language):
        one, many = "(address not supplied)", "(addresses not supplied)"
        return translation.ngettext(one, many, number), minutes(number)


def test_one_and_many_are_told_apart():
    assert said_of(1, "hi") == ("(पता नहीं दिया गया)", "1 मिनट")
    assert said_of(3, "hi") == ("(पते नहीं दिए गए)", "3 मिनट")
    assert said_of(1, "ur") == ("(پتا نہیں دیا گیا)", "1 منٹ")
    assert said_of(3, "ur") == ("(پتے نہیں دیے گئے)", "3 منٹ")


SAID_OF_A_DAY = {
    "hi": ("5 सितंबर 2026", "सितंबर 2026", "a, b और c"),
    "ur": ("5 ستمبر، 2026", "ستمبر 2026", "a، b، اور c"),
    "es": ("5 de septiembre de 2026", "septiembre de 2026", "a, b y c"),
    "en": ("5 September 2026", "September 2026", "a, b and c"),
}


def test_days_and_lists_are_written_as_the_language_writes_them_with_western_digits():
    day_of_act = datetime.date(2026, 9, 5)
    for language, (whole, its_month, some) in SAID_OF_A_DAY.items():
        with translation.override(language):
            assert f">{whole}<" in day(day_of_act) and f">{its_month}<" in month(day_of_act)
            assert listed("abc") == some


def test_spanish_pages_are_spanish_from_end_to_end(client, make_article):
    guide = make_article("Análisis de sangre", language="es", slug="analisis", lead="Una prueba.", body="Una prueba.")
    guide.publish(by=hand("Meena"), note="Primera")
    paths = [
        "/es/",
        "/es/articles/",
        "/es/articles/analisis/",
        "/es/articles/analisis/history/",
        "/es/search/?q=prueba",
    ]
    english = {text for (_context, text, _many), said in entries("es").items() if " " in text and said[0] != text}
    for path in paths:
        page = UNSEEN.sub("", client.get(path).text)
        assert '<html lang="es" dir="ltr"' in page and not [text for text in english if text in page], path


def test_only_english_pages_explain_lakh():
    assert explained("10 Lakh+ Customers") == "10 lakh is 1 million"
    with translation.override("hi"):
        assert explained("10 Lakh+ Customers") == ""


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def around(db, language):
    """The frame, and who publishes and pays, in the language."""
    words = WORDS[language]
    named = ("clinic", "tagline", "heading", "lead", "contact", "banner", "small_print")
    names = (*named, "emergency_heading", "emergency_text", "emergency_label")
    Frame.objects.create(pk=1, **dict.fromkeys(names, words)).publish(by=hand("Meena"), note="First")
    topic = Topic(title=words, slug="tests")
    topic.keep(by=hand("Meena"), note="New")
    return {
        "topic": topic,
        "publisher": Publisher.objects.create(name=words, social=f"{words}\n{words}"),
        "sponsor": Sponsor.objects.create(name=words, wording=words, claims=words, connection=words),
    }


def judged(work):
    due = timezone.localdate() + datetime.timedelta(days=300)
    said = {"reviewer_name": WORDS[work.language], "credential": WORDS[work.language], "next_due_on": due}
    work.review(by=hand("link"), text_digest=work.freeze().text_digest, result="fit", **said)


@pytest.fixture
def texts(language, around, make_article, make_entry):
    """Guides and questions of every kind, published, and each kind of notice."""
    words, note = WORDS[language], {"by": hand("Meena"), "note": WORDS[language]}
    own = {"language": language, "topic": around["topic"]}
    rich = {"lead": words, "brief": f"{words}: {words}", "body": BODY.format(words), "uploaded_by": words} | around
    guides = {name: make_article(words, slug=name, language=language, **rich) for name in ("plain", "checked")}
    guides["bare"] = make_article(words, slug="bare", body=words, lead="", **own)
    entries = {name: make_entry(words, slug=name, answer=words, **own) for name in ("open", "told")}
    entries["asked"] = make_entry(words, slug="asked", answer=words, article=guides["checked"], language=language)
    for reason in NOTICES:
        guides[reason], entries[reason] = make_article(words, slug=reason, **own), make_entry(words, slug=reason, **own)
    for text in (*guides.values(), *entries.values()):
        text.publish(**note)
    for text in (guides["checked"], entries["asked"], entries["told"]):
        judged(text)
    for kinds in (guides, entries):
        for reason in NOTICES:
            successor = guides["plain"] if reason == "replaced" else None
            kinds[reason].withdraw(reason=reason.replace("-", " "), text=words, replaced_by=successor, **note)
    return [*guides.values(), *entries.values()]


@pytest.fixture
def pages(client, language, texts):
    """One of every page that patients of the language read, by its path."""
    paths = ["", "articles/", "topics/tests/", "faq/", "articles/checked/history/", "articles/unsafe/history/"]
    paths += ["search/", f"search/?q={WORDS[language].split()[0]}", "search/?q=८८", "search/?q=८", "nowhere/"]
    paths = [f"/{language}/{path}" for path in paths] + [text.address() for text in texts]
    return {path: client.get(path).text for path in paths}


def latin(page):
    """What a patient reads or hears of a page in Latin letters."""
    page = UNSEEN.sub("", page)
    return re.findall(r"[A-Za-z]{2,}", " ".join([*SAID.findall(page), re.sub(r"<[^>]*>|&\w+;", " ", page)]))


def test_no_english_is_left_on_a_page(pages):
    assert len(pages) > 20
    assert {path: found for path, page in pages.items() if (found := latin(page))} == {}


def test_no_english_is_left_on_a_page_whose_check_is_overdue(rf, language, texts):
    request = rf.get(texts[1].address())
    then = timezone.now() + datetime.timedelta(days=400)
    request.LANGUAGE_CODE, request.moment = language, lambda: then
    with translation.override(language):
        page = article(request, "checked", language).render().content.decode()
        assert translation.gettext("This page is due a check") in page
    assert latin(page) == []


def test_the_pages_for_mistakes_are_in_the_language_of_the_path(language):
    with translation.override(language):
        for name in ("400", "403", "500"):
            page = render_to_string(f"{name}.html")
            assert latin(page) == []
            assert f'href="/{language}/"' in page


def test_the_bar_above_a_preview_stays_english(client, asha, make_article, language):
    guide = make_article(WORDS[language], language=language, body=WORDS[language])
    client.force_login(asha)
    page = client.get(f"/admin/articles/article/{guide.pk}/preview/").text
    bar = re.search(r'<div class="preview"[^>]*lang="en" dir="ltr".*?</div></div>', page, re.DOTALL)[0]
    assert "Not published. Patients cannot see this page." in bar and "Back to editing" in bar
    assert f'<html lang="{language}"' in page


def test_the_admin_stays_english_beside_the_catalogues(client, asha):
    client.force_login(asha)
    page = client.get("/admin/").text
    assert not re.search(r"[\u0600-\u06ff\u0900-\u097f]", page)


def test_what_the_clinic_wrote_once_is_named_as_the_first_language_elsewhere(client, around, language):
    page = client.get(f"/{language}/nowhere/")
    assert f'<h2 id="now-h" dir="ltr" lang="en">{WORDS[language]}' in client.get(f"/{language}/search/").text
    assert page.headers["Cache-Control"] == "no-cache" and '<footer class="foot">' in page.text
    assert ' lang="en"' not in client.get("/search/").text.partition("<body>")[2]
    assert "max-age=0" in client.get(f"/{language}/").headers["Cache-Control"]


def test_a_hit_holds_its_figures_together_and_marks_no_part_of_a_tag(client, make_article):
    guide = make_article("دوا 1–0–0 & mg", language="ur", slug="dose", lead="دوا 5 mg لیں", body="دوا")
    guide.publish(by=hand("Meena"), note="First")
    page = client.get("/ur/search/?q=mg+دوا").text
    assert '<mark>دوا</mark> <span class="keep">1–0–0</span> &amp; <mark>mg</mark>' in page
    assert "5\u00a0<mark>mg</mark>" in page
    assert '<span class="keep">1–0–0' in client.get("/ur/search/?q=دوا+1").text  # not torn, which would turn it round
