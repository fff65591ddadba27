"""Two people write one text and both save: they see what differs, passage by passage, and nothing is lost."""

import json
import re
from html import unescape

import pytest

from carsite.tests.conftest import change_url, fields_of
from conftest import edit, hand
from publishing.models import Publisher
from publishing.text import merge

BODY = (
    "## What it does\n\nIt thins your blood.\n\n## How to take it\n\n1. In the evening.\n2. Take 5 mg.\n\n"
    "## Your blood test\n\nAfter 3 days.\n\nThen each week."
)
MINE = BODY.replace("Take 5 mg", "Take 3 mg").replace("thins your blood", "makes your blood thin")
THEIRS = BODY.replace("Take 5 mg", "Take 4 mg, with water").replace("Then each week", "Then each month")


@pytest.fixture
def guide(make_article, make_entry):
    article = make_article(title="Warfarin", body=BODY)
    make_entry(article=article, question="Can I drink?", answer="A little.")
    return article


@pytest.fixture
def writer(client, asha):
    client.force_login(asha)
    return client


def opened(client, work):
    page = client.get(change_url(work))
    return fields_of(page) | {"buffer": page.context["key"]}


def keep(client, work, form, **typed):
    """What the form's script sends: what is typed, and what the form was opened with."""
    base = json.dumps([[name, str(value)] for name, value in form.items() if name != "buffer" and value is not False])
    assert client.post(f"/admin/articles/article/{work.pk}/keep/", form | typed | {"_base": base}).status_code == 200


def sent_back(page):
    """The fields of the page of two texts, as a browser would send them with nothing chosen."""
    form = re.search(r'<input type="hidden" name="_two".*</form>', page.text, re.S)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {unescape(name): unescape(value) for name, value in hidden}


def choices(page):
    return [part.key for part in page.context["two"]["choices"]]


def both_save(client, guide, meena, *, mine, theirs):
    form = opened(client, guide)
    keep(client, guide, form, **mine)
    edit(guide, meena, **theirs)
    return client.post(change_url(guide), form | mine)


def test_what_both_changed_is_chosen_and_what_one_changed_is_taken(guide, writer, meena):
    page = both_save(writer, guide, meena, mine={"body": MINE}, theirs={"body": THEIRS})
    assert page.status_code == 200 and "Two texts of “Warfarin”" in page.text
    assert "1 passage was changed by you both" in page.text and "2 were changed by one of you only" in page.text
    assert "How to take it, step 2" in page.text and "It was: “2. Take 5 mg.”" in page.text
    assert "3 mg and 4 mg" in page.text and "Ask Meena before you choose" in page.text
    (key,) = choices(page)
    assert writer.post(change_url(guide), sent_back(page) | {f"_take:{key}": "mine"}).status_code == 302
    guide.refresh_from_db()
    assert guide.body == MINE.replace("Then each week", "Then each month")


def test_nothing_is_saved_as_long_as_a_choice_is_open_and_choices_stay(guide, writer, meena):
    page = both_save(writer, guide, meena, mine={"body": MINE}, theirs={"body": THEIRS})
    again = writer.post(change_url(guide), sent_back(page))
    assert again.status_code == 200 and "1 choice is open" in again.text and "Nothing was saved yet" in again.text
    guide.refresh_from_db()
    assert guide.body == THEIRS
    (key,) = choices(again)
    third = {f"_take:{key}": "third", f"_third:{key}": "2. Take 3 mg, with water."}
    assert writer.post(change_url(guide), sent_back(again) | third).status_code == 302
    guide.refresh_from_db()
    assert "2. Take 3 mg, with water.\n\n## Your blood test" in guide.body


@pytest.mark.parametrize(("whose", "dose"), [("mine", "Take 3 mg."), ("theirs", "Take 4 mg, with water.")])
def test_all_of_one_is_taken_by_one_button(guide, writer, meena, whose, dose):
    page = both_save(writer, guide, meena, mine={"body": MINE}, theirs={"body": THEIRS})
    assert writer.post(change_url(guide), sent_back(page) | {"_all": whose}).status_code == 302
    guide.refresh_from_db()
    assert dose in guide.body


def test_a_third_save_meanwhile_is_not_overwritten_either(guide, writer, meena, omar):
    page = both_save(writer, guide, meena, mine={"body": MINE}, theirs={"body": THEIRS})
    (key,) = choices(page)
    edit(guide, omar, body=THEIRS.replace("Take 4 mg", "Take 6 mg"))
    again = writer.post(change_url(guide), sent_back(page) | {f"_take:{key}": "mine"})
    assert again.status_code == 200 and "Omar saved this" in again.text and "3 mg and 6 mg" in again.text
    guide.refresh_from_db()
    assert "Take 6 mg" in guide.body


def test_a_question_that_only_the_other_changed_is_left_as_they_saved_it(guide, writer, meena):
    form = opened(writer, guide)
    keep(writer, guide, form, lead="Mine.")
    entry = guide.entry_set.get()
    edit(entry, meena, answer="None at all.")
    assert writer.post(change_url(guide), form | {"lead": "Mine."}).status_code == 302
    entry.refresh_from_db(), guide.refresh_from_db()
    assert (entry.answer, guide.lead) == ("None at all.", "Mine.")


