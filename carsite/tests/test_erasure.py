"""Erasure by law: what is erased is in no table and in no file, and the record still holds."""

import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from articles.models import Brought, Intake, Topic
from conftest import edit, hand, judge
from publishing.models import (
    Access,
    Answer,
    Asking,
    Buffer,
    Hand,
    Line,
    Picture,
    Publisher,
    Remark,
    Reminder,
    Reviewer,
    ReviewLink,
    Sponsor,
    StoredPage,
    Verified,
    access,
)
from publishing.models.erasing import INSTEAD, TooShort, Words
from publishing.record import erasure

pytestmark = pytest.mark.databases

TEXTS = (models.CharField, models.TextField, models.BinaryField, models.JSONField, models.GenericIPAddressField)
TEXTS += (models.FileField, models.UUIDField)
# Columns of text in which nobody's words can stand, each with the reason.
WORDLESS = {
    "digest": "a digest, or what it is salted with",
    "name": "the ledger's name of a text: a kind and a number",
    "ours": "the code writes it, from a list of its own",
}
NO_WORDS = {
    **dict.fromkeys(("text_digest", "words_digest", "page_digest", "own_digest", "touch_digest"), "digest"),
    **dict.fromkeys(("by_digest", "note_digest", "detail_digest", "key_digest", "file_digest"), "digest"),
    "printed_digest": "digest",
    **dict.fromkeys(("article_digest", "by_salt", "note_salt", "detail_salt", "salt", "hash", "previous"), "digest"),
    **dict.fromkeys(("case", "digest", "session_hash", "session_key", "etag", "password"), "digest"),
    **dict.fromkeys(("work", "beside", "subject", "object_id"), "name"),
    **dict.fromkeys(("language", "state", "due", "content_type", "codename", "app_label", "model"), "ours"),
}
OURS = {
    ("publishing.Picture", "name"): "the digest of its bytes",
    ("publishing.Buffer", "key"): "a time and chance",
    ("publishing.Rendition", "name"): "the digest of its bytes",
    ("publishing.Use", "picture"): "the digest of its bytes",
    ("publishing.Pair", "key"): "the digest of its words, which go with it",
    ("auth.Permission", "name"): "made from the code",
    ("otp_totp.TOTPDevice", "key"): "chance",
    ("otp_totp.TOTPDevice", "name"): "the code writes it",
    ("otp_static.StaticDevice", "name"): "the code writes it",
    ("otp_static.StaticToken", "token"): "a digest of chance",
    ("auth.Group", "name"): "the four roles, which are fixed",
}


def test_each_column_of_text_of_every_table_is_erased_somehow_or_on_the_list():
    named = {(model, name) for model, ways in erasure.tables() for way in ways for name in way.columns}
    for model in apps.get_models():
        columns = [one for one in model._meta.concrete_fields if isinstance(one, TEXTS) and not one.choices]
        left = {one.name for one in columns if (model, one.name) not in named}
        left = {name for name in left if name not in NO_WORDS and (model._meta.label, name) not in OURS}
        assert left == set(), f"{model._meta.label} says nowhere how these are erased: {left}"


