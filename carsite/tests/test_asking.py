"""Asking for a check: what became of it is computed from what was done since."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from conftest import edit, hand, judge
from publishing.models import Asking, Hand, Reviewer, ReviewLink, askings_open
from publishing.staff.checks.asking import working_day

DAY = datetime.timedelta(days=1)


def ask(work, whom=None, *, by="Asha", days=3, **told):
    now = timezone.now()
    by = by if isinstance(by, Hand) else hand(by)
    told |= {"account": whom, "asked_name": whom.get_full_name() if whom else told.get("asked_name", "Dr Out")}
    return Asking.ask(work, by=by, at=now, until_on=timezone.localdate(now) + days * DAY, **told)


def are_open(*works):
    return [one.asked_name for found in askings_open(works, timezone.now()).values() for one in found]


@pytest.mark.parametrize("result", ["fit", "not fit"])
def test_an_asking_is_open_until_who_was_asked_answers_whatever_they_say(result, make_article, make_entry, ravi, omar):
    article, entry = make_article(), make_entry()
    ask(article, ravi)
    ask(entry, ravi)
    judge(article, omar)
    assert are_open(article) == [ravi.get_full_name()] and are_open(article, entry) == [ravi.get_full_name()] * 2
    judge(article, ravi, result=result, note="So it is")
    assert are_open(article) == [] and are_open(article, entry) == [ravi.get_full_name()]


def test_an_answer_from_before_it_was_asked_is_none(make_article, ravi):
    article = make_article()
    judge(article, ravi)
    ask(article, ravi)
    assert are_open(article) == [ravi.get_full_name()]


def test_what_is_taken_back_is_over_and_its_links_open_nothing(make_article, ravi):
    article, now = make_article(), timezone.now()
    asking = ask(article, asked_name="Dr Out")
    link, _key = ReviewLink.invite(article, invited="Dr Out", email="", by=hand("Asha"), at=now, asking=asking)
    asking.take_back(at=timezone.now())
    link.refresh_from_db()
    assert are_open(article) == [] and not link.is_open(timezone.now())


def test_an_answer_by_its_link_ends_it(make_article):
    article, now = make_article(), timezone.now()
    asking = ask(article, asked_name="Dr Out")
    link, _key = ReviewLink.invite(article, invited="Dr Out", email="", by=hand("Asha"), at=now, asking=asking)
    assert are_open(article) == ["Dr Out"]
    ReviewLink.objects.filter(pk=link.pk).update(answered_at=timezone.now())
    assert are_open(article) == []


def test_a_new_text_overtakes_it_and_a_passed_day_makes_it_late(make_article, asha, ravi):
    article, other = make_article(), make_article("Other")
    overtaken, late = ask(article, ravi), ask(other, ravi, days=-1)
    assert list(Asking.objects.overtaken()) == []
    edit(article, asha, body="Other words.")
    assert list(Asking.objects.overtaken()) == [overtaken]
    assert list(Asking.objects.late(timezone.now())) == [late] and late.is_late(timezone.now())


def test_the_open_askings_of_one_person_come_by_their_day_in_one_query(make_article, ravi, django_assert_num_queries):
    later, sooner = ask(make_article("B"), ravi, days=9), ask(make_article("A"), ravi, days=2)
    with django_assert_num_queries(1):
        assert list(Asking.objects.open(timezone.now()).of_account(ravi)) == [sooner, later]


def url_of(work, page="ask"):
    return f"/admin/articles/article/{work.pk}/{page}/"


def test_who_checked_it_last_stands_first_with_how_much_they_have_to_do(make_article, asha, ravi, client):
    nila = User.objects.create_user("nila", first_name="Nila", is_staff=True)
    nila.groups.add(Group.objects.get(name="clinical reviewers"))
    article = make_article(by=hand(asha))
    for one in (make_article("B"), make_article("C")):
        ask(one, ravi)
    client.force_login(asha)
    page = client.get(url_of(article))
    assert [one.called for one in page.context["colleagues"]] == ["Nila", "Ravi"]
    assert "Has 2 texts to check." in page.text and "It is new, so a clinician has to look" in page.text
    judge(article, ravi)
    page = client.get(url_of(article))
    assert [one.called for one in page.context["colleagues"]] == ["Ravi", "Nila"]
    assert f'value="account-{ravi.pk}"\nchecked' in page.text


def test_a_colleague_is_asked_on_the_desk_and_by_mail_and_it_is_taken_back(make_article, asha, ravi, client, settings):
    settings.HAS_MAIL, ravi.email = True, "ravi@example.org"
    ravi.save()
    article = make_article(by=hand(asha))
    client.force_login(asha)
    sent = {"who": f"account-{ravi.pk}", "until_on": "2099-12-02", "note": "Look at the dose."}
    said = client.post(url_of(article), sent, follow=True).text
    assert "Ravi is asked to check it by 2 December 2099. A mail is on its way." in said
    body = mail.outbox[-1].body
    assert url_of(article, "review") in body and "Look at the dose." in body and "by 2 December 2099" in body
    (asking,) = Asking.objects.of_account(ravi)
    assert "Look at the dose." in client.get(url_of(article)).text
    assert "Taken back" in client.post(url_of(article), {"take_back": asking.pk}, follow=True).text
    assert are_open(article) == []


def test_a_working_day_is_proposed():
    friday = datetime.date(2026, 11, 27)
    assert working_day(friday) == working_day(friday + DAY) == datetime.date(2026, 12, 2)


@pytest.mark.parametrize(
    "sent, said",
    [
        ({"who": "else", "name": "Asha"}, "You cannot ask yourself."),
        ({"who": "else", "name": "Meena"}, "may not judge as a clinician"),
        ({"who": "outside"}, "Choose somebody from the list."),
        ({"who": "else", "name": "Dr Out", "until_on": "2020-01-01"}, "That day has passed."),
    ],
)
def test_what_cannot_be_asked_is_said(sent, said, make_article, asha, meena, client):
    Reviewer.objects.create(name="Dr Nila Rao", email="nila@example.org")
    client.force_login(asha)
    sent = {"kind": "lay reader"} | sent if sent.get("name") == "Asha" else sent
    assert said in client.post(url_of(make_article()), sent).text
    assert not Asking.objects.exists() and not ReviewLink.objects.exists()


def test_any_colleague_may_be_asked_for_a_lay_readers_check(make_article, asha, meena, client):
    article = make_article()
    client.force_login(asha)
    client.post(url_of(article), {"who": "else", "name": "meena", "kind": "lay reader"})
    assert Asking.objects.get().account == meena and not ReviewLink.objects.exists()


def told(capsys):
    call_command("send_reminders")
    sent, mail.outbox = [(one.to[0], one.body) for one in mail.outbox], []
    return sent


def test_who_is_asked_is_reminded_before_and_on_the_day_and_who_asked_after_it(
    make_article, asha, ravi, settings, capsys
):
    settings.HAS_MAIL = True
    for one in (asha, ravi):
        one.email = f"{one.username}@example.org"
        one.save()
    article = make_article(by=hand(asha))
    ask(article, ravi, by=Hand.of(asha), days=2)
    assert told(capsys) == []
    expected = [("ravi", "Asha asks you to check it")] * 2 + [("asha", "Ravi was asked to check it, and has not")]
    for days, (name, said) in zip((1, 0, -1), expected, strict=True):
        Asking.objects.update(until_on=timezone.localdate() + days * DAY)
        ((address, body),) = told(capsys)
        assert address == f"{name}@example.org" and said in body and told(capsys) == []


def test_who_has_answered_or_was_let_off_is_not_reminded(make_article, asha, ravi, settings, capsys):
    settings.HAS_MAIL, ravi.email = True, "ravi@example.org"
    ravi.save()
    article = make_article(by=hand(asha))
    ask(article, ravi, days=0)
    judge(article, ravi)
    ask(make_article("B"), ravi, days=0).take_back(at=timezone.now())
    assert told(capsys) == []
