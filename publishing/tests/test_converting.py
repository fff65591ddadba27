"""What Word, Google, LibreOffice, mail and web pages put on the clipboard, as our Markdown."""

import pytest

from publishing.text import TooLong, converted, from_plain, plain, render
from publishing.text.converting import tree

WORD = "<html xmlns:o='urn:schemas-microsoft-com:office:office'>"


def of_word(mark, words, level=1, name="l0"):
    ignored = f"<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times\"'>&nbsp;&nbsp; </span></span>"
    return f"<p class=MsoListParagraph style='mso-list:{name} level{level} lfo1'><![if !supportLists]>{ignored}<![endif]>{words}</p>"


def markdown(html):
    return converted(html).markdown


def doubts(html):
    return " ".join(converted(html).doubts)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Hip</h1><h3>Home</h3><p>Rest</p><h1>Bed</h1>", "## Hip\n\n### Home\n\nRest\n\n## Bed"),
        (WORD + "<p class=MsoTitle>Hip</p><h1><b>Home</b></h1>", "## Hip\n\n### Home"),
        ("<p role=heading aria-level=2>Home</p>", "## Home"),
        ("<p>one<br>two<br><br>three</p>", "one  \ntwo\n\nthree"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        ("<p>a\n  wrapped\nline&nbsp;5&nbsp;mg</p>", "a wrapped line 5 mg"),
        ("<p><a href='https://x.org/a(b)'>See <b>this</b></a>!</p>", "[See **this**](https://x.org/a%28b%29)!"),
        ("<p><a href='https://www.google.com/url?q=https://x.org/&amp;sa=D'>x</a></p>", "[x](https://x.org/)"),
        ("<p>H<sub>2</sub>O 10<sup>-9</sup> 1<sup>st</sup></p>", "H₂O 10⁻⁹ 1st"),
        ("<blockquote><p>Old</p><p>words</p></blockquote>", "> Old\n>\n> words"),
        (
            "<dl><dt>Dose</dt><dd>5 mg</dd><dt>When</dt><dd><p>Night</p></dd></dl>",
            "- **Dose**: 5 mg\n- **When**: Night",
        ),
        ("<pre>one\ntwo</pre>", "one  \ntwo"),
        ("<p>anti&shy;biotics</p>", "antibiotics"),
    ],
)
def test_what_a_page_has_is_written_as_ours(html, expected):
    assert markdown(html) == expected and not doubts(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>Dose:</b>5 mg", "**Dose**:5 mg"),
        ("<b>Dose: </b>5 mg", "**Dose:** 5 mg"),
        ("a<b>(b)</b>", "a(**b)**"),
        ("<b>bold</b><i>slant</i>", "**bold**slant"),
        ("<i>slant</i> words", "*slant* words"),
        ("<b style='font-weight:normal'>not <span style='font-weight:700'>bold</span></b>", "not **bold**"),
        ("<b>मात्रा</b>", "**मात्रा**"),
        ("un<b>usu</b>al", "un**usu**al"),
    ],
)
def test_no_patient_sees_a_star(html, expected):
    assert markdown(f"<p>{html}</p>") == expected
    assert "*" not in plain(render(expected))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>", "1. a\n   - b\n2. c\n\n   d"),
        ("<ol start=3><li>a</li><li value=9>b</li></ol>", "3. a\n\n9) b"),
        ("<div>- a</div><div>- b</div><div>- 5 degrees</div>", "- a\n- b\n- 5 degrees"),
        ("<p>• a<br>• b</p><p>c</p>", "- a\n- b\n\nc"),
        ("<p>1. a</p><p>2. b</p>", "1. a\n2. b"),
        ("<p>•\ta</p><p>o&nbsp;&nbsp;b</p><p>•&nbsp;c</p>", "- a\n  - b\n- c"),
        (
            "<ul><li data-listid=3 data-aria-level=1><p>a</p></li></ul><ul><li data-listid=3 data-aria-level=2>b</li></ul>",
            "- a\n  - b",
        ),
        (of_word("·", "a") + of_word("o", "b", 2) + of_word("·", "c"), "- a\n  - b\n- c"),
        (
            of_word("1.", "a") + "<p>Sit</p>" + of_word("2.", "b") + of_word("1.", "c", 2),
            "1. a\n\nSit\n\n2. b\n   1. c",
        ),
        (of_word("۱۔", "a") + of_word("۲۔", "b"), "1. a\n2. b"),
    ],
)
def test_lists_keep_their_levels_and_numbers(html, expected):
    assert markdown(html) == expected and not doubts(html)


