"""Your work: what each role finds after the log-in, in which order and in which words."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from carsite.tests.conftest import found_by_axe
from conftest import edit, hand, judge
from publishing.models import Asking, Buffer, Remark


def rows(page):
    """(chip, title, sentence, button, its address) of every row of work."""
    found = re.findall(r"<li><span class=\"chip.*?</li>", page.text, re.DOTALL)
    return [
        tuple(
            " ".join(strip_tags(re.search(pattern, row, re.DOTALL)[1]).split())
            for pattern in (
                r'class="chip[^>]*>(.*?)</span>',
                r"<h3>(.*?)</h3>",
                r"<p>(.*?)</p>",
                r'class="button.*?>(.*?)<',
            )
        )
        for row in found
    ]


def text(page):
    return " ".join(strip_tags(page.text).split())


def asked(work, by, of, days=2, note=""):
    day = timezone.localdate() + datetime.timedelta(days=days)
    told = {"asked_name": of.get_full_name(), "account": of, "note": note}
    return Asking.ask(work, by=hand(by), until_on=day, at=timezone.now(), **told)


def remarked(work, by, words):
    told = {"passage": "A nurse", "text": words, "made_at": timezone.now()}
    return Remark.objects.create(work=work.name, by=by, by_name=by.get_full_name(), **told)


@pytest.fixture
def texts(make_article, make_entry, asha, ravi, meena, later):
    """A text for each row there is, most of them Asha's."""
    titles = ("MRI scan", "Kidney biopsy", "Warfarin", "Hip", "Diet", "Stoma", "CAR T-cells", "Flu", "Asthma", "Notes")
    made = {title: make_article(title, by=hand(asha), owner=asha) for title in titles}
    made["MRI scan"].publish(by=hand(meena), note="First", emergency="A wrong dose in print")
    told = {"typed": {"title": ["Kidney biopsy"]}, "opened_at": timezone.now(), "kept_at": timezone.now()}
    Buffer.objects.create(key="1", person=asha, work=made["Kidney biopsy"].name, **told)
    judge(made["Warfarin"], ravi)
    remarked(made["Hip"], ravi, "Is it 6 weeks or 8?")
    judge(made["Diet"], ravi, result="not fit", note="Say what to do after a missed dose.")
    asked(made["CAR T-cells"], asha, ravi, note="Is the part on memory right?")
    asked(made["Notes"], asha, ravi)
    edit(made["Notes"], asha, lead="Other words.")
    for title, when, days in (("Flu", later, 300), ("Asthma", None, 40)):
        judge(made[title], ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=days))
        made[title].publish(by=hand(meena), note="For the winter", at=when)
    return made


def test_a_writer_finds_drafts_remarks_answers_and_what_was_not_saved(texts, asha, client):
    client.force_login(asha)
    page = client.get("/admin/")
    shown, found = rows(page), {title: (chip, said, act) for chip, title, said, act in rows(page)}
    assert "Now: 6 things need you" in text(page) and "With others: 2" in text(page)
    chips = ["Emergency", "Not saved", "Not fit", "Remark", "Overtaken", "Draft", "Being checked", "Ready"]
    assert [chip for chip, *_rest in shown] == chips
    emergency = "Patients have read it since today without a check. Edition 1: “A wrong dose in print”"
    assert found["MRI scan"][1:] == (emergency, "Ask for a check")
    assert "only you see it" in found["Kidney biopsy"][1] and found["Kidney biopsy"][2] == "Take it up again"
    assert found["Hip"][1:] == ("Ravi: “Is it 6 weeks or 8?”", "Answer")
    assert found["Diet"][1].endswith(": “Say what to do after a missed dose.”")
    assert found["Notes"][1:] == ("It changed after Ravi was asked.", "Ask again")
    assert "Patients cannot read it yet" in found["Stoma"][1] and found["Stoma"][2] == "Go on writing"
    assert re.fullmatch(r"With Ravi, by .*\. You asked today at \d\d:\d\d\.", found["CAR T-cells"][1])
    assert found["Warfarin"][1].endswith("Meena can publish it.")
    assert "Yours and live: 1" in text(page) and "New guide" in text(page)


def test_a_publisher_finds_what_is_ready_and_what_waits(texts, meena, client):
    client.force_login(meena)
    page = client.get("/admin/")
    assert [(chip, title, act) for chip, title, _said, act in rows(page)] == [
        ("Emergency", "MRI scan", "Ask for a check"),
        ("Ready", "Warfarin", "Publish …"),
    ]
    assert re.search(r"Ravi checked it today at \d\d:\d\d\. It is new\.", text(page))
    days = text(page).partition("falls due in the next 60 days")[2].partition("Today")[0]
    assert re.search(r"\d\d:\d\d\. Flu comes: edition 1 waits\. See what waits", days) and "Asthma" not in days


