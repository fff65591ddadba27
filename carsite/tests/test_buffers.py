"""What is typed into a form and not saved: kept, offered again to whoever typed it, and gone once it is saved."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import Article
from carsite.tests.conftest import change_url, fields_of
from conftest import edit, hand, let_pass
from publishing.models import Buffer

ADD = "/admin/articles/article/add/"


def keep_url(work=None):
    return f"/admin/articles/article/{work.pk}/keep/" if work else "/admin/articles/article/keep/"


def opened(client, work=None):
    """What a browser would send of a form that is opened now."""
    page = client.get(change_url(work) if work else ADD)
    return fields_of(page) | {"buffer": page.context["key"]}


def keep(client, work, form, **typed):
    return client.post(keep_url(work), form | typed)


@pytest.fixture
def writer(client, asha):
    client.force_login(asha)
    return client


def test_what_is_typed_is_kept_and_offered_again_with_its_time(article, writer):
    form = opened(writer, article)
    answer = keep(writer, article, form, body="Half a sentence")
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["kept"]) and not answer.json()["is_saved"]
    page = writer.get(change_url(article)).text
    assert f"You typed here at {answer.json()['kept']} and did not save." in page and "Half a sentence" not in page
    taken = writer.get(f"{change_url(article)}?buffer={form['buffer']}")
    assert "Half a sentence" in taken.text and "errornote" not in taken.text and "You typed here" not in taken.text
    article.refresh_from_db()
    assert article.body == "One."
    assert writer.post(change_url(article), fields_of(taken) | {"buffer": form["buffer"]}).status_code == 302
    article.refresh_from_db()
    assert article.body == "Half a sentence" and not Buffer.objects.filter(saved_at=None).exists()
    assert "You typed here" not in writer.get(change_url(article)).text


def test_a_new_guide_is_kept_before_it_was_ever_saved(db, writer):
    form = opened(writer)
    keep(writer, None, form, title="Warfarin at home", body="Take it in the evening.")
    assert "You typed here" in writer.get(ADD).text
    taken = writer.get(f"{ADD}?buffer={form['buffer']}")
    assert "Take it in the evening." in taken.text
    writer.post(ADD, fields_of(taken) | {"buffer": form["buffer"]})
    assert Article.objects.get().title == "Warfarin at home" and "You typed here" not in writer.get(ADD).text


def test_several_are_a_list_and_each_can_be_thrown_away(article, writer):
    forms = [opened(writer, article) for _one in range(3)]
    for number, form in enumerate(forms):
        keep(writer, article, form, body=f"Text {number}")
    assert writer.get(change_url(article)).text.count("You typed here at") == 3
    answer = writer.post(keep_url(article), {"buffer": forms[0]["buffer"], "throw": "1"}, follow=True)
    assert answer.text.count("You typed here at") == 2
    assert not Buffer.objects.filter(typed__body=["Text 0"]).exists()


def test_questions_that_are_written_are_kept_too_the_new_ones_included(article, writer):
    form = opened(writer, article)
    new = {"entry_set-TOTAL_FORMS": "2", "entry_set-1-question": "May I drive?", "entry_set-1-answer": "Not today."}
    keep(writer, article, form, **new, **{"entry_set-0-answer": "Not much."})
    taken = writer.get(f"{change_url(article)}?buffer={form['buffer']}")
    assert "May I drive?" in taken.text and "Not much." in taken.text
    writer.post(change_url(article), fields_of(taken) | {"buffer": form["buffer"]})
    assert set(article.entry_set.values_list("answer", flat=True)) == {"Not much.", "Not today."}


def test_nobody_else_sees_it_takes_it_up_or_writes_into_it(article, writer, asha, meena):
    form = opened(writer, article)
    keep(writer, article, form, body="Mine alone")
    other = Client()
    other.force_login(meena)
    assert "You typed here" not in other.get(change_url(article)).text
    assert other.get(f"{change_url(article)}?buffer={form['buffer']}").status_code == 404
    assert keep(other, article, form, body="Hers").status_code == 400
    other.post(keep_url(article), {"buffer": form["buffer"], "throw": "1"})
    assert Buffer.objects.get(person=asha).typed["body"] == ["Mine alone"]
    # Nor does patients' site, nor the working copy.
    article.refresh_from_db()
    assert article.body == "One."


def test_who_may_not_write_keeps_nothing_and_who_is_logged_out_is_refused(article, writer, ravi):
    form = opened(writer, article)
    for client, status in ((Client(), 403), (Client(), 403)):
        assert keep(client, article, form, body="X").status_code == status
    reader = Client()
    reader.force_login(ravi)
    assert keep(reader, article, form, body="X").status_code == 403 and not Buffer.objects.exists()
    page = reader.get(change_url(article)).text
    assert "data-keep" not in page and 'id="save"' not in page


def test_a_message_that_arrives_after_the_save_brings_nothing_back(article, writer):
    form = opened(writer, article)
    writer.post(change_url(article), form | {"body": "Saved"})
    assert keep(writer, article, form, body="Sav").json()["is_saved"]
    assert "You typed here" not in writer.get(change_url(article)).text


def test_what_is_the_same_as_before_is_not_kept(article, writer):
    form = opened(writer, article)
    base = {"_base": '[["body", "One."]]'}
    keep(writer, article, {"buffer": form["buffer"]} | base, body="Two.")
    assert Buffer.objects.count() == 1
    keep(writer, article, {"buffer": form["buffer"]} | base, body="One.")
    assert not Buffer.objects.exists()


def test_a_refused_save_is_kept_although_no_script_ran(article, writer):
    form = opened(writer, article)
    answer = writer.post(change_url(article), form | {"title": "", "body": "Do not lose me"})
    assert answer.status_code == 200 and "Nothing was saved yet" in answer.text
    assert f'value="{form["buffer"]}"' in answer.text
    assert "You typed here" in writer.get(change_url(article)).text
    assert Buffer.objects.get().typed["body"] == ["Do not lose me"]


def test_what_is_too_long_or_has_no_key_is_not_kept_and_says_so(article, writer):
    form = opened(writer, article)
    assert "too long" in keep(writer, article, form, body="x" * 1_000_001).json()["error"]
    for key in ("", "zz", "g" * 90):
        assert "too old" in keep(writer, article, form | {"buffer": key}).json()["error"]
    assert not Buffer.objects.exists()


def test_one_person_cannot_fill_the_disk(article, writer, asha, at):
    made = {"person": asha, "work": article.name, "opened_at": at, "kept_at": at}
    Buffer.objects.bulk_create(Buffer(key=f"k{number}", **made) for number in range(100))
    assert "not saved" in keep(writer, article, opened(writer, article), body="Y").json()["error"]


def test_it_goes_after_thirty_days(article, writer, capsys):
    keep(writer, article, opened(writer, article), body="Forgotten")
    let_pass(days=29)
    call_command("daily")
    assert Buffer.objects.count() == 1
    let_pass(days=2)
    call_command("daily")
    assert not Buffer.objects.exists()


def test_who_else_writes_here_is_told_since_when(article, writer, meena):
    other = Client()
    other.force_login(meena)
    answer = keep(other, article, opened(other, article), body="Hers")
    since = answer.json()["kept"]
    assert f"Meena is writing here since {since}." in writer.get(change_url(article)).text
    told = keep(writer, article, opened(writer, article), body="Mine").json()["others"]
    assert told == [f"Meena is writing here since {since}."]
    assert keep(other, article, opened(other, article), body="H").json()["others"][0].startswith("Asha is writing")
    Buffer.objects.update(kept_at=timezone.now() - datetime.timedelta(hours=1))
    assert "is writing here" not in writer.get(change_url(article)).text


def test_the_answer_names_the_next_step_of_what_is_typed(article, meena, client):
    edit(article, "Asha", body="Take 5 mg in the evening.")
    article.publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    form = opened(client, article)
    assert keep(client, article, form, body="Take 5 mg in the evening. ").json()["next"]["name"] == "publish"
    assert keep(client, article, form, body="Take 3 mg in the evening.").json()["next"]["name"] == "ask"


def test_whoever_logs_in_again_gets_a_token_that_holds(article, asha):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(asha)
    form = opened(strict, article)
    answer = strict.get(keep_url(article)).json()
    assert answer["person"] == asha.pk
    sent = strict.post(keep_url(article), form | {"body": "Z"}, headers={"X-CSRFToken": answer["token"]})
    assert sent.status_code == 200 and strict.post(keep_url(article), form).status_code == 403


def test_rows_are_moved_and_added_by_buttons_where_no_script_runs(article, make_entry, writer):
    make_entry("Second?", article=article, place=1)
    form = opened(writer, article)
    page = writer.post(change_url(article), form | {"lead": "Not yet saved", "_move": "entry_set-1:up"})
    shown = [one.title for one in page.context["inline_admin_formsets"][0].placed]
    assert page.status_code == 200 and shown == ["Second?", "Does it hurt?"] and "Not yet saved" in page.text
    page = writer.post(change_url(article), fields_of(page) | {"buffer": form["buffer"], "_add": "entry_set"})
    new = {"entry_set-2-question": "Third?", "entry_set-2-answer": "Yes."}
    assert page.text.count('class="grip"') == 4  # one of them in the template that a script would use
    article.refresh_from_db()
    assert article.lead == "A short test."
    assert writer.post(change_url(article), fields_of(page) | new | {"buffer": form["buffer"]}).status_code == 302
    assert list(article.entry_set.values_list("question", flat=True)) == ["Second?", "Does it hurt?", "Third?"]


@pytest.mark.parametrize("asked", ["entry_set-99:up", "entry_set-0:up", "nonsense-0:up", "entry_set-0:down", "x"])
def test_a_move_that_leads_nowhere_saves_nothing_and_breaks_nothing(article, writer, asked):
    answer = writer.post(change_url(article), opened(writer, article) | {"_move": asked})
    assert answer.status_code in (200, 302)


def test_the_next_step_saves_first_and_leads_to_its_page(article, writer, meena, client):
    answer = writer.post(change_url(article), opened(writer, article) | {"body": "Two.", "_next": "ask"})
    article.refresh_from_db()
    assert article.body == "Two." and answer["Location"].startswith(change_url(article).removesuffix("change/"))
    client.force_login(meena)
    answer = client.post(change_url(article), opened(client, article) | {"_next": "publish"})
    assert answer["Location"].endswith("/publish/")
    answer = client.post(change_url(article), opened(client, article) | {"_next": "//evil.example"})
    assert answer["Location"] == change_url(article)


def test_what_waits_is_the_next_step_and_the_bar_says_what_patients_read(article, meena, client, later):
    article.publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    page = client.get(change_url(article)).text
    assert "Publish …" in page and "Patients read edition 1." in page
    edit(article, meena, lead="Later.")
    article.publish(by=hand("Meena"), note="Later", at=later)
    assert "See what waits" in client.get(change_url(article)).text


def test_the_form_asks_for_few_scripts_and_is_sent_compressed(guide, meena, client):
    client.force_login(meena)
    answer = client.get(change_url(guide), headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer["Vary"]
    assert answer.content[3] & 8  # a name of random length, so that nobody learns from the length of an answer
    plain = client.get(change_url(guide)).text
    assert len(re.findall("<script [^>]*src=", plain)) <= 5 and "jquery" not in plain and "jsi18n" not in plain
    assert len(re.findall('<link rel="stylesheet"', plain)) <= 6
    assert "Content-Encoding" not in client.get("/health/", headers={"Accept-Encoding": "gzip"}).headers
