"""Was this helpful? What readers answer, and what staff see of it."""

import datetime
import io
import re
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone, translation

from articles import hearing
from articles.figures.readers import wilson
from articles.models import Heard, Pace, Seen, Voice
from articles.models.seen import KEPT
from carsite.reader.counting import COUNTING
from conftest import changed, hand
from publishing.models import Access, Frame, Remark, StoredPage
from publishing.models.erasing import Words
from publishing.record import erased_since, erasure, repeat

OURS = {"Origin": "http://testserver"}


@pytest.fixture
def helped(make_article, client):
    """A guide that patients read, and how they answer below it."""
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
        assert (answer.status_code, answer["Location"][:11]) == (302, "/thanks/?t=") and not answer.cookies
    assert "Your answer was counted" in client.get(answer["Location"]).text
    changed(helped.guide, body="## Dose\n\nTake 2 drops.")
    answer = helped("no")
    page = client.get(answer["Location"]).text
    assert "It is hard to read" in page and 'value="dose">Dose' in page
    helped("hard")
    told = Heard.objects.order_by("pk").values_list("edition__number", "said", "count")
    assert list(told) == [(1, "yes", 2), (2, "no", 1), (2, "hard", 1)]
    assert client.get("/thanks/?e=999999").status_code == 404


def test_who_only_opens_the_page_of_thanks_is_not_told_that_an_answer_came(helped, client, monkeypatch):
    sent = helped("partly")["Location"]
    for address in ("/thanks/", "/thanks/?t=answer", sent.partition("&")[0], f"{sent}x"):
        said = client.get(address).text
        assert "was counted" not in said and "Thank you" not in said and "Did this guide help you?" in said, address
    assert "Your answer was counted" in client.get(sent).text
    monkeypatch.setattr(hearing, "TOLD", datetime.timedelta(0))
    assert "was counted" not in client.get(sent).text


