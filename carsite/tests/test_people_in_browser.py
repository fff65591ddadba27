"""The pages of people and of the records in a browser: axe, widths, and how few clicks a farewell takes."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from carsite.tests.conftest import found_by_axe
from conftest import hand, judge, person
from publishing.models import Reviewer, ReviewLink, access

PASSWORD = "a-long-pass-phrase"


@pytest.fixture
def clinic(press, make_article, settings):
    """A few people, a few guides, a few lines in both records."""
    settings.HAS_MAIL = True
    omar, sunil, meena, ravi = (
        person(name, role)
        for name, role in (
            ("Omar", "administrators"),
            ("Sunil", "writers"),
            ("Meena", "publishers"),
            ("Ravi", "clinical reviewers"),
        )
    )
    User.objects.filter(pk=sunil.pk).update(last_name="Das", email="sunil@clinic.example")
    User.objects.filter(pk=meena.pk).update(last_login=timezone.now(), last_name="Joshi", email="meena@clinic.example")
    person("Lata", "writers").groups.clear()
    for title in ("Blood thinners and food", "Asthma inhalers", "Kidney biopsy"):
        article = make_article(title, by=hand(sunil), owner=sunil)
        judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    ReviewLink.invite(article, invited="Dr Rao", email="", by=hand(sunil), at=timezone.now())
    for name, credential in (("Dr Leela Menon", "Consultant haematologist, City Hospital"), ("Farida Begum", "")):
        listed = Reviewer.objects.create(name=name, credential=credential, email=f"{name[-4:]}@example.org")
        access.record("list", f"reviewer/{listed.pk}", by=hand(omar), whom=str(listed))
    access.record("confirm", f"reviewer/{Reviewer.objects.first().pk}", by=hand(meena), whom="Dr Leela Menon")
    access.record("mail", f"account/{sunil.pk}", by=hand(omar), whom="sunil", **{"from": "", "to": "s@example.org"})
    User.objects.create_user("old", first_name="Old", last_name="Hand", is_active=False)
    return sunil


def log_in(tab, live_server, clicks):
    tab.goto(f"{live_server.url}/admin/login/")
    tab.get_by_label("Username").fill("omar")
    tab.get_by_label("Password").fill(PASSWORD)
    clicks(tab.get_by_role("button", name="Log in"))


@pytest.mark.browser
def test_a_colleague_leaves_in_six_clicks_and_four_pages_and_focus_stands_on_what_was_done(clinic, live_server, tab):
    clicked, loaded = [], []

    def click(place):
        clicked.append(str(place))
        place.click()

    log_in(tab, live_server, lambda button: (tab.on("load", lambda page: loaded.append(page.url)), click(button)))
    click(tab.get_by_text("More", exact=True))
    click(tab.get_by_role("navigation", name="Desk").get_by_role("link", name="People"))
    click(tab.get_by_role("link", name="Sunil Das"))
    clicked.append("the choice of a colleague")
    tab.get_by_label("Hand over 3 guides").select_option(label="Meena Joshi (0 guides)")
    click(tab.get_by_role("button", name="Sunil leaves: do all three"))
    said = tab.get_by_text("Sunil has left. 3 guides went to Meena. The account is closed.")
    said.wait_for()
    assert len(clicked) <= 6 and len(loaded) <= 4
    assert "Sunil has left." in tab.evaluate("document.activeElement.textContent")


@pytest.mark.browser
def test_axe_finds_nothing_on_pages_of_people_and_of_records(clinic, live_server, tab):
    pages = {
        "log-in": "/admin/login/",
        "forgotten": "/admin/forgotten/",
        "people": "/admin/auth/user/",
        "person": f"/admin/auth/user/{clinic.pk}/change/",
        "closed": f"/admin/auth/user/{User.objects.get(username='old').pk}/change/",
        "account": "/admin/password_change/",
        "reviewer": f"/admin/publishing/reviewer/{Reviewer.objects.first().pk}/change/",
        "new reviewer": "/admin/publishing/reviewer/add/",
        "ledger": "/admin/publishing/line/",
        "line": "/admin/publishing/line/1/change/",
        "access": "/admin/publishing/access/",
    }
    found = []
    for called, path in pages.items():
        if called == "people":
            log_in(tab, live_server, lambda button: button.click())
        tab.goto(live_server.url + path)
        tab.evaluate("document.querySelectorAll('details.fold').forEach(one => one.open = true)")
        found += found_by_axe(tab, called)
    assert not found, "\n".join(found)
