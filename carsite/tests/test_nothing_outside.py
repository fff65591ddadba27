"""Nothing that patients, judgement or search rest on lies outside the proof: each column altered, each row deleted."""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from PIL import Image

from articles.models import Page, Term, Topic
from carsite.reader import altered
from conftest import NIGHTLY, edit, encoded, hand, judge, two_coloured
from publishing.models import Frame, Pair, Picture, Rendition, Saving, Sides, access, kinds, say, say_pairs
from publishing.models.erasing import Words
from publishing.record import erasure, triggers
from publishing.record.verifying.entrance import broken
from publishing.record.verifying.verification import Verification

OURS = ("publishing", "articles", "faq", "carsite")
# Tables on which nothing rests that a patient, a judgement or a search is told, each with the reason.
OUTSIDE = {
    "articles.Article": "a working copy is never public",
    "faq.Entry": "a working copy is never public",
    "publishing.Frame": "a working copy is never public",
    "articles.Topic": "a working copy is never public",
    "articles.Term": "a working copy is never public",
    "articles.Page": "a working copy is never public",
    "publishing.Publisher": "what an edition shows of it is frozen there",
    "publishing.Sponsor": "what an edition shows of it is frozen there",
    "articles.Heard": "how many readers said what of an edition; nobody can tell anew, and no page rests on it",
    "articles.Settled": "which passages of a translation somebody called right; the desk offers them again without it",
    "articles.OldAddress": "where an address of a former site leads: to a page of ours that says itself what it is",
    "articles.Voice": "what readers wrote to the staff; nobody can tell anew, and no page rests on it",
    "articles.Pace": "how many answers came in a minute; a lost one makes room for one more",
    "articles.Seen": "how often a guide was read; nobody can tell anew, and no page rests on it",
    "articles.Intake": "which file was taken in last; a wrong one brings a doubt, no page",
    "publishing.Tried": "how an address elsewhere answered at night; advice to staff",
    "publishing.Use": "which text shows which picture, for staff; renew_pictures makes it anew from the texts",
    "publishing.Reminder": "who was reminded; a lost one is sent again",
    "publishing.ReviewLink": "a way in; what was judged by it is a review with a line",
    "publishing.Asking": "who is asked by which day; what counts is the answer, a review with a line",
    "publishing.Remark": "what a colleague says of a passage; patients never see it",
    "publishing.Answer": "the same, to a remark",
    "publishing.Reviewer": "to whom a link is mailed; the access record tells who entered and changed it, and how",
    "publishing.Counted": "how often since the last line; the next line tells it",
    "articles.Brought": "a file that waits for its person's word is never public",
    "publishing.Buffer": "what is typed and not saved is never public",
    "publishing.SentForm": "which forms came lately, by digest, so that one sent twice is done once",
    **dict.fromkeys(
        ("publishing.Indexed", "publishing.IndexedText", "publishing.Word", "publishing.Form"),
        "the search index: verify_ledger --pages makes it anew and compares it, renew_search writes it anew",
    ),
    "publishing.Chore": "what was done on which day; undone, it is done again",
    "publishing.Unfound": "what was searched in vain; advice to staff",
    "publishing.Verified": "when somebody verified; whoever doubts it verifies again",
    **dict.fromkeys(
        ("articles.ArticleOwed", "articles.PageOwed", "articles.TermOwed", "faq.EntryOwed", "publishing.FrameOwed"),
        "what is owed of a text, for staff: verify_ledger --pages makes it anew and compares it, renew_owed writes it anew",
    ),
    "articles.MonthChecked": "figures for staff of months that are over; a lost one is counted anew from the record",
    "articles.ArticleOlderDigest": "made anew and compared, once there is a second format",
    "faq.EntryOlderDigest": "made anew and compared, once there is a second format",
    "articles.TermOlderDigest": "made anew and compared, once there is a second format",
    "publishing.FrameOlderDigest": "made anew and compared, once there is a second format",
    "articles.PageOlderDigest": "made anew and compared, once there is a second format",
}
OWN_NUMBER = "the row's own number, which no page and no rule names"
# Columns that nothing proves, each with the reason.
UNPROVEN = {
    ("publishing_saving", "saved_by_name"): "how the desk names who saved; the rule of two people asks the account",
    ("publishing_saving", "id"): OWN_NUMBER,
    ("publishing_touch", "id"): OWN_NUMBER,
    ("publishing_picture", "alt_text"): "a proposal for the editor; what patients hear stands in the text",
    ("publishing_picture", "is_decorative"): "a proposal for the editor",
    ("publishing_picture", "uploaded_by_id"): "patients never see it",
    ("publishing_picture", "uploaded_by_name"): "patients never see it",
    ("publishing_picture", "uploaded_at"): "patients never see it",
    ("publishing_picture", "file_name_given"): "patients never see it",
    ("publishing_picture", "source"): "patients never see it",
    ("publishing_picture", "licence"): "patients never see it",
    ("publishing_picture", "id"): OWN_NUMBER,
    ("publishing_rendition", "id"): OWN_NUMBER,
    ("publishing_pair", "id"): OWN_NUMBER,
    ("publishing_storedpage", "seq"): "how long a page holds is compared by what it shows",
    ("publishing_storedpage", "since_us"): "the same: a page that is not yet valid is made anew",
    ("publishing_storedpage", "until_us"): "the same",
    ("publishing_storedpage", "needs"): "the same: a page is compared as it is now, whatever it rests on",
    ("publishing_storedpage", "key"): "a page of another key is another page, or of another release",
}
DERIVED = ("publishing.StoredPage", "publishing.Picture", "publishing.Rendition")  # a lost one is made or added anew


