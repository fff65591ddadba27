"""Files with what another program would have read: never published by themselves, and no word is lost without a word."""

import pytest
from django.utils import timezone

from articles.importing import take
from articles.models import Article
from articles.sources.files import parse

TEXT = "# Sling {}\n\nWhat you do with it at home.\n\n## At home\n\nKeep it dry and rest the arm.\n\n{}\n"
SHOWN = {
    "a command of LaTeX": "\\textbf{Take} it",
    "a command that begins as a letter": "\\newpage",
    "a formula": "Take $5 \\times 3$ mg",
    "a line of a program": 'import Tabs from "@theme/Tabs";',
    "an export": "export const dose = 5;",
    "a value of a program": "Take {props.dose} mg",
    "a mark of CriticMarkup": "{++added++} {--old 5 mg--}",
    "a mark of a forum": "[b]Take[/b] it",
    "a callout of Obsidian": "> [!danger]- Title\n> text",
    "a comment of Obsidian": "%% for staff %%",
    "an inline footnote": "Take it^[with food] daily.",
    "a name of a sign": ":warning: Take care",
    "a directive": ".. note:: Take care",
    "a heading of AsciiDoc": "== Heading ==",
    "more marks": "^^ins^^ ++add++ ||spoil||",
    "a struck dose": "~~Take 5 mg.~~ Take 3 mg.",
    "a half struck dose": "~Take 5 mg.~ Take 3 mg.",
    "a code without its end": "Take &nbsp 5 mg",
    "a sign of one font": "Take \uf061 of it",
    "columns by a line": "Morning | 5 mg\nNight | 3 mg",
    "columns by blanks": "Morning    5 mg\nNight      3 mg",
    "an indented line": "Then:\n\n    Call 123\n    at night",
    "a list that counts otherwise": "1. one\n3. three\n7. seven",
    "a picture of another program": "![[arm.png]]",
    "a cell too many": "| A | B |\n|---|---|\n| 1 | 2 | lost |",
}


@pytest.mark.parametrize("kind", SHOWN)
def test_what_patients_would_read_otherwise_is_never_published_by_itself(kind, db, tmp_path):
    (tmp_path / "x.md").write_text(TEXT.format(1, SHOWN[kind]))
    outcome = take(tmp_path / "x.md", at=timezone.now(), publish=True)
    assert outcome.result == "imported" and outcome.needs_a_person and not Article.objects.get().editions.exists()


def test_a_footnote_keeps_a_first_paragraph_in_the_text(db):
    source = parse(
        "# Sling\n\nTake one tablet.[^1] Rest.\n\n## At home\n\nKeep dry.\n\n[^1]: With food.\n", name="x.md"
    )
    assert source.lead == "" and "[^1] Rest." in source.body


def test_a_word_that_would_stand_nowhere_is_quoted():
    source = parse(TEXT.format(1, "| A | B |\n|---|---|\n| 1 | 2 | nowhere |"), name="x.md")
    assert "“nowhere”" in " ".join(map(str, source.doubts))


LISTS = {
    "1️⃣ Wash\n2️⃣ Dry": "1. Wash\n2. Dry",
    "① Wash\n② Dry": "1. Wash\n2. Dry",
    "(1) Wash\n(2) Dry": "1. Wash\n2. Dry",
    "a) Wash\nb) Dry": "- a) Wash\n- b) Dry",
    "i. Wash\nii. Dry": "- i. Wash\n- ii. Dry",
    "You need:\na) soap\nb) water": "You need:\n\n- a) soap\n- b) water",
    "\uf0b7 Wash\n\uf0b7 Dry": "- Wash\n- Dry",
    "\uf0fc Do rest\n\uf0fb Do not drive": "- ✔ Do rest\n- ✘ Do not drive",
}


@pytest.mark.parametrize("written", LISTS)
def test_lines_counted_by_signs_are_lists(written):
    source = parse(TEXT.format(1, written), name="x.md")
    assert source.body.endswith(LISTS[written]) and source.doubts == []


@pytest.mark.parametrize("written", ["a) Wash\nc) Dry", "i. Wash", "(2) is one\nof two"])
def test_lines_that_only_look_counted_stay(written):
    assert parse(TEXT.format(1, written), name="x.md").body.endswith(written)
