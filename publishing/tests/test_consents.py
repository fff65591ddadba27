"""Who can be known in a picture: what patients are shown, from the second on which it changes, and what is on record."""

import datetime
import re
import subprocess
import sys
import zipfile
from html import unescape
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from conftest import encoded, hand, two_coloured, when
from publishing.models import Line, Picture, consents_ending, consents_to, ledger, name_in_ledger, say
from publishing.refusals import NoteMissing, Refused

pytestmark = pytest.mark.databases

SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def picture(db, at):
    taken = Picture.take(encoded(two_coloured(900), "JPEG"), by=hand("Asha"), file_name="walk.jpg", at=at)
    Picture.objects.filter(pk=taken.pk).update(alt_text="A woman walks with a stick.")
    taken.refresh_from_db()
    return taken


@pytest.fixture
def shown(picture, make_article):
    article = make_article(body=f"## Walking\n\n{picture.markdown}")
    article.publish(by=hand("Meena"), note="First")
    return article


def is_shown(client, article):
    page = client.get(article.address()).text
    assert ('<span class="soft">A woman walks with a stick.</span>' in page) is ("<img src" not in page)
    return "<img src" in page


def files(picture):
    return [picture.name, *picture.renditions.values_list("name", flat=True)]


def loaded(client, name, **told):
    answer = client.get(f"/media/{name}", **told)
    answer.getvalue()
    return answer


def answers(client, picture):
    return {loaded(client, name).status_code for name in files(picture)}


def test_a_picture_becomes_its_description_and_its_files_are_gone_once_the_consent_is_taken_back(
    shown, picture, client
):
    assert is_shown(client, shown) and answers(client, picture) == {200}
    say(picture, "consent", by=hand("Asha"))
    assert is_shown(client, shown) and len(files(picture)) > 3
    say(picture, "retract", by=hand("Asha"), note="She wrote to us")
    assert not is_shown(client, shown) and answers(client, picture) == {410}
    say(picture, "consent", by=hand("Asha"))
    assert is_shown(client, shown) and answers(client, picture) == {200}
    call_command("verify_ledger")


def test_a_consent_ends_on_its_second_on_pages_that_were_stored_before(press, make_article, client, at):
    picture = Picture.take(encoded(two_coloured(900), "JPEG"), by=hand("Asha"), file_name="walk.jpg", at=at)
    Picture.objects.update(alt_text="A woman walks with a stick.")
    picture.refresh_from_db()
    article = make_article(body=f"## Walking\n\n{picture.markdown}")
    article.publish(by=hand("Meena"), note="First")
    say(picture, "consent", by=hand("Asha"), ends_at=timezone.now() + 2 * SECOND)
    stored = [is_shown(client, article) for _again in range(2)]
    assert stored == [True, True] and answers(client, picture) == {200}
    ends_at = consents_to([picture.name], timezone.now() + SECOND)[picture.name].ends_at
    while timezone.now() < ends_at:
        pass
    assert not is_shown(client, article) and answers(client, picture) == {410}


def test_only_a_picture_that_shows_nobody_is_kept_for_ever(picture, client):
    def cached():
        return {loaded(client, name).headers["Cache-Control"] for name in files(picture)}

    asked_anew = {"public, max-age=0, must-revalidate"}
    assert cached() == asked_anew
    say(picture, "consent", by=hand("Asha"))
    assert cached() == asked_anew
    say(picture, "nobody", by=hand("Asha"))
    assert cached() == {"public, max-age=31536000, immutable"}


def test_a_file_that_a_browser_kept_is_gone_too(picture, client):
    say(picture, "retract", by=hand("Asha"), note="She wrote")
    tag = {"If-None-Match": f'"{picture.name[:64]}"'}
    answer = loaded(client, picture.name, headers=tag)
    assert answer.status_code == 410 and "description stands in the text" in answer.text


def test_staff_still_see_the_page_as_it_was_with_its_picture(shown, picture, asha, client):
    say(picture, "retract", by=hand("Asha"), note="She wrote")
    client.force_login(asha)
    before = Line.objects.get(verb="publish").at
    assert "<img src" in client.get(f"/admin/as-it-was/{when(before)}{shown.address()}").text
    after = Line.objects.moment_of_reading()
    assert "<img src" not in client.get(f"/admin/as-it-was/{when(after)}{shown.address()}").text
    answer = loaded(client, picture.name)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("is_over", [False, True])
