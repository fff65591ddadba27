"""Small changes of wording do not hide that a text was checked: what carries a review over, and what does not."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image

from conftest import alter, edit, encoded, hand, judge, let_pass
from publishing import safety
from publishing.models import Line, Picture, StoredPage, ledger, told_for
from publishing.models.works import acts
from publishing.record import triggers
from publishing.refusals import Unreviewed

PATH = "/articles/having-a-blood-test/"
SAID = "Since then small changes of wording, not checked."
UNCHECKED = "Not yet checked by a clinician"
TEXT = "A nurse takes a little blood from your arm. You may bleed a little afterwards. You can go home soon."

# Each step is harmless by itself.
STEPS = [
    ["Take Zorbol with food.", "You get Zorbol with food.", "You get Zelbor with food.", "Take Zelbor with food."],
    [
        "You may eat:\n\n- Grapes\n- Apples\n\nYou must not eat:\n\n- Nuts",
        "Grapes\n\nYou may eat:\n\n- Apples\n\nYou must not eat:\n\n- Nuts",
        "You may eat:\n\n- Apples\n\nYou must not eat:\n\n- Nuts\n- Grapes",
    ],
]


@pytest.fixture
def checked(make_article, asha, ravi, meena):
    """A guide as its clinician checked it, read by patients."""
    article = make_article(by=hand(asha), body=TEXT)
    judge(article, ravi, reviewer_name="Dr Nair")
    article.publish(by=hand(meena), note="First")
    return article


def reword(article, by, body=None, note="Wording", **given):
    """Another wording, published; each time another one."""
    told = {"body": body} if body else {"lead": f"A short test {'again and ' * article.editions.count()}again."}
    edit(article, "Asha", **told | {name: given.pop(name) for name in list(given) if hasattr(article, name)})
    return article.publish(by=hand(by), note=note, passing="A test", **given)


def reviewer(article):
    """Whose check patients are told of, with small changes since; None where of nobody's."""
    at = timezone.now()
    (review,) = told_for([article.live(at)], at)
    return review.reviewer_name if review and review.is_carried else None


def page(client, path=PATH):
    return " ".join(client.get(path).text.split())


def test_patients_read_who_checked_it_and_that_small_changes_came_since(checked, meena, client):
    edition = reword(checked, meena)
    assert edition.carried == checked.reviews.get().line_id and not edition.is_substance
    today = timezone.localdate()
    text = page(client)
    assert f'Checked <time datetime="{today}">{today.day} {today:%B %Y}</time> by Dr Nair. {SAID}' in text
    assert UNCHECKED not in text and "Reviewed by</dt><dd>Dr Nair" in text
    for path in ("/", "/articles/", "/search/?q=blood"):
        assert "Not yet checked" not in client.get(path).text
    call_command("verify_ledger")


def test_what_is_carried_is_told_at_the_question_that_it_speaks_of(checked, make_entry, ravi, meena, client):
    entry = make_entry("Does it hurt?", article=checked, answer="It hurts a little, and soon it is over.")
    judge(entry, ravi)
    entry.publish(by=hand(meena), note="First")
    edit(entry, "Asha", answer="It hurts a little, and it is soon over.")
    entry.publish(by=hand(meena), note="Wording", passing="A test")
    text = page(client)
    assert f'<a href="#q{entry.pk}">Does it hurt?</a> Checked' in text and SAID in text and UNCHECKED not in text
    assert SAID in page(client, entry.get_absolute_url()) and SAID in page(client, "/faq/")


def test_a_question_that_nobody_checked_is_told_by_itself(checked, make_entry, meena, client):
    reword(checked, meena)
    entry = make_entry("Does it hurt?", article=checked)
    entry.publish(by=hand("Meena"), note="First")
    text = page(client)
    assert f"by Dr Nair. {SAID}" in text
    note = text[text.index('id="unchecked-h"') :]
    assert UNCHECKED in note and f'<a href="#q{entry.pk}">Does it hurt?</a>' in note
    assert text.count(UNCHECKED) == 2  # there, and at the answer itself
    assert "Not yet checked" in client.get("/articles/").text


@pytest.mark.parametrize("steps", STEPS)
def test_dangers_are_looked_for_between_the_checked_text_and_the_new_one_as_a_whole(steps, make_article, ravi, meena):
    article = make_article(by=hand("Asha"), body=steps[0])
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    for step in steps[1:]:
        edition = reword(article, meena, step)
        assert not edition.is_substance
    assert article.editions.get(number=2).carried
    texts = [one.text() for one in reversed(article.editions.order_by("-number"))]
    assert safety.find(texts[0], texts[-1], language="en")
    assert edition.carried is None and reviewer(article) is None


def test_at_most_three_editions_lie_between(checked, meena, client):
    for between in range(4):
        assert reword(checked, meena).carried, between
    assert SAID in page(client)
    assert reword(checked, meena).carried is None
    assert UNCHECKED in page(client)


