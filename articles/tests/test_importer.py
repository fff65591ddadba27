"""Intake texts become working copies; what cannot be is said, and nothing is overwritten."""

import os

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models.articles import Article
from articles.models.intakes import Intake
from articles.models.topics import Topic
from conftest import SAMPLE, hand
from faq.models import Entry
from publishing.models import Line, Publisher, Sponsor

PLAIN = """Having a blood test
A blood test is quick. We take a little blood from your arm.
What happens
Sitting down: You sit in a chair.
The needle: A nurse puts in a thin needle.
After the test: You press on the spot.
Risks
Bruise: You may get a small bruise.
Fainting: A few people feel faint.
FAQ Section
Does it hurt?
A little, for a moment.
Published on: March 3, 2024
Uploaded by: NILA
www.example.org
Follow us on social media: Facebook || Instagram
"""
KNEE = """Looking after your knee
Your knee needs rest after an operation.
What helps
Ice: Cool it for ten minutes.
Rest: Lay it on a cushion.
Published on: March 3, 2024
Uploaded by: NILA
"""
SPONSOR = "Powered by Example Funds\nOldest in town | 100+ branches\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "blood-test.txt"
    path.write_text(PLAIN)
    return path


def test_a_plain_text_is_published_with_everything_it_says(file, client, db):
    call_command("import_articles", file, "--publish")
    page = client.get("/articles/having-a-blood-test/").text
    for text in (
        "thin needle",
        "Does it hurt?",
        "3 March 2024",
        "NILA",
        "www.example.org",
    ):
        assert text in page
    assert {line.by_name for line in Line.objects.all()} == {"import"}
    assert {line.note for line in Line.objects.exclude(verb="change")} == {"First published here."}
    assert "Not yet checked by a clinician" in page
    assert Publisher.objects.get().social == "Facebook\nInstagram"


def test_a_sponsor_whose_connection_nobody_tells_holds_the_guide_back(file, db, capsys):
    file.write_text(PLAIN + SPONSOR)
    with pytest.raises(CommandError):
        call_command("import_articles", file, "--publish")
    assert "The sponsor “Example Funds” stands there without its connection" in capsys.readouterr().err
    assert (Sponsor.objects.get().wording, Line.objects.count()) == ("Powered by", 0)


def test_a_sponsor_whose_connection_staff_have_told_stands_in_the_next_file_too(file, tmp_path, db):
    file.write_text(PLAIN + SPONSOR)
    call_command("import_articles", str(file))
    Sponsor.objects.update(connection="It gave the paper.")
    other = tmp_path / "knee.txt"
    other.write_text(KNEE + SPONSOR)
    call_command("import_articles", str(other), publish=True)
    assert Sponsor.objects.get().connection == "It gave the paper."
    assert (
        Article.objects.get(title__contains="your knee").live(timezone.now()).sponsor_connection == "It gave the paper."
    )


def test_what_must_be_fixed_holds_a_file_back_and_the_others_go_on(file, tmp_path, db, capsys):
    (tmp_path / "dose.md").write_text("# Pain\n\n## Dose\n\nTake 3.0 mg. <b>Now</b>\n")
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("import_articles", tmp_path, "--publish")
    told = capsys.readouterr()
    assert "“Pain” (text, line 3): “3.0 mg” can be read as 30 mg. Write “3 mg”." in told.err
    assert "line 5: tags of HTML became our Markdown" in told.err
    assert "blood-test.txt: imported and published\n  Please add: " in told.out and "It names no source." in told.out
    assert [one.title for one in Article.objects.all() if one.editions.exists()] == ["Having a blood test"]
    (tmp_path / "dose.md").write_text("# Pain\n\n## Dose\n\nTake 3 mg.\n")
    call_command("import_articles", tmp_path, "--publish")
    assert Article.objects.get(title="Pain").editions.exists()


def test_what_comes_again_with_a_fault_is_held_back_and_named(file, db, capsys):
    call_command("import_articles", file, "--publish")
    file.write_text(PLAIN.replace("small bruise", "small <i>bruise</i>"))
    with pytest.raises(CommandError):
        call_command("import_articles", file, "--publish")
    assert "“<i>” is a tag of HTML" in capsys.readouterr().err
    assert Article.objects.get().editions.count() == 1


