"""Folders of other tools' sites: what their places and names tell, and pictures that stand beside the texts."""

import contextlib
import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import Article
from articles.sources.files import parse

CARE = "---\ntitle: {}\n---\n\nWhat you should do at home with it.\n\n## At home\n\nKeep it dry and rest the arm. {}\n"


@pytest.fixture
def brought(tmp_path, db, capsys):
    """Bring in files by their names; what the command says."""

    def bring(**files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with contextlib.suppress(CommandError):
            call_command("import_articles", tmp_path, publish=True)
        said = capsys.readouterr()
        return said.out + said.err

    return bring


def published():
    return sorted(one.title for one in Article.objects.all() if one.editions.exists())


def test_a_text_with_its_picture_beside_it_is_published(brought):
    file = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(file, "PNG")
    said = brought(
        **{"en/sling.md": CARE.format("Sling", "\n\n![A sling](img/arm.png)"), "en/img/arm.png": file.getvalue()}
    )
    assert published() == ["Sling"] and "not kept here" not in said


def test_what_lies_among_drafts_or_is_the_page_of_a_folder_is_never_published_by_itself(brought):
    said = brought(**{
        "_drafts/hip.md": CARE.format("Hip", ""), "content/drafts/knee.md": CARE.format("Knee", ""),
        "content/en/_index.md": CARE.format("Leaflets", ""), "content/en/arm.md": CARE.format("Arm", ""),
    })  # fmt: skip
    assert published() == ["Arm"]
    assert "it lies in “_drafts”: it was not public" in said and "“_index.md” is the page of a folder there" in said


def test_what_belongs_to_the_program_of_a_site_is_left_alone(brought):
    page = "<h1>Pattern</h1><p>What you should do at home with it.</p>"
    said = brought(
        **{"_layouts/x.html": page, "src/_includes/y.md": CARE.format("Part", ""), "a.md": CARE.format("A", "")}
    )
    assert published() == ["A"] and Article.objects.count() == 1
    assert said.count("It belongs to a website's program") == 2


def test_a_day_in_front_of_a_name_is_that_of_the_text():
    text = CARE.format("Hip", "")
    assert parse(text, name="_posts/2024-02-03-hip.md").published_on == datetime.date(2024, 2, 3)
    assert parse(text, name="2024-02-33-hip.md").published_on is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```mermaid\ngraph TD\n```", "“graph TD” is written for a program (mermaid)"),
        ("Take $$x^2$$ of it.", "“$$x^2$$” is a formula of another program"),
    ],
)
def test_what_is_written_for_a_program_is_told(brought, text, words):
    assert words in brought(**{"a.md": CARE.format("Arm", f"\n\n{text}")}) and not published()


def test_the_old_number_is_found_below_the_last_question():
    source = parse(
        CARE.format("Arm", "\n\n## Questions\n\n### May I swim?\n\nNo.\n\nLeaflet number: ARM-12"), name="a.md"
    )
    assert source.leaflet_number == "ARM-12"
    assert any("is about the leaflet itself" in str(one) for one in source.doubts)


def test_no_other_key_is_offered_for_one_that_other_tools_have():
    source = parse("---\ntitle: Arm\nresources: x\n---\n\nText.\n", name="a.md")
    assert "did you mean" not in "".join(map(str, source.doubts))