def test_a_question_that_both_changed_is_chosen_too(guide, writer, meena):
    form = opened(writer, guide)
    mine = {"entry_set-0-answer": "One glass."}
    keep(writer, guide, form, **mine)
    edit(guide.entry_set.get(), meena, answer="None at all.")
    page = writer.post(change_url(guide), form | mine)
    (key,) = choices(page)
    assert "Can I drink?" in page.text and key.startswith("entry_set-0-answer")
    writer.post(change_url(guide), sent_back(page) | {f"_take:{key}": "mine"})
    assert guide.entry_set.get().answer == "One glass."


def test_without_a_script_all_that_differs_is_chosen(guide, writer, meena):
    form = opened(writer, guide)
    edit(guide, meena, body=THEIRS)
    page = writer.post(change_url(guide), form | {"body": MINE})
    assert len(choices(page)) == 3
    taken = {f"_take:{key}": "theirs" for key in choices(page)}
    writer.post(change_url(guide), sent_back(page) | taken)
    guide.refresh_from_db()
    assert guide.body == THEIRS


def test_mine_is_kept_aside_and_can_be_taken_up_later(guide, writer, meena):
    both_save(writer, guide, meena, mine={"body": MINE}, theirs={"body": THEIRS})
    page = writer.get(change_url(guide))
    assert "You typed here" in page.text and THEIRS in page.context["adminform"].form["body"].value()
    key = re.search(r"\?buffer=([\w-]+)", page.text)[1]
    taken = writer.get(f"{change_url(guide)}?buffer={key}")
    assert taken.context["adminform"].form["body"].value() == MINE
    again = writer.post(change_url(guide), fields_of(taken) | {"buffer": key})
    assert "Two texts of" in again.text
    guide.refresh_from_db()
    assert guide.body == THEIRS


def test_a_choice_of_a_row_is_shown_by_its_name(guide, writer, meena):
    from articles.models.topics import Topic

    topics = [Topic(title=title) for title in ("Heart", "Blood")]
    for topic in topics:
        topic.keep(by=hand(meena), note="New")
    page = both_save(writer, guide, meena, mine={"topic": str(topics[0].pk)}, theirs={"topic": topics[1]})
    assert "Heart" in page.text and "Blood" in page.text
    (key,) = choices(page)
    writer.post(change_url(guide), sent_back(page) | {f"_take:{key}": "theirs"})
    guide.refresh_from_db()
    assert guide.topic == topics[1]


def test_passages_joined_are_the_texts_again():
    for base in (BODY, "", None):
        found = merge(base, MINE, THEIRS)
        assert "".join(one.mine for one in found) == MINE and "".join(one.theirs for one in found) == THEIRS
    assert [one.of for one in merge("A.\n\nB.", "A!\n\nB.", "A.\n\nB!")] == ["mine", "theirs"]
    assert [one.of for one in merge("A.", "A.\n\nNew.", "A.\n\nNew.")] == ["same"]


def test_a_box_that_nobody_touched_is_no_choice_and_one_that_was_ticked_says_so(guide, writer, meena):
    page = both_save(writer, guide, meena, mine={"body": MINE}, theirs={"body": THEIRS})
    (key,) = choices(page)
    assert key.startswith("body") and "A machine translated" not in page.text
    form = sent_back(page) | {f"_take:{key}": "mine"}
    writer.post(change_url(guide), form)
    guide.refresh_from_db()
    assert not guide.is_machine
    page = both_save(writer, guide, meena, mine={"lead": "Mine."}, theirs={"lead": "Theirs.", "is_machine": True})
    assert "A machine translated it" in page.text and "Yes" in page.text
    assert "is_machine:0" not in choices(page)  # one alone ticked it
    taken = sent_back(page)
    for key in choices(page):
        taken[f"_take:{key}"] = "theirs"
    assert writer.post(change_url(guide), taken).status_code == 302
    guide.refresh_from_db()
    assert guide.is_machine and guide.lead == "Theirs."


def sent_by(page):
    """What a browser sends of a form, with what each field was shown with."""
    hidden = re.findall(r'name="(initial-[\w-]+)"(?: value="([^"]*)")?', page.text)
    return fields_of(page) | {name: unescape(value) for name, value in hidden}


@pytest.fixture
def shared(omar, client):
    """A publisher's form as it was opened, to be sent later."""
    client.force_login(omar)
    row = Publisher.objects.create(name="Example Care", websites="https://a.example/")
    url = f"/admin/publishing/publisher/{row.pk}/change/"
    return row, url, sent_by(client.get(url))


def test_a_row_without_a_count_of_saves_keeps_what_a_colleague_changed_in_another_field(shared, client):
    row, url, given = shared
    Publisher.objects.update(websites="https://b.example/")
    assert client.post(url, given | {"name": "Example Cancer Care"}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.websites) == ("Example Cancer Care", "https://b.example/")


def test_of_a_field_that_both_changed_the_second_is_told_what_the_first_wrote(shared, client):
    row, url, given = shared
    Publisher.objects.update(name="A colleague’s")
    page = client.post(url, given | {"name": "Mine"})
    assert "It says now: “A colleague’s”." in page.text and 'value="Mine"' in page.text
    row.refresh_from_db()
    assert row.name == "A colleague’s"
    assert client.post(url, sent_by(page) | {"name": "Mine"}).status_code == 302
    row.refresh_from_db()
    assert row.name == "Mine"
