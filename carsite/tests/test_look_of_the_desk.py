"""What the templates of the desk have in common, so that no page looks like another program."""

from django.conf import settings

PAGES = {
    path.relative_to(settings.BASE_DIR).as_posix(): path.read_text()
    for path in (settings.BASE_DIR / "templates" / "admin").rglob("*.html")
}


def test_the_desks_own_sheet_comes_after_those_of_the_library():
    wrong = [name for name, text in PAGES.items() if "{{ block.super }}<link" in text and "staff/" not in text]
    assert len(PAGES) > 100 and wrong == []


def test_each_act_is_a_button_of_the_desk():
    assert [name for name, text in PAGES.items() if "submit-row" in text or '<input type="submit"' in text] == []
