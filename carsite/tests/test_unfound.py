"""What patients did not find: nobody can read it before the third day, and nobody ever knows who asked."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from publishing.models import Unfound

pytestmark = pytest.mark.databases

DAY = datetime.date(2026, 3, 1)
PAGE = "/admin/not-found/"


def ask(words, days, language="en"):
    for number in range(days):
        Unfound.note(words, language, day=DAY + datetime.timedelta(days=number))


def test_words_are_known_from_the_third_day_on(db):
    ask("Zebra pox", 2)
    Unfound.note("zebra  pox?", "en", day=DAY + datetime.timedelta(days=1))
    one = Unfound.objects.get()
    assert (one.words, one.days) == ("", 2) and "zebra" not in str(vars(one))
    Unfound.note("ZEBRA POX", "en", day=DAY + datetime.timedelta(days=2))
    assert Unfound.objects.get().words == "zebra pox"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("zebra 98450 12345", "zebra"),
        ("a@example.org zebra", "zebra"),
        ("12", None),
        ("ज़ेब्रा-रोग", "ज़ेब्रा-रोग"),
        ("my name is somebody and I live beside the mill", None),
    ],
)
def test_no_digit_no_address_and_no_story_is_kept(asked, kept, db):
    ask(asked, 3)
    assert [one.words for one in Unfound.objects.all()] == ([] if kept is None else [kept])


def test_a_search_that_finds_nothing_is_noted_once_it_was_answered(make_article, client):
    for q in ("zebra", "zebra", "the", "250", ""):
        client.get("/search/", {"q": q})
    client.head("/search/", {"q": "giraffe"})
    assert [(one.words, one.days, one.language) for one in Unfound.objects.all()] == [("", 1, "en")]


def test_staff_make_a_pair_of_it_or_leave_it_out(client, meena, asha):
    ask("zebra pox", 3)
    ask("lion pox", 4)
    client.force_login(asha)
    assert "Make a pair" not in client.get(PAGE).text and client.post(PAGE, {"leave": "1"}).status_code == 403
    client.force_login(meena)
    page = client.get(PAGE).text
    assert page.index("lion pox") < page.index("zebra pox") and "?word=zebra+pox&amp;language=en" in page
    assert 'value="zebra pox"' in client.get("/admin/publishing/pair/add/?word=zebra+pox&language=en").text
    client.post("/admin/publishing/pair/add/", {"word": "Zebra pox", "also": "chickenpox", "language": "en"})
    client.post(PAGE, {"leave": Unfound.objects.get().pk})
    assert not Unfound.objects.exists()


def test_it_is_not_kept_for_ever(db):
    today = timezone.localdate()
    for days, words in ((31, ""), (29, ""), (181, "old"), (179, "new")):
        last = today - datetime.timedelta(days=days)
        Unfound.objects.create(key_digest=str(days), language="en", words=words, days=3, last_on=last)
    call_command("daily")
    assert set(Unfound.objects.values_list("key_digest", flat=True)) == {"29", "179"}


def crowd(days, last_on, number, words=""):
    """As many queries as a stranger asks on one day."""
    rows = [
        Unfound(
            key_digest=f"{one:064}", language="en", days=days, last_on=last_on, words=f"{words}{one}" if words else ""
        )
        for one in range(number)
    ]
    Unfound.objects.bulk_create(rows, batch_size=500)


@pytest.mark.parametrize("days", [1, 2])
def test_a_stranger_who_asks_ten_thousand_odd_words_keeps_out_nobody_else(days, db):
    ask("zebra pox", 1)
    crowd(days, DAY + datetime.timedelta(days=1), 9999)
    for word in ("lion pox", "tiger pox"):
        Unfound.note(word, "en", day=DAY + datetime.timedelta(days=2))
    assert Unfound.objects.count() == 10_000 and Unfound.objects.filter(key_digest__startswith="0" * 50).count() == 9997
    for number in (3, 4):
        for word in ("zebra pox", "lion pox", "tiger pox"):
            Unfound.note(word, "en", day=DAY + datetime.timedelta(days=number))
    assert {one.words for one in Unfound.objects.in_words()} == {"zebra pox", "lion pox", "tiger pox"}


def test_words_that_are_known_give_way_to_new_ones_and_stay_a_thousand(db):
    crowd(3, DAY, 1000, words="odd ")
    ask("zebra pox", 3)
    kept = set(Unfound.objects.in_words().values_list("words", flat=True))
    assert len(kept) == 1000 and "zebra pox" in kept