def test_a_file_for_a_complaint_proves_what_stood_there(is_over, shown, picture, asha, client, tmp_path):
    say(picture, "consent", by=hand("Asha"))
    before = Line.objects.moment_of_reading()
    say(picture, "retract", by=hand("Asha"), note="She wrote")
    client.force_login(asha)
    at = Line.objects.moment_of_reading() if is_over else before
    answer = client.get(f"/admin/complaint/{when(at)}{shown.address()}")
    zipfile.ZipFile(BytesIO(answer.getvalue())).extractall(tmp_path)
    assert (tmp_path / "pictures" / picture.name).exists() is not is_over
    run = [sys.executable, "-I", tmp_path / "verify.py"]
    check = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert check.returncode == 0, check.stdout
    # And a page that shows what was not shown, or the reverse, is found out.
    page = (tmp_path / "page.html").read_text()
    image = f'<img src="pictures/{picture.name}" alt="A woman walks with a stick.">'
    words = '<span class="soft">A woman walks with a stick.</span>'
    altered = page.replace(words, image) if is_over else page.replace("<img src", "<b").replace(picture.name, "")
    assert altered != page
    (tmp_path / "page.html").write_text(altered)
    assert subprocess.run(run, capture_output=True, timeout=60, check=False).returncode == 1


def test_what_cannot_be_said_of_a_picture_is_refused(picture):
    for told in ({"verb": "retract"}, {"verb": "consent", "ends_at": timezone.now() - SECOND}):
        with pytest.raises((Refused, NoteMissing)):
            say(picture, by=hand("Asha"), **told)
    say(picture, "nobody", by=hand("Asha"))
    with pytest.raises(Refused, match="already"):
        say(picture, "nobody", by=hand("Asha"))
    assert Line.objects.count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {"verb": "nobody", "number": 1},
        {"verb": "consent", "in_force_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
        {"verb": "retract", "in_force_at": datetime.datetime(2090, 1, 1, tzinfo=datetime.UTC)},
        {"verb": "publish", "number": 1},
    ],
)
def test_the_database_takes_no_impossible_line_of_a_picture(told, picture):
    work = name_in_ledger(picture.name)
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic():
        ledger.append(told.pop("verb"), work, at=ledger.lock(), by=hand("Asha"), touches={work}, **told)


def test_consents_are_told_before_they_end_the_soonest_first(db, at):
    taken = []
    for days, height in ((50, 10), (20, 20), (70, 30)):
        image = encoded(two_coloured(40, height), "PNG")
        taken.append(Picture.take(image, by=hand("Asha"), file_name="a.png", at=at))
        say(taken[-1], "consent", by=hand("Asha"), ends_at=at + datetime.timedelta(days=days))
    later = Line.objects.moment_of_reading()
    found = [digest for digest, _consent in consents_ending(later, datetime.timedelta(days=60))]
    assert found == [taken[1].name[:64], taken[0].name[:64]]
    say(taken[1], "retract", by=hand("Asha"), note="Sooner")
    later = Line.objects.moment_of_reading()
    assert [one for one, _consent in consents_ending(later, datetime.timedelta(days=60))] == found[1:]


def test_a_page_that_was_opened_before_says_nothing_again_of_who_can_be_known(picture, omar, client, at):
    """Neither where its person changed something else, nor over what a colleague said meanwhile."""
    client.force_login(omar)
    say(picture, Line.Verb.NOBODY, by=hand("Asha"))
    url = f"/admin/publishing/picture/{picture.pk}/change/"
    page = client.get(url)
    shown = {
        name: unescape(value) for name, value in re.findall(r'name="(initial-[\w-]+)"(?: value="([^"]*)")?', page.text)
    }
    assert shown["initial-people"] == "nobody"
    say(picture, Line.Verb.CONSENT, by=hand("Ravi"), note="By letter", ends_at=at + datetime.timedelta(days=90))
    given = shown | {"alt_text": "An arm.", "people": "nobody", "until": "", "source": "Our own", "licence": ""}
    assert client.post(url, given).status_code == 302
    picture.refresh_from_db()
    told = consents_to([picture.name], Line.objects.moment_of_reading())[picture.name]
    assert (picture.source, told.verb, told.ends_at) == ("Our own", "consent", at + datetime.timedelta(days=90))
    answer = client.post(url, given | {"people": "consent"})
    assert "Somebody said meanwhile who can be known in it" in answer.text
    assert Line.objects.filter(verb="consent").count() == 1
