"""One file for a complaint: what it proves, it proves without us; whoever alters it is found out."""

import copy
import io
import json
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import ArticleReview, Topic
from carsite.past.complaint import EVIDENCE
from carsite.tests.conftest import judged
from conftest import encoded, hand, republish, two_coloured, when
from faq.models import Entry
from publishing.models import Frame, Hand, Line, Picture, ReviewLink
from publishing.record import grammar
from publishing.record.rules.conditions import acts_by_kind

RICH = """## Before

Call [Ward A](tel:1111111111), read [the other guide](/articles/other/) or [theirs](https://example.org/a?b=1&c=2).[^1]

1. Blood: A nurse takes it. (at: hospital, drop)

## Risks (risks)

- Bleeding: it may bleed for 5 minutes > 3 < 9 & more.

## After

| Medicine | Morning |
| --- | --- |
| One | 5 mg |

[^1]: From a book.
"""


def complaint(client, at, path, folder):
    answer = client.get(f"/admin/complaint/{when(at)}{path}")
    assert answer["Content-Type"] == "application/zip", answer.text
    zipfile.ZipFile(io.BytesIO(answer.getvalue())).extractall(folder)
    return folder


def verified(folder, *arguments):
    run = [sys.executable, "-I", folder / "verify.py", *arguments]
    answer = subprocess.run(run, capture_output=True, text=True, timeout=60, cwd="/")
    return answer.returncode, answer.stdout


def test_one_file_for_a_complaint_verifies_without_us(told, client, tmp_path):
    folder = complaint(client, told.then, told.address(), tmp_path / "file")
    page = (folder / "page.html").read_text()
    assert 'Take <span class="keep">5 drops</span>.' in page and "Call 111." in page and "Old Clinic" in page
    assert not re.search(r'(?:href|src)="/', page)
    assert "python3 verify.py" in (folder / "README.txt").read_text()
    head = Line.objects.head()
    for arguments in ([], [f"{head.seq}:{head.hash}"]):
        code, said = verified(folder, *arguments)
        assert (code, said[:37]) == (0, "This holds: 3 editions and 2 reviews ")
    code, said = verified(folder, f"{head.seq}:{'0' * 64}")
    assert code == 1 and "does not contain the line" in said


def test_a_review_revoked_and_made_again_in_the_same_words_verifies(told, client, tmp_path):
    told.revoke(judged(told), by=hand("Meena"), note="Mistaken")
    then = Line.objects.moment_of_reading()
    judged(told)
    for at, name in ((then, "between"), (Line.objects.moment_of_reading(), "after")):
        folder = complaint(client, at, told.address(), tmp_path / name)
        assert verified(folder)[1].startswith("This holds: ")
    text = (folder / "record.json").read_text()
    (folder / "record.json").write_text(re.sub(r'"revoked_at": "2[^"]*"', '"revoked_at": null', text))
    assert "was revoked at" in verified(folder)[1]


@pytest.fixture(scope="module")
def unaltered(tmp_path_factory):
    """Where the file for a complaint stands that is made once for all tests that alter a copy of it."""
    return tmp_path_factory.mktemp("unaltered") / "file"


@pytest.fixture
def folder(unaltered, tmp_path, request, django_db_setup):
    if not unaltered.exists():
        told = request.getfixturevalue("told")
        complaint(request.getfixturevalue("client"), told.then, told.address(), unaltered)
    return shutil.copytree(unaltered, tmp_path / "file")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("record.json", 'Take 5 drops."', 'Take 6 drops."', "edition 1 of articles/"),
        ("record.json", "Old Clinic", "Odd Clinic", "edition 1 of frame/1"),
        ("record.json", "Dr Old", "Dr Odd", "the review by Dr Odd"),
        ("record.json", '"revoked_at": "2', '"revoked_at": "3', "the review by Dr Old"),
        ("record.json", '"page": ', '"at": "2020", "page": ', "one name stands twice"),
        ("record.json", '"First"', '"Fist"', "line 1 in record.json does not say what was written"),
        ("chain.csv", ",publish,", ",schedule,", "its act was impossible"),
        ("chain.csv", "publish", "published", "there is no act “published” on "),
        ("chain.csv", ",", ";", "cannot be read"),
        ("page.html", ">5 drops<", ">6 drops<", "page.html does not show articles/"),
        ("page.html", "<p>Take <span", "<p>Now:</p><p>Take <span", "page.html does not show articles/"),
        ("page.html", "drops</span>.</p>", "drops</span>.</p><p>Now.</p>", "page.html does not show articles/"),
        ("page.html", '<section class="now"', '<p>Now.</p><section class="now"', "page.html does not show articles/"),
        ("page.html", '<div class="faq">', '<div class="faq"><p>Now.</p>', "something between the questions"),
        ("page.html", "A short test.", "A long test.", "page.html does not show articles/"),
        ("page.html", "<h1>Having", "<h1>Not having", "page.html does not show "),
        ("page.html", "Call 111.", "Call 999.", "page.html shows faq/"),
        ("page.html", "Does it hurt?", "Does it help?", "page.html shows faq/"),
        ("page.html", "Old Clinic", "Odd Clinic", "page.html does not show the words around the text"),
        ("page.html", "tel:112", "tel:999", "page.html does not show the words around the text"),
    ],
)
@pytest.mark.slow
def test_one_letter_altered_is_seen(file, old, new, said, folder):
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, -1 if file == "page.html" else 1))
    code, answer = verified(folder)
    assert code == 1 and answer.startswith("This does not hold: ") and said in answer


