"""The row of tools above the text: what each writes, by mouse and by keys, and that one Undo takes it back."""

import pytest

from publishing.staff.form.editor import ShortEditor
from publishing.tests.conftest import ADDRESS, CODE, expect_text, text_of

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser

ALL = ["Heading", "Bold", "List", "Steps", "Table", "Note", "Risks", "Call", "Blank", "Link", "Picture", "Paste plain"]
HEADS = "| ✎ Heading | ✎ Heading |\n| --- | --- |\n| ✎ Words | ✎ Words |\n| ✎ Words | ✎ Words |"
# (tool, what stands there with what is chosen, what is there then)
WRITTEN = [
    ("Heading", "|", "## "),
    ("Heading", "One\n\nTw|o", "One\n\n## Two"),
    ("Heading", "One\nTw|o\nThree", "One\n\n## Two\n\nThree"),
    ("Heading", "## Two|", "### Two"),
    ("Heading", "### Two|", "Two"),
    ("Bold", "Take |5 mg |now", "Take **5 mg** now"),
    ("Bold", "Take **|5 mg|** now", "Take 5 mg now"),
    ("Bold", "Call tod|ay.", "Call **today**."),
    ("Bold", "- |One\n- Two|", "- **One**\n- **Two**"),
    ("Bold", "दवा| लें", "**दवा** लें"),
    ("Bold", "|", "**words**"),
    ("Blank", "Take |Dose in the morning |now", "Take [[dose in the morning]] now"),
    ("Blank", "Take [[|your dose|]] now", "Take your dose now"),
    ("Blank", "Take |", "Take [[your dose]]"),
    ("Blank", "|Next\n[visit]|", "[[next visit]]"),
    ("Blank", "लें |सुबह की खुराक|", "लें [[सुबह की खुराक]]"),
    ("List", "|", "- "),
    ("List", "|One\nTwo|\n\nThree", "- One\n- Two\n\nThree"),
    ("List", "You need:\n|a letter\na card|\nThen come.", "You need:\n\n- a letter\n- a card\n\nThen come."),
    ("List", "|- One\n- Two|", "One\nTwo"),
    ("List", "|1. One\n2. Two|", "- One\n- Two"),
    ("List", "|One\n|Two", "- One\n\nTwo"),
    ("Steps", "|One\nTwo\nThree|", "1. One\n2. Two\n3. Three"),
    ("Steps", "1. One\n2. Two\n|Three", "1. One\n2. Two\n3. Three"),
    ("Steps", "|1. One\n2. Two|", "One\nTwo"),
    ("Steps", "|- One\n  goes on\n- Two|", "1. One\n  goes on\n2. Two"),
    ("Table", "|", HEADS),
    ("Table", "One|\nTwo\n\nThree", f"One\nTwo\n\n{HEADS}\n\nThree"),
    ("Table", "One\nTwo|\n\nThree", f"One\nTwo\n\n{HEADS}\n\nThree"),
    ("Table", "|One| two", f"One two\n\n{HEADS}"),
    ("Note", "|", "> [!NOTE]\n> "),
    ("Note", "Come.\n\nBring|\nyour letter.", "Come.\n\n> [!NOTE]\n> Bring\n> your letter."),
    ("Note", "> [!NOTE]\n> Br|ing", "Bring"),
    ("Risks", "One| two\nthree", "One two\nthree\n\n## What can go wrong (risks)"),
    ("Risks", "## Side eff|ects", "## Side effects (risks)"),
    ("Risks", "## Side eff|ects (risks)", "## Side effects"),
    ("Call", "One|", "One\n\n## When to call (call now)"),
    ("Call", "## Fev|er", "## Fever (call now)"),
    ("Call", "## Fev|er (call now)", "## Fever (call today)"),
    ("Call", "## Fev|er (next visit)", "## Fever"),
]


