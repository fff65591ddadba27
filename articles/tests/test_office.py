"""Files of word processors: every word stands in its place or in a doubt that quotes it, and nothing struck is shown."""

import io

import pytest
from PIL import Image

from articles.sources.files import Unreadable, read_bytes
from articles.tests.papers import docx, odt, p, run, table

TITLE = p("Drops for the eye", "T")
DEL = '<w:del w:author="Mira">{}</w:del>'
INS = '<w:ins w:author="Mira">{}</w:ins>'


def read(*blocks, **others):
    return read_bytes(docx(TITLE, *blocks, **others), "drops.docx")


def told(source):
    return "\n".join(map(str, source.doubts))


def struck(text):
    return DEL.format(f"<w:r><w:delText>{text}</w:delText></w:r>")


def test_title_headings_and_looks_come_over():
    link = '<w:hyperlink r:id="x">' + run("our page") + "</w:hyperlink>"
    rels = '<Relationship Id="x" Target="https://www.example.org/eye" TargetMode="External"/>'
    source = read(p("At home", "H"), p(run("Put in ") + run("two", "<w:b/>") + run(" drops, see ") + link), rels=rels)
    assert source.title == "Drops for the eye"
    assert source.body == "## At home\n\nPut in **two** drops, see [our page](https://www.example.org/eye)"
    assert source.doubts == []


def test_changes_that_nobody_accepted_are_told_and_never_shown():
    source = read(
        p("At home", "H"),
        p(run("Put in ") + struck("nine") + INS.format(run("two")) + run(" drops.")),
        "<w:tbl><w:tr><w:tc>"
        + p("Age")
        + "</w:tc><w:tc>"
        + p("Drops")
        + "</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr>"
        "<w:tc>" + p("baby") + "</w:tc><w:tc>" + p("seven") + "</w:tc></w:tr></w:tbl>",
        comments='<w:comment w:author="Dr Rao">' + p("Is this too much?") + "</w:comment>",
    )
    assert "Put in two drops." in source.body
    for words in ("nine", "baby", "seven", "too much"):
        assert words not in source.body and words in told(source)
    assert "under “At home”, at “Put in two drops.”: Struck out by Mira and left out: “nine”" in told(source)
    assert "by Dr Rao is left out: “Is this too much?”" in told(source)


def test_a_paragraph_whose_end_is_struck_goes_on():
    mark = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    source = read(p("At home", "H"), f"{mark}{run('Never share')}</w:p>", p(" the bottle."))
    assert source.body == "## At home\n\nNever share the bottle."


def test_a_list_that_goes_on_keeps_its_numbers():
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="1">{level.format("%1.")}</w:abstractNum>'
    numbering += f'<w:abstractNum w:abstractNumId="2">{level.format("Part %1")}</w:abstractNum>'
    numbering += (
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )

    def entry(text, number=1):
        return p(text).replace(
            "<w:pPr>", f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>', 1
        )

    source = read(
        entry("Sit."), entry("Look up."), p("Rest now."), entry("Blink."), entry("Wait.", 2), numbering=numbering
    )
    assert "1. Sit.\n2. Look up.\n\nRest now.\n\n3. Blink." in source.body
    assert "at “Wait.”: A list has “Part 1” in front" in told(source)


def test_boxes_fields_notes_and_edges_are_kept_or_told():
    box = "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    box += "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    box += "</mc:AlternateContent></w:r>"
    day = '<w:fldSimple w:instr=" DATE "><w:r><w:t>1.2.2024</w:t></w:r></w:fldSimple>'
    source = read(
        p("At home", "H"),
        p(run("Keep it cold.") + box.format(p("Throw it away after a month."))),
        p(run("Since ") + day + run(" it is free.") + '<w:r><w:footnoteReference w:id="5"/></w:r>'),
        p(run("Take 30 drops", "<w:strike/>") + run(" Take 3 drops.") + run(" Only for staff.", "<w:vanish/>")),
        footnotes='<w:footnote w:id="5">' + p("Our own count.") + "</w:footnote>",
        footer1=p("Leaflet EYE-77. Reviewed 02/03/2024 by Dr A. Sen. Next review: March 2027"),
    )
    assert source.body.count("Throw it away after a month.") == 1 and "> [!NOTE]" in source.body
    assert "it is free.[^1]" in source.body and "[^1]: Our own count." in source.body
    assert "30" not in source.body and "Only for staff" not in source.body and "EYE-77" not in source.body
    assert source.leaflet_number == "EYE-77"
    for words in ("“1.2.2024” is a field", "“Take 30 drops” is struck out", "“Only for staff.” cannot be seen",
                  "is it 2 March 2024 or 3 February 2024?", "by: “Dr A. Sen”", "next review: “March 2027”"):  # fmt: skip
        assert words in told(source)