def proven_models():
    from publishing.models import StoredPage

    return [*kinds.permanent(), StoredPage, Picture, Rendition, Pair]


def beside_guides(asha, ravi, meena):
    """A word and a page about the site."""
    for one in (Term(title="vein", meaning="It brings blood back."), Page(title="Privacy", body="No cookies.")):
        edit(one, asha)
        judge(one, ravi)
        one.publish(by=hand(meena), note="First")


def around(meena, ravi):
    """What stands around guides, published and judged; the topic of them."""
    topic = Topic(title="Tests", slug="tests")
    topic.keep(by=hand(meena), note="New topic")
    frame = Frame.objects.create(pk=1)
    frame.publish(by=hand(meena), note="First", emergency="The first words")
    judge(frame, ravi)
    return topic


@pytest.fixture
def year(guide, make_entry, client, asha, ravi, meena, later):
    """A clinic's year in small: every act there is, on every kind of text."""
    topic = around(meena, ravi)
    first = judge(guide, ravi)
    judge(guide, ravi)
    guide.revoke(first, by=hand(meena), note="Too early")
    edit(guide, asha, lead="Another lead.", topic=topic)
    ticks = [one.key for one in guide.judgement(guide.freeze(), timezone.now()).dangers]
    edition = guide.publish(by=hand(meena), note="Second", raises_substance=True, emergency="Bed 4", ticks=ticks)
    entry, other = guide.entry_set.all()[:2]
    judge(entry, ravi)
    entry.decide("still right", against=edition, by=hand(meena), note="Read")
    other.decide("hide", against=edition, by=hand(meena), note="Gone")
    edit(guide, asha, lead="Yet a lead.")
    guide.publish(by=hand(meena), note="For later", at=later)
    guide.redact(guide.editions.get(number=1), by=hand(meena), reason="Asked for")
    guide.cancel(by=hand(meena), note="Not yet")
    access.record("log in", f"account/{asha.pk}", by=hand(asha), network="10.0.0.1")
    access.record("log out", f"account/{asha.pk}", by=hand(asha))
    beside_guides(asha, ravi, meena)
    for image in (two_coloured(900), Image.new("RGB", (40, 40), "green")):
        picture = Picture.take(encoded(image, "JPEG"), by=hand(asha), file_name="red.jpg", at=timezone.now())
    say(picture, "nobody", by=hand(asha))
    say(picture, "consent", by=hand(asha), ends_at=later)
    say(picture, "retract", by=hand(asha), note="Jane Roe wrote to us")
    say_pairs(together=[Sides("jab", "injection", "en"), Sides("drip", "infusion", "en")], by=hand(meena))
    say_pairs(apart=[Sides("jab", "injection", "en")], by=hand(meena))
    # One reason for an emergency, one review's words, one note, and a name in the access record, erased by law
    judge(guide, ravi, evidence="Jane Roe said so", result="not fit", note="Ask Jane Roe")
    edit(guide, asha, lead="A third lead.")
    ticks = [one.key for one in guide.judgement(guide.freeze(), timezone.now()).dangers]
    guide.publish(by=hand(meena), note="Third", raises_substance=True, emergency="Jane Roe", ticks=ticks)
    access.record("log in", by=hand(asha), network="10.0.0.2", whom="Jane Roe")
    erase_all("Jane Roe")
    for path in ("/", guide.address(), "/articles/"):
        assert client.get(path).status_code == 200
    return guide


