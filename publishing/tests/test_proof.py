"""Proof outside the machine: a head of the ledger that left it is later held against the chain."""

import io

import pytest
from django.core.management import CommandError, call_command

from conftest import alter, hand
from publishing.models import Line
from publishing.record.verifying.proof import Anchor, Unreadable, printed, read


@pytest.fixture
def noted(make_article):
    """The head as it was noted, before the ledger went on."""
    make_article().publish(by=hand("Meena"), note="First")
    line = Line.objects.head()
    make_article("Other").publish(by=hand("Meena"), note="Later")
    return line


def checked(text, capsys):
    call_command("verify_ledger", anchor=text)
    return capsys.readouterr().out


def test_a_line_is_printed_in_a_form_that_is_read_again(noted):
    text = printed(noted)
    assert text.startswith("line 1 · ") and " UTC · " in text
    assert len(text.rpartition(" · ")[2].split()) == 8
    same = Anchor(1, noted.hash)
    in_a_mail = f"Dear all,\n> the head of 24 June 2026 is\n> {text[:60]}\n> {text[60:]}\n> Regards, 12 people"
    for form in (text, text.upper(), f"1:{noted.hash}", f" 1 : {noted.hash.upper()}", in_a_mail):
        assert read(form) == same, form


@pytest.mark.parametrize("text", ["", "1", "1:abc", "line 1 · 24 June", "1:" + "g" * 64, "1:" + "a" * 65])
def test_what_names_no_line_gets_a_sentence(text):
    with pytest.raises(Unreadable, match="There is no line of the ledger in that"):
        read(text)


def test_the_command_says_whether_the_line_is_still_there(noted, capsys, tmp_path, monkeypatch):
    still = "The ledger still contains line 1 as it was noted"
    assert still in checked(f"1:{noted.hash}", capsys)
    assert still in checked(printed(noted), capsys)
    (tmp_path / "mail.txt").write_text(f"The head:\n{printed(noted)}\n")
    assert still in checked(str(tmp_path / "mail.txt"), capsys)
    monkeypatch.setattr("sys.stdin", io.StringIO(printed(noted)))
    assert still in checked("-", capsys)


def test_the_command_fails_for_another_hash_a_missing_line_and_nonsense(noted, tmp_path):
    (tmp_path / "empty.txt").write_text("nothing")
    for text, said in (
        (f"1:{'0' * 64}", "is not the one that was noted"),
        (f"9:{noted.hash}", "does not contain line 9"),
        ("nonsense", "There is no line"),
        (str(tmp_path / "empty.txt"), "There is no line"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("verify_ledger", anchor=text)


def test_a_whole_ledger_written_anew_is_noticed_by_who_noted_its_head(noted, make_article):
    """Whoever owns the database can write another ledger that holds in itself; the line noted outside tells."""
    alter("UPDATE publishing_line SET note = 'Other' WHERE seq = 1")
    first, second = Line.objects.order_by("seq")
    alter(f"UPDATE publishing_line SET note_digest = '{first.salted('note')}' WHERE seq = 1")
    alter("UPDATE articles_articleedition SET note = 'Other' WHERE line_id = 1")
    first.refresh_from_db()
    hash_now = first.compute_hash()
    alter(f"UPDATE publishing_line SET hash = '{hash_now}' WHERE seq = 1")
    second.previous = hash_now
    alter(f"UPDATE publishing_line SET previous = '{hash_now}', hash = '{second.compute_hash()}' WHERE seq = 2")
    with pytest.raises(CommandError, match="is not the one that was noted"):
        call_command("verify_ledger", anchor=f"1:{noted.hash}")


def test_the_page_prints_the_head_and_checks_one(noted, asha, client):
    client.force_login(asha)
    page = client.get("/admin/proof/").text
    assert printed(Line.objects.head()) in page
    assert "still contains line 1" in client.get("/admin/proof/", {"anchor": printed(noted)}).text
    assert "is not the one that was noted" in client.get("/admin/proof/", {"anchor": f"1:{'0' * 64}"}).text
    assert "There is no line of the ledger in that" in client.get("/admin/proof/", {"anchor": "hello"}).text


def test_the_page_does_not_trust_a_chain_that_is_broken_after_the_line(noted, asha, client):
    alter("UPDATE publishing_line SET note = 'Other' WHERE seq = 2")
    client.force_login(asha)
    answer = client.get("/admin/proof/", {"anchor": printed(noted)}).text
    assert "The chain of the ledger does not hold. line 2" in answer
