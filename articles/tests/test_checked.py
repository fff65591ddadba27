"""What share of the guides was checked, over the last year."""

import datetime

from articles.checked import checked_over_a_year, moments
from articles.models import Topic
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
    assert len(moments(now, 1)) == 13 and len(moments(now, 3)) == 5
    client.force_login(asha)
    page = client.get("/admin/articles/article/checked/").text
    assert "<td>50 %</td>" in page and page.count('class="chart"') == 3
    assert "/checked/" in client.get("/admin/articles/article/due/").text
