"""Must fix blocks whoever publishes, however; please add takes one reason, which is kept. Both only where it is new."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from conftest import edit, hand, judge
from publishing.models import Hand, Line, Sponsor
from publishing.refusals import Faulty, NeedsPerson, NotAdded

FAULT = "Take 3.0 mg."


@pytest.mark.parametrize("way", ["now", "later", "emergency", "command", "nobody"])
def test_what_must_be_fixed_blocks_every_way(way, make_article, meena, later):
    article = make_article(body=FAULT)
    told = {"by": hand(meena), "note": "First", "emergency": "Bed 4", "passing": "Because"}
    told |= {"later": {"at": later}, "command": {"by": Hand.command("import")}, "nobody": {"by": hand("Meena")}}.get(
        way, {}
    )
    with pytest.raises(Faulty, match="“3.0 mg” can be read as 30 mg. Write “3 mg”."):
        article.publish(**told)
    assert not Line.objects.exists()


def test_what_patients_read_already_does_not_stop_a_correction(make_article, asha, ravi, meena, monkeypatch):
    """As after an update that brings a new check."""
    from publishing.findings import registry

    known = registry._checks.pop("dose")
    article = make_article(by=hand(asha), body=f"{FAULT} Take it at 8.")
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    registry._checks["dose"] = known
    edit(article, asha, body=f"{FAULT} Take it at 9.")
    judge(article, ravi)
    ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    assert article.publish(by=hand(meena), note="Second", ticks=ticks).number == 2
    edit(article, asha, body=f"{FAULT} Take it at 9. Then .5 mg.")
    judge(article, ravi)
    with pytest.raises(Faulty, match="“.5 mg”"):
        article.publish(by=hand(meena), note="Third")


def test_what_should_be_added_takes_a_reason_that_is_kept(make_article, asha, ravi, meena):
    article = make_article(by=hand(asha), sources="")
    judge(article, ravi)
    with pytest.raises(NotAdded, match="It names no source."):
        article.publish(by=hand(meena), note="First")
    with pytest.raises(NotAdded):
        article.publish(by=hand(meena), note="First", passing=" \u200b ")
    article.publish(by=hand(meena), note="First", passing="The ward’s own rule.")
    line = Line.objects.get(verb="publish")
    assert line.told()["passed"] == {"reason": "The ward’s own rule.", "without": ["source"]}
    call_command("verify_ledger")


def test_the_reason_is_asked_for_once(make_article, asha, ravi, meena):
    article = make_article(by=hand(asha), sources="")
    judge(article, ravi)
    article.publish(by=hand(meena), note="First", passing="The ward’s own rule.")
    edit(article, asha, lead="A very short test.")
    assert article.publish(by=hand(meena), note="Second").number == 2
    assert "passed" not in Line.objects.filter(verb="publish").latest("seq").told()


def test_whoever_publishes_in_an_emergency_says_so_once(make_article, asha, meena):
    article = make_article(by=hand(asha))
    article.publish(by=hand(meena), note="First", emergency="Bed 4")
    assert "passed" not in Line.objects.get(verb="publish").told()


def test_a_command_leaves_a_second_guide_of_one_title_to_a_person(make_article):
    make_article("Warfarin").publish(by=Hand.command("import"), note="a.md")
    second = make_article("Warfarin")
    with pytest.raises(NeedsPerson, match="Another guide is called “Warfarin” too"):
        second.publish(by=Hand.command("import"), note="b.md")
    assert second.publish(by=hand("Meena"), note="Both stay").number == 1


def test_a_sponsor_is_shown_with_its_connection_or_not_at_all(make_article):
    sponsor = Sponsor.objects.create(name="Somebody")
    article = make_article(sponsor=sponsor)
    with pytest.raises(Faulty, match="“Somebody” stands there without its connection"):
        article.publish(by=hand("Meena"), note="First")
    sponsor.connection = "It owns the clinic."
    sponsor.save()
    article.refresh_from_db()
    assert article.publish(by=hand("Meena"), note="First").sponsor_connection == "It owns the clinic."


def test_a_question_is_checked_as_its_guide_is(make_article, make_entry):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    with pytest.raises(Faulty):
        make_entry(article=article, answer="Take .5 mg.").publish(by=hand("Meena"), note="First")
