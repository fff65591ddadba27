"""Whatever people type, in any form of the house: nothing turned round, nothing that nobody sees."""

from urllib.parse import urlencode

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import get_resolver

from articles.models import Article
from articles.sources import Unreadable, parse
from publishing.models import Frame, Publisher, kinds
from publishing.staff import Written
from publishing.text import EMPTY

ROOMS = ("publishing.", "articles.", "faq.", "carsite.")
TURNED = "turns letters round"


def subclasses(of):
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


def forms_of_the_admin(request):
    for model_admin in admin.site._registry.values():
        if not model_admin.has_change_permission(request):
            continue  # the ledger, to read
        yield model_admin.get_form(request)
        yield getattr(model_admin, "add_form", model_admin.get_form(request))
        for inline in model_admin.get_inline_instances(request):
            yield inline.get_formset(request).form


@pytest.fixture
def by_omar(rf, omar):
    request = rf.get("/admin/")
    request.user = omar
    return request


def test_every_form_of_the_house_asks_for_plain_text(by_omar):
    assert get_resolver().url_patterns  # so that every module with a form is loaded
    ours = {one for one in subclasses(forms.BaseForm) if one.__module__.startswith(ROOMS)}
    ours |= set(forms_of_the_admin(by_omar))
    assert len(ours) > 15
    # What is to be erased may itself be turned round; nothing is kept of it.
    assert [one.__name__ for one in ours if not issubclass(one, Written)] == ["WordsForm"]


def test_every_text_field_of_the_admin_refuses_what_is_turned_round(by_omar):
    tried = 0
    for form in forms_of_the_admin(by_omar):
        texts = {
            name
            for name, field in form.base_fields.items()
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
            if not isinstance(field, forms.EmailField) and type(field).__name__ != "ReadOnlyPasswordHashField"
        }
        filled = form(QueryDict(urlencode(dict.fromkeys(texts, "15 \u202egm 05"))))
        # An address, a number to dial and the like say first what they are made of.
        assert texts <= set(filled.errors)
        tried += sum(TURNED in str(filled.errors[name]) for name in texts)
    assert tried > 30


def test_every_text_that_is_published_refuses_it_whoever_saves_it(db):
    for model in {*kinds.reviewed(), Frame}:
        for field in model._meta.fields:
            if field.editable and not field.choices and field.get_internal_type() in ("CharField", "TextField"):
                others = [one.name for one in model._meta.fields if one != field]
                with pytest.raises(ValidationError):
                    model(**{field.name: "a\u202eb"}).full_clean(exclude=others, validate_unique=False)


def test_a_title_that_nobody_sees_is_refused_with_a_sentence(client, omar):
    client.force_login(omar)
    for title in ("\u3164", "\u200b\u200b", "\u2800", "\U000e0041", "\ufe0f"):
        page = client.post("/admin/articles/article/add/", {"title": title, "language": "en", "body": "Text"})
        assert page.status_code == 200
        assert EMPTY in page.content.decode()
    assert not Article.objects.exists()


def test_embeddings_become_isolates_when_a_row_is_saved(client, omar):
    client.force_login(omar)
    client.post("/admin/publishing/publisher/add/", {"name": "\u202bوارڈ\u202c 3", "websites": "", "social": "\u200b"})
    saved = Publisher.objects.get()
    assert (saved.name, saved.social) == ("\u2067وارڈ\u2069 3", "")


def test_a_password_is_never_changed(client, omar):
    client.force_login(omar)
    password = "a \u202aquite\u202c long pass-phrase"
    given = {"old_password": "a-long-pass-phrase", "new_password1": password, "new_password2": password}
    client.post("/admin/password_change/", given)
    omar.refresh_from_db()
    assert omar.check_password(password)


def test_the_importer_refuses_what_is_turned_round_and_doubts_embeddings():
    for text in ("A test\n\nTake \u202egm 5.", '---\ntitle: "A\\u202Eb"\n---\nTake it.', "A test\n\nTake &#x202d;it."):
        with pytest.raises(Unreadable, match="line [23]: .*turns letters round"):
            parse(text, name="a.md" if text[0] == "-" else "a.txt")
    for first, end in (("\u202a", "\u202c"), ("&#8234;", "&#x202C;")):
        source = parse(f"A blood test\n\nWhat happens\n\nCall {first}112{end} now, or wait for us.", name="a.txt")
        assert "Call \u2066112\u2069 now" in source.body + source.lead
        assert [str(one) for one in source.doubts if "direction of writing" in str(one)][0].startswith("line 5: ")
