"""The second person is a second person: another account or a listed reviewer, for this text, in this place, since then."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import by_link, edit, hand, judge, person
from publishing.models import Access, Frame, Hand, Reviewer, access
from publishing.record import due_at
from publishing.refusals import NotTicked, Unreviewed


@pytest.fixture
def article(make_article, asha):
    return make_article(by=hand(asha), body="Take 5 mg after food.")


def published(work, by, note="Told", **told):
    ticks = [one.key for one in work.judgement(work.freeze(), timezone.now()).dangers]
    return work.publish(by=hand(by), note=note, ticks=ticks, **told)


def refused(work, by, **told):
    with pytest.raises(Unreviewed):
        published(work, by, **told)
    return True


def test_an_old_dose_that_was_corrected_away_does_not_come_back_by_one_person(article, asha, ravi, meena):
    judge(article, ravi)
    published(article, meena)
    edit(article, asha, body="Take 4 mg after food.")
    judge(article, ravi)
    published(article, meena)
    edit(article, asha, body="Take 5 mg after food.")
    assert refused(article, meena)
    judge(article, ravi)
    assert published(article, meena).emergency_reason == ""


def test_an_erased_edition_counts_as_what_is_replaced(article, asha, ravi, meena):
    """Correct a dose, withdraw it as out of date, erase the correction: the old text is not “the last”."""
    judge(article, ravi)
    published(article, meena)
    edit(article, asha, body="Take 4 mg after food.")
    judge(article, ravi)
    correction = published(article, meena)
    article.withdraw(by=hand(meena), note="Old", reason="out of date")
    article.redact(correction, by=hand(meena), reason="Asked for")
    edit(article, asha, body="Take 5 mg after food.")
    assert refused(article, meena)


def test_a_yearly_review_without_a_change_is_untouched(article, asha, ravi, meena):
    judge(article, ravi)
    published(article, meena)
    judge(article, ravi)
    edit(article, asha, lead="A clear lead.")
    assert published(article, meena).is_substance is False


def test_a_review_counts_only_where_the_text_stood(make_article, make_entry, asha, ravi, meena):
    first, second = make_article("One"), make_article("Two")
    for one in (first, second):
        judge(one, ravi)
        published(one, meena)
    entry = make_entry("How many?", by=hand(asha), answer="Two.", article=first)
    judge(entry, ravi)
    edit(entry, asha, article=second)
    assert refused(entry, meena)
    judge(entry, ravi)
    assert published(entry, meena).number == 1


def test_names_never_decide(article, ravi, meena, asha):
    """A namesake of the writer is somebody else; a writer under another name is still the writer."""
    ravi.first_name = asha.first_name
    ravi.save()
    judge(article, ravi)
    assert published(article, meena).number == 1
    edit(article, asha, body="Take 4 mg after food.")
    asha.first_name = "Somebody else"
    asha.save()
    judge(article, asha, reviewer_name="Dr Somebody")
    assert refused(article, meena)


def test_who_publishes_is_not_the_second_person(article, meena, omar):
    judge(article, omar)
    assert refused(article, omar)
    assert published(article, meena).number == 1


def test_who_first_saved_the_words_is_not_the_second_person_when_another_pasted_them(make_article, ravi, asha, meena):
    written = make_article("Dose", by=hand(ravi), body="Take 5 mg after food.")
    pasted = make_article("Dose", by=hand(asha), body="Take 5 mg after food.")
    assert written.unrendered().text_digest == pasted.unrendered().text_digest
    judge(pasted, ravi)
    assert refused(pasted, meena)


def test_only_a_link_mailed_to_a_listed_reviewer_counts(article, asha, meena, omar):
    by_link(article, omar, is_listed=False)
    assert refused(article, meena)
    by_link(article, meena)
    assert refused(article, meena)
    by_link(article, omar)
    assert published(article, meena).number == 1


@pytest.mark.parametrize("whose", ["asha", "meena"])
def test_a_listed_address_of_who_wrote_or_publishes_is_nobody_else(whose, article, asha, meena, omar, request):
    Reviewer.objects.create(name="Dr Nila Rao", email="nila@example.org")
    own = request.getfixturevalue(whose)
    own.email = "Nila@example.org"
    own.save()
    by_link(article, omar)
    assert refused(article, meena)


def test_an_account_that_the_publisher_made_counts_once_it_is_its_owners(article, meena, omar):
    nila = person("Nila", "clinical reviewers")
    about = f"account/{nila.pk}"
    access.record(Access.Verb.MAKE, about, by=hand(meena))
    judge(article, nila)
    assert refused(article, meena)
    access.record(Access.Verb.CONFIRM, about, by=hand(omar))
    assert refused(article, meena)
    access.record(Access.Verb.ACCEPT, about, by=Hand.of(nila))
    assert published(article, meena).number == 1


@pytest.mark.parametrize("verb", [Access.Verb.SET_PASSWORD, Access.Verb.MAIL, Access.Verb.RENAME])
def test_what_the_publisher_changes_of_an_account_takes_it_back(verb, article, meena, omar, ravi):
    about = f"account/{ravi.pk}"
    for done, by in ((Access.Verb.MAKE, meena), (Access.Verb.ACCEPT, ravi), (Access.Verb.CONFIRM, omar)):
        access.record(done, about, by=Hand.of(by))
    access.record(verb, about, by=Hand.of(meena))
    judge(article, ravi)
    assert refused(article, meena)
    assert published(article, omar).number == 1


@pytest.mark.parametrize("who", ["meena", "ravi"])
def test_neither_the_publisher_nor_the_account_itself_confirms(who, article, meena, ravi, request):
    about = f"account/{ravi.pk}"
    access.record(Access.Verb.MAKE, about, by=Hand.of(meena))
    access.record(Access.Verb.ACCEPT, about, by=Hand.of(ravi))
    access.record(Access.Verb.CONFIRM, about, by=Hand.of(request.getfixturevalue(who)))
    judge(article, ravi)
    assert refused(article, meena)
    access.record(Access.Verb.CONFIRM, about, by=Hand.command("operator"), by_command=True)
    assert published(article, meena).number == 1


def test_who_is_vouched_for_is_asked_of_no_log_in(ravi, meena):
    about = f"account/{ravi.pk}"
    for verb in (Access.Verb.MAKE, Access.Verb.LOG_IN, Access.Verb.LOG_OUT):
        access.record(verb, about, by=Hand.of(meena))
    with CaptureQueriesContext(connection) as made:
        assert not access.is_vouched(about, {meena.pk}, ravi.pk)
    assert not [one for one in made if "publishing_access" in one["sql"] and "verb" not in one["sql"].split("WHERE")[1]]


def test_a_link_dies_with_its_makers_account(article, omar):
    from publishing.models import ReviewLink

    link, _key = ReviewLink.invite(article, invited="Dr No", email="", by=Hand.of(omar), at=timezone.now())
    assert link.is_open(timezone.now())
    omar.is_active = False
    omar.save()
    link.refresh_from_db()
    assert not link.is_open(timezone.now())


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "elsewhere"},
        {"uploaded_by": "Dr Other"},
        {"sources": "Guideline: 50 mg"},
        "publisher",
        "sponsor",
        "topic",
    ],
)
def test_what_surrounds_the_text_takes_a_tick_and_a_second_person(change, article, asha, ravi, meena):
    from articles.models import Topic
    from publishing.models import Publisher, Sponsor

    judge(article, ravi)
    published(article, meena)
    if change == "publisher":
        change = {change: Publisher.objects.create(name="Somebody")}
    elif change == "sponsor":
        change = {change: Sponsor.objects.create(name="Somebody", claims="Since 1990.", connection="It owns us.")}
    elif change == "topic":
        topic = Topic(title="Another")
        topic.keep(by=hand(asha), note="New")
        change = {change: topic}
    edit(article, asha, **change)
    with pytest.raises(NotTicked):
        article.publish(by=hand(meena), note="Told")
    assert refused(article, meena)


def test_what_was_published_while_the_rule_was_off_is_due_until_somebody_looked(article, asha, ravi, meena, omar):
    frame = Frame.objects.create(pk=1, needs_two_people=False)
    frame.publish(by=hand("set-up"), note="One doctor")
    published(article, meena)
    frame.needs_two_people = True
    frame.keep(by=hand(omar), at=timezone.now())
    frame.publish(by=hand(omar), note="Two again")
    [due] = [one for one in due_at(timezone.now()) if one.state == "emergency"]
    assert (due.model, due.pk) == (type(article), article.pk) and "switched off" in due.why
    judge(article, ravi)
    assert [one for one in due_at(timezone.now()) if one.state == "emergency"] == []
    call_command("verify_ledger")


def test_a_judgement_on_the_same_words_in_another_guide_is_not_about_this_one(make_article, make_entry, ravi, meena):
    entries = []
    for name in ("One", "Two"):
        guide = make_article(name)
        entries.append(make_entry("Does it hurt?", article=guide, answer="A little."))
        for work in (guide, entries[-1]):
            published(work, meena, emergency="A test")
    judge(entries[0], ravi, result="not fit", note="It does.")
    judge(entries[0], ravi)
    assert [one.work for one in due_at(timezone.now()) if one.state == "not fit"] == []
    judge(entries[1], ravi, result="not fit", note="It does.")
    assert [one.pk for one in due_at(timezone.now()) if one.state == "not fit"] == [entries[1].pk]


def test_what_does_not_count_lifts_no_judgement_that_it_is_not_fit(article, asha, ravi, meena, omar):
    """Who wrote it could else answer a link of their own in a doctor's name."""
    nila = person("Nila", "clinical reviewers")
    judge(article, ravi)
    judge(article, nila, result="not fit", note="Too much.")
    assert refused(article, meena)
    by_link(article, asha, is_listed=False)
    judge(article, asha)
    assert refused(article, meena)
    judge(article, ravi)
    assert published(article, meena).number == 1