def rows_with(words):
    """Every column of the database that still holds the words, but slugs."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.all():
            for one in model._meta.concrete_fields:
                if words.in_(str(getattr(row, one.attname) or "")):
                    found.append((model._meta.label, one.attname))
    return found


def store_talk(article, jane, at):
    """What is asked and remarked of a text."""
    Asking.ask(article, asked_name="Jane Roe", by=jane, until_on=at.date(), at=at, note="For Jane Roe")
    remark = {"passage": "Jane Roe", "before": "Jane Roe", "after": "Jane Roe", "text": "Jane Roe?", "made_at": at}
    remark = Remark.objects.create(work=article.name, by_name="Jane Roe", settled_by_name="Jane Roe", **remark)
    Answer.objects.create(remark=remark, text="Jane Roe.", by_name="Jane Roe", made_at=at)


def store_everywhere(article, entry, asha, omar, client):
    """The words "Jane Roe" in every table that can hold them."""
    at, now = timezone.now(), timezone.now
    jane = Hand("Jane Roe", asha)
    publisher, sponsor = (
        Publisher.objects.create(name="Jane Roe Press"),
        Sponsor.objects.create(name="Jane Roe Ltd", connection="None."),
    )
    edit(article, hand("Jane Roe"), body="Jane *Roe* says: J&#97;ne&nbsp;Roe.", publisher=publisher, sponsor=sponsor)
    judged = {"text_digest": article.freeze().text_digest, "credential": "doctor", "evidence": "JANE ROE's letter"}
    article.review(by=hand("Jane Roe"), result="not fit", note="Ask Jane Roe.", reviewer_name="Dr Jane Roe", **judged)
    emergency = {"emergency": "Jane Roe bleeds", "note": "For Jane Roe"}
    ticks = [one.key for one in article.judgement(article.freeze(), now()).dangers]
    article.publish(by=jane, ticks=ticks, **emergency)
    edit(entry, hand("Jane Roe"), answer="Jane Roe knows.")
    entry.publish(by=jane, **emergency)
    client.get(article.address())
    article.publisher = article.sponsor = None
    for work, name in ((article, "body"), (entry, "answer")):
        edit(work, "Jane Roe", **{name: "A patient says so."})
        ticks = [one.key for one in work.judgement(work.freeze(), now()).dangers]
        work.publish(by=jane, ticks=ticks, **emergency)
    edit(article, "Jane Roe", lead="Words of Jane Roe.", title="Of Jane Roe")
    topic = Topic(title="Blood", slug="blood")
    topic.keep(by=jane, note="Jane Roe wanted it")
    Intake.objects.create(article=article, file_name="jane_roe.md", imported_at=at, doubts="Jane Roe?")
    Picture.objects.create(name="0" * 64 + ".png", width=1, height=1, alt_text="Jane Roe", uploaded_at=at)
    Reminder.objects.create(work=article.name, state="due", sent_at=at, sent_to="Jane Roe <jane.roe@example.org>")
    Reviewer.objects.create(name="Jane Roe", email="jane.roe@example.org")
    about = {"work": article.name, "invited": "Jane Roe", "made_at": at, "expires_at": at, "made_by_name": "Omar"}
    ReviewLink.objects.create(text_digest="0", key_digest="0", **about)
    store_talk(article, jane, at)
    store_beside(article, jane, omar, at)


def store_beside(article, jane, omar, at):
    """What is no text and no act, and can hold them all the same."""
    Verified.objects.create(of="record", began_at=at, is_held=False, said="the review by Jane Roe")
    typed = {"typed": {"body": ["Jane\nRoe called"]}, "base": {"body": ["Of Jane Roe"]}}
    Buffer.objects.create(key="0", person=omar, work=article.name, opened_at=at, kept_at=at, **typed)
    access.count("refuse Jane Roe", "refuse", by=jane, whom="Jane Roe")
    LogEntry.objects.create(user=omar, action_flag=1, object_repr="Jane Roe", change_message="Jane Roe")
    session = SessionStore()
    session["said"] = "Jane Roe was saved"
    session.save()
    AccessAttempt.objects.create(username="Jane Roe", get_data="", post_data="", failures_since_start=1)


@pytest.fixture
def texts(make_article, make_entry, meena):
    article = make_article(title="Having a blood test")
    article.publish(by=hand("Meena"), note="First")
    entry = make_entry(article=article)
    entry.publish(by=hand("Meena"), note="First")
    return article, entry


@pytest.fixture
def everywhere(texts, asha, omar, client):
    store_everywhere(*texts, asha, omar, client)
    return texts


URL = "/admin/erase/"


def erase(client, words="jane roe", reason="A court wants it", **more):
    """Look for the words, leave every tick, confirm."""
    page = client.post(URL, {"words": words})
    keys = [key for key, _label in page.context["form"].fields["places"].choices]
    return client.post(URL, {"words": words, "reason": reason, "places": keys, "is_sure": "on"} | more)


def test_a_long_number_alone_is_looked_for_too(make_article, omar, client):
    article = make_article(body="Her number is 1234567890123456789.")
    article.publish(by=hand("Meena"), note="First")
    client.force_login(omar)
    page = client.post(URL, {"words": "1234567890123456789"})
    assert page.status_code == 200 and "1234567890123456789" in page.text


def test_what_is_erased_is_in_no_table_and_the_record_still_holds(everywhere, omar, client, tmp_path, capsys):
    article, _entry = everywhere
    client.force_login(omar)
    before = rows_with(Words("Jane Roe"))
    assert len(set(before)) > 40
    said = erase(client).text
    assert "Erased from" in said and "No place holds these words any more." in said
    assert rows_with(Words("Jane Roe")) == [] and not StoredPage.objects.exists()
    call_command("verify_ledger")
    assert "The record holds" in capsys.readouterr().out
    article.refresh_from_db()
    assert article.title == f"Of {INSTEAD}" and article.changed_by_name == "Omar"
    forgotten = Line.objects.filter(verb="forget")
    assert forgotten.count() == 6 and set(forgotten.values_list("by_name", "note")) == {("Omar", "A court wants it")}
    assert Access.objects.filter(verb="forget").exists()
    assert [one.emergency_reason for one in article.editions.order_by("number")][1:] == ["Erased by law."] * 2
    assert client.get("/articles/having-a-blood-test/").status_code == 200
    complaint_holds(client, article, tmp_path)


def complaint_holds(client, article, tmp_path):
    when = Line.objects.moment_of_reading().isoformat().replace("+00:00", "Z")
    answer = client.get(f"/admin/complaint/{when}{article.address()}")
    zipfile.ZipFile(BytesIO(answer.getvalue())).extractall(tmp_path)
    check = subprocess.run([sys.executable, "-I", tmp_path / "verify.py"], capture_output=True, text=True, timeout=60)
    assert check.returncode == 0, check.stdout
    assert not any(b"Jane" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_what_is_unticked_stays_and_what_is_ticked_goes(everywhere, omar, client):
    client.force_login(omar)
    key = f"publishing.publisher:{Publisher.objects.get().pk}:0"
    client.post(URL, {"words": "Jane Roe", "reason": "Asked", "places": [key], "is_sure": "on"})
    assert Publisher.objects.get().name == f"{INSTEAD} Press" and Sponsor.objects.get().name == "Jane Roe Ltd"


def test_what_patients_read_or_what_waits_is_named_with_what_to_do_first(make_article, ravi, omar, later, client):
    article = make_article(title="Jane Roe", body="Jane Roe says so.")
    judge(article, ravi, reviewer_name="Jane Roe")
    article.publish(by=hand("Meena"), note="First")
    edit(article, "Asha", body="Jane Roe sings.")
    article.publish(by=hand("Meena"), note="Second", at=later)
    client.force_login(omar)
    said = client.post(URL, {"words": "Jane Roe"}).text
    for sentence in ("Publish a text without the words", "Cancel it, and come back", "Revoke it, or have the text"):
        assert sentence in said
    assert "An address never breaks" in said
    erase(client)
    assert article.editions.exclude(redacted_at=None).count() == 0
    assert "Jane Roe" in client.get(article.address()).text


def test_an_account_is_named_but_left_to_its_own_page(asha, omar, client):
    client.force_login(omar)
    said = client.post(URL, {"words": "Asha"}).text
    assert "rename it, or close it" in said


@pytest.mark.parametrize(
    "given, said",
    [
        ({"is_sure": ""}, "Nothing was done yet"),
        ({"reason": " "}, "Nothing was done yet"),
        ({"reason": "Jane Roe asked"}, "stands in the reason, or in your own name"),
        ({"places": ["no.such:1:0"]}, "look at the list again"),
    ],
)
def test_nothing_is_erased_before_it_is_confirmed_with_a_reason(given, said, everywhere, omar, client):
    client.force_login(omar)
    assert said in erase(client, **given).text
    assert Publisher.objects.get().name == "Jane Roe Press"


def test_fewer_than_three_letters_are_refused(db):
    with pytest.raises(TooShort):
        Words("J. R.")


@pytest.mark.parametrize(
    "text", ["Jane Roe", "JANE  ROE", "jane-roe.md", "J&aacute;ne&nbsp;Roe", "**Jane**\nRoe", "jane_roe", "Ｊane Roe"]
)
def test_words_are_found_and_replaced_however_they_are_written(text):
    words = Words("Jane Roe")
    assert words.in_(f"It is {text}, she says.")
    left = words.without(f"It is {text}, she says.")
    assert not words.in_(left) and INSTEAD in left


def test_only_administrators_see_the_page_and_its_link(asha, meena, ravi, omar, client):
    for person, is_let_in in ((asha, False), (ravi, False), (meena, False), (omar, True)):
        client.force_login(person)
        assert (client.get(URL).status_code == 200) is is_let_in
        assert (URL in client.get("/admin/").text) is is_let_in


FORGOTTEN = {
    "a note of an edition": "UPDATE publishing_line SET note = '', note_salt = '' WHERE seq = 1; "
    "UPDATE articles_articleedition SET note = '' WHERE line_id = 1",
    "the words of a review": "UPDATE articles_articlereview SET reviewer_name = '', credential = '', evidence = '', "
    "invited_by_name = '', salt = ''",
    "words in the access record": "UPDATE publishing_access SET by_name = '', by_account = NULL, by_salt = ''",
    "the reason of an emergency": "UPDATE articles_articleedition SET emergency_reason = 'Erased by law.' "
    "WHERE emergency_reason <> ''",
}


@pytest.mark.parametrize("sql", FORGOTTEN.values(), ids=FORGOTTEN)
def test_words_that_are_gone_without_a_line_that_says_so_are_noticed(sql, everywhere):
    with connection.cursor() as cursor:
        for one in sql.split("; "):
            cursor.execute(one)
    with pytest.raises(CommandError, match="The record does not hold"):
        call_command("verify_ledger")


def test_that_it_was_an_emergency_can_be_neither_erased_nor_reworded(everywhere):
    for value in ("", "Other"):
        sql = f"UPDATE articles_articleedition SET emergency_reason = '{value}' WHERE emergency_reason <> ''"
        with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_an_emergency_stays_open_after_its_reason_was_erased(everywhere, omar, client):
    from publishing.record import due_at

    article, _entry = everywhere
    hurried = [one.case for one in due_at(timezone.now()) if one.state == "emergency"]
    client.force_login(omar)
    erase(client)
    assert hurried == [one.case for one in due_at(timezone.now()) if one.state == "emergency"] != []


def test_an_erasure_is_verified_since_an_earlier_run_too(texts, everywhere, omar, client):
    call_command("verify_ledger")
    client.force_login(omar)
    erase(client)
    from publishing.record import faults

    assert list(faults(Verified.last("record", is_held=True))) == []


@pytest.mark.slow
def test_nothing_is_left_in_the_files_of_the_database(press, everywhere, omar, client):
    client.force_login(omar)
    churn()
    if connection.vendor == "sqlite":
        assert held_by_files(b"jane")
    said = erase(client).text
    assert "Nothing of it is left in the database." in said
    assert connection.vendor != "sqlite" or held_by_files(b"jane") == []
    call_command("verify_ledger")


def churn():
    """Rows of many lengths come, grow and go, so that the database moves them from page to page."""
    chance = random.Random(5)
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(2_000):
            at, text = (
                chance.randint(1, number + 1),
                "Jane Roe " * (chance.random() < 0.3) + "x" * chance.randint(9, 900),
            )
            if chance.random() < 0.7:
                values = ["Jane Roe", text]
                cursor.execute("INSERT INTO publishing_publisher (name, websites, social) VALUES (%s, %s, '')", values)
            elif chance.random() < 0.5:
                cursor.execute("UPDATE publishing_publisher SET websites = %s WHERE id = %s", [text, at])
            else:
                cursor.execute("DELETE FROM publishing_publisher WHERE id > 1 AND id = %s", [at])
        cursor.execute("UPDATE publishing_publisher SET name = 'A press', websites = '' WHERE id > 1")


def held_by_files(word):
    """The files of the database, its journal with them, that hold these bytes in capitals or not."""
    name = connection.settings_dict["NAME"]
    files = [Path(f"{name}{end}") for end in ("", "-wal", "-shm")]
    return [file.name for file in files if file.exists() and word in file.read_bytes().lower()]


@pytest.mark.parametrize(
    "text",
    ["q=Zo%C3%A9+Quadir", "/admin/recall/replace/?find=zo%c3%a9%20quadir", "Zo&eacute; Quadir", "ZOÉ-Quadir", "Zoé\nQuadir"],
)  # fmt: skip
def test_words_are_found_in_whatever_way_they_are_written(text):
    assert Words("Zoé Quadir").in_(text) and not Words("Zoë Quadrat").in_(text)


def test_an_address_that_holds_the_words_goes_and_the_text_around_it_stays():
    text = "100% sure. See [them](https://www.example.org/?q=Zo%C3%A9+Quadir) or call Zoé Quadir."
    assert Words("Zoé Quadir").without(text) == f"100% sure. See [them]({INSTEAD}) or call {INSTEAD}."


def test_a_file_that_waits_is_found_by_what_it_hides_and_by_a_word_over_two_lines(asha, omar, client):
    told = {"person": asha, "brought_at": timezone.now(), "kind": Brought.Kind.TEXT}
    paper = BytesIO()
    with zipfile.ZipFile(paper, "w") as made:
        made.writestr("docProps/core.xml", "<dc:creator>Ilka <b>Bran</b>dner</dc:creator>")
    Brought.objects.create(name="a.docx", content=paper.getvalue(), words="Tea", read={"title": "Tea"}, **told)
    Brought.objects.create(
        name="b.md", content=b"", words="", read={"title": "x", "doubts": ["Ilka\nBrandner"]}, **told
    )
    client.force_login(omar)
    assert "No place holds these words any more." in erase(client, words="Ilka Brandner").text
    assert not Brought.objects.exists()
