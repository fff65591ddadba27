"""What the first to ask about a sheet is told lies ready: what differs, the page around it, and when it is made."""

import datetime
import gzip
import io
import re
import threading
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Term
from carsite.reader import altered, front
from carsite.reader.paper import foreseen, shell
from carsite.reader.paper.foreseen import Foreseen
from carsite.reader.stored import tag_of
from conftest import edit, hand
from publishing.models import Frame, Line, StoredPage
from publishing.record import code_at, code_of_copy


def held():
    return StoredPage.objects.filter(key__contains=" differences of ")


@pytest.fixture
def guide(make_article):
    made = make_article("Blood test", body="Take 5 drops.\n\nIt is quick.")
    made.publish(by=hand("Meena"), note="First")
    return made


@pytest.fixture
def watch(db):
    one = Foreseen()
    one.look()
    return one


def code_of(guide):
    return code_at(guide.live(timezone.now()), timezone.now())


def change(work, at=None, **content):
    edit(work, hand("Asha"), **content)
    ticks = [one.key for one in work.judgement(work.freeze(), timezone.now()).dangers]
    work.publish(by=hand("Meena"), note="Changed", emergency="Wrong", ticks=ticks, at=at)


def asked(client, code):
    """(what is said, the statements that read the words of a text)"""
    with CaptureQueriesContext(connection) as queries:
        said = re.sub(r"<[^>]+>", "", client.get(f"/h/{code}/").text)
    return said, [one["sql"] for one in queries if '"html"' in one["sql"] or '"body"' in one["sql"]]


def test_who_asks_first_reads_no_text_however_old_the_sheet_is(guide, watch, client):
    codes = []
    for number in range(13):
        codes.append(code_of(guide))
        change(guide, body=f"Take {number + 6} drops.\n\nIt is quick.")
    watch.look()
    StoredPage.objects.filter(key__contains="/h/").delete()
    for code in (codes[0], codes[-1]):
        said, read = asked(client, code)
        assert "Your sheet says" in said and "Take 18 drops." in said and read == []
    assert held().count() == 13 and "Take 5 drops." in asked(client, codes[0])[0]


def test_a_later_edition_takes_the_place_of_what_was_found_and_until_then_nothing_wrong_is_told(guide, watch, client):
    first = code_of(guide)
    change(guide, body="Take 2 drops.\n\nIt is quick.")
    watch.look()
    change(guide, body="Take 3 drops.\n\nIt is quick.")
    said, read = asked(client, first)
    assert "Take 3 drops." in said and "Take 2" not in said and read
    watch.look()
    StoredPage.objects.filter(key__contains="/h/").delete()
    assert asked(client, first) == (said, [])
    assert held().count() == 2


def test_an_answer_the_frame_and_a_word_are_compared_too(guide, watch, make_entry, client):
    entry = make_entry("Does it hurt?", article=guide, answer="A little.")
    word, frame = Term(title="drops", meaning="One drop is 5 mg."), Frame(pk=1, clinic="Our Clinic")
    for one in (entry, word, frame):
        one.keep(by=hand("Asha"), at=timezone.now()) if one is not entry else None
        one.publish(by=hand("Meena"), note="First")
    code = code_of(guide)
    change(entry, answer="Not at all.")
    change(frame, clinic="The Clinic")
    change(word, meaning="One drop is 1 mg.")
    entry.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    watch.look()
    names = {key.split(" of ")[1].split("/")[0] for key in held().values_list("key", flat=True)}
    assert names == {"faq", "frame", "words"}
    said = client.get(f"/h/{code}/").text
    assert "A little." in said and "The Clinic" in said and "5 mg" in said and not list(altered())


def test_what_was_found_goes_where_an_edition_is_erased_even_if_it_was_kept_while_that_was_done(guide, watch, client):
    code = code_of(guide)
    change(guide, body="Take 2 drops.")
    watch.look()
    late = [StoredPage(**{one.attname: getattr(row, one.attname) for one in row._meta.fields}) for row in held()]
    assert late and b"5 drops" in late[0].identity
    guide.redact(guide.editions.get(number=1), by=hand("Omar"), reason="Asked for")
    assert not held().exists()
    for row in late:
        row.put()
    watch.look()
    assert not held().exists() and "old words were erased" in client.get(f"/h/{code}/").text


def test_what_was_altered_there_is_found(guide, watch):
    change(guide, body="Take 2 drops.")
    watch.look()
    assert not list(altered())
    row = held().get()
    held().update(identity=row.identity.replace(b"5 drops", b"9 drops"))
    assert [one for one in altered() if "differences of" in one]


