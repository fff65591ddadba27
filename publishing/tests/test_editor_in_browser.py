"""The editor as staff meet it: the real widget, script and style in Chromium, with a server that answers as told."""

import json

import pytest
from PIL import Image

from publishing.staff.form.editor import MarkdownEditor
from publishing.tests.conftest import CODE, PICTURE, SITE, add_picture, expect_text, text_of

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser


Image.new("RGB", (8, 8), "teal").save(PICTURE, "PNG")


def preview_of(page):
    return page.get_by_role("region", name="What patients will see")


def test_tab_leaves_the_editor_and_the_keys_of_the_browser_are_not_taken(site):
    page = site.open("One line")
    page.locator("#id_body").focus()
    for key in ("Control+d", "Control+[", "Control+]"):
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "What patients will see"
    for _back in range(3):
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "first"
    assert text_of(page) == "One line"


def test_the_preview_follows_the_text(site):
    page = site.open("Before")
    expect_text(preview_of(page), "Before")
    page.locator("#id_body").fill("After")
    expect_text(preview_of(page), "After")
    assert site.asked == ["Before", "After"]


def test_a_late_answer_never_replaces_a_newer_preview(site):
    site.preview = lambda text: "late" if text == "Slow" else (200, "text/html", f"<p>{text}</p>")
    page = site.open("Slow")
    page.wait_for_timeout(100)
    page.locator("#id_body").fill("Newer")
    expect_text(preview_of(page), "Newer")
    assert site.asked == ["Slow", "Newer"]
    site.late.fulfill(content_type="text/html", body="<p>Slow</p>")
    page.wait_for_timeout(200)
    assert page.locator(".markdownx-preview").inner_text() == "Newer"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ((403, "application/json", '{"error": "You are signed out."}'), "You are signed out."),
        ((400, "text/html", '<p class="refused">This text is too long.</p>'), "This text is too long."),
        ((500, "text/html", "<h1>Server Error</h1>" * 9), "Something went wrong on the site."),
        ("lost", "No answer from the site."),
    ],
)
def test_a_failed_preview_shows_one_sentence(site, answer, shown):
    site.preview = lambda text: answer
    page = site.open("Text")
    expect_text(page.locator(".editor-seen").get_by_role("status"), shown)
    assert page.locator(".markdownx-preview").inner_html() == ""
    site.preview = lambda text: (200, "text/html", f"<p>{text}</p>")
    page.locator("#id_body").fill("Text again")
    expect_text(preview_of(page), "Text again")


def test_an_editor_that_nobody_sees_asks_for_nothing(site):
    closed = MarkdownEditor().render("second", "Folded", {"id": "id_second"})
    page = site.open("", f"<form><input type=hidden name=csrfmiddlewaretoken><details>{closed}</details></form>")
    page.wait_for_timeout(700)
    assert site.asked == []
    page.locator("details").evaluate("fold => { fold.open = true }")
    page.locator("#id_second").scroll_into_view_if_needed()
    expect_text(page.locator("details .markdownx-preview"), "Folded")
    assert site.asked == ["Folded"]


def test_a_row_that_was_just_added_gets_a_working_editor(site):
    row = MarkdownEditor().render("row", "Row", {"id": "id_row"})
    page = site.open("", f"<form><input type=hidden name=csrfmiddlewaretoken><div class=empty-form>{row}</div></form>")
    page.wait_for_timeout(300)
    assert site.asked == []
    page.evaluate("""() => {
        const empty = document.querySelector(".empty-form"), row = empty.cloneNode(true);
        row.className = "row";
        empty.replaceWith(row);
        row.dispatchEvent(new CustomEvent("formset:added", {bubbles: true}));
    }""")
    page.locator(".row textarea").fill("New row")
    expect_text(page.locator(".row .markdownx-preview"), "New row")


def test_undo_takes_a_picture_back(site):
    page = site.open("Mine")
    add_picture(page)
    playwright.expect(page.locator("#id_body")).to_have_value(f"{CODE}\n\nMine")
    page.locator("#id_body").focus()
    page.keyboard.press("Control+z")
    assert text_of(page) == "Mine"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ((400, "application/json", '{"error": "This picture is damaged."}'), "leaf.png: This picture is damaged."),
        ((403, "text/html", "<h1>CSRF verification failed</h1>"), "Something went wrong"),
        ((200, "text/html", "<h1>Welcome</h1>"), "Something went wrong"),
        ("lost", "No answer from the site."),
    ],
)
def test_a_refused_picture_leaves_the_text_alone_and_the_editor_usable(site, answer, shown):
    site.picture = answer
    page = site.open("Mine")
    add_picture(page)
    expect_text(page.get_by_role("alert"), shown)
    assert text_of(page) == "Mine"
    site.picture = (200, "application/json", json.dumps({"image_code": CODE}))
    add_picture(page)
    playwright.expect(page.locator("#id_body")).to_have_value(f"{CODE}\n\nMine")
    playwright.expect(page.get_by_role("alert").first).to_have_text("")


