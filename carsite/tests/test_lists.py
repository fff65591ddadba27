"""The lists of guides and questions: states with counts, filters, words, and acts on many."""

import datetime
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from articles.models import Topic
from carsite.tests.conftest import found_by_axe
from conftest import edit, hand, judge, person
from publishing.models import Asking, Buffer, Line, Saving

LIST = "/admin/articles/article/"


def rows(page):
    """(title, chip, sentence, owner) of every row."""
    found = re.findall(r"<tr><?.*?</tr>", page.text.partition("<tbody>")[2], re.DOTALL)
    parts = (r'scope="row"><a[^>]*>(.*?)</a>', r'class="chip[^>]*>(.*?)</span>', r'class="quiet">(.*?)</span>')
    parts += (r'data-l="Owner">(.*?)</td>',)
    return [tuple(strip_tags(re.search(one, row, re.DOTALL)[1]) for one in parts) for row in found]


def titles(page):
    return [row[0] for row in rows(page)]


def text(page):
    return " ".join(strip_tags(page.text).split())


def states(page):
    strip = re.search(r'class="strip">(.*?)</ul>', page.text, re.DOTALL)[1]
    return " ".join(strip_tags(strip).split())


def topic(title):
    made = Topic(title=title)
    made.keep(by=hand("Meena"), note="New topic")
    return made


@pytest.fixture
def one_in_each(make_article, asha, ravi, meena, later):
    """A guide in every state, each of its name."""
    made = {}
    for title in ("Draft", "Checked", "Ready", "Waits", "Live", "Due", "Changed", "Gone"):
        made[title] = article = make_article(title, owner=asha)
        if title not in ("Draft", "Checked", "Due"):
            judge(article, ravi)
        if title in ("Live", "Due", "Changed", "Gone"):
            article.publish(by=hand(meena), note="First", emergency="At once")
        if title == "Waits":
            article.publish(by=hand(meena), note="First", at=later)
    edit(made["Changed"], "Asha", lead="Other words of warfarin.")
    made["Gone"].withdraw(by=hand(meena), note="Old", reason="replaced", replaced_by=made["Live"])
    day = timezone.localdate() + datetime.timedelta(days=2)
    told = {"asked_name": "Ravi", "account": ravi, "by": hand(asha), "until_on": day, "at": timezone.now()}
    Asking.ask(made["Checked"], **told)
    return made


def test_each_guide_has_one_state_with_a_sentence_and_states_have_counts(one_in_each, asha, client):
    client.force_login(asha)
    page = client.get(LIST)
    assert states(page) == "All 8 Draft 1 Changed 1 Being checked 1 Ready 1 Waits 1 Live 1 Due 1 Withdrawn 1"
    found = {title: (chip, said) for title, chip, said, _owner in rows(page)}
    assert rows(page)[0][0] == "Changed" and {row[3] for row in rows(page)} == {"Asha"}
    assert found["Draft"] == ("Draft", "Patients cannot read it yet")
    assert found["Changed"] == ("Changed", "Patients read edition 1")
    assert found["Checked"][0] == "Being checked" and found["Checked"][1].startswith("With Ravi, by ")
    assert found["Ready"][0] == "Ready" and found["Ready"][1].startswith("Ravi checked it, today")
    assert found["Waits"][0].startswith("Waits until ") and found["Waits"][1].startswith("Edition 1, at ")
    assert found["Live"] == ("Live", "Edition 1, checked by Ravi")
    assert found["Due"] == ("Due", "Published in an emergency, not yet reviewed by a second person")
    assert found["Gone"] == ("Withdrawn", "Leads to Live")
    for state, title in (("draft", "Draft"), ("checked", "Checked"), ("gone", "Gone"), ("waits", "Waits")):
        assert titles(client.get(f"{LIST}?state={state}")) == [title]


def test_words_are_found_in_the_working_copy_and_in_what_patients_read(one_in_each, make_entry, asha, client):
    client.force_login(asha)
    edit(one_in_each["Live"], "Asha", body="Nothing is said of it any more.")
    found = client.get(f"{LIST}?q=WARFARIN")
    assert found.status_code == 302 and found.url == f"{LIST}{one_in_each['Changed'].pk}/change/"
    assert "Live" in titles(client.get(f"{LIST}?q=nurse blood"))
    make_entry("May I take warfarin?")
    nothing = text(client.get(f"{LIST}?q=may take warfarin"))
    assert "No guide fits. Show all 8" in nothing and "1 of the questions" in nothing
    assert "No guide fits" in text(client.get(f"{LIST}?q=%20%20.%20&state=draft&owner=9"))


def test_words_are_found_by_their_stem_or_beginning_in_what_patients_read_or_will_read(
    one_in_each, asha, later, client
):
    client.force_login(asha)
    for title in ("Live", "Waits", "Changed"):
        edit(one_in_each[title], "Asha", body="Written anew.")
    one_in_each["Draft"].lead = "Swallowing after a stroke."
    one_in_each["Draft"].keep(by=hand("Asha"), at=timezone.now())
    assert {"Live", "Waits", "Changed"} <= set(titles(client.get(f"{LIST}?q=nurses+blo")))
    assert client.get(f"{LIST}?q=swallowing").url == f"{LIST}{one_in_each['Draft'].pk}/change/"
    assert "Gone" in titles(client.get(f"{LIST}?q=nurse"))