@pytest.mark.parametrize(
    ("change", "carries"),
    [({"sources": "2020"}, False), ({"published_on": datetime.date(2020, 1, 1)}, True), ({"ai_part": "none"}, True)],
)
def test_sources_are_the_same(change, carries, checked, meena):
    if "sources" in change:
        change = {"sources": f"{checked.sources}\n\nAn article on blood"}
    assert bool(reword(checked, meena, **change).carried) is carries


def test_sources_are_those_that_the_reviewer_saw(checked, ravi, meena):
    edit(checked, "Asha", sources=f"{checked.sources}\n\nAn article on blood")
    checked.publish(by=hand(meena), note="Sources", passing="A test")
    assert reword(checked, meena).carried is None
    judge(checked, ravi)
    assert reword(checked, meena).carried


def test_pictures_are_the_same(make_article, ravi, meena, omar):
    bytes_of = (encoded(Image.new("RGB", (40, 40), hue), "PNG") for hue in ("red", "blue"))
    taken = [Picture.take(one, by=hand(omar), file_name="arm.png", at=timezone.now()) for one in bytes_of]
    pictures = [f"![An arm](/media/{picture.name})" for picture in taken]
    one, other = ("\n\n".join([TEXT, *some]) for some in (pictures, reversed(pictures)))
    article = make_article(by=hand("Asha"), body=one)
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    assert reword(article, meena).carried
    assert reword(article, "Meena", other).carried is None


def test_it_stands_in_the_same_place(checked, make_article, make_entry, ravi, meena):
    other = make_article("Another guide")
    entry = make_entry(article=checked)
    judge(entry, ravi)
    entry.publish(by=hand(meena), note="First")
    edit(entry, "Asha", answer="A bit.")
    assert entry.publish(by=hand(meena), note="Wording", passing="A test").carried
    edit(entry, "Asha", article=other, answer="A tiny bit.")
    assert entry.publish(by=hand(meena), note="Moved", emergency="A test", passing="A test").carried is None
    edit(entry, "Asha", article=checked, answer="A little bit.")
    assert entry.publish(by=hand(meena), note="Back", emergency="A test", passing="A test").carried is None


def test_the_language_is_one_whose_words_are_known(make_article, ravi, meena):
    for language, carries in (("hi", True), ("te", False)):
        article = make_article(f"Title {language}", by=hand("Asha"), language=language, body=TEXT)
        judge(article, ravi)
        article.publish(by=hand(meena), note="First", passing="A test")
        assert bool(reword(article, meena).carried) is carries


def test_an_edition_of_substance_between_ends_it(checked, meena):
    reword(checked, meena)
    edit(checked, "Asha", lead="Call 111 for it.")
    found = checked.judgement(checked.freeze(), timezone.now()).dangers
    told = {"emergency": "Patients wait", "ticks": [one.key for one in found], "passing": "A test"}
    assert checked.publish(by=hand(meena), note="Telephone", **told).carried is None
    edition = reword(checked, meena, TEXT.replace("a little blood", "some blood"))
    assert (edition.carried, edition.is_substance) == (None, False)


def test_who_goes_back_to_the_checked_text_after_one_of_substance_carries_nothing(checked, meena):
    """The text itself is checked, as before; but what was of substance came since it was."""
    reword(checked, meena, raises_substance=True, emergency="A test")
    edit(checked, "Asha", lead="A short test.")
    checked.publish(by=hand(meena), note="Back", passing="A test")
    assert reword(checked, meena).carried is None


def test_who_goes_back_to_the_checked_text_after_small_changes_carries_it_on(checked, meena):
    for _time in range(3):
        reword(checked, meena)
    edit(checked, "Asha", lead="A short test.")
    assert checked.publish(by=hand(meena), note="Back", passing="A test").carried is None
    for _time in range(4):
        assert reword(checked, meena).carried


def test_what_somebody_calls_of_substance_carries_nothing(checked, meena):
    assert reword(checked, meena, raises_substance=True, emergency="A test").carried is None
    assert reword(checked, meena).carried is None


def test_never_across_a_notice_as_unsafe(checked, ravi, meena):
    checked.withdraw(by=hand(meena), note="Gone", reason="unsafe")
    again = judge(checked, ravi)  # the same text: coming back takes a second person
    checked.publish(by=hand(meena), note="Back", passing="A test")
    assert reword(checked, meena).carried == again.line_id
    checked.revoke(again, by=hand(ravi), note="Mistaken")
    assert reword(checked, meena).carried is None
    assert checked.reviews.judging(timezone.now()).count() == 1


def test_a_text_called_out_of_date_for_a_while_is_still_checked(checked, meena):
    checked.withdraw(by=hand(meena), note="Gone", reason="out of date")
    assert reword(checked, meena).carried


@pytest.mark.parametrize("result", ["not fit", "fit after changes"])
def test_a_later_judgement_that_is_not_fit_ends_it_at_once_and_bars_it(result, checked, ravi, meena, client):
    reword(checked, meena)
    assert SAID in page(client)
    edit(checked, "Asha", lead="Being written.")
    judge(checked, ravi, result=result, note="No")
    assert UNCHECKED in page(client) and SAID not in page(client)
    assert reword(checked, meena).carried is None


