"""Somebody leaves: texts, account, log-ins and links in one act; and comes back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from articles.models import Article
from carsite.staff import people
from conftest import hand, person
from publishing.models import Access, Asking, ReviewLink

PEOPLE = "/admin/auth/user/"


@pytest.fixture
def sunil(make_article):
    """A writer with two guides, one of them published, and a link that is out."""
    sunil = person("Sunil", "writers")
    for title in ("Blood thinners", "A draft"):
        article = make_article(title, by=hand(sunil), owner=sunil)
    Article.objects.first().publish(by=hand("Meena"), note="First")
    told = {"by": hand(sunil), "at": timezone.now()}
    day = timezone.localdate()
    sunil.asked = Asking.ask(article, asked_name="Sunil", account=sunil, until_on=day, **told | {"by": hand("Meena")})
    outside = Asking.ask(article, asked_name="Dr Rao", until_on=day, **told)
    sunil.others = Asking.ask(article, asked_name="Ravi", account=person("Ravi", "writers"), until_on=day, **told)
    told |= {"invited": "Dr Rao", "email": ""}
    ReviewLink.invite(article, asking=outside, **told)
    sunil.link, sunil.key = ReviewLink.invite(article, **told)
    return sunil


def leave(client, user, **sent):
    return client.post(f"{PEOPLE}{user.pk}/leaves/", sent, follow=True)


def test_in_one_act_the_guides_go_the_account_closes_and_every_log_in_ends(sunil, meena, omar, client):
    at_home, at_work = Client(), Client()
    for one in (at_home, at_work):
        one.post("/admin/login/", {"username": "sunil", "password": "a-long-pass-phrase"})
    meena_here = Client()
    meena_here.force_login(meena)
    client.force_login(omar)
    page = client.get(f"{PEOPLE}{sunil.pk}/change/").text
    for words in (
        "Hand over 2 guides",
        "1 of them never published",
        "Take back 3 checks",
        "do all three",
        "2 machines",
    ):
        assert words in page
    said = "Sunil has left. 2 guides went to Meena. The account is closed."
    answer = leave(client, sunil, to=meena.pk)
    assert said in answer.text and answer.request["PATH_INFO"] == PEOPLE
    assert {article.owner for article in Article.objects.all()} == {meena}
    assert list(LogEntry.objects.filter(change_message="Handed over from Sunil to Meena.").values_list("user")) == [
        (omar.pk,),
        (omar.pk,),
    ]
    for one in (at_home, at_work):
        assert one.get("/admin/").url.startswith("/admin/login/")
    assert meena_here.get("/admin/").status_code == 200 and Session.objects.count() == 2
    assert at_home.get(f"/review/?k={sunil.key}").status_code == 410
    assert list(Asking.objects.open(timezone.now())) == [sunil.others], "who was asked by Sunil checks for Meena"
    assert Access.head().verb == "close" and Access.head().by_account == omar.pk
    known = {"username": "sunil", "password": "a-long-pass-phrase"}
    assert at_home.post("/admin/login/", known).status_code == 200, "let in"
    assert "Closed accounts: 1" in answer.text


def test_whose_guides_go_nowhere_stays(sunil, omar, client):
    client.force_login(omar)
    answer = leave(client, sunil)
    assert answer.status_code == 200 and "Choose to whom the guides go." in answer.text
    for nobody in (sunil.pk, 10**6, "me"):
        assert "Select a valid choice" in leave(client, sunil, to=nobody).text
    sunil.refresh_from_db()
    assert sunil.is_active and not Access.objects.filter(verb="close")


def test_who_owns_nothing_leaves_by_one_button(asha, omar, client):
    client.force_login(omar)
    assert "Asha leaves: do it" in client.get(f"{PEOPLE}{asha.pk}/change/").text
    assert "Asha has left. The account is closed." in leave(client, asha).text


def test_nobody_closes_their_own_account_nor_the_last_administrators(omar, asha, client):
    client.force_login(omar)
    assert "leaves" not in client.get(f"{PEOPLE}{omar.pk}/change/").text
    assert "This is the only administrator" in leave(client, omar).text
    olga = person("Olga", "administrators")
    assert "ask another administrator" in leave(client, omar).text
    assert leave(client, olga).status_code == 200 and not User.objects.get(pk=olga.pk).is_active
    assert "This is the only administrator" in leave(client, omar).text


def test_who_comes_back_needs_a_new_password_and_no_old_link_or_log_in_works(asha, omar, client):
    asha_here, token = Client(), default_token_generator.make_token(asha)
    asha_here.force_login(asha)
    client.force_login(omar)
    leave(client, asha)
    assert "The account is open again." in client.post(f"{PEOPLE}{asha.pk}/open/", follow=True).text
    asha.refresh_from_db()
    assert asha.is_active and not asha.has_usable_password()
    assert asha_here.get("/admin/").status_code == 302 and not default_token_generator.check_token(asha, token)
    assert list(Access.objects.order_by("seq").values_list("verb", flat=True)) == ["close", "open"]
    assert people.of(asha)["roles"] == {"writers"}


def test_handing_over_asks_no_more_for_more_guides(make_article, asha, meena, django_assert_max_num_queries):
    from publishing.staff import hand_over

    make_article(owner=asha)
    with django_assert_max_num_queries(20) as first:
        hand_over(asha, meena, by=meena)
    for number in range(9):
        make_article(f"Guide {number}", owner=asha)
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert hand_over(asha, meena, by=meena) == 9
