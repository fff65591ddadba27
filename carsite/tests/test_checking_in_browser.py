"""What the page of a check does more where scripts run: a remark on selected words, and how many dangers were seen."""

import pytest
from django.test import Client

from carsite.tests.conftest import found_by_axe, is_too_wide
from conftest import edit, hand
from publishing.models import Remark

pytestmark = pytest.mark.browser


def test_words_that_are_selected_are_what_a_remark_is_on_and_ticks_are_counted(
    press, make_article, asha, ravi, live_server, tab
):
    article = make_article("Warfarin", body="Take 5 mg at noon.")
    article.publish(by=hand("Meena"), note="First")
    edit(article, asha, body="Take 3 mg at noon.")
    client = Client()
    client.force_login(ravi)
    tab.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(f"{live_server.url}/admin/articles/article/{article.pk}/review/")
    tab.check("[name=ticks]")
    assert tab.locator("#looked").inner_text() == "1" and not is_too_wide(tab)
    tab.evaluate("""() => { const text = document.querySelector(".touched p").lastChild;
        document.getSelection().setBaseAndExtent(text, text.data.indexOf("at"), text, text.data.length - 1) }""")
    tab.get_by_text("Remark on “at noon”").click()
    tab.wait_for_function("document.activeElement.tagName == 'TEXTAREA'")
    tab.keyboard.type("Or at night?")
    tab.get_by_role("button", name="Keep this remark").locator("visible=true").click()
    tab.get_by_text("Your remark is kept.").wait_for()
    assert Remark.objects.get().passage == "at noon" and tab.locator("[name=ticks]").is_checked()
    assert found_by_axe(tab, "review") == []
