"""Files as LibreOffice and Word really write them: what is only theirs is no text, and what is text has its place."""

import io

import pytest
from PIL import Image

from articles.sources.files import read_bytes
from articles.tests.papers import docx, odt, p, packed, run

TITLE = p("Drops for the eye", "T")
LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'


def read(*blocks, **others):
    return read_bytes(docx(TITLE, *blocks, **others), "drops.docx")


def page(html, name="drops.html"):
    return read_bytes(f"<html><body>{html}</body></html>".encode(), name)


def told(source):
    return "\n".join(map(str, source.doubts))


@pytest.mark.parametrize("level", [LEVEL.format("none", ""), LEVEL.format("bullet", "•")])
def test_a_heading_that_is_counted_with_nothing_has_no_sign_in_front(level):
    numbering = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    head = p("Questions", "H").replace("<w:pPr>", listed, 1)
    source = read(p("At home", "H").replace("<w:pPr>", listed, 1), p("Rest."), head, p("May I swim?", look="<w:b/>"),
                  p("No."), numbering=numbering)  # fmt: skip
    assert (source.body, source.questions) == ("## At home\n\nRest.", [("May I swim?", "No.")])
    assert "missing" not in told(source)


def test_lists_without_a_name_in_the_file_begin_anew():
    style = '<text:list-style style:name="L{}"><text:list-level-style-{} text:level="1" style:num-format="1"/></text:list-style>'
    entries = (
        "<text:list-item><text:p>Sit.</text:p></text:list-item><text:list-item><text:p>Blink.</text:p></text:list-item>"
    )
    blocks = [f'<text:list text:style-name="L{number}">{entries}</text:list><text:p>So.</text:p>' for number in (1, 2)]
    styles = style.format(1, "bullet") + style.format(2, "number")
    source = read_bytes(odt('<text:h text:outline-level="1">Drops</text:h>', styles, *blocks), "drops.odt")
    assert source.body.startswith("- Sit.\n- Blink.\n\nSo.\n\n1. Sit.\n2. Blink.")


def test_an_opendocument_picture_is_cut_as_it_is_shown():
    picture = Image.new("RGB", (96, 48), "white")
    picture.paste((255, 0, 0), (48, 0, 96, 48))
    file = io.BytesIO()
    picture.save(file, "PNG")
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in [("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"),
                          ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")]
    )  # fmt: skip
    cut = '<style:style style:name="c" style:family="graphic"><style:graphic-properties fo:clip="rect(0cm, 1.27cm, 0cm, 0cm)"/></style:style>'
    frame = '<draw:frame draw:style-name="c"><draw:image xlink:href="Pictures/eye.png" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
    frame += "<svg:desc>An eye with a drop</svg:desc></draw:frame>"
    content = f"<office:document-content {names}><office:automatic-styles>{cut}</office:automatic-styles><office:body>"
    content += f'<office:text><text:h text:outline-level="1">Drops</text:h><text:p>{frame}</text:p></office:text>'
    content += "</office:body></office:document-content>"
    source = read_bytes(packed({"content.xml": content, "Pictures/eye.png": file.getvalue()}), "drops.odt")
    ((name, shown),) = source.pictures.items()
    assert source.body == f"![An eye with a drop](/media/{name})" and source.doubts == []
    with Image.open(io.BytesIO(shown.made.content)) as kept:
        assert kept.size == (48, 48) and kept.convert("RGB").getcolors() == [(2304, (255, 255, 255))]


def test_what_word_shows_where_nothing_is_filled_in_is_told():
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    source = read(p("At home", "H"), p(run("Ask ") + control.format(run("Click here to enter text."))))
    assert "“Click here to enter text.” is what Word shows where nobody has filled anything in" in told(source)


def test_a_comment_is_told_with_its_place():
    beside = '<w:r><w:commentReference w:id="3"/></w:r>'
    source = read(
        p("At home", "H"),
        p(run("Rest your eye.") + beside),
        comments='<w:comment w:id="3" w:author="Dr Rao">' + p("How long?") + "</w:comment>",
    )
    assert "under “At home”, at “Rest your eye.”: A comment by Dr Rao is left out: “How long?”" in told(source)
    assert "How long" not in source.body


def test_a_list_of_contents_goes_with_its_own_heading():
    kind = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    source = read(
        f"<w:sdt>{kind}<w:sdtContent>{p('Inside')}{p('At home 1')}</w:sdtContent></w:sdt>",
        p("At home", "H"),
        p("Rest."),
    )
    assert (source.lead, source.body, source.doubts) == ("", "## At home\n\nRest.", [])


def test_the_edges_of_pages_are_read_apart():
    paged = run("Reviewed: 04/05/2025 Next review: May 2028 Page ") + '<w:fldSimple w:instr="PAGE">' + run("7")
    source = read(p("At home", "H"), p("Rest."), footer1=p(f"{paged}</w:fldSimple>{run(' of ')}"))
    assert "next review: “May 2028”; reviewed: “04/05/2025” (is it 4 May 2025 or 5 April 2025?)" in told(source)
    assert "missing" not in told(source) and "Page" not in told(source)


