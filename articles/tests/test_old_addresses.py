"""The page *Old addresses*: anybody of the staff finds where an address leads, who may publish ends it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import OldAddress
from conftest import hand

URL = "/admin/articles/article/old-addresses/"


@pytest.fixture
def told(make_article, at):
    guides = [make_article(title, slug=title.lower(), by=hand("Asha")) for title in ("Knee", "Sling")]
    guides[0].publish(by=hand("Meena"), note="First")
    for article, path in zip(guides * 2, ("/care/knee", "/2019/arm.html", "/k.php?id=7", "/arm"), strict=True):
        OldAddress.objects.create(path=path, article=article, added_at=at)
    return guides


def test_where_an_old_address_leads_is_found_by_a_part_of_it_or_of_the_title(told, client, asha):
    client.force_login(asha)
    page = client.get(URL).text
    assert "4 of 4." in page and page.index("/2019/arm.html") < page.index("/care/knee") < page.index("/k.php?id=7")
    assert page.count("once patients can read it") == 2  # the other guide is a draft
    by_part, by_title = client.get(URL, {"q": "PHP?id"}).text, client.get(URL, {"q": "sling"}).text
    assert "/k.php?id=7" in by_part and "/care/knee" not in by_part
    assert "/arm" in by_title and "/k.php?id=7" not in by_title
    assert "No old address fits" in client.get(URL, {"q": "nobody"}).text
    assert 'href="/admin/articles/article/old-addresses/"' in client.get("/admin/").text


def test_who_may_publish_ends_one_and_who_comes_there_then_finds_nothing(told, client, asha, meena):
    row = OldAddress.objects.get(path="/care/knee")
    client.force_login(asha)
    assert "Lead nowhere" not in client.get(URL).text
    assert client.post(URL, {"end": row.pk}).status_code == 403
    answer = client.get("/care/knee/")
    # Asked anew each time, so that it can end
    assert (answer.status_code, answer.headers["Cache-Control"]) == (301, "no-cache")
    client.force_login(meena)
    assert "Lead nowhere" in client.get(URL).text
    said = client.post(f"{URL}?q=knee", {"end": row.pk}, follow=True).text
    assert "“/care/knee” leads nowhere any more." in said and "1 of 1." in said
    assert "It leads nowhere already." in client.post(URL, {"end": row.pk}, follow=True).text
    assert client.post(URL, {"end": "x" * 40}).status_code == 302
    assert (client.get("/care/knee/").status_code, client.get("/k.php?id=7").status_code) == (404, 301)


def test_an_address_like_one_of_our_own_ends_as_well_and_keeps_what_it_was_asked_with(told, client, meena, at):
    """No act of the record tells that it ended, so its way on is never stored."""
    for path, article in (("/leaflet", told[0]), ("/page?id=7", told[0])):
        OldAddress.objects.create(path=path, article=article, added_at=at)
    assert client.get("/page/").status_code == 404 and client.get("/leaflet/?id=7").status_code == 301
    for path in ("/leaflet/", "/page/?id=7"):
        assert client.get(path).headers["Location"] == "/articles/knee/", path
    client.force_login(meena)
    client.post(URL, {"end": OldAddress.objects.get(path="/leaflet").pk})
    assert client.get("/leaflet/").status_code == 404


def test_a_large_old_site_is_shown_by_pages_with_as_many_queries(told, client, meena, at):
    client.force_login(meena)

    def asked(page):
        client.get(URL)
        with CaptureQueriesContext(connection) as made:
            text = client.get(URL, {"p": page}).text
        return len(made), text

    few, _page = asked(1)
    more = [OldAddress(path=f"/old/{number:03}", article=told[0], added_at=at) for number in range(200)]
    OldAddress.objects.bulk_create(more)
    many, page = asked(2)
    assert few == many and "100 of 204." in page and 'rel="prev"' in page and 'rel="next"' in page
    last = asked(9)[1]
    assert "4 of 204." in last and 'rel="next"' not in last