def test_a_slip_is_answered_by_what_may_have_been_meant(one_in_each, asha, client):
    client.force_login(asha)
    page = client.get(f"{LIST}?q=nursse+blodo")
    assert re.findall(r'href="(\?q=[^"]+)"\sdir="auto">(.*?)</a>', page.text) == [("?q=nurse+blood", "nurse blood")]
    assert "Did you mean" not in client.get(f"{LIST}?q=nurse").text
    assert '<option value="Waits">' in page.text and '<option value="Waits">' in client.get("/admin/").text


def test_of_what_patients_do_not_read_the_newest_are_looked_through_and_the_titles_of_the_rest(
    make_article, asha, monkeypatch
):
    from publishing.record.searching import holding

    monkeypatch.setattr(holding, "LOOKED_THROUGH", 2)
    made = [make_article(f"Guide {number}", lead="Of stomas.") for number in range(3)]
    wanted = holding.Wanted("stomas", timezone.now())
    assert wanted.texts(type(made[0])) == {made[1].pk, made[2].pk}
    assert holding.Wanted("GUIDE", timezone.now()).texts(type(made[0])) == {one.pk for one in made}


def test_the_list_is_narrowed_by_owner_topic_and_language(make_article, asha, meena, client):
    medicines = topic("Medicines")
    make_article("Dose", owner=asha, topic=medicines)
    make_article("خون", owner=meena, language="ur")
    gone = person("Sunil", "writers")
    make_article("Left", owner=gone)
    gone.is_active = False
    gone.save()
    client.force_login(asha)
    page = text(client.get(LIST))
    for said in ("Me, Asha (1)", "Meena (1)", "Nobody, or nobody here any more (1)", "Medicines (1)", "English (2)"):
        assert said in page, said
    for asked, expected in (
        ("owner=me", ["Dose"]),
        (f"owner={meena.pk}", ["خون"]),
        ("owner=nobody", ["Left"]),
        (f"topic={medicines.pk}", ["Dose"]),
        ("topic=none&o=title", ["Left", "خون"]),
        ("language=ur", ["خون"]),
    ):
        assert titles(client.get(f"{LIST}?{asked}")) == expected, asked


@pytest.mark.parametrize(
    "asked", ["state=x", "owner=x", "owner=²", "topic=-1", "language=xx", "p=0", "p=x", "o=x", "p=9999"]
)
def test_a_filter_that_makes_no_sense_is_left_out(asked, make_article, asha, client):
    make_article("Dose")
    client.force_login(asha)
    assert titles(client.get(f"{LIST}?{asked}")) == ["Dose"]


def test_the_list_and_the_side_of_the_form_tell_in_which_languages_a_guide_is_written(make_article, asha, ravi, client):
    english = make_article("Blood test")
    hindi = make_article("खून की जाँच", language="hi", original=english)
    day = timezone.localdate() + datetime.timedelta(days=2)
    Asking.ask(english, asked_name="Ravi", account=ravi, by=hand(asha), until_on=day, at=timezone.now())
    client.force_login(asha)
    found = [strip_tags(one) for one in re.findall(r'data-l="Languages">(.*?)</td>', client.get(LIST).text)]
    assert found == ["हिन्दी, English", "English, हिन्दी"]
    for work, words in (
        (english, "Being checked"),
        (hindi, "Draft"),
    ):
        page = client.get(f"{LIST}{work.pk}/change/").text
        assert f'class="chip {"checked" if work is english else "draft"}">{words}</span></h2>' in page
        told = " ".join(strip_tags(page.partition('id="panel-languages"')[2].partition("</section>")[0]).split())
        assert "English In review" in told and "हिन्दी Draft" in told and "Español Missing" in told


def test_questions_have_the_same_list(make_article, make_entry, asha, client):
    make_entry("Does it hurt?", article=make_article("Biopsy", owner=asha))
    make_entry("May I drive?")
    client.force_login(asha)
    page = client.get("/admin/faq/entry/")
    assert [(title, owner) for title, _chip, _said, owner in rows(page)] == [
        ("May I drive?", "nobody"),
        ("Does it hurt?", "Asha"),
    ]
    assert titles(client.get("/admin/faq/entry/?owner=me")) == ["Does it hurt?"]


def act(client, action, works, **sent):
    """Choose texts, then confirm with what that page holds; the page behind."""
    chosen = {"action": action, "work": [work.pk for work in works]}
    asked = client.post(LIST, chosen)
    edits = re.findall(r'name="edits" value="(.*?)"', asked.text)
    return client.post(LIST, chosen | {"edits": edits, "confirm": "yes"} | sent, follow=True)