def test_words_that_no_reader_knows_are_missed():
    source = read(p("At home", "H"), p("Rest."), "<w:unheard>" + p("Nobody reads this warning.") + "</w:unheard>")
    assert "missing: “nobody reads this warning”" in told(source)


def test_bold_lines_are_headings_only_where_they_look_so():
    def bold(text, size):
        return p(run(text, f'<w:b/><w:sz w:val="{size}"/>'))

    blocks = [
        bold("YOUR CAST", 40),
        bold("At home:", 28),
        p("Keep it dry."),
        bold("Never cut it.", 20),
        bold("Ward: 020 7946 0001", 20),
    ]
    blocks += [bold("Questions", 28), bold("May I swim?", 20), p("No.")]
    source = read_bytes(docx(*blocks), "cast.docx")
    assert source.title == "YOUR CAST"
    assert source.body == "## At home\n\nKeep it dry.\n\n**Never cut it.**\n\n**Ward: 020 7946 0001**"
    assert source.questions == [("May I swim?", "No.")]
    assert "These bold lines became headings: “YOUR CAST”, “At home”, “Questions”" in told(source)


def test_tables_keep_their_columns_and_joined_cells_are_told():
    joined = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Week one") + "</w:tc>"
    source = read(
        p("Dose", "H"), table(["When", "Drops"], ["Noon", "1 | 2"]).replace("<w:tr>", f"<w:tr>{joined}</w:tr><w:tr>", 1)
    )
    assert "| Week one |  |\n| When | Drops |\n| Noon | 1 \\| 2 |" in source.body
    assert "cells were joined" in told(source) and "has no headings" in told(source)


def test_a_picture_is_cut_as_the_document_shows_it():
    picture = Image.new("RGB", (100, 50), "white")
    picture.paste((255, 0, 0), (0, 0, 50, 50))
    file = io.BytesIO()
    picture.save(file, "PNG", pnginfo=None)
    drawn = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="An eye"/><pic:pic><pic:blipFill>'
    drawn += '<a:blip r:embed="i"/><a:srcRect l="50000"/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r>'
    rels = '<Relationship Id="i" Target="eye.png"/>'
    source = read(p("At home", "H"), p(drawn), p("Rest."), rels=rels, eye__png=file.getvalue())
    ((name, shown),) = source.pictures.items()
    assert f"![An eye](/media/{name})" in source.body
    with Image.open(io.BytesIO(shown.made.content)) as kept:
        assert kept.size == (50, 50) and kept.convert("RGB").getcolors() == [(2500, (255, 255, 255))]


def test_opendocument_tells_what_was_struck():
    gone = '<text:changed-region text:id="c"><text:deletion><office:change-info><dc:creator>Mira</dc:creator></office:change-info>'
    gone += "<text:p>nine</text:p></text:deletion></text:changed-region>"
    source = read_bytes(
        odt('<text:h text:outline-level="1">Drops</text:h>', '<text:h text:outline-level="2">At home</text:h>',
            '<text:p>Put in <text:change text:change-id="c"/>two drops.<text:s/></text:p>',
            "<text:list><text:list-item><text:p>Sit.</text:p></text:list-item></text:list>", changes=gone),
        "drops.odt",
    )  # fmt: skip
    assert (source.title, source.body) == ("Drops", "## At home\n\nPut in two drops.\n\n- Sit.")
    assert "Struck out by Mira and left out: “nine”" in told(source)


DOCTYPE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
PROGRAM = {"vbaProject__bin": b"x"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (docx(TITLE, p("&x;"), head=DOCTYPE), "a document type"),
        (docx(TITLE, **PROGRAM), "a program (a macro)"),
        (docx("<w:tbl><w:tr><w:tc>" * 120 + "</w:tc></w:tr></w:tbl>" * 120), "nested too deeply"),
        (docx(TITLE, big__xml=b" " * 9_000_000), "unpacks to far more"),
        (docx(TITLE, **{f"m{number}__png": b"x" for number in range(501)}), "501 pictures"),
        (docx(table(*[["x"]] * 5_001)), "more than 5,000 rows"),
        (docx(TITLE)[:400], "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "kept by a password"),
        (b"PK no zip", "damaged"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_one_sentence(content, words):
    with pytest.raises(Unreadable, match="^bad.docx: ") as refused:
        read_bytes(content, "bad.docx")
    assert words in str(refused.value) and "\n" not in str(refused.value)