@pytest.mark.parametrize(
    ("of", "first", "content"),
    [
        ("articles/{}", "{}", b"{{"),
        ("articles/{}", "{}", b"[1]"),
        ("articles/{}", "{}", b"null"),
        ("articles/{}", "{}", b'{"after":2,"said":{"pieces":[1],"dangers":[]}}'),
        ("articles/{}", "999", None),
        ("articles/{}", "abc", None),
        ("articles/999", "{}", None),
        ("zebra/{}", "{}", None),
    ],
)
def test_what_no_machine_of_ours_would_write_there_is_found_and_hinders_nobody(
    of, first, content, guide, watch, client
):
    code = code_of(guide)
    change(guide, body="Take 2 drops.")
    watch.look()
    StoredPage.objects.filter(key__contains="/h/").delete()
    row = held().get()
    content = content or row.identity
    start, edition = row.key.partition("differences of")[0], row.key.rpartition(" ")[2]
    held().update(
        key=f"{start}differences of {of.format(guide.pk)} {first.format(edition)}",
        identity=content,
        etag=tag_of(content),
    )
    assert [one for one in altered() if "differences of" in one]
    assert "Take 5 drops." in re.sub(r"<[^>]+>", "", client.get(f"/h/{code}/").text)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_what_nobody_can_unpack_is_found(encoding, guide, client):
    client.get(guide.address(), headers={"accept-encoding": encoding})
    packed = gzip.compress(b"Take 5 drops.")
    StoredPage.objects.filter(key__endswith=guide.address()).update(**{encoding: packed[:10] + b"\xff" * 20})
    assert [one for one in altered() if guide.address() in one]


def test_the_page_around_an_answer_is_that_of_now_in_each_language(guide, client):
    code, frame = code_of(guide), Frame(pk=1, clinic="Our Clinic")
    for address in (f"/h/{code}/", "/h/1-1-BBBB/", "/hi/h/1-1-BBBB/"):
        assert "The Ward" not in client.get(address).text
    frame.keep(by=hand("Omar"), at=timezone.now())
    change(frame, clinic="The Ward")
    for address in (f"/h/{code}/", "/h/1-1-BBBB/", "/hi/h/1-1-BBBB/"):
        said = client.get(address).text
        assert "The Ward" in said and "\ue000" not in said and said.count("<main") == 1
        assert f'rel="canonical" href="http://127.0.0.1:8000{address}"' in said.replace("http://testserver", "")
        assert "tel:112" in said


def test_a_sign_that_somebody_typed_stands_where_it_was_typed_and_takes_nothings_place(guide, client):
    signs = " ".join(f"\ue000{number}\ue000" for number in range(5))
    code, frame = code_of(guide), Frame(pk=1, clinic="Our Clinic")
    frame.keep(by=hand("Omar"), at=timezone.now())
    change(frame, clinic=f"The {signs}", tagline=signs)
    copy = code_of_copy(Line.objects.get(seq=1))
    for address in (f"/h/{code}/", f"/h/{copy}/", "/h/1-1-BBBB/", f"/h/?code={signs}", f"/h/{signs}/"):
        said = client.get(address).text
        assert f"The {signs}" in said and said.count("<main") == said.count("<h1") == 1
        assert said.count('rel="canonical"') == said.count("tel:112") == 1, address


def test_what_the_frame_said_before_stays_in_no_memory(guide, watch, client):
    def remembered():
        return any("Jane Roe" in str(page.identity) for _line, page in shell.SHELLS.values())

    frame = Frame(pk=1)
    frame.keep(by=hand("Omar"), at=timezone.now())
    change(frame, clinic="The Ward of Jane Roe")
    client.get("/h/1-1-BBBB/")
    assert remembered()
    change(frame, clinic="The Ward")
    watch.look()
    assert not remembered()


def test_what_is_typed_comes_back_as_words_alone(client, db):
    typed = '"><b>x'
    said = client.get("/h/", {"code": typed}).text
    assert "&quot;&gt;&lt;b&gt;x" in said and typed not in said


def test_what_is_scheduled_is_compared_as_soon_as_it_is_read(guide, watch, client):
    code, at = code_of(guide), timezone.now() + datetime.timedelta(seconds=1)
    change(guide, body="Take 2 drops.\n\nIt is quick.", at=at)
    watch.look()
    assert not held().exists() and 0 < watch.left() <= 1
    time.sleep(watch.left() + 0.05)
    watch.look()
    StoredPage.objects.filter(key__contains="/h/").delete()
    said, read = asked(client, code)
    assert "Take 2 drops." in said and read == []


def test_an_act_of_staff_wakes_the_thread_and_a_reader_does_not(press, guide, client, monkeypatch):
    woken = threading.Event()
    monkeypatch.setattr(front, "WOKEN", woken)
    application = front.Front(lambda environ, start_response: [])
    for method, path in (("GET", "/admin/"), ("POST", "/feedback/"), ("GET", "/")):
        application(
            {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "x", "wsgi.input": io.BytesIO()},
            lambda *told: None,
        )
    assert not woken.is_set()
    application({"REQUEST_METHOD": "POST", "PATH_INFO": "/admin/articles/article/1/publish/"}, lambda *told: None)
    assert woken.is_set()


def test_the_thread_looks_when_it_is_woken(press, guide, monkeypatch):
    change(guide, body="Take 2 drops.")
    monkeypatch.setattr(foreseen, "FORESEEN", Foreseen())
    ended = foreseen.start()
    try:
        wait_for(lambda: held().exists())  # of recent acts, which this release has not compared yet
        last = Line.objects.head().seq
        change(guide, body="Take 3 drops.")
        foreseen.WOKEN.set()
        wait_for(lambda: held().filter(seq__gt=last).count() == 2)
    finally:
        ended.set()
        foreseen.WOKEN.set()
        wait_for(lambda: "foreseen" not in [one.name for one in threading.enumerate()])


def wait_for(what):
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end, "it was not done"
        time.sleep(0.02)