@pytest.mark.parametrize("html", ["<p>- 5 degrees</p>", "<p>3. June is the day.</p>", "<p>1. a</p><p>3. b</p>"])
def test_a_lone_dash_or_number_is_no_list(html):
    assert "<li>" not in render(markdown(html)) and not doubts(html)


@pytest.mark.parametrize("mark", ["a)", "Step 1:", "(i)"])
def test_signs_of_a_list_that_cannot_be_shown_are_doubted(mark):
    assert markdown(of_word(mark, "hold the rail")) == "1. hold the rail"
    assert f"“{mark}”" in doubts(of_word(mark, "hold the rail"))


@pytest.mark.parametrize(
    ("refers", "note"),
    [
        ("<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>[1]</a>", "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Our count.</p></div>"),
        ("<a name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a>", "<div id=sdfootnote1><p><a name=sdfootnote1sym href='#sdfootnote1anc'>1</a> Our count.</p></div>"),
        ("<sup><a href='#ftnt1' id=ftnt_ref1>[1]</a></sup>", "<hr><div><p><a href='#ftnt_ref1' id=ftnt1>[1]</a><span> Our count.</span></p></div>"),
        ("<sup id=cite_ref-1><a href='#cite_note-1'>[1]</a></sup>", "<ol><li id=cite_note-1><a href='#cite_ref-1'>^</a> Our count.</li></ol>"),
    ],
)  # fmt: skip
def test_footnotes_of_every_kind_are_footnotes(refers, note):
    page = f"<p>Most walk{refers} soon.</p>{note}"
    assert markdown(page) == "Most walk[^1] soon.\n\n[^1]: Our count." and not doubts(page)
    assert converted(page, taken={"1", "2"}).markdown == "Most walk[^3] soon.\n\n[^3]: Our count."


def table(*rows, cell="td"):
    return (
        "<table>"
        + "".join(f"<tr>{''.join(f'<{cell}>{one}</{cell}>' for one in row)}</tr>" for row in rows)
        + "</table>"
    )


@pytest.mark.parametrize(
    "head", ["<tr><th>When</th><th>Dose</th></tr>", "<thead><tr><td>When</td><td>Dose</td></tr></thead>", "<tr><td><b>When</b></td><td><p><b>Dose</b></p></td></tr>"]
)  # fmt: skip
def test_a_table_keeps_its_heads_and_bars(head):
    html = f"<table>{head}<tr><td>Night</td><td>5 | 10 mg</td></tr></table>"
    assert markdown(html) == "| When | Dose |\n| --- | --- |\n| Night | 5 \\| 10 mg |" and not doubts(html)
    assert "5 | 10 mg" in plain(render(markdown(html)))


def test_a_first_row_is_not_silently_made_a_head():
    html = table(["Morning", "5 mg"], ["Night", "10 mg"])
    assert markdown(html) == "|  |  |\n| --- | --- |\n| Morning | 5 mg |\n| Night | 10 mg |"
    assert "“Morning” has no headings" in doubts(html)


def test_joined_cells_keep_their_words_once_and_are_doubted():
    html = "<table><tr><th colspan=2>Both</th><th>C</th></tr><tr><td rowspan=2>a</td><td>b</td><td>c<br>d</td></tr><tr><td>e</td><td>f</td></tr></table>"
    assert markdown(html) == "| Both |  | C |\n| --- | --- | --- |\n| a | b | c d |\n|  | e | f |"
    assert "joined" in doubts(html) and "several lines" in doubts(html)


def test_one_cell_is_a_note_and_a_table_in_a_table_is_taken_apart():
    assert markdown(table(["<p>Call us</p><p>at once</p>"])) == "> [!NOTE]\n> Call us\n>\n> at once"
    inner = table(["a", "b"], cell="th") + table(["c", "d"], cell="th")
    assert markdown(table(["x" + inner, "y"])).startswith("x\n\n| a | b |") and "taken apart" in doubts(
        table(["x" + inner, "y"])
    )
    assert not doubts("<table role=presentation><tr><td>x</td><td>y</td></tr></table>")


def test_what_is_struck_or_hidden_never_reads_as_plain():
    for html in (
        "<p>Take <del>two</del><ins>one</ins>.</p>",
        "<p>Take <span style='text-decoration: line-through'>two</span>one.</p>",
    ):
        assert markdown(html) == "Take one." and "“two” is struck out" in doubts(html)
    hidden = "<p>A<span style='display:none'> secret</span></p>"
    assert markdown(WORD + hidden) == "A" and "secret" in doubts(WORD + hidden)
    assert markdown(hidden) == "A secret" and "“secret” is hidden" in doubts(hidden)