def test_what_another_kind_says_ends_nothing(checked, omar, meena, client):
    reword(checked, meena)
    judge(checked, omar, result="not fit", kind="lay reader", note="Hard")
    assert SAID in page(client)


def test_only_a_clinicians_check_is_carried(make_article, ravi, meena):
    article = make_article(by=hand("Asha"), body=TEXT)
    judge(article, ravi, kind="translator")
    article.publish(by=hand(meena), note="First", emergency="A test", passing="A test")
    assert reword(article, meena).carried is None


def test_a_revocation_ends_it_at_once(checked, ravi, meena, client):
    reword(checked, meena)
    assert SAID in page(client)
    checked.revoke(checked.reviews.get(), by=hand(ravi), note="Overlooked")
    assert UNCHECKED in page(client)
    assert reword(checked, meena).carried is None
    call_command("verify_ledger")


def test_the_due_day_ends_it_at_once(checked, meena, client):
    reword(checked, meena)
    assert SAID in page(client)
    overdue = checked.reviews.get().overdue_at
    assert StoredPage.objects.get(key__endswith=PATH).until_us == int(overdue.timestamp() * 1_000_000)
    (review,) = told_for([checked.live(overdue)], overdue - datetime.timedelta(seconds=1))
    assert review and told_for([checked.live(overdue)], overdue) == [None]
    let_pass(days=400)
    StoredPage.objects.all().delete()
    assert UNCHECKED in page(client)
    assert reword(checked, meena).carried is None


def test_a_review_of_its_own_text_is_told_and_nothing_else(checked, ravi, meena, client):
    edit(checked, "Asha", lead="A test that is short.")
    judge(checked, ravi, result="not fit", note="No")
    edit(checked, "Asha", lead="A short test.")
    judge(checked, ravi)  # the text that patients read, once more
    assert reword(checked, meena).carried
    edit(checked, "Asha", lead="A test that is short.")
    edition = checked.publish(by=hand(meena), note="Called not fit before", passing="A test")
    assert edition.carried is None
    judge(checked, ravi)
    assert "Not yet" not in page(client) and SAID not in page(client)


def test_it_is_never_the_second_persons_for_a_change_of_substance(checked, meena):
    reword(checked, meena)
    with pytest.raises(Unreviewed):
        reword(checked, meena, raises_substance=True)


def test_what_is_carried_is_on_record_and_a_forged_one_is_noticed(checked, make_article, ravi, meena):
    reword(checked, meena)
    other = make_article("Another guide")
    theirs = judge(other, ravi)
    alter(f"UPDATE articles_articleedition SET carried = {theirs.line_id} WHERE number = 2")
    with pytest.raises(CommandError, match=f"edition 2 of {checked.name} is not what was published"):
        call_command("verify_ledger")


@pytest.fixture
def forgeable(checked, make_article, ravi, meena):
    """By what is wrong with it, the line of a review that no edition of the guide may carry."""
    other = judge(make_article("Another guide"), ravi)
    reader = judge(checked, meena, kind="lay reader")
    unfit = judge(checked, ravi, result="not fit", note="No")
    revoked = judge(checked, ravi)
    checked.revoke(revoked, by=hand(ravi), note="Mistaken")
    lines = {"another guide’s": other, "a lay reader’s": reader, "not fit": unfit, "revoked": revoked}
    return {name: review.line_id for name, review in lines.items()} | {"no review": 2, "to come": 10_000}


def forge(article, line, **told):
    """An edition that carries it, as whoever owns the database could write it, with a chain that holds."""
    with transaction.atomic():
        at, edition = ledger.lock(), article.freeze()
        edition.number, edition.is_substance, edition.carried = 2, False, line
        for name, value in told.items():
            setattr(edition, name, value)
        acts.enact(Line.Verb.PUBLISH, [edition], {article: "Forged"}, [None], now=at, at=None, by=hand("Meena"))


@pytest.mark.parametrize("wrong", ["another guide’s", "a lay reader’s", "not fit", "revoked", "no review", "to come"])
def test_what_may_not_be_carried_is_refused_by_the_database_and_noticed_where_it_is_not(wrong, forgeable, checked):
    with pytest.raises(DatabaseError, match="permanent"):
        forge(checked, forgeable[wrong])
    triggers.remove()
    forge(checked, forgeable[wrong])
    triggers.install()
    with pytest.raises(CommandError, match="carries over a review that is no clinician's"):
        call_command("verify_ledger")


def test_an_edition_of_substance_carries_nothing_in_the_database_either(checked):
    with pytest.raises(DatabaseError, match="permanent"):
        forge(checked, checked.reviews.get().line_id, is_substance=True)
    forge(checked, checked.reviews.get().line_id)
    call_command("verify_ledger")