def without(kind, work):
    def take_out(record):
        seqs = {line["seq"] for line in record["lines"] if line["work"].startswith(work)}
        record[kind] = [
            one for one in record[kind] if not one.get("work", "").startswith(work) and one.get("line") not in seqs
        ]

    return take_out


def without_all_of(work):
    def take_out(record):
        for kind in ("reviews", "editions", "lines"):
            without(kind, work)(record)

    return take_out


def other(kind, name, value):
    def alter(record):
        assert record[kind][0].get(name) != value
        record[kind][0][name] = value

    return alter


def twice(kind):
    return lambda record: record[kind].append(copy.deepcopy(record[kind][0]))


TAMPERED = {
    "a review removed": (without("reviews", "articles/"), "a review of articles/"),
    "a review of an answer removed": (without("reviews", "faq/"), "a review of faq/"),
    "a review told twice": (twice("reviews"), "the review by Dr Old of articles/"),
    "a review by another": (other("reviews", "made_by_name", "Meena"), "the review by Dr Old of articles/"),
    "a review with another note": (other("reviews", "note", "Read it."), "the review by Dr Old of articles/"),
    "a review not revoked": (other("reviews", "revoked_at", None), "was revoked at"),
    "a review given an account": (other("reviews", "is_by_link", False), "“is_by_link” was added to a review"),
    "the guide removed": (without("editions", "articles/"), "the edition of articles/"),
    "the guide removed with all of it": (without_all_of("articles/"), "the edition of articles/"),
    "an answer removed": (without("editions", "faq/"), "the edition of faq/"),
    "an answer removed with all of it": (without_all_of("faq/"), "the edition of faq/"),
    "the frame removed with all of it": (without_all_of("frame/1"), "the edition of frame/1 is missing"),
    "an edition told twice": (twice("editions"), "record.json has 2 editions of articles/"),
    "another number": (other("editions", "number", 2), "edition 2 of articles/"),
    "another digest": (other("editions", "page_digest", "0" * 64), "edition 1 of articles/"),
    "a text called erased": (other("editions", "words", {}), "edition 1 of articles/"),
    "a ledger line removed": (lambda record: record["lines"].pop(3), "is missing from record.json"),
    "a ledger line told twice": (twice("lines"), "stands twice in record.json"),
    "a ledger line altered": (other("lines", "note", "Second"), "line 1 in record.json does not say"),
    "something added": (lambda record: record.update(remark="All was well"), "“remark” was added to a record"),
    "a moment in other words": (lambda record: record.update(at="9"), "“9” is not a moment"),
    "another page": (lambda record: record.update(page="faq/1"), "page.html does not show "),
    "no texts": (lambda record: record.update(editions=[], reviews=[], lines=[]), "the edition of articles/"),
}


@pytest.mark.parametrize("name", TAMPERED)
@pytest.mark.slow
def test_what_was_taken_out_of_the_record_or_altered_in_it_is_seen(name, folder):
    alter, said = TAMPERED[name]
    record = json.loads((folder / "record.json").read_text())
    alter(record)
    (folder / "record.json").write_text(json.dumps(record))
    code, answer = verified(folder)
    assert code == 1 and answer.startswith("This does not hold: ") and said in answer


def test_a_judgement_not_fit_cannot_vanish_with_its_line(told, client, tmp_path):
    said = {"reviewer_name": "Dr No", "credential": "doctor", "result": "not fit", "note": "Wrong dose"}
    told.review(
        by=Hand.guest(ReviewLink(invited="Dr No", made_by_name="Meena")), text_digest=told.freeze().text_digest, **said
    )
    folder = complaint(client, Line.objects.moment_of_reading(), told.address(), tmp_path / "file")
    assert verified(folder)[0] == 0
    record = json.loads((folder / "record.json").read_text())
    record["reviews"] = [one for one in record["reviews"] if one["words"]["reviewer_name"] != "Dr No"]
    record["lines"] = [one for one in record["lines"] if one["note"] != "Wrong dose"]
    (folder / "record.json").write_text(json.dumps(record))
    code, answer = verified(folder)
    assert code == 1 and f"of the ledger, about {told.name}, is missing from record.json" in answer