def test_without_publish_nobody_reads_it(file, client, db):
    call_command("import_articles", file)
    assert Article.objects.count() == 1
    assert client.get("/articles/having-a-blood-test/").status_code == 404


def test_a_second_import_changes_nothing(file, db, capsys):
    call_command("import_articles", file, "--publish")
    before = Article.objects.values().get()
    call_command("import_articles", file, "--publish")
    assert "unchanged" in capsys.readouterr().out
    assert (Article.objects.values().get(), Line.objects.count()) == (before, 2)


def test_a_changed_file_updates_the_working_copy(file, db):
    call_command("import_articles", file)
    file.write_text(PLAIN.replace("small bruise", "bruise").replace("Does it hurt?", "Will it hurt?"))
    call_command("import_articles", file)
    article = Article.objects.get()
    assert "get a bruise" in article.body
    assert [entry.question for entry in article.entry_set.all()] == ["Will it hurt?"]


@pytest.mark.parametrize("change", ["", "small bruise"])
def test_what_staff_have_edited_is_never_overwritten(change, file, db, capsys):
    call_command("import_articles", file)
    article = Article.objects.get()
    article.lead = "Edited by staff."
    article.keep(by=hand("Asha"), at=timezone.now())
    file.write_text(PLAIN.replace(change, "bruise") if change else PLAIN)
    with pytest.raises(CommandError):
        call_command("import_articles", file)
    assert "Staff have edited" in capsys.readouterr().err
    assert Article.objects.get().lead == "Edited by staff."


def test_an_answer_that_staff_have_edited_is_a_conflict_too(file, db):
    call_command("import_articles", file)
    entry = Article.objects.get().entry_set.get()
    entry.answer = "Edited by staff."
    entry.keep(by=hand("Asha"), at=timezone.now())
    with pytest.raises(CommandError):
        call_command("import_articles", file)


def test_a_withdrawn_guide_is_not_brought_back(file, client, db):
    call_command("import_articles", file, "--publish")
    Article.objects.get().withdraw(by=hand("Asha"), note="Wrong", reason="unsafe")
    call_command("import_articles", file, "--publish")
    assert client.get("/articles/having-a-blood-test/").status_code == 410


def test_a_doubtful_line_leaves_it_unpublished_and_is_named(file, db, capsys):
    file.write_text(PLAIN.replace("March 3, 2024", "03/04/2024"))
    with pytest.raises(CommandError):
        call_command("import_articles", file, "--publish")
    assert "line 13" in capsys.readouterr().err
    assert not Line.objects.filter(verb="publish").exists()
    assert "line 13" in Intake.objects.get().doubts


def test_bad_files_are_named_and_the_others_go_on(file, tmp_path, db, capsys):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "old.txt").write_bytes("Überschrift\nText ä.".encode("cp1252"))
    (tmp_path / "long.txt").write_text("x" * 300 + "\nA text.\n" + PLAIN.partition("\n")[2])
    with pytest.raises(CommandError, match="5 of 6"):
        call_command("import_articles", tmp_path, tmp_path / "missing.txt")
    errors = capsys.readouterr().err
    for name in ("empty.txt", "binary.txt", "old.txt", "long.txt", "missing.txt"):
        assert name in errors
    assert "Traceback" not in errors
    assert [article.title for article in Article.objects.all()] == ["Having a blood test"]


def test_a_name_that_is_not_utf_8_is_shown_and_the_others_go_on(file, tmp_path, db, capsys):
    for folder in (tmp_path, tmp_path / "again"):
        folder.mkdir(exist_ok=True)
        (folder / os.fsdecode(b"a-caf\xe9.txt")).write_text(PLAIN)
    with pytest.raises(CommandError, match="2 of 3"):
        call_command("import_articles", tmp_path, "--publish")
    assert "a-caf\\xe9.txt: the file's name is not UTF-8; give" in capsys.readouterr().err
    assert Article.objects.get().editions.count() == 1


def test_a_line_about_the_publication_is_never_published_as_a_step(file, db, capsys):
    file.write_text(PLAIN.partition("FAQ")[0] + "Next review: June 2026\nUploaded on: March 3, 2024\n")
    with pytest.raises(CommandError):
        call_command("import_articles", file, "--publish")
    assert "line 10: this line belongs to no field" in capsys.readouterr().err
    assert not Article.objects.get().editions.exists()