def test_many_guides_are_handed_over_but_not_one_in_which_somebody_writes(make_article, asha, meena, ravi, client):
    works = [make_article(title, owner=asha) for title in ("Diet", "Dose", "Plaster care")]
    now = timezone.now()
    Buffer.objects.create(key="1", person=meena, work=works[2].name, typed={"title": ["P"]}, opened_at=now, kept_at=now)
    client.force_login(asha)
    saved = Saving.objects.count()
    page = text(act(client, "owner", works, to=meena.pk))
    assert "2 guides handed over. 1 not: Meena is writing in “Plaster care”." in page
    assert [type(work).objects.get(pk=work.pk).owner for work in works] == [meena, meena, asha]
    assert Saving.objects.count() == saved and not Line.objects.exists()
    client.force_login(ravi)
    assert client.post(LIST, {"action": "owner", "work": [works[0].pk]}).status_code == 403


def test_what_changed_after_it_was_chosen_is_left_alone(make_article, asha, meena, client):
    work, medicines = make_article("Dose"), topic("Medicines")
    client.force_login(asha)
    chosen = {"action": "topic", "work": [work.pk]}
    edits = re.findall(r'name="edits" value="(.*?)"', client.post(LIST, chosen).text)
    edit(work, meena, lead="Other words.")
    sent = chosen | {"edits": edits, "confirm": "yes", "topic": medicines.pk}
    assert "Meena changed “Dose” after you chose it" in text(client.post(LIST, sent, follow=True))
    assert "1 guide moved." in text(act(client, "topic", [work], topic=medicines.pk))
    work.refresh_from_db()
    assert (work.topic, work.changed_by_name, work.lead) == (medicines, "Asha", "Other words.")


def test_many_checks_are_asked_for_with_one_mail(make_article, asha, ravi, client):
    ravi.email = "ravi@example.org"
    ravi.save()
    works = [make_article(title) for title in ("Diet", "Dose")]
    client.force_login(asha)
    day = (timezone.localdate() + datetime.timedelta(days=3)).isoformat()
    assert "2 guides asked about." in text(act(client, "ask", works, who=ravi.pk, until_on=day))
    assert Asking.objects.of_account(ravi).open(timezone.now()).count() == 2
    assert len(mail.outbox) <= 1
    assert "is asked to check “Diet” already" in text(act(client, "ask", works, who=ravi.pk, until_on=day))
    refused = text(act(client, "ask", works, who=ravi.pk, until_on="2020-01-01"))
    assert "That day has passed" in refused


def test_nothing_chosen_is_said(make_article, asha, client):
    make_article("Dose")
    client.force_login(asha)
    assert "Nothing was chosen" in text(client.post(LIST, {"action": "topic"}, follow=True))
    assert client.post(LIST, {"action": "topic", "work": ["x", "99999"]}, follow=True).status_code == 200


def test_ten_times_as_many_guides_take_no_more_queries(make_article, asha, ravi, meena, client):
    client.force_login(asha)
    made = []
    for count in (3, 40):
        for number in range(count):
            article = make_article(f"Guide {count} {number}", owner=asha)
            judge(article, ravi)
            article.publish(by=hand(meena), note="First")
            make_article(f"Draft {count} {number}", owner=asha)
        for query in ("", "?q=nurse+guide"):  # what is kept of each text is made when somebody asks first
            client.get(f"{LIST}{query}")
        asked = []
        for query in ("o=&p=1", "q=nurse+guide"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{LIST}?{query}").status_code == 200
            asked.append(len(queries))
            assert not [one["sql"] for one in queries if '"body"' in one["sql"]]
            scanned = [one["sql"] for one in queries if "folded" in one["sql"] and "json" not in one["sql"]]
            assert not scanned
        made.append(asked)
    assert made[0] == made[1] and made[0][0] < 60 and made[0][1] < 75, made[0]


@pytest.fixture
def desk(press, live_server, one_in_each, asha, client):
    def opened(tab, path):
        client.force_login(asha)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        tab.context.add_cookies([cookie])
        tab.goto(live_server.url + path)

    return opened


@pytest.mark.browser
def test_axe_finds_nothing_on_the_list_and_ticks_are_counted(desk, tab):
    found = []
    for path in (LIST, f"{LIST}?q=nothing"):
        desk(tab, path)
        found += found_by_axe(tab, path)
    assert not found, "\n".join(found)
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        desk(tab, LIST)
        tab.check("#action-toggle")
        assert tab.inner_text("#chosen") == "8 chosen."
    tab.click("button[value=owner]")
    assert "8 chosen" in tab.inner_text("main")


@pytest.mark.browser
def test_what_sorts_a_list_is_seen_where_the_focus_finds_it(desk, tab):
    tab.set_viewport_size({"width": 390, "height": 900})
    desk(tab, LIST)
    for ask in ("#action-toggle", "thead a >> nth=0", "thead a >> nth=1"):
        tab.focus(ask)
        box = tab.locator(ask).bounding_box()
        assert (
            box["width"] >= 13
            and box["height"] >= 13
            and tab.evaluate(
                "([x, y]) => document.elementFromPoint(x, y) === document.activeElement",
                [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
            )
        ), ask