def test_a_question_left_out_of_record_and_page_alike_is_noticed(folder):
    record = json.loads((folder / "record.json").read_text())
    without_all_of("faq/")(record)
    (folder / "record.json").write_text(json.dumps(record))
    page = re.sub(r"<details.*?</details>", "", (folder / "page.html").read_text(), flags=re.DOTALL)
    (folder / "page.html").write_text(page)
    code, answer = verified(folder)
    assert code == 1 and answer.count(";") == 0 and "the edition of faq/" in answer


def test_the_chain_holds_no_words_about_other_texts(told, make_article, client, tmp_path):
    make_article("Somebody else").publish(by=hand("Nobody Known"), note="A private remark")
    folder = complaint(client, told.then, told.address(), tmp_path / "file")
    held = "".join((folder / name).read_text() for name in ("chain.csv", "record.json"))
    assert "private" not in held and "Nobody Known" not in held and verified(folder)[0] == 0


def test_words_put_into_an_erased_edition_are_seen(told, client, tmp_path):
    told.redact(told.editions.get(number=1), by=hand("Omar"), reason="The law")
    folder = complaint(client, told.then, told.address(), tmp_path / "file")
    assert verified(folder)[0] == 0
    record = json.loads((folder / "record.json").read_text())
    assert record["editions"][0]["words"] == {}
    record["editions"][0]["words"] = {"body": "Take 9 drops."}
    (folder / "record.json").write_text(json.dumps(record))
    assert "edition 1 of articles/" in verified(folder)[1]


def test_a_question_of_another_guide_is_not_taken_for_one_of_this(told, make_article, make_entry, client, tmp_path):
    guide = make_article("Another guide")
    guide.publish(by=hand("Meena"), note="First")
    make_entry("May I fly?", article=guide).publish(by=hand("Meena"), note="First")
    now = Line.objects.moment_of_reading()
    folder = complaint(client, now, told.address(), tmp_path / "file")
    strange = json.loads((complaint(client, now, guide.address(), tmp_path / "other") / "record.json").read_text())
    record = json.loads((folder / "record.json").read_text())
    work = strange["editions"][1]["work"]
    record["editions"].append(strange["editions"][1])
    record["lines"] += [line for line in strange["lines"] if line["work"] == work]
    (folder / "record.json").write_text(json.dumps(record))
    code, answer = verified(folder)
    assert code == 1 and f"record.json has an edition of {work}, which did not stand on this page once" in answer


def test_an_edition_of_another_moment_is_not_taken_for_that_one(told, client, tmp_path):
    folder = complaint(client, Line.objects.moment_of_reading(), told.address(), tmp_path / "file")
    text = (folder / "record.json").read_text()
    (folder / "record.json").write_text(re.sub(r'"at": "\d{4}-[^"]*"', f'"at": "{when(told.then)}"', text, count=1))
    code, answer = verified(folder)
    assert code == 1 and "was not in force at that moment" in answer


def test_its_pictures_are_in_the_file_and_checked(make_article, asha, client, tmp_path):
    picture = Picture.take(encoded(two_coloured(), "JPEG"), by=hand("Asha"), file_name="arm.jpg", at=timezone.now())
    article = make_article(body=f"See:\n\n![An arm](/media/{picture.name})")
    article.publish(by=hand("Meena"), note="First")
    client.force_login(asha)
    folder = complaint(client, Line.objects.moment_of_reading(), article.address(), tmp_path / "file")
    assert f'src="pictures/{picture.name}"' in (folder / "page.html").read_text()
    assert verified(folder)[0] == 0
    (folder / "pictures" / picture.name).write_bytes(b"other")
    code, said = verified(folder)
    assert code == 1 and f"the picture {picture.name}" in said


def test_the_name_a_topic_had_then_is_in_the_file_and_proven(told, client, tmp_path):
    topic = Topic(title="Old name")
    topic.keep(by=hand("Omar"), note="New")
    told.topic = topic
    republish(told, "Take 5 drops.")
    then = Line.objects.moment_of_reading()
    topic.title = "Other name"
    topic.keep(by=hand("Omar"), note="Clearer")
    folder = complaint(client, then, told.address(), tmp_path / "file")
    page, record = ((folder / name).read_text() for name in ("page.html", "record.json"))
    assert "Old name" in page and verified(folder)[1].startswith("This holds: ")
    (folder / "page.html").write_text(page.replace("Old name", "Other name"))
    assert "page.html does not show the name of its topic" in verified(folder)[1]
    (folder / "page.html").write_text(page)
    (folder / "record.json").write_text(record.replace("Old name", "Other name"))
    assert "edition 1 of topics/" in verified(folder)[1]
    record = json.loads(record)
    without_all_of("topics/")(record)
    (folder / "record.json").write_text(json.dumps(record))
    assert "the edition of topics/" in verified(folder)[1]


