"""Was this helpful? What readers answer, and what staff see of it."""

import datetime
import re
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import hearing
from articles.models import Heard, Seen
from articles.models.seen import KEPT
from articles.readers import wilson
from carsite.reader.counting import COUNTING
from conftest import changed, hand
from publishing.models import Remark

OURS = {"Origin": "http://testserver"}


@pytest.fixture
def helped(make_article, client):
    """A guide that patients read, and how they answer below it."""
    hearing.COUNTED.clear()
    guide = make_article("Tea", body="## Dose\n\nTake 5 drops.")
    guide.publish(by=hand("Meena"), note="First")

    def say(said, headers=OURS, **more):
        page = client.get(guide.get_absolute_url()).text
        number = re.search(r'name="edition" value="(\d+)"', page)[1]
        return client.post("/feedback/", {"edition": number, "said": said} | more, headers=headers)

    say.guide = guide
    return say


def test_an_answer_is_counted_for_its_edition_and_nothing_else_is_kept(helped, client):
    for _reader in range(2):
        answer = helped("yes")
        assert (answer.status_code, answer["Location"]) == (302, "/thanks/") and not answer.cookies
    changed(helped.guide, body="## Dose\n\nTake 2 drops.")
    answer = helped("no")
    page = client.get(answer["Location"]).text
    assert "It is hard to read" in page and 'value="dose">Dose' in page
    helped("hard")
    told = Heard.objects.order_by("pk").values_list("edition__number", "said", "count")
    assert list(told) == [(1, "yes", 2), (2, "no", 1), (2, "hard", 1)]
    assert "Thank you" in client.get("/thanks/").text and client.get("/thanks/?e=999999").status_code == 404


def test_only_pages_of_ours_can_answer_and_at_most_thirty_a_minute(helped, client):
    for headers in ({}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Referer": "http://testserver.evil/"}):
        assert helped("yes", headers=headers).status_code == 403
    assert helped("yes", headers={"Referer": "http://testserver/articles/tea/"}).status_code == 302
    assert helped("maybe").status_code == 404 and helped("yes", edition="x").status_code == 404
    assert client.get("/feedback/").status_code == 405
    codes = [helped("no").status_code for _reader in range(hearing.MOST)]
    assert codes.count(302) == hearing.MOST - 1 and codes[-1] == 429
    assert hearing.has_room(-1, 0.0) and all(hearing.has_room(-1, 61.0 + n) for n in range(hearing.MOST))


def test_something_wrong_lands_once_on_the_desk_with_a_day_to_answer_by(helped, asha, client):
    for _reader in range(2):
        helped("wrong", section="dose")
    remark = Remark.objects.get()
    assert (remark.work, remark.passage, remark.by_name) == (helped.guide.name, "Dose", "A reader")
    assert re.search(r"edition 1\. Please settle it by \d+ \w+ 20\d\d\.", remark.text)
    remark.settle(by=hand("Asha"), at=remark.made_at)
    helped("wrong", section="<script>")
    assert Remark.objects.open().get().passage == "Tea"
    client.force_login(asha)
    assert "A reader" in client.get(f"/admin/articles/article/{helped.guide.pk}/remarks/").text


def test_staff_see_a_share_with_its_interval_or_that_answers_are_few(helped, asha, client):
    helped("partly")
    edition = helped.guide.editions.get()
    Heard.objects.create(edition=edition, on="2026-01-01", said="yes", count=39)
    changed(helped.guide, body="## Dose\n\nTake 2 drops.")
    client.force_login(asha)
    path = f"/admin/articles/article/{helped.guide.pk}/"
    page = client.get(f"{path}readers/").text
    assert "98 % (87 to 100)" in page and page.count("too few") == 2 and "<svg" in page
    assert f'{path}readers/"' in client.get(f"{path}editions/").text
    assert wilson(0, 0) == (0.0, 0.0, 1.0) and [round(one, 3) for one in wilson(50, 100)] == [0.5, 0.404, 0.596]


def test_a_guide_can_be_sent_on_and_is_not_asked_about_in_a_preview(helped, asha, client):
    page = client.get(helped.guide.get_absolute_url()).text
    assert 'href="mailto:?subject=Tea&amp;body=Tea%20%28edition%201%29%3A%20http' in page
    client.force_login(asha)
    assert "/feedback/" not in client.get(f"/admin/articles/article/{helped.guide.pk}/preview/").text


def test_a_guide_is_counted_when_it_is_read_and_staff_see_it_by_week(helped, asha, client, at):
    path, taken = helped.guide.get_absolute_url(), COUNTING.taken()
    tag = client.get(path)["ETag"]
    (
        client.get(path, headers={"If-None-Match": tag}),
        client.head(path),
        client.get("/articles/"),
        client.get("/faq/no/"),
    )
    client.get(f"{path}?fbclid=x"), client.post(path)
    assert set(taken) | {path, "/articles/"} >= set(COUNTING.counts) and COUNTING.counts[path] == 3
    COUNTING.add_up(at)
    COUNTING.count(path), COUNTING.count("/articles/nobody/")
    COUNTING.add_up(at)
    row = Seen.objects.get()
    assert (row.article, row.language, row.on, row.count) == (helped.guide, "en", timezone.localdate(at), 4)
    assert COUNTING.counts == {}
    client.force_login(asha)
    page = client.get(f"/admin/articles/article/{helped.guide.pk}/readers/").text
    assert (
        re.search(r"<td>4</td>\s*<td>1</td>", page)
        and page.count('<svg class="chart"') == 2
        and "tallest week has 4" in page
    )
    assert not Seen.objects.past(row.on + KEPT) and Seen.objects.past(row.on + KEPT + datetime.timedelta(days=1))


def test_reading_is_counted_beside_a_slow_database_and_kept_where_it_is_away(helped, at):
    COUNTING.taken()
    COUNTING.count(helped.guide.get_absolute_url())
    with connection.cursor() as cursor, suppress(ZeroDivisionError), transaction.atomic():
        cursor.execute("ALTER TABLE articles_seen RENAME TO away")
        COUNTING.add_up(at)
        assert COUNTING.taken() == {helped.guide.get_absolute_url(): 1}
        raise ZeroDivisionError