def test_a_reviewer_finds_what_to_check_by_day_and_what_falls_due(texts, ravi, client):
    client.force_login(ravi)
    page = client.get("/admin/")
    shown = {title: (chip, said, act) for chip, title, said, act in rows(page)}
    assert "To check: 2 texts" in text(page) and "New guide" not in text(page)
    chip, said, act = shown["CAR T-cells"]
    assert chip.startswith("By ") and act == "Check"
    assert said == "Asha asks: “Is the part on memory right?” About 1 minute."
    assert shown["MRI scan"][::2] == ("Emergency", "Look at it")
    assert re.search(r"The check of Asthma falls due\. You checked it on \d+ \w+ \d{4}\. Check early", text(page))


def test_questions_of_one_guide_stand_in_one_row_where_the_next_step_is_the_same(
    make_article, make_entry, asha, client
):
    guide = make_article("Warfarin", by=hand(asha), owner=asha)
    guide.publish(by=hand("Meena"), note="First")
    made = [make_entry(f"Why {number}?", by=hand(asha), article=guide) for number in range(1, 6)]
    make_entry("General?", by=hand(asha))
    for one in made[:2]:
        one.publish(by=hand("Meena"), note="First")
        edit(one, asha, answer="A lot.")
    client.force_login(asha)
    page = client.get("/admin/")
    shown = {title: (said, act) for _chip, title, said, act in rows(page)}
    assert shown["3 questions of Warfarin"] == ("“Why 5?”, “Why 4?” and 1 more.", "Go on writing")
    assert f'href="/admin/articles/article/{guide.pk}/change/#questions"' in page.text
    assert "General?" in shown and "Why 3?" not in shown
    # Patients read the guide and two of its questions, and nobody has checked them
    assert shown["Warfarin"][0].endswith(" Also 2 questions of it.") and shown["Warfarin"][1] == "Ask for a check"


def test_questions_go_with_the_draft_of_their_guide_and_none_hides_another_guide(
    make_article, make_entry, asha, client
):
    for number in range(12):
        guide = make_article(f"Guide {number}", by=hand(asha), owner=asha)
        for question in range(5):
            make_entry(f"Question {number} {question}?", by=hand(asha), article=guide)
    client.force_login(asha)
    shown = rows(client.get("/admin/"))
    assert [title for _chip, title, *_rest in shown] == [f"Guide {number}" for number in range(11, -1, -1)]
    assert shown[0][2].endswith(" Also 5 questions of it.")


def test_a_question_alone_and_one_whose_step_is_its_own_keep_their_rows(
    make_article, make_entry, asha, ravi, meena, client
):
    guide = make_article("Warfarin", by=hand(asha), owner=asha)
    judge(guide, ravi)
    guide.publish(by=hand(meena), note="First")
    first, second = (make_entry(f"{name}?", by=hand(asha), article=guide) for name in ("First", "Second"))
    for one in (first, second):
        remarked(one, ravi, "Say more.")
    make_entry("Third?", by=hand(asha), article=guide)
    client.force_login(asha)
    acts = {title: act for _chip, title, _said, act in rows(client.get("/admin/"))}
    assert acts == {"First?": "Answer", "Second?": "Answer", "Third?": "Go on writing"}


def test_small_changes_stand_apart_with_the_words_beside_them_and_no_markdown(make_article, asha, ravi, meena, client):
    body = "## Before\n\n1. Eat nothing.\n2. You lay on your stomach for 30 minutes.\n\n## After\n\n- Rest at home."
    guide = make_article("Kidney biopsy", by=hand(asha), owner=asha, body=body)
    judge(guide, ravi)
    guide.publish(by=hand(meena), note="First")
    edit(guide, asha, body=body.replace("You lay", "You lie").replace("Rest at home", "Rest in your home"))
    guide.publish(by=hand(meena), note="Wording")
    client.force_login(ravi)
    page = client.get("/admin/")
    assert "Still fit? 1 text you checked has small changes" in text(page) and "To check" not in text(page)
    (said,) = re.findall(r'<p class="difference".*?>(.*?)</p>', page.text, re.DOTALL)
    said = " ".join(strip_tags(said).split())
    assert said == "You lay lie on your stomach for 30 minutes. … Rest at in your home."


def test_who_comes_the_first_day_finds_the_three_ways_to_begin(asha, client):
    client.force_login(asha)
    page = client.get("/admin/")
    for words, address in (
        ("Write your first guide", "/admin/articles/article/new/"),
        ("Bring in texts you have", "/admin/articles/article/bring/"),
        ("Read the guide for staff", "/admin/help/"),
    ):
        assert re.search(rf'href="{address}">{words}</a>', page.text)
        assert client.get(address).status_code == 200