def erase_all(text):
    words = Words(text)
    keys = {place.key for place in erasure.places(words, timezone.now())}
    assert erasure.erase(words, keys, by=hand("Omar"), reason="Asked for") == len(keys) >= 4


def test_every_table_is_proven_or_on_the_list():
    ours = {model._meta.label for model in apps.get_models() if model._meta.app_label in OURS}
    assert ours - {model._meta.label for model in proven_models()} == set(OUTSIDE) & ours


def faults():
    return [*Verification().faults(), *broken(), *altered()]


def other_value(field, value):
    if field.attname == "http":
        return 410  # what is none of the codes that are stored is never sent
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=value).order_by("-pk")
        return others.values_list("pk", flat=True).first() or value
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + datetime.timedelta(seconds=1)
    if isinstance(field, models.DateField):
        return (value or timezone.localdate()) + datetime.timedelta(days=1)
    if isinstance(field, models.BinaryField):
        return b"other"
    if isinstance(field, models.IntegerField | models.AutoField):
        return (value or 0) + 7
    return ("other" if value != "other" else "another")[: field.max_length]


def few(model):
    """The columns of a table that something proves; by day every fourth, others in each table, at night all of them."""
    table, place = model._meta.db_table, proven_models().index(model)
    proven = [one for one in model._meta.concrete_fields if (table, one.column) not in UNPROVEN]
    return proven if NIGHTLY else proven[place % 4 :: 4]


def test_each_column_altered_and_each_row_deleted_is_noticed_or_on_the_list(year):
    assert faults() == []
    User.objects.create_user("nobody")
    triggers.remove()
    unnoticed, tables = [], []
    for model in proven_models():
        table, pk = model._meta.db_table, model._meta.pk
        rows = list(model._base_manager.order_by("pk"))
        assert rows, f"{table} is empty, so nothing of it is drilled"
        for field in few(model):
            # A row that has a value there, if any: an empty one is filled otherwise.
            row = next((one for one in rows if getattr(one, field.attname)), rows[0])
            if field == pk and field.get_internal_type() == "BigAutoField":
                continue
            value = field.get_db_prep_save(other_value(field, getattr(row, field.attname)), connection)
            sql = f'UPDATE {table} SET "{field.column}" = %s WHERE "{pk.column}" = %s'
            if value != getattr(row, field.attname) and not _is_noticed(sql, [value, row.pk]):
                unnoticed.append((table, field.column))
        row = rows[0]
        if model is Saving:
            row = Saving.objects.filter(work=year.name).order_by("pk").first()
        if model._meta.label not in DERIVED:
            tables.append(table)
            if not _is_noticed(f'DELETE FROM {table} WHERE "{pk.column}" = %s', [row.pk]):
                unnoticed.append((table, "deleted"))
    triggers.install()
    assert unnoticed == [] and len(tables) >= 9


def _is_noticed(sql, values):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = faults()
            transaction.set_rollback(True)
    except IntegrityError:
        return True  # the database itself refuses it
    return bool(found)