def tool(page, name):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def chosen(page, text):
    """Put a text into the editor in which “|” is the caret, or two of them the ends of what is chosen."""
    at = []
    while "|" in text:
        at.append(text.index("|"))
        text = text.replace("|", "", 1)
    page.locator("#id_body").evaluate(
        "(box, [words, from, to]) => { box.value = words; box.focus(); box.setSelectionRange(from, to); }",
        [text, at[0], at[-1]],
    )


@pytest.mark.parametrize("name", ["Heading", "Bold", "Blank", "List", "Steps", "Table", "Note", "Risks", "Call"])
def test_each_tool_writes_its_marks_and_one_undo_takes_them_back(site, name):
    page = site.open()
    for before, after in [told[1:] for told in WRITTEN if told[0] == name]:
        chosen(page, before)
        tool(page, name).click()
        assert text_of(page) == after
        playwright.expect(page.locator("#id_body")).to_be_focused()
        page.keyboard.press("Control+z")
        assert text_of(page) == before.replace("|", "")


def test_what_is_to_be_written_over_is_chosen(site):
    page = site.open()
    for name, words in (("Table", "✎ Heading"), ("Risks", "What can go wrong"), ("Bold", "words")):
        chosen(page, "|")
        tool(page, name).click()
        assert page.evaluate("document.getSelection().toString()") == words


def test_the_row_is_one_stop_for_tab_and_arrows_home_and_end_move_in_it(site):
    page = site.open("")
    assert page.get_by_role("toolbar", name="Put into the text").get_by_role("button").all_inner_texts() == ALL
    page.locator("#first").focus()
    seen = []
    for key in ("Tab", "ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home", "ArrowRight", "Tab", "Shift+Tab"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.textContent || document.activeElement.id"))
    assert seen == ["Heading", "Bold", "Paste plain", "Heading", "Paste plain", "Heading", "Bold", "id_body", "Bold"]
    page.keyboard.press("Enter")
    assert text_of(page) == "**words**"


def test_an_answer_has_the_five_tools_that_an_answer_needs(site):
    page = site.open("A little.", editor=ShortEditor)
    names = page.get_by_role("toolbar", name="Put into the answer").get_by_role("button").all_inner_texts()
    assert names == ["Bold", "List", "Steps", "Link", "Picture"]
    chosen(page, "|A little.")
    tool(page, "List").click()
    assert text_of(page) == "- A little."


def test_a_link_to_one_of_our_guides_is_found_by_its_title(site):
    page = site.open()
    chosen(page, "Read |this  guide |first.")
    tool(page, "Link").click()
    page.keyboard.type("hea")
    page.get_by_role("button", name="Heart [care]").click()
    assert site.sought == ["/admin/editor/guides/?q=hea&language=en"]
    assert text_of(page) == "Read [this guide](/articles/heart/) first."
    assert page.get_by_role("group", name="Link").count() == 0
    page.keyboard.press("Control+z")
    assert text_of(page) == "Read this  guide first."
    chosen(page, "See |.")
    tool(page, "Link").click()
    page.get_by_label("Words of a guide’s title, or an address").fill("heart")
    page.get_by_role("button", name="دل (اردو)").wait_for()
    page.keyboard.press("Enter")
    assert text_of(page) == "See [Heart \\[care\\]](/articles/heart/)."
    assert "?" not in page.url


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://who.int/a (b)", "[who.int/a%20%28b%29](https://who.int/a%20%28b%29)"),
        ("www.who.int", "[www.who.int](https://www.who.int)"),
        ("ward@clinic.test", "[ward@clinic.test](mailto:ward@clinic.test)"),
        ("tel:+918012345678", "[+918012345678](tel:+918012345678)"),
        ("/articles/heart/", "[/articles/heart/](/articles/heart/)"),
    ],
)
def test_an_address_becomes_a_link_too_and_asks_for_no_guide(site, typed, written):
    page = site.open()
    tool(page, "Link").click()
    page.get_by_label("Words of a guide’s title, or an address").fill(typed)
    page.keyboard.press("Enter")
    assert text_of(page) == written
    page.wait_for_timeout(400)
    assert site.sought == []


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ((200, "application/json", '{"guides": []}'), "No guide that patients read has “x” in its title."),
        ((403, "application/json", '{"error": "You are logged out."}'), "You are logged out."),
        ((500, "text/html", "<h1>Server Error</h1>"), "Something went wrong on the site."),
        ("lost", "No answer from the site."),
    ],
)
def test_a_search_without_an_answer_says_so_and_escape_leads_back_to_the_text(site, answer, shown):
    site.guides = answer
    page = site.open("Mine")
    tool(page, "Link").click()
    page.keyboard.type("x")
    expect_text(page.get_by_role("group", name="Link").get_by_role("status"), shown)
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#id_body")).to_be_focused()
    assert tool(page, "Link").get_attribute("aria-expanded") == "false" and text_of(page) == "Mine"