DROP = """([selector, types]) => {
    const box = new DataTransfer();
    if (types.includes("file")) box.items.add(new File(["x"], "leaf.png", {type: "image/png"}));
    if (types.includes("text")) box.setData("text/plain", "words");
    const options = {bubbles: true, cancelable: true, clipboardData: box, dataTransfer: box};
    const event = types.includes("paste") ? new ClipboardEvent("paste", options) : new DragEvent("drop", options);
    return document.querySelector(selector).dispatchEvent(event);
}"""


def test_pictures_are_taken_when_dropped_or_pasted_here_and_nowhere_else(site):
    page = site.open("")
    assert page.evaluate(DROP, ["#other", ["file"]]), "a drop on another field is left to that field"
    assert page.evaluate(DROP, ["#id_body", ["text"]]), "text may be dragged about"
    assert page.evaluate(DROP, ["#id_body", ["paste", "text", "file"]]), "words copied from Word come as words"
    assert text_of(page) == ""
    assert not page.evaluate(DROP, ["#id_body", ["file"]])
    playwright.expect(page.locator("#id_body")).to_have_value(CODE)
    assert not page.evaluate(DROP, ["#id_body", ["paste", "file"]])
    playwright.expect(page.locator("#id_body")).to_have_value(f"{CODE}\n\n{CODE}")


PASTE = """([html, plain]) => {
    const box = new DataTransfer();
    if (html) box.setData("text/html", html);
    box.setData("text/plain", plain);
    const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: box});
    return document.querySelector("#id_body").dispatchEvent(event);
}"""
TABLE = "| a |\n| --- |\n| b |"


def test_a_page_on_the_clipboard_comes_in_as_markdown_and_one_undo_takes_it_back(site):
    page = site.open("Some words.\n\nMore.")
    page.locator("#id_body").evaluate("box => { box.focus(); box.setSelectionRange(2, 2) }")
    assert not page.evaluate(PASTE, ["<table>", "a b"])
    playwright.expect(page.locator("#id_body")).to_have_value(f"Some words.\n\n{TABLE}\n\nMore.")
    expect_text(page.locator(".editor-doubts"), "“c” is struck out.")
    page.keyboard.press("Control+z")
    assert text_of(page) == "Some words.\n\nMore."


@pytest.mark.parametrize(
    "answer", ["lost", (400, "application/json", '{"error": "Too long."}'), (500, "text/html", "x")]
)
def test_what_cannot_be_converted_is_pasted_as_plain_text_and_said(site, answer):
    site.paste = answer
    page = site.open("")
    page.evaluate(PASTE, ["<p>a</p>", "a b"])
    playwright.expect(page.locator("#id_body")).to_have_value("a b")
    expect_text(page.locator(".editor-below").get_by_role("status"), "Pasted as plain text.")


def test_plain_words_are_pasted_by_the_browser_and_signs_by_us(site):
    page = site.open("")
    assert page.evaluate(PASTE, ["", "plain words"])
    assert not page.evaluate(PASTE, ["", "a\tb\nc\td"])


def test_editor_and_preview_stand_side_by_side_only_where_there_is_room(site):
    page = site.open("Text")
    for width, beside in ((1280, True), (1100, False), (360, False)):
        page.set_viewport_size({"width": width, "height": 800})
        text, seen = page.locator("#id_body").bounding_box(), preview_of(page).bounding_box()
        assert (seen["x"] > text["x"] + text["width"]) == beside
        assert (seen["y"] > text["y"] + text["height"]) != beside
        assert text["width"] + (seen["width"] if beside else 0) > 0.8 * width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_preview_follows_how_far_the_text_is_scrolled(site):
    site.preview = lambda text: (200, "text/html", "".join(f"<p>{line}</p>" for line in text.splitlines()))
    page = site.open("\n".join(f"Line {number}" for number in range(300)))
    expect_text(preview_of(page), "Line 299")
    for part in (1, 0.5, 0):
        page.locator("#id_body").evaluate(
            "(box, part) => box.scrollTo(0, part * (box.scrollHeight - box.clientHeight))", part
        )
        page.wait_for_timeout(100)
        seen = preview_of(page).evaluate("pane => pane.scrollTop / (pane.scrollHeight - pane.clientHeight)")
        assert abs(seen - part) < 0.01


def test_the_preview_wears_the_patients_style_and_keeps_its_names_to_itself(site):
    site.preview = lambda text: (200, "text/html", '<section id="first"><p>Words</p><ul><li>One</li></ul></section>')
    page = site.open("Text")
    expect_text(preview_of(page), "Words")
    playwright.expect(page.locator(".markdownx-preview p")).to_have_css("font-size", "18px")
    playwright.expect(page.locator(".markdownx-preview ul")).to_have_css("list-style-type", "square")
    assert page.evaluate("document.getElementById('first').tagName") == "INPUT"


def test_a_link_in_the_preview_does_not_leave_the_page(site):
    links = '<a href="#there">Down</a><a href="/articles/">Guides</a><p id="there">There</p>'
    site.preview = lambda text: (200, "text/html", links)
    page = site.open("Unsaved")
    preview_of(page).get_by_text("Down").click()
    with page.context.expect_page():
        preview_of(page).get_by_text("Guides").click()
    assert page.url == SITE + "/" and text_of(page) == "Unsaved"