def test_two_files_with_one_title_get_two_addresses_and_a_person_decides(file, tmp_path, db, capsys):
    other = tmp_path / "other.txt"
    other.write_text(PLAIN)
    with pytest.raises(CommandError, match="2 of 2"):
        call_command("import_articles", file, other, "--publish")
    assert "Another guide is called “Having a blood test” too (at “having-a-blood-test-2”)" in capsys.readouterr().err
    assert not Line.objects.exists()
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["having-a-blood-test", "having-a-blood-test-2"]


def test_files_in_several_languages_with_the_same_questions_are_taken_together(tmp_path, client, db):
    for number, (language, title) in enumerate([("en", "Blood"), ("hi", "खून"), ("en", "Heart"), ("ur", "خون")]):
        head = f"---\ntitle: {title}\nlanguage: {language}\n---\n\n## Care\n\nText.\n"
        (tmp_path / f"{number}.md").write_text(f"{head}\n## Questions\n\n### Why?\n\nSo.\n")
    call_command("import_articles", "--publish", tmp_path)
    assert set(Entry.objects.values_list("language", "slug")) == {
        ("en", "why"),
        ("en", "why-2"),
        ("hi", "why"),
        ("ur", "why"),
    }
    assert client.get("/ur/articles/خون/").status_code == client.get("/articles/heart/").status_code == 200
    call_command("verify_ledger")


def test_two_files_with_one_name_in_two_folders_are_two_guides(tmp_path, client, db, capsys):
    for folder, text in (("a", "One tablet."), ("b", "Two tablets.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pain.md").write_text(f"---\ntitle: Pain {folder}\n---\n\n## Care\n\n{text}\n")
    for _again in range(2):
        call_command("import_articles", "--publish", tmp_path)
        assert "One tablet." in client.get("/articles/pain-a/").text
    assert set(Intake.objects.values_list("file_name", flat=True)) == {"a/pain.md", "b/pain.md"}
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("import_articles", tmp_path / "a/pain.md", tmp_path / "b/pain.md")
    assert "has the same name" in capsys.readouterr().err


def test_topics_that_are_written_alike_get_two_addresses(db):
    for name in ("Heart", "Heart!"):
        Topic(title=name).keep(by=hand("Omar"), note="New")
    assert set(Topic.objects.values_list("slug", flat=True)) == {"heart", "heart-2"}
    with pytest.raises(ValidationError, match="at least one letter"):
        Topic(title="!!!").full_clean()


def test_another_guide_under_a_known_file_name_is_a_conflict(file, db, capsys):
    call_command("import_articles", file)
    file.write_text(
        "Your first visit\nCome a little early.\nWhat to bring\nBring your papers and a list of questions.\n"
    )
    with pytest.raises(CommandError):
        call_command("import_articles", file)
    assert "Rename the file" in capsys.readouterr().err
    assert Article.objects.get().title == "Having a blood test"


def test_a_guide_under_a_new_title_is_the_same_guide(file, db):
    call_command("import_articles", file)
    file.write_text(PLAIN.replace("Having a blood test", "Your blood test", 1))
    call_command("import_articles", file)
    assert Article.objects.get().title == "Your blood test"


def test_a_published_question_that_left_the_file_needs_a_person(file, db, capsys):
    call_command("import_articles", file, "--publish")
    file.write_text(PLAIN.replace("Does it hurt?", "Will it hurt?"))
    with pytest.raises(CommandError, match="1 of 1 file needs a person"):
        call_command("import_articles", file)
    assert "no longer in the file" in capsys.readouterr().err


def test_the_sample_is_taken_in_once(db, capsys):
    call_command("import_articles", SAMPLE, "--publish")
    call_command("import_articles", SAMPLE, "--publish")
    assert Article.objects.count() == 1
    assert Article.objects.get().entry_set.count() == 5


def test_a_link_to_a_file_is_not_followed(db, tmp_path):
    folder, elsewhere = tmp_path / "guides", tmp_path / "elsewhere"
    for one in (folder, elsewhere):
        one.mkdir()
    (elsewhere / "secret.txt").write_text("A secret\n\nNobody may read this here.")
    (folder / "alias.txt").symlink_to(elsewhere / "secret.txt")
    (folder / "inside").symlink_to(elsewhere)
    for path in (folder, folder / "alias.txt", folder / "inside"):
        with pytest.raises(CommandError):
            call_command("import_articles", path)
    assert not Article.objects.exists()
