"""*Publish what nothing holds back*: one page, one note, a second person as always, each guide whole or not at all."""

import re

import pytest
from django.utils import timezone

from articles.importing import take_all
from articles.models import Article, Topic
from conftest import edit, hand, judge
from faq.models import Entry
from publishing.models import Buffer, Frame, Line

URL = "/admin/articles/article/bring/publish/"
TEXT = "---\ntitle: {}\nlanguage: en\n---\n\nWhat you do with it.\n\n## At home\n\nKeep the arm dry and rest it. {}\n"
ASKED = "\n## Questions\n\n### Why so with {}?\n\nIt heals better so.\n"
DOSES = {"A": "Wash it daily.", "B": "Lift it up at night.", "C": "Walk a little each hour."}


@pytest.fixture
def bring(db, tmp_path, meena):
    """Take in files by name and text, as guides of Meena."""

    def brought(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(text)
        list(take_all(sorted(tmp_path.iterdir()), at=timezone.now()))
        Article.objects.update(owner=meena)
        return [Article.objects.get(intake__file_name=f"{name}.md") for name in texts]

    return brought


@pytest.fixture
def three(bring):
    return bring(**{name: TEXT.format(f"Sling {name}", said) + ASKED.format(name) for name, said in DOSES.items()})


@pytest.fixture
def desk(client, meena):
    client.force_login(meena)
    return client


def check(ravi, *articles):
    for article in articles:
        for work in (article, *article.entry_set.all()):
            judge(work, ravi)


def sent(client, **told):
    """What the page sends when everything stays as it shows it."""
    page = client.get(URL, {"whose": told.get("whose", "mine")}).text
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    told = {"act": "publish", "seen": seen[1] if seen else "", "note": "Brought from the old site"} | told
    return client.post(URL, {"passing": "They stood so for years.", "scope": "all"} | told, follow=True).text


def test_what_nothing_holds_back_comes_out_with_its_questions_and_the_rest_says_why(desk, three, ravi, asha):
    first, second, third = three
    check(ravi, first, second)
    page = desk.get(URL).text
    assert "2 guides of this page can be published at once" in page and "1 is held back" in page
    assert "No second person has checked it." in page and f"/admin/articles/article/{third.pk}/ask/" in page
    said = sent(desk)
    assert "2 guides published" in said and f'href="{first.live(timezone.now()).get_absolute_url()}"' in said
    assert desk.get(first.get_absolute_url()).status_code == 200
    assert desk.get(third.get_absolute_url()).status_code == 404
    lines = Line.objects.filter(verb="publish", work__startswith="articles/")
    assert {(one.note, one.by_name) for one in lines} == {("Brought from the old site", "Meena")}
    assert all("They stood so for years." in one.detail for one in lines)
    assert Entry.objects.filter(article=first).get().live(timezone.now())
    assert "No second person has checked it." in said  # what was held back stands there still
    desk.force_login(asha)
    assert desk.get(URL).status_code == 403 and desk.post(URL, {"act": "publish"}).status_code == 403


def test_a_guide_comes_whole_or_not_at_all(desk, three, ravi):
    first, second, _third = three
    check(ravi, second)
    judge(first, ravi)  # its question is not checked
    said = sent(desk)
    assert "No second person has checked “Why so with A?”." in said and "1 guide published" in said
    assert not first.editions.exists() and second.editions.exists()


def test_only_what_is_ticked_comes_out_and_nothing_without_a_note(desk, three, ravi):
    check(ravi, *three)
    said = sent(desk, scope="ticked", work=[three[1].pk], note=" ")
    assert "This field is required" in said and not Line.objects.filter(verb="publish").exists()
    sent(desk, scope="ticked", work=[three[1].pk])
    assert [one.editions.count() for one in three] == [0, 1, 0]
    assert "Nothing was chosen" in sent(desk, scope="ticked", work=[])


def test_without_a_reason_what_lacks_something_stays(desk, three, ravi):
    check(ravi, *three)
    assert "Please add this, or say in one sentence why not" in sent(desk, passing="")
    assert not Line.objects.filter(verb="publish").exists()


def test_what_somebody_changed_meanwhile_stays(desk, three, ravi, asha):
    first, second, third = three
    check(ravi, *three)
    seen = re.search(r'name="seen" value="([^"]*)"', desk.get(URL).text)[1]
    edit(first, asha, lead="Changed since.")
    entry = second.entry_set.get()
    edit(entry, asha, answer="Changed since.")
    said = sent(desk, seen=seen)
    assert said.count("was not published: somebody changed it after you opened the page") == 2
    assert [one.editions.count() for one in three] == [0, 0, 1]


def test_what_was_withdrawn_meanwhile_does_not_come_back(desk, three, ravi, meena):
    first = three[0]
    check(ravi, *three)
    first.publish(by=hand("Asha"), note="First")
    edit(first, meena, title="Called otherwise")
    judge(first, ravi)
    seen = re.search(r'name="seen" value="([^"]*)"', desk.get(URL).text)[1]
    first.withdraw(by=hand("Omar"), note="It is wrong", reason="out of date")
    said = sent(desk, seen=seen)
    assert "“Called otherwise” was not published" in said and first.live(timezone.now()).is_notice


def test_a_doubt_of_its_file_holds_a_guide_back_until_somebody_has_looked(desk, bring, ravi, asha):
    (guide,) = bring(a=TEXT.format("Sling", "<!-- not for print -->"))
    edit(guide, asha, place=7)  # which settles nothing
    check(ravi, guide)
    page = desk.get(URL).text
    assert "Its file left a doubt" in page and "not for print" in page
    sent(desk)
    assert not guide.editions.exists()
    looked = {"act": "settle", "work": guide.pk, "file": re.search(r'name="file" value="(\w+)"', page)[1]}
    said = desk.post(URL, looked | {"file": "of-another-day"}, follow=True).text
    assert "brought in again meanwhile" in said and "Its file left a doubt" in said
    assert "nothing of the file of “Sling” is doubted" in desk.post(URL, looked, follow=True).text
    assert "1 guide published" in sent(desk)


def test_what_can_hurt_what_waits_what_is_withdrawn_and_what_is_being_written_have_pages_of_their_own(
    desk, three, ravi, asha, later
):
    first, second, third = three
    check(ravi, *three)
    for one in three:
        one.publish(by=hand("Meena"), note="First")
    edit(first, hand("Asha"), body=first.body + "\n\nTake 5 mg.")
    second.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    edit(second, hand("Asha"), lead="Anew.")
    edit(third, hand("Asha"), lead="Wording.")
    third.publish(by=hand("Meena"), note="Later", at=later)
    edit(third, hand("Asha"), lead="Wording again.")
    Buffer.objects.create(
        key="a" * 8 + "-" + "b" * 20, person=asha, work=third.name, opened_at=timezone.now(), kept_at=timezone.now()
    )
    page = desk.get(URL).text
    assert "look at it and tick it" in page and "Sling B" not in page  # withdrawn, it comes back by its own page
    assert "Something of it waits to come into force." in page and "Asha is writing in it." in page
    assert "Nothing can be published at once" in page
    count = Line.objects.count()
    sent(desk)
    assert Line.objects.count() == count


def test_a_title_that_another_guide_has_holds_it_back(desk, bring, ravi):
    one, two = bring(a=TEXT.format("Warfarin", DOSES["A"]), b=TEXT.format("Warfarin", DOSES["B"]))
    check(ravi, one, two)
    assert "Nothing can be published at once" in desk.get(URL).text


def test_it_goes_in_short_steps_and_what_is_out_stays_out(desk, bring, ravi, monkeypatch):
    Frame.objects.create(pk=1, needs_two_people=False).publish(by=hand("Omar"), note="One person")
    texts = {f"g{n}": TEXT.format(f"Sling number {n}", f"Rest it for {n} days and {n} nights.") for n in range(12)}
    bring(**texts)
    monkeypatch.setattr("articles.bringing.publishing.SECONDS", -1)
    said = sent(desk)
    assert "8 to be looked at." in said and "You may close this page" in said
    assert Line.objects.filter(verb="publish", work__startswith="articles/").count() == 4
    for _step in range(2):
        told = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', said.partition('id="go-on"')[2]))
        said = desk.post(URL, told | {"act": "publish"}, follow=True).text
    assert "12 guides published" in said and "Nothing that was brought in waits" in said


def test_what_others_brought_is_shown_when_asked_for(desk, three, ravi, omar):
    check(ravi, *three)
    Article.objects.update(owner=omar)
    assert "Nothing that was brought in waits" in desk.get(f"{URL}?whose=mine").text
    assert "3 guides published" in sent(desk, whose="all")


def test_nonsense_is_answered(desk, three):
    for told in (
        {"seen": "x:1 99999999999999999999:1 ²:3", "scope": "all"},
        {"work": ["²", "-1"], "seen": ":"},
        {"since": "x"},
    ):
        assert desk.post(URL, {"act": "publish", "note": "x"} | told, follow=True).status_code == 200
    assert desk.get(URL, {"p": "²", "since": "2026-99-99T00:00"}).status_code == 200
    assert desk.post(URL, {"act": "settle", "work": "x"}).status_code == 403
    assert not Topic.objects.exists() and not Line.objects.filter(verb="publish").exists()


def test_who_has_brought_nothing_sees_what_others_brought(three, desk, asha):
    Article.objects.update(owner=asha)
    assert "Sling A" in desk.get(URL).text and "Sling A" not in desk.get(f"{URL}?whose=mine").text
