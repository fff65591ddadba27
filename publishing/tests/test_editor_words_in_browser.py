"""What a new picture shows, as staff say it in the editor: taken over by the button, by Enter, or with the form."""

from urllib.parse import parse_qs, urlsplit

import pytest

from publishing.tests.conftest import ADDRESS, CODE, add_picture, expect_text, text_of

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser


def test_the_words_of_a_new_picture_are_asked_for_and_written_into_the_text(site):
    page = site.open("Above.\n\nBelow.")
    page.locator("#id_body").evaluate("box => box.setSelectionRange(7, 7)")
    add_picture(page)
    words = page.get_by_label("What does the picture show?")
    playwright.expect(words).to_be_focused()
    assert text_of(page) == f"Above.\n\n{CODE}\n\nBelow."
    page.keyboard.press("Enter")
    expect_text(page.get_by_role("group", name="New picture").get_by_role("alert"), "Say in one sentence")
    words.fill("A [round] leaf")
    page.keyboard.press("Enter")
    playwright.expect(words).to_have_count(0)
    assert text_of(page) == f"Above.\n\n![A \\[round\\] leaf]({ADDRESS})\n\nBelow."
    playwright.expect(page.locator("#id_body")).to_be_focused()


def test_a_decorative_picture_says_so(site):
    page = site.open("")
    add_picture(page)
    page.get_by_label("Decorative: it adds no information").check()
    page.get_by_role("button", name="Use these words").click()
    assert text_of(page) == f"![decorative]({ADDRESS})"


def send(page):
    """Send the form as its button does; the text that arrives."""
    with page.expect_navigation():
        page.locator("form").first.evaluate("form => form.requestSubmit()")
    return parse_qs(urlsplit(page.url).query)["body"][0].replace("\r\n", "\n")


def test_words_typed_and_not_yet_taken_over_are_sent_with_the_form(site):
    page = site.open("Mine")
    add_picture(page)
    page.get_by_label("What does the picture show?").fill(" A red  [square] ")
    assert send(page) == f"![A red \\[square\\]]({ADDRESS})\n\nMine"


def test_a_tick_not_yet_taken_over_is_sent_with_the_form(site):
    page = site.open("Mine")
    add_picture(page)
    page.get_by_label("Decorative: it adds no information").check()
    assert send(page) == f"![decorative]({ADDRESS})\n\nMine"


def test_words_are_sent_from_a_closed_fold_and_a_picture_without_words_is_left_to_be_described(site):
    page = site.open("Mine")
    add_picture(page)
    page.get_by_label("What does the picture show?").fill("A red square")
    add_picture(page)
    playwright.expect(page.get_by_role("group", name="New picture")).to_have_count(2)
    page.locator("fieldset.module").evaluate("part => { part.style.display = 'none' }")
    assert sorted(send(page).split("\n\n")) == sorted([f"![A red square]({ADDRESS})", CODE, "Mine"])
