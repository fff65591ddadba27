"""How often a guide is read, drawn by week for staff."""

import re

from django.utils import timezone

from articles.models import Seen
from conftest import hand


def test_the_number_of_an_edition_of_this_week_stands_within_the_drawing(make_article, asha, client):
    guide = make_article("Tea")
    guide.publish(by=hand("Meena"), note="First")
    Seen.add({(guide.pk, "en"): 3}, timezone.localdate())
    client.force_login(asha)
    page = client.get(f"/admin/articles/article/{guide.pk}/readers/").text.partition("How often it is read")[2]
    wide = int(re.search(r'class="chart" viewBox="0 0 (\d+) ', page)[1])
    left, about = re.search(r'<text x="(\d+)"([^>]*)>1</text>', page).groups()
    assert int(left) <= wide and 'text-anchor="end"' in about