def test_what_is_late_is_said_to_be(make_article, asha, ravi, client):
    asked(make_article("Dose"), asha, ravi, days=0)
    client.force_login(ravi)
    assert [row[0] for row in rows(client.get("/admin/"))] == ["Today"]


def test_what_falls_behind_stands_on_its_owners_desk_and_what_nobody_owns_on_an_administrators(
    make_article, asha, omar, client
):
    for title, owner in (("Owned", asha), ("Orphan", None)):
        make_article(title, owner=owner).publish(by=hand("import"), note="file.txt")
    for person, title in ((asha, "Owned"), (omar, "Orphan")):
        client.force_login(person)
        shown = rows(client.get("/admin/"))
        assert shown == [("Due", title, "Patients read it, and no clinician has checked it.", "Ask for a check")]


def test_what_colleagues_did_is_told_in_sentences_and_what_one_did_oneself_is_not(texts, asha, ravi, meena, client):
    entry_of = texts["Asthma"]
    entry_of.withdraw(by=hand(meena), note="Old", reason="replaced", replaced_by=texts["MRI scan"])
    client.force_login(asha)
    page = text(client.get("/admin/"))
    for said in (
        "Meena published edition 1 of MRI scan: First.",
        "Ravi checked Warfarin: fit for patients as it stands.",
        "Ravi checked Diet: not fit.",
        "Ravi wrote a remark on Hip.",
        "Meena withdrew Asthma: Old.",
    ):
        assert said in page, said
    assert re.search(r"Meena had edition 1 wait until .*, of Flu: For the winter\.", page)
    client.force_login(ravi)
    assert "Ravi wrote a remark" not in client.get("/admin/").text


def test_many_texts_published_at_once_are_one_sentence(make_article, asha, client):
    for number in range(5):
        make_article(f"Guide {number}", owner=asha).publish(by=hand("import"), note="folder")
    client.force_login(asha)
    assert "import published 5 texts" in text(client.get("/admin/"))


def test_on_the_first_day_somebody_is_welcome(asha, ravi, client):
    client.force_login(asha)
    page = text(client.get("/admin/"))
    assert "Welcome, Asha" in page and "How a guide comes to patients" in page and "Write your first guide" in page
    client.force_login(ravi)
    assert "Nothing needs you now." in text(client.get("/admin/"))


def test_on_the_first_day_in_a_clinic_that_has_guides_they_can_be_found(asha, ravi, make_article, client):
    client.force_login(asha)
    assert 'id="q"' not in client.get("/admin/").text
    make_article("Kidney biopsy", by=hand(ravi), owner=ravi)
    page = client.get("/admin/").text
    assert 'id="q"' in page and "Write your first guide" in page and page.count("button main") == 1


def test_who_has_no_role_is_told_whom_to_ask(django_user_model, client):
    client.force_login(django_user_model.objects.create_user("new", is_staff=True))
    assert "You have no role here yet" in text(client.get("/admin/"))


def test_ten_times_as_many_texts_take_no_more_queries_and_fill_no_page(make_article, asha, ravi, meena, client):
    asked_for = []
    for count in (3, 30):
        for number in range(count):
            article = make_article(f"Guide {count} {number}", by=hand(asha), owner=asha)
            make_article(f"Draft {count} {number}", by=hand(asha), owner=asha)
            remarked(make_article(f"Remark {count} {number}", by=hand(asha), owner=asha), ravi, "Why?")
            asked(make_article(f"Asked {count} {number}", by=hand(asha), owner=asha), asha, ravi)
            judge(article, ravi)
            if number % 2:
                article.publish(by=hand(meena), note="First")
        per_role = []
        for person in (asha, ravi, meena):
            client.force_login(person)
            client.get("/admin/")
            with CaptureQueriesContext(connection) as queries:
                page = client.get("/admin/")
            per_role.append(len(queries))
        asked_for.append(per_role)
    assert asked_for[0] == asked_for[1] and max(asked_for[1]) < 92, asked_for
    assert 'name="body"' not in page.text and not [one for one in queries if '"body"' in one["sql"]]


@pytest.fixture
def desk(press, live_server, texts, client):
    """Opens the desk of a person in a tab."""

    def opened(tab, person, path="/admin/"):
        client.force_login(person)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        tab.context.add_cookies([cookie])
        tab.goto(live_server.url + path)

    return opened


@pytest.mark.browser
def test_axe_finds_nothing_on_the_desk_of_any_role(desk, tab, asha, ravi, meena):
    found = []
    for person in (asha, ravi, meena):
        desk(tab, person)
        tab.evaluate("document.querySelectorAll('.fold').forEach((one) => { one.open = true; })")
        found += found_by_axe(tab, person)
    assert not found, "\n".join(found)
