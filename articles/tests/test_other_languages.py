"""A text in a language that the clinic has not named: it stays what it is, with the words of the first around it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from articles.models import Article, Brought
from articles.models.site import validate_free
from publishing.models import Line

BRING = "/admin/articles/article/bring/"
POLISH = (
    "# Twój gips\n\nCo robić w domu po założeniu gipsu.\n\n## W domu\n\nNie należy moczyć gipsu, bo to jest ważne dla "
    "kości. Po kąpieli i przed snem ręka nie może się ruszać.\n"
)
PERSIAN = "---\ntitle: گچ دست\nlang: fa\n---\n\nدر خانه چه کنید.\n\n## در خانه\n\nگچ را خشک نگه دارید.\n"


@pytest.fixture
def polish(tmp_path, db, capsys):
    (tmp_path / "pl").mkdir()
    (tmp_path / "pl/gips.md").write_text(POLISH)
    call_command("import_articles", tmp_path, publish=True)
    return Article.objects.get(), capsys.readouterr().out


def test_it_is_published_in_its_language_and_the_command_says_what_stands_around_it(polish, settings):
    article, said = polish
    assert article.language == "pl" and article.editions.count() == 1
    codes = ",".join([*dict(settings.LANGUAGES), "pl"])
    assert "It is in Polski (pl), with English words around it" in said and f"LANGUAGES={codes}" in said


def test_what_only_reads_like_it_is_asked_about_and_not_published(tmp_path, db, capsys):
    (tmp_path / "gips.md").write_text(POLISH)
    with pytest.raises(CommandError, match="1 of 1 file needs a person"):
        call_command("import_articles", tmp_path, publish=True)
    assert "it reads like Polski (pl), which the clinic has not named" in capsys.readouterr().err
    assert Article.objects.get().language == "pl" and not Article.objects.get().editions.exists()


def test_its_pages_stand_under_its_tag_with_english_words_around_them_marked(polish, client):
    page = client.get("/pl/articles/twój-gips/")
    assert page.status_code == 200 and page["Content-Language"] == "pl"
    assert '<html lang="en"' in page.text and re.search(r'<h1[^>]*lang="pl"[^>]*>Twój gips', page.text)
    for path in ("/pl/", "/pl/articles/", "/pl/search/?q=gips", "/pl/feed/", "/pl/faq/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
    assert "Twój gips" in client.get("/pl/").text and "Twój <mark>gips" in client.get("/pl/search/?q=gips").text
    assert '<a href="/pl/"' in client.get("/").text and "## Polski" in client.get("/llms.txt").text


@pytest.mark.parametrize("path", ["/pl/", "/pl/articles/", "/pl/search/?q=gips", "/en/", "/xx/", "/en/articles/"])
def test_a_language_in_which_nothing_was_published_has_no_pages(path, db, client):
    assert client.get(path).status_code == 404


def test_a_link_to_it_leads_somewhere(polish, make_article, asha):
    article = make_article(title="Plaster", body="## More\n\nSee [Polish](/pl/articles/twój-gips/).")
    found = [one.check.id for one in article.judgement(article.freeze(), Line.objects.moment_of_reading()).findings]
    assert "link" not in found


def test_no_page_about_the_site_takes_the_address_of_a_language(db):
    with pytest.raises(ValidationError, match="belongs to another part of the site"):
        validate_free("pl")


def test_its_form_keeps_it_where_nobody_touches_the_language(polish, meena, client):
    article, _said = polish
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/change/"
    page = client.get(url)
    assert re.search(r'<option value="pl" selected>Polski, English words around it', page.text)
    form = page.context["adminform"].form
    sent = {name: "" if (said := form[name].value()) is None else said for name in form.fields}
    names = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    sent |= {f"{one.formset.prefix}-{name}": 0 for one in page.context["inline_admin_formsets"] for name in names}
    client.post(url, sent | {"title": "Gips"})
    article.refresh_from_db()
    assert (article.title, article.language) == ("Gips", "pl")


def test_the_bring_page_names_it_and_takes_it_as_what_it_is(meena, client):
    client.force_login(meena)
    files = [SimpleUploadedFile("gips.md", POLISH.encode()), SimpleUploadedFile("gach.md", PERSIAN.encode())]
    page = client.post(BRING, {"act": "add", "files": files, "paths": ["pl/gips.md", "gach.md"]}, follow=True).text
    assert "Polski, English words around it" in page and "فارسی, English words around it" in page
    row = Brought.objects.get(name="pl/gips.md")
    assert '<option value="pl" selected>' in client.get(f"{BRING}{row.pk}/").text
    client.post(BRING, {"act": "take", "work": [one.pk for one in Brought.objects.all()]}, follow=True)
    assert sorted(Article.objects.values_list("language", flat=True)) == ["fa", "pl"]
    found = client.get("/admin/articles/article/?language=fa")
    assert [one.language for one in found.context["rows"]] == ["fa"]
    assert "فارسی, English words around it" in found.text


def test_who_knows_better_says_so(meena, client):
    client.force_login(meena)
    client.post(BRING, {"act": "add", "files": [SimpleUploadedFile("a.md", POLISH.encode())], "paths": ["a.md"]})
    client.get(BRING)
    row = Brought.objects.get()
    said = client.post(BRING, {"act": "take", "work": [row.pk], f"language-{row.pk}": "es"}, follow=True).text
    assert Article.objects.get().language == "es", said


def test_any_language_may_be_said_on_the_page_of_one_text_and_of_many(meena, client):
    client.force_login(meena)
    unknown = "# Bilo kaj\n\nPreberite ta list doma preden odstranite povoj.\n\n## Doma\n\nRoke si umijte.\n"
    files = [SimpleUploadedFile(name, unknown.replace("kaj", name).encode()) for name in ("a.md", "b.md")]
    client.post(BRING, {"act": "add", "files": files, "paths": ["a.md", "b.md"]}, follow=True)
    first, second = Brought.objects.order_by("name")
    page = client.get(f"{BRING}{first.pk}/").text
    assert '<option value="sl">Slovenian</option>' in page and "Others: English words around them" in page
    sent = {"title": "Bilo kaj", "language": "sl", "body": "## Doma\n\nRoke si umijte."}
    client.post(f"{BRING}{first.pk}/", sent)
    said = client.post(BRING, {"act": "set", "work": [second.pk], "language": "hr"}, follow=True).text
    assert "Set for 1 file." in said and "the language cannot be told" not in said
    client.post(BRING, {"act": "take", "scope": "all"})
    assert sorted(Article.objects.values_list("language", flat=True)) == ["hr", "sl"]


def test_its_preview_runs_its_own_way_and_the_words_around_it_are_english(make_article, meena, client):
    article = make_article(title="گچ دست", body="## در خانه\n\nخشک", language="fa")
    client.force_login(meena)
    page = client.get(f"/admin/articles/article/{article.pk}/preview/").text
    assert '<html lang="en"' in page and re.search(r'dir="(rtl|auto)" lang="fa"', page)
    told = client.post("/admin/editor/preview/", {"content": "خشک", "language": "fa"})
    assert (told["Content-Language"], told["X-Direction"]) == ("fa", "rtl")


@pytest.mark.parametrize(("tag", "kept"), [("pt-BR", "pt-br"), ("sw-KE", "sw-ke"), ("es-419", "es"), ("xx", "en")])
def test_any_tag_that_a_language_has_is_taken(tag, kept, tmp_path, db, capsys):
    (tmp_path / "a.md").write_text(f"---\ntitle: Goti\nlang: {tag}\n---\n\nA text.\n\n## At home\n\nRest.\n")
    call_command("import_articles", tmp_path)
    assert Article.objects.get().language == kept
    said = capsys.readouterr().out
    assert ("there is none of that tag" in said) == (kept == "en")