def test_only_pages_of_ours_can_answer_and_at_most_thirty_a_minute(helped, client):
    for headers in ({}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Referer": "http://testserver.evil/"}):
        assert helped("yes", headers=headers).status_code == 403
    assert helped("yes", headers={"Referer": "http://testserver/articles/tea/"}).status_code == 302
    assert helped("maybe").status_code == 404 and helped("yes", edition="x").status_code == 404
    assert client.get("/feedback/").status_code == 405
    assert helped("no").status_code == 302
    row = Pace.objects.get(key=helped.guide.editions.get().pk)
    # As many in this minute as came but one: thirty of a test may take longer than what is left of it.
    Pace.objects.filter(pk=row.pk).update(count=hearing.MOST - 1, span=int(timezone.now().timestamp()) // 60)
    assert [helped("no").status_code for _reader in range(2)] == [302, 429]
    assert Heard.objects.get(said="no").count == 2
    row.refresh_from_db()
    Pace.objects.update(span=row.span - 1)  # a minute later, in whichever process
    assert helped("no").status_code == 302 and Pace.objects.get(pk=row.pk).count == 1


@pytest.fixture
def listening(helped, client):
    """The clinic has switched the box for words on, by an act."""
    frame = Frame(pk=1, clinic="Our Clinic", asks_words=True)
    frame.keep(by=hand("Omar"), at=timezone.now())
    frame.publish(by=hand("Omar"), note="We listen")
    return helped


def test_words_are_asked_for_only_where_the_clinic_listens(helped, client):
    assert "w=" not in helped("yes")["Location"] and helped("words", words="Hello").status_code == 404
    assert "<textarea" not in client.get(helped("no")["Location"]).text and not Voice.objects.exists()


def test_words_of_a_reader_reach_the_owners_desk_and_go_after_a_year(listening, asha, client, settings):
    guide = listening.guide
    guide.owner = asha
    guide.save(update_fields=["owner"])
    answer = listening("yes")
    page = client.get(answer["Location"]).text
    assert "What was missing?" not in page and "We delete it after 12 months" in page and 'name="words"' in page
    assert "If you feel unwell, do not write here" in page and "Call 112" in page
    assert "<textarea" in client.get(listening("no")["Location"]).text
    answer = listening("words", words="  I could not\r\nread <b>step 3</b>\u202e.\0 ")
    assert (answer.status_code, answer["Location"][:11]) == (302, "/thanks/?t=") and not answer.cookies
    assert "Your words are with those who write this guide" in client.get(answer["Location"]).text
    assert listening("words", words=" \u200b")["Location"] == "/thanks/"
    voice = Voice.objects.get()
    assert (voice.text, voice.edition) == ("I could not\nread <b>step 3</b>.", guide.editions.get())
    assert set(Heard.objects.values_list("said", flat=True)) == {"yes", "no"}
    client.force_login(asha)
    assert "A reader wrote" in client.get("/admin/").text
    page = client.get(f"/admin/articles/article/{guide.pk}/readers/").text
    assert (
        "I could not<br>read &lt;b&gt;step 3&lt;/b&gt;." in page
        and "<script" not in page.partition("What they wrote")[2][:300]
    )
    days = datetime.timedelta(days=settings.VOICE_DAYS)
    assert not Voice.objects.past(voice.made_at + days - datetime.timedelta(minutes=1))
    Voice.objects.update(made_at=voice.made_at - days)
    call_command("daily", stdout=io.StringIO())
    assert not Voice.objects.exists()


def test_of_words_only_so_many_a_day_are_kept_and_who_comes_later_loses_none(listening):
    codes = [listening("words", words=f"Word {number}").status_code for number in range(hearing.MOST_VOICES)]
    answer = listening("words", words="Mine <too>" + "o" * 2000, headers=OURS)
    assert set(codes) == {302} and answer.status_code == 429 and ">Mine &lt;too&gt;oooo" in answer.text
    assert Voice.objects.count() == hearing.MOST_VOICES and listening("words", words="x", headers={}).status_code == 403


def test_what_a_reader_wrote_is_erased_by_law(listening):
    listening("words", words="I am Jane Roe of Main Street")
    (place,) = [one for one in erasure.places(Words("Jane Roe"), timezone.now()) if isinstance(one.row, Voice)]
    erasure.erase(Words("Jane Roe"), {place.key}, by=hand("Omar"), reason="Asked for")
    assert not Voice.objects.exists()


def test_one_remark_that_names_somebody_is_erased_at_once_and_a_line_says_so_without_its_words(
    listening, asha, omar, client
):
    for words in ("Nurse Jane Roe was rude", "Too short"):
        listening("words", words=words)
    voice, path = Voice.objects.get(text__contains="Jane"), f"/admin/articles/article/{listening.guide.pk}/readers/"
    client.force_login(asha)  # a writer
    assert "ask an administrator" in client.get(path).text and client.get(f"{path}{voice.pk}/erase/").status_code == 403
    client.force_login(omar)
    assert f'href="{voice.pk}/erase/"' in client.get(path).text
    page = client.get(f"{path}{voice.pk}/erase/").text
    assert "Nurse Jane Roe was rude" in page
    for sent in ({"is_sure": "on"}, {"reason": "x"}, {"is_sure": "on", "reason": "Says: Nurse Jane Roe was rude"}):
        assert client.post(f"{path}{voice.pk}/erase/", sent).status_code == 200 and Voice.objects.count() == 2
    stored = StoredPage.objects.count()
    answer = client.post(f"{path}{voice.pk}/erase/", {"is_sure": "on", "reason": "It names a nurse"}, follow=True)
    assert "What the reader wrote is erased" in answer.text and "Jane" not in answer.text and "Too short" in answer.text
    line = Access.head()
    assert (line.verb, line.subject, line.by_name) == ("forget", listening.guide.name, "Omar")
    assert line.told()["places"] == [["articles.Voice", voice.pk, ["text"]]] and "Jane" not in line.detail
    assert "It names a nurse" in line.detail and StoredPage.objects.count() == stored > 0
    assert client.get(f"{path}{voice.pk}/erase/").status_code == 404
    assert list(erasure.places(Words("Jane Roe"), timezone.now())) == []
    voice.save(force_insert=True)  # as a backup from before would bring it back
    repeat(list(erased_since(0, 0)), by=hand("Omar"))
    assert not Voice.objects.filter(pk=voice.pk).exists() and Voice.objects.count() == 1


def test_something_wrong_lands_once_on_the_desk_with_a_day_to_answer_by(helped, asha, client):
    for _reader in range(2):
        helped("wrong", section="dose")
    remark = Remark.objects.get()
    assert (remark.work, remark.passage, remark.by_name) == (helped.guide.name, "Dose", "A reader")
    assert re.search(r"edition 1\. Please settle it by \d+ \w+ 20\d\d\.", remark.text)
    with translation.override("hi"):  # the page was read in Hindi
        remark.settle(by=hand("Asha"), at=remark.made_at)
        hearing.tell_owner(helped.guide.live(timezone.now()), "dose", timezone.now())
    remark = Remark.objects.open().get()
    assert re.search(r"Please settle it by \d+ [A-Z][a-z]+ 20\d\d\.", remark.text)
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
