"""Word pairs that staff keep: each change is an act, and no medicine's name silently stands for another's."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from conftest import hand
from publishing.models import Line, Pair, Sides, Unpairable, say_pairs
from publishing.models.erasing import Words
from publishing.record import erasure, faults, starting_pairs

pytestmark = pytest.mark.databases

LIST = "/admin/publishing/pair/"
JAB = Sides("jab", "injection", "en")


@pytest.fixture
def injections(make_article):
    article = make_article("Injections at home", slug="sought")
    article.publish(by=hand("Meena"), note="First")


def finds(client, q, path="/search/"):
    return "/articles/sought/" in client.get(path, {"q": q}).text


def listed(tmp_path, text):
    file = tmp_path / "pairs.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_pair_is_added_changed_and_taken_away_by_acts(injections, client, meena):
    client.force_login(meena)
    assert not finds(client, "jab")
    told = {"word": "jab", "also": "injection", "language": "en"}
    said = client.post(f"{LIST}add/", told, follow=True).text
    assert (
        "Who types “jab” now finds “injection” too." in said
        and finds(client, "jab")
        and finds(client, "jab", "/hi/search/")
    )
    pair = Pair.objects.get()
    client.post(f"{LIST}{pair.pk}/change/", told | {"word": "needle"})
    assert finds(client, "needle") and not finds(client, "jab")
    client.post(LIST, {"way": "off", "pair": Sides("needle", "injection", "en").key})
    assert not finds(client, "needle")
    acts = client.get("/admin/publishing/line/").text
    assert "took away the word pair" in acts and "><bdi>needle, injection</bdi></a>" in acts
    assert [line.verb for line in Line.objects.order_by("seq")][1:] == ["pair", "unpair", "pair", "unpair"]
    assert list(faults()) == []


def test_a_pair_of_the_starting_list_is_switched_off_and_on(make_article, client, meena):
    make_article("Glaucoma", slug="sought").publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    pair = next(one for one in starting_pairs() if one[:2] == ("eye pressure", "glaucoma"))
    assert finds(client, "eye pressure")
    client.post(LIST, {"way": "off", "pair": pair.key})
    assert not finds(client, "eye pressure")
    assert pair.word in client.get(LIST, {"kind": "off"}).text
    client.post(LIST, {"way": "on", "pair": pair.key})
    assert finds(client, "eye pressure") and list(faults()) == []


def test_a_wrong_pair_that_is_changed_into_one_of_the_starting_list_goes(make_article, client, meena):
    make_article("Glaucoma", slug="sought").publish(by=hand("Meena"), note="First")
    say_pairs(together=[Sides("eye strain", "glaucoma", "en")], by=hand("Meena"))
    client.force_login(meena)
    right = {"word": "eye pressure", "also": "glaucoma", "language": "en"}
    said = client.post(f"{LIST}{Pair.objects.get().pk}/change/", right, follow=True).text
    assert "is a pair of the starting list already" in said
    assert not finds(client, "eye strain") and finds(client, "eye pressure") and list(faults()) == []


def test_two_medicines_are_a_pair_only_where_a_person_says_that_they_are_one(client, meena):
    client.force_login(meena)
    told = {"word": "carbimazole", "also": "carbamazepine", "language": "en"}
    assert "both name a medicine" in client.post(f"{LIST}add/", told).text and not Pair.objects.exists()
    told = {"word": "frusemide", "also": "furosemide", "language": "en", "are_one_medicine": "on"}
    client.post(f"{LIST}add/", told)
    assert Line.objects.get().told()["medicines"] == "one"


def test_a_medicine_found_by_a_pair_is_said_with_a_warning(make_article, client):
    say_pairs(together=[Sides("frusemide", "furosemide", "en")], by=hand("Meena"), medicines="one")
    make_article("Frusemide", slug="typed").publish(by=hand("Meena"), note="First")
    make_article("Furosemide", slug="sought").publish(by=hand("Meena"), note="First")
    said = client.get("/search/", {"q": "frusemide"}).text
    assert (
        "We also searched for:" in said and "compare each letter with your box" in said and finds(client, "frusemide")
    )


def test_a_file_is_taken_in_whole_or_not_at_all_and_again(injections, client, tmp_path, capsys, meena):
    head = "word,also,language\n"
    bad = head + "jab,injection,en\nthe,injection,en\nx,y\ncarbimazole,warfarin,en\npin,needle,zz\n"
    with pytest.raises(CommandError, match="Nothing was taken in. Lines to put right: 3"):
        call_command("import_synonyms", listed(tmp_path, bad))
    told = capsys.readouterr().err
    assert [f"Line {number}: " in told for number in range(2, 7)] == [False, True, True, True, True]
    assert not Line.objects.filter(verb="pair").exists()
    good = head + "jab,injection,en\nJab,Injection,en\nlow blood pressure,hypotension,en\n"
    for said in ("taken in: 1; there already: 2", "taken in: 0; there already: 3"):
        call_command("import_synonyms", listed(tmp_path, good))
        assert said in capsys.readouterr().out
    assert finds(client, "jab")
    client.force_login(meena)
    table = client.get(f"{LIST}table/").getvalue()
    call_command("import_synonyms", listed(tmp_path, table.decode()))
    assert f"taken in: 0; there already: {len(starting_pairs()) + 1}" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "a,b\n", 'word,also,language\n"jab'])
def test_what_is_no_list_of_pairs_gets_a_sentence(text, db, tmp_path):
    with pytest.raises(CommandError, match="The first line has to be|not written as CSV"):
        call_command("import_synonyms", listed(tmp_path, text))


def test_who_only_reads_changes_no_pair(client, asha, db):
    client.force_login(asha)
    page = client.get(LIST)
    assert page.status_code == 200 and "Take away" not in page.text
    assert client.post(LIST, {"way": "off", "pair": starting_pairs()[0].key}).status_code == 403
    assert client.post(f"{LIST}add/", {}).status_code == client.post(f"{LIST}file/", {}).status_code == 403


def test_nobody_says_the_same_twice(db):
    say_pairs(together=[JAB], by=hand("Meena"))
    with pytest.raises(Unpairable, match="a pair already"):
        say_pairs(together=[JAB], by=hand("Meena"))
    say_pairs(apart=[JAB], by=hand("Meena"))
    with pytest.raises(Unpairable, match="no pair any more"):
        say_pairs(apart=[JAB], by=hand("Meena"))


def test_a_pair_erased_by_law_is_no_longer_searched_by_and_the_record_holds(injections, client):
    say_pairs(together=[Sides("jane roe", "injection", "en")], by=hand("Meena"))
    assert finds(client, "jane roe")
    words = Words("Jane Roe")
    keys = {place.key for place in erasure.places(words, timezone.now())}
    erasure.erase(words, keys, by=hand("Omar"), reason="Asked for")
    assert not Pair.objects.exists() and not finds(client, "jane roe") and list(faults()) == []


@pytest.mark.parametrize(
    ("language", "title", "q"),
    [
        ("en", "Haemorrhoids", "piles"),
        ("en", "Haemorrhoids", "almorranas"),
        ("hi", "मोतियाबिंद", "motiyabind"),
        ("hi", "मोतियाबिंद", "cataract"),
        ("en", "Cataract surgery", "मोतियाबिंद"),
    ],
)
def test_staff_find_by_pairs_and_by_ear_what_patients_find(language, title, q, make_article, asha, client):
    sought = make_article(title, language=language, slug="sought")
    make_article("Something else", slug="other").publish(by=hand("Meena"), note="First")
    client.force_login(asha)
    listed = "/admin/articles/article/"
    assert "No guide fits" in client.get(listed, {"q": q}).text  # what patients do not read is found as it is written
    sought.publish(by=hand("Meena"), note="First")
    found = client.get(listed, {"q": q})
    assert found.status_code == 302 and found.url == f"{listed}{sought.pk}/change/"