def test_a_notice_that_was_erased_verifies_with_its_topic(told, client, tmp_path):
    told.topic = Topic(title="Old name")
    told.topic.keep(by=hand("Omar"), note="New")
    republish(told, "Take 5 drops.")
    told.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    then = Line.objects.moment_of_reading()
    republish(told, "Take 6 drops.")
    told.redact(told.editions.get(is_notice=True), by=hand("Omar"), reason="The law")
    assert verified(complaint(client, then, told.address(), tmp_path / "file"))[1].startswith("This holds: ")


@pytest.mark.slow
def test_every_kind_of_page_verifies(guide, make_article, make_entry, asha, client, tmp_path):
    frame = Frame.objects.create(pk=1, banner="Ward 3 & 4\nclosed", contact="Ask us:\n\n080 <4567>")
    frame.publish(by=hand("Meena"), note="First")
    rich = make_article("One > two & “three”", body=RICH, lead="A 5-minute test.", brief="Dose: 5: 6 mg\nWhen: now")
    hindi = make_article("खून की जाँच", language="hi", body="## ख़तरे (risks)\n\n5–0–0 बूँदें लें।", lead="छोटी जाँच।")
    urdu = make_article("خون کا ٹیسٹ", language="ur", body="دن میں 1–0–1 گولی، 080 2222 3333۔", lead="1–0–0")
    gone = make_article("Gone")
    for work in (make_article("Other"), rich, hindi, urdu, gone):
        work.publish(by=hand("Meena"), note="First")
    make_entry("What > what?", answer="### Part\n\n> [!NOTE]\n> Rest.", article=rich).publish(
        by=hand("Meena"), note="First"
    )
    gone.withdraw(by=hand("Meena"), note="Old", reason="unsafe", text="Ask us.\n\nDo not & never.")
    notice, then = gone.editions.last(), Line.objects.moment_of_reading()
    client.force_login(asha)
    for number, work in enumerate([Entry.objects.first(), Entry.objects.last(), guide, rich, hindi, urdu, gone, gone]):
        folder = complaint(client, then, work.address(), tmp_path / str(number))
        assert verified(folder)[1].startswith("This holds: "), work
        if work == gone and notice.redacted_at is None:
            gone.publish(by=hand("Meena"), note="Right now")
            notice = gone.redact(notice, by=hand("Omar"), reason="The law")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tel:1111111111", "tel:2222222222"),
        ('data-to="/articles/other/"', 'data-to="/articles/wrong/"'),
        ("https://example.org/a", "https://example.org/b"),
        ("5 mg</span></td>", "50 mg</span></td>"),
    ],
)
def test_links_and_tables_altered_on_the_page_are_seen(old, new, make_article, asha, client, tmp_path):
    article = make_article(body=RICH)
    for work in (make_article("Other"), article):
        work.publish(by=hand("Meena"), note="First")
    client.force_login(asha)
    folder = complaint(client, Line.objects.moment_of_reading(), article.address(), tmp_path / "file")
    text = (folder / "page.html").read_text()
    (folder / "page.html").write_text(text.replace(old, new))
    assert old in text and "page.html does not show articles/" in verified(folder)[1]


def test_an_act_while_the_file_is_made_stands_in_all_of_it_or_in_none(told, client, tmp_path):
    acts = []

    def meanwhile(execute, sql, *rest):
        if not acts and "articles_articlereview" in sql and "ORDER BY" in sql:
            acts.append(sql)
            judged(told)
        return execute(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        folder = complaint(client, told.then, told.address(), tmp_path / "file")
    assert acts and verified(folder)[1].startswith("This holds: 3 editions and 3 reviews ")


def test_the_program_reads_a_line_as_the_ledger_hashes_it_and_knows_every_kind(monkeypatch):
    monkeypatch.syspath_prepend(Path(grammar.__file__).parent)
    program = runpy.run_path(str(EVIDENCE / "verify.py"))
    assert {Line.FORMAT: program["SKELETON"]} == Line.SKELETON
    assert {Line.FORMAT: program["RESTING"]} == Line.RESTING
    assert (program["SALTED"], program["WORDS"]) == (Line.SALTED, ArticleReview.WORDS)
    assert program["KINDS"] == acts_by_kind()


def test_a_complaint_about_no_page_gets_a_sentence(told, client):
    for path, said in (("/", "one guide or one question"), ("/articles/no-such/", "could not read a page")):
        answer = client.get(f"/admin/complaint/{when(told.then)}{path}")
        assert answer.status_code == 404 and said in answer.text
