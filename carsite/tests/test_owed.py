"""What is kept of what is owed of each text is what the record says, after every act, saving and moment."""

import datetime
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.figures.checked import counted_at, counted_now
from articles.models import Article, Term
from conftest import by_link, edit, fewer, hand, judge
from faq.models import Entry
from publishing.models import Asking, Line, Publisher, kinds, sum_up_all
from publishing.record import Pressing, due_at, owed_faults, renew_owed, with_states
from publishing.record.owed import keeping
from publishing.record.owed.due import due_of
from publishing.refusals import Refused

pytestmark = pytest.mark.databases


@pytest.fixture
def works(make_article, make_entry, asha):
    """Two guides, one with two translations; each with questions, those of one translation told from the original's."""
    press, by = Publisher.objects.create(name="The clinic"), {"by": hand(asha)}
    dose = make_article("Dose", publisher=press, **by)
    hindi = make_article("Dose in Hindi", language="hi", original=dose, **by)
    urdu = make_article("Dose in Urdu", language="ur", original=dose, **by)
    other = make_article("Rest", owner=asha, **by)
    asked = [make_entry(f"Why {number}?", article=dose, **by) for number in range(2)]
    told = [make_entry(f"Why {one.pk} in Hindi?", article=hindi, original=one, language="hi", **by) for one in asked]
    more = [make_entry("Why in Urdu?", article=urdu, language="ur", **by), make_entry("And this?", **by)]
    term = Term(title="vein", meaning="It brings blood back.")
    edit(term, asha)
    return [dose, hindi, urdu, other, *asked, *told, *more, term]


def something(chance, work, works, people):
    """One act, or saving, that a person might do; refused or not."""
    return chance.choice([*writing(chance, work, works, people), *acting(chance, work, people)])


def writing(chance, work, works, people):
    asha, ravi, meena, _omar = people
    body = {Article: "lead", Entry: "answer"}.get(type(work), "meaning")
    words = chance.choice(["One.", "Two.", "Three."])
    guides = [one for one in works if isinstance(one, Article)]
    asked = {"asked_name": "Ravi", "account": ravi, "by": hand(meena), "until_on": timezone.localdate()}
    return [
        lambda: edit(work, chance.choice(people), **{body: words}),
        lambda: edit(work, asha, article=chance.choice(guides)) if work.FOLLOWS else None,
        lambda: edit(work, asha, translated=None) if work.TRANSLATES else None,
        lambda: Asking.ask(work, at=timezone.now(), **asked),
        lambda: [one.take_back(at=timezone.now()) for one in Asking.objects.of([work])],
        lambda: renamed(work),
        lambda: type(work).objects.create(slug=f"new-{timezone.now().timestamp()}"),
    ]


def acting(chance, work, people):
    asha, ravi, meena, omar = people
    soon = timezone.now() + datetime.timedelta(days=chance.choice([1, 5, 50]))
    due = timezone.localdate() + datetime.timedelta(days=chance.choice([1, 3, 20, 45, 300]))
    told = {"note": "Told", "by": hand(chance.choice([meena, omar]))}
    publishing = told | {"passing": "A test", "emergency": chance.choice(["", "", "At once"])}
    publishing |= {"raises_substance": chance.random() < 0.6}
    gone = told | {"reason": chance.choice(["out of date", "unsafe"]), "at": chance.choice([None, soon])}
    reviews, editions = list(work.reviews.filter(revoked_at=None)), list(work.editions.all())
    return [
        lambda: judge(work, chance.choice([ravi, omar]), next_due_on=due),
        lambda: judge(work, chance.choice([ravi, omar]), next_due_on=due),
        lambda: judge(work, ravi, result=chance.choice(["not fit", "fit after changes"]), note="The dose"),
        lambda: by_link(work, chance.choice([asha, meena])),
        lambda: work.revoke(chance.choice(reviews), **told) if reviews else None,
        lambda: work.publish(**publishing),
        lambda: work.publish(**publishing),
        lambda: work.publish(**publishing),
        lambda: work.publish(by=hand("import"), note="file.txt"),
        lambda: work.publish(**publishing, at=soon),
        lambda: work.cancel(**told),
        lambda: work.withdraw(**gone),
        lambda: work.confirm(**told) if work.FOLLOWS else None,
        lambda: work.redact(chance.choice(editions), by=hand(omar), reason="Asked for") if editions else None,
    ]


def renamed(work):
    if getattr(work, "publisher", None):
        work.publisher.name += "."
        work.publisher.save()
        sum_up_all(work.publisher)


def told(pressing):
    return [(one.name, one.state, one.case, one.on, one.why, one.title, one.owner_id) for one in pressing]


def by_record(at):
    """What is due, and the state of each text, without a row that is kept."""
    pressing = Pressing.at(at)
    pressing.kept = set()
    due = due_of(at, pressing.hurried, set())
    return told(due), {model: states(model, at, pressing) for model in kinds.reviewed()}


