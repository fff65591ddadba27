"""What share of the guides was checked, over the last year."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.figures.checked import checked_over_a_year, counted_at, kept_months, moments
from articles.models import MonthChecked, Topic
from conftest import hand, judge


def test_the_share_of_guides_checked_is_told_by_topic_and_month(make_article, asha, ravi, client, at):
    blood = Topic(title="Blood", slug="blood")
    blood.keep(by=hand("Omar"), note="New")
    tea, milk = make_article("Tea", topic=blood), make_article("Milk")
    for guide in (tea, milk):
        guide.publish(by=hand("Meena"), note="First")
    judge(tea, ravi)
    now = at + datetime.timedelta(seconds=5)
    told = {title: months[-1].told for title, months in checked_over_a_year(now)}
    assert told == {"All guides": [1, 0, 0, 1], "Blood": [1, 0, 0, 0], "Without a topic": [0, 0, 0, 1]}
    late = dict(checked_over_a_year(now + datetime.timedelta(days=400)))["Blood"]
    assert late[-1].told == [0, 0, 1, 0] and late[-1].share == 0 and [1, 0, 0, 0] in [one.told for one in late]
    assert late[0].share is None or late[0].total == 1
    assert len(moments(now)) == 13
    client.force_login(asha)
    page = client.get("/admin/articles/article/checked/").text
    assert "<td>50 %</td>" in page and page.count('class="chart"') == 2
    assert page.count("Nobody has checked any of these guides") == 1  # instead of an empty drawing
    assert "/checked/" in client.get("/admin/articles/article/due/").text


def test_what_is_over_is_counted_once_and_today_from_what_is_kept(make_article, make_entry, asha, ravi, client, at):
    def asked(moment):
        with CaptureQueriesContext(connection) as made:
            told = {title: [month.told for month in months] for title, months in checked_over_a_year(moment)}
        return told, [one["sql"] for one in made if "articles_articleedition" in one["sql"]], len(made)

    guides = [make_article(f"Tea {number}") for number in range(4)]
    make_entry("Why?", article=guides[0])
    for guide in guides:
        guide.publish(by=hand("Meena"), note="First")
    for guide in guides[1:]:
        judge(guide, ravi)
    later = at + datetime.timedelta(days=200)
    first, read, _count = asked(later)
    again, read_again, few = asked(later)
    assert first == again and any(map(any, first["All guides"][:-1])) and first["All guides"][-1] == [3, 0, 0, 1]
    # Of what waits, and of emergencies, the editions are asked; of what is read, none
    assert len(read) > 12 and not [sql for sql in read_again if "text_digest" in sql]
    assert MonthChecked.objects.count() == 12
    guides[1].revoke(guides[1].reviews.get(), by=hand("Meena"), note="Too early")
    for number in range(16):
        make_article(f"Milk {number}").publish(by=hand("Meena"), note="First")
    judge(guides[0], ravi)
    asked(timezone.now())
    assert asked(timezone.now())[2] <= few + 1
    # What happened since is no part of a month that is over, however it is counted
    months = kept_months(timezone.now())
    assert all(counted_at(moment) == counts for moment, counts in months.items())
