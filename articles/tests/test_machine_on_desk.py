"""What staff are told, and offered, about a text that a machine translated, or helped to write."""

import datetime

from django.utils import timezone

from conftest import edit, hand, judge
from publishing.models import Asking, Review


def offered(html):
    """What the page to publish says in its bar."""
    return html.partition('<div class="bar">')[2]


def machine_translated(make_article, ravi, **content):
    """A translation that a machine made; checked by a clinician, where one is given."""
    english = make_article("Warfarin at home", body="## Dose\n\nTake one dose.")
    english.publish(by=hand("Meena"), note="First")
    content = {"body": "## खुराक\n\nएक खुराक लें।"} | content
    hindi = make_article("घर पर वारफेरिन", language="hi", original=english, is_machine=True, **content)
    if ravi:
        judge(hindi, ravi)
    return hindi


def test_who_asks_for_a_check_of_it_is_told_that_a_translator_has_to_look(make_article, ravi, meena, client):
    hindi = machine_translated(make_article, ravi)
    client.force_login(meena)
    url = f"/admin/articles/article/{hindi.pk}/ask/"
    for page in ("change", "publish"):
        text = client.get(f"/admin/articles/article/{hindi.pk}/{page}/").text
        assert f'href="{url}">Ask for a check …</a>' in text.partition("no translator has checked")[2]
    page = client.get(url).text
    assert "A machine translated it, so a translator has to look before patients read it." in page
    assert page.count('value="translator" id="id_kind_1" checked') == 1 and 'class="fold" open' in page
    judge(hindi, meena, kind="translator", is_machine=True)
    page = client.get(url).text
    assert "a translator has to look" not in page and 'value="clinician" id="id_kind_0" checked' in page


def test_who_asks_about_a_new_text_is_told_of_both_checks(make_article, meena, client):
    hindi = machine_translated(make_article, ravi=None)
    client.force_login(meena)
    page = client.get(f"/admin/articles/article/{hindi.pk}/ask/").text
    assert "It is new, so a clinician has to look before patients read it. So has a translator" in page
    assert 'value="clinician" id="id_kind_0" checked' in page


def test_a_question_that_is_not_ready_can_be_left_out(make_article, make_entry, ravi, meena, client):
    article = make_article(body="Take one dose.")
    judge(article, ravi)
    make_entry("Does it hurt?", article=article, answer="Take one dose.")
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    page = client.get(url)
    bar = offered(page.text)
    assert ">Publish</button>" in bar and "Untick under “Goes with it” what is not ready" in bar
    said = {"edits": article.edits, "note": "First", "when": "now"}
    ticked = page.context["form"]["companions"].value()
    page = client.post(url, said | {"companions": ticked})
    assert article.live(timezone.now()) is None and "Nothing was done yet" in page.text
    client.post(url, said)
    assert article.live(timezone.now()).number == 1


def test_the_part_of_a_machine_is_told_in_the_words_in_which_it_was_chosen(make_article, meena, client):
    article = make_article(body="Rest.")
    article.publish(by=hand("Meena"), note="First")
    edit(article, "Asha", ai_part="helped")
    client.force_login(meena)
    page = client.get(f"/admin/articles/article/{article.pk}/publish/")
    assert page.context["form"].initial["note"] == "Changed: “Part of artificial intelligence”."
    assert "It helped to write it" in page.text and ">helped<" not in page.text
    article.publish(by=hand("Meena"), note="Said")
    page = client.get(f"/admin/articles/article/{article.pk}/editions/compare/?before=1&after=2").text
    assert "It helped to write it" in page and ">helped<" not in page


def test_the_page_of_a_check_is_in_the_language_of_the_text_and_what_staff_are_told_in_theirs(
    make_article, ravi, asha, client
):
    hindi = machine_translated(make_article, ravi, brief="कब: रोज़")
    day = timezone.localdate() + datetime.timedelta(days=3)
    told = {"asked_name": "Ravi", "account": ravi, "until_on": day, "kind": Review.Kind.TRANSLATOR}
    Asking.ask(hindi, by=hand(asha), at=timezone.now(), **told)
    client.force_login(ravi)
    page = client.get(f"/admin/articles/article/{hindi.pk}/review/").text
    assert "संक्षेप में" in page and "In brief" not in page
    assert f"by {day.day} {day:%B}." in page