def test_a_sign_of_the_font_symbol_is_what_people_saw():
    assert markdown("<p><span style='font-family:Symbol'>£</span> 5 mg, \uf0b3 2</p>") == "≤ 5 mg, ≥ 2"
    assert "Nobody knows" in doubts("<p>\uf0ff</p>")


def test_what_has_no_counterpart_is_a_doubt_and_its_words_stay():
    for html, words in (
        ("<p>x<sup>ab</sup></p>", "xab"),
        ("<p><a href='drinks.html'>drinks</a></p>", "drinks"),
        ("<p><a href='javascript:alert(1)'>drinks</a></p>", "drinks"),
        ("<p>Morning<span style='mso-tab-count:1'> </span>5 mg</p>", "Morning 5 mg"),
        ("<ol type=a><li>rail</li></ol>", "1. rail"),
    ):
        assert markdown(html) == words
        assert doubts(html) or "javascript" in html


def test_pictures_of_others_are_doubts_and_ours_stay():
    picture = "<p>A<img src='file:///C:/Users/asha/clip.png' alt='A hip'></p>"
    assert markdown(picture) == "A" and "A hip" in doubts(picture) and "asha" not in doubts(picture)
    ours = f"/media/{'a' * 64}.png"
    assert markdown(f"<img src='https://clinic.test{ours}' alt='A [hip]'>") == f"![A \\[hip\\]]({ours})"
    assert not doubts("<p>A<img src=spacer.gif width=1 height=30></p>")
    assert markdown("<p>Well <img src=x.png alt='🙂'></p>") == "Well 🙂"


def test_lists_of_contents_and_comments_are_left_out_and_named():
    html = WORD + "<p class=MsoToc1>Washing 3</p><p>A</p><div style='mso-element:comment-list'><p>Asha: why?</p></div>"
    assert markdown(html) == "A" and "Washing 3" in doubts(html) and "Asha: why?" in doubts(html)


def test_words_that_nothing_shows_are_named():
    assert "drawn" in doubts("<p>a</p><svg><text>drawn</text></svg>")


@pytest.mark.parametrize(
    "page", ["<div>" * 2000 + "deep", "<p>a" * 70_000, "x" * 3_000_000, f"<p title='{'a' * 30_000}'>", "word " * 50_000, "<table>" + "<tr><td colspan=100>x</td></tr>" * 300]
)  # fmt: skip
def test_what_is_too_long_or_deep_is_refused_in_a_sentence(page):
    with pytest.raises(TooLong, match=r"\.$"):
        converted(page)


def test_what_stands_deep_keeps_its_words():
    assert plain(render(markdown("<div>" * 400 + "deep" + "<p>words" * 90))).split() == ["deep"] + ["words"] * 90
    assert tree.WALKED < 400


def test_a_picture_in_the_page_itself_does_not_count_as_its_length():
    assert markdown(f"<p>a<img src='data:image/png;base64,{'A' * 3_000_000}' alt=b></p>") == "a"


def test_plain_text_with_signs_and_tabs_becomes_lists_and_tables():
    typed = "Dose\nMorning\t5 mg\nNight\t10 | 20 mg\n·\tRest\n•\tDrink\n1.\tStand up\n2.\tWalk"
    made = from_plain(typed)
    assert made.markdown == (
        "Dose\n\n|  |  |\n| --- | --- |\n| Morning | 5 mg |\n| Night | 10 \\| 20 mg |\n\n- Rest\n- Drink\n\n1. Stand up\n2. Walk"
    )
    assert len(made.doubts) == 1 and made.is_block


@pytest.mark.parametrize("typed", ["## Ours\n\n- a\n- b\n\n1. c\n2. d", "One line", "a - b", "1. a\n2. b"])
def test_plain_text_that_is_ours_already_stays(typed):
    assert from_plain(typed).markdown == typed and not from_plain(typed).doubts


def test_signs_that_say_do_and_do_not_are_never_lost_as_bullets():
    assert from_plain("✓ soup\n✗ nuts").markdown == "- ✓ soup\n- ✗ nuts"
    assert "- ❌ nuts" in converted("<p>Eat:</p><p>❌ nuts</p><p>❌ milk</p>").markdown
    assert from_plain("✓ soup\n✓ rice").markdown == "- soup\n- rice"