@pytest.mark.parametrize("what", ["sources", "uploaded_by", "sponsor"])
def test_a_review_speaks_for_what_stood_around_the_text_when_it_was_given(what, article, asha, ravi, meena):
    from publishing.models import Sponsor

    judge(article, ravi)
    told = "Guideline of 2025: take 20 tablets a day, and do not stop."
    sponsor = Sponsor.objects.create(name="Somebody", claims=told, connection="It owns us.")
    edit(article, asha, **{what: sponsor if what == "sponsor" else told})
    assert refused(article, meena)
    [review] = article.reviews.all()
    said = article.judgement(article.freeze(), timezone.now()).second.why_not(review)
    assert said == "was given before its sources, byline, publisher or sponsor were changed"
    emergency = published(article, meena, emergency="Today")
    assert [one.state for one in due_at(timezone.now())] == ["emergency"] and emergency.number == 1
    judge(article, ravi)
    assert due_at(timezone.now()) == []
    call_command("verify_ledger")


def test_an_account_or_a_reviewer_that_the_writer_set_up_counts_once_somebody_confirmed_it(article, asha, meena, omar):
    nila = person("Nila", "clinical reviewers")
    access.record(Access.Verb.MAKE, f"account/{nila.pk}", by=hand(asha))
    judge(article, nila)
    assert refused(article, meena)
    entry = Reviewer.objects.create(name="Dr Nila Rao", email="nila@example.org")
    access.record(Access.Verb.LIST, f"reviewer/{entry.pk}", by=hand(asha))
    by_link(article, omar)
    assert refused(article, meena)
    access.record(Access.Verb.CONFIRM, f"reviewer/{entry.pk}", by=hand(omar))
    assert published(article, meena).number == 1


def test_undoing_takes_from_nobody_what_they_wrote(article, asha, ravi, meena, omar):
    judge(article, ravi)
    published(article, meena)
    edit(article, asha, lead="A clear lead.")
    published(article, meena)
    edit(article, ravi, body="Take 50 mg after food.")
    article.go_back(article.editions.get(number=1), by=hand(meena), edits=article.edits)
    article.refresh_from_db()
    edit(article, omar, lead="A really clear lead.")
    judge(article, ravi)
    assert refused(article, omar)
    second = article.judgement(article.freeze(), timezone.now()).second
    assert second.writers >= {asha.pk, ravi.pk, omar.pk}, "what the edition that was undone said is a draft again"
    call_command("verify_ledger")