def test_lines_under_which_a_line_is_drawn_or_in_capitals_are_headings_where_there_are_no_others():
    source = read_bytes(
        docx(
            p(run("Your cast", '<w:b/><w:sz w:val="40"/>')), p("Pain", look='<w:u w:val="single"/>'), p("Take one."),
            p("AT HOME"), p("Keep it dry."), p("NEVER"), p("CUT IT"), p("Ask us."),
        ),
        "cast.docx",
    )  # fmt: skip
    assert source.body == "## Pain\n\nTake one.\n\n## AT HOME\n\nKeep it dry.\n\nNEVER\n\n## CUT IT\n\nAsk us."
    assert "marked by their look, became headings: “Your cast”, “Pain”, “AT HOME”, “CUT IT”" in told(source)


def test_bold_lines_below_one_large_title_are_headings():
    source = read_bytes(
        docx(p(run("Your cast", '<w:b/><w:sz w:val="40"/>')), p("At home", look="<w:b/>"), p("Keep it dry.")), "c.docx"
    )
    assert (source.title, source.body) == ("Your cast", "## At home\n\nKeep it dry.")


def test_questions_by_letter_and_headings_of_a_lower_level_leave_nothing_doubtful():
    source = page(
        "<h1>Your drops</h1><p>How to use them at home and when you should call.</p><h3>At home</h3><p>Rest.</p>"
        "<h2>Questions</h2><p>Q: May I swim?</p><p>A: No.</p>"
    )
    assert (source.body, source.questions) == ("## At home\n\nRest.", [("May I swim?", "No.")])
    assert source.doubts == []


def test_a_raised_letter_that_leads_to_a_note_stays_raised():
    source = page("<h1>Drops</h1><h2>At home</h2><p>Put in two<sup>a</sup> of them, with H<sub>2</sub>O, 2 times.</p>")
    assert source.body == "## At home\n\nPut in twoª of them, with H₂O, 2 times." and source.doubts == []


EDGES = '<div title="header"><p>Eye Clinic</p></div>{}<div title="footer"><p>Leaflet EYE-7 Page 2</p></div>'


def test_a_page_that_a_word_processor_wrote_is_read_as_its_document():
    large = '<p><font face="x"><font size="6"><b>Your drops</b></font></font></p>'
    text = "<p>See <a href='https://www.example.org/a'>our page</a> or <a href='mailto:e@example.org'>write</a>.</p>"
    contents = '<div id="Table of Contents1"><div><p>Contents</p></div><p>At home 1</p></div>'
    secret = '<p>Open <a href="/C:/Users/nurse/plan.docx">the plan</a>.</p>'
    source = page(EDGES.format(f"{large}<p>For you and your family.</p>{contents}<h1>At home</h1>{text}{secret}"))
    assert (source.title, source.lead, source.leaflet_number) == ("Your drops", "For you and your family.", "EYE-7")
    link = "[our page](https://www.example.org/a) or [write](mailto:e@example.org)"
    assert source.body == f"## At home\n\nSee {link}.\n\nOpen the plan."
    for words in ("stands “Eye Clinic”", "stands “Leaflet EYE-7", "The link of “the plan” leads nowhere from here"):
        assert words in told(source)
    assert "led through the old site" not in told(source) and "nurse" not in told(source)


SPANISH = "<h1>Las gotas</h1><p>Lávese las manos antes de tocar la venda y no se bañe hasta que el médico lo diga.</p>"
HINDI = "<h1>बूँदें</h1><p>दिन में दो बार बूँद डालें और आँख को न मलें। यह आपके लिए है।</p>"


@pytest.mark.parametrize(
    ("lang", "text", "language", "doubt"),
    [
        ("en-US", SPANISH, "es", ""),
        ("en-US", HINDI, "hi", ""),
        ("fr", HINDI, "hi", ""),
        ("fr", SPANISH, "fr", "is said to be “fr”, and it reads like “es”"),
        ("es-MX", SPANISH, "es-MX", ""),
    ],
)
def test_the_language_of_the_program_is_not_that_of_the_text(lang, text, language, doubt):
    source = read_bytes(f'<html lang="{lang}"><body>{text}</body></html>'.encode(), "drops.html")
    assert source.language == language
    assert doubt in told(source) and bool(doubt) == bool(source.doubts)


def test_words_above_the_title_of_a_page_are_told():
    above = "<p>You should read this before you come to see us for the first time this year.</p>"
    assert "stood below other words" in told(page(f"{above}<h1>Your drops</h1><p>Two a day.</p>"))


def test_a_doubt_below_a_heading_of_two_lines_is_one_line():
    head = p("<w:r><w:t>At</w:t><w:br/><w:t>home</w:t></w:r>", "H")
    source = read(head, p("<w:r><w:t>Dose</w:t><w:tab/><w:t>5 mg</w:t></w:r>"))
    (doubt,) = source.doubts
    assert str(doubt).startswith("under “At home”, at “Dose 5 mg”") and "\n" not in str(doubt)