def test_a_picture_of_the_library_goes_in_at_the_end_of_the_paragraph(site):
    page = site.open()
    chosen(page, "One|\ntwo.\n\nThree.")
    tool(page, "Picture").click()
    page.get_by_role("button", name="A leaf").click()
    assert text_of(page) == f"One\ntwo.\n\n![A leaf]({ADDRESS})\n\nThree."
    playwright.expect(page.locator("#id_body")).to_be_focused()
    page.keyboard.press("Control+z")
    assert text_of(page) == "One\ntwo.\n\nThree."
    tool(page, "Picture").click()
    page.get_by_label("Find one that is here, by its words").fill("leaf")
    page.get_by_role("button", name="leaf.png").click()
    assert CODE in text_of(page)
    playwright.expect(page.get_by_label("What does the picture show?")).to_be_focused()
    page.wait_for_timeout(300)
    assert site.sought[0] == "/admin/editor/pictures/?q="


def test_only_one_of_both_places_is_open_and_what_is_typed_there_is_not_of_the_text(site):
    page = site.open("Mine")
    page.evaluate("document.forms[0].addEventListener('input', () => { document.title = 'typed' })")
    tool(page, "Link").click()
    page.keyboard.type("abc")
    tool(page, "Picture").click()
    assert page.locator("fieldset.editor-panel:not([hidden])").count() == 1
    tool(page, "Picture").click()
    assert page.locator("fieldset.editor-panel:not([hidden])").count() == 0
    assert page.title() == "x" and text_of(page) == "Mine"


PASTE = """() => {
    const box = new DataTransfer();
    box.setData("text/html", "<b>5 mg</b>");
    box.setData("text/plain", "5 mg\\r\\nnow");
    document.querySelector("#id_body").dispatchEvent(
        new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: box}));
}"""


def test_paste_plain_says_which_keys_where_the_browser_lets_no_page_read(site):
    page = site.open("")
    tool(page, "Paste plain").click()
    expect_text(page.locator(".editor-said"), "Press Ctrl+V now: it comes in as plain text.")
    page.evaluate(PASTE)
    assert text_of(page) == "5 mg\nnow"
    page.keyboard.press("Control+z")
    assert text_of(page) == ""
    page.evaluate(PASTE)  # the next one is converted again
    playwright.expect(page.locator("#id_body")).to_have_value("| a |\n| --- |\n| b |")


def test_the_preview_asks_in_the_language_chosen_and_stands_in_its_direction(site):
    page = site.open("Words")
    seen = page.locator(".markdownx-preview")
    expect_text(seen, "Words")
    site.way = {"Content-Language": "ur", "X-Direction": "rtl"}
    page.locator("[name=language]").select_option("ur")
    playwright.expect(seen).to_have_attribute("dir", "rtl")
    playwright.expect(seen).to_have_attribute("lang", "ur")
    assert site.languages == ["en", "ur"] and site.asked == ["Words", "Words"]
    assert page.get_by_role("region", name="What patients will see").count() == 1
