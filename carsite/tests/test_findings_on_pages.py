"""What stands in the way is told on the pages of staff, each with its remedy; and a remedy can be one press."""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from carsite.tests.conftest import change_url
from conftest import edit, hand, judge
from publishing.models import Line

BODY = "## Dose\n\nTake 3.0 mg, you and I.\n\nSee [tea](#tea).\n"


@pytest.fixture
def faulty(make_article, make_entry, asha):
    article = make_article("Warfarin", by=hand(asha), body=BODY, sources="")
    make_entry(article=article, answer="Take .5 mg.")
    return article


def page_of(client, work, name):
    return client.get(change_url(work).replace("/change/", f"/{name}/")).text


def inside(text, name):
    return re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', text, re.S)[0]


def mend(client, work, page, label, **told):
    key = re.search(rf'name="key"\s+value="(\w+)"[^>]*>{label}<', page)[1]
    told = {"key": key, "edits": work.edits} | told
    return client.post(change_url(work).replace("/change/", "/mend/"), told, follow=True)


def test_the_page_to_publish_names_all_that_stands_in_the_way(faulty, client, meena):
    client.force_login(meena)
    page = page_of(client, faulty, "publish")
    told = inside(page, "stop")
    assert re.search(r"5\s+things\s+stand\s+in the way", told)
    assert "No clinician has checked this text." in told
    assert "“3.0 mg” can be read as 30 mg." in told and "leads to no place in this text" in told
    assert "“Does it hurt?”: “.5 mg” can be read as 5 mg." in told
    assert "It names no source." in inside(page, "add") and 'name="passing"' in inside(page, "add")


def test_a_publication_with_faults_is_refused_and_says_them(faulty, client, meena):
    client.force_login(meena)
    form = {"edits": faulty.edits, "note": "First", "emergency": "Bed 4", "passing": "Because"}
    answer = client.post(change_url(faulty).replace("/change/", "/publish/"), form)
    assert "This must be fixed first." in answer.text and not Line.objects.exists()


def test_the_form_says_how_many_are_solved_and_leads_to_each_place(faulty, client, asha):
    client.force_login(asha)
    told = inside(client.get(change_url(faulty)).text, "findings-h")
    assert re.search(r"Findings: \d+ of \d+ solved", told)
    assert told.index("Must fix.") < told.index("Please add.")
    assert 'href="#id_body" data-line="3"' in told and "Doses are written safely" not in told
    assert "Every picture has words" in told


def test_one_press_writes_the_dose_and_says_so_in_that_persons_name(faulty, client, asha):
    client.force_login(asha)
    answer = mend(client, faulty, client.get(change_url(faulty)).text, "Write “3 mg”")
    assert "Saved in your name: “3 mg” now stands for “3.0 mg”." in answer.text
    faulty.refresh_from_db()
    assert (faulty.body, faulty.edits, faulty.changed_by_name) == (BODY.replace("3.0", "3"), 2, "Asha")


def test_a_mend_overwrites_nothing_that_somebody_saved_since(faulty, client, asha, meena):
    client.force_login(asha)
    page = client.get(change_url(faulty)).text
    edit(faulty, meena, body=f"New. {BODY}")
    answer = mend(client, faulty, page, "Write “3 mg”", edits=1)
    assert "Meena saved this after you opened it." in answer.text
    faulty.refresh_from_db()
    assert faulty.body == f"New. {BODY}"


def test_a_mend_from_the_page_to_publish_leads_back_to_it(faulty, client, omar):
    client.force_login(omar)
    page, entry = page_of(client, faulty, "publish"), faulty.entry_set.get()
    answer = mend(client, entry, page, "Write “0.5 mg”", back="publish", page_of=faulty.name)
    assert answer.redirect_chain[-1][0] == change_url(faulty).replace("/change/", "/publish/")
    assert "“.5 mg”" not in inside(answer.text, "stop")


def test_only_who_may_change_a_text_mends_it(faulty, client, ravi):
    client.force_login(ravi)
    assert 'name="key"' not in client.get(change_url(faulty)).text
    url = change_url(faulty).replace("/change/", "/mend/")
    assert client.post(url, {"key": "x", "edits": 1}).status_code == 403
    assert client.get(url).status_code == 405


def test_what_goes_out_without_something_takes_one_reason(make_article, client, asha, ravi, meena):
    article = make_article(by=hand(asha), sources="")
    judge(article, ravi)
    client.force_login(meena)
    url = change_url(article).replace("/change/", "/publish/")
    assert "say in one sentence why not" in client.post(url, {"edits": 1, "note": "First"}).text
    client.post(url, {"edits": 1, "note": "First", "passing": "A ward’s rule"})
    assert Line.objects.get(verb="publish").told()["passed"]["reason"] == "A ward’s rule"
    assert "A ward’s rule" in page_of(client, article, "editions")
    edit(article, asha, lead="A very short test.")
    page = page_of(client, article, "publish")
    assert 'name="passing"' not in page and "Patients already read this: 1" in page
    client.post(url, {"edits": 2, "note": "Second"})
    assert article.live(timezone.now()).number == 2
    call_command("verify_ledger")