def states(model, at, pressing):
    return dict(with_states(model.objects.all(), at, pressing).values_list("pk", "state"))


def same_at(at):
    """Compare all that is told from rows at a moment with what the record says."""
    assert list(owed_faults(at)) == []  # before any is brought up to date
    due, wanted = by_record(at)
    pressing = Pressing.at(at)
    assert pressing.kept == set(kinds.reviewed())
    assert told(pressing.due) == told(due_at(at)) == due
    assert told(pressing.now) == [one for one in due if one[1] != "soon"] and pressing.count() == len(due)
    assert counted_now(at) == counted_at(at)
    for model, found in wanted.items():
        assert states(model, at, pressing) == found
        counts = {state: list(found.values()).count(state) for state in found.values()}
        assert pressing.counted(model) == counts
        some = model.objects.order_by("pk")[:2]
        near = told(pressing.due_of(model, [one.pk for one in some]))
        assert near == [one for one in due if one[0] in {work.name for work in some}]


@pytest.mark.parametrize("seed", fewer(range(40), 2))
def test_rows_are_what_the_record_says_after_every_act(seed, works, asha, ravi, meena, omar):
    chance, done = random.Random(seed), 0
    for _step in range(40):
        work = chance.choice(works)
        work.refresh_from_db()
        try:
            something(chance, work, works, (asha, ravi, meena, omar))()
        except Refused:
            continue
        done += 1
        at = Line.objects.moment_of_reading()
        assert list(owed_faults(at)) == []  # what still calls itself right is
        if done % 8:
            Pressing.at(at)
        else:
            same_at(at)
    assert done > 15, "too little happened"
    for days in (1, 46, 15, 400, 0):
        same_at(Line.objects.moment_of_reading() + datetime.timedelta(days=days))


def test_what_is_deleted_leaves_no_row(make_article, make_entry):
    article = make_article("Dose")
    make_entry("Why?", article=article)
    Pressing.at(timezone.now())
    assert Entry.owed_model().objects.count() == Article.owed_model().objects.count() == 1
    article.delete()
    assert not Entry.owed_model().objects.exists() and not Article.owed_model().objects.exists()
    same_at(timezone.now())


def test_a_row_that_was_computed_before_an_act_is_not_written_after_it(make_article, ravi, meena):
    article = make_article("Dose")
    for act in (
        lambda: article.publish(by=hand(meena), note="First", emergency="At once"),
        lambda: judge(article, ravi, result="not fit", note="The dose"),
        lambda: edit(article, "Asha", lead="Other words."),
    ):
        seen = keeping._over(Article, Line.objects.moment_of_reading() + datetime.timedelta(days=1), None) or {
            article.pk: Article.owed_model().objects.get().token
        }
        rows = keeping.made(Article, [article.pk], Line.objects.moment_of_reading())
        act()
        keeping._write(Article, rows, seen)
        assert list(owed_faults(Line.objects.moment_of_reading())) == []
        same_at(Line.objects.moment_of_reading())


def test_of_a_moment_before_the_last_act_nothing_is_kept(make_article, meena):
    article, before = make_article("Dose"), timezone.now()
    article.publish(by=hand(meena), note="First", emergency="At once")
    assert Article not in Pressing.at(before).kept
    assert [one.state for one in due_at(before)] == []
    same_at(Line.objects.moment_of_reading())


def test_a_row_that_was_altered_is_told_and_made_anew(make_article, meena):
    make_article("Dose").publish(by=hand(meena), note="First", emergency="At once")
    at = Line.objects.moment_of_reading()
    assert renew_owed(at) == 1 and list(owed_faults(at)) == []
    for change in ({"state": "draft"}, {"things": 0}, {"due": ""}, {"is_read": False}, {"checked_until": at}):
        Article.owed_model().objects.update(**change)
        with pytest.raises(CommandError, match="what is kept of articles/[0-9]+ is not what is due of it"):
            call_command("verify_ledger", pages=True)
        call_command("renew_owed")
        call_command("verify_ledger", pages=True)


def test_what_is_known_is_told_in_few_queries_and_no_edition_is_read_for_it(make_article, make_entry, meena):
    for number in range(30):
        article = make_article(f"Dose {number}")
        make_entry(f"Why {number}?", article=article)
        article.publish(by=hand("import"), note="file.txt")
    at = Line.objects.moment_of_reading()
    Pressing.at(at)
    with CaptureQueriesContext(connection) as made:
        pressing = Pressing.at(at)
        assert len(pressing.due) == pressing.count() == 30
        assert pressing.counted(Article) == {"due": 30} and pressing.counted(Entry) == {"draft": 30}
    # Of each of five kinds: what no longer holds, how many rows and texts, emergencies, what is due; and a few more
    assert len(made) <= 5 * 7 + 5
    assert not [one["sql"] for one in made if "edition" in one["sql"] and "emergency_reason" not in one["sql"]]
    assert not [one["sql"] for one in made if "INSERT" in one["sql"]]
